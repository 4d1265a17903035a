// The letter that a district receives: a recorded decision in plain words, laid out by a template that staff may edit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/commands/judged.hpp"
#include "engine/commands/letter_template.hpp"
#include "engine/ledger/ledger.hpp"
#include "engine/ledger/note.hpp"

namespace waymark::commands {

/// What a letter says besides what was decided.
struct LetterContext {
  ledger::Entry decision;
  ledger::Checkpoint checkpoint;            ///< under which the decision and the override stand
  std::string key;                          ///< that signed it, as VerifierKey::text
  std::optional<ledger::Entry> overridden;  ///< by this entry
};

/// The letter, or what is wrong with the template, with file and line. A template is mustache (mustache.github.io) over
/// plain text: nothing is escaped, and what is put in is shown as values::one_line has it. Of several empty lines one
/// stays, as a section that is left out leaves its own. Names that it may use are listed in docs/operators.md.
values::Result<std::string, std::string> letter(Judged& judged, std::uint32_t i, LetterContext const& context,
                                                LetterTemplate const& layout);

}  // namespace waymark::commands
