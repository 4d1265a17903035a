// A reviewer made again of what a ledger kept: policy text, vocabularies, thresholds and evidence files, by their
// hashes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/cases/readers.hpp"
#include "engine/commands/reviewer.hpp"
#include "engine/ledger/ledger.hpp"
#include "engine/ledger/members.hpp"

namespace waymark::commands {

/// Which rules and which evidence: entries of the ledger.
struct RecordedSetting {
  std::uint64_t rule = 0;
  std::vector<std::uint64_t> evidence;
  std::optional<values::Date> known_on;
  friend auto operator<=>(RecordedSetting const&, RecordedSetting const&) = default;

  /// As a decision's body names it.
  static RecordedSetting of(ledger::Body const& decision);
};

/// Why something cannot be decided again, in words that name what is missing.
using Missing = std::string;

/// Ready to decide as the ledger has it, without a review date.
values::Result<std::unique_ptr<Reviewer>, Missing> recorded_reviewer(ledger::Reader const& reader,
                                                                     RecordedSetting const& setting);
/// Other rules over the evidence of `setting`: gives `reviewer`, whose policy is loaded, its evidence and plans.
std::optional<Missing> read_recorded_evidence(ledger::Reader const& reader, RecordedSetting const& setting,
                                              Reviewer& reviewer);

/// Submissions from bytes that a ledger kept, or is to keep. `said`: receives what the reader says of them.
cases::Batch read_again(cases::Format format, std::string bytes, Reviewer& reviewer,
                        grammar::DataDiagnostics* said = nullptr);

}  // namespace waymark::commands
