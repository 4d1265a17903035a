// Which released tables a run reads: the manifest that was asked for or the workspace's, and of it the releases of the
// Sources that are wanted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/commands/workspace.hpp"
#include "engine/evidence/evidence.hpp"

namespace waymark::commands {

/// What `--evidence` and `--known-on` said.
struct EvidenceAsked {
  std::string evidence;  ///< a manifest, a folder with evidence.toml, a folder of the manifest's files; or empty
  std::optional<values::Date> known_on;  ///< what was released after this day is not yet published
};

/// The manifest, or nothing, and said on standard error. Without any, a manifest without releases.
std::optional<evidence::Manifest> manifest_or_say(EvidenceAsked const& asked, Workspace const& workspace);

/// The releases of `wanted`, with their warnings told on standard error; or nothing, and said what is wrong.
std::optional<evidence::Evidence> evidence_or_say(evidence::Manifest const& manifest,
                                                  vocabulary::Vocabulary const& vocabulary,
                                                  std::vector<vocabulary::SourceId> const& wanted,
                                                  values::Symbols& symbols, evidence::ReadFile const& read);

/// `asked` as a date of `option`, or nothing where it is none, and said.
std::optional<values::Date> date_or_say(std::string const& option, std::string const& asked);

}  // namespace waymark::commands
