// The plain rules, asked for every choice.
#include "tests/reference/possible.hpp"

#include <algorithm>

#include <set>
#include <stdexcept>

namespace waymark::reference {
namespace {

using values::kDoesNotApply;
using values::kMet;
using values::kNo;
using values::kNoCriterion;
using values::kNotMet;
using values::kWaived;
using values::kYes;

/// One choice: how many items are there, and how many of them are yes and no; the others do not apply.
struct Choice {
  std::uint32_t there = 0, yes = 0, no = 0;
  friend auto operator<=>(Choice const&, Choice const&) = default;
};

std::set<Choice> every_choice(std::vector<MemberTruth> const& members) {
  std::set<Choice> choices = {Choice()};
  for (auto const& member : members) {
    std::set<Choice> next;
    for (auto const& choice : choices) {
      if (member.may_be_absent) next.insert(choice);
      if ((member.truth & kYes) != 0) next.insert({choice.there + 1, choice.yes + 1, choice.no});
      if ((member.truth & kNo) != 0) next.insert({choice.there + 1, choice.yes, choice.no + 1});
      if ((member.truth & kDoesNotApply) != 0) next.insert({choice.there + 1, choice.yes, choice.no});
    }
    choices = std::move(next);
  }
  return choices;
}

Truth plain(bool yes) { return yes ? kYes : kNo; }

Truth junction_of(grammar::Connective connective, std::uint32_t count, Choice const& choice) {
  if (choice.yes + choice.no == 0) return kDoesNotApply;
  switch (connective) {
    case grammar::Connective::all: return plain(choice.no == 0);
    case grammar::Connective::any: return plain(choice.yes > 0);
    case grammar::Connective::none: return plain(choice.yes == 0);
    case grammar::Connective::at_least: return plain(choice.yes >= count);
  }
  throw std::logic_error("a connective that is none");
}

Truth of_no_members(grammar::Quantifier quantifier, std::uint32_t count) {
  switch (quantifier) {
    case grammar::Quantifier::any: return kNo;
    case grammar::Quantifier::every: return kDoesNotApply;
    case grammar::Quantifier::at_least: return plain(count == 0);
    case grammar::Quantifier::more_than_half: return kNo;
  }
  throw std::logic_error("a quantifier that is none");
}

Truth quantified_of(grammar::Quantifier quantifier, std::uint32_t count, Choice const& choice) {
  if (choice.there == 0) return of_no_members(quantifier, count);
  if (choice.yes + choice.no == 0) return kDoesNotApply;
  switch (quantifier) {
    case grammar::Quantifier::any: return plain(choice.yes > 0);
    case grammar::Quantifier::every: return plain(choice.no == 0);
    case grammar::Quantifier::at_least: return plain(choice.yes >= count);
    case grammar::Quantifier::more_than_half: return plain(choice.yes > choice.no);
  }
  throw std::logic_error("a quantifier that is none");
}

std::vector<Truth> each_of(Truth truth) {
  std::vector<Truth> out;
  for (auto const one : {kYes, kNo, kDoesNotApply}) {
    if ((truth & one) != 0) out.push_back(one);
  }
  return out;
}

// First whether it applies, then the test, then the waiver.
Status plain_status(Truth exempt, Truth test, Truth waiver) {
  if (exempt == kYes) return kNoCriterion;
  if (test == kDoesNotApply) return kNoCriterion;
  if (test == kYes) return kMet;
  return waiver == kYes ? kWaived : kNotMet;
}

Truth plain_state(Status possible, grammar::State state) {
  switch (state) {
    case grammar::State::met:
      return possible == kNoCriterion ? kDoesNotApply : plain(possible == kMet || possible == kWaived);
    case grammar::State::not_met: return possible == kNoCriterion ? kDoesNotApply : plain(possible == kNotMet);
    case grammar::State::waived: return possible == kNoCriterion ? kDoesNotApply : plain(possible == kWaived);
    default: throw std::logic_error("a state that is asked of all possibilities at once");
  }
}

}  // namespace

Truth opposite(Truth truth) {
  Truth out = truth & kDoesNotApply;
  if ((truth & kYes) != 0) out |= kNo;
  if ((truth & kNo) != 0) out |= kYes;
  return out;
}

Truth junction(grammar::Connective connective, std::uint32_t count, std::vector<Truth> const& items) {
  std::vector<MemberTruth> members;
  for (auto const item : items) members.push_back({item, false});
  Truth out = 0;
  for (auto const& choice : every_choice(members)) out |= junction_of(connective, count, choice);
  return out;
}

Truth quantified(grammar::Quantifier quantifier, std::uint32_t count, std::vector<MemberTruth> const& members) {
  Truth out = 0;
  for (auto const& choice : every_choice(members)) out |= quantified_of(quantifier, count, choice);
  return out;
}

Truth some_hold(std::vector<Truth> const& items) {
  std::vector<MemberTruth> members;
  for (auto const item : items) members.push_back({item, false});
  Truth out = 0;
  for (auto const& choice : every_choice(members)) out |= plain(choice.yes > 0);
  return out;
}

Status status(Truth exempt, Truth test, Truth waiver) {
  Status out = 0;
  for (auto const e : each_of(exempt)) {
    for (auto const t : each_of(test)) {
      for (auto const w : each_of(waiver)) out |= plain_status(e, t, w);
    }
  }
  return out;
}

// One possibility of each, the worst last; the waiver takes nothing away, and what it adds to passing is waived.
Status helped(Truth own_exempt, Status own, Truth exempt, Status with) {
  auto const possible = [](Truth truth, Status status) {
    std::vector<Status> out;
    if ((truth & kYes) != 0) out.push_back(kNoCriterion);
    for (auto const one : {kMet, kWaived, kNoCriterion, kNotMet}) {
      if ((truth & ~kYes) != 0 && (status & one) != 0) out.push_back(one);
    }
    return out;
  };
  auto const pass = [](Status one) { return one == kMet || one == kWaived; };
  auto const one_of = [&](Status before, Status after) {
    if (before == kMet) return kMet;
    if (pass(before) || pass(after)) return kWaived;
    return before == kNoCriterion ? before : after;
  };
  auto const all_of = [&](Truth before, Truth after) {
    Status out = 0;
    for (auto const b : possible(before, own)) {
      for (auto const a : possible(after, with)) out |= one_of(b, a);
    }
    return out;
  };
  if (own_exempt != exempt) return all_of(own_exempt, exempt);
  Status out = 0;  // it applies with the waiver as without it
  for (auto const one : each_of(exempt)) out |= all_of(one, one);
  return out;
}

Truth state_of(Status status, grammar::State state) {
  std::vector<Status> possible;
  for (auto const one : {kMet, kWaived, kNotMet, kNoCriterion}) {
    if ((status & one) != 0) possible.push_back(one);
  }
  // Met and waived count as one.
  bool const counts =
      std::all_of(possible.begin(), possible.end(), [](Status one) { return one == kMet || one == kWaived; });
  bool const told = possible.size() == 1 || counts;
  switch (state) {
    case grammar::State::found_met: return plain(counts);
    case grammar::State::found_not_met: return plain(told && possible.front() == kNotMet);
    case grammar::State::cannot_be_told: return plain(!told);
    default: break;
  }
  Truth out = 0;
  for (auto const one : possible) out |= plain_state(one, state);
  return out;
}

}  // namespace waymark::reference
