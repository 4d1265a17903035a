// Which conditions decide: of `any of` that is yes the items that are yes, of `all of` that is no the items that are
// no, of what cannot be told the items that cannot.
#pragma once

#include <vector>

#include "engine/explain/explain.hpp"
#include "engine/explain/spot.hpp"

namespace waymark::explain {

/// A leaf of the proof that decides, and the names under which it stands.
struct Reason {
  check::CriterionId criterion = check::kNone;  ///< innermost
  check::FigureId figure = check::kNone;        ///< innermost yes-or-no figure
  check::ConditionId condition = check::kNone;  ///< kNone: the criterion or the figure as such
  Spot spot;
  values::Truth truth = values::kYes;
};

/// What stands in the way of a condition that is not surely yes: its deciding leaves, and where it is no also those
/// that cannot be told and would keep it so.
std::vector<Reason> in_the_way(Subject const& subject, check::ConditionId condition, Spot const& spot);
/// The deciding leaves of a condition, in the policy's order, each once.
std::vector<Reason> deciding(Subject const& subject, check::ConditionId condition, Spot const& spot);
/// Whether a criterion's status comes from its conditions; what an example states of a criterion does not.
bool is_computed(Subject const& subject, check::CriterionId criterion);

/// Whether it is what it is by the thresholds' own values, for which their waivers would only be worse.
bool is_better_unwaived(Subject const& subject, check::CriterionId criterion);
/// The deciding leaves of a criterion's status.
std::vector<Reason> deciding_status(Subject const& subject, check::CriterionId criterion);

}  // namespace waymark::explain
