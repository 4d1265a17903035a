// Names as the grammar reads them: the longest run of words that are not reserved, or a quoted text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grammar/scan.hpp"
#include "grammar/syntax.hpp"

namespace waymark::grammar {

struct ScannedPhrase {
  Phrase phrase;  ///< its span is left to the caller, who knows the file
  At begin = nullptr;
  At end = nullptr;
};

/// The name that stands at `at`, blanks before it skipped.
std::optional<ScannedPhrase> scan_phrase(At at, At end);
/// A name of all the words in `[begin, end)`, reserved or not. Nothing where only `the` or `an` stands.
std::optional<ScannedPhrase> phrase_of(At begin, At end);
/// Every kind of hyphen made the plain one.
std::string plain_hyphens(std::string_view text);

}  // namespace waymark::grammar
