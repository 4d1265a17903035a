// Text to blocks and logical lines: where each begins and ends in the original bytes, and what the words before its
// colon say it is. What stands in a line is none of its business.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/parse.hpp"
#include "grammar/scan.hpp"
#include "grammar/syntax.hpp"

namespace waymark::grammar {

struct LogicalLine {
  ClauseKind kind = ClauseKind::broken;  ///< broken: has been reported
  std::uint32_t dashes = 0;              ///< an item, when not 0
  Span mark;                             ///< the dashes
  Span label;                            ///< the words before the colon; empty where there is no colon
  Span rest;                             ///< what follows the colon, or the dashes, or the whole line; no citation
  Span tail;                             ///< from behind the words that name the clause: `: C`, `any of:`; no citation
  Span span;                             ///< the whole line with its citation
  std::optional<Citation> citation;
};

struct RawBlock {
  BlockKind kind = BlockKind::broken;
  Span keyword;
  LogicalLine head;  ///< `rest` is what follows the colon
  std::vector<LogicalLine> lines;
  bool faulty = false;     ///< something in it has been reported
  bool at_margin = false;  ///< one of its lines stands at the margin: then indentation hints at nothing
};

struct Layout {
  std::vector<RawBlock> blocks;
};

/// `text` is UTF-8.
Layout lay_out(std::string_view text, FileId file, FileKind kind, Diagnostics& diagnostics);

/// The pieces of `span` between `separator`s, trimmed: not in quotes, braces or brackets, and no comma between digits.
std::vector<Span> split(std::string_view text, Span span, char separator);
/// The first colon of `[begin, end)` that is in no quotes, braces or brackets and not between digits, or `end`.
At find_colon(At begin, At end);

}  // namespace waymark::grammar
