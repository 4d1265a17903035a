// Statuses of criteria, and how many of a group stand so.
#include <algorithm>
#include <array>
#include <tuple>

#include "engine/review/state.hpp"
#include "engine/review/wide.hpp"

namespace waymark::review {

using check::kNone;
using grammar::Connective;
using grammar::State;
using values::kNo;
using values::kYes;
using values::Status;

namespace {

Truth in_state(State state, Status status) {
  switch (state) {
    case State::met: return values::is_met(status);
    case State::not_met: return values::is_not_met(status);
    case State::found_met: return values::is_found_met(status);
    case State::found_not_met: return values::is_found_not_met(status);
    case State::cannot_be_told: return values::is_untold(status);
    case State::waived: return values::is_waived(status);
  }
  return kNo;
}

constexpr Status kUntoldStatus = values::kMet | values::kNotMet;

// Every way of dealing out what a statement about a group leaves open among the states of which it does not speak.
class StatedCounts {
 public:
  StatedCounts(check::GroupCount const& node, check::Example::StatedGroup const& group, std::size_t size)
      : node_(node), given_{group.met, group.not_met, group.untold, group.not_applying}, left_(size) {
    for (auto const& count : given_) left_ -= std::min<std::size_t>(left_, count.value_or(0));
  }

  Truth truth() {
    deal(0, left_);
    return out_;
  }

 private:
  static constexpr std::array<Status, 4> kStates = {values::kMet, values::kNotMet, kUntoldStatus, values::kNoCriterion};

  void deal(std::size_t state, std::size_t left) {
    if (state == kStates.size()) {
      bool const all_given = std::all_of(given_.begin(), given_.end(), [](auto const& g) { return g.has_value(); });
      if (left == 0 || all_given) out_ |= connected(node_.connective, node_.count, items_);
      return;
    }
    auto const kept = items_.size();
    auto const item = in_state(node_.state, kStates[state]);
    auto const least = std::size_t{given_[state].value_or(0)};
    auto const most = given_[state] ? least : left;
    for (auto count = least; count <= most; ++count) {
      items_.resize(kept + count, item);
      deal(state + 1, given_[state] ? left : left - count);
    }
    items_.resize(kept);
  }

  check::GroupCount const& node_;
  std::array<std::optional<std::uint32_t>, 4> given_;
  std::size_t left_;
  std::vector<Truth> items_;
  Truth out_ = 0;
};

}  // namespace

std::span<Status const> Run::State::statuses(CriterionId id) {
  return kept(statuses_, kCases, id, program.criteria.size(),
              [&](std::span<Status const>& out) { out = compute_statuses(id); });
}

std::optional<Status> Run::State::stated_status(CriterionId id) const {
  for (std::size_t i = 0; stated != nullptr && i < stated->criteria.size(); ++i) {
    if (stated->criteria[i].criterion == id) return stated->criteria[i].status;
  }
  return std::nullopt;
}

std::span<Status const> Run::State::compute_statuses(CriterionId id) {
  if (auto const status = stated_status(id)) return memory.filled(cases(), *status);
  auto const answers = answers_of(id, {});
  // Of the test alone the status is the truth itself, bit by bit: met as yes, not met as no.
  static_assert(values::kMet == kYes && values::kNotMet == kNo && values::kNoCriterion == values::kDoesNotApply);
  bool const by_test = answers.exempt.truths.empty() && answers.waived.truths.empty();
  if (by_test && plan.dependencies.waivable_of_criterion[id].empty()) return answers.test.truths;
  auto const out = memory.array<Status>(cases());
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = values::status_of(answers.exempt[i], answers.test[i], answers.waived[i]);
  }
  mark_waived(id, answers, out);
  return out;
}

// Where it surely does not apply, nobody asks for the rest.
Run::State::Answers Run::State::answers_of(CriterionId id, Mask asked) {
  auto const& criterion = program.criteria[id];
  Answers out;
  if (criterion.exempt != kNone) out.exempt.truths = truth_where(criterion.exempt, kCases, asked);
  auto const applies = [&](std::size_t i) { return asked[i] && out.exempt[i] != kYes; };
  out.test.truths = truth_where(criterion.test, kCases, applies);
  if (criterion.not_met_when) out.test.truths = negated(out.test.truths);
  if (criterion.waived != kNone) out.waived.truths = truth_where(criterion.waived, kCases, applies);
  return out;
}

// Whether something is waived is asked of what is on record, also where the thresholds' own values are tried.
std::span<Status const> Run::State::statuses_for(grammar::State state, CriterionId id) {
  if (minding_waivers_ == nullptr || state != grammar::State::waived) return statuses(id);
  std::span<Status const> out;
  fault(minding_waivers_->faults_of([&] { out = minding_waivers_->statuses(id); }));
  return out;
}

