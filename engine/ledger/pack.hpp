// An evidence pack: what somebody needs to check one decision alone, with a program of their own (pack/README.txt says
// what is in it, pack/verify.py checks it). Made as texts; whoever asked writes the folder.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/ledger/ledger.hpp"

namespace waymark::ledger {

struct PackFile {
  std::string path;  ///< in the folder, with `/`
  std::string bytes;
  friend bool operator==(PackFile const&, PackFile const&) = default;
};

/// What a pack takes from a ledger.
struct PackSource {
  std::function<LedgerResult<std::optional<Entry>>(std::uint64_t seq)> entry;
  Nodes nodes;
  Note checkpoint;  ///< the newest
  VerifierKey key;
};
/// Valid as long as the reader.
LedgerResult<PackSource> pack_source(Reader const& reader);

struct PackAsked {
  std::uint64_t decision = 0;
  /// Entries that the decision rests on (its rule, evidence, what it read from the ledger) and those that concern it
  /// since: overrides, appeals, corrections, waivers. Any order; one that is named twice is in
  /// the pack once.
  std::vector<std::uint64_t> related;
  /// The rest, as it shall stand in the pack: `submission`, `rules/…`, `evidence/rows.jsonl`, `README.txt`,
  /// `verify.py`.
  std::vector<PackFile> files;
  /// The size under the checkpoint that the auditor keeps: `consistency.txt` shows that the ledger only adds to it.
  std::optional<std::uint64_t> kept_size;
};

/// The files of the pack in the order of their paths, `manifest.json` among them. Every proof was checked. Errors: an
/// entry that is not there or lies beyond the checkpoint (world), one that does not lead to the checkpoint's root
/// (integrity).
LedgerResult<std::vector<PackFile>> make_pack(PackSource const& source, PackAsked const& asked);

}  // namespace waymark::ledger
