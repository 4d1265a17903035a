// Whole steps in 32 bits, where all of a column fit: half the memory, and twice as many at a time in wide loops.
#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "engine/values/exact.hpp"

namespace waymark::review {

/// Steps; the least and the most that it can hold stand for no end, as they do of Steps.
using Narrow = std::int32_t;

template <class Whole>
inline constexpr Whole kNoLowestOf = std::numeric_limits<Whole>::min();
template <class Whole>
inline constexpr Whole kNoHighestOf = std::numeric_limits<Whole>::max();
static_assert(kNoLowestOf<values::Steps> == values::kNoLowest && kNoHighestOf<values::Steps> == values::kNoHighest);
inline constexpr values::Steps kMostNarrow = kNoHighestOf<Narrow> - 1;

constexpr values::Steps as_steps(Narrow n) {
  if (n == kNoLowestOf<Narrow>) return values::kNoLowest;
  return n == kNoHighestOf<Narrow> ? values::kNoHighest : n;
}
constexpr bool fits_narrow(values::Steps n) {
  return n == values::kNoLowest || n == values::kNoHighest || (n <= kMostNarrow && n >= -kMostNarrow);
}
/// Of steps that fit.
constexpr Narrow as_narrow(values::Steps n) {
  if (n == values::kNoLowest) return kNoLowestOf<Narrow>;
  return n == values::kNoHighest ? kNoHighestOf<Narrow> : static_cast<Narrow>(n);
}

/// Both ends of one value.
template <class Whole>
struct EndsOf {
  Whole lowest = kNoLowestOf<Whole>;
  Whole highest = kNoHighestOf<Whole>;

  friend bool operator==(EndsOf const&, EndsOf const&) = default;
  bool is_exact() const { return (lowest != kNoLowestOf<Whole>)&(lowest != kNoHighestOf<Whole>)&(lowest >= highest); }
};

/// Both ends of many values, none of which that has an end is further from 0 than `limit`: so that what is computed of
/// them is known to fit without a look at each.
struct NarrowEnds {
  std::span<Narrow const> lowest, highest;  ///< `highest` empty: as the lowest
  values::Steps limit = kMostNarrow;
};

}  // namespace waymark::review
