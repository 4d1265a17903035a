// Marks that come in pairs: citations in brackets, quotes, braces. Where a line may be cut, and what to say of a mark
// that has lost its partner.
#pragma once

#include <optional>
#include <string_view>

#include "grammar/diagnostic.hpp"
#include "grammar/scan.hpp"
#include "grammar/syntax.hpp"

namespace waymark::grammar {

struct Brackets {
  std::string_view text;
  Diagnostics& diagnostics;

  /// The span of a logical line without the citation that ends it. Nothing, and one diagnostic, where a quotation mark
  /// or a bracket lacks its partner or a citation stands in the middle; in free text those are just text.
  std::optional<Span> take(Span line, bool is_text, std::optional<Citation>& citation);
  /// The same of a citation in round brackets where one may stand in square ones: it is said, and read as it was meant.
  Span take_round(Span line, std::optional<Citation>& citation);
};

/// Where the round brackets open that end `[begin, end)` and hold what may be a citation, with a digit or `§` in it;
/// else `end`.
At round_citation(At begin, At end);

}  // namespace waymark::grammar
