#include "engine/ledger/vouched.hpp"

#include <fmt/format.h>

namespace waymark::ledger {
namespace {

LedgerError broken(std::string what) { return {LedgerError::Kind::integrity, std::move(what)}; }

}  // namespace

LedgerResult<Checkpoint> vouched(Reader const& reader, std::vector<Entry> const& entries) {
  auto const note = reader.checkpoint();
  if (!note) return values::failure(note.error());
  auto const checkpoint = Checkpoint::parse(note->text);
  if (!checkpoint || !note->signed_by(reader.key())) {
    return values::failure(broken("the newest checkpoint is not one that the ledger's key signed"));
  }
  auto const nodes = reader.nodes();
  for (auto const& entry : entries) {
    bool const stands = entry.seq < checkpoint->size &&
                        shows_inclusion(leaf_hash(entry.body), entry.seq, checkpoint->size,
                                        inclusion_proof(nodes, entry.seq, checkpoint->size), checkpoint->root);
    if (!stands) {
      return values::failure(
          broken(fmt::format("entry {} does not lead to the root of the signed checkpoint: it was changed, or never "
                             "stood there",
                             entry.seq)));
    }
  }
  return *checkpoint;
}

}  // namespace waymark::ledger
