// The judge of the engine: interprets a checked Program for one case by walking its tree, a node at a time, with
// nothing kept between two questions. Worked out from docs/language.md and from what engine/check/nodes.hpp and
// definitions.hpp say, alone.
#pragma once

#include <map>
#include <stdexcept>
#include <string>

#include "engine/cases/cases.hpp"
#include "engine/check/program.hpp"
#include "engine/evidence/evidence.hpp"
#include "engine/values/symbols.hpp"
#include "tests/reference/place.hpp"
#include "tests/reference/possible.hpp"

namespace waymark::reference {

/// A threshold has no value for the date: the case cannot be reviewed.
struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Everything that an answer depends on. `batch` is null for a policy that only lists.
struct World {
  check::Program const& program;
  evidence::Evidence const& evidence;
  values::Symbols& symbols;  ///< receives the texts of the program
  cases::Batch const* batch = nullptr;
};

struct Outcome {
  enum class Kind : std::uint8_t { decided, needs_information, not_reviewed, reported };
  Kind kind = Kind::not_reviewed;
  std::uint32_t decision = check::kNone;
  std::vector<std::uint32_t> kept;  ///< rows of the decision
  /// Where no `When` surely holds: each decision that may be the one, with the rows that it would keep.
  std::map<std::uint32_t, std::vector<std::uint32_t>> open;
  bool fault = false;  ///< not reviewed because a value is missing from the policy or the submission
};

class Interpreter {
 public:
  Interpreter(World world, std::uint32_t case_index, values::Date date)
      : world_(world), program_(world.program), case_(case_index), date_(date) {}

  Outcome outcome() const;
  Status status(check::CriterionId criterion) const;

  /// Exact, however large. Where a whole number leaves the range that the language gives numbers, the case is at fault.
  Extent value(check::ValueId value, Place const& place) const;
  bool met_too_large() const { return met_too_large_; }
  Truth truth(check::ConditionId condition, Place const& place) const;
  Extent figure(check::FigureId figure, Place const& place) const;
  Extent threshold(check::ThresholdId threshold, Place const& place) const;
  Members members(check::RangeId range, Place const& place) const;
  /// The members of a Figure that is a list.
  Members list_figure(check::FigureId figure) const;
  /// Every member of the list's Source, with the truth of its standing on the list; a release that is not there:
  /// nothing.
  std::optional<std::map<values::Symbol, Truth>> list(check::ListId list) const;
  /// The year of a kind that holds the review date.
  int running_year(vocabulary::YearKindId kind) const;
  Standing year_standing(check::RangeId range, int year) const;

 private:
  // Facts and evidence (facts.cpp).
  struct Cells;
  Extent fact(check::FactRef const& ref, Place const& place) const;
  Cells record_of(check::FactRef const& ref, Place const& place) const;
  Extent declared_range(vocabulary::Field const& field) const;
  Extent cell(SourceRow const& row, std::uint32_t column) const;
  Extent key(SourceRow const& row, std::uint32_t key) const;
  SourceRow const& row_of(vocabulary::SourceId source, Place const& place) const;
  evidence::Release const* release(vocabulary::SourceId source) const;
  bool lacks_rows(vocabulary::SourceId source) const;
  Members members_of_fact(check::FactRef const& ref, check::RangeId range, Place const& place) const;
  Members members_of_list(check::ListId list, check::RangeId range) const;
  Members members_of_source(vocabulary::SourceId source, check::RangeId range) const;
  Members members_of(check::ListUse const& use, Place const& place) const;
  Members members_of_figure(check::FigureId figure, check::RangeId range) const;
  Extent symbol(std::string const& text) const;
  Extent as_key(Extent const& extent, vocabulary::Type const& type) const;
  Extent from_key(values::Symbol symbol, vocabulary::Type const& type) const;

