// What a submission says cannot speak to the terminal on which it is shown.
#include "engine/values/printable.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/values/utf8.hpp"

namespace waymark::values {
namespace {

TEST(Printable, HidesWhatMovesHidesOrReverses) {
  EXPECT_EQ(one_line("Peña / 溶接 – \"x\" 😀"), "Peña / 溶接 – \"x\" 😀");
  EXPECT_EQ(one_line("\x1b[2Jgone\r\n\tx\x7f"), "?[2Jgone???x?");
  EXPECT_EQ(one_line("a\u0085b\u009bc"), "a?b?c")
      << "controls beyond ASCII, one of which begins commands as ESC [ does";
  EXPECT_EQ(one_line("approve\u202e evorppa\u2069\u200b\u2028\ufeff"), "approve? evorppa????");
  EXPECT_EQ(one_line(std::string_view("a\0b", 3)), "a?b");
  EXPECT_EQ(one_line("a\xff\xc3z\xe2\x82"), "a??z??") << "bytes that are no UTF-8";
}

TEST(Printable, APageKeepsItsLines) { EXPECT_EQ(printable("a\nb\x1b\n\r"), "a\nb?\n?"); }

RC_GTEST_PROP(Printable, IsUtf8WithoutControls, (std::string const& text)) {
  auto const shown = one_line(text);
  RC_ASSERT(valid_utf8_prefix(shown) == shown.size());
  for (char const c : shown) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20);
  RC_ASSERT(one_line(shown) == shown);
}

}  // namespace
}  // namespace waymark::values
