// Numbers as the language writes them, at the end of a text: a full record has a hundred, each within longer words, and
// none has to be a text of its own.
#pragma once

#include <string>

#include "engine/vocabulary/vocabulary.hpp"

namespace waymark::vocabulary {

/// As `write_steps` says.
void append_steps(std::string& out, values::Int128 steps, Type const& type, Vocabulary const& vocabulary);
/// As `write_ratio` says.
void append_ratio(std::string& out, values::Ratio ratio, Type const& type, Vocabulary const& vocabulary);

}  // namespace waymark::vocabulary
