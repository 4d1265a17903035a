// Rows of the table `entry` as entries.
#pragma once

#include "engine/ledger/ledger.hpp"
#include "engine/ledger/sqlite.hpp"

namespace waymark::ledger {

LedgerResult<bool> next_row(SqliteFile const& file, Query& query);
/// Of a row of `seq, kind, at, body, leaf`.
LedgerResult<Entry> entry_of(SqliteFile const& file, Query const& row);
LedgerResult<std::optional<Entry>> stored_entry(SqliteFile const& file, std::uint64_t seq);

}  // namespace waymark::ledger
