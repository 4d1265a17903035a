// Looks through the lists by which the checker guards conditions on nested records.
#include "engine/explain/guard.hpp"

namespace waymark::explain {

check::ConditionId unguarded(Subject const& subject, check::ConditionId id, Spot const& spot) {
  auto const& conditions = subject.program.conditions;
  auto const* list = std::get_if<check::Junction>(&conditions[id].node);
  if (list == nullptr || list->items.size() < 2 ||
      !std::holds_alternative<check::Present>(conditions[list->items[0]].node)) {
    return id;
  }
  if (conditions[list->items.back()].text != conditions[id].text) return id;
  for (auto const item : list->items) {
    if (subject.run.truth(item, spot.frame()) != values::kDoesNotApply) return item;
  }
  return list->items.back();
}

}  // namespace waymark::explain
