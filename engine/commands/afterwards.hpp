// What came onto a ledger about a decision after it was made: nobody may be shown the decision without it.
#pragma once

#include <string>
#include <vector>

#include "engine/ledger/ledger.hpp"

namespace waymark::commands {

/// Overrides, appeals and corrections that concern the decision, and waivers that were granted for its submission or
/// for what it is about; those that stand after it, in their order. What it rests on itself it names (`from_ledger`).
ledger::LedgerResult<std::vector<ledger::Entry>> afterwards(ledger::Reader const& reader,
                                                            ledger::Entry const& decision);
/// The override that holds, the last of them; or null.
ledger::Entry const* override_among(std::vector<ledger::Entry> const& after);

/// Two lines: `entry 57 overrides this decision: outcome renew`, and who, by which authority, on which day, and why.
std::string afterwards_text(ledger::Entry const& entry);

}  // namespace waymark::commands
