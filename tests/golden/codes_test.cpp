// Every message that a person can get, of every room, has a page and a file that triggers it; nothing has either for a
// message that there is not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "grammar/diagnostic.hpp"

namespace waymark {
namespace {

namespace fs = std::filesystem;

std::string text_of(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

fs::path root() { return WAYMARK_ROOT; }

/// The numbers with which the names of files in a folder begin.
std::set<std::string> codes_in(fs::path const& folder) {
  std::set<std::string> out;
  for (auto const& entry : fs::directory_iterator(folder)) {
    auto const name = entry.path().filename().string();
    if (name.size() > 4 && name[0] == 'W' &&
        std::all_of(name.begin() + 1, name.begin() + 4, [](unsigned char c) { return c >= '0' && c <= '9'; })) {
      out.insert(name.substr(0, 4));
    }
  }
  return out;
}

// A file of more than four gigabytes, one with more than fifty faults, a line of 16 megabytes, files of submissions
// that are too large or that vanish while they are read, millions of ids: their tests make them.
std::set<std::string> const kMadeByTests{"W124", "W126", "W804", "W832", "W833", "W836"};

TEST(Codes, HaveAFixture) {
  auto const fixtures = codes_in(root() / "fixtures" / "diagnostics");
  for (auto const& entry : grammar::code_entries()) {
    EXPECT_EQ(fixtures.contains(std::string(entry.id)), !kMadeByTests.contains(std::string(entry.id))) << entry.id;
  }
}

TEST(Codes, HaveAPage) {
  for (auto const& entry : grammar::code_entries()) {
    auto const page = text_of(root() / "docs" / "diagnostics" / (std::string(entry.id) + ".md"));
    EXPECT_THAT(page, testing::StartsWith("# " + std::string(entry.id) + ": " + std::string(entry.title) + "\n"));
    EXPECT_THAT(page, testing::EndsWith("\n")) << entry.id;
  }
}

TEST(Codes, AreThoseOfTheFixturesAndPages) {
  std::set<std::string> known;
  for (auto const& entry : grammar::code_entries()) known.insert(std::string(entry.id));
  for (auto const* folder : {"fixtures/diagnostics", "docs/diagnostics"}) {
    for (auto const& code : codes_in(root() / folder)) EXPECT_TRUE(known.contains(code)) << code << " in " << folder;
  }
}

TEST(Codes, PagesUseTheAuthorsWords) {
  for (auto const& entry : grammar::code_entries()) {
    auto const page = text_of(root() / "docs" / "diagnostics" / (std::string(entry.id) + ".md"));
    for (char const* const word : {"token", "identifier", " null", "boolean", "scope of", "literal"}) {
      EXPECT_EQ(page.find(word), std::string::npos) << entry.id << " says " << word;
    }
  }
}

}  // namespace
}  // namespace waymark
