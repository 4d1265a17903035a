// Rows of the tables `entry` and `checkpoint`, as they stand there: nothing is proved yet.
#pragma once

#include "engine/ledger/ledger.hpp"
#include "engine/ledger/sqlite.hpp"

namespace waymark::ledger {

LedgerResult<bool> next_row(SqliteFile const& file, Query& query);
/// Of a row of `seq, kind, at, body, leaf`.
LedgerResult<Entry> entry_of(SqliteFile const& file, Query const& row);
LedgerResult<std::optional<Entry>> stored_entry(SqliteFile const& file, std::uint64_t seq);
inline constexpr auto kAnySize = static_cast<std::uint64_t>(INT64_MAX);
/// The text of the newest checkpoint over at most `size` entries.
LedgerResult<std::optional<std::string>> stored_checkpoint(SqliteFile const& file, std::uint64_t size = kAnySize);

}  // namespace waymark::ledger
