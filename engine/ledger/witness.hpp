// An auditor's witness: keeps the last checkpoint of a ledger outside of it, demands of each new one that the ledger
// only adds, and cosigns it (C2SP tlog-cosignature). Texts in, texts out; whoever asked reads and writes the files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/ledger/ledger.hpp"
#include "engine/ledger/note.hpp"

namespace waymark::ledger {

/// What a witness keeps of one ledger.
struct WitnessState {
  VerifierKey ledger;        ///< pinned
  VerifierKey witness;       ///< the witness's own, as `cosigner` gives it
  std::optional<Note> seen;  ///< the last checkpoint, signed and cosigned; none before the first

  /// The two keys, a line each, and the checkpoint after a blank line.
  std::string written() const;
  static std::optional<WitnessState> parse(std::string_view written);
};

/// The state after the ledger's newest checkpoint, which holds the witness's cosignature made at `at` (seconds since
/// 1970), or why the witness does not cosign: always of kind integrity. `nodes` are the ledger's, of which nothing is
/// believed: every proof is checked. `key` is the witness's own, Ed25519.
LedgerResult<WitnessState> witness(WitnessState const& state, Note const& checkpoint, Nodes const& nodes,
                                   SigningKey const& key, std::int64_t at);

}  // namespace waymark::ledger
