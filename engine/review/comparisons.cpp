// Conditions over bounds: yes when every pair within the bounds says so, no when none does.
#include <algorithm>
#include <numeric>

#include "engine/review/list_reader.hpp"
#include "engine/review/state.hpp"
#include "engine/review/wide.hpp"

namespace waymark::review {

using check::Order;
using values::kCannotBeTold;
using values::kNo;
using values::kYes;

namespace {

template <class Sides>
Truth ordered(Order order, Sides const& l, Sides const& r) {
  auto const answer = [](bool may_be_yes, bool may_be_no) {
    return static_cast<Truth>((may_be_yes ? kYes : 0) | (may_be_no ? kNo : 0));
  };
  switch (order) {
    case Order::at_least: return answer(!less(l.highest, r.lowest), less(l.lowest, r.highest));
    case Order::at_most: return answer(!less(r.highest, l.lowest), less(r.lowest, l.highest));
    case Order::more_than: return answer(less(r.lowest, l.highest), !less(r.highest, l.lowest));
    case Order::less_than: return answer(less(l.lowest, r.highest), !less(l.highest, r.lowest));
    case Order::equal:
    case Order::not_equal: break;
  }
  bool const may_be_same = !less(l.highest, r.lowest) && !less(r.highest, l.lowest);
  bool const may_differ = less(l.lowest, l.highest) || less(r.lowest, r.highest) || !may_be_same;
  return order == Order::equal ? answer(may_be_same, may_differ) : answer(may_differ, may_be_same);
}

// The ends of a column, one for each row or, where all are alike, the same for each; `scaled`: so many times as large.
template <bool alike, bool scaled>
struct Ends {
  Ends(Column const& of, Steps so_many)
      : lowest(of.lowest().data()), highest(of.highest().data()), first(of.whole(0)), times(so_many) {}
  WAYMARK_INLINE Steps low(std::size_t row) const { return scale(alike ? first.lowest : lowest[row]); }
  WAYMARK_INLINE Steps high(std::size_t row) const { return scale(alike ? first.highest : highest[row]); }
  WAYMARK_INLINE Steps scale(Steps n) const {
    if (!scaled) return n;
    auto const product = static_cast<Steps>(static_cast<std::uint64_t>(n) * static_cast<std::uint64_t>(times));
    return chosen(is_endless(n), n, product);
  }
  Steps const* lowest;
  Steps const* highest;
  Bounds first;
  Steps times;
};

template <class Left, class Right>
WAYMARK_INLINE void at_least(Left l, Right r, Truth* __restrict out, std::size_t rows) {
  for (std::size_t row = 0; row < rows; ++row) {
    auto const yes = l.high(row) >= r.low(row) ? kYes : 0;
    auto const no = l.low(row) < r.high(row) ? kNo : 0;
    out[row] = static_cast<Truth>(yes | no);
  }
}
template <class Left, class Right>
WAYMARK_INLINE void more_than(Left l, Right r, Truth* __restrict out, std::size_t rows) {
  for (std::size_t row = 0; row < rows; ++row) {
    auto const yes = l.high(row) > r.low(row) ? kYes : 0;
    auto const no = l.low(row) <= r.high(row) ? kNo : 0;
    out[row] = static_cast<Truth>(yes | no);
  }
}
template <class Left, class Right>
WAYMARK_INLINE void equal(Left l, Right r, Truth* __restrict out, std::size_t rows) {
  for (std::size_t row = 0; row < rows; ++row) {
    Bounds const a{l.low(row), l.high(row)};
    Bounds const b{r.low(row), r.high(row)};
    bool const same = (a.highest >= b.lowest) & (b.highest >= a.lowest);
    bool const differs = (a.lowest < a.highest) | (b.lowest < b.highest) | !same;
    out[row] = static_cast<Truth>((same ? kYes : 0) | (differs ? kNo : 0));
  }
}

// One comparison of two columns of whole steps; the order is fixed outside the loops.
template <class Left, class Right>
WAYMARK_INLINE void compare_ends(Order order, Left l, Right r, Truth* out, std::size_t rows) {
  switch (order) {
    case Order::at_least: return at_least(l, r, out, rows);
    case Order::at_most: return at_least(r, l, out, rows);
    case Order::more_than: return more_than(l, r, out, rows);
    case Order::less_than: return more_than(r, l, out, rows);
    case Order::equal:
    case Order::not_equal: return equal(l, r, out, rows);
  }
}

// Two columns of which each is taken so many times.
struct Scaled {
  Column const& of;
  Steps times;
};

template <bool l_scaled, bool r_scaled>
WAYMARK_INLINE void compare_steps(Order order, Scaled l, Scaled r, Truth* out, std::size_t rows) {
  if (l.of.is_alike()) {
    compare_ends(order, Ends<true, l_scaled>(l.of, l.times), Ends<false, r_scaled>(r.of, r.times), out, rows);
  } else if (r.of.is_alike()) {
    compare_ends(order, Ends<false, l_scaled>(l.of, l.times), Ends<true, r_scaled>(r.of, r.times), out, rows);
  } else {
    compare_ends(order, Ends<false, l_scaled>(l.of, l.times), Ends<false, r_scaled>(r.of, r.times), out, rows);
  }
}

WAYMARK_WIDE void compare_steps(Order order, Column const& l, Column const& r, Truth* out, std::size_t rows) {
  compare_steps<false, false>(order, {l, 1}, {r, 1}, out, rows);
}
// One of the two as it is, as nearly always: a share of one of them is compared with the other.
WAYMARK_WIDE void compare_scaled(Order order, Scaled l, Column const& r, Truth* out, std::size_t rows) {
  compare_steps<true, false>(order, l, {r, 1}, out, rows);
}
WAYMARK_WIDE void compare_scaled(Order order, Column const& l, Scaled r, Truth* out, std::size_t rows) {
  compare_steps<false, true>(order, {l, 1}, r, out, rows);
}

// Whole steps stay below 2^53: so few times as many fit, without a look at each.
bool surely_fits(Scaled const& side) {
  constexpr Steps kMostTimes = 512;
  return !side.of.ratio() && side.times <= kMostTimes;
}

// Every number so many times as large; false where one grows too large for that.
WAYMARK_WIDE bool multiply(std::span<Steps const> steps, Steps times, Steps* __restrict out) {
  FiniteEnds ends;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto const n = steps[i];
    auto const product = static_cast<Steps>(static_cast<std::uint64_t>(n) * static_cast<std::uint64_t>(times));
    ends.add(n);
    out[i] = chosen(is_endless(n), n, product);
  }
  return ends.within(values::kNoHighest / 2 / times);
}

std::optional<Column> multiplied(Column const& of, Steps times, Memory& memory) {
  if (times == 1) return of;
  auto const end = [&](std::span<Steps const> from) -> std::span<Steps const> {
    auto const out = memory.array<Steps>(from.size());
    return multiply(from, times, out.data()) ? out : std::span<Steps>();
  };
  auto const lowest = end(of.lowest());
  auto const highest = of.exact() ? lowest : end(of.highest());
  if (lowest.empty() || highest.empty()) return std::nullopt;
  auto const out = Column::of(lowest, highest);
  return of.is_alike() ? out.alike(of.size()) : out;
}

// Whether the two are compared as whole numbers, which they are once both are brought to one scale: every share of both
// then is so many of the same part. What grows too large for that is compared as ratios.
bool compare_in_steps(check::Compare const& node, Column const& l, Column const& r, Memory& memory, Truth* out) {
  if (!l.in_steps() || !r.in_steps() || l.size() == 0 || (l.is_alike() && r.is_alike())) return false;
  Steps l_times = 0;
  Steps r_times = 0;
  if (__builtin_mul_overflow(node.left_times, r.share().over, &l_times)) return false;
  if (__builtin_mul_overflow(node.right_times, l.share().over, &r_times)) return false;
  auto const common = std::gcd(l_times, r_times);
  Scaled const l_scaled{l, l_times / common};
  Scaled const r_scaled{r, r_times / common};
  if (l_scaled.times == 1 && r_scaled.times == 1) {
    compare_steps(node.order, l, r, out, l.size());
    return true;
  }
  if (r_scaled.times == 1 && surely_fits(l_scaled)) {
    compare_scaled(node.order, l_scaled, r, out, l.size());
    return true;
  }
  if (l_scaled.times == 1 && surely_fits(r_scaled)) {
    compare_scaled(node.order, l, r_scaled, out, l.size());
    return true;
  }
  auto const left = multiplied(l, l_scaled.times, memory);
  auto const right = multiplied(r, r_scaled.times, memory);
  if (!left || !right) return false;
  compare_steps(node.order, *left, *right, out, l.size());
  return true;
}

// Of one option that is the same for all. There is one value that matches.
WAYMARK_WIDE void match(Column const& subject, Steps option, Truth* __restrict out) {
  auto const lowest = subject.lowest();
  auto const highest = subject.highest();
  for (std::size_t row = 0; row < lowest.size(); ++row) {
    auto const low = lowest[row];
    auto const high = highest[row];
    bool const may = (low <= option) & (option <= high);
    bool const sure = may & (low == high);
    out[row] = static_cast<Truth>((may ? kYes : 0) | (sure ? 0 : kNo));
  }
}

// Units of different decimals: brought to one scale by the denominator where that divides, so that nothing overflows.
Ratio scaled(Ratio r, Steps times) {
  if (times == 1 || !values::is_finite(r)) return r;
  if (r.denominator % times == 0) return {r.numerator, r.denominator / times};
  return {r.numerator * times, r.denominator};
}

RatioBounds scaled(RatioBounds const& bounds, Steps times) {
  return {scaled(bounds.lowest, times), scaled(bounds.highest, times)};
}

Truth one_of(Bounds subject, std::vector<Bounds> const& options) {
  bool may_match = false;
  Steps matched = 0;  // how many of the subject's possible values are an option
  for (auto const& option : options) {
    may_match = may_match || (subject.lowest <= option.highest && option.lowest <= subject.highest);
    bool const exact = option.lowest == option.highest;
    if (exact && subject.lowest <= option.lowest && option.lowest <= subject.highest) ++matched;
  }
  if (!may_match) return kNo;
  bool const finite = is_finite(subject.lowest) && is_finite(subject.highest);
  return finite && matched == subject.highest - subject.lowest + 1 ? kYes : kCannotBeTold;
}

void drop_repetitions(std::vector<Bounds>& options) {
  auto const before = [](Bounds a, Bounds b) {
    return std::pair(a.lowest, a.highest) < std::pair(b.lowest, b.highest);
  };
  auto const same = [](Bounds a, Bounds b) { return a.lowest == b.lowest && a.highest == b.highest; };
  std::sort(options.begin(), options.end(), before);
  options.erase(std::unique(options.begin(), options.end(), same), options.end());
}

}  // namespace

