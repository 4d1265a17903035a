// What a total, a number, an average, a percentile or an end of several parts comes to, bound by bound.
#pragma once

#include <vector>

#include "engine/review/column.hpp"
#include "grammar/syntax.hpp"

namespace waymark::review {

inline Steps lowest_end(Steps /*of_kind*/) { return values::kNoLowest; }
inline Ratio lowest_end(Ratio /*of_kind*/) { return values::kRatioNoLowest; }
inline Steps highest_end(Steps /*of_kind*/) { return values::kNoHighest; }
inline Ratio highest_end(Ratio /*of_kind*/) { return values::kRatioNoHighest; }

template <class Bound>
struct PartOf {
  Bound lowest = lowest_end(Bound());
  Bound highest = highest_end(Bound());
  bool may_be_missing = false;
};

template <class Bound>
struct PartsOf {
  std::vector<PartOf<Bound>> parts;
  bool and_more = false;  ///< and any number of parts of which no more is known than `further`
  PartOf<Bound> further = {};

  void clear() {
    parts.clear();
    and_more = false;
  }
};
using WholeParts = PartsOf<Steps>;
using RatioParts = PartsOf<Ratio>;

/// Aggregates of cells that are met one after the other, and nothing of them kept but their ends.
inline bool is_met_in_passing(grammar::Aggregate aggregate) {
  using grammar::Aggregate;
  return aggregate == Aggregate::none || aggregate == Aggregate::highest || aggregate == Aggregate::lowest ||
         aggregate == Aggregate::total;
}

struct Aggregation {
  grammar::Aggregate aggregate = grammar::Aggregate::total;
  bool complete = false;
  bool never_negative = false;  ///< counts and money: as a part of a total each is 0 or more
  std::uint32_t percentile = 50;

  friend bool operator==(Aggregation const&, Aggregation const&) = default;
};

/// `number` counts the parts whatever their bounds.
RatioBounds aggregated(Aggregation const& how, WholeParts const& parts);
/// Of ratios only the highest, the lowest, the median, a percentile and the number.
RatioBounds aggregated(Aggregation const& how, RatioParts const& parts);

}  // namespace waymark::review
