// A strict reading of RFC 8259, for places and plain words.
#include "engine/cases/json_scan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/values/utf8.hpp"

namespace waymark::cases {
namespace {

using grammar::Code;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  JsonScan run() {
    blanks();
    if (value(0, 0)) {
      blanks();
      if (at_ < text_.size())
        stop("More text follows the end of the submission.", "Put each submission on a line of its own.");
    }
    return std::move(out_);
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool at_end() const { return at_ >= text_.size(); }
  void blanks() {
    while (!at_end() && is_blank(text_[at_])) ++at_;
  }

  bool stop(std::string message, std::string help = {}) { return stop_at(at_, std::move(message), std::move(help)); }
  bool stop_at(std::size_t offset, std::string message, std::string help = {}) {
    out_.trouble = JsonTrouble{Code::submission_not_json, offset, std::move(message), std::move(help)};
    return false;
  }

  // The character here, as a message shows it.
  std::string here() const {
    auto const c = static_cast<unsigned char>(peek());
    if (c < 0x20 || c == 0x7F) return fmt::format("the control character {}", c);
    std::size_t size = 1;
    while (size < 4 && at_ + size < text_.size() && (static_cast<unsigned char>(text_[at_ + size]) & 0xC0U) == 0x80U)
      ++size;
    auto const character = text_.substr(at_, size);
    return values::valid_utf8_prefix(character) == size ? fmt::format("\"{}\"", character) : "a broken character";
  }

  bool value(std::size_t key, std::uint32_t depth) {
    out_.values.push_back({key, at_, at_});
    auto const c = peek();
    if (c == '{' || c == '[') {
      if (depth == kDeepest) {
        stop(fmt::format("More than {} lists and groups stand within each other.", kDeepest));
        out_.trouble->code = Code::submission_too_deep;
        return false;
      }
      return c == '{' ? object(depth + 1) : list(depth + 1);
    }
    if (c == '"') return text();
    if (c == '-' || is_digit(c)) return number();
    return is_letter(c) ? word() : no_value();
  }

  bool object(std::uint32_t depth) {
    auto const opened = at_++;
    blanks();
    if (peek() == '}') return close();
    while (true) {
      if (at_end()) return not_closed(opened);
      if (peek() != '"') return no_key();
      auto const key = at_;
      if (!text()) return false;
      blanks();
      if (at_end()) return not_closed(opened);
      if (peek() != ':') return stop("A colon is missing between a key and its value.", "Write \"key\": value.");
      ++at_;
      blanks();
      if (at_end()) return not_closed(opened);
      if (!value(key, depth)) return false;
      blanks();
      if (peek() == '}') return close();
      if (!comma(opened, '}')) return false;
    }
  }

  bool list(std::uint32_t depth) {
    auto const opened = at_++;
    blanks();
    if (peek() == ']') return close();
    while (true) {
      if (at_end()) return not_closed(opened);
      if (!value(at_, depth)) return false;
      blanks();
      if (peek() == ']') return close();
      if (!comma(opened, ']')) return false;
    }
  }

  bool close() {
    ++at_;
    return true;
  }

  bool comma(std::size_t opened, char closing) {
    if (at_end()) return not_closed(opened);
    if (peek() != ',') {
      return stop(fmt::format("A comma or \"{}\" is missing before {}.", closing, here()));
    }
    auto const at = at_++;
    blanks();
    if (peek() == '}' || peek() == ']') {
      return stop_at(at, fmt::format("A comma stands before the closing \"{}\".", peek()), "Take the comma out.");
    }
    return true;
  }

  bool not_closed(std::size_t opened) {
    auto const closing = text_[opened] == '{' ? '}' : ']';
    return stop_at(
        opened,
        fmt::format("The \"{}\" here is never closed: the submission ends before its \"{}\".", text_[opened], closing),
        "It may have been cut off on its way.");
  }

  bool no_key() {
    if (peek() == '\'') return stop("A key stands in single quotes.", "Write it in double quotes: \"key\".");
    if (is_letter(peek())) return stop("A key stands without quotes.", "Write it in double quotes: \"key\".");
    return stop(fmt::format("A key in quotes is needed here, not {}.", here()));
  }

  bool no_value() {
    if (at_end()) return stop("A value is missing at the end.");
    if (peek() == '\'') return stop("A text stands in single quotes.", "Write it in double quotes.");
    if (peek() == ',' || peek() == '}' || peek() == ']') {
      return stop(fmt::format("A value is missing before {}.", here()), "If it is not known, leave the key out.");
    }
    if (peek() == '+' || peek() == '.') return stop("A number begins with a digit or with \"-\".");
    return stop(fmt::format("A value is needed here, not {}.", here()));
  }

  bool word() {
    auto const begin = at_;
    while (is_letter(peek()) || is_digit(peek())) ++at_;
    auto const word = text_.substr(begin, at_ - begin);
    if (word == "true" || word == "false" || word == "null") return true;
    return stop_at(
        begin, fmt::format("\"{}\" stands without quotes.", word.substr(0, 40)),
        "A text stands in double quotes; yes and no are written true and false; what is not known is left out.");
  }

  bool digits() {
    auto const begin = at_;
    while (is_digit(peek())) ++at_;
    return at_ > begin;
  }

  bool number() {
    auto const begin = at_;
    if (peek() == '-') ++at_;
    auto const whole = at_;
    if (!digits()) return stop("A digit is missing after \"-\".");
    if (text_[whole] == '0' && at_ > whole + 1) {
      return stop_at(begin, "A number begins with a zero.", "If it is a code, put it in quotes.");
    }
    if (peek() == '.') {
      ++at_;
      if (!digits()) return stop("A digit is missing after the point.");
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!digits()) return stop("A digit is missing in an exponent.");
    }
    if (is_letter(peek()) || peek() == '-' || peek() == '.') {
      return stop_at(begin, "A value begins as a number and goes on as something else.",
                     "If it is a text, put it in quotes.");
    }
    out_.values.back().end = at_;
    return true;
  }

