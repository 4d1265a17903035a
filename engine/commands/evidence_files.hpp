// The releases of a manifest one by one, as `evidence` and `doctor` look at them: is the file there, is it the one that
// was pinned, can it be read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/commands/manifest_choice.hpp"
#include "engine/commands/rulebook.hpp"

namespace waymark::commands {

struct ReleaseState {
  enum class Pin { fits, none, differs, file_missing };
  evidence::ReleaseEntry entry;
  std::string path;  ///< of the file
  Pin pin = Pin::none;
  std::string sha256;  ///< of the file as it is; empty where it cannot be read
  /// The Source that it belongs to, where a vocabulary declares it.
  std::optional<vocabulary::SourceId> source;
};

std::string_view words(ReleaseState::Pin pin);

/// In the manifest's order.
std::vector<ReleaseState> release_states(evidence::Manifest const& manifest, vocabulary::Vocabulary const& vocabulary);

/// All vocabularies of the workspace as one. Two that declare one name are no fault here: policies use them apart.
vocabulary::Vocabulary whole_vocabulary(Rulebook const& rulebook);

}  // namespace waymark::commands
