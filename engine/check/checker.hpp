// The checker of one policy between two changes of the blocks in force: collects the names of all heads first, then
// reads the bodies. Only for the files of this folder.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/check/check.hpp"
#include "engine/check/earlier_records.hpp"
#include "engine/check/periods.hpp"
#include "engine/check/program.hpp"
#include "engine/check/reach.hpp"
#include "engine/check/units.hpp"
#include "engine/check/walk.hpp"
#include "engine/values/truth.hpp"
#include "grammar/print.hpp"

namespace waymark::check {

/// What a name of the policy stands for. Fields of the reviewed record share the one namespace.
enum class Named : std::uint8_t { figure, threshold, criterion, group, list, field };
struct Entity {
  Named what = Named::field;
  std::uint32_t index = 0;
  grammar::Span span;
};

/// `1 criterion`, `3 criteria`
inline std::string criteria_words(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " criterion" : " criteria");
}

/// What a message is about: `kind` and the name, then more that must be the same. Messages about one thing are said
/// once (said_once.hpp).
inline std::string about(std::string_view kind, std::string_view name, std::string_view more = {}) {
  return fmt::format("{}\t{}\t{}", kind, name, more);
}
/// A name that nothing has, in the singular or the plural.
inline std::string about_name(std::string const& key) { return about("name", vocabulary::singular(key)); }

/// What surrounds the place that is being read.
struct Surroundings {
  std::vector<RangeId> ranges;                  ///< outermost first
  std::optional<vocabulary::SourceId> rows_of;  ///< inside a List: its source, whose keys and columns are names
  bool in_row = false;                          ///< `found` and `cannot be told` may stand here
  bool plain_numbers = false;                   ///< in a Figure or Threshold: numbers need no name of their own
};

/// The names of one file: of the policy (the first of all scopes), or of a layer.
struct Scope {
  std::string layer;    ///< as explanations name it; empty for the policy itself
  std::string keyword;  ///< by which conditions name it: the last part of its path
  grammar::File const* file = nullptr;
  std::vector<std::size_t> bases;  ///< the scopes on which it builds
  grammar::Span said;              ///< where the policy names it, or the layer through which it comes
  std::map<std::string, Entity> names;
  std::map<std::string, WaiverId> waivers;
  std::map<std::string, grammar::Span> elsewhere;  ///< names that are in force on other dates only
  /// Criteria of its layers that it `Replaces`: where it says so.
  std::map<std::pair<std::size_t, std::string>, grammar::Span> replaces;
};

/// What all the checkers of one policy share.
struct Setting {
  grammar::Sources const& sources;
  grammar::File const& policy;
  CheckedVocabulary const& words;
  std::vector<grammar::Block> const& beside;  ///< thresholds read from TOML
  Layers const& layers;
  Extent period;                   ///< of the policy
  bool period_is_known = true;     ///< false: the policy does not say it, and was told so
  std::set<std::string> forgiven;  ///< names whose declaration has a fault
};

class Checker {
 public:
  Checker(Setting const& setting, Extent epoch);

  std::shared_ptr<Program> run();
  grammar::Diagnostics const& diagnostics() const { return diagnostics_; }

 private:
  /// How far the body of a block has been read.
  enum class Progress : std::uint8_t { waiting, reading, done };
  using Block = grammar::Block;
  using Clause = grammar::Clause;
  using Code = grammar::Code;
  using Span = grammar::Span;
  using SyntaxValue = grammar::Value;
  using SyntaxCondition = grammar::Condition;
  using FactValue = grammar::FactValue;

  // --- heads.cpp ---
  void policy_head(Block const& block);
  void subject(grammar::Phrase const& subject);
  void collect_heads();
  void head(Block const& block);
  void head_of_criterion(Block const& block);
  void head_of_group(Block const& block);
  void head_of_list(Block const& block);
  void no_parts(Block const& block);
  void head_beside(Block const& block);
  void declare(Block const& block, Named what, std::size_t index);
  void declare_fields();
  bool in_force(Block const& block) const;
  void head_of_figure(Block const& block);
  void head_of_threshold(Block const& block);
  void part_of_figure(Block const& block, grammar::Part const& part, Figure& made);
  void ranges_of_figure(FigureId id);
  void may_be_list(Block const& block, grammar::Part const& part, Figure const& made);
  void part_of_threshold(Block const& block, grammar::Part const& part, Threshold& made);
  void unit_needed(Block const& block, std::string_view example);
  std::optional<RangeId> range_of_part(grammar::Part const& part, std::string_view words);

