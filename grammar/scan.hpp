// Bytes of UTF-8 text as people see them: blanks, dashes, quotes, letters, words. Word's habits are read as meant here,
// and only here. Every `…_at` function gives the length in bytes of what stands at `at`, or 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace waymark::grammar {

using At = char const*;

inline std::string_view view(At first, At last) { return {first, static_cast<std::size_t>(last - first)}; }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// True where a digit stands at `at`, which may be the end.
inline bool digit_at(At at, At end) { return at < end && is_digit(*at); }

/// A character of any length: its code point and its bytes.
struct Character {
  char32_t point = 0;
  std::size_t bytes = 0;
};
/// What stands at `at`; nothing at the end. Bytes that are not UTF-8 count as one character each.
Character character_at(At at, At end);
/// The offset of the first byte that is not UTF-8.
std::optional<std::size_t> first_bad_byte(std::string_view text);
/// Writes a code point as UTF-8.
void append(std::string& out, char32_t point);

std::size_t blank_at(At at, At end);       ///< blank, tab, line end, no-break space and their kin, control characters
std::size_t quote_at(At at, At end);       ///< " or one of its curly kin
std::size_t apostrophe_at(At at, At end);  ///< ' or its curly kin
std::size_t hyphen_at(At at, At end);      ///< - or its kin that join: hyphens and the en dash
std::size_t letter_at(At at, At end);      ///< a letter of any script

/// True where the word that ends at `at` would go on: a letter, a digit, or a hyphen with one of these behind it.
bool goes_on(At at, At end);
/// Moves `at` past `words` (lower case, one blank between) if they stand there, whole and in any case.
bool scan_words(At& at, At end, std::string_view words);

At skip_blanks(At at, At end);
/// The end of `[begin, end)` without the blanks that end it.
At trim_back(At begin, At end);
/// The end of the word that begins at `at`: letters and digits, joined by hyphens; `at` where there is none.
At word_end(At at, At end);
/// The end of what a person would call the word at `at`: a word, a number, a quoted text, or one mark.
At chunk_end(At at, At end);
/// Past the quote that closes the one at `at`, or nothing when none does.
std::optional<At> closing_quote(At at, At end);

/// Blanks folded to one and taken off both ends; curly quotes and apostrophes made plain.
std::string fold(std::string_view text);
/// Lower case, letters of the scripts that have one included.
std::string lower(std::string_view text);

}  // namespace waymark::grammar
