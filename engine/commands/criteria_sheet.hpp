// What a policy asks, as one page of HTML for people.
#pragma once

#include <string>

#include "engine/commands/rulebook.hpp"

namespace waymark::commands {

/// Of one epoch of the policy, as its rules stand on `date`: first what is illustrative and whether it decides on
/// incomplete facts, then thresholds with their citations, criteria, figures, lists, decisions and waivers. The page
/// needs no other file, and prints well.
std::string criteria_sheet(check::Program const& program, Policy const& policy, values::Date date);

}  // namespace waymark::commands
