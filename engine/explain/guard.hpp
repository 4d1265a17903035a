// Conditions on an earlier decision stand behind the question whether there is one; where there is, nobody needs to
// hear of the question.
#pragma once

#include "engine/explain/explain.hpp"
#include "engine/explain/spot.hpp"

namespace waymark::explain {

/// The condition itself; of a guarded one what it guards, or the guard that is no, or not known.
check::ConditionId unguarded(Subject const& subject, check::ConditionId condition, Spot const& spot);

}  // namespace waymark::explain
