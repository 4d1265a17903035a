// What stands directly below a node of a Program.
#pragma once

#include <vector>

#include "engine/check/program.hpp"

namespace waymark::review {

struct Children {
  std::vector<check::ValueId> values;
  std::vector<check::ConditionId> conditions;
};

/// As check::children gives them: without what a node names.
Children children(check::Value const& value);
Children children(check::Condition const& condition);

}  // namespace waymark::review