Truths Run::State::compare(check::Compare const& node, DomainId in) {
  auto const& left = value(node.left, in);
  auto const& right = value(node.right, in);
  auto const out = memory.array<Truth>(left.size());
  if (compare_in_steps(node, left, right, memory, out.data())) {
    apply_where(out, both_apply(left, right));
    return node.order == Order::not_equal ? negated(out) : out;
  }
  for (std::size_t row = 0; row < out.size(); ++row) {
    out[row] =
        ordered(node.order, scaled(left.ratios(row), node.left_times), scaled(right.ratios(row), node.right_times));
  }
  apply_where(out, both_apply(left, right));
  return out;
}

std::optional<Steps> Run::State::only_option(check::Matches const& node, DomainId in) {
  if (node.options.size() != 1) return std::nullopt;
  auto const& option = value(node.options.front(), in);
  if (!option.is_alike() || !option.exact() || !option.always_applies()) return std::nullopt;
  return option.lowest().front();
}

Truths Run::State::matches(check::Matches const& node, DomainId in) {
  auto const& subject = value(node.subject, in);
  auto const out = memory.array<Truth>(subject.size());
  if (auto const option = only_option(node, in); option && !subject.is_alike()) {
    match(subject, *option, out.data());
    if (!subject.always_applies()) apply_where(out, subject.applies());
    return node.negated ? negated(out) : out;
  }
  std::vector<Column const*> options;
  for (auto const option : node.options) options.push_back(&value(option, in));
  std::vector<Bounds> bounds;
  for (std::size_t row = 0; row < out.size(); ++row) {
    bounds.clear();
    auto applies = subject.applies(row);
    for (auto const* option : options) {
      bounds.push_back(option->whole(row));
      applies = both(applies, option->applies(row));
    }
    if (bounds.size() > 1) drop_repetitions(bounds);
    auto const truth = one_of(subject.whole(row), bounds);
    out[row] = where_applies(applies, node.negated ? values::negated(truth) : truth);
  }
  return out;
}

