// What a condition rests on, through the figures, thresholds and criteria that it names.
#pragma once

#include "engine/check/program.hpp"

namespace waymark::check {

/// A node directly below a condition, by which it reaches something; kNone for neither.
struct Reached {
  ValueId value = kNone;
  ConditionId condition = kNone;
};

/// The first node by which `condition` comes to rest on the facts of a case.
Reached first_of_case(Program const& program, ConditionId condition);

/// The first value by which `condition` comes to rest on rows of another source than `source`.
ValueId first_of_other_rows(Program const& program, ConditionId condition, vocabulary::SourceId source);

/// The same of a value.
Reached first_of_case_in(Program const& program, ValueId value);
ValueId first_of_other_rows_in(Program const& program, ValueId value, vocabulary::SourceId source);

}  // namespace waymark::check
