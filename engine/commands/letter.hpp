// The letter that a district receives: a recorded decision in plain words, laid out by a template that staff may edit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/commands/judged.hpp"
#include "engine/ledger/ledger.hpp"
#include "engine/ledger/note.hpp"

namespace waymark::commands {

/// What a letter says besides what was decided.
struct LetterContext {
  std::uint64_t entry = 0;  ///< of the decision in the ledger
  ledger::Checkpoint checkpoint;
  std::optional<ledger::Entry> overridden;  ///< by this entry
};

/// The letter, or what is wrong with the template. A template is mustache (mustache.github.io) over plain text: nothing
/// is escaped. Names that it may use are listed in docs/operators.md.
values::Result<std::string, std::string> letter(Judged& judged, std::uint32_t i, LetterContext const& context,
                                                std::string const& template_text);

/// The template that the program carries with it.
std::string default_letter();

}  // namespace waymark::commands