  // --- layers.cpp ---
  void open_scopes();
  bool layer_fits(std::size_t scope);
  void replaced(std::size_t scope);
  void replaced_by(Clause const& clause, std::size_t scope);
  void layers_as_groups();
  void asked_of_layers();
  std::vector<std::size_t> below(std::size_t scope) const;
  bool is_visible(std::size_t from, std::size_t scope, std::string const& key) const;
  std::optional<std::size_t> layer_named(std::string const& key) const;
  std::string said_as(std::size_t scope) const;
  std::optional<Entity> own_entity(std::size_t scope, std::string const& key);
  bool is_replaced_here(std::string const& key) const;
  bool asks_for_replaced(std::string const& key, Span span);
  std::vector<CriterionId> criteria_named(Entity const& named, grammar::Path const& path);
  std::optional<Entity> group_of_layer(std::string const& key) const;
  grammar::Path path_of(grammar::Phrase const& name) const;
  std::optional<Entity> entity_of(grammar::Phrase const& name);
  std::optional<Entity> entity_in_example(std::vector<std::string> const& keys, Span span);
  bool belongs_to_layer(Entity const& named) const;
  CriterionId as_one(std::vector<CriterionId> const& criteria, grammar::Phrase const& name);
  ConditionId state_of(SyntaxCondition const& syntax, Entity const& named, grammar::Path const& path,
                       grammar::State state);
  ConditionId state_of_all(SyntaxCondition const& syntax, std::vector<CriterionId> const& criteria,
                           grammar::State state);
  bool stands_elsewhere(Block const& block) const;
  /// What a block is called: the name of a layer's block says of which layer it is where others have one like it.
  struct Naming {
    std::string name, shown, data_key;
  };
  Naming naming(Block const& block) const;
  std::size_t scope_of(Span span) const;

  /// Names mean what they mean in the file of a block, for as long as it lives.
  class InScope {
   public:
    InScope(Checker& checker, Block const& block) : checker_(checker), before_(checker.scope_) {
      checker.scope_ = checker.scope_of(block.span);
    }
    InScope(InScope const&) = delete;
    InScope& operator=(InScope const&) = delete;
    ~InScope() { checker_.scope_ = before_; }

   private:
    Checker& checker_;
    std::size_t before_;
  };

  // --- blocks.cpp ---
  void bodies();
  void criterion(CriterionId id);
  void to_fix(Criterion& made, grammar::Text const& text);
  void not_coverable(Clause const& clause, std::optional<ConditionId> above);
  void group(GroupId id);
  void group_entry(GroupId id, Block const& block, Clause const& clause, std::map<CriterionId, Span>& seen);
  Citation citation_of(Block const& block) const;
  Citation citation_of(std::optional<grammar::Citation> const& own, Citation const& heading) const;
  void note_illustrative(Citation const& citation, std::string const& name);

  // --- waivers.cpp ---
  void head_of_waiver(Block const& block);
  void waiver(WaiverId id);
  bool waives(WaiverId id, Clause const& clause);
  void waives_threshold(WaiverId id, ThresholdId threshold, Span span);
  void granted_by(WaiverId id, Clause const& clause);
  void waiver_lasts(WaiverId id, Clause const& clause);
  void waiver_extended(WaiverId id, Clause const& clause);
  void waiver_is_cited(WaiverId id, Block const& block);
  void waived_by(Criterion const& made, CriterionId id);
  void stated_waiver(Example& example, WaiverId id, grammar::Fact const& fact);
  bool stated_grant(Example::RecordedWaiver& made, Span piece);
  bool stated_waived_value(Example::RecordedWaiver& made, Span piece);

