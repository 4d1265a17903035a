#include "engine/ledger/stored.hpp"

#include <fmt/format.h>

#include <utility>

#include "engine/ledger/schema.hpp"

namespace waymark::ledger {

LedgerResult<bool> next_row(SqliteFile const& file, Query& query) {
  auto more = query.next();
  if (!more) return values::failure(ledger_error(file, more.error()));
  return *more;
}

LedgerResult<Entry> entry_of(SqliteFile const& file, Query const& row) {
  auto const leaf = values::hash_of_raw(row.raw(4));
  auto const seq = static_cast<std::uint64_t>(row.whole(0));
  if (!leaf) return values::failure(broken(file.path(), fmt::format("the leaf of entry {} is no hash", seq)));
  return Entry{seq, std::string(row.raw(1)), std::string(row.raw(2)), std::string(row.raw(3)), *leaf};
}

LedgerResult<std::optional<Entry>> stored_entry(SqliteFile const& file, std::uint64_t seq) {
  auto row = file.query("SELECT seq, kind, at, body, leaf FROM entry WHERE seq = ?", seq);
  if (!row) return values::failure(ledger_error(file, row.error()));
  auto more = next_row(file, *row);
  if (!more) return values::failure(std::move(more.error()));
  if (!*more) return std::optional<Entry>();
  auto entry = entry_of(file, *row);
  if (!entry) return values::failure(std::move(entry.error()));
  return std::optional(*std::move(entry));
}

LedgerResult<std::optional<std::string>> stored_checkpoint(SqliteFile const& file, std::uint64_t size) {
  auto row = file.query("SELECT note FROM checkpoint WHERE size <= ? ORDER BY size DESC LIMIT 1", size);
  if (!row) return values::failure(ledger_error(file, row.error()));
  auto more = next_row(file, *row);
  if (!more) return values::failure(std::move(more.error()));
  return *more ? std::optional(std::string(row->raw(0))) : std::nullopt;
}

}  // namespace waymark::ledger
