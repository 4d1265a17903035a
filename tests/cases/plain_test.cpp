// Plain lines give what the reader by trees gives, whatever the bytes are; and lines that are plain are read as such.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/cases/plain_lines.hpp"
#include "tests/cases/both_readers.hpp"
#include "tests/cases/sample.hpp"
#include "tests/cases/some_lines.hpp"

namespace waymark::cases {
namespace {

namespace fs = std::filesystem;

sample::Given given() { return {sample::vocabulary(), 0, sample::waived()}; }

std::string read(std::string const& text, Plainly plainly, std::size_t chunk = 1 << 20, std::size_t most = 4096) {
  return given().by_one(text, chunk, most, plainly);
}

std::string with_columns_of_the_tree(std::string const& text) { return read(text, Plainly::none); }

/// How many of the lines are plain.
std::size_t plain_lines(std::string const& text) {
  values::Symbols symbols;
  for (char const* code : {"15-1252", "29-1141"}) symbols.intern(code);
  Setting const setting{sample::vocabulary(), 0, symbols};
  auto const notices = new_notices();
  plain::PlainLines lines(setting, *notices);
  auto padded = text;
  padded.resize(text.size() + 64);
  std::size_t count = 0;
  std::vector<plain::NewText> texts;
  auto batch = empty_batch(0, sample::vocabulary());
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    add_missing_row(batch.facts, sample::vocabulary());
    lines.read_into(batch.facts, texts);
    count += lines.read(padded.data() + at, batch.facts.rows - 1) != nullptr ? 1U : 0U;
  }
  return count;
}

TEST(Plain, LinesAsTheyShouldBeAre) {
  std::string const line =
      R"({"id":"P1","kind":"renewal","cip":"11.0701","soc":["15-1252","29-1141"],"region":"Essex County",)"
      R"("articulation":true,"credentials":["CR-1","CR-2"],"enrollment":1200,"tuition":1500.25,"graduates":7.5,)"
      R"("satisfaction":85,"growth_permille":-35,"last_decided":"2024-02-29","first_year":"2024-25",)"
      R"("title":"A \"title\" caf\u00e9","lea":{"a":[1,2.5,null]},"entry_wage_cents":null,)"
      R"("rates":{"all":900,"econ":850},"group_size":{"el":3},"completers":{"2023-24":12,"2024-25":14},)"
      R"("group_completers":{"el":{"2024-25":1}},"credits":{"at_most":9},"seats_2024-25":5,)"
      R"("courses":[{"title":"Welding","credits":3,"subjects":["metal"],"completers":{"2024-25":1}},{}],)"
      R"("last_decision":{"outcome":"renew","date":"2024-05-01"}})"
      "\n";
  EXPECT_EQ(plain_lines(line), 1U);
  EXPECT_EQ(plain_lines(line + line), 2U);
  EXPECT_EQ(plain_lines("{ \"id\": 7, \"enrollment\": \"<10\", \"region\": \"Pe\u00f1a\" }\r\n{}\n"), 2U);
}

TEST(Plain, LinesAreWithBlanksAndWithoutThemInOneFile) {
  std::string const without = R"({"id":"P1","kind":"renewal","enrollment":12,"rates":{"all":900,"econ":850}})"
                              "\n";
  std::string const with = R"({"id": "P2", "kind": "renewal", "enrollment": 15, "rates": {"all": 900, "econ": 850}})"
                           "\n";
  EXPECT_EQ(plain_lines(without + with + with), 3U);
  EXPECT_EQ(plain_lines(with + without + with + without), 4U);
}

TEST(Plain, LinesOfWhichSomethingWouldBeSaidAreNot) {
  for (auto const* line : {R"({"id":"P1","id":"P2"})",
                           R"({"enrollment":-1})",
                           R"({"enrollment":2.5})",
                           R"({"enrollment":1e3})",
                           R"({"enrollment":007})",
                           R"({"other":1})",
                           R"({"kind":"mew"})",
                           R"({"cip":11})",
                           R"({"region":"a	b"})",
                           R"({"satisfaction":0.85})",
                           R"({"satisfaction":101})",
                           R"({"last_decided":"2024-02-30"})",
                           R"({"id":"P1"}x)",
                           R"({"id":"P1",})",
                           R"({"rates":{"econ":1,"economically disadvantaged":2}})",
                           R"({"lea":{"a":1,"a":2}})",
                           R"({"completers":{"2024-25":1,"2024-2025":2}})",
                           R"({"completers":{"2024":1}})",
                           R"({"lea":1234567890123456})",
                           R"({"waivers":[]})",
                           R"([1])",
                           R"({"region":"\u0041"})",
                           "{\"lea\":\"\xED\xA0\x80\"}",
                           R"({"lea":nullx})"}) {
    EXPECT_EQ(plain_lines(std::string(line) + "\n"), 0U) << line;
  }
}

TEST(Plain, AnEmptyTextIsNoEntryOfAChoice) {
  auto words = sample::vocabulary();
  words.choices.front().entries.front().data_key = "";
  auto const found = [&](Plainly plainly) {
    sample::Given given{words, 0, sample::waived()};
    return given.by_one("{\"kind\":\"\"}\n{\"kind\":\"\"}\n{\"kind\":\"new\"}\n", 1 << 20, 4096, plainly);
  };
  EXPECT_EQ(found(Plainly::all), found(Plainly::none));
}

