// Apart from the making of packs, which needs no database.
#include "engine/ledger/pack.hpp"

namespace waymark::ledger {

LedgerResult<PackSource> pack_source(Reader const& reader) {
  auto checkpoint = reader.checkpoint();
  if (!checkpoint) return values::failure(checkpoint.error());
  return PackSource{[&reader](std::uint64_t seq) { return reader.entry(seq); }, reader.nodes(), std::move(*checkpoint),
                    reader.key()};
}

}  // namespace waymark::ledger
