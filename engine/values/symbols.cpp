// The table of words.
#include "engine/values/symbols.hpp"

namespace waymark::values {
namespace {

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (auto const c : text) {
    bool const blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out.push_back(blank ? ' ' : static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

Symbol Symbols::intern(std::string_view text) {
  auto key = folded(text);
  if (auto const found = by_text_.find(key); found != by_text_.end()) return found->second;
  auto const symbol = static_cast<Symbol>(shown_.size());
  folded_.push_back(std::move(key));
  shown_.emplace_back(text);
  by_text_.emplace(folded_.back(), symbol);
  return symbol;
}

Symbol Symbols::find(std::string_view text) const {
  auto const found = by_text_.find(folded(text));
  return found == by_text_.end() ? kUnknown : found->second;
}

}  // namespace waymark::values
