// Reading keys and values as agencies and spreadsheets write them: `="01.0101"`, `$53,400`, `12.5%`, `2020-2021`.
#include "engine/evidence/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/evidence/headers.hpp"

namespace waymark::evidence {
namespace {

using grammar::Code;
using values::Known;
using values::NumberFault;
using values::Steps;
using vocabulary::Kind;
using vocabulary::SourceColumn;
using vocabulary::Type;

constexpr char const* kLeaveOut =
    "If such rows are no data, leave them out by a filter in the Source: Rows: where … is …";

std::optional<Steps> read_yes_no(std::string_view text) {
  auto const word = folded(text);
  static constexpr std::array<std::string_view, 4> kYesWords = {"yes", "y", "true", "1"};
  static constexpr std::array<std::string_view, 4> kNoWords = {"no", "n", "false", "0"};
  if (std::find(kYesWords.begin(), kYesWords.end(), word) != kYesWords.end()) return 1;
  if (std::find(kNoWords.begin(), kNoWords.end(), word) != kNoWords.end()) return 0;
  return std::nullopt;
}

// `2024-25`, `2024-2025` as federal tables write it, and `2025` where it begins with the calendar year or the Source
// says which year that is.
std::optional<int> read_year_cell(std::string_view text, values::YearKind const& kind, vocabulary::YearNamed named) {
  using vocabulary::YearNamed;
  bool const one_of_two = !values::either_year(text, kind).empty();
  if (one_of_two && named == YearNamed::in_full) return std::nullopt;
  if (one_of_two) return *values::read_year(text) - (named == YearNamed::by_last ? 1 : 0);
  return values::read_year(text, kind);
}

// What a cell of a type holds, in words that follow "read as".
std::string expected(Type const& type, vocabulary::Vocabulary const& vocabulary) {
  return (type.kind == Kind::code ? "a code of " : "") + vocabulary::words(type, vocabulary);
}

// A number without the sign of its unit.
std::string bare_number(std::string_view text, Kind kind) {
  bool const negative = text.starts_with('-');
  auto digits = negative ? trimmed(text.substr(1)) : text;
  if (kind == Kind::money && digits.starts_with('$')) digits = trimmed(digits.substr(1));
  if ((kind == Kind::percent || kind == Kind::points) && digits.ends_with('%')) {
    digits = trimmed(digits.substr(0, digits.size() - 1));
  }
  return (negative ? "-" : "") + std::string(digits);
}

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The place of the last decimal in written units, in steps: for 2 what 0.01 is.
values::Result<Steps, NumberFault> last_place(std::size_t decimals, values::Scale scale) {
  return values::read_decimal(decimals == 0 ? "1" : "0." + std::string(decimals - 1, '0') + "1", scale);
}

}  // namespace

CellReader::CellReader(vocabulary::Source const& source, std::vector<MarkTable> const& marks,
                       vocabulary::Vocabulary const& vocabulary, values::Symbols& symbols, Findings& findings)
    : source_(source),
      marks_(marks),
      vocabulary_(vocabulary),
      symbols_(symbols),
      findings_(findings),
      read_texts_(source.keys.size()),
      begins_mark_(marks.size()),
      choices_(source.keys.size()),
      unknown_(source.keys.size()) {
  for (std::size_t column = 0; column < marks.size(); ++column) {
    for (auto const& mark : marks[column]) {
      if (!mark.first.empty()) begins_mark_[column][static_cast<unsigned char>(mark.first.front())] = true;
    }
  }
}

// Of `2025` where the year runs over New Year.
std::optional<std::string> CellReader::year_help(Type const& type, std::string_view text) const {
  if (type.kind != Kind::year) return std::nullopt;
  auto const either = values::either_year(text, vocabulary_.calendar.years[type.which]);
  if (either.empty()) return std::nullopt;
  return fmt::format("It may be {}. Say in the Source which: `named by its first year` or `named by its last year`.",
                     either);
}

// --- Keys ---------------------------------------------------------------------------------------------------------

std::optional<values::Symbol> CellReader::key(std::size_t key, std::string_view text, values::CsvPlace place) {
  auto const& wanted = source_.keys[key];
  text = trimmed(text);
  if (text.empty()) {
    findings_.add(Code::evidence_key_unreadable, place.line, place.column,
                  fmt::format("The column {} is blank, so the row is passed over.", wanted.column), kLeaveOut);
    return std::nullopt;
  }
  if (wanted.type.kind == Kind::choice) return choice_key(key, text, place);
  if (auto const known = known_key(key, text)) return known;
  auto const what = expected(wanted.type, vocabulary_);
  if (wanted.type.kind == Kind::code && values::looks_like_spreadsheet_date(text)) {
    tell_date(wanted.column, text, what, place);
  } else {
    findings_.add(Code::evidence_key_unreadable, place.line, place.column,
                  fmt::format("\"{}\" in the column {} cannot be read as {}, so the row is passed over.", text,
                              wanted.column, what),
                  year_help(wanted.type, text).value_or(kLeaveOut));
  }
  return std::nullopt;
}

// Of a text that can be read as a key.
std::optional<values::Symbol> CellReader::known_key(std::size_t key, std::string_view text) {
  auto& known = read_texts_[key];
  if (known.symbol_of_last && known.last == text) return known.symbol_of_last;
  auto found = known.all.find(text);
  if (found == known.all.end()) {
    auto const words = key_words(source_.keys[key], text);
    if (!words) return std::nullopt;
    found = known.all.emplace(text, symbols_.intern(*words)).first;
  }
  known.last = text;
  known.symbol_of_last = found->second;
  return found->second;
}

std::optional<values::Symbol> CellReader::choice_key(std::size_t key, std::string_view text, values::CsvPlace place) {
  auto const& choice = vocabulary_.choices[source_.keys[key].type.which];
  auto const [known, is_new] = choices_[key].try_emplace(std::string(text));
  if (is_new) {
    if (auto const entry = choice.find(text)) known->second = symbols_.intern(choice.entries[*entry].shown);
  }
  if (known->second) return known->second;
  auto& unknown = unknown_[key];
  if (unknown.rows++ == 0) unknown.line = place.line;
  if (is_new) unknown.texts.emplace_back(text);
  return std::nullopt;
}

std::optional<std::string> CellReader::key_words(vocabulary::SourceKey const& key, std::string_view text) const {
  auto const& type = key.type;
  auto const in_words = [&](auto const& steps) {
    return steps ? std::optional(key_text(type, static_cast<Steps>(*steps), vocabulary_)) : std::nullopt;
  };
  switch (type.kind) {
    case Kind::code: return values::read_code(type.system, text);
    case Kind::year: return in_words(read_year_cell(text, vocabulary_.calendar.years[type.which], key.named));
    case Kind::yes_no: return in_words(read_yes_no(text));
    case Kind::date: {
      auto const date = values::read_date(text);
      return date ? std::optional(values::write_date(*date)) : std::nullopt;
    }
    default: return std::string(text);
  }
}

void CellReader::tell_unknown_choices() {
  for (std::size_t key = 0; key < unknown_.size(); ++key) {
    auto const& unknown = unknown_[key];
    if (unknown.rows == 0) continue;
    auto const& choice = vocabulary_.choices[source_.keys[key].type.which];
    findings_.add(
        Code::evidence_choice_unknown, unknown.line, 0,
        fmt::format("The Choice {} does not have what stands in the column {} of {}: {}. Such rows are "
                    "passed over.",
                    choice.shown, source_.keys[key].column,
                    unknown.rows == 1 ? "1 row" : fmt::format("{} rows", unknown.rows), listed(unknown.texts)),
        "Where these are meant to be found, write them in the Choice as the file has them.");
  }
}

void CellReader::tell_date(std::string const& column, std::string_view text, std::string const& what,
                           values::CsvPlace place) {
  findings_.add(Code::evidence_code_became_date, place.line, place.column,
                fmt::format("\"{}\" stands in the column {} where {} is expected: a spreadsheet turned a code into a "
                            "date. The row is passed over.",
                            text, column, what),
                "Take the file from its publisher again, and do not save it from a spreadsheet.");
}

// --- Values -------------------------------------------------------------------------------------------------------

// Marks are few and numbers are many: a text that begins like no mark is none.
bool CellReader::may_be_mark(std::size_t column, std::string_view text) const {
  return text.empty() || begins_mark_[column][static_cast<unsigned char>(text.front())];
}

Cell CellReader::value(std::size_t column, std::string_view text, values::CsvPlace place) {
  auto const& wanted = source_.columns[column];
  text = trimmed(text);
  auto const& marks = marks_[column];
  auto const mark = may_be_mark(column, text) ? marks.find(std::string(text)) : marks.end();
  if (mark != marks.end()) {
    auto const& meaning = mark->second;
    if (meaning.known != Known::exactly && meaning.known != Known::bounded) return missing(wanted, meaning.known);
    return within_range(wanted, {meaning.lowest, meaning.highest, meaning.known}, text, place);
  }
  if (text.empty()) return missing(wanted, Known::not_covered);
  auto const cell = read(wanted, text, place);
  return cell ? *cell : unreadable(wanted, text, place);
}

std::optional<Cell> CellReader::read(SourceColumn const& column, std::string_view text, values::CsvPlace place) {
  auto const& type = column.quantity.type;
  auto const exactly = [](auto const& found) {
    return found ? std::optional(Cell{static_cast<Steps>(*found), static_cast<Steps>(*found), Known::exactly})
                 : std::nullopt;
  };
  switch (type.kind) {
    case Kind::choice: return exactly(vocabulary_.choices[type.which].find(text));
    case Kind::yes_no: return exactly(read_yes_no(text));
    case Kind::text: return exactly(std::optional(symbols_.intern(text)));
    case Kind::code: {
      auto const code = values::read_code(type.system, text);
      return code ? exactly(std::optional(symbols_.intern(*code))) : std::nullopt;
    }
    case Kind::date: {
      auto const date = values::read_date(text);
      auto const cell = date ? exactly(std::optional(date->days)) : std::nullopt;
      return cell ? std::optional(within_range(column, *cell, text, place)) : std::nullopt;
    }
    case Kind::year: {
      auto const cell = exactly(read_year_cell(text, vocabulary_.calendar.years[type.which], column.named));
      return cell ? std::optional(within_range(column, *cell, text, place)) : std::nullopt;
    }
    case Kind::record: return std::nullopt;
    default: return number(column, text, place);
  }
}

Cell CellReader::number(SourceColumn const& column, std::string_view text, values::CsvPlace place) {
  if (is_digits(text)) {  // nothing to take off, and no point: what most cells of most tables are
    auto const steps = values::read_decimal(text, column.quantity.scale);
    if (steps) return within_range(column, {*steps, *steps, Known::exactly}, text, place);
  }
  auto const digits = bare_number(text, column.quantity.type.kind);
  auto const kind = column.quantity.type.kind;
  auto const grouped = kind == Kind::money || kind == Kind::count
                           ? values::point_between_thousands(digits, column.quantity.scale)
                           : std::string();
  if (!grouped.empty()) {
    findings_.add(
        Code::evidence_cell_unreadable, place.line, place.column,
        fmt::format("\"{}\" in the column {} has three decimals, as if a point grouped thousands: it may be {}. "
                    "The cell cannot be told.",
                    text, column.column, grouped),
        "A comma groups thousands. See that the Source names the right unit: a column may be in thousands.");
    return missing(column, Known::unreadable);
  }
  auto const steps = values::read_decimal(digits, column.quantity.scale);
  if (steps) return within_range(column, {*steps, *steps, Known::exactly}, text, place);
  if (steps.error() == NumberFault::too_fine) return rounded(column, text, place);
  if (steps.error() == NumberFault::not_a_number) return unreadable(column, text, place);
  findings_.add(Code::evidence_cell_outside, place.line, place.column,
                fmt::format("{} in the column {} is larger than any number here can be, so the cell cannot be told.",
                            text, column.column));
  return missing(column, Known::unreadable);
}

// A number with more decimals than its unit has steps lies between two of them: that is what is known of it.
Cell CellReader::rounded(SourceColumn const& column, std::string_view text, values::CsvPlace place) {
  auto const& [type, scale] = column.quantity;
  auto const digits = bare_number(text, type.kind);
  auto const point = digits.find('.');
  auto const decimals = point == std::string::npos ? 0 : digits.size() - point - 1;
  for (auto kept = std::min<std::size_t>(decimals, 15);; --kept) {
    auto const near = values::read_decimal(digits.substr(0, kept == 0 ? point : point + 1 + kept), scale);
    auto const place_value = last_place(kept, scale);
    if (near && place_value) {
      bool const negative = digits.starts_with('-');
      Cell const cell{negative ? *near - *place_value : *near, negative ? *near : *near + *place_value, Known::bounded};
      findings_.add(
          Code::evidence_cell_too_fine, place.line, place.column,
          fmt::format("{} in the column {} has more decimals than its unit. It is taken as between {} and {}.", text,
                      column.column, vocabulary::write_steps(cell.lowest, type, vocabulary_),
                      vocabulary::write_steps(cell.highest, type, vocabulary_)),
          "See that the Source names the right unit: a column may be in thousands.");
      return within_range(column, cell, text, place);
    }
    if (kept == 0) return unreadable(column, text, place);
  }
}

Cell CellReader::within_range(SourceColumn const& column, Cell cell, std::string_view text, values::CsvPlace place) {
  auto const kind = column.quantity.type.kind;
  bool const never_negative = (kind == Kind::count || kind == Kind::money) && !column.may_be_negative;
  if (!vocabulary::is_ordered(column.quantity.type)) return cell;
  auto const lowest = std::max(column.lowest.value_or(values::kNoLowest), never_negative ? 0 : values::kNoLowest);
  auto const highest = column.highest.value_or(values::kNoHighest);
  if (cell.highest >= lowest && cell.lowest <= highest) {
    if (cell.known == Known::bounded && column.lowest) cell.lowest = std::max(cell.lowest, *column.lowest);
    if (cell.known == Known::bounded && column.highest) cell.highest = std::min(cell.highest, *column.highest);
    return cell;
  }
  bool const below = cell.highest < lowest;
  auto const limit = vocabulary::write_steps(below ? lowest : highest, column.quantity.type, vocabulary_);
  findings_.add(
      Code::evidence_cell_outside, place.line, place.column,
      fmt::format("{} in the column {} is {} {}, the {} that the Source allows. The cell cannot be told.", text,
                  column.column, below ? "less than" : "more than", limit, below ? "lowest" : "highest"),
      below && !column.lowest ? "Where the column may be negative, say so in the Source: may be negative."
                              : "Where the column may hold this, widen its range in the Source.");
  return missing(column, Known::unreadable);
}

Cell CellReader::missing(SourceColumn const& column, Known known) const {
  return {column.lowest.value_or(values::kNoLowest), column.highest.value_or(values::kNoHighest), known};
}

Cell CellReader::unreadable(SourceColumn const& column, std::string_view text, values::CsvPlace place) {
  auto const& type = column.quantity.type;
  auto const what = expected(type, vocabulary_);
  if (type.kind == Kind::code && values::looks_like_spreadsheet_date(text)) {
    findings_.add(Code::evidence_code_became_date, place.line, place.column,
                  fmt::format("\"{}\" stands in the column {} where {} is expected: a spreadsheet turned a code into a "
                              "date. The cell cannot be told.",
                              text, column.column, what));
  } else {
    findings_.add(Code::evidence_cell_unreadable, place.line, place.column,
                  fmt::format("\"{}\" in the column {} cannot be read as {}, and no mark says what it means. The cell "
                              "cannot be told.",
                              text, column.column, what),
                  year_help(type, text)
                      .value_or(fmt::format(
                          "If it is a mark, say under the column what it means: Marks: \"{}\" is suppressed.", text)));
  }
  return missing(column, Known::unreadable);
}

}  // namespace waymark::evidence
