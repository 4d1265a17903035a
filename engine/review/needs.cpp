// Dependencies by one walk over the nodes; no policy is recursive, so every walk ends.
#include "engine/review/needs.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/check/arrows.hpp"
#include "engine/check/walk.hpp"
#include "engine/review/nodes.hpp"

namespace waymark::review {
namespace {

using check::kNone;
using check::Range;

template <class Item>
void add(std::vector<Item>& items, Item item) {
  auto const at = std::lower_bound(items.begin(), items.end(), item);
  if (at == items.end() || *at != item) items.insert(at, item);
}

template <class Item>
void remove(std::vector<Item>& items, Item item) {
  items.erase(std::remove(items.begin(), items.end(), item), items.end());
}

class NeedsWalk {
 public:
  explicit NeedsWalk(check::Program const& program)
      : program_(program),
        values_(program.values.size()),
        conditions_(program.conditions.size()),
        figures_(program.figures.size()),
        thresholds_(program.thresholds.size()) {}

  Needs const& value(check::ValueId id) {
    if (!values_[id]) values_[id] = find(program_.values[id]);
    return *values_[id];
  }

  Needs const& condition(check::ConditionId id) {
    if (!conditions_[id]) conditions_[id] = find(program_.conditions[id]);
    return *conditions_[id];
  }

  // A figure has one value for each of its own ranges; of its surroundings only the row of a List is left.
  Needs const& figure(check::FigureId id) {
    if (figures_[id]) return *figures_[id];
    auto const& figure = program_.figures[id];
    auto const body = of_children(figure);
    Needs out;
    out.rows = body.rows;
    for (auto const range : figure.each) add_range(out, range);
    figures_[id] = out;
    return *figures_[id];
  }

  // A threshold is dated by the surrounding year, whether its values read that year or not; or by a date of its own.
  Needs const& threshold(check::ThresholdId id) {
    if (thresholds_[id]) return *thresholds_[id];
    auto const& threshold = program_.thresholds[id];
    auto out = of_children(threshold);
    out.years = out.years || threshold.dated_by == kNone;
    for (auto const range : threshold.each) add_range(out, range);
    thresholds_[id] = out;
    return *thresholds_[id];
  }

 private:
  static void join(Needs& into, Needs const& other) {
    for (auto const range : other.ranges) add(into.ranges, range);
    for (auto const source : other.rows) add(into.rows, source);
    into.years = into.years || other.years;
  }

  void add_range(Needs& needs, check::RangeId range) const {
    if (program_.ranges[range].of == Range::Of::years) {
      needs.years = true;
    } else {
      add(needs.ranges, range);
    }
  }

  void remove_range(Needs& needs, check::RangeId range) const {
    if (program_.ranges[range].of == Range::Of::years) {
      needs.years = false;
    } else {
      remove(needs.ranges, range);
    }
  }

  void add_range(Needs& needs, Range::Of of, std::uint32_t which) const {
    for (check::RangeId id = 0; id < program_.ranges.size(); ++id) {
      if (program_.ranges[id].of == of && program_.ranges[id].which == which) add_range(needs, id);
    }
  }

  void add_fact(Needs& needs, check::FactRef const& fact) const {
    auto const& words = program_.vocabulary;
    if (fact.outer != kNone) {
      auto const outer = words.records[program_.record].fields[fact.outer];
      if (words.fields[outer].quantity.type.list) add_range(needs, Range::Of::list_field, fact.outer);
    }
    for (auto const& dimension : words.fields[fact.field].each) {
      if (dimension.of == vocabulary::Dimension::Of::year) {
        needs.years = true;
      } else {
        add_range(needs, Range::Of::choice, dimension.which);
      }
    }
  }

  template <class Node>
  Needs of_children(Node const& node) {
    Needs out;
    check::children(
        node, [&](check::ValueId id) { join(out, value(id)); },
        [&](check::ConditionId id) { join(out, condition(id)); });
    return out;
  }

  Needs lookup(check::SourceLookup const& lookup) {
    Needs out;
    for (auto const& filter : lookup.where) join(out, condition(filter.test));
    remove(out.rows, lookup.source);
    for (auto const& key : lookup.keys) {
      if (key.value != kNone) join(out, value(key.value));
      if (key.list && key.list->of == check::ListUse::Of::fact) add_fact(out, key.list->fact);
    }
    return out;
  }

