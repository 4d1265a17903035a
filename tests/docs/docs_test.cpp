// Every page for people is run: its policies are checked and their examples pass, its commands print what it shows.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>

#include "tests/docs/page.hpp"
#include "tests/docs/shell.hpp"

namespace waymark::docs_test {
namespace {

namespace fs = std::filesystem;

constexpr char const* kRoot = WAYMARK_ROOT;

std::string read_text(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.is_open()) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_text(fs::path const& path, std::string const& text, std::ios::openmode how) {
  fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary | how);
  out << text;
  EXPECT_TRUE(out.good()) << path;
}

std::vector<fs::path> pages() {
  std::vector<fs::path> out = {fs::path(kRoot) / "README.md"};
  for (auto const& entry : fs::directory_iterator(fs::path(kRoot) / "docs")) {
    if (entry.is_regular_file() && entry.path().extension() == ".md") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::size_t lines_beginning(std::string const& text, std::string const& words) {
  std::size_t count = text.starts_with(words) ? 1 : 0;
  for (auto at = text.find("\n" + words); at != std::string::npos; at = text.find("\n" + words, at + 1)) ++count;
  return count;
}
bool has_line_beginning(std::string const& text, std::string const& words) { return lines_beginning(text, words) > 0; }

class Docs : public testing::TestWithParam<fs::path> {
 protected:
  Page const page_ = read_page(read_text(GetParam()));
};

// All `policy` blocks of a section are one policy; its words are those of the section, else of the page's first section
// that has some.
TEST_P(Docs, ItsPoliciesAreCheckedAndTheirExamplesPass) {
  Scratch const scratch(kRoot, WAYMARK_BINARY);
  std::string head, words;
  for (auto const& block : page_.blocks) {
    if (block.language == "policy" && block.info == "head") head = block.text;
    if (block.language == "vocabulary" && words.empty()) words = joined(page_, block.section, "vocabulary");
  }
  for (std::size_t section = 0; section < page_.sections.size(); ++section) {
    auto policy = joined(page_, section, "policy");
    auto own = joined(page_, section, "vocabulary");
    if (policy.empty() && own.empty()) continue;
    SCOPED_TRACE("section " + page_.sections[section]);
    if (!has_line_beginning(policy, "Policy:")) policy.insert(0, head + "\n");
    auto const folder = scratch.path() / ("section-" + std::to_string(section));
    std::string policies = "\"page.policy\"";
    std::string thresholds;
    for (auto const& block : page_.blocks) {
      auto const file = block.section == section ? file_named(block, "file=") : std::nullopt;
      bool const layer = file && file->ends_with(".policy") && block.language == "policy";
      if (!layer && file != "thresholds.toml") continue;
      write_text(folder / *file, block.text, std::ios::trunc);
      if (layer) policies += ", \"" + *file + "\"";
      if (!layer) thresholds = "thresholds = [\"thresholds.toml\"]\n";
    }
    auto const workspace =
        "[workspace]\npolicies = [" + policies + "]\nvocabularies = [\"page.vocabulary\"]\n" + thresholds;
    write_text(folder / "waymark.toml", workspace, std::ios::trunc);
    write_text(folder / "page.vocabulary", own.empty() ? words : own, std::ios::trunc);
    write_text(folder / "page.policy", policy, std::ios::trunc);
    auto const checked = scratch.run(folder, "waymark check");
    EXPECT_EQ(checked.code, 0) << checked.output;
    if (!has_line_beginning(policy, "Example:")) continue;
    auto const tested = scratch.run(folder, "waymark test");
    EXPECT_EQ(tested.code, 0) << tested.output;
    auto const count = std::to_string(lines_beginning(policy, "Example:")) + " example";
    EXPECT_TRUE(has_line_beginning(tested.output, count)) << "of " << count << "(s):\n" << tested.output;
  }
}

// What a page quotes stands in the file: each part between empty lines, word for word.
void expect_quoted(std::string const& quoted, std::string const& whole) {
  auto const text = "\n\n" + whole + "\n";
  for (auto const& part : paragraphs(quoted)) {
    EXPECT_NE(text.find("\n\n" + part + "\n"), std::string::npos) << "the file does not hold:\n" << part;
  }
}

// One reader follows the page from its first block to its last, in a copy of the project's root.
TEST_P(Docs, ItsCommandsPrintWhatItShows) {
  Scratch const scratch(kRoot, WAYMARK_BINARY);
  auto here = scratch.path();
  auto const verbs = scratch.run(kRoot, "./run help").output;
  for (auto const& block : page_.blocks) {
    SCOPED_TRACE("line " + std::to_string(block.line));
    if (auto const file = file_named(block, "from=")) expect_quoted(block.text, read_text(here / *file));
    if (auto const file = file_named(block, "file=")) write_text(here / *file, block.text, std::ios::trunc);
    if (auto const file = file_named(block, "add=")) write_text(here / *file, block.text, std::ios::app);
    if (block.language == "diff") {
      auto text = read_text(here / block.info);
      EXPECT_TRUE(change_text(changes(block.text), text)) << block.info << " does not hold the lines with `-`";
      write_text(here / block.info, text, std::ios::trunc);
    }
    if (block.language != "console") continue;
    for (auto const& step : steps(block.text)) {
      if (step.command.starts_with("./run ")) {
        EXPECT_NE(verbs.find(step.command), std::string::npos) << step.command;
      } else if (step.command.starts_with("cd ")) {
        here /= step.command.substr(3);
        EXPECT_TRUE(fs::is_directory(here)) << here;
      } else {
        auto const printed = scratch.run(here, step.command).output;
        EXPECT_TRUE(shows(step.shown, printed)) << "$ " << step.command << "\nprints:\n" << printed;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Pages, Docs, testing::ValuesIn(pages()), [](auto const& page) {
  auto name = page.param.stem().string();
  std::erase_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
  return name;
});

TEST(Pages, AreFound) { EXPECT_GE(pages().size(), 5U); }

TEST(Pages, EllipsisSkipsLines) {
  EXPECT_TRUE(shows({"a", "b"}, "a\nb\n"));
  EXPECT_FALSE(shows({"a", "b"}, "a\nc\n"));
  EXPECT_FALSE(shows({"a"}, "a\nb\n"));
  EXPECT_TRUE(shows({"a", "…"}, "a\nb\n"));
  EXPECT_TRUE(shows({"…", "b"}, "a\na\nb\n"));
  EXPECT_TRUE(shows({"…", "b", "…", "d"}, "a\nb\nb\nc\nd\n"));
  EXPECT_FALSE(shows({"…", "b"}, "a\nb\nc\n"));
  EXPECT_TRUE(shows({}, ""));
  EXPECT_TRUE(shows({"ab…"}, "abc\n"));
  EXPECT_FALSE(shows({"ab…"}, "acb\n"));
}

}  // namespace
}  // namespace waymark::docs_test