bool Run::State::is_within(values::CodeSystem system, Steps code, Steps group) {
  auto const key = (static_cast<std::uint64_t>(code) << 32U) | static_cast<std::uint64_t>(group);
  auto const [at, is_new] = within_.try_emplace(key);
  if (is_new) {
    at->second = values::is_within(system, symbols.text(static_cast<values::Symbol>(code)),
                                   symbols.text(static_cast<values::Symbol>(group)));
  }
  return at->second;
}

Truths Run::State::within(check::Within const& node, DomainId in) {
  auto const& subject = value(node.subject, in);
  auto const& group = value(node.group, in);
  auto const system = program.values[node.subject].type.system;
  auto const out = memory.array<Truth>(subject.size());
  for (std::size_t row = 0; row < out.size(); ++row) {
    auto truth = kCannotBeTold;
    if (subject.is_exact(row) && group.is_exact(row)) {
      truth = values::truth_of(is_within(system, subject.whole(row).lowest, group.whole(row).lowest));
    }
    auto const applies = both(subject.applies(row), group.applies(row));
    out[row] = where_applies(applies, node.negated ? values::negated(truth) : truth);
  }
  return out;
}

Truths Run::State::in_list(check::InList const& node, DomainId in) {
  auto const& subject = value(node.subject, in);
  ListReader const list(*this, node.list, in);
  auto const out = memory.array<Truth>(subject.size());
  for (std::size_t row = 0; row < out.size(); ++row) {
    auto truth = kCannotBeTold;
    if (subject.is_exact(row)) {
      truth = list.holds(row, subject.whole(row).lowest);
    } else if (auto const members = list.at(row); members.lowest.empty() && !members.and_more) {
      truth = kNo;
    }
    out[row] = where_applies(subject.applies(row), node.negated ? values::negated(truth) : truth);
  }
  return out;
}

}  // namespace waymark::review