  // Codes of other editions (editions.cpp).
  bool is_outside_edition(vocabulary::Type const& type, Extent const& code) const;
  Extent submitted(vocabulary::Field const& field, Extent const& extent) const;
  bool is_partner(vocabulary::SourceId list, std::size_t key, values::Symbol asked, values::Symbol listed) const;
  bool is_held_otherwise(vocabulary::SourceId source, std::vector<values::Symbol> const& asked,
                         std::uint32_t open = check::kNone) const;
  bool is_held_otherwise(check::ListUse const& use, Extent const& subject) const;

  // Figures that are lists (list_figures.cpp).
  Members list_of(check::ValueId value) const;
  Members list_of_source(check::SourceLookup const& node) const;
  std::vector<std::uint32_t> rows_named(check::SourceLookup const& node, std::vector<Extent> const& keys) const;
  bool is_of_other_edition(vocabulary::SourceId source, std::size_t key, std::uint32_t row) const;
  bool is_held(check::SourceLookup const& node, std::vector<Extent> const& keys) const;

  // Values (values.cpp), one function a node.
  Extent of(check::Constant const& node, check::Value const& value, Place const& place) const;
  Extent of(check::Fact const& node, check::Value const& value, Place const& place) const;
  Extent of(check::Member const& node, check::Value const& value, Place const& place) const;
  Extent of(check::RowKey const& node, check::Value const& value, Place const& place) const;
  Extent of(check::RowColumn const& node, check::Value const& value, Place const& place) const;
  Extent of(check::FigureRef const& node, check::Value const& value, Place const& place) const;
  Extent of(check::ThresholdRef const& node, check::Value const& value, Place const& place) const;
  Extent of(check::ReviewDate const& node, check::Value const& value, Place const& place) const;
  Extent of(check::RunningYear const& node, check::Value const& value, Place const& place) const;
  Extent of(check::Sum const& node, check::Value const& value, Place const& place) const;
  Extent of(check::DateShift const& node, check::Value const& value, Place const& place) const;
  Extent of(check::Times const& node, check::Value const& value, Place const& place) const;
  Extent of(check::PercentOf const& node, check::Value const& value, Place const& place) const;
  Extent of(check::AsPercentOf const& node, check::Value const& value, Place const& place) const;
  Extent of(check::Choose const& node, check::Value const& value, Place const& place) const;
  Extent of(check::Rounded const& node, check::Value const& value, Place const& place) const;
  Extent of(check::InYear const& node, check::Value const& value, Place const& place) const;
  Extent of(check::SourceLookup const& node, check::Value const& value, Place const& place) const;
  Extent of(check::ListAggregate const& node, check::Value const& value, Place const& place) const;
  Extent of(check::YearsAggregate const& node, check::Value const& value, Place const& place) const;
  Extent merged(Extent const& left, Extent const& right, vocabulary::Type const& type) const;

  // Lookups (lookups.cpp).
  /// What a lookup's keys are bound to, as tables name it: one of these names one row that is asked for (of an open key
  /// nothing). `sure`: it is surely asked for (a member of a List may not be on it).
  struct RowAsked {
    std::vector<Extent> keys;
    bool sure = true;
  };
  struct Asked {
    std::vector<RowAsked> rows;
    bool more = false;  ///< a bound list is missing: any number of rows
    bool may_apply = true;
    bool may_not_apply = false;
  };
  Asked asked(check::SourceLookup const& node, Place const& place) const;
  std::vector<Member> bound(check::KeyBinding const& binding, vocabulary::Type const& type, Place const& place,
                            Asked& asked) const;
  std::optional<std::uint32_t> find_row(vocabulary::SourceId source, std::vector<End> const& keys) const;
  void add_part(check::SourceLookup const& node, RowAsked const& asked, Place const& place, Parts& parts) const;
  Truth passes(check::SourceLookup const& node, SourceRow row, Place const& place) const;
  Truth covered(check::SourceLookup const& lookup, RowAsked const& asked, bool published) const;
  /// Whether the fallback is used: yes, no, or either.
  Truth fallback_used(check::Figure const& figure, Place const& place) const;
  bool says_nothing(check::SourceLookup const& lookup, std::uint32_t row) const;
  Extent part_of_total(grammar::Aggregate aggregate, bool complete, check::ValueId of, Extent extent) const;
  bool may_be_negative(check::ValueId value) const;

