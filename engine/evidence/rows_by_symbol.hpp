// Which rows of a table hold a symbol in one of its columns.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/values/symbols.hpp"

namespace waymark::evidence {

/// The rows of one column, grouped by the symbol that stands in them.
class RowsBySymbol {
 public:
  RowsBySymbol() = default;
  explicit RowsBySymbol(std::vector<values::Symbol> const& column);

  /// In the order of the column; none where the symbol does not stand in it.
  std::span<std::uint32_t const> with(values::Symbol symbol) const {
    if (groups_.empty()) return {};
    Group const& group = groups_[slot_of(symbol)];
    return {rows_.data() + group.begin, rows_.data() + group.end};
  }

 private:
  struct Group {
    values::Symbol symbol = 0;
    std::uint32_t begin = 0, end = 0;  // in `rows_`; equal where no symbol stands in the slot
  };

  void grow();

  // Where a symbol stands, or the empty slot where it would. At least every second slot is empty, so that the walk from
  // a symbol's own slot is a step or two: what every code of every submission is asked costs a few instructions.
  std::size_t slot_of(values::Symbol symbol) const {
    auto slot = static_cast<std::size_t>((symbol * 0x9E3779B97F4A7C15U) >> shift_);
    while (groups_[slot].begin != groups_[slot].end && groups_[slot].symbol != symbol) {
      slot = (slot + 1) & (groups_.size() - 1);
    }
    return slot;
  }

  std::vector<Group> groups_;  // a hash table of a power of two
  std::vector<std::uint32_t> rows_;
  unsigned shift_ = 0;
};

}  // namespace waymark::evidence
