// What is handed out of a ledger on paper is proved first, as an evidence pack is.
#pragma once

#include <vector>

#include "engine/ledger/ledger.hpp"

namespace waymark::ledger {

/// The newest checkpoint, once it is certain that the ledger's key signed it and that each of the entries, read before,
/// leads to its root as it was read. Errors: integrity where that is not so.
LedgerResult<Checkpoint> vouched(Reader const& reader, std::vector<Entry> const& entries);

}  // namespace waymark::ledger
