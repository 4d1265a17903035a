// Conditions over bounds: yes when every pair within the bounds says so, no when none does.
#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

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

// The ends of one side of a comparison, one for each row or one for all, each taken so many times.
template <class Whole>
struct Side {
  std::span<Whole const> lowest, highest;
  Whole times = 1;
  bool is_alike() const { return lowest.size() == 1; }
};

template <class Whole, bool alike, bool scaled>
struct Ends {
  explicit Ends(Side<Whole> const& of)
      : lowest(of.lowest.data()),
        highest(of.highest.data()),
        first{of.lowest.front(), of.highest.front()},
        times(of.times) {}
  WAYMARK_INLINE Whole low(std::size_t row) const { return scale(alike ? first.lowest : lowest[row]); }
  WAYMARK_INLINE Whole high(std::size_t row) const { return scale(alike ? first.highest : highest[row]); }
  WAYMARK_INLINE Whole scale(Whole n) const { return scaled ? so_many_times(n, times) : n; }
  Whole const* lowest;
  Whole const* highest;
  EndsOf<Whole> first;
  Whole times;
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
    auto const l_low = l.low(row);
    auto const l_high = l.high(row);
    auto const r_low = r.low(row);
    auto const r_high = r.high(row);
    bool const same = (l_high >= r_low) & (r_high >= l_low);
    bool const differs = (l_low < l_high) | (r_low < r_high) | !same;
    out[row] = static_cast<Truth>((same ? kYes : 0) | (differs ? kNo : 0));
  }
}

// One comparison of two columns in steps; the order is fixed outside the loops.
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

template <bool l_scaled, bool r_scaled, class Whole>
WAYMARK_INLINE void compare_sides(Order order, Side<Whole> const& l, Side<Whole> const& r, Truth* out,
                                  std::size_t rows) {
  if (l.is_alike()) {
    compare_ends(order, Ends<Whole, true, l_scaled>(l), Ends<Whole, false, r_scaled>(r), out, rows);
  } else if (r.is_alike()) {
    compare_ends(order, Ends<Whole, false, l_scaled>(l), Ends<Whole, true, r_scaled>(r), out, rows);
  } else {
    compare_ends(order, Ends<Whole, false, l_scaled>(l), Ends<Whole, false, r_scaled>(r), out, rows);
  }
}

// One of the two as it is, as nearly always: a share of one of them is compared with the other.
template <class Whole>
WAYMARK_INLINE void compare_either(Order order, Side<Whole> const& l, Side<Whole> const& r, Truth* out,
                                   std::size_t rows) {
  if (l.times == 1 && r.times == 1) {
    compare_sides<false, false>(order, l, r, out, rows);
  } else if (r.times == 1) {
    compare_sides<true, false>(order, l, r, out, rows);
  } else if (l.times == 1) {
    compare_sides<false, true>(order, l, r, out, rows);
  } else {
    compare_sides<true, true>(order, l, r, out, rows);
  }
}

WAYMARK_WIDE void compare_steps(Order order, Side<Steps> const& l, Side<Steps> const& r, Truth* out, std::size_t rows) {
  compare_either(order, l, r, out, rows);
}
WAYMARK_WIDE void compare_narrow(Order order, Side<Narrow> const& l, Side<Narrow> const& r, Truth* out,
                                 std::size_t rows) {
  compare_either(order, l, r, out, rows);
}

// Two columns of which each is taken so many times.
struct Scaled {
  Column const& of;
  Steps times;
};

// A side in 32 bits, where all that it is taken so many times fits. What is alike in all rows stands in `one`.
std::optional<Side<Narrow>> narrow_side(Scaled const& side, std::array<Narrow, 2>& one) {
  if (side.times > kMostNarrow) return std::nullopt;
  auto const times = static_cast<Narrow>(side.times);
  if (side.of.is_alike()) {
    auto const bounds = side.of.whole(0);
    auto const stays_narrow = [&](Steps n) {
      if (!is_finite(n)) return true;
      Steps product = 0;
      return !__builtin_mul_overflow(n, side.times, &product) && is_finite(product) && fits_narrow(product);
    };
    if (!stays_narrow(bounds.lowest) || !stays_narrow(bounds.highest)) return std::nullopt;
    one = {as_narrow(bounds.lowest), as_narrow(bounds.highest)};
    return Side<Narrow>{{&one[0], 1}, {&one[1], 1}, times};
  }
  if (!side.of.narrow() || side.of.narrow_ends().limit > kMostNarrow / side.times) return std::nullopt;
  return Side<Narrow>{side.of.narrow_ends().lowest, side.of.narrow_ends().highest, times};
}

