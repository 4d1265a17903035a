// The table of well-formed byte sequences (Unicode, table 3-7), as code.
#include "engine/values/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace waymark::values {
namespace {

// Bytes of the character at the front of `text`, or 0 where it is broken or cut.
std::size_t character_size(std::string_view text) {
  auto const byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  auto const follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  auto const first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  if (first < 0xE0) return follows(1) ? 2 : 0;
  auto const second = byte(1);
  if (first < 0xF0) {
    bool const too_long = first == 0xE0 && second < 0xA0;
    bool const surrogate = first == 0xED && second > 0x9F;
    return follows(1) && follows(2) && !too_long && !surrogate ? 3 : 0;
  }
  bool const too_long = first == 0xF0 && second < 0x90;
  bool const too_high = first == 0xF4 && second > 0x8F;
  return follows(1) && follows(2) && follows(3) && !too_long && !too_high ? 4 : 0;
}

// ASCII, eight bytes at a time.
std::size_t ascii_prefix(std::string_view text) {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  return at;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    at += ascii_prefix(text.substr(at));
    if (at == text.size()) break;
    auto const size = character_size(text.substr(at));
    if (size == 0) break;
    at += size;
  }
  return at;
}

std::size_t count_characters(std::string_view text) {
  std::size_t following = 0;  // bytes 10xxxxxx, which begin no character
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    auto const ones = (eight >> 7U) & ~(eight >> 6U) & 0x0101010101010101U;
    following += (ones * 0x0101010101010101U) >> 56U;  // their sum; std::popcount is a call on the oldest machines
  }
  for (; at < text.size(); ++at) following += (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U ? 1U : 0U;
  return text.size() - following;
}

}  // namespace waymark::values