  // --- figures.cpp ---
  void figure(FigureId id);
  void yes_or_no_figure(FigureId id, Block const& block, Surroundings const& at);
  void value_figure(FigureId id, Block const& block, Surroundings const& at);
  void case_of_figure(FigureId id, ConditionId when, SyntaxValue const& value, Surroundings const& at);
  void cases_are_whole(Block const& block);
  void not_of_this_figure(FigureId id, Clause const& clause);
  void fallback(FigureId id, Clause const& clause, Surroundings const& at);
  void fallback_is_read(FigureId id, Block const& block);
  void told_by_year(FigureId id, Block const& block);
  void list_has_no_exemption(FigureId id, Clause const& clause);
  Surroundings surroundings_of(std::vector<RangeId> const& each);
  void needed_as(std::size_t before, Span unit, Type const& type);

  // --- list_figures.cpp ---
  ValueId list_value(SyntaxValue const& syntax, Surroundings const& at, Type const& wanted);
  ValueId members_of_source(SyntaxValue const& syntax, grammar::Lookup const& lookup, Surroundings const& at);
  std::optional<std::uint32_t> open_key(grammar::Path const& path, vocabulary::Source const& source);
  ValueId value_of_figure(FigureId id, SyntaxValue const& syntax, Surroundings const& at);

  // --- thresholds.cpp ---
  void threshold(ThresholdId id);
  void threshold_by(ThresholdId id, Block const& block);
  void threshold_row(ThresholdId id, Clause const& clause, Surroundings const& at);
  void chosen_by(ThresholdId id, Block const& block, grammar::Part const& part, std::string_view words);
  bool row_period(ThresholdRow& row, grammar::DateRange const& period);
  bool row_class(ThresholdId id, ThresholdRow& row, grammar::Phrase const& of_class);
  void threshold_cited(ThresholdId id, Block const& block);
  using RowsOfClass = std::vector<ThresholdRow const*>;
  void rows_follow(ThresholdId id, Block const& block);
  void row_after(Threshold const& made, ThresholdRow const& row, ThresholdRow const& next);
  bool rows_end(Threshold const& made, Block const& block, RowsOfClass const& rows);
  void rows_for_all(ThresholdId id, Block const& block, std::map<std::string, RowsOfClass> const& classes);
  bool in_toml(Span span) const { return span.file != policy_.id; }

  // --- steps.cpp ---
  struct StepsInForce;
  std::optional<values::Steps> step_end(Type type, Span span);
  std::optional<Step> row_step(Type type, grammar::Phrase const& phrase);
  StepsInForce steps_on(Threshold const& made, values::Date date) const;
  values::Steps lowest_number(ValueId by) const;
  bool steps_are_whole(Threshold const& made, Block const& block, values::Date date);
  void steps_follow(Threshold const& made, Block const& block);

  // --- lists.cpp ---
  void list_subject(ListId id);
  void list_of_source(ListId id, Clause const& of, vocabulary::SourceId source);
  void list(ListId id);
  void left_out(ListId id, grammar::Values const& values);
  void rests_on_no_case(ListId id);
  void rests_on_no_case(ListId id, Reached const& reached, ValueId of_other_rows);

  // --- rankings.cpp ---
  void ranking(ListId id);
  std::optional<Ranking::Ties> ties(Block const& block, Clause const& ranked);
  bool may_be_ranked(ListId id, Clause const& ranked);
  ValueId places(grammar::Ranking const& node, Surroundings const& at);
  ValueId ranked_by(grammar::Ranking const& node, Surroundings const& at);
  ValueId stratum(grammar::Ranking const& node, Surroundings const& at);

  // --- circles.cpp ---
  void circles();
  void chain_too_long(std::string const& shown, Span span);
  bool may_read(Progress progress, std::string const& shown, Span span);

  // --- reports.cpp ---
  void reports();
  void reported(grammar::Phrase const& name);

  // --- decisions.cpp ---
  void decision(Block const& block);
  void decision_clause(Decision& decision, Clause const& clause);
  void decides_all(Decision const& made, Block const& block);
  void never_reached(Decision const& decision, Clause const& clause);
  void outcome_row(Decision& decision, Clause const& clause);
  void attach(Decision& decision, Clause const& clause);
  static std::optional<ConditionId> asked_above(Decision const& decision);
  // lifecycle.cpp
  std::optional<vocabulary::FieldId> remembered_field(grammar::Phrase const& name);
  void remembers(Row& row, grammar::Remembers const& body, Clause const& clause);
  void scheduled(Row& row, grammar::Part const& part);
  void adverse_row(Decision const& decision, std::uint32_t at, bool on_incomplete);
  std::optional<Term> term_of(grammar::Term const& term);
  void adverse_rows(Decision const& decision);
  bool rests_on_missing(ConditionId condition, bool positive) const;
  bool rests_on_missing(ConditionId condition, bool positive, std::set<std::pair<FigureId, bool>>& seen) const;
  bool uses_found(ConditionId condition) const;
  void lost_items(Program const& program);
  std::uint32_t outcome_index(grammar::Phrase const& words);