namespace {

// Of every status, in its own bits, what it is in a state: a column of statuses is then looked up without a branch.
constexpr std::size_t kStatesOfOne = static_cast<std::size_t>(State::waived) + 1;
using InState = std::array<Truth, 16>;
InState in_state(State state) {
  InState out{};
  for (Status status = 1; status < out.size(); ++status) out[status] = in_state(state, status);
  return out;
}

// Statuses that are a yes, a few at a time; a free place repeats one that is there.
constexpr std::size_t kWantedAtOnce = 4;
using Wanted = std::array<Status, kWantedAtOnce>;
struct AllWanted {
  std::array<Wanted, std::tuple_size_v<InState> / kWantedAtOnce> by_few;
  std::size_t count = 0;  // of statuses
  std::span<Wanted const> all() const { return std::span(by_few).first((count + kWantedAtOnce - 1) / kWantedAtOnce); }
};
AllWanted wanted_of(InState const& truth_of) {
  AllWanted out;
  for (Status status = 0; status < truth_of.size(); ++status) {
    if (truth_of[status] != kYes) continue;
    auto& few = out.by_few[out.count / kWantedAtOnce];
    if (out.count % kWantedAtOnce == 0) few.fill(status);
    few[out.count % kWantedAtOnce] = status;
    ++out.count;
  }
  return out;
}

WAYMARK_WIDE void add_those(std::span<Status const> statuses, Wanted wanted, std::uint8_t* __restrict counts) {
  auto const [a, b, c, d] = wanted;
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    auto const status = statuses[i];
    bool const is = (status == a) | (status == b) | (status == c) | (status == d);
    counts[i] = static_cast<std::uint8_t>(counts[i] + (is ? 1 : 0));
  }
}

WAYMARK_WIDE void at_least(std::span<std::uint8_t const> counts, std::uint8_t least, Truth* __restrict out) {
  for (std::size_t i = 0; i < counts.size(); ++i) out[i] = counts[i] >= least ? kYes : kNo;
}

// How many of so many criteria are enough for a yes; for `none`, for a no.
std::size_t least_of(Connective connective, std::size_t wanted, std::size_t of) {
  switch (connective) {
    case Connective::all: return of;
    case Connective::any:
    case Connective::none: return 1;
    case Connective::at_least: return wanted;
  }
  return wanted;
}

}  // namespace

Truths Run::State::criterion_state(check::CriterionState const& node) {
  auto const of = statuses_for(node.state, node.criterion);
  auto const out = memory.array<Truth>(of.size());
  auto const truth_of = in_state(node.state);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = truth_of[of[i]];
  return out;
}

Run::State::Counts Run::State::count_in_state(check::GroupId id, grammar::State state) {
  auto const& group = program.groups[id];
  return kept(counts_, kCases, id * kStatesOfOne + static_cast<std::size_t>(state),
              program.groups.size() * kStatesOfOne, [&](Counts& out) {
                auto const wanted = wanted_of(in_state(state));
                auto const counts = memory.filled(cases(), std::uint8_t{0});
                for (auto const criterion : group.criteria) {
                  auto const of = statuses_for(state, criterion);
                  for (auto const& few : wanted.all()) add_those(of, few, counts.data());
                }
                out = counts;
              });
}

Truths Run::State::group_count(check::GroupCount const& node) {
  auto const& group = program.groups[node.group];
  for (std::size_t i = 0; stated != nullptr && i < stated->groups.size(); ++i) {
    if (stated->groups[i].group != node.group) continue;
    return memory.filled(cases(), StatedCounts(node, stated->groups[i], group.criteria.size()).truth());
  }
  auto const size = group.criteria.size();
  auto const out = memory.array<Truth>(cases());
  // It is yes or no of every criterion, so that counting is enough.
  if (grammar::asks_what_is_found(node.state) && size > 0 && size <= kMostCounted) {
    auto const yes = count_in_state(node.group, node.state);
    auto const least = least_of(node.connective, node.count, size);
    if (least > size) return memory.filled(cases(), kNo);
    at_least(yes, static_cast<std::uint8_t>(least), out.data());
    return node.connective == Connective::none ? negated(out) : Truths(out);
  }
  auto const of = memory.array<std::span<Status const>>(size);
  for (std::size_t c = 0; c < size; ++c) of[c] = statuses_for(node.state, group.criteria[c]);
  auto const truth_of = in_state(node.state);
  auto const items = memory.array<Truth>(size);
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (std::size_t c = 0; c < size; ++c) items[c] = truth_of[of[c][i]];
    out[i] = connected(node.connective, node.count, items);
  }
  return out;
}

}  // namespace waymark::review
