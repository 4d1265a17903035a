// Rows of cells as aligned text: for people at a terminal.
#pragma once

#include <string>
#include <vector>

namespace waymark::commands {

using Row = std::vector<std::string>;

/// Widths that hold every cell, counted in characters; none wider than `most`.
std::vector<std::size_t> widths_of(std::vector<Row> const& rows, std::size_t most = 48);
/// One line with its line end; the last cell is not padded, and a cell that is too wide pushes the rest.
std::string aligned(Row const& row, std::vector<std::size_t> const& widths);
/// All rows; the first one is the heading, with a rule below it.
std::string table_text(std::vector<Row> const& rows);
std::string rule(std::vector<std::size_t> const& widths);

}  // namespace waymark::commands
