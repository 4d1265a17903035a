// Passing over what no field reads. It is checked all the same: a line with a fault anywhere is refused as a whole.
#include "engine/cases/plain_json.hpp"

#include <algorithm>
#include <array>

#include "engine/cases/numbers.hpp"

namespace waymark::cases::plain {
namespace {

constexpr int kDeepestSkipped = 16;
constexpr std::size_t kMostKeys = 32;  // of one object, which are compared with each other

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// From a backslash. Halves of characters (\uD800 to \uDFFF) are left to the other reader.
Cursor skip_escape(Cursor at) {
  auto const c = at[1];
  if (c != 'u') return c != '\0' && std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos ? at + 2 : nullptr;
  if (!std::all_of(at + 2, at + 6, is_hex)) return nullptr;
  bool const half = (at[2] == 'd' || at[2] == 'D') && !(at[3] >= '0' && at[3] <= '7');
  return half ? nullptr : at + 6;
}

Cursor skip_text(Cursor at) {
  auto const begin = at + 1;
  bool ascii = true;
  for (at = end_of_plain(begin, ascii); *at == '\\'; at = end_of_plain(at, ascii)) {
    at = skip_escape(at);
    if (at == nullptr) return nullptr;
  }
  if (*at != '"') return nullptr;
  auto const text = std::string_view(begin, static_cast<std::size_t>(at - begin));
  return ascii || values::valid_utf8_prefix(text) == text.size() ? at + 1 : nullptr;
}

Cursor skip_list(Cursor at, int depth) {
  at = after_blanks(at + 1);
  if (*at == ']') return at + 1;
  while (true) {
    at = skip_value(at, depth + 1);
    if (at == nullptr) return nullptr;
    at = after_blanks(at);
    if (*at == ']') return at + 1;
    if (*at != ',') return nullptr;
    at = after_blanks(at + 1);
  }
}

Cursor skip_object(Cursor at, int depth) {
  std::array<std::string_view, kMostKeys> keys;
  std::size_t count = 0;
  at = after_blanks(at + 1);
  if (*at == '}') return at + 1;
  while (true) {
    if (*at != '"' || count == kMostKeys) return nullptr;
    auto& key = keys[count];
    at = read_text(at, key);
    if (at == nullptr || std::find(keys.begin(), keys.begin() + count, key) != keys.begin() + count) return nullptr;
    ++count;
    at = after_blanks(at);
    if (*at != ':') return nullptr;
    at = skip_value(after_blanks(at + 1), depth + 1);
    if (at == nullptr) return nullptr;
    at = after_blanks(at);
    if (*at == '}') return at + 1;
    if (*at != ',') return nullptr;
    at = after_blanks(at + 1);
  }
}

}  // namespace

Whole read_long_whole(Cursor at) {
  std::int64_t number = 0;
  std::size_t count = 0;
  for (; is_digit(at[count]); ++count) {
    if (count == kMostDigits) return {nullptr, 0};
    number = number * 10 + (at[count] - '0');
  }
  auto const next = at[count];
  if (count == 0 || (count > 1 && *at == '0') || next == '.' || next == 'e' || next == 'E') return {nullptr, 0};
  return {at + count, number};
}

Cursor skip_number(Cursor at) {
  if (*at == '-') ++at;
  auto const begin = at;
  while (is_digit(*at)) ++at;
  if (at == begin || (*begin == '0' && at != begin + 1)) return nullptr;
  auto digits = static_cast<std::size_t>(at - begin);
  if (*at == '.') {
    auto const fraction = ++at;
    while (is_digit(*at)) ++at;
    if (at == fraction) return nullptr;
    digits += static_cast<std::size_t>(at - fraction);
  }
  return digits > kMostDigits || *at == 'e' || *at == 'E' ? nullptr : at;
}

Cursor skip_value(Cursor at, int depth) {
  switch (*at) {
    case '"': return skip_text(at);
    case 't': return is_word(at, "true") ? at + 4 : nullptr;
    case 'f': return is_word(at, "false") ? at + 5 : nullptr;
    case 'n': return is_word(at, "null") ? at + 4 : nullptr;
    case '[': return depth < kDeepestSkipped ? skip_list(at, depth) : nullptr;
    case '{': return depth < kDeepestSkipped ? skip_object(at, depth) : nullptr;
    default: break;
  }
  auto const whole = read_whole(at);
  return whole.end != nullptr ? whole.end : skip_number(at);
}

}  // namespace waymark::cases::plain
