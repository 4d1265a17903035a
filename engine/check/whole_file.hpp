// What can be said of a policy's text without reading its meaning.
#pragma once

#include "engine/check/periods.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/syntax.hpp"

namespace waymark::check {

/// Clauses of which a block has one, and that stand in it twice.
void check_clauses_once(grammar::File const& file, grammar::Diagnostics& diagnostics);

/// Names that no other block mentions. `diagnostics` holds what has been said already: a name that was offered for one
/// that is not there counts as mentioned.
void check_unused(grammar::Sources const& sources, grammar::File const& policy, Extent const& period,
                  grammar::Diagnostics& diagnostics);

}  // namespace waymark::check
