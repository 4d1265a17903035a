// Reading a released file row by row: header, filters, keys, values, rows that say one thing twice.
#include "engine/evidence/tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/evidence/cells.hpp"
#include "engine/evidence/headers.hpp"
#include "engine/evidence/rows_by_key.hpp"

namespace waymark::evidence {
namespace {

using grammar::Code;
using values::CsvReader;
using values::CsvRow;
using values::Symbol;

constexpr std::size_t kRowsBelow = 5;  // in which a missing header is looked for

class TableReader {
 public:
  TableReader(std::string_view bytes, ReleaseEntry const& entry, vocabulary::Source const& source,
              std::vector<MarkTable> const& marks, vocabulary::Vocabulary const& vocabulary, values::Symbols& symbols,
              Findings& findings)
      : bytes_(bytes),
        entry_(entry),
        source_(source),
        symbols_(symbols),
        findings_(findings),
        cells_(source, marks, vocabulary, symbols, findings),
        reader_(bytes, entry.separator) {}

  Table read() {
    table_.keys.resize(source_.keys.size());
    table_.titles.resize(source_.keys.size());
    titled_.resize(source_.keys.size());
    table_.columns.resize(source_.columns.size());
    filters_ = folded_texts(source_.rows);
    untold_ = folded_texts(source_.untold);
    if (read_header()) read_rows();
    table_.index();
    return std::move(table_);
  }

 private:
  bool read_header();
  void read_rows();
  void read_row(CsvRow const& row);
  bool is_mended(CsvRow const& row);
  bool is_footer(CsvRow const& row) const;
  bool has_right_length(CsvRow const& row);
  bool is_empty(CsvRow const& row) const;
  static std::vector<std::vector<std::string>> folded_texts(std::vector<vocabulary::RowFilter> const& filters);
  bool is_kept(CsvRow const& row);
  bool is_untold(CsvRow const& row) const;
  bool is_misread(CsvRow const& row);
  void add(CsvRow const& row);
  void add_titles(CsvRow const& row);
  void compare(CsvRow const& row, std::uint32_t before);
  std::string filter_advice(CsvRow const& row, std::uint64_t other_line) const;
  void tell_no_rows(std::size_t seen);

