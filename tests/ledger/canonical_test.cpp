// Canonical bytes: what is written is read as canonical, and nothing else is.
#include "engine/ledger/canonical.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/ledger/body.hpp"

namespace waymark::ledger {
namespace {

using testing::HasSubstr;

TEST(Canonical, writes_keys_in_order_and_escapes_as_rfc_8785_has_it) {
  Object inside;
  inside.flag("b", true).flag("a", false);
  Object object;
  object.text("z", "Peña \"x\"\n\x01/").number("n", -7).put("list", list_json({"1", "\"two\"", inside.json()}));
  object.put("empty", list_json({})).number("N", 9007199254740991);
  EXPECT_EQ(
      object.json(),
      R"({"N":9007199254740991,"empty":[],"list":[1,"two",{"a":false,"b":true}],"n":-7,"z":"Peña \"x\"\n\u0001/"})");
  EXPECT_EQ(not_canonical(object.json()), std::nullopt);
  EXPECT_EQ(not_canonical("{}"), std::nullopt);
}

TEST(Canonical, tells_what_is_not) {
  auto const deep = [](int depth) {
    auto const lists = static_cast<std::size_t>(depth - 1);
    return R"({"a":)" + std::string(lists, '[') + std::string(lists, ']') + "}";
  };
  std::pair<std::string, char const*> const refused[] = {
      {"", "it is not JSON"},
      {"{", "it is not JSON"},
      {"{} ", "from byte 2 on"},
      {"{}{}", "it is not JSON"},
      {"[]", "it is no JSON object"},
      {"\xEF\xBB\xBF{}", ""},
      {R"({"a": 1})", "written otherwise than canonical JSON from byte 5 on"},
      {R"({"b":1,"a":1})", "the key `a` stands after `b`"},
      {R"({"a":1,"a":1})", "the key `a` stands twice"},
      {R"({"ä":1})", "the key `ä` is not ASCII"},
      {R"({"a":1.0})", "no whole number"},
      {R"({"a":1e2})", "no whole number"},
      {R"({"a":-0})", "written otherwise"},
      {R"({"a":9007199254740992})", "past 2^53 - 1"},
      {R"({"a":-9007199254740992})", "past 2^53 - 1"},
      {R"({"a":9223372036854775808})", "no whole number"},
      {R"({"a":18446744073709551616})", ""},
      {R"({"a":"\u0041"})", "written otherwise"},
      {R"({"a":"\/"})", "written otherwise"},
      {R"({"a":"\u000A"})", "written otherwise"},
      {R"({"a":"\ud800"})", "it is not JSON"},
      {"{\"a\":\"\xFF\"}", "it is not JSON"},
      {deep(65), "more than 64 deep"},
      {deep(66), "more than 64 deep"},
      {deep(100000), "more than 64 deep"},
      {R"({"a":")" + std::string(std::size_t{1} << 20U, 'x') + "\"}", "longer than 1 MiB"},
  };
  for (auto const& [text, why] : refused) {
    auto const trouble = not_canonical(text);
    ASSERT_TRUE(trouble) << text.substr(0, 100);
    EXPECT_THAT(*trouble, HasSubstr(why)) << text.substr(0, 100);
  }
  EXPECT_EQ(not_canonical(deep(64)), std::nullopt);
}

RC_GTEST_PROP(Canonical, every_text_that_is_written_is_read_back, (std::string const& text, std::int32_t number)) {
  Object object;
  object.text("text", text).number("number", number);
  RC_ASSERT(not_canonical(object.json()) == std::nullopt);
}

// Any byte that is changed makes another text; if it is canonical still, it is another value.
RC_GTEST_PROP(Canonical, no_second_text_is_read_as_the_same_value, (std::uint8_t byte)) {
  Object object;
  object.text("sha256", std::string(64, 'a')).number("seq", 12345).text("kind", "decision");
  auto const json = object.json();
  auto text = json;
  auto const at = *rc::gen::inRange<std::size_t>(0, text.size());
  text[at] = static_cast<char>(byte);
  BodyReader reader;
  if (text == json || reader.read(text)) return;
  RC_ASSERT(reader.number("seq") != 12345U || reader.text("kind") != "decision" ||
            reader.text("sha256") != std::string(64, 'a'));
}

TEST(Canonical, a_body_gives_its_members_and_the_hashes_that_it_names) {
  std::string const a(64, 'a'), b(64, 'b'), c(64, 'c');
  BodyReader reader;
  ASSERT_EQ(reader.read(R"({"list_sha256":[")" + b + R"(","no hash"],"other":")" + c + R"(","received":{"sha256":")" +
                        a + R"("},"seq":3,"signed":-3})"),
            std::nullopt);
  ASSERT_THAT(reader.hashes(), testing::SizeIs(2));
  EXPECT_EQ(values::hex(reader.hashes()[0].hash), b);
  EXPECT_FALSE(reader.hashes()[0].kept);
  EXPECT_EQ(values::hex(reader.hashes()[1].hash), a);
  EXPECT_TRUE(reader.hashes()[1].kept);
  EXPECT_EQ(reader.number("seq"), 3U);
  EXPECT_EQ(reader.number("signed"), std::nullopt);
  EXPECT_EQ(reader.number("other"), std::nullopt);
  EXPECT_EQ(reader.text_in("received", "sha256"), a);
  EXPECT_EQ(reader.text_in("seq", "sha256"), std::nullopt);
  EXPECT_EQ(reader.text("missing"), std::nullopt);
}

}  // namespace
}  // namespace waymark::ledger
