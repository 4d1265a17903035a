// Rows of cells as aligned text.
#include "engine/commands/text_table.hpp"

#include <algorithm>

#include "engine/values/printable.hpp"
#include "engine/values/utf8.hpp"

namespace waymark::commands {
namespace {

constexpr std::size_t kGap = 2;

}  // namespace

std::vector<std::size_t> widths_of(std::vector<Row> const& rows, std::size_t most) {
  std::vector<std::size_t> widths;
  for (Row const& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], std::min(most, values::count_characters(row[i])));
    }
  }
  return widths;
}

std::string aligned(Row const& row, std::vector<std::size_t> const& widths) {
  std::string line;
  std::size_t wanted = 0;  // where the next cell begins
  std::size_t at = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) {
      std::size_t const gap = std::max(wanted, at + kGap) - at;
      line.append(gap, ' ');
      at += gap;
    }
    line += values::one_line(row[i]);
    at += values::count_characters(row[i]);
    wanted += (i < widths.size() ? widths[i] : 0) + kGap;
  }
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

std::string rule(std::vector<std::size_t> const& widths) {
  Row dashes;
  for (std::size_t const width : widths) dashes.emplace_back(width, '-');
  return aligned(dashes, widths);
}

std::string table_text(std::vector<Row> const& rows) {
  std::vector<std::size_t> const widths = widths_of(rows);
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += aligned(rows[i], widths);
    if (i == 0) text += rule(widths);
  }
  return text;
}

}  // namespace waymark::commands
