// Cells and marks in words.
#include "engine/commands/evidence_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/commands/report.hpp"
#include "engine/commands/text_table.hpp"

namespace waymark::commands {
namespace {

using values::Known;

constexpr std::size_t kMostRows = 20;

std::string exact_words(ReadRelease const& read, vocabulary::Type const& type, values::Steps steps) {
  if (type.kind == vocabulary::Kind::choice) {
    return read.vocabulary.choices[type.which].entries[static_cast<std::size_t>(steps)].shown;
  }
  if (type.kind == vocabulary::Kind::yes_no) return steps == 0 ? "no" : "yes";
  if (vocabulary::is_symbolic(type)) return read.symbols.text(static_cast<values::Symbol>(steps));
  return vocabulary::write_steps(steps, type, read.vocabulary);
}

std::string words_of(ReadRelease const& read, vocabulary::Type const& type, Known known, values::Steps lowest,
                     values::Steps highest) {
  if (known == Known::exactly) return exact_words(read, type, lowest);
  if (known != Known::bounded) return std::string(values::words(known));
  if (lowest == values::kNoLowest) return "at most " + exact_words(read, type, highest);
  if (highest == values::kNoHighest) return "at least " + exact_words(read, type, lowest);
  return fmt::format("between {} and {}", exact_words(read, type, lowest), exact_words(read, type, highest));
}

std::vector<std::uint32_t> chosen_rows(ReadRelease const& read, std::string const& key) {
  evidence::Table const& table = read.release.table;
  std::vector<std::uint32_t> rows;
  if (key.empty()) {
    for (std::uint32_t row = 0; row < std::min(table.rows, kMostRows); ++row) rows.push_back(row);
    return rows;
  }
  values::Symbol const symbol = read.symbols.find(key);
  for (std::size_t i = 0; symbol != values::Symbols::kUnknown && i < table.keys.size(); ++i) {
    auto const& with = table.rows_with(i, symbol);
    rows.insert(rows.end(), with.begin(), with.end());
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

Row heading(vocabulary::Source const& source) {
  Row row;
  for (auto const& key : source.keys) {
    row.push_back(key.shown);
    if (!key.title_column.empty()) row.push_back("title");
  }
  for (auto const& column : source.columns) row.push_back(column.shown);
  return row;
}

Row cells(ReadRelease const& read, vocabulary::Source const& source, std::uint32_t row) {
  evidence::Table const& table = read.release.table;
  Row line;
  for (std::size_t i = 0; i < source.keys.size(); ++i) {
    values::Symbol const symbol = table.keys[i][row];
    line.push_back(read.symbols.text(symbol));
    if (source.keys[i].title_column.empty()) continue;
    auto const title = table.titles[i].find(symbol);
    line.push_back(title == table.titles[i].end() ? "" : title->second);
  }
  for (std::size_t i = 0; i < source.columns.size(); ++i) {
    evidence::Column const& column = table.columns[i];
    line.push_back(
        words_of(read, source.columns[i].quantity.type, column.known[row], column.lowest[row], column.highest[row]));
  }
  return line;
}

std::string marks_text(ReadRelease const& read, vocabulary::Source const& source) {
  std::string text;
  auto const add = [&](std::string const& column, std::string const& mark, std::string const& meaning) {
    text += fmt::format("mark: {} in {}: {}\n", mark.empty() ? "a blank cell" : fmt::format("\"{}\"", mark), column,
                        meaning);
  };
  for (auto const& column : source.columns) {
    for (vocabulary::Mark const& mark : column.marks) {
      add(column.column, mark.text,
          words_of(read, column.quantity.type, mark.meaning.known, mark.meaning.lowest, mark.meaning.highest));
    }
  }
  for (auto const& column : read.release.entry.marks) {
    for (auto const& [mark, meaning] : column.marks) add(column.column, mark, meaning + " (in this release)");
  }
  return text;
}

}  // namespace

std::string release_text(ReadRelease const& read, std::string const& key) {
  vocabulary::Source const& source = read.vocabulary.sources[read.release.source];
  evidence::ReleaseEntry const& entry = read.release.entry;
  std::string text = fmt::format("{}, {}", source.shown, entry.name);
  if (!entry.publisher.empty()) text += fmt::format(" ({})", entry.publisher);
  if (entry.released) text += fmt::format(", released {}", values::write_date(*entry.released));
  text += fmt::format(", {}\n{}\n", counted(read.release.table.rows, "row"), read.release.path);
  if (!entry.address.empty()) text += entry.address + "\n";
  std::vector<Row> rows = {heading(source)};
  for (std::uint32_t const row : chosen_rows(read, key)) rows.push_back(cells(read, source, row));
  std::size_t const shown = rows.size() - 1;
  text += "\n" + table_text(rows);
  if (!key.empty() && shown == 0) text += fmt::format("no row has the key {}\n", key);
  if (key.empty() && shown < read.release.table.rows) {
    text +=
        fmt::format("and {} more; --key shows those of one code\n", counted(read.release.table.rows - shown, "row"));
  }
  std::string const marks = marks_text(read, source);
  return marks.empty() ? text : text + "\n" + marks;
}

}  // namespace waymark::commands