  bool text() {
    auto const opened = at_++;
    while (!at_end()) {
      auto const c = text_[at_];
      if (c == '"') return close();
      if (static_cast<unsigned char>(c) < 0x20) {
        return stop(fmt::format("A text holds {}.", here()), "A line break in a text is written \\n, a tab \\t.");
      }
      if (c == '\\' && !escape()) return false;
      if (c != '\\') ++at_;
    }
    return stop_at(opened, "The quotes that open here are never closed.");
  }

  std::optional<unsigned> hex4() {
    if (text_.size() - at_ < 4) return std::nullopt;
    unsigned out = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      auto const c = text_[at_];
      if (!is_hex(c)) return std::nullopt;
      out = out * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return out;
  }

  bool escape() {
    auto const begin = at_++;
    auto const c = peek();
    if (c == 'u') {
      ++at_;
      auto const first = hex4();
      if (!first) return stop_at(begin, "Four digits are needed after \\u.");
      if (*first < 0xD800 || *first > 0xDFFF) return true;
      bool const pair = *first < 0xDC00 && text_.substr(at_, 2) == "\\u";
      if (pair) at_ += 2;
      auto const second = pair ? hex4() : std::nullopt;
      if (second && *second >= 0xDC00 && *second <= 0xDFFF) return true;
      return stop_at(begin, "This escape is half a character.");
    }
    if (!at_end() && std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos) return close();
    return stop_at(begin, "A backslash stands before a character that needs none.",
                   "A backslash itself is written \\\\.");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  JsonScan out_;
};

// The closing quotes of a text that opens at `begin`, or the text's end.
std::size_t end_of_text(std::string_view text, std::size_t begin) {
  auto at = text.find('"', begin + 1);
  for (; at != std::string_view::npos; at = text.find('"', at + 1)) {
    auto const last = text.find_last_not_of('\\', at - 1);  // `begin` holds quotes, so there is one
    if ((at - last) % 2 == 1) return at;
  }
  return text.size();
}

}  // namespace

JsonScan scan_json(std::string_view text) { return Scanner(text).run(); }

std::size_t end_of_value(std::string_view text, std::size_t begin) {
  std::size_t depth = 0;
  auto at = begin;
  while (at < text.size()) {
    auto const c = text[at];
    if (c == '"') {
      at = end_of_text(text, at);
    }
    if (depth == 0 && (c == ',' || c == ']' || c == '}')) return at;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    at = std::min(at + 1, text.size());
    if (depth == 0 && (c == '"' || c == '}' || c == ']')) return at;
  }
  return text.size();
}

}  // namespace waymark::cases
