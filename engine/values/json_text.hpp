// Text as JSON: the one place that escapes. Escapes are those of RFC 8785, so that canonical bytes can use it too.
#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace waymark::values {

/// Whether the text is ASCII in which nothing is escaped, as nearly every text is.
bool is_plain_json(std::string_view text);
/// Appends `text` in double quotes. Only quotes, backslashes and control characters are escaped; a byte that is no
/// UTF-8 becomes U+FFFD, so that what is written is always JSON.
void append_json_string(std::string& out, std::string_view text);
std::string json_string(std::string_view text);

/// Writes at the end of a text that has room ahead of what is written, so that a short piece costs a comparison and a
/// copy. A full record has 1,500 of them: appended one by one to the text they took three times as long. The text is as
/// long as what is written once the writer is gone.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out), at_(out.data() + out.size()), end_(at_) {}
  ~JsonWriter() { trim(); }
  JsonWriter(JsonWriter const&) = delete;
  JsonWriter& operator=(JsonWriter const&) = delete;

  /// As it stands.
  void raw(std::string_view piece) {
    if (left() < piece.size()) grow(piece.size());
    std::memcpy(at_, piece.data(), piece.size());
    at_ += piece.size();
  }
  void raw(char c) {
    if (left() == 0) grow(1);
    *at_++ = c;
  }
  /// A piece as it stands, and behind it what stands between the quotes of `append_json_string`; the quotes are at the
  /// end of this piece and at the begin of the next.
  void inside_quotes(std::string_view before, std::string_view text) {
    if (left() < before.size() + text.size()) grow(before.size() + text.size());
    std::memcpy(at_, before.data(), before.size());
    at_ += before.size();
    if (!text.empty()) escaped(text);
  }
  /// The text, as long as what is written: for what appends to it by itself.
  template <class Append>
  void append(Append append) {
    trim();
    append(out_);
    at_ = end_ = out_.data() + out_.size();
  }

 private:
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  void trim() { out_.resize(static_cast<std::size_t>(at_ - out_.data())); }
  void escaped(std::string_view text);  // for which there is room unless something in it is escaped
  void escaped_by_character(std::string_view text);
  void grow(std::size_t more);

  std::string& out_;
  char* at_;  // `out_` from here to `end_` is room
  char* end_;
};

}  // namespace waymark::values
