// Escaping for JSON, a run of plain characters at a time.
#include "engine/values/json_text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "engine/values/utf8.hpp"

namespace waymark::values {
namespace {

void append_escape(std::string& out, char c) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\t': out += "\\t"; return;
    case '\n': out += "\\n"; return;
    case '\f': out += "\\f"; return;
    case '\r': out += "\\r"; return;
    default:
      out += "\\u00";
      out.push_back(kHex[static_cast<unsigned char>(c) >> 4]);
      out.push_back(kHex[static_cast<unsigned char>(c) & 15]);
  }
}

void append_valid(std::string& out, std::string_view text) {
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain, i - plain);
    append_escape(out, c);
    plain = i + 1;
  }
  out.append(text, plain);
}

}  // namespace

bool is_plain_json(std::string_view text) {
  // Eight bytes at a time.
  constexpr std::uint64_t kOnes = 0x0101010101010101U, kHigh = 0x8080808080808080U;
  std::uint64_t found = 0;
  std::size_t at = 0;
  auto const look = [&](std::uint64_t eight) {
    auto const quote = eight ^ (kOnes * '"'), backslash = eight ^ (kOnes * '\\');
    // A byte of `x - kOnes * n` borrows where that of `x` is below n; only the lowest that does so is sure, which is
    // enough to know that there is one. Bytes from 0x80 on are found by themselves.
    found |= (eight | (eight - kOnes * 0x20U) | (quote - kOnes) | (backslash - kOnes)) & kHigh;
  };
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    look(eight);
  }
  std::uint64_t rest = kOnes * ' ';
  if (at != text.size()) std::memcpy(&rest, text.data() + at, text.size() - at);
  look(rest);
  return found == 0;
}

void append_json_string(std::string& out, std::string_view text) {
  if (is_plain_json(text)) {
    auto const before = out.size();
    out.resize(before + text.size() + 2, '"');
    std::copy(text.begin(), text.end(), out.begin() + static_cast<std::ptrdiff_t>(before) + 1);
    return;
  }
  out.push_back('"');
  while (!text.empty()) {
    auto const good = valid_utf8_prefix(text);
    append_valid(out, text.substr(0, good));
    text.remove_prefix(good);
    if (text.empty()) break;
    out += "\xEF\xBF\xBD";
    text.remove_prefix(1);
  }
  out.push_back('"');
}

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

}  // namespace waymark::values
