#include "engine/check/walk.hpp"

namespace waymark::check {
namespace {

struct Children : PlainChildren<OnValue, OnCondition> {
  using PlainChildren::operator();

  void operator()(Fact const&) const {}
  void operator()(Member const&) const {}
  void operator()(RowKey const&) const {}
  void operator()(RowColumn const&) const {}
  void operator()(FigureRef const&) const {}
  void operator()(ThresholdRef const&) const {}
  void operator()(InYear const& n) const { both(n.of, n.year); }
  void operator()(SourceLookup const& n) const {
    for (auto const& key : n.keys) there(key.value);
    for (auto const& filter : n.where) condition(filter.test);
  }
  void operator()(ListAggregate const& n) const {
    there(n.of);
    for (auto const filter : n.where) condition(filter);
  }
  void operator()(YearsAggregate const& n) const { value(n.of); }

  void operator()(InList const& n) const { value(n.subject); }
  void operator()(CriterionState const&) const {}
  void operator()(GroupCount const&) const {}
  void operator()(Quantified const& n) const { condition(n.body); }
  void operator()(Windowed const& n) const {
    there(n.after);
    condition(n.body);
  }
  void operator()(WaiverInForce const&) const {}

  void operator()(Figure const& figure) const {
    for (auto const& one : figure.cases) {
      asked(one.when);
      there(one.value);
    }
    asked(figure.yes_when);
    asked(figure.exempt);
    if (figure.fallback) value(figure.fallback->value);
  }
  void operator()(Threshold const& threshold) const {
    there(threshold.by);
    there(threshold.dated_by);
    for (auto const& row : threshold.rows) there(row.value);
  }
  void operator()(Criterion const& criterion) const {
    asked(criterion.test);
    asked(criterion.exempt);
    asked(criterion.waived);
  }

  void there(ValueId id) const {
    if (id != kNone) value(id);
  }
  void asked(ConditionId id) const {
    if (id != kNone) condition(id);
  }
};

}  // namespace

void children(Value const& node, OnValue const& value, OnCondition const& condition) {
  std::visit(Children{{value, condition}}, node.node);
}

void children(Condition const& node, OnValue const& value, OnCondition const& condition) {
  std::visit(Children{{value, condition}}, node.node);
}

void children(Figure const& figure, OnValue const& value, OnCondition const& condition) {
  Children{{value, condition}}(figure);
}

void children(Threshold const& threshold, OnValue const& value, OnCondition const& condition) {
  Children{{value, condition}}(threshold);
}

void children(Criterion const& criterion, OnValue const& value, OnCondition const& condition) {
  Children{{value, condition}}(criterion);
}

void walk_value(Program const& program, ValueId id, OnValue const& value, OnCondition const& condition) {
  if (id == kNone) return;
  value(id);
  children(
      program.values[id], [&](ValueId child) { walk_value(program, child, value, condition); },
      [&](ConditionId child) { walk_condition(program, child, value, condition); });
}

void walk_condition(Program const& program, ConditionId id, OnValue const& value, OnCondition const& condition) {
  if (id == kNone) return;
  condition(id);
  children(
      program.conditions[id], [&](ValueId child) { walk_value(program, child, value, condition); },
      [&](ConditionId child) { walk_condition(program, child, value, condition); });
}

}  // namespace waymark::check
