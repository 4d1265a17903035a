// Whether two conditions may both hold of one case.
#pragma once

#include "engine/check/program.hpp"

namespace waymark::check {

/// True where some case surely fulfils both conditions (kNone: every case does): found by trying the entries of the
/// choices and the yes or no on which they rest. Where other things decide it, the conditions count as apart unless
/// they say the same.
bool overlap(Program const& program, ConditionId a, ConditionId b);

/// True where no case can fulfil both, whatever else it holds: told by the same choices and yes or no.
bool surely_apart(Program const& program, ConditionId a, ConditionId b);

}  // namespace waymark::check
