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
  void operator()(List const& list) const {
    asked(list.on_it);
    if (!list.ranking) return;
    for (auto const id : {list.ranking->count, list.ranking->by, list.ranking->stratum}) there(id);
  }
  void operator()(Decision const& decision) const {
    asked(decision.when);
    for (auto const& row : decision.rows) {
      asked(row.when);
      for (auto const& remembered : row.remembers) value(remembered.value);
    }
  }

  void there(ValueId id) const {
    if (id != kNone) value(id);
  }
  void asked(ConditionId id) const {
    if (id != kNone) condition(id);
  }
};

// The parts of a node name what they name themselves.
struct NoPart {
  void operator()(std::uint32_t) const {}
};

struct Named : PlainChildren<NoPart, NoPart> {
  Named(Program const& all, OnDefinition const& on) : PlainChildren{no_part, no_part}, program(all), definition(on) {}
  using PlainChildren::operator();

  void operator()(Fact const&) const {}
  void operator()(Member const&) const {}
  void operator()(RowKey const&) const {}
  void operator()(RowColumn const&) const {}
  void operator()(FigureRef const& n) const { definition({Thing::figure, n.figure}); }
  void operator()(ThresholdRef const& n) const { definition({Thing::threshold, n.threshold}); }
  void operator()(InYear const&) const {}
  void operator()(SourceLookup const& n) const {
    for (auto const& key : n.keys) {
      if (key.list) list(*key.list);
    }
  }
  void operator()(ListAggregate const& n) const { range(n.range); }
  void operator()(YearsAggregate const&) const {}

  void operator()(InList const& n) const { list(n.list); }
  void operator()(CriterionState const& n) const { definition({Thing::criterion, n.criterion}); }
  void operator()(GroupCount const& n) const { definition({Thing::group, n.group}); }
  void operator()(Quantified const& n) const { range(n.range); }
  void operator()(Windowed const&) const {}
  void operator()(WaiverInForce const&) const {}

  void range(RangeId id) const {
    auto const& range = program.ranges[id];
    if (range.of == Range::Of::list) definition({Thing::list, range.which});
    if (range.of == Range::Of::figure) definition({Thing::figure, range.which});
  }
  void list(ListUse const& use) const {
    if (use.of == ListUse::Of::list) definition({Thing::list, use.which});
    if (use.of == ListUse::Of::figure) definition({Thing::figure, use.which});
  }

  static constexpr NoPart no_part{};
  Program const& program;
  OnDefinition const& definition;
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

void children(List const& list, OnValue const& value, OnCondition const& condition) {
  Children{{value, condition}}(list);
}

void children(Decision const& decision, OnValue const& value, OnCondition const& condition) {
  Children{{value, condition}}(decision);
}

void named(Program const& program, Value const& node, OnDefinition const& definition) {
  std::visit(Named(program, definition), node.node);
}

void named(Program const& program, Condition const& node, OnDefinition const& definition) {
  std::visit(Named(program, definition), node.node);
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
