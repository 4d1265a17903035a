// Statuses of criteria, and how many of a group stand so.
#include <algorithm>
#include <array>

#include "engine/review/state.hpp"

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

bool enough(Connective connective, std::uint32_t wanted, std::uint32_t yes, std::size_t of) {
  switch (connective) {
    case Connective::all: return yes == of;
    case Connective::any: return yes > 0;
    case Connective::none: return yes == 0;
    case Connective::at_least: return yes >= wanted;
  }
  return false;
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
  Truths items_;
  Truth out_ = 0;
};

}  // namespace

std::vector<Status> const& Run::State::statuses(CriterionId id) {
  auto& kept = statuses_[id];
  if (!kept) {
    auto made = std::make_unique<Kept<std::vector<Status>>>();
    made->faults = faults_of([&] { made->column = compute_statuses(id); });
    statuses_[id] = std::move(made);
  }
  fault(statuses_[id]->faults);
  return statuses_[id]->column;
}

std::optional<Status> Run::State::stated_status(CriterionId id) const {
  for (std::size_t i = 0; stated != nullptr && i < stated->criteria.size(); ++i) {
    if (stated->criteria[i].criterion == id) return stated->criteria[i].status;
  }
  return std::nullopt;
}

std::vector<Status> Run::State::compute_statuses(CriterionId id) {
  if (auto const status = stated_status(id)) return std::vector<Status>(cases(), *status);
  auto const answers = answers_of(id, Mask(cases(), 1));
  std::vector<Status> out;
  for (auto const& one : answers) out.push_back(values::status_of(one.exempt, one.test, one.waived));
  mark_waived(id, answers, out);
  return out;
}

// Where it surely does not apply, nobody asks for the rest.
std::vector<Run::State::Answers> Run::State::answers_of(CriterionId id, Mask const& asked) {
  auto const& criterion = program.criteria[id];
  auto applies = asked;
  Truths const* exempt = criterion.exempt == kNone ? nullptr : &truth_where(criterion.exempt, kCases, asked);
  for (std::size_t i = 0; exempt != nullptr && i < applies.size(); ++i) {
    if ((*exempt)[i] == kYes) applies[i] = 0;
  }
  auto const& test = truth_where(criterion.test, kCases, applies);
  Truths const* waived = criterion.waived == kNone ? nullptr : &truth_where(criterion.waived, kCases, applies);
  std::vector<Answers> out(cases());
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (exempt != nullptr) out[i].exempt = (*exempt)[i];
    out[i].test = criterion.not_met_when ? values::negated(test[i]) : test[i];
    if (waived != nullptr) out[i].waived = (*waived)[i];
  }
  return out;
}

// Whether something is waived is asked of what is on record, also where the thresholds' own values are tried.
std::vector<Status> const& Run::State::statuses_for(grammar::State state, CriterionId id) {
  if (minding_waivers_ == nullptr || state != grammar::State::waived) return statuses(id);
  std::vector<Status> const* out = nullptr;
  fault(minding_waivers_->faults_of([&] { out = &minding_waivers_->statuses(id); }));
  return *out;
}

Truths Run::State::criterion_state(check::CriterionState const& node) {
  Truths out;
  for (auto const status : statuses_for(node.state, node.criterion)) out.push_back(in_state(node.state, status));
  return out;
}

Truths Run::State::group_count(check::GroupCount const& node) {
  auto const& group = program.groups[node.group];
  for (std::size_t i = 0; stated != nullptr && i < stated->groups.size(); ++i) {
    if (stated->groups[i].group != node.group) continue;
    return Truths(cases(), StatedCounts(node, stated->groups[i], group.criteria.size()).truth());
  }
  std::vector<std::vector<Status> const*> of;
  for (auto const criterion : group.criteria) of.push_back(&statuses_for(node.state, criterion));
  Truths out(cases());
  // It is yes or no of every criterion, so that counting is enough.
  if (grammar::asks_what_is_found(node.state) && !of.empty()) {
    Rows yes(cases());
    for (auto const* column : of) {
      for (std::size_t i = 0; i < yes.size(); ++i) yes[i] += in_state(node.state, (*column)[i]) == kYes ? 1U : 0U;
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = values::truth_of(enough(node.connective, node.count, yes[i], of.size()));
    }
    return out;
  }
  Truths items(of.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (std::size_t c = 0; c < of.size(); ++c) items[c] = in_state(node.state, (*of[c])[i]);
    out[i] = connected(node.connective, node.count, items);
  }
  return out;
}

}  // namespace waymark::review
