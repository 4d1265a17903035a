// What stands behind the colon of a clause, read as its kind asks.
#pragma once

#include <optional>

#include "grammar/layout.hpp"
#include "grammar/lines.hpp"

namespace waymark::grammar {

/// The clause of a logical line; without the items that may follow it. Of kind `broken`, and one diagnostic, where the
/// line cannot be read.
Clause read_clause(Reader& in, BlockKind block, LogicalLine const& line);

}  // namespace waymark::grammar
