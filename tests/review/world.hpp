// A program, its evidence and its cases, made by hand: each test says only what it is about.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/review/review.hpp"

namespace waymark::review {

using check::RangeId;
using values::Known;
using values::Steps;
using vocabulary::Kind;
using vocabulary::Type;

Type count_type();
Type money_type();
Type percent_type();
Type points_type();
Type date_type();
Type year_type();
Type text_type();
Type yes_no_type();
Type soc_type(std::uint16_t edition = 0);
Type cip_type();
Type list_of(Type type);

Steps day(char const* date);

/// A cell or a fact: exact, within bounds, or missing for a reason.
struct Datum {
  Steps lowest = values::kNoLowest;
  Steps highest = values::kNoHighest;
  Known known = Known::exactly;
};
Datum exactly(Steps steps);
Datum between(Steps lowest, Steps highest);
Datum at_least(Steps lowest);
Datum missing(Known why = Known::not_submitted);

class World {
 public:
  World();

  check::Program program;
  evidence::Evidence evidence;
  values::Symbols symbols;
  cases::Batch batch;
  std::vector<values::Date> dates;
  values::Date review_date = values::date_of(2026, 11, 21);
  Stated stated;
  bool with_stated = false;

  // --- Vocabulary --------------------------------------------------------------------------------------------------
  Type choice(std::string const& name, std::vector<std::string> const& entries);
  /// A field of the reviewed record; what it gives back is a value that reads it.
  ValueId fact(std::string const& name, Type type);
  ValueId fact_each(std::string const& name, Type type, std::vector<vocabulary::Dimension> each);
  vocabulary::Field& field(std::string const& name);
  std::uint32_t position(std::string const& name) const;
  /// A field that is a record, or a list of records, with its own fields.
  std::uint32_t nested(std::string const& name, bool list, std::vector<std::pair<std::string, Type>> const& fields);
  ValueId nested_fact(std::string const& outer, std::string const& name);
  check::ListUse list_fact(std::string const& name) const;
  vocabulary::SourceId source(std::string const& name, std::vector<Type> const& keys,
                              std::vector<Type> const& columns = {});

  // --- Nodes -------------------------------------------------------------------------------------------------------
  ValueId add(decltype(check::Value::node) node, Type type, bool ratio = false, std::string text = "a value");
  ConditionId add(decltype(check::Condition::node) node, std::string text = "a condition");
  ValueId number(Steps steps, Type type = count_type());
  ValueId word(std::string const& text, Type type = text_type());
  RangeId range(check::Range::Of of, std::uint32_t which, std::uint32_t horizon = 0);
  RangeId years(std::uint32_t horizon = 5);
  RangeId members(std::string const& list_field);

  ConditionId compare(check::Order order, ValueId left, ValueId right);
  ConditionId at_least(ValueId left, ValueId right) { return compare(check::Order::at_least, left, right); }
  ConditionId is(ValueId subject, std::vector<ValueId> options, bool negated = false);
  ConditionId holds(ValueId subject, bool negated = false);
  ConditionId junction(grammar::Connective connective, std::vector<ConditionId> items, std::uint32_t count = 0);
  ConditionId quantified(grammar::Quantifier quantifier, RangeId range, ConditionId body, std::uint32_t count = 0);

  check::FigureId figure(Type type, std::vector<check::FigureCase> cases, std::vector<RangeId> each = {});
  check::FigureId yes_when(ConditionId condition, std::vector<RangeId> each = {});
  ValueId figure_value(check::FigureId figure);
  check::ThresholdId threshold(std::vector<check::ThresholdRow> rows, ValueId by = check::kNone);
  check::ThresholdRow row(char const* from, ValueId value) const;
  ValueId threshold_value(check::ThresholdId threshold, Type type = count_type());
  CriterionId criterion(ConditionId test);
  check::GroupId group(std::vector<CriterionId> criteria);
  ConditionId group_count(check::GroupId group, grammar::Connective connective, grammar::State state,
                          std::uint32_t count = 0);

  // --- Data --------------------------------------------------------------------------------------------------------
  /// One more case of which nothing is known; gives back its number.
  std::uint32_t add_case();
  void set(std::string const& name, Datum datum, std::uint32_t case_index = 0, std::uint32_t entry = 0);
  void set(std::string const& name, Steps steps) { set(name, exactly(steps)); }
  void set_word(std::string const& name, std::string const& text, std::uint32_t case_index = 0);
  void set_year(std::string const& name, int year, Datum datum, std::uint32_t case_index = 0, std::uint32_t entry = 0);
  void set_list(std::string const& name, std::vector<Datum> const& members, std::uint32_t case_index = 0);
  void set_words(std::string const& name, std::vector<std::string> const& members, std::uint32_t case_index = 0);
  /// Of the case that was added last.
  void set_members(std::string const& list, std::vector<std::vector<Datum>> const& members);
  /// A release with these rows: keys as texts, then cells.
  evidence::Release& release(vocabulary::SourceId source,
                             std::vector<std::pair<std::vector<std::string>, std::vector<Datum>>> const& rows,
                             std::optional<values::Date> released = std::nullopt);

  // --- Answers -----------------------------------------------------------------------------------------------------
  /// A new run over what has been made so far.
  Run& run();
  values::Truth truth(ConditionId condition, std::uint32_t case_index = 0);
  Seen seen(ValueId value, std::uint32_t case_index = 0);
  Outcome outcome(std::uint32_t case_index = 0);

 private:
  cases::FieldColumn& column(std::string const& name);
  vocabulary::FieldId add_field(vocabulary::Field field, std::vector<vocabulary::FieldId>& to);

  std::unique_ptr<Plan> plan_;
  std::unique_ptr<Run> run_;
};

/// `5`, `3..8`, `..8`, `3..`, `?`; with `/n` where it is no whole number; `-` where it does not apply, `5 or -`.
std::string text(Seen const& seen);

}  // namespace waymark::review
