#include "engine/values/printable.hpp"

#include <algorithm>
#include <iterator>

#include "engine/values/utf8.hpp"

namespace waymark::values {
namespace {

struct Range {
  char32_t first, last;
};

// Of Unicode's categories Cc, Cf, Zl and Zp: controls, the soft hyphen, marks of direction, what has no width, line and
// paragraph separators, tags.
constexpr Range kHidden[] = {{0x00, 0x1F},     {0x7F, 0x9F},       {0xAD, 0xAD},       {0x600, 0x605},
                             {0x61C, 0x61C},   {0x6DD, 0x6DD},     {0x70F, 0x70F},     {0x180E, 0x180E},
                             {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},   {0xFEFF, 0xFEFF},
                             {0xFFF9, 0xFFFB}, {0x110BD, 0x110BD}, {0x1D173, 0x1D17A}, {0xE0000, 0xE007F}};

bool is_hidden(char32_t c) {
  return std::any_of(std::begin(kHidden), std::end(kHidden),
                     [&](Range range) { return c >= range.first && c <= range.last; });
}

// Bytes of the character at the front, as its first byte has it; of one that is broken or cut, 0.
std::size_t size_of_first(std::string_view text) {
  auto const first = static_cast<unsigned char>(text.front());
  std::size_t const size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  return valid_utf8_prefix(text.substr(0, size)) == size ? size : 0;
}

char32_t decoded(std::string_view character) {
  if (character.size() == 1) return static_cast<unsigned char>(character.front());
  char32_t c = static_cast<unsigned char>(character.front()) & (0xFFU >> (character.size() + 1));
  for (char const byte : character.substr(1)) c = (c << 6U) | (static_cast<unsigned char>(byte) & 0x3FU);
  return c;
}

std::string shown(std::string_view text, bool keeps_line_ends) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto const size = size_of_first(text.substr(at));
    auto const character = text.substr(at, std::max<std::size_t>(size, 1));
    bool const stays = size > 0 && ((keeps_line_ends && character == "\n") || !is_hidden(decoded(character)));
    out += stays ? character : "?";
    at += character.size();
  }
  return out;
}

}  // namespace

std::string one_line(std::string_view text) { return shown(text, false); }
std::string printable(std::string_view page) { return shown(page, true); }

}  // namespace waymark::values
