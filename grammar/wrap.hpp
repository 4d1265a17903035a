// Long lines, broken where reading them again gives the same line.
#pragma once

#include <string>

#include "grammar/syntax.hpp"

namespace waymark::grammar {

inline constexpr std::size_t kWidth = 110;
inline constexpr std::size_t kCitationColumn = 77;  ///< from 1

/// One logical line to be printed.
struct PrintedLine {
  std::size_t indent = 0;
  std::string text;      ///< without the citation
  std::string citation;  ///< without the brackets, or empty
  BlockKind block = BlockKind::broken;
  bool is_text = false;  ///< of a clause that holds free text
};

/// The physical lines, each with its line end.
std::string lay(PrintedLine const& line);

/// How many characters a person counts.
std::size_t width(std::string_view text);

}  // namespace waymark::grammar
