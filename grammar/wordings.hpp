// Other ways to write what the language writes in one way: comparisons, heads of lists, the end of a threshold.
#pragma once

#include <optional>
#include <string>

#include "grammar/scan.hpp"

namespace waymark::grammar {

/// Words, and how they are written here.
struct Wording {
  At begin = nullptr;
  At end = nullptr;
  std::string written;
};

/// `above`, `atleast`, `no less than`, `>=` at `at`: what they mean behind `is`.
std::optional<Wording> comparison_meant(At at, At end);

/// The words that a line could not be read for: another wording that begins before `where` and reaches it, within
/// `[begin, end)`. `is above 5 labs`, `two of the following:`, `continue until changed`.
std::optional<Wording> wording_at(At begin, At where, At end);

}  // namespace waymark::grammar