  // Thresholds and figures (definitions.cpp).
  Extent by_cases(check::Figure const& figure, Place const& place) const;
  check::ThresholdRow const* row_in_force(check::Threshold const& threshold, std::optional<std::uint32_t> entry,
                                          std::optional<std::string> const& text, values::Date date) const;
  std::vector<check::ThresholdRow const*> rows_possible(check::Threshold const& threshold, Extent const& by,
                                                        values::Date date) const;
  check::ThresholdRow const* row_for_number(check::Threshold const& threshold, Number const& number,
                                            values::Date date) const;
  std::vector<check::ThresholdRow const*> rows_by_number(check::Threshold const& threshold, Extent by,
                                                         values::Date date) const;
  std::vector<values::Date> dates_possible(check::Threshold const& threshold, Extent const& dated) const;
  values::Date date_at(Place const& place) const;

  // Conditions (conditions.cpp, windows.cpp), one function a node.
  Truth of(check::Compare const& node, Place const& place) const;
  Truth of(check::Matches const& node, Place const& place) const;
  Truth of(check::Within const& node, Place const& place) const;
  Truth of(check::InList const& node, Place const& place) const;
  Truth of(check::Holds const& node, Place const& place) const;
  Truth of(check::CriterionState const& node, Place const& place) const;
  Truth of(check::Untold const& node, Place const& place) const;
  Truth of(check::GroupCount const& node, Place const& place) const;
  Truth of(check::Junction const& node, Place const& place) const;
  Truth of(check::Quantified const& node, Place const& place) const;
  Truth of(check::Windowed const& node, Place const& place) const;
  Truth of(check::WaiverInForce const& node, Place const& place) const;
  // Waivers (waivers.cpp).
  using Recorded = std::pair<cases::WaiverOnRecord const*, Truth>;
  std::vector<Recorded> records_in_force(check::Waiver const& waiver) const;
  Truth waiver(check::Waiver const& waiver) const;
  Extent waived(check::Threshold const& threshold, Extent own) const;
  bool rests_on_waived(check::CriterionId criterion) const;
  struct Clauses {
    Truth exempt = values::kNo, test = values::kNo, waived = values::kNo;
  };
  Clauses clauses(check::CriterionId criterion) const;
  Status status_for(grammar::State asked, check::CriterionId criterion) const;
  Truth of(check::Present const& node, Place const& place) const;
  bool may_not_apply(check::ConditionId condition) const;  // applies.cpp
  bool value_may_not_apply(check::ValueId value) const;
  int oldest_year_known(check::Windowed const& node) const;
  Truth in_window(check::Windowed const& node, int after, Place const& place) const;

  // Decisions and lists (decisions.cpp).
  bool surely_off(check::ListUse const& use, Extent const& subject) const;
  bool leaves_out(check::ListId list, Extent const& member) const;
  Outcome decided(std::uint32_t decision) const;
  std::map<std::uint32_t, Truth> list_rows(check::List const& list, evidence::Release const& release) const;
  struct RankedRow;
  Truth rank_among(check::Ranking const& ranking, std::map<std::uint32_t, RankedRow> const& rows, std::uint32_t row,
                   Number const& entry, bool more) const;
  std::map<std::uint32_t, Truth> ranked(check::List const& list, check::Ranking const& ranking,
                                        std::map<std::uint32_t, Truth> const& rest,
                                        evidence::Release const& release) const;

  World world_;
  check::Program const& program_;
  std::uint32_t case_;
  values::Date date_;
  Interpreter const* minding_ = nullptr;  // of one that leaves thresholds as they are: the one that it serves
  mutable bool met_too_large_ = false;
};

}  // namespace waymark::reference
