// Random well-typed Programs, built node by node without a text: they need neither grammar nor checker, and reach every
// kind of node.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/check/program.hpp"
#include "tests/property/random.hpp"
#include "tests/property/words.hpp"

namespace waymark::property {

/// What a program may use.
struct Taste {
  /// `found`, `cannot be told`, waivers and fallbacks: with them, filling in a fact may turn one outcome into another.
  bool incomplete_facts = true;
  /// Only thresholds and lists: a policy that reviews no record.
  bool lists_only = false;
};

check::Program some_program(vocabulary::Vocabulary const& words, Taste taste, Random& random);

/// What surrounds the place where something is made.
struct Around {
  std::vector<check::RangeId> ranges;
  std::optional<vocabulary::SourceId> row;  ///< in a List's condition: only its row and what is the same for every case
};

/// Makes the parts of one Program, each of those that are there already.
class PolicyMaker {
 public:
  PolicyMaker(vocabulary::Vocabulary const& words, Taste taste, Random& random);
  check::Program make();

 private:
  using Type = vocabulary::Type;
  using Kind = vocabulary::Kind;
  using ValueId = check::ValueId;
  using ConditionId = check::ConditionId;
  using RangeId = check::RangeId;
  using Makers = std::vector<std::function<ValueId()>>;

  // Values (values_maker.cpp, aggregates_maker.cpp). `depth` is how far below it may be computed; `ratio`: shares and
  // quotients are allowed.
  ValueId value(Type const& type, Around const& around, int depth, bool ratio);
  ValueId whole(Type const& type, Around const& around, int depth) { return value(type, around, depth, false); }
  ValueId constant(Type const& type, std::string const& name = {});
  ValueId simple(Type const& type, Around const& around);
  void add_facts(Makers& out, Type const& type, Around const& around);
  void add_names(Makers& out, Type const& type, Around const& around, bool ratio);
  void add_row(Makers& out, Type const& type, Around const& around);
  void add_computed(Makers& out, Type const& type, Around const& around, int depth, bool ratio);
  void add_shares(Makers& out, Type const& type, Around const& around, int depth);
  void add_dates(Makers& out, Type const& type, Around const& around, int depth);
  void add_lookups(Makers& out, Type const& type, Around const& around, int depth, bool ratio);
  void add_aggregates(Makers& out, Type const& type, Around const& around, int depth, bool ratio);
  void add_years(Makers& out, Type const& type, Around const& around, int depth, bool ratio);
  std::uint32_t some_percentile();
  std::optional<grammar::Aggregate> some_aggregate(Type const& of, Type const& wanted, bool ratio);
  ValueId lookup(vocabulary::SourceId source, std::uint32_t column, grammar::Aggregate aggregate, Type const& type,
                 Around const& around, int depth);
  check::KeyBinding binding(vocabulary::SourceKey const& key, bool one, Around const& around, int depth);
  check::RowFilter filter(vocabulary::SourceId source, Around const& around);
  ConditionId filter_by(ValueId subject, Around const& around);
  std::vector<ConditionId> member_filters(RangeId over, Around const& around);
  std::string where_text(std::vector<ConditionId> const& where) const;
  ValueId fact(check::FactRef const& ref);
  bool is_yearly(ValueId value);
  ValueId years_aggregate(Type const& type, grammar::Aggregate aggregate, Around const& around, int depth, bool ratio);

  // Conditions (conditions_maker.cpp).
  ConditionId condition(Around const& around, int depth);
  ConditionId leaf(Around const& around);
  ConditionId compare(Around const& around);
  ConditionId compare_across_units(Around const& around);
  ConditionId matches(Around const& around);
  ConditionId within(Around const& around);
  ConditionId in_list(Around const& around);
  ConditionId holds(Around const& around);
  ConditionId untold(Around const& around);
  ConditionId criterion_state();
  ConditionId group_count();
  ConditionId waiver_in_force();
  ConditionId present();
  ConditionId junction(Around const& around, int depth);
  ConditionId quantified(Around const& around, int depth);
  ConditionId windowed(Around const& around, int depth);
  grammar::State some_state();
  Type some_type();

  // Blocks (blocks_maker.cpp).
  void threshold(bool same_for_all_cases);
  void threshold_rows(check::Threshold& threshold, Around const& around, bool same_for_all_cases);
  void waiver();
  void figure();
  void value_figure(check::Figure& figure, Around const& around);
  void list_figure();
  ValueId some_list(Type const& type);
  ValueId members_of_source(Type const& type);
  std::vector<check::ListUse> list_figures(Type const& member) const;
  void fallback(check::Figure& figure, Around const& around);
  std::vector<RangeId> some_each();
  void list();
  check::Ranking ranking(Around const& around);
  void criterion();
  void group();
  void decisions();
  check::Decision decision(ConditionId when);
  void reports();
  check::Row row(bool last);
  std::optional<check::Term> some_term();

  // Shared.
  RangeId range(check::Range::Of of, std::uint32_t which);
  RangeId years();
  void look_back(std::uint32_t count);
  bool has_years(Around const& around) const;
  std::vector<RangeId> list_ranges();
  Around inside(Around around, RangeId range) const;
  Type member_type(RangeId range) const;
  bool given(std::vector<RangeId> const& each, Around const& around) const;
  ValueId add(decltype(check::Value::node) node, Type const& type, bool ratio, std::string text);
  ConditionId add(decltype(check::Condition::node) node, std::string text);
  std::string text(ValueId value) const { return program_.values[value].text; }
  std::string condition_text(ConditionId condition) const { return program_.conditions[condition].text; }
  bool is_ratio(ValueId value) const { return program_.values[value].ratio; }

  vocabulary::Vocabulary const& words_;
  Taste taste_;
  Random& random_;
  check::Program program_;
  std::vector<bool> same_for_all_cases_;  // by ThresholdId
  bool thresholds_end_ = false;           // some of them have no value on some dates, which puts a case at fault
};

}  // namespace waymark::property
