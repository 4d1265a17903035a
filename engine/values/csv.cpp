// A strict reader of CSV. Strict, because a stray quotation mark that is read leniently moves every later cell.
#include "engine/values/csv.hpp"

#include <algorithm>
#include <array>

#include "engine/values/printable.hpp"
#include "engine/values/utf8.hpp"

namespace waymark::values {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_line_end(char c) { return c == '\n' || c == '\r'; }
// Continuation bytes of UTF-8 do not begin a character.
bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

bool CsvRow::is_blank() const {
  return std::all_of(cells.begin(), cells.end(),
                     [](std::string const& cell) { return cell.find_first_not_of(" \t\r\n") == std::string::npos; });
}

CsvReader::CsvReader(std::string_view bytes, char separator) : bytes_(bytes), separator_(separator) {
  if (bytes_.starts_with(kByteOrderMark)) bytes_.remove_prefix(kByteOrderMark.size());
  for (char const c : {separator, '"', '\n', '\r'}) ends_run_[static_cast<unsigned char>(c)] = true;
}

bool CsvReader::at_line_end() const { return at_ == bytes_.size() || is_line_end(bytes_[at_]); }

void CsvReader::skip_line_end() {
  if (at_ == bytes_.size()) return;
  bool const pair = bytes_.substr(at_).starts_with("\r\n");
  at_ += pair ? 2 : 1;
  place_.line += 1;
  place_.column = 1;
}

// The bytes up to the next that means something (in quotation marks a separator does not): nearly all of a file, so
// that they are passed over as a whole and not one by one.
std::string_view CsvReader::take_run(bool up_to_separator) {
  auto const begin = at_;
  while (at_ < bytes_.size()) {
    bool const ends = ends_run_[static_cast<unsigned char>(bytes_[at_])];
    if (ends && (up_to_separator || bytes_[at_] != separator_)) break;
    ++at_;
  }
  auto const run = bytes_.substr(begin, at_ - begin);
  place_.column += count_characters(run);
  return run;
}

void CsvReader::step() {
  if (begins_character(bytes_[at_])) place_.column += 1;
  at_ += 1;
}

std::string& CsvReader::begin_cell(CsvRow& row) {
  if (cells_ == row.cells.size()) {
    row.cells.emplace_back();
    row.places.emplace_back();
  }
  row.cells[cells_].clear();
  row.places[cells_] = place_;
  return row.cells[cells_++];
}

bool CsvReader::next(CsvRow& row) {
  row.fault.reset();
  row.mended = false;
  if (at_ == bytes_.size()) return false;
  row.line = place_.line;
  row.places.resize(row.cells.size());
  cells_ = 0;
  given_up_ = false;
  while (true) {
    bool const quoted = !at_line_end() && bytes_[at_] == '"';
    quoted ? read_quoted(row) : read_plain(row);
    if (given_up_ || at_line_end()) break;
    step();  // over the separator
  }
  if (!given_up_) skip_line_end();
  row.mended = row.fault && !given_up_;
  row.cells.resize(cells_);
  row.places.resize(cells_);
  return true;
}

// Of `="text"` at this place, when it is a whole cell; else 0.
std::size_t CsvReader::formula_length() const {
  auto const rest = bytes_.substr(at_);
  if (!rest.starts_with("=\"")) return 0;
  auto const closing = rest.find_first_of(std::string{'"', '\r', '\n', separator_}, 2);
  if (closing == std::string_view::npos || rest[closing] != '"') return 0;
  auto const length = closing + 1;
  return length == rest.size() || rest[length] == separator_ || is_line_end(rest[length]) ? length : 0;
}

void CsvReader::read_plain(CsvRow& row) {
  auto& cell = begin_cell(row);
  if (auto const formula = formula_length(); formula != 0) {
    cell.assign(bytes_.substr(at_ + 2, formula - 3));
    for (std::size_t i = 0; i < formula; ++i) step();
    return;
  }
  auto const begin = at_;
  while (true) {
    take_run(true);
    if (at_line_end() || bytes_[at_] == separator_) break;
    blame(row, "A quotation mark stands inside a cell that does not begin with one.",
          "Put the whole cell in quotation marks and double each mark inside it: \"a \"\"b\"\" c\".", place_);
    step();
  }
  cell.assign(bytes_.substr(begin, at_ - begin));
}

// A quotation mark at `at` ends its cell.
bool CsvReader::closes(std::size_t at) const {
  return at + 1 == bytes_.size() || bytes_[at + 1] == separator_ || is_line_end(bytes_[at + 1]);
}

void CsvReader::read_quoted(CsvRow& row) {
  auto& cell = begin_cell(row);
  auto const opened_at = at_;
  auto const opened = place_;
  bool stray = false;  // in this cell: then it has to end on this line
  step();
  while (true) {
    cell.append(take_run(false));
    if (at_ == bytes_.size()) break;
    auto const c = bytes_[at_];
    if (is_line_end(c)) {
      if (stray) return give_up();
      auto const begin = at_;
      skip_line_end();
      cell.append(bytes_.substr(begin, at_ - begin));
      continue;
    }
    if (c == '"' && bytes_.substr(at_).starts_with("\"\"")) {
      step();
    } else if (c == '"' && closes(at_)) {
      return step();
    } else if (c == '"' && place_.line != opened.line) {
      return reopen(row, opened_at, opened,
                    "the next one, on line " + std::to_string(place_.line) + ", does not end it.");
    } else if (c == '"') {
      stray = true;
      auto place = place_;
      place.column += 1;
      blame(row, "Something stands between a closing quotation mark and the end of its cell.",
            "Double each quotation mark that belongs to the text: \"a \"\"b\"\" c\".", place);
    }
    cell.push_back(c);
    step();
  }
  stray ? give_up() : reopen(row, opened_at, opened, "it is never closed.");
}

// A cell that goes wrong on a later line: the mark that opened it is to blame, and the lines below it are read anew.
void CsvReader::reopen(CsvRow& row, std::size_t at, CsvPlace place, std::string const& why) {
  at_ = at;
  place_ = place;
  row.fault.reset();
  blame(row, "A quotation mark opens a cell here, and " + why,
        "Close it at the end of the cell, or double it if it belongs to the text.", place);
  give_up();
}

// The first fault of a record is the one to mend.
void CsvReader::blame(CsvRow& row, std::string message, std::string help, CsvPlace place) {
  if (!row.fault) row.fault = CsvFault{std::move(message), std::move(help), place};
}

void CsvReader::give_up() {
  given_up_ = true;
  while (!at_line_end()) step();
  skip_line_end();
}

namespace {

// Letters, digits and the signs that mean nothing to a spreadsheet, to a reader of CSV or to a terminal. Nearly every
// id is of nothing else, and is then written as it stands.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain = {};
  for (std::size_t c = '!'; c <= '~'; ++c) plain[c] = true;
  for (char const c : {',', '"', '=', '+', '-', '@'}) plain[static_cast<unsigned char>(c)] = false;
  return plain;
}();

bool is_plain(std::string_view text) {
  auto const plain = [](char c) { return kPlain[static_cast<unsigned char>(c)] || c == '-'; };
  return (text.empty() || text.front() != '-') && std::all_of(text.begin(), text.end(), plain);
}

}  // namespace

void append_safe_csv_cell(std::string& out, std::string_view text) {
  if (is_plain(text)) {
    out += text;
    return;
  }
  static constexpr std::string_view kRun[] = {"=",  "+",      "-",      "@",      "\t",    "\r",
                                              "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
  bool const runs =
      std::any_of(std::begin(kRun), std::end(kRun), [&](std::string_view sign) { return text.starts_with(sign); });
  out += write_csv_cell((runs ? "'" : "") + one_line(text));
}

std::string write_safe_csv_cell(std::string_view text) {
  std::string out;
  append_safe_csv_cell(out, text);
  return out;
}

std::string write_csv_cell(std::string_view text, char separator) {
  auto const needs_marks = [&](char c) { return c == separator || c == '"' || is_line_end(c); };
  bool const blank_end = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (!blank_end && std::none_of(text.begin(), text.end(), needs_marks)) return std::string(text);
  std::string out = "\"";
  for (auto const c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out + "\"";
}

}  // namespace waymark::values
