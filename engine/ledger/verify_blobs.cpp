#include "engine/ledger/verify_blobs.hpp"

#include <fmt/format.h>

namespace waymark::ledger {

void BlobCheck::name(std::uint64_t seq, std::vector<NamedHash> const& hashes) {
  for (auto const& one : hashes) {
    auto const [place, fresh] = named_.try_emplace(one.hash, Named{seq, 0, one.kept, false, false});
    if (!fresh) place->second.kept = place->second.kept || one.kept;
  }
}

std::optional<SqlError> BlobCheck::check(SqliteFile const& file, Verification& found) {
  auto rows = file.query("SELECT rowid, sha256, bytes FROM blob ORDER BY rowid");
  auto more = rows ? rows->next() : SqlResult<bool>(values::failure(rows.error()));
  std::optional<std::int64_t> before;
  for (; more && *more; more = rows->next()) {
    if (before && rows->whole(0) <= *before) {
      more = values::failure(SqlError::damage("the rows stand out of order"));
      break;
    }
    before = rows->whole(0);
    bool const typed = rows->is_bytes(1) && rows->is_bytes(2);
    check(*before, typed ? rows->raw(1) : std::string_view(), rows->raw(2), found);
  }
  if (!more && more.error().of_the_world()) return std::move(more.error());
  if (!more) {
    found.integrity.add(std::nullopt, fmt::format("of what was kept {} could be read, and then no more: {}", blobs_,
                                                  more.error().message));
  }
  for (auto const& [hash, named] : named_) {
    if (!named.kept || named.found) continue;
    found.completeness.add(named.first, fmt::format("the bytes that it names are missing: {}", values::hex(hash)));
  }
  if (more) return check_index(file, found);
  return std::nullopt;
}

// By its hash a blob is found through the index of the key, which could lead elsewhere: its rows in its own order,
// rising, each leading to the row that has the hash, and as many as the table has.
std::optional<SqlError> BlobCheck::check_index(SqliteFile const& file, Verification& found) const {
  auto rows = file.query("SELECT sha256, rowid FROM blob INDEXED BY sqlite_autoindex_blob_1 ORDER BY sha256");
  if (!rows) return rows.error().of_the_world() ? std::optional(rows.error()) : std::nullopt;
  std::uint64_t count = 0;
  std::string before;
  for (;;) {
    auto more = rows->next();
    if (!more && more.error().of_the_world()) return std::move(more.error());
    if (!more || (!*more && count != blobs_)) break;
    if (!*more) return std::nullopt;
    auto const hash = values::hash_of_raw(rows->raw(0));
    auto const named = hash ? named_.find(*hash) : named_.end();
    bool const astray = named != named_.end() && named->second.row != rows->whole(1);
    if (astray || (count != 0 && rows->raw(0) <= before)) break;
    before = rows->raw(0);
    ++count;
  }
  found.completeness.add(std::nullopt, "the index of the table `blob` does not lead to everything that is kept");
  return std::nullopt;
}

void BlobCheck::check(std::int64_t row, std::string_view stated, std::string_view bytes, Verification& found) {
  ++blobs_;
  auto const hash = values::sha256(bytes);
  auto const by_name = values::hash_of_raw(stated);
  auto const named = named_.find(by_name.value_or(hash));
  bool const is_named = named != named_.end();
  if (is_named) named->second.found = true;
  if (is_named) named->second.row = row;
  if (by_name != hash) {
    auto const seq = is_named ? std::optional(named->second.first) : std::nullopt;
    found.integrity.add(seq, fmt::format("the bytes kept as {} have the hash {}",
                                         by_name ? values::hex(*by_name) : "no hash", values::hex(hash)));
  } else if (!is_named && !found.entries_cut) {
    found.completeness.add(std::nullopt, fmt::format("no entry names the bytes kept as {}", values::hex(hash)));
  }
}

}  // namespace waymark::ledger