  // --- examples.cpp ---
  void examples();
  void example(Block const& block);
  void example_clause(Example& example, Clause const& clause);
  std::set<std::string> doubted_names() const;
  void of_doubted_names(Clause const& clause, std::size_t before);
  bool example_date(Example& example, Block const& block);
  void fact(Example& example, Clause const& clause);
  void stated_named(Example& example, Entity const& named, std::vector<std::string> const& keys, Clause const& clause);
  void stated_group(Example& example, GroupId id, FactValue const& value);
  void expect(Example& example, grammar::Expect const& expect);
  void expectation(Example& example, Clause const& clause);
  bool expected_member(Example& example, grammar::Fact const& fact, FactValue const& value, Span span);
  void expected_figure(Example& example, FigureId id, FactValue const& value, Span span);

  // --- stated.cpp ---
  struct Place {
    std::optional<std::uint32_t> entry;
    std::optional<std::int32_t> year;
    std::string member;
  };
  void stated_field(Example& example, FactRef ref, grammar::Fact const& fact);
  void stated_list(Example& example, FactRef ref, FactValue const& value);
  void stated_nested(Example& example, FactRef ref, grammar::Fact const& fact);
  bool stated_piece(Example& example, FactRef ref, Span piece, std::uint32_t row);
  void stated_each(Example& example, FactRef ref, grammar::Fact const& fact);
  void stated_figure(Example& example, FigureId id, grammar::Fact const& fact);
  void stated_list_figure(Example& example, FigureId id, FactValue const& value);
  std::optional<std::vector<Stated>> stated_members(FactValue const& value, Type single, std::string const& shown);
  void stated_row(Example& example, vocabulary::SourceId source, grammar::Fact const& fact);
  std::optional<std::string> stated_key(std::string const& text, Type const& type) const;
  bool one_of_two_years(std::string const& text, vocabulary::Source const& source) const;
  bool stated_keys(Example::StatedRow& row, grammar::Fact const& fact);
  bool stated_column(Example::StatedRow& row, Span piece);
  bool place(Span& span, RangeId range, Place& place);
  std::optional<Stated> stated(FactValue const& value, Type const& type);
  std::optional<Stated> stated_value(grammar::Value const& value, Type const& type);
  std::optional<FactValue> whole_value(grammar::Fact const& fact);
  std::string text_of(Span span) const;

  // --- values.cpp ---
  ValueId value(SyntaxValue const& syntax, Surroundings const& at, std::optional<Type> wanted = std::nullopt);
  ValueId any_value(SyntaxValue const& syntax, Surroundings const& at, std::optional<Type> const& wanted);
  ValueId amount(SyntaxValue const& syntax, grammar::Amount const& written, Surroundings const& at,
                 std::optional<Type> const& wanted);
  ValueId path(SyntaxValue const& syntax, grammar::Path const& names, Surroundings const& at,
               std::optional<Type> const& wanted);
  ValueId symbol(SyntaxValue const& syntax, std::string const& words, Type const& wanted);
  ValueId plus(SyntaxValue const& syntax, grammar::Plus const& sum, Surroundings const& at,
               std::optional<Type> const& wanted);
  ValueId percent_of(SyntaxValue const& syntax, grammar::PercentOf const& share, Surroundings const& at,
                     std::optional<Type> const& wanted);
  ValueId as_percent_of(SyntaxValue const& syntax, grammar::AsPercentOf const& quotient, Surroundings const& at);
  ValueId choose(SyntaxValue const& syntax, grammar::Choose const& choice, Surroundings const& at,
                 std::optional<Type> const& wanted);
  ValueId rounded(SyntaxValue const& syntax, grammar::Rounded const& rounding, Surroundings const& at,
                  std::optional<Type> const& wanted);
  ValueId in_year(SyntaxValue const& syntax, grammar::InYear const& year, Surroundings const& at);
  ValueId shifted(SyntaxValue const& syntax, ValueId date, ValueId count, bool minus);
  void offer_unit(grammar::Amount const& written, Span span, Type const& type, Type const& wanted);
  bool whole(ValueId id, Span span);
  bool fits(ValueId id, Type const& wanted, Span span, std::string const& what);

