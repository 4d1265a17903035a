// A page of Markdown as the tests of docs/ see it: sections, and the fenced blocks in them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace waymark::docs_test {

struct Block {
  std::string language;  ///< `policy`, `console`, …
  std::string info;      ///< what follows it: `file=one.json`, `from=rules/…`
  std::string text;
  std::size_t section = 0;
  std::size_t line = 0;  ///< of the fence, from 1
};
struct Page {
  std::vector<std::string> sections;  ///< headings of second level; the first is what stands above them
  std::vector<Block> blocks;
};
/// A command with the lines that it is said to print.
struct Step {
  std::string command;
  std::vector<std::string> shown;
};
/// Lines that go, and those that come in their place.
using Change = std::pair<std::string, std::string>;

Page read_page(std::string const& text);
/// The blocks of one section in a language that say nothing more, one after the other.
std::string joined(Page const& page, std::size_t section, std::string_view language);
/// `one.json` of `file=one.json`.
std::optional<std::string> file_named(Block const& block, std::string_view key);
std::vector<std::string> paragraphs(std::string const& text);
std::vector<Step> steps(std::string const& console);
std::vector<Change> changes(std::string const& diff);
/// Whether every change found its lines.
bool change_text(std::vector<Change> const& changes, std::string& text);
/// Whether `printed` is what is shown; `…` alone on a line stands for any lines, at its end for the rest of it.
bool shows(std::vector<std::string> const& shown, std::string const& printed);

}  // namespace waymark::docs_test
