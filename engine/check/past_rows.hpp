// Rows of thresholds that ended before the policy began.
#pragma once

#include <vector>

#include "engine/check/check.hpp"
#include "engine/check/periods.hpp"

namespace waymark::check {

/// Warns of each row that no date of the policy and no window that looks back can come to. A threshold of which
/// something else has been said is left alone, and so are those that live beside the policy, for others may begin
/// earlier.
void check_past_rows(grammar::File const& policy, Extent const& period, std::vector<Epoch> const& epochs,
                     grammar::Diagnostics& diagnostics);

}  // namespace waymark::check