// Of every four bytes of a kind that matters: three digits at once against digit by digit.
TEST(Plain, NumbersAreTheSameAtOnceAndDigitByDigit) {
  std::string const bytes = "0159/:?,.eE}]- \n\x01\x7F\x80\xAF\xB0\xBA\xFF";
  auto const count = bytes.size();
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < count * count * count * count; ++i) {
    std::string text = {bytes[i % count], bytes[i / count % count], bytes[i / count / count % count],
                        bytes[i / count / count / count], ','};
    text.resize(64);
    auto const at_once = plain::read_whole(text.data());
    auto const by_digit = plain::read_long_whole(text.data());
    bool const follows_no_number = text[0] == '0' && (text[1] == ':' || text[1] == '?');
    if (follows_no_number && at_once.end == nullptr) continue;
    ASSERT_EQ(at_once.end, by_digit.end) << text;
    ASSERT_EQ(at_once.number, by_digit.number) << text;
    numbers += at_once.end != nullptr ? 1U : 0U;
  }
  EXPECT_GT(numbers, 30'000U);
}

TEST(Plain, UnknownKeysAreOnceTheyWereNamed) {
  std::string text;
  for (int i = 0; i < 60; ++i)
    text += fmt::format("{{\"id\":{},\"other\":{{\"a\":1}},\"rates\":{{\"b\":{}}}}}\n", i, i);
  for (int i = 0; i < 60; ++i) text += fmt::format("{{\"other_{}\":{}}}\n", i % 55, i);
  text += "{\"other\":1,\"other\":2}\n{\"other_3\":{\"a\":1,\"a\":1}}\n";
  EXPECT_EQ(read(text, Plainly::all), with_columns_of_the_tree(text));
}

TEST(Plain, LinesMayBeLong) {
  std::string const title(kLargestSubmission, 'x');
  for (std::size_t const less : {std::size_t{12}, std::size_t{11}}) {
    auto const text = "{\"title\":\"" + title.substr(less) + "\"}\n{\"region\":\"" + title.substr(less + 2) + "\"}\n";
    EXPECT_TRUE(read(text, Plainly::all) == with_columns_of_the_tree(text)) << less;
  }
}

TEST(Plain, FilesGiveTheSame) {
  for (auto const* folder : {"fixtures/diagnostics", "tests/fuzz/corpus/submission_fuzz"}) {
    std::size_t files = 0;
    for (auto const& entry : fs::directory_iterator(fs::path(WAYMARK_ROOT) / folder)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::ostringstream bytes;
      bytes << in.rdbuf();
      ++files;
      EXPECT_EQ(read(bytes.str(), Plainly::all), with_columns_of_the_tree(bytes.str())) << entry.path();
      EXPECT_EQ(read(bytes.str(), Plainly::all, 7, 2), read(bytes.str(), Plainly::none, 7, 2));
      EXPECT_EQ(given().by_blocks(bytes.str(), 7, 2, 3), with_columns_of_the_tree(bytes.str())) << entry.path();
    }
    EXPECT_GT(files, 20U);
  }
}

RC_GTEST_PROP(Plain, SomeLinesGiveTheSame, (std::uint64_t seed)) {
  sample::LineMaker maker(sample::vocabulary(), 0, seed);
  auto const odd = *rc::gen::element(0U, 1U, 5U, 30U);
  auto const damage = *rc::gen::element(0U, 0U, 10U, 60U);
  std::string text;
  for (auto i = *rc::gen::inRange(1, 12); i > 0; --i) {
    auto line = maker.line(odd);
    if (maker.chance(damage)) line = maker.damaged(std::move(line));
    text += line + "\n";
  }
  if (maker.chance(20)) text.pop_back();
  auto const chunk = *rc::gen::element<std::size_t>(1, 13, 200, 1 << 20);
  auto const most = *rc::gen::element<std::size_t>(1, 3, 4096);
  auto const expected = read(text, Plainly::none, chunk, most);
  if (read(text, Plainly::all, chunk, most) != expected) RC_FAIL(text);
  if (given().by_blocks(text, chunk, most, *rc::gen::inRange<std::size_t>(1, 4)) != expected) RC_FAIL(text);
}

TEST(Blocks, SayThatTheInputFailed) {
  for (std::size_t const at_once : {1U, 2U}) {
    int pulls = 0;
    values::Symbols symbols;
    auto const reader = open(Format::json_lines, "in",
                             [&](char* into, std::size_t most) -> values::Result<std::size_t, values::WorldError> {
                               if (++pulls == 1) return std::string("{\"id\":1}\n{\"id\":2}").copy(into, most);
                               return values::failure(values::WorldError{"the disk went away"});
                             },
                             {sample::vocabulary(), 0, symbols});
    std::size_t rows = 0;
    std::string said;
    std::vector<std::unique_ptr<Block>> blocks;
    for (std::size_t i = 0; i < at_once; ++i) blocks.push_back(reader->new_block());
    for (bool more = true; more;) {
      std::size_t count = 0;
      while (count < at_once && (more = reader->next_block(*blocks[count], 10, [] { return false; }))) ++count;
      for (std::size_t i = 0; i < count; ++i) {
        blocks[i]->read();
        rows += reader->settle(*blocks[i]).size();
        for (auto const& one : reader->take_diagnostics()) said += render(one);
      }
    }
    EXPECT_EQ(rows, 1U);
    EXPECT_EQ(said, "in: error[W833]: Reading stopped: the disk went away.\n") << said;
    EXPECT_EQ(pulls, 2);
  }
}

TEST(Blocks, AreNoneOfOtherFormats) {
  values::Symbols symbols;
  for (auto const format : {Format::json, Format::csv, Format::toml}) {
    EXPECT_EQ(open(format, "in", pull_from(""), {sample::vocabulary(), 0, symbols})->new_block(), nullptr);
  }
}

}  // namespace
}  // namespace waymark::cases
