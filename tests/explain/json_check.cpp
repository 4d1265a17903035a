// A strict reader of JSON that keeps nothing but the outermost keys.
#include "tests/explain/json_check.hpp"

namespace waymark::explain {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool whole() { return value(0) && at_ == text_.size(); }
  std::vector<std::string> keys;

 private:
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  bool string(std::string* out = nullptr) {
    if (!take('"')) return false;
    auto const begin = at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
      if (text_[at_] == '\\' && !escape()) return false;
      ++at_;
    }
    if (out != nullptr) *out = text_.substr(begin, at_ - begin);
    return take('"');
  }
  bool escape() {
    ++at_;
    if (at_ >= text_.size()) return false;
    if (text_[at_] != 'u') return std::string_view("\"\\/bfnrt").find(text_[at_]) != std::string_view::npos;
    for (int i = 0; i < 4; ++i) {
      ++at_;
      if (at_ >= text_.size() ||
          std::string_view("0123456789abcdefABCDEF").find(text_[at_]) == std::string_view::npos) {
        return false;
      }
    }
    return true;
  }
  bool number() {
    take('-');
    auto const begin = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ > begin && (text_[begin] != '0' || at_ == begin + 1);
  }
  bool object(int depth) {
    if (take('}')) return true;
    do {
      std::string key;
      if (!string(&key) || !take(':') || !value(depth + 1)) return false;
      if (depth == 0) keys.push_back(key);
    } while (take(','));
    return take('}');
  }
  bool array(int depth) {
    if (take(']')) return true;
    do {
      if (!value(depth + 1)) return false;
    } while (take(','));
    return take(']');
  }
  bool value(int depth) {
    if (take('{')) return object(depth);
    if (take('[')) return array(depth);
    if (at_ < text_.size() && text_[at_] == '"') return string();
    return word("true") || word("false") || word("null") || number();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

bool is_json(std::string_view text) { return Reader(text).whole(); }

std::vector<std::string> keys_of(std::string_view text) {
  Reader reader(text);
  reader.whole();
  return reader.keys;
}

}  // namespace waymark::explain
