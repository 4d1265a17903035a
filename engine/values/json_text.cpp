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

// What is looked at so far: whether any byte is a quote, a backslash, a control character or no ASCII.
class Found {
 public:
  bool any() const { return found_ != 0; }
  void look(std::uint64_t eight) {
    constexpr std::uint64_t kOnes = 0x0101010101010101U, kHigh = 0x8080808080808080U;
    auto const quote = eight ^ (kOnes * '"'), backslash = eight ^ (kOnes * '\\');
    // A byte of `x - kOnes * n` borrows where that of `x` is below n; only the lowest that does so is sure, which is
    // enough to know that there is one. Bytes from 0x80 on are found by themselves.
    found_ |= (eight | (eight - kOnes * 0x20U) | (quote - kOnes) | (backslash - kOnes)) & kHigh;
  }

 private:
  std::uint64_t found_ = 0;
};

// Goes through a text eight bytes at a time, the last eight of which may overlap those before; `each` is given the
// place and the bytes. What is shorter than eight bytes is filled up with blanks.
template <class Each>
bool is_plain(std::string_view text, Each each) {
  Found found;
  auto const look_at = [&](std::size_t at) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    found.look(eight);
    each(at, eight, std::size_t{8});
  };
  if (text.size() < 8) {
    std::uint64_t few = 0x2020202020202020U;
    if (!text.empty()) std::memcpy(&few, text.data(), text.size());
    found.look(few);
    each(std::size_t{0}, few, text.size());
    return !found.any();
  }
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) look_at(at);
  if (at != text.size()) look_at(text.size() - 8);
  return !found.any();
}

// Copies the text and says whether it is plain: one pass for both.
bool copy_plain(char* to, std::string_view text) {
  return is_plain(text, [to](std::size_t at, std::uint64_t bytes, std::size_t count) {
    if (count == 8) {
      std::memcpy(to + at, &bytes, 8);
    } else if (count != 0) {
      std::memcpy(to + at, &bytes, count);
    }
  });
}

void append_escaped(std::string& out, std::string_view text) {
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

}  // namespace

bool is_plain_json(std::string_view text) {
  return is_plain(text, [](std::size_t, std::uint64_t, std::size_t) {});
}

void append_json_string(std::string& out, std::string_view text) {
  auto const before = out.size();
  out.resize(before + text.size() + 2, '"');
  if (copy_plain(out.data() + before + 1, text)) return;
  out.resize(before);
  append_escaped(out, text);
}

void JsonWriter::text(std::string_view text) {
  if (left() < text.size() + 2) grow(text.size() + 2);
  if (!copy_plain(at_ + 1, text)) return append([&](std::string& out) { append_escaped(out, text); });
  at_[0] = at_[text.size() + 1] = '"';
  at_ += text.size() + 2;
}

void JsonWriter::grow(std::size_t more) {
  static constexpr std::size_t kAhead = 16384;  // half a full record
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
