// Rows of a CSV file as RFC 4180 means them, with the place of every cell. Bytes in, texts out: what a cell means is
// for the caller.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::values {

/// Where a cell begins, as people count: from 1, a column is a character of the physical line.
struct CsvPlace {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
};

/// What keeps a row from being read. `message` and `help` are sentences.
struct CsvFault {
  std::string message;
  std::string help;
  CsvPlace place;
};

/// One record. A line with nothing on it is a record with one empty cell.
struct CsvRow {
  std::vector<std::string> cells;  ///< unquoted; blanks are kept
  std::vector<CsvPlace> places;    ///< one a cell: its first character, or its opening quotation mark
  std::uint64_t line = 1;          ///< the physical line on which the record begins
  std::optional<CsvFault> fault;   ///< what is against the standard; then the cells are those that could be read
  /// With a fault: the cells are complete all the same. A quotation mark inside a cell was taken for text, which is the
  /// only way to read its line. Published tables have such rows; who cannot check the width refuses them.
  bool mended = false;

  /// True when every cell is empty or holds blanks only.
  bool is_blank() const;
};

/// Reads a record at a time. Lines end in LF, CRLF or CR; a byte order mark at the start is dropped; cells in quotation
/// marks hold separators, line ends and doubled marks. `="01.0101"`, by which a spreadsheet keeps a text from becoming
/// a number, is the text 01.0101. Bytes are not checked to be UTF-8 and stay the caller's.
class CsvReader {
 public:
  explicit CsvReader(std::string_view bytes, char separator = ',');

  /// Fills `row` with the next record, or says that there is none. After a fault reading goes on at the next line
  /// (after a quotation mark that is never closed, at the line below that mark), so one bad record does not cost the
  /// others.
  bool next(CsvRow& row);
  /// Bytes read so far: where the next record begins.
  std::size_t offset() const { return at_; }

 private:
  bool at_line_end() const;
  void skip_line_end();
  std::string_view take_run(bool up_to_separator);
  void step();
  std::string& begin_cell(CsvRow& row);
  void read_plain(CsvRow& row);
  std::size_t formula_length() const;
  void read_quoted(CsvRow& row);
  bool closes(std::size_t at) const;
  void blame(CsvRow& row, std::string message, std::string help, CsvPlace place);
  void reopen(CsvRow& row, std::size_t at, CsvPlace place, std::string const& why);
  void give_up();

  std::string_view bytes_;
  std::size_t at_ = 0;
  CsvPlace place_;
  std::size_t cells_ = 0;  // of the row in work; its strings are used again, row after row
  bool given_up_ = false;  // on the record in work
  char separator_;
  std::array<bool, 256> ends_run_ = {};  // by byte: separator, quotation mark, line ends
};

/// A cell as it is written: in quotation marks where it holds a separator, a mark, a line end, or a blank at either
/// end.
std::string write_csv_cell(std::string_view text, char separator = ',');
/// The same of a text from elsewhere that a person may open in a spreadsheet. What it would take for a formula and run
/// (`=`, `+`, `-`, `@` in front, wide ones too, a tab or a line end) stands behind a `'`; control characters are shown
/// as values::one_line has it.
std::string write_safe_csv_cell(std::string_view text);
/// The same at the end of `out`: what has nothing to hide costs no text of its own.
void append_safe_csv_cell(std::string& out, std::string_view text);

}  // namespace waymark::values
