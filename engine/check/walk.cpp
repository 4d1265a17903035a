// One place that knows what stands below each kind of node.
#include "engine/check/walk.hpp"

namespace waymark::check {
namespace {

using OnValue = std::function<void(ValueId)>;
using OnCondition = std::function<void(ConditionId)>;

struct ValueChildren {
  OnValue const& value;
  OnCondition const& condition;

  void operator()(Constant const&) const {}
  void operator()(Fact const&) const {}
  void operator()(Member const&) const {}
  void operator()(RowKey const&) const {}
  void operator()(RowColumn const&) const {}
  void operator()(FigureRef const&) const {}
  void operator()(ThresholdRef const&) const {}
  void operator()(ReviewDate const&) const {}
  void operator()(RunningYear const&) const {}
  void operator()(Sum const& n) const { both(n.left, n.right); }
  void operator()(DateShift const& n) const { both(n.date, n.count); }
  void operator()(Times const& n) const { value(n.of); }
  void operator()(PercentOf const& n) const { both(n.by, n.of); }
  void operator()(AsPercentOf const& n) const { both(n.part, n.whole); }
  void operator()(Choose const& n) const { both(n.left, n.right); }
  void operator()(Rounded const& n) const { value(n.of); }
  void operator()(InYear const& n) const { both(n.of, n.year); }
  void operator()(SourceLookup const& n) const {
    for (auto const& key : n.keys) {
      if (key.value != kNone) value(key.value);
    }
    for (auto const& filter : n.where) condition(filter.test);
  }
  void operator()(ListAggregate const& n) const {
    if (n.of != kNone) value(n.of);
    for (auto const filter : n.where) condition(filter);
  }
  void operator()(YearsAggregate const& n) const { value(n.of); }

  void both(ValueId a, ValueId b) const {
    value(a);
    value(b);
  }
};

struct ConditionChildren {
  OnValue const& value;
  OnCondition const& condition;

  void operator()(Compare const& n) const {
    value(n.left);
    value(n.right);
  }
  void operator()(Matches const& n) const {
    value(n.subject);
    for (auto const option : n.options) value(option);
  }
  void operator()(Within const& n) const {
    value(n.subject);
    value(n.group);
  }
  void operator()(InList const& n) const { value(n.subject); }
  void operator()(Holds const& n) const { value(n.subject); }
  void operator()(CriterionState const&) const {}
  void operator()(Untold const& n) const { value(n.subject); }
  void operator()(GroupCount const&) const {}
  void operator()(Junction const& n) const {
    for (auto const item : n.items) condition(item);
  }
  void operator()(Quantified const& n) const { condition(n.body); }
  void operator()(Windowed const& n) const {
    if (n.after != kNone) value(n.after);
    condition(n.body);
  }
  void operator()(WaiverInForce const&) const {}
  void operator()(Present const&) const {}
};

}  // namespace

void children(Value const& node, OnValue const& value, OnCondition const& condition) {
  std::visit(ValueChildren{value, condition}, node.node);
}

void children(Condition const& node, OnValue const& value, OnCondition const& condition) {
  std::visit(ConditionChildren{value, condition}, node.node);
}

void walk_value(Program const& program, ValueId id, OnValue const& value, OnCondition const& condition) {
  value(id);
  children(
      program.values[id], [&](ValueId child) { walk_value(program, child, value, condition); },
      [&](ConditionId child) { walk_condition(program, child, value, condition); });
}

void walk_condition(Program const& program, ConditionId id, OnValue const& value, OnCondition const& condition) {
  condition(id);
  children(
      program.conditions[id], [&](ValueId child) { walk_value(program, child, value, condition); },
      [&](ConditionId child) { walk_condition(program, child, value, condition); });
}

}  // namespace waymark::check
