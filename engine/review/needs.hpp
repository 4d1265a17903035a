// On what every node depends beside the case: the ranges that must surround it, so that it is evaluated once for all
// its users; and what can be said of it before any case is seen.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "engine/check/program.hpp"

namespace waymark::review {

using NeedsId = std::uint32_t;

struct Needs {
  std::vector<check::RangeId> ranges;      // ascending, without years
  std::vector<vocabulary::SourceId> rows;  // ascending: reads the row of a Source
  bool years = false;                      // reads the surrounding year, where there is one
  friend auto operator<=>(Needs const&, Needs const&) = default;
};

/// By id, each filled for the whole Program.
struct Dependencies {
  std::vector<Needs> sets;  // each different one once
  std::vector<NeedsId> of_value, of_condition, of_figure, of_threshold;

  std::vector<bool> value_may_be_negative;  // for counts and money
  /// By CriterionId: the thresholds that may be waived for one case on which its test rests, ascending.
  std::vector<std::vector<check::ThresholdId>> waivable_of_criterion;
  std::vector<bool> condition_may_not_apply;  // may give `does not apply`
};

Dependencies dependencies(check::Program const& program);

}  // namespace waymark::review
