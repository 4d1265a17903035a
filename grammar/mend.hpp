// What a person probably meant: the edits that messages offer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grammar/diagnostic.hpp"
#include "grammar/scan.hpp"

namespace waymark::grammar {

/// The comparison without its `not`: `not at least` is `less than`.
struct Plain {
  std::string words;
  At end = nullptr;  ///< past the words that it replaces
};
Plain plain_comparison(At at, At end);
/// `at least`, `more than` or their like, where they stand at `at`; else empty.
std::string comparison_at(At at, At end);
/// `is at least` for `>=`, `is more than` for `exceeds`: words that stand in for a comparison, and what they mean here.
struct StandIn {
  At begin = nullptr;
  At end = nullptr;
  char const* words = "";
};
/// The sign at `at`.
std::optional<StandIn> sign_at(At at, At end);
/// The last word of `[begin, end)` that stands in for a comparison.
std::optional<StandIn> verb_in(At begin, At end);
/// `greater than`, where `than` ends at `end`: `more than`.
std::optional<StandIn> than_before(At begin, At end);
/// A list of two items for `: A and B`, where `word` stands between two conditions: the text that goes behind `when`.
std::optional<std::string> list_for(At begin, At word, At word_end, At end, char const* head);

/// `sum of` for `total of`: the edit that replaces the word before `where`, at which `of` stands. `base` is the span of
/// `begin`, with no length.
std::optional<Edit> known_word_for(At begin, At where, At stop, Span base);
/// Past the last `year` or `years` of `[begin, end)`.
std::optional<At> past_last_years(At begin, At end);
/// `2` for `two`.
std::optional<Edit> digits_for(std::string_view word, Span span);
/// `2026-07-31` for `7/31/2026` and `2026-7-31`; nothing for a day that there is not or that may be read in two ways.
std::optional<Edit> date_for(std::string_view text, Span span);

/// `2026-03-04 or 2026-04-03` for `3/4/2026`, which is March 4 to one reader and April 3 to another; else empty.
std::string either_date(std::string_view text);

}  // namespace waymark::grammar
