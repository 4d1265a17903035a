// Bytes of UTF-8 text as people see them.
#include "grammar/scan.hpp"

#include <algorithm>

namespace waymark::grammar {
namespace {

unsigned byte(char c) { return static_cast<unsigned char>(c); }

/// The length of the well-formed sequence at `at`, or 0 (overlong forms, surrogates and what is past U+10FFFF are not).
std::size_t sequence_at(At at, At end) {
  auto const lead = byte(*at);
  if (lead < 0x80) return 1;
  std::size_t const bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || static_cast<std::size_t>(end - at) < bytes) return 0;
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(at[i]) & 0xC0U) != 0x80) return 0;
  }
  auto const second = byte(at[1]);
  bool const bad = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
                   (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
  return bad ? 0 : bytes;
}

bool is_blank(char32_t c) {
  return c <= ' ' || c == 0x7F || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x3000 || c == 0xFEFF;
}
bool is_quote(char32_t c) { return c == '"' || (c >= 0x201C && c <= 0x201F); }
bool is_apostrophe(char32_t c) { return c == '\'' || (c >= 0x2018 && c <= 0x201B); }
bool is_hyphen(char32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2013) || c == 0x2212; }

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c == 0xD7 || c == 0xF7) return false;
  bool const mark = (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x3004) || (c >= 0xFFF0 && c <= 0xFFFF);
  return !mark && c != 0xFEFF;
}

template <class Test>
std::size_t length_if(At at, At end, Test test) {
  auto const c = character_at(at, end);
  return c.bytes != 0 && test(c.point) ? c.bytes : 0;
}

char32_t lower(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c < 0xC0) return c;
  if (c <= 0xDE) return c == 0xD7 ? c : c + 32;
  if (c >= 0x100 && c <= 0x137) return c == 0x130 ? 'i' : c | 1U;
  if (c >= 0x14A && c <= 0x177) return c | 1U;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 1 ? c + 1 : c;
  if (c >= 0x391 && c <= 0x3A9) return c + 32;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  return c;
}

}  // namespace

Character character_at(At at, At end) {
  if (at >= end) return {};
  auto const bytes = sequence_at(at, end);
  if (bytes <= 1) return {byte(*at), 1};
  char32_t point = byte(*at) & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) point = (point << 6U) | (byte(at[i]) & 0x3FU);
  return {point, bytes};
}

std::optional<std::size_t> first_bad_byte(std::string_view text) {
  auto const end = text.data() + text.size();
  for (auto at = text.data(); at != end;) {
    auto const bytes = sequence_at(at, end);
    if (bytes == 0) return static_cast<std::size_t>(at - text.data());
    at += bytes;
  }
  return std::nullopt;
}

void append(std::string& out, char32_t point) {
  auto const put = [&](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | (point >> 6U));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12U));
    put(0x80 | ((point >> 6U) & 0x3F));
  } else {
    put(0xF0 | (point >> 18U));
    put(0x80 | ((point >> 12U) & 0x3F));
    put(0x80 | ((point >> 6U) & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

std::size_t blank_at(At at, At end) { return length_if(at, end, is_blank); }
std::size_t quote_at(At at, At end) { return length_if(at, end, is_quote); }
std::size_t apostrophe_at(At at, At end) { return length_if(at, end, is_apostrophe); }
std::size_t hyphen_at(At at, At end) { return length_if(at, end, is_hyphen); }
std::size_t letter_at(At at, At end) { return length_if(at, end, is_letter); }

bool goes_on(At at, At end) {
  at += hyphen_at(at, end);
  return digit_at(at, end) || letter_at(at, end) != 0;
}

bool scan_words(At& at, At end, std::string_view words) {
  auto next = at;
  while (!words.empty()) {
    auto const word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    next = skip_blanks(next, end);
    if (static_cast<std::size_t>(end - next) < word.size()) return false;
    auto const same = [](char wanted, char found) {
      return wanted == (found >= 'A' && found <= 'Z' ? static_cast<char>(found + 32) : found);
    };
    auto const stop = next + word.size();
    if (!std::equal(word.begin(), word.end(), next, same) || goes_on(stop, end)) return false;
    next = stop;
  }
  at = next;
  return true;
}

At skip_blanks(At at, At end) {
  while (auto const bytes = blank_at(at, end)) at += bytes;
  return at;
}

At trim_back(At begin, At end) {
  while (end != begin) {
    auto last = end - 1;
    while (last != begin && (byte(*last) & 0xC0U) == 0x80) --last;
    if (blank_at(last, end) == 0) return end;
    end = last;
  }
  return end;
}

At word_end(At at, At end) {
  auto const piece = [end](At p) { return digit_at(p, end) ? std::size_t{1} : letter_at(p, end); };
  for (;;) {
    if (auto const bytes = piece(at)) {
      at += bytes;
      continue;
    }
    auto const hyphen = hyphen_at(at, end);
    if (hyphen == 0 || piece(at + hyphen) == 0) return at;
    at += hyphen;
  }
}

At chunk_end(At at, At end) {
  if (at == end) return at;
  if (quote_at(at, end) != 0) {
    if (auto const close = closing_quote(at, end)) return *close;
  }
  auto stop = word_end(at, end);
  if (stop == at) return at + character_at(at, end).bytes;
  while (digit_at(stop - 1, end) && stop + 1 < end && (*stop == '.' || *stop == ',') && is_digit(stop[1])) {
    stop = word_end(stop + 1, end);
  }
  return stop;
}

std::optional<At> closing_quote(At at, At end) {
  for (at += quote_at(at, end); at != end; at += character_at(at, end).bytes) {
    if (auto const bytes = quote_at(at, end)) return at + bytes;
  }
  return std::nullopt;
}

std::string fold(std::string_view text) {
  auto const end = text.data() + text.size();
  std::string out;
  out.reserve(text.size());
  for (auto at = skip_blanks(text.data(), end); at != end;) {
    auto const c = character_at(at, end);
    if (is_blank(c.point)) {
      at = skip_blanks(at, end);
      if (at != end) out += ' ';
      continue;
    }
    if (is_quote(c.point)) {
      out += '"';
    } else if (is_apostrophe(c.point)) {
      out += '\'';
    } else {
      out.append(at, c.bytes);
    }
    at += c.bytes;
  }
  return out;
}

std::string lower(std::string_view text) {
  auto const end = text.data() + text.size();
  std::string out;
  out.reserve(text.size());
  for (auto at = text.data(); at != end;) {
    auto const c = character_at(at, end);
    auto const small = lower(c.point);
    if (small == c.point) {
      out.append(at, c.bytes);
    } else {
      append(out, small);
    }
    at += c.bytes;
  }
  return out;
}

}  // namespace waymark::grammar
