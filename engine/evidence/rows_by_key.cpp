#include "engine/evidence/rows_by_key.hpp"

#include <algorithm>

namespace waymark::evidence {
namespace {

template <class SymbolAt>
std::uint64_t hash_of(std::size_t keys, SymbolAt const& symbol_at) {
  std::uint64_t hash = keys;
  for (std::size_t i = 0; i < keys; ++i) {
    hash = (hash ^ symbol_at(i)) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32U;  // the lowest bits choose the slot, and a product leaves the symbol's high bits above them
  }
  return hash;
}

}  // namespace

void RowsByKey::grow(Columns const& columns) {
  slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), kNone);
  for (std::uint32_t row = 0; row < rows_; ++row) {
    auto slot = hash_of(columns.size(), [&](std::size_t i) { return columns[i][row]; }) & (slots_.size() - 1);
    while (slots_[slot] != kNone) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = row;
  }
}

std::optional<std::uint32_t> RowsByKey::find_or_add(Columns const& columns, std::vector<values::Symbol> const& key,
                                                    std::uint32_t next) {
  if (2 * (std::size_t{rows_} + 1) > slots_.size()) grow(columns);
  auto slot = hash_of(key.size(), [&](std::size_t i) { return key[i]; }) & (slots_.size() - 1);
  for (; slots_[slot] != kNone; slot = (slot + 1) & (slots_.size() - 1)) {
    auto const row = slots_[slot];
    bool same = true;
    for (std::size_t i = 0; same && i < key.size(); ++i) same = columns[i][row] == key[i];
    if (same) return row;
  }
  slots_[slot] = next;
  ++rows_;
  return std::nullopt;
}

}  // namespace waymark::evidence
