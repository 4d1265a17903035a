// Which row of a table under construction has a key.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/values/symbols.hpp"

namespace waymark::evidence {

/// The rows of columns that grow, found by the symbols that stand in all of them.
class RowsByKey {
 public:
  using Columns = std::vector<std::vector<values::Symbol>>;

  /// The row that has this key; or nothing, and the next row to be appended to `columns`, number `next`, is taken to
  /// have it.
  std::optional<std::uint32_t> find_or_add(Columns const& columns, std::vector<values::Symbol> const& key,
                                           std::uint32_t next);

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  void grow(Columns const& columns);

  std::vector<std::uint32_t> slots_;  // a hash table of a power of two: row or kNone; at least every second is free
  std::uint32_t rows_ = 0;
};

}  // namespace waymark::evidence
