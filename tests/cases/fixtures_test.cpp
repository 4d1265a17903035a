// Each code of a submission has a page and a fixture that calls it forth; what is said then is kept beside it, word by
// word. WAYMARK_UPDATE=1 writes the texts anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/cases/sample.hpp"

namespace waymark::cases {
namespace {

namespace fs = std::filesystem;

fs::path root() { return WAYMARK_ROOT; }

std::string bytes_of(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<fs::path> fixtures() {
  std::vector<fs::path> out;
  for (auto const& entry : fs::directory_iterator(root() / "fixtures/diagnostics")) {
    auto const& path = entry.path();
    bool const mine = path.filename().string().starts_with("W8") && path.extension() != ".expected";
    if (mine && format_of(path.string())) out.push_back(path);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<grammar::CodeEntry> codes() {
  std::vector<grammar::CodeEntry> out;
  for (auto const& entry : grammar::code_entries()) {
    auto const number = static_cast<int>(entry.code);
    if (number >= 801 && number <= 899) out.push_back(entry);
  }
  return out;
}

std::string said_of(fs::path const& path) {
  sample::Outcome out;
  auto const reader = open(*format_of(path.string()), path.filename().string(), sample::pull_from(bytes_of(path)),
                           {sample::vocabulary(), 0, out.symbols});
  sample::read_all(*reader, out);
  EXPECT_EQ(sample::broken_shape(out.batch.facts), "");
  return out.rendered();
}

TEST(Fixtures, SayWhatIsExpected) {
  for (auto const& path : fixtures()) {
    SCOPED_TRACE(path.filename().string());
    auto const said = said_of(path);
    auto const expected = fs::path(path).replace_extension(".expected");
    if (std::getenv("WAYMARK_UPDATE") != nullptr) std::ofstream(expected, std::ios::binary) << said;
    EXPECT_EQ(said, bytes_of(expected));
    EXPECT_THAT(said, testing::HasSubstr(path.filename().string().substr(0, 4)));
  }
}

TEST(Fixtures, HoldNoWordsOfTheTrade) {
  for (auto const& path : fixtures()) {
    auto const said = said_of(path);
    for (auto const* word : {"token", "parse", " null", "boolean", "literal", "identifier", "expression"}) {
      EXPECT_THAT(said, testing::Not(testing::HasSubstr(word))) << path.filename();
    }
  }
}

TEST(Fixtures, AreThereForEachCode) {
  // Input that is too large to keep, and a disk that fails: formats_test.cpp makes them. More ids than are remembered:
  // ids_seen_test.cpp.
  // Whether a code is outside its edition only a review can tell: tests/commands/fixtures_test.cpp.
  std::set<int> const without = {804, 832, 833, 835, 836};
  std::set<std::string> ids;
  for (auto const& path : fixtures()) ids.insert(path.filename().string().substr(0, 4));
  for (auto const& entry : codes()) {
    bool const exempt = without.contains(static_cast<int>(entry.code));
    EXPECT_NE(ids.contains(std::string(entry.id)), exempt) << entry.id;
  }
}

TEST(Fixtures, PagesAreThereForEachCode) {
  for (auto const& entry : codes()) {
    auto const page = bytes_of(root() / "docs/diagnostics" / fmt::format("{}.md", entry.id));
    EXPECT_TRUE(page.starts_with(fmt::format("# {}: {}\n\n", entry.id, entry.title))) << entry.id;
  }
}

}  // namespace
}  // namespace waymark::cases
