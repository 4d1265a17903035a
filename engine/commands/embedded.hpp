// Texts of the project that the program carries with it: the pages of the diagnostics, what `new` writes, and what goes
// into every evidence pack.
#pragma once

#include <string_view>
#include <vector>

namespace waymark::commands {

struct EmbeddedText {
  std::string_view path;  ///< in the project: `docs/diagnostics/W101.md`
  std::string_view text;
};

/// Sorted by path. Written when the program is built (cmake/embed_texts.cmake).
std::vector<EmbeddedText> const& embedded_texts();

}  // namespace waymark::commands