// A look at each, where it is not known beforehand.
bool fits_so_often(Scaled const& side) {
  constexpr Steps kMostTimes = 512;  // whole steps stay below 2^53
  if (side.times == 1 || (!side.of.ratio() && side.times <= kMostTimes)) return true;
  auto const limit = values::kNoHighest / 2 / side.times;
  return are_within(side.of.lowest(), limit) && (side.of.exact() || are_within(side.of.highest(), limit));
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
  l_times /= common;
  r_times /= common;
  std::array<Narrow, 2> l_one{}, r_one{};
  auto const l_narrow = narrow_side({l, l_times}, l_one);
  auto const r_narrow = narrow_side({r, r_times}, r_one);
  if (l_narrow && r_narrow) {
    compare_narrow(node.order, *l_narrow, *r_narrow, out, l.size());
    return true;
  }
  auto const left = l.widened(memory);
  auto const right = r.widened(memory);
  if (!fits_so_often({left, l_times}) || !fits_so_often({right, r_times})) return false;
  compare_steps(node.order, {left.lowest(), left.highest(), l_times}, {right.lowest(), right.highest(), r_times}, out,
                l.size());
  return true;
}

// Of one option that is the same for all. There is one value that matches.
template <class Whole>
WAYMARK_INLINE void match_ends(std::span<Whole const> lowest, std::span<Whole const> highest, Whole option,
                               Truth* __restrict out) {
  for (std::size_t row = 0; row < lowest.size(); ++row) {
    auto const low = lowest[row];
    auto const high = highest[row];
    bool const may = (low <= option) & (option <= high);
    bool const sure = may & (low == high);
    out[row] = static_cast<Truth>((may ? kYes : 0) | (sure ? 0 : kNo));
  }
}
WAYMARK_WIDE void match(std::span<Steps const> lowest, std::span<Steps const> highest, Steps option, Truth* out) {
  match_ends(lowest, highest, option, out);
}
WAYMARK_WIDE void match(std::span<Narrow const> lowest, std::span<Narrow const> highest, Narrow option, Truth* out) {
  match_ends(lowest, highest, option, out);
}

void match(Column const& subject, Steps option, Memory& memory, Truth* out) {
  if (subject.narrow() && fits_narrow(option)) {
    return match(subject.narrow_ends().lowest, subject.narrow_ends().highest, as_narrow(option), out);
  }
  auto const wide = subject.widened(memory);
  match(wide.lowest(), wide.highest(), option, out);
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
  return option.whole(0).lowest;
}

Truths Run::State::matches(check::Matches const& node, DomainId in) {
  auto const& subject = value(node.subject, in);
  auto const out = memory.array<Truth>(subject.size());
  if (auto const option = only_option(node, in); option && !subject.is_alike()) {
    match(subject, *option, memory, out.data());
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

// Of yes or no: whether it is 1.
Truths Run::State::holds(check::Holds const& node, DomainId in) {
  auto const* ref = std::get_if<check::FigureRef>(&program.values[node.subject].node);
  if (ref != nullptr && program.figures[ref->figure].yes_when != check::kNone) {
    auto const truths = figure_truth(ref->figure, in);
    return node.negated ? negated(truths) : truths;
  }
  auto const& subject = value(node.subject, in);
  auto const out = memory.array<Truth>(subject.size());
  if (!out.empty()) match(subject, 1, memory, out.data());
  if (!out.empty() && subject.is_alike()) std::fill(out.begin(), out.end(), out.front());
  if (!subject.always_applies()) apply_where(out, subject.applies());
  return node.negated ? negated(out) : out;
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
