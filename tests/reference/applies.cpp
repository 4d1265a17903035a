// Whether a condition may not apply, read off what it names: asked of the members of a list that is missing, of whom
// nothing else can be told.
#include <algorithm>

#include "engine/review/nodes.hpp"
#include "tests/reference/interpreter.hpp"

namespace waymark::reference {

using check::kNone;

bool Interpreter::value_may_not_apply(check::ValueId id) const {
  auto const of = [&](check::ValueId value) { return value_may_not_apply(value); };
  auto const& node = program_.values[id].node;
  if (auto const* n = std::get_if<check::FigureRef>(&node)) {
    auto const& figure = program_.figures[n->figure];
    return figure.exempt != kNone || (figure.yes_when != kNone && may_not_apply(figure.yes_when)) ||
           std::any_of(figure.cases.begin(), figure.cases.end(), [&](auto const& each) { return of(each.value); }) ||
           (figure.fallback && of(figure.fallback->value));
  }
  if (auto const* n = std::get_if<check::ThresholdRef>(&node)) {
    auto const& threshold = program_.thresholds[n->threshold];
    return (threshold.by != kNone && of(threshold.by)) || (threshold.dated_by != kNone && of(threshold.dated_by)) ||
           std::any_of(threshold.rows.begin(), threshold.rows.end(), [&](auto const& row) { return of(row.value); });
  }
  auto const below = review::children(program_.values[id]).values;
  return std::any_of(below.begin(), below.end(), of);
}

bool Interpreter::may_not_apply(check::ConditionId id) const {
  auto const& condition = program_.conditions[id];
  if (std::holds_alternative<check::Untold>(condition.node)) return false;
  if (std::holds_alternative<check::GroupCount>(condition.node)) return true;
  if (std::holds_alternative<check::CriterionState>(condition.node)) return true;
  if (std::holds_alternative<check::Present>(condition.node)) return true;
  if (auto const* n = std::get_if<check::Junction>(&condition.node)) {
    return std::all_of(n->items.begin(), n->items.end(), [&](auto item) { return may_not_apply(item); });
  }
  if (auto const* n = std::get_if<check::Windowed>(&condition.node)) {
    return n->after != kNone && value_may_not_apply(n->after);
  }
  if (auto const* n = std::get_if<check::Quantified>(&condition.node)) {
    return n->quantifier == grammar::Quantifier::every || may_not_apply(n->body);
  }
  auto const below = review::children(condition);
  return std::any_of(below.values.begin(), below.values.end(),
                     [&](auto value) { return value_may_not_apply(value); }) ||
         std::any_of(below.conditions.begin(), below.conditions.end(), [&](auto item) { return may_not_apply(item); });
}

}  // namespace waymark::reference
