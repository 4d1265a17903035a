// What is on record of a waiver, and why a record of it is not in force.
#pragma once

#include <string>

#include "engine/explain/explain.hpp"
#include "engine/explain/spot.hpp"
#include "engine/review/waivers.hpp"

namespace waymark::explain {

/// `only State Board or Commissioner may grant it`, `it may last at most 2 years, through 2026-06-30`, `it is extension
/// 2, and it may be extended at most 1 time`: the lines of the block by which a record is not in force, or for which it
/// cannot be told. Empty where none stands against it.
std::string against(check::Waiver const& waiver, values::Calendar const& calendar, cases::WaiverOnRecord const& record,
                    review::Grant const& grant);

/// All records of the waiver with what stands against each, or `none on record`.
std::string waiver_words(Subject const& subject, check::Waiver const& waiver, values::Truth truth);

/// Whether a record of the waiver is in force for the case, or may be.
bool may_be_waived(Subject const& subject, check::WaiverId waiver);

/// `waived from 15 students: small school waiver, on record: granted by …`; empty where no waiver may be in force.
std::string waived_from(Subject const& subject, check::ThresholdId threshold, Spot const& spot);

/// `; rural waiver, on record: granted by District …, not in force: …`: of waivers of the threshold that are on record
/// for the case and not in force.
std::string not_waived(Subject const& subject, check::ThresholdId threshold);

}  // namespace waymark::explain
