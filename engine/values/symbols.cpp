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

std::string const& Symbols::keep(std::string_view text, Symbol symbol) {
  auto const& kept = kept_.emplace_back(text);
  spellings_.add(kept, symbol);
  return kept;
}

Symbol Symbols::intern(std::string_view text) {
  if (auto const known = spellings_.find(text); known != kUnknown) return known;
  auto const key = folded(text);
  if (auto const known = spellings_.find(key); known != kUnknown) {
    keep(text, known);
    return known;
  }
  auto const symbol = static_cast<Symbol>(shown_.size());
  shown_.push_back(&keep(text, symbol));
  if (key != text) keep(key, symbol);
  return symbol;
}

Symbol Symbols::find(std::string_view text) const {
  auto const known = spellings_.find(text);
  return known != kUnknown ? known : spellings_.find(folded(text));
}

}  // namespace waymark::values
