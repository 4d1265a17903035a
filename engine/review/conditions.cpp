// Conditions: each is computed for its canonical domain and gathered elsewhere. The plain ones stand here.
#include <algorithm>

#include "engine/review/nodes.hpp"
#include "engine/review/state.hpp"
#include "engine/review/waivers.hpp"

namespace waymark::review {

using check::kNone;
using values::kCannotBeTold;
using values::kDoesNotApply;
using values::kNo;
using values::kYes;

Truths const& Run::State::truth(ConditionId id, DomainId in) {
  if (truths_.size() <= in) truths_.resize(in + 1);
  if (truths_[in].empty()) truths_[in].resize(program.conditions.size());
  if (!truths_[in][id]) {
    auto made = std::make_unique<Kept<Truths>>();
    made->faults = faults_of([&] {
      auto const own = canonical(in, plan.needs_of_condition(id));
      if (own == in) {
        made->column = compute(program.conditions[id], in);
      } else {
        Truths const* truths = nullptr;
        auto const faults = faults_of([&] { truths = &truth(id, own); });
        auto const& rows = *mapping(in, own);
        made->column.resize(rows.size());
        std::transform(rows.begin(), rows.end(), made->column.begin(), [&](auto row) { return (*truths)[row]; });
        fault_where(faults, in, Mask(rows.size(), 1));  // a case without a row here does not ask
      }
    });
    truths_[in][id] = std::move(made);
  }
  fault(truths_[in][id]->faults);
  return truths_[in][id]->column;
}

Truths Run::State::compute(check::Condition const& condition, DomainId in) {
  return std::visit(overloaded{
                        [&](check::Compare const& node) { return compare(node, in); },
                        [&](check::Matches const& node) { return matches(node, in); },
                        [&](check::Within const& node) { return within(node, in); },
                        [&](check::InList const& node) { return in_list(node, in); },
                        [&](check::Holds const& node) { return holds(node, in); },
                        [&](check::CriterionState const& node) { return criterion_state(node); },
                        [&](check::Untold const& node) { return untold(node, in); },
                        [&](check::GroupCount const& node) { return group_count(node); },
                        [&](check::Junction const& node) { return junction(node, in); },
                        [&](check::Quantified const& node) { return quantified(node, in); },
                        [&](check::Windowed const& node) { return windowed(node, in); },
                        [&](check::WaiverInForce const& node) { return waiver_in_force(node); },
                        [&](check::Present const& node) { return present(node); },
                    },
                    condition.node);
}

Truths Run::State::holds(check::Holds const& node, DomainId in) {
  auto const negate = [&](Truth t) { return node.negated ? values::negated(t) : t; };
  auto const* ref = std::get_if<check::FigureRef>(&program.values[node.subject].node);
  if (ref != nullptr && program.figures[ref->figure].yes_when != kNone) {
    auto out = figure_truth(ref->figure, in);
    for (auto& t : out) t = negate(t);
    return out;
  }
  auto const& subject = value(node.subject, in);
  Truths out(subject.size());
  for (std::size_t row = 0; row < out.size(); ++row) {
    auto const bounds = subject.whole(row);
    bool const yes = bounds.lowest <= 1 && bounds.highest >= 1;
    bool const no = bounds.lowest <= 0 && bounds.highest >= 0;
    auto const truth = static_cast<Truth>((yes ? kYes : 0) | (no ? kNo : 0));
    out[row] = negate(where_applies(subject.applies(row), truth));
  }
  return out;
}

// Two-valued. What surely does not apply is told.
Truths Run::State::untold(check::Untold const& node, DomainId in) {
  auto const& subject = value(node.subject, in);
  Truths out(subject.size());
  for (std::size_t row = 0; row < out.size(); ++row) out[row] = values::truth_of(!subject.is_told(row));
  return out;
}

Truths Run::State::junction(check::Junction const& node, DomainId in) {
  std::vector<Truths const*> items;
  for (auto const item : node.items) items.push_back(&truth(item, in));
  Truths out(domain(in).rows);
  std::vector<Truth> row_items(items.size());
  for (std::size_t row = 0; row < out.size(); ++row) {
    for (std::size_t i = 0; i < items.size(); ++i) row_items[i] = (*items[i])[row];
    out[row] = connected(node.connective, node.count, row_items);
  }
  return out;
}

Truths Run::State::waiver_in_force(check::WaiverInForce const& node) {
  auto const& waiver = program.waivers[node.waiver];
  Truths out(cases(), kNo);
  for (std::size_t i = 0; i < out.size() && i < batch->waivers.size(); ++i) {
    out[i] = is_in_force(grants_of(waiver, words().calendar, batch->waivers[i], dates[i]));
  }
  for (std::size_t w = 0; stated != nullptr && w < stated->waivers.size(); ++w) {
    if (stated->waivers[w].waiver == node.waiver) out.assign(out.size(), values::truth_of(stated->waivers[w].in_force));
  }
  for (auto& t : out) t = node.negated ? values::negated(t) : t;
  return out;
}

Truths Run::State::present(check::Present const& node) {
  using Presence = cases::FieldColumn::Presence;
  auto const& presence = batch->facts.fields[node.position].presence;
  Truths out(presence.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto const there = values::kDoesNotApply;
    out[i] = presence[i] == Presence::there  ? there
             : presence[i] == Presence::none ? kNo
                                             : static_cast<Truth>(kNo | there);
  }
  return out;
}

}  // namespace waymark::review
