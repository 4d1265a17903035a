// Arithmetic over bounds, one operator at a time, each occurrence on its own. Exact throughout: whole steps stay below
// 2^53, what is on its way there is counted in 128 bits, and a number that grows past it makes its case not reviewed.
#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include "engine/review/state.hpp"
#include "engine/review/wide.hpp"

namespace waymark::review {
namespace {

constexpr Steps kPercentSteps = 100'000'000;  // a percent in its steps, as a fraction: steps / 10^8
constexpr Steps kMostDays = 3'700'000;        // more than from the year 0 to the year 9999

Steps opposite(Steps a) {
  if (a == values::kNoLowest) return values::kNoHighest;
  return a == values::kNoHighest ? values::kNoLowest : -a;
}
int sign(Steps a) { return a < 0 ? -1 : a > 0 ? 1 : 0; }

// One product of two ends. Without an end on either side it has none, but 0 times anything that is finite is 0.
Ratio product(Steps by, Steps of) {
  if (is_finite(by) && is_finite(of)) return {Int128{by} * of, kPercentSteps};
  auto const way = sign(by) * sign(of);
  if (way == 0) return {0, kPercentSteps};
  return way < 0 ? values::kRatioNoLowest : values::kRatioNoHighest;
}

RatioBounds percent_bounds(Bounds by, Bounds of) {
  Ratio const zero{0, kPercentSteps};
  auto const nothing = [](Bounds bounds) { return bounds.lowest == 0 && bounds.highest == 0; };
  // Whatever the other is, it is a number, and nothing of it, or so much of nothing, is nothing.
  if (nothing(by) || nothing(of)) return {zero, zero};
  std::array const ends = {product(by.lowest, of.lowest), product(by.lowest, of.highest),
                           product(by.highest, of.lowest), product(by.highest, of.highest)};
  RatioBounds out{ends[0], ends[0]};
  for (auto const& end : ends) out = {smaller(out.lowest, end), larger(out.highest, end)};
  return out;
}

Ratio quotient(Steps part, Steps whole) {  // whole > 0, perhaps without end
  if (!is_finite(part)) return values::ratio_of(part);
  if (!is_finite(whole)) return {0, 1};
  return {Int128{part} * kPercentSteps, whole};
}

RatioBounds as_percent_bounds(Bounds part, Bounds whole) {
  if (whole.highest < 0) {
    part = {opposite(part.highest), opposite(part.lowest)};
    whole = {opposite(whole.highest), opposite(whole.lowest)};
  }
  if (whole.lowest <= 0) return {};
  return {quotient(part.lowest, part.lowest >= 0 ? whole.highest : whole.lowest),
          quotient(part.highest, part.highest >= 0 ? whole.lowest : whole.highest)};
}

// One end of a date, moved; nothing when that is no date. `no_end` where the calendar of holidays does not reach so
// far.
std::optional<Steps> moved(Steps days, Steps count, check::DateShift const& shift, values::Calendar const& calendar,
                           Steps no_end) {
  if (!is_finite(days)) return days;
  if (!is_finite(count)) return count;
  if (count > kMostDays || count < -kMostDays) return std::nullopt;
  values::Date const from{static_cast<std::int32_t>(days)};
  auto const by_months = [&](Steps months) -> std::optional<Steps> {
    if (months > kMostDays / 31 || months < -kMostDays / 31) return std::nullopt;
    return values::add_months(from, months).days;
  };
  switch (shift.unit) {
    case values::TermUnit::days: return values::add_days(from, count).days;
    case values::TermUnit::months: return by_months(count);
    case values::TermUnit::years:
    case values::TermUnit::year_kind: return by_months(12 * count);
    case values::TermUnit::working_days: break;
  }
  auto const end = count < 0 ? std::nullopt : values::deadline(from, count, shift.unit, nullptr, calendar);
  return end ? Steps{end->days} : no_end;
}

}  // namespace

std::string Run::State::too_large(ValueId id) const {
  return "The value of `" + program.values[id].text + "` is too large a number to be exact.";
}

std::span<Applies const> Run::State::both_apply(Column const& a, Column const& b) const {
  if (a.always_applies()) return b.applies();
  if (b.always_applies()) return a.applies();
  auto const out = memory.array<Applies>(a.size());
  for (std::size_t row = 0; row < out.size(); ++row) out[row] = both(a.applies(row), b.applies(row));
  return out;
}

namespace {

// One end of a sum or a difference, without an end where a side has none, the left one first of all. A side that is
// alike in all rows stands once. `each` sees what is put and whether both sides have an end.
template <bool minus, bool l_alike, bool r_alike, class Whole, class Each>
WAYMARK_INLINE void add_ends(std::span<Whole const> l, std::span<Whole const> r, Whole* __restrict out,
                             std::size_t rows, Each each) {
  static_assert(~kNoLowestOf<Whole> == kNoHighestOf<Whole>);
  using Signless = std::make_unsigned_t<Whole>;
  auto const signless = [](Whole n) { return static_cast<Signless>(n); };
  auto const l_first = rows == 0 ? Whole{0} : l[0];
  auto const r_first = rows == 0 ? Whole{0} : r[0];
  auto const* const l_each = l.data();
  auto const* const r_each = r.data();
  for (std::size_t row = 0; row < rows; ++row) {
    auto const a = l_alike ? l_first : l_each[row];
    auto const b = r_alike ? r_first : r_each[row];
    auto const both = static_cast<Whole>(minus ? signless(a) - signless(b) : signless(a) + signless(b));
    out[row] = chosen(is_endless(a), a, chosen(is_endless(b), minus ? static_cast<Whole>(~b) : b, both));
    each(both, ~(is_endless(a) | is_endless(b)));
  }
}

template <bool minus, class Whole, class Each>
WAYMARK_INLINE void add_ends(std::span<Whole const> l, std::span<Whole const> r, std::span<Whole> out, Each each) {
  bool const l_alike = l.size() != out.size();
  bool const r_alike = r.size() != out.size();
  if (l_alike && r_alike) return add_ends<minus, true, true>(l, r, out.data(), out.size(), each);
  if (l_alike) return add_ends<minus, true, false>(l, r, out.data(), out.size(), each);
  if (r_alike) return add_ends<minus, false, true>(l, r, out.data(), out.size(), each);
  add_ends<minus, false, false>(l, r, out.data(), out.size(), each);
}

// False where one grows too large.
template <bool minus>
WAYMARK_INLINE bool add_wide(std::span<Steps const> l, std::span<Steps const> r, std::span<Steps> out) {
  Steps some_too_large = 0;
  add_ends<minus>(l, r, out, [&](Steps both, Steps finite) WAYMARK_INLINE_LAMBDA {
    some_too_large |= is_too_large(both) & finite;
  });
  return some_too_large == 0;
}

WAYMARK_WIDE bool sum_ends(std::span<Steps const> l, std::span<Steps const> r, std::span<Steps> out) {
  return add_wide<false>(l, r, out);
}
WAYMARK_WIDE bool difference_ends(std::span<Steps const> l, std::span<Steps const> r, std::span<Steps> out) {
  return add_wide<true>(l, r, out);
}
// Of sides that are known to fit.
WAYMARK_WIDE void sum_ends(std::span<Narrow const> l, std::span<Narrow const> r, std::span<Narrow> out) {
  add_ends<false>(l, r, out, [](Narrow, Narrow) WAYMARK_INLINE_LAMBDA {});
}
WAYMARK_WIDE void difference_ends(std::span<Narrow const> l, std::span<Narrow const> r, std::span<Narrow> out) {
  add_ends<true>(l, r, out, [](Narrow, Narrow) WAYMARK_INLINE_LAMBDA {});
}

// The sum or the difference in 32 bits, where both sides are narrow, or alike in all rows, and it surely fits.
std::optional<Column> narrow_sum(bool minus, Column const& left, Column const& right, Memory& memory) {
  if (!left.narrow() && !right.narrow()) return std::nullopt;
  auto const l = left.is_alike() ? left.narrowed(memory) : left;
  auto const r = right.is_alike() ? right.narrowed(memory) : right;
  if (!l.narrow() || !r.narrow()) return std::nullopt;
  auto const of_l = l.narrow_ends();
  auto const of_r = r.narrow_ends();
  auto const limit = of_l.limit + of_r.limit;
  if (limit > kMostNarrow) return std::nullopt;
  auto const end = [&](std::span<Narrow const> a, std::span<Narrow const> b) {
    auto const out = memory.array<Narrow>(left.size());
    minus ? difference_ends(a, b, out) : sum_ends(a, b, out);
    return out;
  };
  auto const lowest = end(of_l.lowest, minus ? of_r.highest : of_r.lowest);
  bool const exact = l.exact() && r.exact();
  auto const highest = exact ? std::span<Narrow>() : end(of_l.highest, minus ? of_r.lowest : of_r.highest);
  return Column::of(NarrowEnds{lowest, highest, limit});
}

}  // namespace

Column Run::State::sum(ValueId id, check::Sum const& node, DomainId in) {
  auto const& of_left = value(node.left, in);
  auto const& of_right = value(node.right, in);
  if (auto narrow = narrow_sum(node.minus, of_left, of_right, memory)) {
    narrow->set_applies(both_apply(of_left, of_right));
    return *narrow;
  }
  auto const left = of_left.widened(memory);
  auto const right = of_right.widened(memory);
  auto const end = [&](std::span<Steps const> l, std::span<Steps const> r, Steps unknown) {
    auto const out = memory.array<Steps>(left.size());
    if (!(node.minus ? difference_ends(l, r, out) : sum_ends(l, r, out))) keep_exact(out, id, in, unknown);
    return out;
  };
  bool const exact = left.exact() && right.exact();
  auto const lowest = end(left.lowest(), node.minus ? right.highest() : right.lowest(), values::kNoLowest);
  auto const highest = exact ? std::span<Steps>()
                             : end(left.highest(), node.minus ? right.lowest() : right.highest(), values::kNoHighest);
  return Column::of(lowest, highest, both_apply(left, right));
}

void Run::State::keep_exact(std::span<Steps> steps, ValueId id, DomainId in, Steps unknown) {
  for (std::size_t row = 0; row < steps.size(); ++row) {
    if (fits(steps[row])) continue;
    fault(in, row, too_large(id));
    steps[row] = unknown;
  }
}

Column Run::State::times(ValueId id, check::Times const& node, DomainId in) {
  auto const& of = value(node.of, in);
  ColumnBuilder out(memory, of.size(), of.ratio());
  auto const scaled = [&](Ratio r) {
    if (!values::is_finite(r) && node.factor < 0) return Ratio{-r.numerator, 0};
    return values::is_finite(r) ? Ratio{r.numerator * node.factor, r.denominator} : r;
  };
  for (std::size_t row = 0; row < of.size(); ++row) {
    out.set_applies(row, of.applies(row));
    auto const bounds = of.ratios(row);
    auto const low = scaled(bounds.lowest);
    auto const high = scaled(bounds.highest);
    RatioBounds const made{smaller(low, high), larger(low, high)};
    if (of.ratio()) out.set(row, made);
    if (!of.ratio()) out.set(row, whole_steps(made, id, in, row));
  }
  return out.take();
}

namespace {

// A percentage that is the same for all, as in `80 percent of`, gives shares by one rule: nothing has to be multiplied
// in 128 bits, here or where they are compared. Steps stay below 2^53, so that so many times as much stays below 2^62.
std::optional<Share> one_share(Column const& by) {
  constexpr Steps kMostTimes = 512;
  if (!by.is_alike() || by.ratio() || !by.exact()) return std::nullopt;
  auto const steps = by.whole(0).lowest;
  if (!is_finite(steps) || steps <= 0) return std::nullopt;
  auto const common = std::gcd(steps, kPercentSteps);
  if (steps / common > kMostTimes) return std::nullopt;
  return Share{kPercentSteps / common, common};
}

WAYMARK_WIDE void multiply(std::span<Steps const> steps, Steps times, Steps* __restrict out) {
  for (std::size_t row = 0; row < steps.size(); ++row) out[row] = so_many_times(steps[row], times);
}
WAYMARK_WIDE void multiply(std::span<Narrow const> steps, Narrow times, Narrow* __restrict out) {
  for (std::size_t row = 0; row < steps.size(); ++row) out[row] = so_many_times(steps[row], times);
}

// Each as it is stored, so many times: narrow where that surely fits.
Column multiplied(Column const& of, Steps times, Memory& memory) {
  if (times == 1) return of;
  auto const each = [&](auto ends, auto factor) {
    auto const out = memory.array<decltype(factor)>(ends.size());
    multiply(ends, factor, out.data());
    return out;
  };
  if (of.narrow() && of.narrow_ends().limit <= kMostNarrow / times) {
    auto const ends = of.narrow_ends();
    auto const factor = static_cast<Narrow>(times);
    auto const lowest = each(ends.lowest, factor);
    return Column::of(NarrowEnds{lowest, of.exact() ? lowest : each(ends.highest, factor), times * ends.limit});
  }
  auto const wide = of.widened(memory);
  auto const lowest = each(wide.lowest(), times);
  return Column::of(lowest, of.exact() ? lowest : each(wide.highest(), times));
}

}  // namespace

Column Run::State::percent_of(check::PercentOf const& node, DomainId in) {
  auto const& by = value(node.by, in);
  auto const& of = value(node.of, in);
  if (auto const share = one_share(by)) {
    auto out = multiplied(of, by.whole(0).lowest / share->times, memory).as_shares(*share);
    if (of.is_alike() && !out.is_alike()) out = out.alike(of.size());
    out.set_applies(both_apply(by, of));
    return out;
  }
  ColumnBuilder out(memory, by.size(), true);
  for (std::size_t row = 0; row < by.size(); ++row) {
    out.set(row, percent_bounds(by.whole(row), of.whole(row)));
    out.set_applies(row, both(by.applies(row), of.applies(row)));
  }
  return out.take();
}

Column Run::State::as_percent_of(check::AsPercentOf const& node, DomainId in) {
  auto const& part = value(node.part, in);
  auto const& whole = value(node.whole, in);
  ColumnBuilder out(memory, part.size(), true);
  for (std::size_t row = 0; row < part.size(); ++row) {
    out.set(row, as_percent_bounds(part.whole(row), whole.whole(row)));
    out.set_applies(row, both(part.applies(row), whole.applies(row)));
  }
  return out.take();
}

Column Run::State::choose(check::Choose const& node, DomainId in) {
  auto const& left = value(node.left, in);
  auto const& right = value(node.right, in);
  bool const ratio = left.ratio() || right.ratio();
  ColumnBuilder out(memory, left.size(), ratio);
  auto const pick = [&](auto a, auto b) { return node.greater ? larger(a, b) : smaller(a, b); };
  for (std::size_t row = 0; row < left.size(); ++row) {
    if (ratio) {
      auto const a = left.ratios(row);
      auto const b = right.ratios(row);
      out.set(row, RatioBounds{pick(a.lowest, b.lowest), pick(a.highest, b.highest)});
    } else {
      auto const a = left.whole(row);
      auto const b = right.whole(row);
      out.set(row, Bounds{pick(a.lowest, b.lowest), pick(a.highest, b.highest)});
    }
    out.set_applies(row, both(left.applies(row), right.applies(row)));
  }
  return out.take();
}

Column Run::State::rounded(ValueId id, check::Rounded const& node, DomainId in) {
  auto const& of = value(node.of, in);
  auto const nearest = [&](Ratio r) {
    return values::is_finite(r) ? Ratio{values::round_to_nearest(r, node.to), 1} : r;
  };
  ColumnBuilder out(memory, of.size(), false);
  for (std::size_t row = 0; row < of.size(); ++row) {
    auto const bounds = of.ratios(row);
    out.set(row, whole_steps({nearest(bounds.lowest), nearest(bounds.highest)}, id, in, row));
    out.set_applies(row, of.applies(row));
  }
  return out.take();
}

Bounds Run::State::whole_steps(RatioBounds const& bounds, ValueId id, DomainId in, std::size_t row) {
  auto const fits = [](Ratio r) {
    return !values::is_finite(r) || (r.numerator <= values::kMaxSteps && r.numerator >= -values::kMaxSteps);
  };
  if (!fits(bounds.lowest) || !fits(bounds.highest)) {
    fault(in, row, too_large(id));
    return {};
  }
  auto const steps = [](Ratio r) {
    if (values::is_finite(r)) return static_cast<Steps>(r.numerator);
    return r.numerator < 0 ? values::kNoLowest : values::kNoHighest;
  };
  return {steps(bounds.lowest), steps(bounds.highest)};
}

Column Run::State::date_shift(ValueId id, check::DateShift const& node, DomainId in) {
  auto const& date = value(node.date, in);
  auto const& count = value(node.count, in);
  ColumnBuilder out(memory, date.size(), false);
  for (std::size_t row = 0; row < date.size(); ++row) {
    auto const by = count.whole(row);
    auto const low = moved(date.whole(row).lowest, node.minus ? opposite(by.highest) : by.lowest, node,
                           words().calendar, values::kNoLowest);
    auto const high = moved(date.whole(row).highest, node.minus ? opposite(by.lowest) : by.highest, node,
                            words().calendar, values::kNoHighest);
    if (!low || !high) fault(in, row, too_large(id));
    out.set(row, low && high ? Bounds{*low, *high} : Bounds{});
    out.set_applies(row, both(date.applies(row), count.applies(row)));
  }
  return out.take();
}

}  // namespace waymark::review