  std::string_view bytes_;
  ReleaseEntry const& entry_;
  vocabulary::Source const& source_;
  values::Symbols& symbols_;
  Findings& findings_;
  CellReader cells_;
  CsvReader reader_;
  CsvRow header_;
  Layout layout_;
  std::vector<std::vector<std::string>> filters_, untold_;  // folded texts, by filter
  std::vector<std::string> filtered_out_;                   // some texts that the first filter found
  std::size_t decided_state_ = 0;                           // the column in which a decided list says what is untold
  RowsByKey rows_;
  std::vector<std::vector<bool>> titled_;  // by key, by symbol: its title is known
  std::vector<Symbol> key_;                // of the row in work, and what its value columns say
  std::vector<Cell> found_;
  std::vector<std::uint64_t> lines_;  // by row of the table
  Table table_;
};

bool TableReader::read_header() {
  std::uint32_t record = 0;
  while (record < entry_.header_row && reader_.next(header_)) ++record;
  if (record < entry_.header_row) {
    findings_.add(Code::evidence_header_missing, 0, 0,
                  fmt::format("The file has {} row{}, so it has no row {} to hold the headers.", record,
                              record == 1 ? "" : "s", entry_.header_row),
                  "See that the file is whole, and that header_row in the manifest is right.");
    return false;
  }
  if (header_.fault) {
    findings_.add(Code::evidence_row_unreadable, header_.fault->place.line, header_.fault->place.column,
                  header_.fault->message, header_.fault->help);
    return false;
  }
  auto ahead = reader_;
  std::vector<CsvRow> below;
  for (CsvRow row; below.size() < kRowsBelow && ahead.next(row);) below.push_back(row);
  auto const layout = locate(source_, entry_, header_, below, findings_);
  if (layout) layout_ = *layout;
  auto const state = std::find_if(header_.cells.begin(), header_.cells.end(),
                                  [](auto const& cell) { return folded(cell) == folded(kDecidedState); });
  decided_state_ = static_cast<std::size_t>(state - header_.cells.begin());
  return layout.has_value();
}

void TableReader::read_rows() {
  std::size_t seen = 0;
  for (CsvRow row; reader_.next(row);) {
    if (is_footer(row)) break;
    if (row.fault && !is_mended(row)) continue;
    if (!row.is_blank()) ++seen;
    read_row(row);
  }
  cells_.tell_unknown_choices();
  if (table_.rows != 0) return;
  table_.rows_lost = true;
  if (!findings_.has_errors()) tell_no_rows(seen);
}

void TableReader::read_row(CsvRow const& row) {
  if (is_empty(row) || !has_right_length(row) || is_misread(row) || !is_kept(row)) return;
  key_.clear();
  for (std::size_t i = 0; i < layout_.keys.size(); ++i) {
    auto const at = layout_.keys[i];
    auto const symbol = cells_.key(i, row.cells[at], row.places[at]);
    if (!symbol) {
      // A row about something that a Choice does not have can be about none of its entries.
      bool const of_choice = source_.keys[i].type.kind == vocabulary::Kind::choice;
      table_.rows_lost = table_.rows_lost || !of_choice;
      return;
    }
    key_.push_back(*symbol);
  }
  add(row);
}

// Agencies publish quotation marks that they have not doubled. Where every column is still in its place, the row is
// read.
bool TableReader::is_mended(CsvRow const& row) {
  auto const& [message, help, place] = *row.fault;
  bool const mended = row.mended && row.cells.size() == layout_.width;
  if (mended) {
    findings_.add(
        Code::evidence_quote_as_text, place.line, place.column,
        "A quotation mark stands inside a cell and is read as text, for the row has as many cells as the header.",
        "See that the row is read as it is meant.");
  } else {
    findings_.add(Code::evidence_row_unreadable, place.line, place.column, message, help);
  }
  return mended;
}

bool TableReader::is_footer(CsvRow const& row) const {
  return !entry_.footer.empty() && !row.cells.empty() && trimmed(row.cells.front()).starts_with(entry_.footer);
}

// Titles and footnotes stand beside the table: nothing in the columns of keys and values.
bool TableReader::is_empty(CsvRow const& row) const {
  auto const blank = [&](std::size_t at) { return at >= row.cells.size() || trimmed(row.cells[at]).empty(); };
  return std::all_of(layout_.keys.begin(), layout_.keys.end(), blank) &&
         std::all_of(layout_.values.begin(), layout_.values.end(), blank);
}

bool TableReader::has_right_length(CsvRow const& row) {
  auto const length = row.cells.size();
  bool const spills = length > layout_.width &&
                      std::any_of(row.cells.begin() + static_cast<std::ptrdiff_t>(layout_.width), row.cells.end(),
                                  [](std::string const& cell) { return !trimmed(cell).empty(); });
  if (length >= layout_.needed && !spills) return true;
  table_.rows_lost = true;
  findings_.add(Code::evidence_row_length, row.line, 0,
                fmt::format("The row has {} cell{} and the header row {}, so the row is passed over.", length,
                            length == 1 ? "" : "s", layout_.width),
                spills ? "A cell that holds the separator, such as 53,400, stands in quotation marks."
                       : "If it is a footnote, give its first words as footer in the manifest.");
  return false;
}

std::vector<std::vector<std::string>> TableReader::folded_texts(std::vector<vocabulary::RowFilter> const& filters) {
  std::vector<std::vector<std::string>> out;
  for (auto const& filter : filters) {
    auto& texts = out.emplace_back();
    for (auto const& text : filter.texts) texts.push_back(folded(text));
  }
  return out;
}

// A member of a list that may be on it or not.
bool TableReader::is_untold(CsvRow const& row) const {
  for (std::size_t i = 0; i < untold_.size(); ++i) {
    auto const text = folded(row.cells[layout_.untold[i]]);
    bool const listed_text = std::find(untold_[i].begin(), untold_[i].end(), text) != untold_[i].end();
    if (listed_text == source_.untold[i].negated) return false;
  }
  return !untold_.empty();
}

// In a list that another policy decided, a row that it could not tell, where the Source would take it for a member, or
// leave it out.
bool TableReader::is_misread(CsvRow const& row) {
  if (!entry_.decided_by || decided_state_ >= row.cells.size()) return false;
  if (folded(row.cells[decided_state_]) != folded(kUntoldState)) return false;
  if (is_untold(row)) return false;
  findings_.add(
      Code::manifest_wrong_value, row.line, row.places[decided_state_].column,
      fmt::format("The policy that decided this list could not tell whether the row is on it, and the Source "
                  "{} does not read it so.",
                  source_.shown),
      fmt::format("Add to the Source {}: Untold: where {} is \"{}\".", source_.shown, kDecidedState, kUntoldState));
  table_.rows_lost = true;
  return true;
}

bool TableReader::is_kept(CsvRow const& row) {
  for (std::size_t i = 0; i < filters_.size(); ++i) {
    auto const text = folded(row.cells[layout_.filters[i]]);
    bool const listed_text = std::find(filters_[i].begin(), filters_[i].end(), text) != filters_[i].end();
    if (listed_text != source_.rows[i].negated) continue;
    if (i == 0 && table_.rows == 0 && filtered_out_.size() < kRowsBelow) {
      auto const written = "\"" + std::string(trimmed(row.cells[layout_.filters[i]])) + "\"";
      auto const end = filtered_out_.end();
      if (std::find(filtered_out_.begin(), end, written) == end) filtered_out_.push_back(written);
    }
    return false;
  }
  return true;
}

void TableReader::add(CsvRow const& row) {
  found_.clear();
  for (std::size_t i = 0; i < layout_.values.size(); ++i) {
    auto const at = layout_.values[i];
    found_.push_back(cells_.value(i, row.cells[at], row.places[at]));
  }
  add_titles(row);
  auto const before = rows_.find_or_add(table_.keys, key_, static_cast<std::uint32_t>(table_.rows));
  if (before) return compare(row, *before);
  if (!untold_.empty()) table_.untold.push_back(is_untold(row) ? 1 : 0);
  for (std::size_t i = 0; i < key_.size(); ++i) table_.keys[i].push_back(key_[i]);
  for (std::size_t i = 0; i < found_.size(); ++i) {
    table_.columns[i].lowest.push_back(found_[i].lowest);
    table_.columns[i].highest.push_back(found_[i].highest);
    table_.columns[i].known.push_back(found_[i].known);
  }
  lines_.push_back(row.line);
  ++table_.rows;
}

// The first title of a symbol stays.
void TableReader::add_titles(CsvRow const& row) {
  for (std::size_t i = 0; i < key_.size(); ++i) {
    if (layout_.titles[i] >= row.cells.size()) continue;  // none, or a short row
    auto& titled = titled_[i];
    if (titled.size() <= key_[i]) titled.resize(symbols_.size());
    if (titled[key_[i]]) continue;
    titled[key_[i]] = true;
    table_.titles[i].try_emplace(key_[i], trimmed(row.cells[layout_.titles[i]]));
  }
}

// A second row with the same key: the same again, or an error, for nobody can say which of the two is meant.
void TableReader::compare(CsvRow const& row, std::uint32_t before) {
  if (!untold_.empty() && is_untold(row) != (table_.untold[before] != 0)) {
    auto const at = layout_.untold.front();
    findings_.add(Code::evidence_rows_disagree, row.line, row.places[at].column,
                  fmt::format("Lines {} and {} are both about one member of {}, and one of them says that it cannot be "
                              "told.",
                              lines_[before], row.line, source_.shown),
                  "A member of a list has one row.");
    return;
  }
  for (std::size_t i = 0; i < found_.size(); ++i) {
    auto const& column = table_.columns[i];
    if (found_[i] == Cell{column.lowest[before], column.highest[before], column.known[before]}) continue;
    std::vector<std::string> key;
    for (auto const& symbols : table_.keys) key.push_back(symbols_.text(symbols[before]));
    findings_.add(Code::evidence_rows_disagree, row.line, row.places[layout_.values[i]].column,
                  fmt::format("Lines {} and {} are both about {}, and differ in the column {}.", lines_[before],
                              row.line, listed(key), source_.columns[i].column),
                  filter_advice(row, lines_[before]));
    return;
  }
}

// A column that tells the two rows apart by a word, such as O_GROUP, is what a filter is for.
std::string TableReader::filter_advice(CsvRow const& row, std::uint64_t other_line) const {
  CsvReader again(bytes_, entry_.separator);
  CsvRow other;
  while (again.next(other) && other.line < other_line) continue;
  auto const is_mapped = [&](std::size_t at) {
    auto const in = [&](auto const& columns) { return std::find(columns.begin(), columns.end(), at) != columns.end(); };
    return in(layout_.keys) || in(layout_.values) || in(layout_.titles);
  };
  auto const is_word = [](std::string_view text) {
    return !text.empty() && text.size() <= 30 && text.find_first_of("0123456789*#") == std::string_view::npos;
  };
  for (std::size_t at = 0; at < std::min(row.cells.size(), other.cells.size()); ++at) {
    auto const here = trimmed(row.cells[at]);
    if (is_mapped(at) || !is_word(here) || !is_word(trimmed(other.cells[at]))) continue;
    if (folded(here) == folded(other.cells[at])) continue;
    return fmt::format("Keep one of the two by a filter in the Source {}: Rows: where {} is \"{}\".", source_.shown,
                       trimmed(header_.cells[at]), here);
  }
  return fmt::format("Keep one of the two by a filter (Rows: where … is …) or by a further key in the Source {}.",
                     source_.shown);
}

void TableReader::tell_no_rows(std::size_t seen) {
  auto help = std::string("See that the Source and the release are of the same layout.");
  if (!filtered_out_.empty()) {
    help = fmt::format("The filter of the Source {} keeps none. Its column {} holds {}.", source_.shown,
                       source_.rows.front().column, listed(filtered_out_));
  }
  findings_.add(
      Code::evidence_no_rows, 0, 0,
      seen == 0
          ? "Under the header stands no row: nothing is known from this file."
          : fmt::format("Under the header stand{} {} row{}, of which none is kept: nothing is known from this file.",
                        seen == 1 ? "s" : "", seen, seen == 1 ? "" : "s"),
      help);
}

}  // namespace

Table read_table(std::string_view bytes, ReleaseEntry const& entry, vocabulary::Source const& source,
                 std::vector<MarkTable> const& marks, vocabulary::Vocabulary const& vocabulary,
                 values::Symbols& symbols, Findings& findings) {
  return TableReader(bytes, entry, source, marks, vocabulary, symbols, findings).read();
}

}  // namespace waymark::evidence
