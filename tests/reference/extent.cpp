// Interval arithmetic with optional ends, written to be read and not to be fast.
#include "tests/reference/extent.hpp"

#include <algorithm>
#include <stdexcept>

namespace waymark::reference {
namespace {

using boost::multiprecision::cpp_int;
using values::kDoesNotApply;
using values::kNo;
using values::kYes;
using values::Truth;

// Among lower ends a missing one is below all others, among upper ends it is above.
End least(End const& a, End const& b) { return a && b ? End(std::min(*a, *b)) : std::nullopt; }
End greatest_of_lowest(End const& a, End const& b) { return a && b ? End(std::max(*a, *b)) : a ? a : b; }
End greatest(End const& a, End const& b) { return a && b ? End(std::max(*a, *b)) : std::nullopt; }
End least_of_highest(End const& a, End const& b) { return a && b ? End(std::min(*a, *b)) : a ? a : b; }

End added(End const& a, End const& b) { return a && b ? End(*a + *b) : std::nullopt; }
End negated(End const& a) { return a ? End(-*a) : std::nullopt; }
Extent negated(Extent const& of) { return {negated(of.highest), negated(of.lowest), of.may_apply, of.may_not_apply}; }

// What is computed from two values applies where both do.
Extent computed(Extent const& left, Extent const& right, End lowest, End highest) {
  if (!left.may_apply || !right.may_apply) return does_not_apply();
  return {std::move(lowest), std::move(highest), true, left.may_not_apply || right.may_not_apply};
}

bool may_be_negative(Extent const& of) { return !of.lowest || *of.lowest < 0; }
bool may_be_positive(Extent const& of) { return !of.highest || *of.highest > 0; }
bool may_be_zero(Extent const& of) { return (!of.lowest || *of.lowest <= 0) && (!of.highest || *of.highest >= 0); }

// An end of a product: minus infinity, a number, or plus infinity.
struct Corner {
  int infinite = 0;
  Number number;
};
Corner corner(End const& end, int infinite) { return end ? Corner{0, *end} : Corner{infinite, 0}; }
int sign(Corner const& c) { return c.infinite != 0 ? c.infinite : c.number.sign(); }
Corner product(Corner const& a, Corner const& b) {
  if (sign(a) == 0 || sign(b) == 0) return {0, 0};
  if (a.infinite != 0 || b.infinite != 0) return {sign(a) * sign(b), 0};
  return {0, a.number * b.number};
}
bool less(Corner const& a, Corner const& b) {
  if (a.infinite != b.infinite) return a.infinite < b.infinite;
  return a.infinite == 0 && a.number < b.number;
}
End end_of(Corner const& c) { return c.infinite == 0 ? End(c.number) : std::nullopt; }

Number nearest(Number const& value, Number const& to) {
  Number const multiples = abs(value) / to + Number(1, 2);
  cpp_int const whole = numerator(multiples) / denominator(multiples);
  Number const magnitude = Number(whole) * to;
  return value < 0 ? Number(-magnitude) : magnitude;
}

}  // namespace

Extent unknown() { return {}; }
Extent exactly(Number const& number) { return {number, number, true, false}; }
Extent between(End lowest, End highest) { return {std::move(lowest), std::move(highest), true, false}; }
Extent does_not_apply() { return {std::nullopt, std::nullopt, false, true}; }

Extent from_steps(values::Steps lowest, values::Steps highest) {
  return between(lowest == values::kNoLowest ? End() : End(Number(lowest)),
                 highest == values::kNoHighest ? End() : End(Number(highest)));
}

bool is_exact(Extent const& extent) {
  return extent.may_apply && !extent.may_not_apply && extent.lowest && extent.highest &&
         *extent.lowest == *extent.highest;
}

Extent sum(Extent const& left, Extent const& right) {
  return computed(left, right, added(left.lowest, right.lowest), added(left.highest, right.highest));
}

Extent difference(Extent const& left, Extent const& right) { return sum(left, negated(right)); }

Extent times(Extent const& of, Number const& factor) {
  return computed(of, of, of.lowest ? End(*of.lowest * factor) : End(), of.highest ? End(*of.highest * factor) : End());
}

Extent percent_of(Extent const& by, Extent const& of) {
  Corner lowest{1, 0};
  Corner highest{-1, 0};
  for (auto const& a : {corner(by.lowest, -1), corner(by.highest, 1)}) {
    for (auto const& b : {corner(of.lowest, -1), corner(of.highest, 1)}) {
      auto const c = product(a, b);
      if (less(c, lowest)) lowest = c;
      if (less(highest, c)) highest = c;
    }
  }
  return times(computed(by, of, end_of(lowest), end_of(highest)), Number(1, 100'000'000));
}

Extent as_percent_of(Extent const& part, Extent const& whole) {
  if (may_be_zero(whole) || (may_be_negative(whole) && may_be_positive(whole))) {
    return computed(part, whole, std::nullopt, std::nullopt);
  }
  if (may_be_negative(whole)) return as_percent_of(negated(part), negated(whole));
  // Both ends of the whole are above zero; divided by what has no end, only zero is left.
  auto const over_highest = [&](Number const& n) { return whole.highest ? End(n / *whole.highest) : End(Number(0)); };
  auto const over_lowest = [&](Number const& n) { return End(n / *whole.lowest); };
  End const lowest = !part.lowest ? End() : *part.lowest >= 0 ? over_highest(*part.lowest) : over_lowest(*part.lowest);
  End const highest = !part.highest        ? End()
                      : *part.highest >= 0 ? over_lowest(*part.highest)
                                           : over_highest(*part.highest);
  return times(computed(part, whole, lowest, highest), Number(100'000'000));
}

Extent greater_of(Extent const& left, Extent const& right) {
  return computed(left, right, greatest_of_lowest(left.lowest, right.lowest), greatest(left.highest, right.highest));
}

Extent lesser_of(Extent const& left, Extent const& right) {
  return computed(left, right, least(left.lowest, right.lowest), least_of_highest(left.highest, right.highest));
}

Extent rounded(Extent const& of, Number const& to) {
  return computed(of, of, of.lowest ? End(nearest(*of.lowest, to)) : End(),
                  of.highest ? End(nearest(*of.highest, to)) : End());
}

Extent either(Extent const& left, Extent const& right) {
  bool const may_not_apply = left.may_not_apply || right.may_not_apply;
  if (!left.may_apply || !right.may_apply) {
    auto out = left.may_apply ? left : right;
    out.may_not_apply = may_not_apply;
    return out;
  }
  return {least(left.lowest, right.lowest), greatest(left.highest, right.highest), true, may_not_apply};
}

namespace {

// Can some number of `a` be at least (more than) some number of `b`?
bool some_at_least(Extent const& a, Extent const& b) { return !a.highest || !b.lowest || *a.highest >= *b.lowest; }
bool some_more(Extent const& a, Extent const& b) { return !a.highest || !b.lowest || *a.highest > *b.lowest; }
bool some_equal(Extent const& a, Extent const& b) { return some_at_least(a, b) && some_at_least(b, a); }
bool some_differ(Extent const& a, Extent const& b) { return some_more(a, b) || some_more(b, a); }

Truth truth_where(bool some_yes, bool some_no) {
  return static_cast<Truth>((some_yes ? kYes : 0) | (some_no ? kNo : 0));
}

Truth compared_where_both_apply(check::Order order, Extent const& left, Extent const& right) {
  switch (order) {
    case check::Order::at_least: return truth_where(some_at_least(left, right), some_more(right, left));
    case check::Order::at_most: return truth_where(some_at_least(right, left), some_more(left, right));
    case check::Order::more_than: return truth_where(some_more(left, right), some_at_least(right, left));
    case check::Order::less_than: return truth_where(some_more(right, left), some_at_least(left, right));
    case check::Order::equal: return truth_where(some_equal(left, right), some_differ(left, right));
    case check::Order::not_equal: return truth_where(some_differ(left, right), some_equal(left, right));
  }
  throw std::logic_error("an order that is none");
}

}  // namespace

Truth compared(check::Order order, Extent const& left, Extent const& right) {
  Truth out = left.may_not_apply || right.may_not_apply ? kDoesNotApply : Truth{0};
  if (left.may_apply && right.may_apply) out |= compared_where_both_apply(order, left, right);
  return out;
}

namespace {

// A part that may not be there adds nothing when it is not.
Extent total(Parts const& parts) {
  auto out = exactly(0);
  for (auto const& part : parts.known) {
    auto const there = between(part.extent.lowest, part.extent.highest);
    out = sum(out, part.sure ? there : either(there, exactly(0)));
  }
  if (parts.more) {
    if (may_be_negative(*parts.more)) out.lowest.reset();
    if (may_be_positive(*parts.more)) out.highest.reset();
  }
  return out;
}

Extent number(Parts const& parts) {
  auto const sure = std::count_if(parts.known.begin(), parts.known.end(), [](Part const& part) { return part.sure; });
  auto const all = parts.known.size();
  return between(Number(sure), parts.more ? End() : End(Number(all)));
}

Extent highest(Parts const& parts) {
  End lowest;
  End highest = End(Number(0));
  bool first = true;
  for (auto const& part : parts.known) {
    if (part.sure) lowest = greatest_of_lowest(lowest, part.extent.lowest);
    highest = first ? part.extent.highest : greatest(highest, part.extent.highest);
    first = false;
  }
  return between(lowest, parts.more ? greatest(highest, parts.more->highest) : highest);
}

Parts mirrored(Parts parts) {
  for (auto& part : parts.known) part.extent = negated(part.extent);
  if (parts.more) parts.more = negated(*parts.more);
  return parts;
}

bool end_less(End const& a, End const& b) { return b && (!a || *a < *b); }  // of lower ends

// The least that `measure` of the lower ends can be, whichever of the unsure parts are there: of so many of them, the
// lowest ones.
template <class Measure>
End least_measure(Parts const& parts, Measure measure) {
  std::vector<End> sure;
  std::vector<End> unsure;
  for (auto const& part : parts.known) (part.sure ? sure : unsure).push_back(part.extent.lowest);
  std::sort(unsure.begin(), unsure.end(), end_less);
  End out = measure(sure);
  for (auto const& end : unsure) {
    sure.push_back(end);
    out = least(out, measure(sure));
  }
  return out;
}

End mean(std::vector<End> const& ends) {
  End out = End(Number(0));
  for (auto const& end : ends) out = added(out, end);
  return out ? End(*out / Number(ends.size())) : End();
}

// Nearest rank: of n the least place that has at least `percentile` of a hundred at or below it. `from_above` counts
// the same place in mirrored numbers.
End at_rank(std::vector<End> ends, std::uint32_t percentile, bool from_above) {
  std::sort(ends.begin(), ends.end(), end_less);
  std::size_t place = 1;
  while (place * 100 < percentile * ends.size()) ++place;
  return ends[from_above ? ends.size() - place : place - 1];
}

template <class Lowest, class Highest>
Extent measured(Parts const& parts, Lowest lowest, Highest mirrored_highest) {
  return between(least_measure(parts, lowest), negated(least_measure(mirrored(parts), mirrored_highest)));
}

bool all_exact(Parts const& parts) {
  return !parts.more && std::all_of(parts.known.begin(), parts.known.end(),
                                    [](Part const& part) { return part.sure && is_exact(part.extent); });
}

}  // namespace

Extent aggregated(grammar::Aggregate aggregate, bool complete, Parts const& parts, std::uint32_t percentile) {
  using grammar::Aggregate;
  if (complete && !all_exact(parts)) return unknown();
  if (aggregate == Aggregate::total) return total(parts);
  if (aggregate == Aggregate::number) return number(parts);
  bool const may_be_empty =
      std::none_of(parts.known.begin(), parts.known.end(), [](Part const& part) { return part.sure; });
  if (may_be_empty) return unknown();
  switch (aggregate) {
    case Aggregate::highest: return highest(parts);
    case Aggregate::lowest: return negated(highest(mirrored(parts)));
    case Aggregate::average: return parts.more ? unknown() : measured(parts, mean, mean);
    case Aggregate::median:
    case Aggregate::percentile: {
      if (parts.more) return unknown();
      auto const rank = aggregate == Aggregate::median ? 50 : percentile;
      return measured(
          parts, [&](auto const& ends) { return at_rank(ends, rank, false); },
          [&](auto const& ends) { return at_rank(ends, rank, true); });
    }
    default: throw std::logic_error("an aggregate that is none");
  }
}

}  // namespace waymark::reference
