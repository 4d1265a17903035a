// What a policy asks, as one page of HTML for people.
#pragma once

#include <string>

#include "engine/commands/rulebook.hpp"

namespace waymark::commands {

/// Of one epoch of the policy, as its rules stand on `date`: first what the policy notes, what is illustrative and
/// whether it decides on incomplete facts; then criteria, decisions, waivers, thresholds with their citations, figures
/// and lists. The page
/// needs no other file, and prints well.
std::string criteria_sheet(check::Program const& program, Policy const& policy, values::Date date);

}  // namespace waymark::commands
