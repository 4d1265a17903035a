// When blocks are in force, and between which dates a policy reads the same.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "engine/values/date.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/syntax.hpp"

namespace waymark::check {

/// Days, the last one included; without one, for ever.
struct Extent {
  values::Date from;
  std::optional<values::Date> through;

  bool holds(values::Date date) const { return from <= date && (!through || date <= *through); }
};

/// What `In force:` says of a block, as far as it can be read.
struct Period {
  std::optional<values::Date> from, through;
};
std::optional<Period> period_of(grammar::Block const& block);

/// The Policy's own period; without one a diagnostic is added, unless the block has a fault already.
std::optional<Extent> period_of_policy(grammar::Block const& policy, grammar::Diagnostics& diagnostics);

/// Reports periods that are none, blocks that are never in force, and gaps between blocks of one name.
void check_periods(grammar::File const& policy, Extent const& period, grammar::Diagnostics& diagnostics);

/// The extents in which the same blocks of the policy and of its layers are in force, ascending and without gaps over
/// `period`.
std::vector<Extent> epochs_of(grammar::File const& policy, std::vector<grammar::File const*> const& layers,
                              Extent const& period);

}  // namespace waymark::check
