// JSON of the plain kind, byte by byte: what nearly every line of submissions is made of. Each function takes what it
// is sure about and gives back where that ends; for anything else it gives null, and another reader takes the line.
// After a text there are `JsonReader::kPadding` readable bytes, the first of which is no JSON.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "engine/values/code.hpp"
#include "engine/values/utf8.hpp"

namespace waymark::cases::plain {

/// Null: not plain.
using Cursor = char const*;

/// There is seldom one, so that this is one comparison.
inline Cursor after_blanks(Cursor at) {
  while (static_cast<unsigned char>(*at) <= ' ' && (*at == ' ' || *at == '\t' || *at == '\r')) ++at;
  return at;
}

inline std::uint64_t eight_bytes(Cursor at) {
  std::uint64_t out = 0;
  std::memcpy(&out, at, sizeof out);
  return out;
}

inline bool is_word(Cursor at, std::string_view word) { return std::memcmp(at, word.data(), word.size()) == 0; }

/// The first byte that ends a plain text: quotes, a backslash or a control character. Clears `ascii` where a byte
/// before it is not ASCII.
inline Cursor end_of_plain(Cursor at, bool& ascii) {
  auto const ends = [](unsigned char byte) { return byte < 0x20 || byte == '"' || byte == '\\'; };
#ifdef __SSE2__
  // As signed numbers control characters and bytes that are not ASCII are both below the blank: one comparison tells
  // both apart from the letters of most texts.
  auto const quotes = _mm_set1_epi8('"');
  auto const backslash = _mm_set1_epi8('\\');
  auto const blank = _mm_set1_epi8(' ');
  while (true) {
    auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at));
    auto const marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, quotes), _mm_cmpeq_epi8(bytes, backslash));
    auto const special = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_cmplt_epi8(bytes, blank), marks)));
    if (special == 0) {
      at += 16;
      continue;
    }
    at += std::countr_zero(special);
    if (ends(static_cast<unsigned char>(*at))) return at;
    ascii = false;
    while (static_cast<unsigned char>(*at) >= 0x80) ++at;
  }
#else
  for (; !ends(static_cast<unsigned char>(*at)); ++at) {
    if (static_cast<unsigned char>(*at) >= 0x80) ascii = false;
  }
  return at;
#endif
}

/// A text without escapes, from its opening quotes to after its closing ones.
inline Cursor read_text(Cursor at, std::string_view& out) {
  bool ascii = true;
  auto const end = end_of_plain(at + 1, ascii);
  if (*end != '"') return nullptr;
  out = {at + 1, static_cast<std::size_t>(end - at - 1)};
  if (!ascii && values::valid_utf8_prefix(out) != out.size()) return nullptr;
  return end + 1;
}

/// A number and where it ends. Here and below: in two registers, for what a function is given by address stands in
/// memory, and the next step waits for it.
struct Whole {
  Cursor end;
  std::int64_t number;
};
/// `read_whole` of any number of digits.
Whole read_long_whole(Cursor at);
/// Digits of a whole number from 0, at most 15 of them, and nothing that makes it another number.
inline Whole read_whole(Cursor at) {
  if constexpr (std::endian::native != std::endian::little) return read_long_whole(at);
  // Up to three digits at once: which bytes are no digits, then sums of neighbours. What comes next waits for where
  // the first of them is, so that nothing stands before that which could stand beside it.
  std::uint32_t word = 0;
  std::memcpy(&word, at, sizeof word);
  auto const others = ((word + 0x46464646U) | (word - 0x30303030U)) & 0x80808080U;
  if (others == 0) return read_long_whole(at);
  auto const first_other = static_cast<unsigned>(std::countr_zero(others));
  auto digits = word ^ 0x30303030U;
  bool const zero_first = (digits & 0xF0FFU) == 0;  // and a digit after it, or what does not follow a number
  if (first_other < 8 || zero_first) return {nullptr, 0};
  digits <<= 39 - first_other;  // the last of them into the highest byte
  digits = (digits * 10 + (digits >> 8)) & 0x00FF00FFU;
  digits = (digits * 100 + (digits >> 16)) & 0xFFFFU;
  at += first_other / 8;
  auto const next = *at;
  if (next != ',' && (next == '.' || next == 'e' || next == 'E')) return {nullptr, 0};
  return {at, digits};
}

/// `15-1252"` or `11.0701"`: digits but for the mark in the third place, and the closing quotes.
inline bool is_whole_code(Cursor at, values::CodeSystem system) {
  // What remains of a digit is 9 at most, of the mark and the quotes nothing: more than that reaches the highest bit.
  auto const shape = eight_bytes(system == values::CodeSystem::soc ? "00-0000\"" : "00.0000\"");
  auto const limit = eight_bytes("\x76\x76\x7F\x76\x76\x76\x76\x7F");
  auto const rest = eight_bytes(at) ^ shape;
  return (((rest + limit) | rest) & 0x8080808080808080U) == 0;
}

/// A number that every program reads exactly: at most 15 digits, no exponent.
Cursor skip_number(Cursor at);
/// Any value, checked as JSON; no key twice in one object.
Cursor skip_value(Cursor at, int depth = 0);

}  // namespace waymark::cases::plain
