// Conditions: each is computed for its canonical domain and gathered elsewhere. The plain ones stand here.
#include <algorithm>

#include "engine/check/walk.hpp"
#include "engine/review/state.hpp"
#include "engine/review/waivers.hpp"

namespace waymark::review {

using check::kNone;
using values::kCannotBeTold;
using values::kDoesNotApply;
using values::kNo;
using values::kYes;

Truths Run::State::truth(ConditionId id, DomainId in) {
  return kept(truths_, in, id, program.conditions.size(), [&](Truths& out) {
    auto const own = canonical(in, plan.needs_of_condition(id));
    if (own == in) {
      out = compute(program.conditions[id], in);
      return;
    }
    auto const faults = faults_of([&] { out = picked(truth(id, own), *mapping(in, own)); });
    fault_where(faults, in, [](std::size_t) { return true; });  // a case without a row here does not ask
  });
}

Truths Run::State::compute(check::Condition const& condition, DomainId in) {
  return std::visit(check::Overloaded{
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

Truths Run::State::negated(Truths truths) const {
  auto const out = memory.array<Truth>(truths.size());
  for (std::size_t row = 0; row < out.size(); ++row) out[row] = values::negated(truths[row]);
  return out;
}

void Run::State::apply_where(std::span<Truth> truths, std::span<Applies const> applies) {
  for (std::size_t row = 0; row < applies.size(); ++row) truths[row] = where_applies(applies[row], truths[row]);
}

// Two-valued. What surely does not apply is told.
Truths Run::State::untold(check::Untold const& node, DomainId in) {
  auto const& subject = value(node.subject, in);
  auto const out = memory.array<Truth>(subject.size());
  for (std::size_t row = 0; row < out.size(); ++row) out[row] = values::truth_of(!subject.is_told(row));
  return out;
}

Truths Run::State::waiver_in_force(check::WaiverInForce const& node) {
  auto const& waiver = program.waivers[node.waiver];
  auto const out = memory.filled(cases(), kNo);
  for (std::size_t i = 0; i < out.size() && i < batch->waivers.size(); ++i) {
    out[i] = is_in_force(grants_of(waiver, words().calendar, batch->waivers[i], dates[i]));
  }
  for (std::size_t w = 0; stated != nullptr && w < stated->waivers.size(); ++w) {
    if (stated->waivers[w].waiver != node.waiver) continue;
    std::fill(out.begin(), out.end(), values::truth_of(stated->waivers[w].in_force));
  }
  return node.negated ? negated(out) : out;
}

Truths Run::State::present(check::Present const& node) {
  using Presence = cases::FieldColumn::Presence;
  auto const& presence = batch->facts.fields[node.position].presence;
  auto const out = memory.array<Truth>(presence.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto const there = values::kDoesNotApply;
    out[i] = presence[i] == Presence::there  ? there
             : presence[i] == Presence::none ? kNo
                                             : static_cast<Truth>(kNo | there);
  }
  return out;
}

}  // namespace waymark::review
