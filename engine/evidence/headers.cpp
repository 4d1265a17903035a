// Matching native headers, and saying what stands there instead.
#include "engine/evidence/headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace waymark::evidence {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::array<std::pair<std::string_view, char>, 9> kPlain = {{{"\xE2\x80\x93", '-'},
                                                                      {"\xE2\x80\x94", '-'},
                                                                      {"\xE2\x88\x92", '-'},
                                                                      {"\xE2\x80\x98", '\''},
                                                                      {"\xE2\x80\x99", '\''},
                                                                      {"\xE2\x80\x9C", '"'},
                                                                      {"\xE2\x80\x9D", '"'},
                                                                      {"\xE2\x80\xAF", ' '},
                                                                      {kNoBreakSpace, ' '}}};

// The next character made plain; moves `text` past it.
char take(std::string_view& text) {
  for (auto const& [typographic, plain] : kPlain) {
    if (!text.starts_with(typographic)) continue;
    text.remove_prefix(typographic.size());
    return plain;
  }
  auto const c = text.front();
  text.remove_prefix(1);
  return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// A header as it is shown in a message: on one line.
std::string shown(std::string_view header) {
  std::string out;
  for (auto const c : trimmed(header)) {
    if (is_blank(c) && (out.empty() || out.back() == ' ')) continue;
    out.push_back(is_blank(c) ? ' ' : c);
  }
  return out;
}

class Locator {
 public:
  Locator(vocabulary::Source const& source, ReleaseEntry const& entry, values::CsvRow const& header,
          std::vector<values::CsvRow> const& below, Findings& findings)
      : source_(source), entry_(entry), header_(header), below_(below), findings_(findings) {
    for (auto const& cell : header.cells) headers_.push_back(folded(cell));
  }

  std::size_t find(std::string const& column) {
    auto const wanted = folded(column);
    auto const found = std::find(headers_.begin(), headers_.end(), wanted);
    if (found == headers_.end()) return missing(column);
    auto const at = static_cast<std::size_t>(found - headers_.begin());
    auto const again = std::find(found + 1, headers_.end(), wanted);
    if (again != headers_.end()) return twice(column, static_cast<std::size_t>(again - headers_.begin()));
    return at;
  }
  bool faulty() const { return faulty_; }

 private:
  std::size_t missing(std::string const& column) {
    faulty_ = true;
    findings_.add(grammar::Code::evidence_column_missing, header_.line, 0,
                  fmt::format("The header row has no column \"{}\", which the Source {} needs.", column, source_.shown),
                  advice(column));
    return Layout::kNone;
  }

  std::size_t twice(std::string const& column, std::size_t again) {
    faulty_ = true;
    auto const place = header_.places[again];
    findings_.add(grammar::Code::evidence_column_twice, place.line, place.column,
                  fmt::format("The column \"{}\" stands twice in the header row, so it cannot be told which of the two "
                              "the Source {} means.",
                              column, source_.shown),
                  "Give one of the two another name in a copy of the file.");
    return Layout::kNone;
  }

  std::string advice(std::string const& column) const {
    auto const wanted = folded(column);
    for (std::size_t i = 0; i < below_.size(); ++i) {
      auto const& cells = below_[i].cells;
      if (std::any_of(cells.begin(), cells.end(), [&](auto const& cell) { return folded(cell) == wanted; })) {
        return fmt::format("It stands on line {}: write header_row = {} in the manifest.", below_[i].line,
                           entry_.header_row + i + 1);
      }
    }
    auto const near = grammar::nearest(wanted, headers_);
    auto const found = std::find(headers_.begin(), headers_.end(), near);
    if (!near.empty() && found != headers_.end()) {
      auto const& cell = header_.cells[static_cast<std::size_t>(found - headers_.begin())];
      return fmt::format("The nearest header is \"{}\": write it in the Source {}.", shown(cell), source_.shown);
    }
    std::vector<std::string> all;
    for (auto const& cell : header_.cells) {
      if (!trimmed(cell).empty()) all.push_back("\"" + shown(cell) + "\"");
    }
    if (all.size() == 1) {
      return fmt::format(
          "The row has one column only, {}: see that separator and header_row in the manifest are right.", all.front());
    }
    return "The headers are " + listed(all, 12) + ".";
  }

  vocabulary::Source const& source_;
  ReleaseEntry const& entry_;
  values::CsvRow const& header_;
  std::vector<values::CsvRow> const& below_;
  Findings& findings_;
  std::vector<std::string> headers_;
  bool faulty_ = false;
};

void warn_of_unused_marks(ReleaseEntry const& entry, values::CsvRow const& header, Findings& findings) {
  for (auto const& marks : entry.marks) {
    auto const matches = [&](auto const& cell) { return column_matches(marks.column, cell); };
    if (std::any_of(header.cells.begin(), header.cells.end(), matches)) continue;
    findings.add(grammar::Code::evidence_marks_unused, header.line, 0,
                 fmt::format("The manifest gives marks for the column \"{}\", and no header is that.", marks.column),
                 "Write the header as it stands in the file; a * at the end stands for any ending.");
  }
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto const c = take(text);
    if (is_blank(c) && (out.empty() || out.back() == ' ')) continue;
    out.push_back(is_blank(c) ? ' ' : c);
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (true) {
    if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(kNoBreakSpace.size());
    } else if (!text.empty() && is_blank(text.front())) {
      text.remove_prefix(1);
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
    } else if (!text.empty() && is_blank(text.back())) {
      text.remove_suffix(1);
    } else {
      return text;
    }
  }
}

bool column_matches(std::string_view pattern, std::string_view header) {
  if (!pattern.ends_with('*')) return folded(pattern) == folded(header);
  return folded(header).starts_with(folded(pattern.substr(0, pattern.size() - 1)));
}

std::optional<Layout> locate(vocabulary::Source const& source, ReleaseEntry const& entry, values::CsvRow const& header,
                             std::vector<values::CsvRow> const& below, Findings& findings) {
  Locator locator(source, entry, header, below, findings);
  Layout layout;
  for (auto const& key : source.keys) {
    layout.keys.push_back(locator.find(key.column));
    layout.titles.push_back(key.title_column.empty() ? Layout::kNone : locator.find(key.title_column));
  }
  for (auto const& column : source.columns) layout.values.push_back(locator.find(column.column));
  for (auto const& filter : source.rows) layout.filters.push_back(locator.find(filter.column));
  for (auto const& filter : source.untold) layout.untold.push_back(locator.find(filter.column));
  if (locator.faulty()) return std::nullopt;
  layout.width = header.cells.size();
  for (auto const* columns : {&layout.keys, &layout.values, &layout.filters, &layout.untold}) {
    for (auto const at : *columns) layout.needed = std::max(layout.needed, at + 1);
  }
  warn_of_unused_marks(entry, header, findings);
  return layout;
}

}  // namespace waymark::evidence
