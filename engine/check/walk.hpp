// Going through the nodes of a Program without minding what they are.
#pragma once

#include <functional>

#include "engine/check/program.hpp"

namespace waymark::check {

/// Calls `value` for each value and `condition` for each condition directly below a node. Figures, thresholds, criteria
/// and groups that a node names are not entered.
void children(Value const& node, std::function<void(ValueId)> const& value,
              std::function<void(ConditionId)> const& condition);
void children(Condition const& node, std::function<void(ValueId)> const& value,
              std::function<void(ConditionId)> const& condition);

/// Calls the functions for the node itself and everything below it, in the order written.
void walk_value(Program const& program, ValueId id, std::function<void(ValueId)> const& value,
                std::function<void(ConditionId)> const& condition);
void walk_condition(Program const& program, ConditionId id, std::function<void(ValueId)> const& value,
                    std::function<void(ConditionId)> const& condition);

}  // namespace waymark::check
