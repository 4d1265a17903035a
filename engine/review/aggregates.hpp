// What a total, a number, an average, a median or an end of several parts comes to, bound by bound.
#pragma once

#include <vector>

#include "engine/review/column.hpp"
#include "grammar/syntax.hpp"

namespace waymark::review {

template <class Bound>
struct PartOf {
  Bound lowest, highest;
  bool may_be_missing = false;
};

template <class Bound>
struct PartsOf {
  std::vector<PartOf<Bound>> parts;
  bool and_more = false;  ///< and an unknown number of parts of which nothing is known

  void clear() {
    parts.clear();
    and_more = false;
  }
};
using WholeParts = PartsOf<Steps>;
using RatioParts = PartsOf<Ratio>;

struct Aggregation {
  grammar::Aggregate aggregate = grammar::Aggregate::total;
  bool complete = false;
  bool never_negative = false;  ///< counts and money: as a part of a total each is 0 or more
};

/// `number` counts the parts whatever their bounds.
RatioBounds aggregated(Aggregation const& how, WholeParts const& parts);
/// Of ratios only the highest, the lowest, the median and the number.
RatioBounds aggregated(Aggregation const& how, RatioParts const& parts);

}  // namespace waymark::review
