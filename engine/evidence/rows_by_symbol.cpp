// Groups are counted first, so that all rows lie in one piece of memory: a table of a million rows is two of them, not
// one for each code.
#include "engine/evidence/rows_by_symbol.hpp"

#include <bit>

namespace waymark::evidence {

RowsBySymbol::RowsBySymbol(std::vector<values::Symbol> const& column) {
  if (column.empty()) return;
  auto const slots = std::bit_ceil(2 * column.size());
  groups_.resize(slots);
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(slots));
  // While rows are counted, `end` is how many a symbol has.
  for (auto const symbol : column) {
    Group& group = groups_[slot_of(symbol)];
    group.symbol = symbol;
    ++group.end;
  }
  std::uint32_t begin = 0;
  for (Group& group : groups_) {
    auto const count = group.end;
    group.begin = begin;
    begin += count;
    group.end = begin;
  }
  rows_.resize(column.size());
  std::vector<std::uint32_t> filled(slots, 0);
  for (std::uint32_t row = 0; row < column.size(); ++row) {
    auto const slot = slot_of(column[row]);
    rows_[groups_[slot].begin + filled[slot]++] = row;
  }
}

}  // namespace waymark::evidence
