// Lists that hold codes of another edition than their Source declares: a decision that hangs on one cannot be told, and
// whoever reads the decisions should hear of it once.
#pragma once

#include <set>

#include "engine/commands/reviewer.hpp"
#include "grammar/diagnostic.hpp"

namespace waymark::commands {

/// A warning for each of the `read` releases of a list, and each other edition, of which it holds codes by the
/// crosswalks that are known on `date`; in the order of the Sources.
grammar::DataDiagnostics other_edition_warnings(Reviewer const& reviewer,
                                                std::set<evidence::Release const*> const& read, values::Date date);

}  // namespace waymark::commands
