// Every message of the checker: a file that triggers it and nothing else, its exact words, and an edit that mends it.
// UPDATE_GOLDENS=1 writes the expected words anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/check/fixtures.hpp"
#include "tests/environment.hpp"

namespace waymark::check {
namespace {

namespace fs = std::filesystem;

class DiagnosticsOf : public testing::TestWithParam<Fixture> {};

fs::path expected_path(Fixture const& fixture) {
  return fixtures_folder() / (fs::path(fixture.name).stem().string() + ".expected");
}

TEST_P(DiagnosticsOf, SayExactlyThis) {
  auto const said = said_of(GetParam());
  ASSERT_EQ(said.diagnostics.size(), 1U) << said.text();
  EXPECT_EQ(grammar::entry_of(said.diagnostics.front().code).id, GetParam().code()) << said.text();
  auto const path = expected_path(GetParam());
  if (std::getenv("UPDATE_GOLDENS") != nullptr) std::ofstream(path, std::ios::binary) << said.text();
  std::ifstream in(path, std::ios::binary);
  EXPECT_EQ(said.text(), std::string(std::istreambuf_iterator<char>(in), {}));
}

TEST_P(DiagnosticsOf, AreMendedByTheirEdit) {
  auto const said = said_of(GetParam());
  ASSERT_FALSE(said.diagnostics.empty());
  auto const& edit = said.diagnostics.front().edit;
  if (!edit) return;
  EXPECT_EQ(said_of(mended(GetParam(), said, *edit)).text(), "");
}

TEST_P(DiagnosticsOf, UseTheAuthorsWords) {
  for (auto const& diagnostic : said_of(GetParam()).diagnostics) {
    auto said = diagnostic.message + " " + diagnostic.help;
    for (auto const& label : diagnostic.secondary) said += " " + label.text;
    for (char const* const word :
         {"token", "parse", "identifier", "expression", "null", "boolean", "scope", "literal"}) {
      EXPECT_EQ(said.find(word), std::string::npos) << said;
    }
    EXPECT_FALSE(diagnostic.message.ends_with(".")) << said;
    EXPECT_LE(diagnostic.message.size(), 120U) << said;
    EXPECT_FALSE(diagnostic.help.empty()) << said;
  }
}

std::string test_name(testing::TestParamInfo<Fixture> const& info) {
  auto name = info.param.name;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(Fixtures, DiagnosticsOf, testing::ValuesIn(fixtures()), test_name);

// Two files with one mistake each, joined, have two mistakes: what is said of both is what was said of each.
bool begins_alike(Fixture const& fixture, std::string const& head) {
  return fixture.is_policy() && fixture.texts.at(fixture.name).starts_with(head) &&
         fixture.texts.at(fixture.name).size() > head.size() && fixture.texts.contains("common.vocabulary");
}

bool holds(Fixture const& fixture, std::string_view block) {
  return fixture.texts.at(fixture.name).find(block) != std::string::npos;
}

Fixture joined(Fixture const& a, Fixture const& b, std::string const& head) {
  auto out = a;
  out.texts.at(a.name) += "\n" + b.texts.at(b.name).substr(head.size());
  for (auto const& [name, text] : b.texts) {
    if (name.ends_with(".toml")) out.texts[name] = text;
  }
  return out;
}

// A decision makes the figures and criteria of the other file ones that it does not use, and two decisions may decide
// the same cases: that is true of the joined file.
std::vector<std::string> without_what_follows(std::vector<std::string> said, Fixture const& a, Fixture const& b,
                                              std::vector<std::string> const& wanted) {
  bool const decide = holds(a, "Decision:") || holds(b, "Decision:");
  bool const list = holds(a, "List:") || holds(b, "List:");
  bool const both = holds(a, "Decision:") && holds(b, "Decision:");
  auto const follows = [&](std::string const& message) {
    bool const unused = message.starts_with("W218 ") && (decide || list);
    bool const overlap = message.starts_with("W507 ") && both;
    return (unused || overlap) && std::find(wanted.begin(), wanted.end(), message) == wanted.end();
  };
  said.erase(std::remove_if(said.begin(), said.end(), follows), said.end());
  return said;
}

TEST(Diagnostics, TwoMistakesGiveExactlyTwoMessages) {
  std::string const head =
      "Policy: approval of pathways\n  Authority: Example Code 1-2\n  Reviews: pathway\n"
      "  Uses: example pathways\n  In force: from 2024-07-01\n\n";
  std::vector<Fixture> alike;
  for (auto const& one : fixtures()) {
    bool const has_toml =
        std::any_of(one.texts.begin(), one.texts.end(), [](auto const& text) { return text.first.ends_with(".toml"); });
    if (begins_alike(one, head) && !has_toml) alike.push_back(one);
  }
  ASSERT_GT(alike.size(), 40U);
  std::vector<std::vector<std::string>> alone;
  for (auto const& one : alike) alone.push_back(said_of(one).messages());
  std::size_t pairs = 0, number = 0;
  for (std::size_t i = 0; i < alike.size(); ++i) {
    for (std::size_t j = i + 1; j < alike.size(); ++j) {
      if (++number % tests::divisor() != 0) continue;
      // Either may stand first: the order of blocks never matters.
      auto const& a = alike[(i + j) % 2 == 0 ? i : j];
      auto const& b = alike[(i + j) % 2 == 0 ? j : i];
      auto wanted = alone[i];
      wanted.insert(wanted.end(), alone[j].begin(), alone[j].end());
      std::sort(wanted.begin(), wanted.end());
      EXPECT_EQ(without_what_follows(said_of(joined(a, b, head)).messages(), a, b, wanted), wanted)
          << a.name << " and " << b.name;
      ++pairs;
    }
  }
  EXPECT_GT(pairs, tests::divided(1000));
}

}  // namespace
}  // namespace waymark::check
