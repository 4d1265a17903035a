// Goes through everything that a condition rests on.
#include "engine/check/reach.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "engine/check/walk.hpp"

namespace waymark::check {
namespace {

/// Whether one node, by itself or by what it names, is of the kind that is looked for.
class Reach {
 public:
  Reach(Program const& program, std::optional<vocabulary::SourceId> rows_but_of)
      : program_(program), rows_but_of_(rows_but_of) {}

  bool value(ValueId id) {
    if (id == kNone) return false;
    auto const& node = program_.values[id].node;
    if (auto const* lookup = std::get_if<SourceLookup>(&node)) return lookup_rests(*lookup);
    return own(node) || below(program_.values[id]);
  }
  bool condition(ConditionId id) {
    if (id == kNone) return false;
    auto const& node = program_.conditions[id].node;
    if (own(node)) return true;
    return below(program_.conditions[id]);
  }

  bool own(decltype(Value::node) const& node) {
    if (std::holds_alternative<Fact>(node)) return !rows_but_of_;
    if (auto const* key = std::get_if<RowKey>(&node)) return rows_but_of_ && key->source != *rows_but_of_;
    if (auto const* column = std::get_if<RowColumn>(&node)) return rows_but_of_ && column->source != *rows_but_of_;
    if (auto const* figure = std::get_if<FigureRef>(&node)) return figure_rests(figure->figure);
    if (auto const* threshold = std::get_if<ThresholdRef>(&node)) return threshold_rests(threshold->threshold);
    if (auto const* list = std::get_if<ListAggregate>(&node)) return of_case(list->range);
    return false;
  }
  bool own(decltype(Condition::node) const& node) {
    if (rows_but_of_) return false;
    if (auto const* quantified = std::get_if<Quantified>(&node)) return of_case(quantified->range);
    if (auto const* in = std::get_if<InList>(&node)) return of_case(in->list);
    return std::holds_alternative<CriterionState>(node) || std::holds_alternative<GroupCount>(node) ||
           std::holds_alternative<WaiverInForce>(node) || std::holds_alternative<Present>(node);
  }

 private:
  template <class Node>
  bool below(Node const& node) {
    bool found = false;
    children(
        node, [&](ValueId child) { found = found || value(child); },
        [&](ConditionId child) { found = found || condition(child); });
    return found;
  }
  bool of_case(RangeId range) const {
    auto const of = program_.ranges[range].of;
    return !rows_but_of_ && (of == Range::Of::list_field || of == Range::Of::figure);
  }
  static bool of_case(ListUse const& list) { return list.of == ListUse::Of::fact || list.of == ListUse::Of::figure; }
  // The filters of a lookup are about its own rows.
  bool lookup_rests(SourceLookup const& lookup) {
    for (auto const& key : lookup.keys) {
      if (value(key.value)) return true;
      if (!rows_but_of_ && key.list && of_case(*key.list)) return true;
    }
    if (rows_but_of_) return false;
    return std::any_of(lookup.where.begin(), lookup.where.end(),
                       [&](RowFilter const& filter) { return condition(filter.test); });
  }
  bool figure_rests(FigureId id) {
    if (!figures_.insert(id).second) return false;
    auto const& figure = program_.figures[id];
    return (figure.type.list && !rows_but_of_) || below(figure);
  }
  bool threshold_rests(ThresholdId id) {
    if (!thresholds_.insert(id).second) return false;
    auto const& threshold = program_.thresholds[id];
    return (!rows_but_of_ && !threshold.waived_by.empty()) || below(threshold);
  }

  Program const& program_;
  std::optional<vocabulary::SourceId> rows_but_of_;
  std::set<FigureId> figures_;
  std::set<ThresholdId> thresholds_;
};

// `walk` calls back for every value and every condition of what is asked.
template <class Walk>
Reached first(Program const& program, Walk const& walk, std::optional<vocabulary::SourceId> rows_but_of) {
  Reached out;
  auto const nothing = [&] { return out.value == kNone && out.condition == kNone; };
  walk(
      [&](ValueId id) {
        if (nothing() && Reach(program, rows_but_of).value(id)) out.value = id;
      },
      [&](ConditionId id) {
        if (nothing() && Reach(program, rows_but_of).own(program.conditions[id].node)) out.condition = id;
      });
  return out;
}

auto below_condition(Program const& program, ConditionId id) {
  return [&program, id](auto const& value, auto const& condition) { walk_condition(program, id, value, condition); };
}
auto below_value(Program const& program, ValueId id) {
  return [&program, id](auto const& value, auto const& condition) { walk_value(program, id, value, condition); };
}

}  // namespace

Reached first_of_case(Program const& program, ConditionId condition) {
  return first(program, below_condition(program, condition), std::nullopt);
}

ValueId first_of_other_rows(Program const& program, ConditionId condition, vocabulary::SourceId source) {
  return first(program, below_condition(program, condition), source).value;
}

Reached first_of_case_in(Program const& program, ValueId value) {
  return first(program, below_value(program, value), std::nullopt);
}

ValueId first_of_other_rows_in(Program const& program, ValueId value, vocabulary::SourceId source) {
  return first(program, below_value(program, value), source).value;
}

}  // namespace waymark::check