  // --- lookups.cpp ---
  ValueId lookup(SyntaxValue const& syntax, grammar::Lookup const& lookup, Surroundings const& at,
                 std::optional<Type> const& wanted);
  ValueId source_lookup(SyntaxValue const& syntax, grammar::Lookup const& lookup, vocabulary::SourceId source,
                        Surroundings const& at, std::optional<Type> const& wanted);
  std::optional<std::uint32_t> column_named(grammar::Path const& path, vocabulary::Source const& source);
  std::optional<grammar::InYear> year_of_lookup(grammar::Lookup const& lookup, Surroundings const& at);
  void offer_quotes(grammar::Path const& path, vocabulary::Source const& source);
  void no_source(grammar::Path const& path, std::string_view help);
  ValueId list_aggregate(SyntaxValue const& syntax, grammar::Lookup const& lookup, RangeId range,
                         Surroundings const& at, std::optional<Type> const& wanted);
  ValueId years_aggregate(SyntaxValue const& syntax, grammar::Lookup const& lookup, Surroundings const& at);
  std::optional<std::vector<KeyBinding>> bind_keys(grammar::Lookup const& lookup, vocabulary::SourceId source,
                                                   Surroundings const& at, Span span, std::uint32_t open = kNone);
  std::optional<std::pair<KeyBinding, Type>> one_key(SyntaxValue const& syntax, ValueId id);
  std::optional<std::pair<KeyBinding, Type>> key_value(SyntaxValue const& value, Surroundings const& at,
                                                       vocabulary::Source const& source);
  std::optional<std::uint32_t> key_position(vocabulary::Source const& source, std::vector<bool> const& taken,
                                            Type const& type, std::string const& name);
  void key_missing(grammar::Lookup const& lookup, vocabulary::Source const& source, std::uint32_t key, Span span);
  bool member_filters(grammar::Lookup const& lookup, ListAggregate& made, Surroundings const& at);
  ConditionId member_filter(grammar::Filter const& filter, RangeId range, Surroundings const& at);
  bool may_be_aggregated(grammar::Aggregate aggregate, ValueId of, Span span);
  template <class Node>
  ValueId keep_aggregate(SyntaxValue const& syntax, Node node, Type const& type);
  void no_member_named(grammar::Phrase const& name, Range const& range);
  bool is_of_member(ValueId value, RangeId range) const;
  bool years_stand_alone(SyntaxValue const& syntax, grammar::Lookup const& lookup);
  std::vector<RowFilter> filters(grammar::Lookup const& lookup, vocabulary::SourceId source, Surroundings const& at);
  std::optional<Type> type_of_aggregate(grammar::Aggregate aggregate, Type const& of, Span span);
  Type type_of_number(std::optional<Type> const& wanted);

