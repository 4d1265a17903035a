// What is on record of a waiver, and why a record of it is not in force.
#pragma once

#include <string>

#include "engine/explain/explain.hpp"
#include "engine/review/waivers.hpp"

namespace waymark::explain {

/// `only State Board or Commissioner may grant it`, `it may last at most 2 years, through 2026-06-30`, `it is extension
/// 2, and it may be extended at most 1 time`: the lines of the block by which a record is not in force, or for which it
/// cannot be told. Empty where none stands against it.
std::string against(check::Waiver const& waiver, values::Calendar const& calendar, cases::WaiverOnRecord const& record,
                    review::Grant const& grant);

/// All records of the waiver with what stands against each, or `none on record`.
std::string waiver_words(Subject const& subject, check::Waiver const& waiver, values::Truth truth);

}  // namespace waymark::explain