  Needs find(check::Value const& value) {
    Needs out;
    if (auto const* fact = std::get_if<check::Fact>(&value.node)) {
      add_fact(out, fact->fact);
    } else if (auto const* member = std::get_if<check::Member>(&value.node)) {
      add_range(out, member->range);
    } else if (auto const* key = std::get_if<check::RowKey>(&value.node)) {
      add(out.rows, key->source);
    } else if (auto const* column = std::get_if<check::RowColumn>(&value.node)) {
      add(out.rows, column->source);
    } else if (auto const* ref = std::get_if<check::FigureRef>(&value.node)) {
      out = figure(ref->figure);
    } else if (auto const* named = std::get_if<check::ThresholdRef>(&value.node)) {
      out = threshold(named->threshold);
    } else if (auto const* in_year = std::get_if<check::InYear>(&value.node)) {
      out = this->value(in_year->of);
      out.years = false;
      join(out, this->value(in_year->year));
    } else if (auto const* asked = std::get_if<check::SourceLookup>(&value.node)) {
      out = lookup(*asked);
    } else if (auto const* members = std::get_if<check::ListAggregate>(&value.node)) {
      out = of_children(value);
      remove_range(out, members->range);
    } else if (std::holds_alternative<check::YearsAggregate>(value.node)) {
      out = of_children(value);
      out.years = true;  // counts back from the surrounding year
    } else {
      out = of_children(value);
    }
    return out;
  }

  Needs find(check::Condition const& condition) {
    Needs out;
    if (auto const* quantified = std::get_if<check::Quantified>(&condition.node)) {
      out = this->condition(quantified->body);
      remove_range(out, quantified->range);
    } else if (auto const* windowed = std::get_if<check::Windowed>(&condition.node)) {
      out = this->condition(windowed->body);
      out.years = false;
      if (windowed->after != kNone) join(out, value(windowed->after));
    } else {
      out = of_children(condition);
      auto const* in_list = std::get_if<check::InList>(&condition.node);
      if (in_list != nullptr && in_list->list.of == check::ListUse::Of::fact) add_fact(out, in_list->list.fact);
    }
    return out;
  }

  check::Program const& program_;
  std::vector<std::optional<Needs>> values_, conditions_, figures_, thresholds_;
};

// Whether a node may come to something, by walking what it is computed from; each node is looked at once.
class PossibilityWalk {
 public:
  explicit PossibilityWalk(check::Program const& program)
      : program_(program), negative_(program.values.size()), exempt_(program.conditions.size()) {}

  bool negative(check::ValueId id) {
    if (!negative_[id]) negative_[id] = find_negative(program_.values[id]);
    return *negative_[id];
  }

  bool may_not_apply(check::ConditionId id) {
    if (!exempt_[id]) exempt_[id] = find_exempt(program_.conditions[id]);
    return *exempt_[id];
  }

 private:
  bool negative_fact(vocabulary::Field const& field) const {
    return field.may_be_negative || field.quantity.type.kind == vocabulary::Kind::points;
  }

  bool negative_column(vocabulary::SourceId source, std::uint32_t column) const {
    return column != kNone && program_.vocabulary.sources[source].columns[column].may_be_negative;
  }

  bool find_negative(check::Value const& value) {
    if (auto const* constant = std::get_if<check::Constant>(&value.node)) return constant->steps < 0;
    if (auto const* fact = std::get_if<check::Fact>(&value.node)) {
      return negative_fact(program_.vocabulary.fields[fact->fact.field]);
    }
    if (auto const* column = std::get_if<check::RowColumn>(&value.node)) {
      return negative_column(column->source, column->column);
    }
    if (auto const* lookup = std::get_if<check::SourceLookup>(&value.node)) {
      return negative_column(lookup->source, lookup->column);
    }
    if (auto const* ref = std::get_if<check::FigureRef>(&value.node)) {
      auto const& figure = program_.figures[ref->figure];
      auto const below_zero = [this](check::FigureCase const& one) { return negative(one.value); };
      return std::any_of(figure.cases.begin(), figure.cases.end(), below_zero) ||
             (figure.fallback && negative(figure.fallback->value));
    }
    if (auto const* ref = std::get_if<check::ThresholdRef>(&value.node)) {
      auto const& rows = program_.thresholds[ref->threshold].rows;
      return std::any_of(rows.begin(), rows.end(), [this](auto const& row) { return negative(row.value); });
    }
    if (auto const* sum = std::get_if<check::Sum>(&value.node)) {
      return sum->minus || negative(sum->left) || negative(sum->right);
    }
    if (auto const* times = std::get_if<check::Times>(&value.node)) return times->factor < 0 || negative(times->of);
    auto const below = children(value).values;
    return std::any_of(below.begin(), below.end(), [this](check::ValueId id) { return negative(id); });
  }

