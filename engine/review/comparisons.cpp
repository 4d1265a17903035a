// Conditions over bounds: yes when every pair within the bounds says so, no when none does.
#include <algorithm>

#include "engine/review/list_reader.hpp"
#include "engine/review/state.hpp"

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

// One comparison of two columns of whole steps; the order is fixed outside the loop.
template <Order order>
void compare_steps(Column const& l, Column const& r, Truths& out) {
  auto const l_low = l.lowest();
  auto const l_high = l.highest();
  auto const r_low = r.lowest();
  auto const r_high = r.highest();
  for (std::size_t row = 0; row < out.size(); ++row) {
    out[row] = ordered(order, Bounds{l_low[row], l_high[row]}, Bounds{r_low[row], r_high[row]});
  }
}

void compare_steps(Order order, Column const& l, Column const& r, Truths& out) {
  switch (order) {
    case Order::at_least: return compare_steps<Order::at_least>(l, r, out);
    case Order::at_most: return compare_steps<Order::at_most>(l, r, out);
    case Order::more_than: return compare_steps<Order::more_than>(l, r, out);
    case Order::less_than: return compare_steps<Order::less_than>(l, r, out);
    case Order::equal: return compare_steps<Order::equal>(l, r, out);
    case Order::not_equal: return compare_steps<Order::not_equal>(l, r, out);
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
  Truths out(left.size());
  bool const steps = !left.ratio() && !right.ratio() && node.left_times == 1 && node.right_times == 1;
  if (steps) compare_steps(node.order, left, right, out);
  for (std::size_t row = 0; !steps && row < out.size(); ++row) {
    out[row] =
        ordered(node.order, scaled(left.ratios(row), node.left_times), scaled(right.ratios(row), node.right_times));
  }
  if (left.always_applies() && right.always_applies()) return out;
  for (std::size_t row = 0; row < out.size(); ++row) {
    out[row] = where_applies(both(left.applies(row), right.applies(row)), out[row]);
  }
  return out;
}

Truths Run::State::matches(check::Matches const& node, DomainId in) {
  auto const& subject = value(node.subject, in);
  std::vector<Column const*> options;
  for (auto const option : node.options) options.push_back(&value(option, in));
  Truths out(subject.size());
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
  Truths out(subject.size());
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
  Truths out(subject.size());
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
