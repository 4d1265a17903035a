// Groups are counted first, so that all rows lie in one piece of memory: a table of a million rows is two of them, not
// one for each code.
#include "engine/evidence/rows_by_symbol.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace waymark::evidence {

// While rows are counted, `begin` is 0 and `end` how many rows a symbol has.
void RowsBySymbol::grow() {
  auto const before = std::exchange(groups_, std::vector<Group>(std::max<std::size_t>(16, 2 * groups_.size())));
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(groups_.size()));
  for (Group const& group : before) {
    if (group.end != 0) groups_[slot_of(group.symbol)] = group;
  }
}

RowsBySymbol::RowsBySymbol(std::vector<values::Symbol> const& column) {
  std::size_t symbols = 0;
  for (auto const symbol : column) {
    if (2 * symbols >= groups_.size()) grow();
    Group& group = groups_[slot_of(symbol)];
    group.symbol = symbol;
    if (group.end++ == 0) ++symbols;
  }
  std::uint32_t begin = 0;
  for (Group& group : groups_) {
    auto const count = group.end;
    group.begin = begin;
    begin += count;
    group.end = begin;
  }
  rows_.resize(column.size());
  std::vector<std::uint32_t> filled(groups_.size(), 0);
  for (std::uint32_t row = 0; row < column.size(); ++row) {
    auto const slot = slot_of(column[row]);
    rows_[groups_[slot].begin + filled[slot]++] = row;
  }
}

}  // namespace waymark::evidence