  // --- conditions.cpp, comparisons.cpp, junctions.cpp ---
  ConditionId condition(SyntaxCondition const& syntax, Surroundings const& at);
  ConditionId is(SyntaxCondition const& syntax, grammar::Is const& is, Surroundings const& at);
  ConditionId asked_of_value(SyntaxCondition const& syntax, ValueId subject, grammar::Is const& is,
                             Surroundings const& at);
  ConditionId comparison(SyntaxCondition const& syntax, ValueId subject, grammar::Is const& is, Surroundings const& at);
  ConditionId compare(SyntaxCondition const& syntax, ValueId left, Order order, SyntaxValue const& right,
                      Surroundings const& at);
  ConditionId between(SyntaxCondition const& syntax, ValueId left, grammar::Is const& is, Surroundings const& at);
  ConditionId matches(SyntaxCondition const& syntax, ValueId subject, grammar::Is const& is, Surroundings const& at);
  ConditionId within(SyntaxCondition const& syntax, ValueId subject, grammar::Is const& is, Surroundings const& at);
  ConditionId in_list(SyntaxCondition const& syntax, ValueId subject, grammar::Is const& is, Surroundings const& at);
  std::optional<ConditionId> state_of_criterion(SyntaxCondition const& syntax, grammar::Is const& is);
  std::optional<ConditionId> waiver_state(SyntaxCondition const& syntax, grammar::Is const& is);
  std::optional<ConditionId> subject_is_yes(SyntaxCondition const& syntax, SyntaxValue const& subject,
                                            grammar::Phrase const& name, bool negated, Surroundings const& at);
  ConditionId is_state(SyntaxCondition const& syntax, grammar::IsState const& state, Surroundings const& at);
  ConditionId has(SyntaxCondition const& syntax, grammar::Has const& has, Surroundings const& at);
  ConditionId junction(SyntaxCondition const& syntax, grammar::Junction const& junction, Surroundings const& at);
  ConditionId group_count(SyntaxCondition const& syntax, grammar::GroupCount const& count, Surroundings const& at);
  ConditionId quantified(SyntaxCondition const& syntax, grammar::Quantified const& quantified, Surroundings const& at);
  ValueId window_after(SyntaxValue const& syntax, Surroundings const& at, vocabulary::YearKindId kind);
  bool window_is_possible(SyntaxCondition const& syntax, grammar::Windowed const& node);
  ConditionId windowed(SyntaxCondition const& syntax, grammar::Windowed const& windowed, Surroundings const& at);
  bool unite(ValueId& left, ValueId& right, Compare& compare, Span left_span, Span right_span);
  bool may_stand_in_row(Span span, Surroundings const& at);
  bool computed_by_name(SyntaxValue const& syntax, Surroundings const& at);
  bool is_yearly(ValueId value, RangeId years) const;
  std::optional<ConditionId> same_every_year(ConditionId condition, RangeId years) const;
  bool mentions(ConditionId condition, RangeId range) const;
  std::string asked_of(ConditionId condition) const;
  std::string own_name(ValueId id) const;
  std::string name_of(ValueId id) const;
  bool other_wording(SyntaxValue const& right, Surroundings const& at);
  bool may_be_a_choice(ValueId left, SyntaxValue const& right, Surroundings const& at);
  void number_has_a_name(SyntaxValue const& right, ValueId left, Order order);
  ConditionId guarded(ConditionId id);

  // --- names.cpp, references.cpp ---
  struct Found {
    ValueId value = kNone;  ///< a value
    Entity entity;          ///< what it is, where it is one of the namespace
    bool reported = false;  ///< nothing, and the user knows
  };
  Found find(grammar::Path const& path, Surroundings const& at, bool quiet = false);
  Found find_entity(Entity const& named, Surroundings const& at, Span span);
  Found find_inside(std::vector<std::string> const& keys, Surroundings const& at, Span span);
  std::string key_of_members(Range const& range) const;
  ValueId member_or_row(std::string const& key, Surroundings const& at, Span span);
  ValueId member_named(RangeId id, std::string const& key, Surroundings const& at, Span span);
  ValueId row_named(vocabulary::SourceId id, std::string const& key, Span span);
  Type type_of_member(Range const& range) const;
  ValueId built_in(std::string const& key, Span span);
  ValueId fact_of(FactRef ref, Surroundings const& at, Span span);
  ValueId figure_of(FigureId id, Surroundings const& at, Span span);
  ValueId threshold_of(ThresholdId id, Surroundings const& at, Span span);
  ValueId nested_field(std::uint32_t outer, std::string const& key, Surroundings const& at, Span span);
  void offer_each(grammar::Diagnostic& diagnostic, std::string const& member, bool years);
  bool each_is_given(std::vector<RangeId> const& each, std::string const& name, Surroundings const& at, Span span);
  std::vector<RangeId> dimensions(vocabulary::Field const& field);
  void unknown(grammar::Path const& path, std::string_view what);
  bool is_forgiven_range(std::string const& key) const;
  bool in_faulty_text(std::string const& key) const;
  bool member_without_fields(grammar::Path const& path, Surroundings const& at);
  std::vector<std::string> all_names() const;
  std::map<std::string, Entity>& names() { return scopes_[scope_].names; }
  std::optional<Entity> entity(std::string const& key, Span span = {});
  std::optional<Entity> entity_at(std::vector<std::string> const& keys, Span span);
  std::optional<WaiverId> waiver_named(std::vector<std::string> const& keys) const;
  std::optional<ListUse> list_use(grammar::Path const& path, Type* member, Surroundings const& at);
  std::optional<RangeId> range_of_path(grammar::Path const& path, Surroundings const& at);
  std::vector<std::string> without_subject(grammar::Path const& path) const;
  std::optional<vocabulary::SourceId> source_named(grammar::Path const& path);
  std::optional<std::uint32_t> field_position(std::string const& key) const;
  RangeId range(Range wanted);
  RangeId years_range(vocabulary::YearKindId kind);
  void look_back(RangeId range, std::uint32_t years);

