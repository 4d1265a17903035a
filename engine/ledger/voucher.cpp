#include "engine/ledger/voucher.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/ledger/members.hpp"
#include "engine/ledger/schema.hpp"
#include "engine/ledger/stored.hpp"
#include "engine/ledger/tiles.hpp"
#include "engine/ledger/tree.hpp"

namespace waymark::ledger {

std::optional<LedgerError> Voucher::check(Entry const& entry) {
  auto const leaf = leaf_hash(entry.body);
  bool const proved = entry.seq >= first_ && entry.seq - first_ < leaves_.size();
  bool stands = proved && leaves_[entry.seq - first_] == leaf;
  if (!proved) {
    if (!checkpoint_ || entry.seq >= checkpoint_->size) {
      if (auto error = read_checkpoint()) return error;
    }
    if (auto error = prove(entry.seq, leaf)) return error;
    stands = entry.seq - first_ < leaves_.size();
  }
  if (stands) return copies(entry);
  return broken(file_.path(),
                fmt::format("entry {} does not lead to the root of the signed checkpoint: it was changed, "
                            "or never stood there, or the tree was changed; `audit verify` says all that is wrong",
                            entry.seq));
}

// What stands beside the body is only a copy of it.
std::optional<LedgerError> Voucher::copies(Entry const& entry) const {
  Body const body(entry.body);
  bool const same = body.text("kind") == entry.kind && body.text("at") == entry.at &&
                    body.number("seq") == static_cast<std::int64_t>(entry.seq);
  if (same) return std::nullopt;
  return broken(file_.path(),
                fmt::format("entry {} is kept under another kind, time or seq than its body has", entry.seq));
}

std::optional<LedgerError> Voucher::read_checkpoint() {
  auto const written = stored_checkpoint(file_);
  if (!written) return written.error();
  auto const note = *written ? Note::parse(**written) : std::nullopt;
  checkpoint_ = note && note->signed_by(key_) ? Checkpoint::parse(note->text) : std::nullopt;
  if (checkpoint_ && checkpoint_->origin == key_.name) return std::nullopt;
  checkpoint_.reset();
  return broken(file_.path(), "its newest checkpoint is not one that the ledger's key signed");
}

std::optional<LedgerError> Voucher::prove(std::uint64_t seq, Hash const& leaf) {
  leaves_.clear();
  first_ = seq / kTileWidth * kTileWidth;
  if (seq >= checkpoint_->size) return std::nullopt;
  std::optional<SqlError> failed;
  auto const nodes = stored_nodes(file_, &failed);
  bool const shown =
      shows_inclusion(leaf, seq, checkpoint_->size, inclusion_proof(nodes, seq, checkpoint_->size), checkpoint_->root);
  if (failed) return ledger_error(file_, *failed);
  if (!shown) return std::nullopt;
  auto const end = std::min(first_ + kTileWidth, checkpoint_->size);
  for (auto index = first_; index < end; ++index) leaves_.push_back(nodes(0, index));
  // Its own stored hash is in no proof of it: what was proved is the body's.
  leaves_[seq - first_] = leaf;
  return std::nullopt;
}

}  // namespace waymark::ledger
