// Escaping for JSON, a run of plain characters at a time.
#include "engine/values/json_text.hpp"

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

using Sixteen = signed char __attribute__((vector_size(16)));  // one register of every 64-bit machine

// Whether any byte so far is a quote, a backslash, a control character or no ASCII: those two are below a blank as
// signed numbers.
class Found {
 public:
  void look(Sixteen bytes) {
    auto const splat = [](char c) { return Sixteen{} + static_cast<signed char>(c); };
    found_ |= (bytes < splat(' ')) | (bytes == splat('"')) | (bytes == splat('\\'));
  }
  bool any() const {
    std::uint64_t halves[2];
    std::memcpy(halves, &found_, sizeof halves);
    return (halves[0] | halves[1]) != 0;
  }

 private:
  Sixteen found_ = {};
};

struct Nowhere {};
inline void put(Nowhere, std::size_t, void const*, std::size_t) {}
inline void put(char* to, std::size_t at, void const* bytes, std::size_t size) { std::memcpy(to + at, bytes, size); }

// Two pieces of a text that is as long as one of them or longer, at its begin and its end: they may overlap. Inlined,
// as below: to call for each of the 700 texts of a full record takes as long as to look through them.
template <class Piece, class To>
[[gnu::always_inline]] inline void take_two(std::string_view text, To to, Found& found) {
  Sixteen bytes = Sixteen{} + static_cast<signed char>(' ');
  auto const last = text.size() - sizeof(Piece);
  Piece both[2];
  std::memcpy(&both[0], text.data(), sizeof(Piece));
  std::memcpy(&both[1], text.data() + last, sizeof(Piece));
  put(to, 0, &both[0], sizeof(Piece));
  put(to, last, &both[1], sizeof(Piece));
  std::memcpy(&bytes, both, sizeof both);
  found.look(bytes);
}

// Whether a text is plain, sixteen bytes at a time, the last of which may overlap those before. What is looked at is
// put at `to` as well: one pass for both.
template <class To>
[[gnu::always_inline]] inline bool take_plain(std::string_view text, To to) {
  Found found;
  if (text.size() >= 16) {
    auto const take = [&](std::size_t at) {
      Sixteen bytes;
      std::memcpy(&bytes, text.data() + at, 16);
      found.look(bytes);
      put(to, at, &bytes, 16);
    };
    std::size_t at = 0;
    for (; at + 16 <= text.size(); at += 16) take(at);
    if (at != text.size()) take(text.size() - 16);
  } else if (text.size() >= 8) {
    take_two<std::uint64_t>(text, to, found);
  } else if (text.size() >= 4) {
    take_two<std::uint32_t>(text, to, found);
  } else if (text.size() >= 2) {
    take_two<std::uint16_t>(text, to, found);
  } else if (text.size() == 1) {
    take_two<char>(text, to, found);
  }
  return !found.any();
}

void append_escaped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    auto const good = valid_utf8_prefix(text);
    append_valid(out, text.substr(0, good));
    text.remove_prefix(good);
    if (text.empty()) break;
    out += "\xEF\xBF\xBD";
    text.remove_prefix(1);
  }
}

}  // namespace

bool is_plain_json(std::string_view text) { return take_plain(text, Nowhere()); }

void append_json_string(std::string& out, std::string_view text) {
  auto const before = out.size();
  out.resize(before + text.size() + 2, '"');
  if (take_plain(text, out.data() + before + 1)) return;
  out.resize(before + 1);
  append_escaped(out, text);
  out.push_back('"');
}

void JsonWriter::escaped(std::string_view text) {
  if (!take_plain(text, at_)) return escaped_by_character(text);
  at_ += text.size();
}

// By itself, so that a plain text needs none of its registers.
[[gnu::noinline]] void JsonWriter::escaped_by_character(std::string_view text) {
  append([&](std::string& out) { append_escaped(out, text); });
}

void JsonWriter::grow(std::size_t more) {
  static constexpr std::size_t kAhead = 4096;  // a tenth of a full record: what is filled here is overwritten at once
  auto const used = static_cast<std::size_t>(at_ - out_.data());
  out_.resize(used + more + kAhead);
  at_ = out_.data() + used;
  end_ = out_.data() + out_.size();
}

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

}  // namespace waymark::values
