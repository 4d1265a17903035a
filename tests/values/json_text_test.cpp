// Escaping for JSON, and where UTF-8 breaks.
#include "engine/values/json_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/values/utf8.hpp"

namespace waymark::values {
namespace {

TEST(JsonText, EscapesWhatItMustAndNothingElse) {
  EXPECT_EQ(json_string(""), R"("")");
  EXPECT_EQ(json_string("Peña / \"x\" \\"), R"("Peña / \"x\" \\")");
  EXPECT_EQ(json_string("\b\t\n\f\r"), R"("\b\t\n\f\r")");
  EXPECT_EQ(json_string(std::string_view("a\0\x1f\x7f", 4)), "\"a\\u0000\\u001f\x7f\"");
  EXPECT_EQ(json_string("a\xE9z"), "\"a\xEF\xBF\xBDz\"") << "a broken byte does not break the JSON";
}

TEST(JsonText, EscapesInEveryPlace) {
  for (std::size_t size = 1; size < 20; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (unsigned byte = 0; byte < 256; ++byte) {
        std::string text(size, 'a');
        text[at] = static_cast<char>(byte);
        bool const plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
        EXPECT_EQ(json_string(text) == '"' + text + '"', plain) << byte << " at " << at << " of " << size;
      }
    }
  }
}

TEST(JsonText, IsTheSamePieceByPiece) {
  std::string expected = "before", written = "before";
  {
    JsonWriter writer(written);
    for (std::size_t size = 0; size < 40'000; size = 2 * size + 1) {
      for (std::string const& text :
           {std::string(size, 'a'), std::string(size, 'a') + '"', "é" + std::string(size, 'a')}) {
        writer.inside_quotes("\"", text);
        writer.raw("\",");
        writer.raw(text);
        append_json_string(expected, text);
        expected += ',' + text;
        if (size == 7) {
          writer.append([](std::string& out) { out += "between"; });
          expected += "between";
        }
      }
    }
  }
  EXPECT_EQ(written, expected);
}

RC_GTEST_PROP(JsonText, OfEveryTextIsTheSamePieceByPiece, (std::vector<std::string> const& texts)) {
  std::string expected, written;
  {
    JsonWriter writer(written);
    for (auto const& text : texts) {
      writer.inside_quotes("\"", text);
      writer.raw('"');
    }
  }
  for (auto const& text : texts) append_json_string(expected, text);
  RC_ASSERT(written == expected);
}

TEST(Utf8, BreaksWhereTheTableOfUnicodeSays) {
  for (auto const* good :
       {"", "plain", "Peña", "\xEF\xBB\xBF", "\xF0\x9F\x92\xA1", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(valid_utf8_prefix(good), std::string_view(good).size());
  }
  for (auto const* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xC3"}) {
    EXPECT_EQ(valid_utf8_prefix(bad), 0U);
    EXPECT_EQ(valid_utf8_prefix("12345678901é" + std::string(bad)), 13U);
  }
}

RC_GTEST_PROP(Utf8, CharactersAreBytesThatBeginOne, (std::string const& text)) {
  std::size_t expected = 0;
  for (auto const c : text) expected += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0U : 1U;
  RC_ASSERT(count_characters(text) == expected);
}

}  // namespace
}  // namespace waymark::values
