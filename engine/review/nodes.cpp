#include "engine/review/nodes.hpp"

#include "engine/check/walk.hpp"

namespace waymark::review {
namespace {

template <class Node>
Children gathered(Node const& node) {
  Children out;
  check::children(
      node, [&](check::ValueId id) { out.values.push_back(id); },
      [&](check::ConditionId id) { out.conditions.push_back(id); });
  return out;
}

}  // namespace

Children children(check::Value const& value) { return gathered(value); }
Children children(check::Condition const& condition) { return gathered(condition); }

}  // namespace waymark::review
