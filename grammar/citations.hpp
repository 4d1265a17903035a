// What a citation says: a source, or that there is none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace waymark::grammar {

/// One of its parts is the word `illustrative`; commas, semicolons, colons and dashes between blanks part it.
bool is_illustrative(std::string_view citation);

/// What is doubtful about a citation, as a message; and the citation that is probably meant, without brackets.
struct CitationDoubt {
  std::string message;
  std::string meant;
};
/// Of `TBD` and the like, which name no source, and of a word that is nearly `illustrative`.
std::optional<CitationDoubt> citation_doubt(std::string_view citation);

}  // namespace waymark::grammar
