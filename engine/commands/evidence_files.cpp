// Looks at each release's file.
#include "engine/commands/evidence_files.hpp"

#include "engine/commands/files.hpp"
#include "engine/values/hash.hpp"

namespace waymark::commands {

std::string_view words(ReleaseState::Pin pin) {
  switch (pin) {
    case ReleaseState::Pin::fits: return "pinned";
    case ReleaseState::Pin::none: return "not pinned";
    case ReleaseState::Pin::differs: return "differs from its sha256";
    case ReleaseState::Pin::file_missing: return "cannot be read";
  }
  return "";
}

std::vector<ReleaseState> release_states(evidence::Manifest const& manifest, vocabulary::Vocabulary const& vocabulary) {
  std::vector<ReleaseState> states;
  for (evidence::ReleaseEntry const& entry : manifest.releases) {
    ReleaseState state;
    state.entry = entry;
    state.path = path_in(manifest.folder, entry.file);
    state.source = vocabulary.source(entry.source);
    if (auto const bytes = read_file(state.path)) {
      state.sha256 = values::hex(values::sha256(*bytes));
      state.pin = entry.sha256.empty()           ? ReleaseState::Pin::none
                  : entry.sha256 == state.sha256 ? ReleaseState::Pin::fits
                                                 : ReleaseState::Pin::differs;
    } else {
      state.pin = ReleaseState::Pin::file_missing;
    }
    states.push_back(std::move(state));
  }
  return states;
}

vocabulary::Vocabulary whole_vocabulary(Rulebook const& rulebook) {
  std::vector<grammar::File const*> files;
  for (VocabularyFile const& file : rulebook.vocabularies) files.push_back(&file.parsed.file);
  return check::check_vocabularies(rulebook.sources, files).vocabulary;
}

}  // namespace waymark::commands