  // --- shared ---
  ValueId add(Value value);
  ConditionId add(Condition condition);
  ValueId keep(SyntaxValue const& syntax, decltype(Value::node) node, Type type, bool ratio = false);
  ConditionId keep(SyntaxCondition const& syntax, decltype(Condition::node) node);
  grammar::Diagnostic& report(Code code, Span span, std::string message, std::string help = {});
  Program& program() { return *program_; }
  Program const& program() const { return *program_; }
  vocabulary::Vocabulary& words() { return program_->vocabulary; }
  std::string type_words(Type const& type) const { return vocabulary::words(type, program_->vocabulary); }
  /// That `name` meets another unit: it is one mistake wherever the same two meet.
  std::string about_units(std::string const& name, Type const& a, Type const& b) const {
    auto first = type_words(a);
    auto second = type_words(b);
    if (second < first) std::swap(first, second);
    return about("units", name, first + "\t" + second);
  }
  Value const& at(ValueId id) const { return program_->values[id]; }
  vocabulary::Record const& record() const { return program_->vocabulary.records[program_->record]; }
  vocabulary::Field const& field(std::uint32_t position) const {
    return program_->vocabulary.fields[record().fields[position]];
  }

  Block const* block_at(Span span) const;
  Block const* policy_block() const;

  Setting const& setting_;
  grammar::Sources const& sources_;
  grammar::File const& policy_;
  Extent epoch_;
  bool silent_ = false;      ///< what is reviewed is not known, so names that may be its fields are not judged
  bool lost_names_ = false;  ///< a threshold in TOML has a name that cannot be read
  grammar::Diagnostic unsaid_;
  std::set<std::string> forgiven_;  ///< names whose declaration has a fault
  std::set<std::string> doubted_;   ///< names that do not fit where they are used, so that examples are not told again
  std::shared_ptr<Program> program_;
  EarlierRecords earlier_records_{*program_};
  grammar::Diagnostics diagnostics_;

  std::vector<Scope> scopes_;                   ///< the policy's, then those of its layers
  std::size_t scope_ = 0;                       ///< in which names are read
  std::map<std::string, Block const*> beside_;  ///< thresholds read from TOML that nothing has named yet
  std::set<std::string> named_beside_;          ///< those that something has named: they stand in the policy's scope
  std::vector<std::size_t> criterion_scope_;    ///< by CriterionId, but for those that stand for several
  std::map<std::vector<CriterionId>, CriterionId> joint_;
  std::map<std::pair<std::size_t, std::size_t>, GroupId> layer_groups_;  ///< by the scope that reads and the layer
  std::set<WaiverId> unread_waivers_;  ///< those that name something that is no criterion
  // By the index of each: its block, and how far its body has been read.
  std::vector<Block const*> figure_blocks_, threshold_blocks_, criterion_blocks_, group_blocks_, list_blocks_,
      waiver_blocks_;
  std::vector<Progress> figure_progress_, threshold_progress_, list_progress_;
  std::uint32_t reading_ = 0;    ///< bodies that are being read, each because the one before names it
  bool chain_reported_ = false;  ///< a chain that is too long is said once
  std::vector<Span> figure_units_, threshold_units_;  ///< where the head says in what they are
  std::vector<bool> share_value_;  ///< by ValueId: a percentage of something, so the author chose the measure
  std::vector<bool> figure_share_, threshold_share_;
  std::vector<bool> figure_found_;  ///< a yes-or-no figure that asks what is found
};

}  // namespace waymark::check
