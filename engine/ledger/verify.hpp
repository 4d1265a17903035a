// Whether a ledger is what it was: every body rehashed, every copy compared, the tree built again, every checkpoint
// held against it. It never just says yes: it says what was checked, how much, and what the first broken entry is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/ledger/ledger.hpp"

namespace waymark::ledger {

/// Something that is not as it was recorded.
struct Broken {
  /// The first entry that it concerns; nothing where it concerns no entry by itself (a blob that nothing names).
  std::optional<std::uint64_t> seq;
  std::string what;  ///< in words, without a full stop
};

struct Verdict {
  std::uint64_t entries = 0, blobs = 0, checkpoints = 0;
  std::uint64_t decisions = 0, submissions = 0;
  /// Bodies, copies, leaves, tiles, roots, signatures, blobs: empty where everything fits. The first seq first.
  std::vector<Broken> integrity;
  /// Against the anchor: empty where the ledger only adds to it, and where there is none.
  std::vector<Broken> append_only;
  /// Gaps in the sequence, submissions without a decision, decisions without their submission, search tables that say
  /// otherwise than the bodies.
  std::vector<Broken> completeness;
  std::optional<std::uint64_t> anchor_size;  ///< entries under the anchor, where one was given

  bool holds() const { return integrity.empty() && append_only.empty() && completeness.empty(); }
  /// The lowest seq of all that is broken.
  std::optional<std::uint64_t> first_broken() const;
};

struct VerifyAsked {
  std::string path;
  /// A checkpoint kept outside the ledger: its text as a signed note.
  std::optional<Note> anchor;
  /// The key that the auditor has pinned; without one, that of the genesis entry.
  std::optional<VerifierKey> key;
  std::size_t most_findings = 20;  ///< of each of the three
};

/// An error only where the file cannot be opened as a database at all; a database that is damaged is a verdict.
LedgerResult<Verdict> verify(VerifyAsked const& asked);

}  // namespace waymark::ledger
