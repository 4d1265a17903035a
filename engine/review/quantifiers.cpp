// Quantifiers over the members of a range.
#include <algorithm>
#include <type_traits>

#include "engine/review/state.hpp"
#include "engine/review/wide.hpp"

namespace waymark::review {

using grammar::Quantifier;
using values::kCannotBeTold;
using values::kDoesNotApply;
using values::kNo;
using values::kYes;

namespace {

Truth over_members(check::Quantified const& node, std::span<Truth const> members) {
  switch (node.quantifier) {
    case Quantifier::any: return values::any_member(members);
    case Quantifier::every: return values::every_member(members);
    case Quantifier::at_least: return values::at_least_members(node.count, members);
    case Quantifier::more_than_half: return values::more_than_half(members);
  }
  return kCannotBeTold;
}

// A member that may not be there is dropped, as one that does not apply is; but when no member is left because none is
// there, the list is empty, and when none is left because none applies, it does not apply.
Truth over_possible_members(check::Quantified const& node, std::span<Truth const> members,
                            std::span<std::uint8_t const> may_be_absent) {
  std::vector<Truth> items(members.begin(), members.end());
  bool all_may_be_absent = true;
  bool all_may_vanish = true;
  bool some_may_not_apply = false;
  for (std::size_t i = 0; i < items.size(); ++i) {
    bool const absent = may_be_absent[i] != 0;
    bool const exempt = values::may_be(items[i], kDoesNotApply);
    all_may_be_absent = all_may_be_absent && absent;
    all_may_vanish = all_may_vanish && (absent || exempt);
    some_may_not_apply = some_may_not_apply || exempt;
    if (absent) items[i] |= kDoesNotApply;
  }
  auto out = static_cast<Truth>(over_members(node, items) & kCannotBeTold);
  if (all_may_be_absent) out |= over_members(node, {});
  if (all_may_vanish && some_may_not_apply) out |= kDoesNotApply;
  return out;
}

// And any number of members, none among them, of which nothing is known but whether the body may not apply: as many as
// could turn the answer. More than the known members are reached by those alone, however many are wanted.
Truth with_more_members(check::Quantified const& node, std::span<Truth const> members,
                        std::span<std::uint8_t const> may_be_absent, bool body_may_not_apply) {
  auto asked = node;
  asked.count = std::min(node.count, static_cast<std::uint32_t>(members.size()) + 1);
  auto const enough = asked.count + members.size() + 1;
  std::vector<Truth> all(members.begin(), members.end());
  std::vector<std::uint8_t> absent(may_be_absent.begin(), may_be_absent.end());
  absent.resize(members.size());
  auto const unknown = static_cast<Truth>(kCannotBeTold | (body_may_not_apply ? kDoesNotApply : 0));
  all.resize(members.size() + enough, unknown);
  absent.resize(all.size(), 1);
  return over_possible_members(asked, all, absent);
}

// values::every_member and values::any_member of a row that has so many members, some at least or none.
template <bool every, class Size>
WAYMARK_INLINE Truth over_all(Truth const* members, Size size) {
  unsigned united = 0;
  unsigned vanishing = kDoesNotApply;
  unsigned passing = kYes;
  for (std::size_t i = 0; i < size; ++i) {
    unsigned const truth = every ? members[i] : values::negated(members[i]);
    united |= truth;
    vanishing &= truth;
    passing &= truth | (truth >> 2U);
  }
  auto const truth = static_cast<Truth>((united & kNo) | vanishing | (united & passing));
  return every ? truth : size == 0 ? kNo : values::negated(truth);
}

template <bool every>
void over_all(Truths body, Rows offsets, std::span<Truth> out) {
  for (std::size_t row = 0; row < out.size(); ++row) {
    out[row] = over_all<every>(body.data() + offsets[row], std::size_t{offsets[row + 1] - offsets[row]});
  }
}

// The entries of a choice, of which there are as many for each row: few are gone through without a loop.
template <bool every, std::size_t entries>
WAYMARK_WIDE void over_entries(Truths body, std::span<Truth> out) {
  auto const* const members = body.data();
  auto* const __restrict to = out.data();
  for (std::size_t row = 0; row < out.size(); ++row) {
    to[row] = over_all<every>(members + entries * row, std::integral_constant<std::size_t, entries>());
  }
}

template <bool every>
bool over_entries(std::size_t entries, Truths body, std::span<Truth> out) {
  switch (entries) {
    case 2: over_entries<every, 2>(body, out); return true;
    case 3: over_entries<every, 3>(body, out); return true;
    case 4: over_entries<every, 4>(body, out); return true;
    case 5: over_entries<every, 5>(body, out); return true;
    case 6: over_entries<every, 6>(body, out); return true;
    case 7: over_entries<every, 7>(body, out); return true;
    case 8: over_entries<every, 8>(body, out); return true;
    default: return false;
  }
}

}  // namespace

Truths Run::State::quantified(check::Quantified const& node, DomainId in) {
  auto const members = child(in, node.range);
  auto const body = truth(node.body, members);
  auto const& inner = domain(members);
  auto const out = memory.array<Truth>(domain(in).rows);
  bool const every = node.quantifier == Quantifier::every;
  if (inner.may_be_absent.empty() && inner.and_more.empty() && (every || node.quantifier == Quantifier::any)) {
    auto const entries = entries_of_each(members, in);
    bool const few = every ? over_entries<true>(entries, body, out) : over_entries<false>(entries, body, out);
    if (!few) every ? over_all<true>(body, inner.offsets, out) : over_all<false>(body, inner.offsets, out);
    return out;
  }
  for (std::size_t row = 0; row < out.size(); ++row) {
    auto const begin = inner.offsets[row];
    auto const size = inner.offsets[row + 1] - begin;
    auto const here = body.subspan(begin, size);
    auto absent = std::span(inner.may_be_absent);
    if (!absent.empty()) absent = absent.subspan(begin, size);
    if (!inner.and_more.empty() && inner.and_more[row] != 0) {
      out[row] = with_more_members(node, here, absent, plan.dependencies.condition_may_not_apply[node.body]);
    } else if (!absent.empty()) {
      out[row] = over_possible_members(node, here, absent);
    } else {
      out[row] = over_members(node, here);
    }
  }
  return out;
}

}  // namespace waymark::review
