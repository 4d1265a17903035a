// A release of evidence as an entry of the ledger, and back: what its manifest said of it, and the hash of its file.
#pragma once

#include "engine/evidence/evidence.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/members.hpp"

namespace waymark::commands {

ledger::Object release_fields(evidence::Release const& release, vocabulary::Vocabulary const& vocabulary);
/// The part of them on which a decision may hang: its bytes, how they are read, and from when it counts.
ledger::Object release_meaning(evidence::Release const& release, vocabulary::Vocabulary const& vocabulary);
/// For a manifest whose files are found by their hash: `file` is the sha256.
evidence::ReleaseEntry release_entry_of(ledger::Body const& body);

}  // namespace waymark::commands
