// The checker of one policy on one date: collects the names of all heads first, then reads the bodies. Only for the
// files of this folder.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/check/check.hpp"
#include "engine/check/program.hpp"
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

/// What surrounds the place that is being read.
struct Surroundings {
  std::vector<RangeId> ranges;                  ///< outermost first
  std::optional<vocabulary::SourceId> rows_of;  ///< inside a List: its source, whose keys and columns are names
  bool in_row = false;                          ///< `found` and `cannot be told` may stand here
  bool plain_numbers = false;                   ///< in a Figure or Threshold: numbers need no name of their own
};

class Checker {
 public:
  Checker(grammar::Sources const& sources, grammar::File const& policy, vocabulary::Vocabulary vocabulary,
          std::vector<grammar::Block> const& more, values::Date date, std::set<std::string> forgiven);

  std::shared_ptr<Program> run();
  grammar::Diagnostics const& diagnostics() const { return diagnostics_; }

 private:
  using Block = grammar::Block;
  using Clause = grammar::Clause;
  using Code = grammar::Code;
  using Span = grammar::Span;
  using SyntaxValue = grammar::Value;
  using SyntaxCondition = grammar::Condition;

  // --- blocks.cpp: heads and bodies ---
  void policy_head(Block const& block);
  void collect_heads();
  void declare(Block const& block, Named what, std::uint32_t index);
  void declare_fields();
  bool in_force(Block const& block);
  void head_of_figure(Block const& block);
  void head_of_threshold(Block const& block);
  std::optional<RangeId> range_of_part(grammar::Part const& part, std::string_view words);
  void bodies();
  void figure(FigureId id);
  void yes_or_no_figure(FigureId id, Block const& block, Surroundings const& at);
  void value_figure(FigureId id, Block const& block, Surroundings const& at);
  void fallback(FigureId id, Clause const& clause, Surroundings const& at);
  void threshold(ThresholdId id);
  void threshold_row(ThresholdId id, Clause const& clause, Surroundings const& at);
  void threshold_rows_in_order(ThresholdId id, Block const& block);
  void criterion(CriterionId id);
  void group(GroupId id);
  void waiver(WaiverId id);
  void list(ListId id);
  void list_subject(ListId id, Block const& block, Clause const& of);
  Citation citation_of(Block const& block) const;
  Citation citation_of(std::optional<grammar::Citation> const& own, Citation const& heading) const;
  void note_illustrative(Citation const& citation, std::string const& name);

  // --- decisions.cpp ---
  void decision(Block const& block);
  void outcome_row(Decision& decision, Clause const& clause);
  void attach(Decision& decision, Clause const& clause);
  std::optional<Term> term_of(grammar::Term const& term);
  void adverse_rows(Decision const& decision);
  bool rests_on_missing(ConditionId condition, bool positive) const;
  bool uses_found(ConditionId condition) const;
  void lost_items(Program const& program);
  std::uint32_t outcome_index(grammar::Phrase const& words);

  // --- examples.cpp ---
  void example(Block const& block);
  void given(Example& example, grammar::Clause const& clause);
  void fact(Example& example, Clause const& clause);
  void stated_field(Example& example, FactRef ref, grammar::Fact const& fact);
  void stated_nested(Example& example, FactRef ref, grammar::Fact const& fact);
  void stated_each(Example& example, FactRef ref, grammar::Fact const& fact);
  void stated_figure(Example& example, FigureId id, grammar::Fact const& fact);
  void stated_row(Example& example, vocabulary::SourceId source, grammar::Fact const& fact);
  void expectation(Example& example, Clause const& clause);
  std::optional<Stated> stated(grammar::FactValue const& value, Type const& type);
  std::optional<Stated> stated_value(grammar::Value const& value, Type const& type);
  std::optional<grammar::FactValue> whole_value(grammar::Fact const& fact);
  std::string text_of(Span span) const;

  // --- values.cpp ---
  ValueId value(SyntaxValue const& syntax, Surroundings const& at, std::optional<Type> wanted = std::nullopt);
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
  bool whole(ValueId id, Span span);
  bool fits(ValueId id, Type const& wanted, Span span, std::string const& what);

