// Quantifiers over the members of a range.
#include <algorithm>

#include "engine/review/state.hpp"

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

// values::every_member and values::any_member of each row, without a call for each; false for other quantifiers.
bool over_all(Quantifier quantifier, Truths body, std::span<std::uint32_t const> offsets, std::span<Truth> out) {
  if (quantifier != Quantifier::every && quantifier != Quantifier::any) return false;
  bool const every = quantifier == Quantifier::every;
  for (std::size_t row = 0; row < out.size(); ++row) {
    unsigned united = 0;
    unsigned vanishing = kDoesNotApply;
    unsigned passing = kYes;
    for (auto at = offsets[row]; at < offsets[row + 1]; ++at) {
      unsigned const truth = every ? body[at] : values::negated(body[at]);
      united |= truth;
      vanishing &= truth;
      passing &= truth | (truth >> 2U);
    }
    auto const truth = static_cast<Truth>((united & kNo) | vanishing | (united & passing));
    bool const none = offsets[row] == offsets[row + 1];
    out[row] = every ? truth : none ? kNo : values::negated(truth);
  }
  return true;
}

}  // namespace

Truths Run::State::quantified(check::Quantified const& node, DomainId in) {
  auto const members = child(in, node.range);
  auto const body = truth(node.body, members);
  auto const& inner = domain(members);
  auto const out = memory.array<Truth>(domain(in).rows);
  if (inner.may_be_absent.empty() && inner.and_more.empty() && over_all(node.quantifier, body, inner.offsets, out)) {
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