  bool exempt_value(check::ValueId id) {
    auto const& value = program_.values[id];
    if (auto const* ref = std::get_if<check::FigureRef>(&value.node)) {
      auto const& figure = program_.figures[ref->figure];
      auto const by_case = [this](check::FigureCase const& one) { return exempt_value(one.value); };
      return figure.exempt != kNone || (figure.yes_when != kNone && may_not_apply(figure.yes_when)) ||
             std::any_of(figure.cases.begin(), figure.cases.end(), by_case) ||
             (figure.fallback && exempt_value(figure.fallback->value));
    }
    if (auto const* ref = std::get_if<check::ThresholdRef>(&value.node)) {
      auto const& threshold = program_.thresholds[ref->threshold];
      return (threshold.by != kNone && exempt_value(threshold.by)) ||
             (threshold.dated_by != kNone && exempt_value(threshold.dated_by)) ||
             std::any_of(threshold.rows.begin(), threshold.rows.end(),
                         [this](auto const& row) { return exempt_value(row.value); });
    }
    auto const below = children(value).values;
    return std::any_of(below.begin(), below.end(), [this](check::ValueId child) { return exempt_value(child); });
  }

  bool find_exempt(check::Condition const& condition) {
    if (std::holds_alternative<check::Untold>(condition.node)) return false;
    if (std::holds_alternative<check::GroupCount>(condition.node)) return true;
    if (std::holds_alternative<check::CriterionState>(condition.node)) return true;
    if (std::holds_alternative<check::Present>(condition.node)) return true;
    auto const* quantified = std::get_if<check::Quantified>(&condition.node);
    if (quantified != nullptr && quantified->quantifier == grammar::Quantifier::every) return true;
    auto const* windowed = std::get_if<check::Windowed>(&condition.node);
    if (windowed != nullptr) return windowed->after != kNone && exempt_value(windowed->after);
    auto const* junction = std::get_if<check::Junction>(&condition.node);
    if (junction != nullptr) {  // only where nothing of it is left
      auto const& items = junction->items;
      return std::all_of(items.begin(), items.end(), [this](auto id) { return may_not_apply(id); });
    }
    auto const below = children(condition);
    return std::any_of(below.values.begin(), below.values.end(), [this](auto id) { return exempt_value(id); }) ||
           std::any_of(below.conditions.begin(), below.conditions.end(), [this](auto id) { return may_not_apply(id); });
  }

  check::Program const& program_;
  std::vector<std::optional<bool>> negative_, exempt_;
};

// The thresholds that may be waived for one case on which a criterion rests, by what it names or is computed from.
std::vector<check::ThresholdId> waivable_of(check::Program const& program, check::CriterionId id) {
  std::vector<check::ThresholdId> out;
  for (auto const& one : check::reached_from(program, {{check::Thing::criterion, id}})) {
    if (one.what == check::Thing::threshold && !program.thresholds[one.id].waived_by.empty()) out.push_back(one.id);
  }
  return out;
}

class Interner {
 public:
  explicit Interner(std::vector<Needs>& sets) : sets_(sets) {}
  NeedsId operator()(Needs const& needs) {
    auto const [at, is_new] = ids_.emplace(needs, static_cast<NeedsId>(sets_.size()));
    if (is_new) sets_.push_back(needs);
    return at->second;
  }

 private:
  std::vector<Needs>& sets_;
  std::map<Needs, NeedsId> ids_;
};

}  // namespace

Dependencies dependencies(check::Program const& program) {
  Dependencies out;
  NeedsWalk needs(program);
  PossibilityWalk possibilities(program);
  Interner id(out.sets);
  for (check::ValueId i = 0; i < program.values.size(); ++i) {
    out.of_value.push_back(id(needs.value(i)));
    out.value_may_be_negative.push_back(possibilities.negative(i));
  }
  for (check::ConditionId i = 0; i < program.conditions.size(); ++i) {
    out.of_condition.push_back(id(needs.condition(i)));
    out.condition_may_not_apply.push_back(possibilities.may_not_apply(i));
  }
  for (check::CriterionId i = 0; i < program.criteria.size(); ++i) {
    out.waivable_of_criterion.push_back(waivable_of(program, i));
  }
  for (check::FigureId i = 0; i < program.figures.size(); ++i) out.of_figure.push_back(id(needs.figure(i)));
  for (check::ThresholdId i = 0; i < program.thresholds.size(); ++i) out.of_threshold.push_back(id(needs.threshold(i)));
  return out;
}

}  // namespace waymark::review
