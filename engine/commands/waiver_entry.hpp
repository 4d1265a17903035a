// A waiver as an entry of the ledger, and back.
#pragma once

#include "engine/cases/cases.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/members.hpp"

namespace waymark::commands {

/// `waiver` (its name), `from`, `through`, `grantor`, `authority`, `reason`, `value`: those that are given.
ledger::Object waiver_fields(cases::WaiverOnRecord const& waiver);
/// What `value` is worth, nobody knows here: it is in the unit of the threshold that the policy's waiver waives.
cases::WaiverOnRecord waiver_of(ledger::Body const& body);

}  // namespace waymark::commands
