// What is known of a value: it lies between two numbers, either of which may be missing, and it may or may not apply.
// Exact rationals without limit, so that this account of arithmetic shares nothing with engine/values.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <optional>
#include <vector>

#include "engine/check/program.hpp"
#include "engine/values/truth.hpp"

namespace waymark::reference {

using Number = boost::multiprecision::cpp_rational;
/// One end of an extent; nothing: without end.
using End = std::optional<Number>;

struct Extent {
  End lowest, highest;
  bool may_apply = true;
  bool may_not_apply = false;
};

/// Applies, and may be anything.
Extent unknown();
Extent exactly(Number const& number);
Extent between(End lowest, End highest);
Extent does_not_apply();
/// Between two steps as the engine's columns hold them, where its two extremes mean that there is no end.
Extent from_steps(values::Steps lowest, values::Steps highest);
/// It surely applies and can be one number only.
bool is_exact(Extent const& extent);

Extent sum(Extent const& left, Extent const& right);
Extent difference(Extent const& left, Extent const& right);
/// `factor` is positive.
Extent times(Extent const& of, Number const& factor);
/// `by` in millionths of a percent.
Extent percent_of(Extent const& by, Extent const& of);
/// In millionths of a percent.
Extent as_percent_of(Extent const& part, Extent const& whole);
Extent greater_of(Extent const& left, Extent const& right);
Extent lesser_of(Extent const& left, Extent const& right);
/// To the nearest multiple of `to`, halves away from zero.
Extent rounded(Extent const& of, Number const& to);
/// One or the other, it cannot be told which.
Extent either(Extent const& left, Extent const& right);

/// Over all pairs of numbers that the two may be.
values::Truth compared(check::Order order, Extent const& left, Extent const& right);

/// One of the numbers over which an aggregate is formed. `sure`: it is surely one of them.
struct Part {
  Extent extent;
  bool sure = true;
};
/// `more`: besides these there may be any number of parts, each within it.
struct Parts {
  std::vector<Part> known;
  std::optional<Extent> more;
};
/// `none` is not for this. Nothing is said of parts that may not be negative: their extents say it.
Extent aggregated(grammar::Aggregate aggregate, bool complete, Parts const& parts, std::uint32_t percentile);

}  // namespace waymark::reference