  // --- lookups.cpp ---
  ValueId lookup(SyntaxValue const& syntax, grammar::Lookup const& lookup, Surroundings const& at,
                 std::optional<Type> const& wanted);
  ValueId source_lookup(SyntaxValue const& syntax, grammar::Lookup const& lookup, vocabulary::SourceId source,
                        Surroundings const& at, std::optional<Type> const& wanted);
  ValueId list_aggregate(SyntaxValue const& syntax, grammar::Lookup const& lookup, RangeId range,
                         Surroundings const& at, std::optional<Type> const& wanted);
  ValueId years_aggregate(SyntaxValue const& syntax, grammar::Lookup const& lookup, Surroundings const& at);
  std::optional<std::vector<KeyBinding>> bind_keys(grammar::Lookup const& lookup, vocabulary::SourceId source,
                                                   Surroundings const& at, Span span);
  std::optional<std::pair<KeyBinding, Type>> key_value(SyntaxValue const& value, Surroundings const& at,
                                                       vocabulary::Source const& source);
  std::optional<std::uint32_t> key_position(vocabulary::Source const& source, std::vector<bool> const& taken,
                                            Type const& type, std::string const& name);
  std::vector<RowFilter> filters(grammar::Lookup const& lookup, vocabulary::SourceId source, Surroundings const& at);
  std::optional<Type> type_of_aggregate(grammar::Aggregate aggregate, Type const& of, Span span);
  Type type_of_number(std::optional<Type> const& wanted);

  // --- conditions.cpp ---
  ConditionId condition(SyntaxCondition const& syntax, Surroundings const& at);
  ConditionId is(SyntaxCondition const& syntax, grammar::Is const& is, Surroundings const& at);
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
  ConditionId windowed(SyntaxCondition const& syntax, grammar::Windowed const& windowed, Surroundings const& at);
  bool unite(ValueId& left, ValueId& right, Compare& compare, Span left_span, Span right_span);
  bool may_stand_in_row(Span span, Surroundings const& at);
  bool computed_by_name(SyntaxValue const& syntax, Surroundings const& at);
  bool mentions(ConditionId condition, RangeId range) const;
  void number_has_a_name(SyntaxValue const& right, ValueId left, SyntaxCondition const& syntax, Surroundings const& at);
  ConditionId guarded(ConditionId id);
  std::set<std::uint32_t> nested_records(ConditionId id) const;

  // --- names.cpp ---
  struct Found {
    ValueId value = kNone;  ///< a value
    Entity entity;          ///< what it is, where it is one of the namespace
    bool reported = false;  ///< nothing, and the user knows
  };
  Found find(grammar::Path const& path, Surroundings const& at, bool quiet = false);
  ValueId member_or_row(std::string const& key, Surroundings const& at, Span span);
  ValueId built_in(std::string const& key, Surroundings const& at, Span span);
  ValueId fact_of(FactRef ref, Surroundings const& at, Span span);
  ValueId figure_of(FigureId id, Surroundings const& at, Span span);
  ValueId threshold_of(ThresholdId id, Surroundings const& at, Span span);
  ValueId nested_field(std::uint32_t outer, std::string const& key, Surroundings const& at, Span span);
  bool each_is_given(std::vector<RangeId> const& each, std::string const& name, Surroundings const& at, Span span);
  std::vector<RangeId> dimensions(vocabulary::Field const& field);
  void unknown(grammar::Path const& path, std::string_view what);
  std::vector<std::string> all_names() const;
  std::optional<Entity> entity(std::string const& key) const;
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
  Value const& at(ValueId id) const { return program_->values[id]; }
  vocabulary::Record const& record() const { return program_->vocabulary.records[program_->record]; }
  vocabulary::Field const& field(std::uint32_t position) const {
    return program_->vocabulary.fields[record().fields[position]];
  }

  grammar::Sources const& sources_;
  grammar::File const& policy_;
  std::vector<grammar::Block> const& more_;
  values::Date date_;
  std::set<std::string> forgiven_;  ///< names whose declaration has a fault, or that a missing vocabulary may hold
  std::shared_ptr<Program> program_;
  grammar::Diagnostics diagnostics_;

  std::map<std::string, Entity> names_;
  std::map<std::string, Span> elsewhere_;  ///< names that are in force on other dates only
  std::map<std::string, WaiverId> waiver_names_;
  // By the index of each: its block, and how far its body has been read.
  enum class Progress : std::uint8_t { waiting, reading, done };
  std::vector<Block const*> figure_blocks_, threshold_blocks_, criterion_blocks_, group_blocks_, list_blocks_,
      waiver_blocks_;
  std::vector<Progress> figure_progress_, threshold_progress_;
  std::vector<bool> share_value_;  ///< by ValueId: a percentage of something, so the author chose the measure
  std::vector<bool> figure_share_, threshold_share_;
  std::vector<bool> figure_found_;  ///< a yes-or-no figure that asks what is found
  Span block_;                      ///< the block that is being read
  std::string heading_;             ///< the citation under which is being read
};

}  // namespace waymark::check
