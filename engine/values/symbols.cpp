// The table of words.
#include "engine/values/symbols.hpp"

#include <utility>

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

void Symbols::keep(std::string_view text, Symbol symbol) { spellings_.add(kept_.emplace_back(text), symbol); }

Symbols::Shown::Shown(Shown&& other) noexcept : pieces_(std::move(other.pieces_)), size_(other.size()) {}

Symbols::Shown& Symbols::Shown::operator=(Shown&& other) noexcept {
  pieces_ = std::move(other.pieces_);
  size_ = other.size();
  return *this;
}

// Whoever has a symbol has it from the table of spellings, into which it comes after this.
void Symbols::Shown::push_back(std::string const* text) {
  auto const size = size_.load(std::memory_order_relaxed);
  auto const from_first = size + kFirst;
  auto const piece = static_cast<std::size_t>(std::bit_width(from_first) - std::bit_width(kFirst));
  if (!pieces_[piece]) pieces_[piece] = std::make_unique<std::string const*[]>(kFirst << piece);
  pieces_[piece][from_first - (kFirst << piece)] = text;
  size_.store(size + 1, std::memory_order_release);
}

Symbol Symbols::intern(std::string_view text) {
  if (auto const known = spellings_.find(text); known != kUnknown) return known;
  auto const key = folded(text);
  if (auto const known = spellings_.find(key); known != kUnknown) {
    keep(text, known);
    return known;
  }
  auto const symbol = static_cast<Symbol>(shown_.size());
  shown_.push_back(&kept_.emplace_back(text));
  spellings_.add(kept_.back(), symbol);
  if (key != text) keep(key, symbol);
  return symbol;
}

Symbol Symbols::find(std::string_view text) const {
  auto const known = spellings_.find(text);
  return known != kUnknown ? known : spellings_.find(folded(text));
}

}  // namespace waymark::values
