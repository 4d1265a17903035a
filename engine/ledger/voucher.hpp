// Nothing is read out of a ledger that its signed checkpoint does not vouch for.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/ledger/ledger.hpp"
#include "engine/ledger/note.hpp"
#include "engine/ledger/sqlite.hpp"

namespace waymark::ledger {

/// Checks entries against the newest checkpoint as they are read. What an inclusion proof has shown of one leaf holds
/// for every leaf of its tile, as the proof is made of them: so a tile is proved once, and then only compared. Not for
/// two threads at once.
class Voucher {
 public:
  /// Both outlive it.
  Voucher(SqliteFile const& file, VerifierKey const& key) : file_(file), key_(key) {}

  /// Nothing, where the entry stands in the tree whose root the ledger's key signed; else what is wrong (integrity).
  std::optional<LedgerError> check(Entry const& entry);
  /// Against which it checked last; nothing before the first check.
  std::optional<Checkpoint> const& checkpoint() const { return checkpoint_; }

 private:
  std::optional<LedgerError> copies(Entry const& entry) const;
  std::optional<LedgerError> read_checkpoint();
  std::optional<LedgerError> prove(std::uint64_t seq, Hash const& leaf);

  SqliteFile const& file_;
  VerifierKey const& key_;
  std::optional<Checkpoint> checkpoint_;
  std::uint64_t first_ = 0;   // of the tile that was proved last
  std::vector<Hash> leaves_;  // of that tile
};

}  // namespace waymark::ledger
