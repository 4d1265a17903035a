// One batch under evaluation: its domains, and every column that has been asked for so far.
//
// A node is evaluated for all rows of a domain at once. Each node has one canonical domain, made of the ranges on which
// it depends; in any other domain its column is gathered from there. Columns are kept until the run ends.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

#include "engine/review/aggregates.hpp"
#include "engine/review/domain.hpp"
#include "engine/review/faults.hpp"
#include "engine/review/plan.hpp"

namespace waymark::review {

using Truths = std::vector<Truth>;
using Rows = std::vector<std::uint32_t>;
using Mask = std::vector<std::uint8_t>;  // by row: set or not

/// A column with the faults that were met while it was computed.
template <class T>
struct Kept {
  T column;
  Faults faults;
};

struct Moment {
  values::Date date;
  std::vector<TableIndex const*> tables;  ///< by Source: the release that a decision of this date reads, or null
  /// By Source, of a list: what its release holds in other editions than its keys are declared in.
  std::vector<std::vector<evidence::OtherEdition const*>> other_editions;
};

/// The first and the last date that one may be.
struct DateBounds {
  values::Date first, last;
};
/// The rows of a Threshold that may be in force.
struct PossibleRows {
  Rows rows;
  bool some_without = false;  ///< and for some class or date that it may be none is
  bool is_one() const { return rows.size() == 1 && !some_without; }
};

/// How a part of a lookup stands before its cell is read.
enum class PartState : std::uint8_t {
  row,
  no_row,
  row_lost,       // the release has no row for the key, and rows that could not be read
  other_edition,  // the list has no row for the key, and one for its partner in another edition
  no_release,     // none is known on the date
  key_unknown,
};

/// Whether filters keep a part.
enum Keep : std::uint8_t { kOut, kIn, kPerhaps };
/// Leaves out those for which a filter does not hold. A filter that does not apply keeps nothing.
void leave_out(Mask& keep, Truths const& filter);

/// The parts of a lookup for every row of a domain.
struct LookupRows {
  std::vector<std::uint32_t> offsets{0};
  std::vector<std::uint32_t> rows;  ///< in the release's table, kNoRow without one
  std::vector<PartState> states;
  std::vector<std::uint8_t> may_be_missing;
  std::vector<std::uint8_t> and_more;  ///< by row of the domain: a list of keys has members that are not known
};

/// A List on one date.
struct ListResult {
  bool and_more = true;  ///< no release of its Source is known, or rows of it could not be read
  std::map<values::Symbol, Truth> by_symbol;
  std::unordered_map<Steps, Truth> by_word;  ///< and what is left out, whether or not it has a row
  std::vector<Steps> members;                ///< those that may be on it, ordered by their text
  Truths rows;                               ///< by row of the release
  std::vector<Standing> standings;           ///< by row, of a List by rank
  std::string fault;
};

/// The members that a key or a subject is bound to, in one row of a domain.
struct Members {
  std::span<Steps const> lowest, highest;
  std::span<Steps const> submitted;  ///< of a fact: also the codes outside their edition, which are unknown above
  std::span<std::uint8_t const> may_be_absent;  ///< empty: each is surely there
  bool and_more = false;                        ///< and any number of which nothing is known
};

/// What a list Figure, or one of the lists of which it is made, comes to for each case.
struct CaseLists {
  std::vector<std::uint32_t> offsets{0};
  std::vector<Steps> words;  ///< each once, ordered by its text, of a choice by its place
  std::vector<std::uint8_t> may_be_absent;
  std::vector<std::uint8_t> and_more;  ///< by case: members of which nothing is known

  Members at(std::size_t case_index) const {
    auto const begin = offsets[case_index];
    auto const size = offsets[case_index + 1] - begin;
    auto const here = std::span(words).subspan(begin, size);
    return {here, here, {}, std::span(may_be_absent).subspan(begin, size), and_more[case_index] != 0};
  }
};

/// What the keys of one part of a lookup are.
struct PartWords {
  std::vector<Steps> words;      ///< kNoLowest: unknown
  std::vector<Steps> submitted;  ///< the same, but for a list's codes outside their edition
};

/// A list of items under one connective.
Truth connected(grammar::Connective connective, std::uint32_t count, std::span<Truth const> items);

struct Run::State {
  State(Plan::Parts const& plan_parts, values::Symbols const& all_symbols, cases::Batch const* cases_batch,
        std::vector<values::Date> review_dates, review::Stated const* stated_values);

  // --- What the run is about ---------------------------------------------------------------------------------------
  Plan::Parts const& plan;
  check::Program const& program;
  values::Symbols const& symbols;
  cases::Batch const* batch;
  std::vector<values::Date> dates;
  review::Stated const* stated;
  std::deque<Moment> moments;
  std::vector<MomentId> moment_of_case;

  vocabulary::Vocabulary const& words() const { return program.vocabulary; }
  std::size_t cases() const { return batch == nullptr ? 0 : batch->size(); }
  MomentId moment_at(values::Date date);
  TableIndex const* table(vocabulary::SourceId source, MomentId moment) const { return moments[moment].tables[source]; }

  // --- Domains (domains.cpp, canonical.cpp) ------------------------------------------------------------------------
  Domain const& domain(DomainId id) const { return *domains_[id]; }
  MomentId moment(DomainId id, std::size_t row) const {
    auto const& d = domain(id);
    return d.moment != check::kNone ? d.moment : moment_of_case[d.case_of[row]];
  }
  /// The members of a range below `parent`; of years those before the review date.
  DomainId child(DomainId parent, check::RangeId range);
  DomainId years_before(DomainId parent, check::RangeId range, std::uint32_t last);
  /// The newest `fewest` years that ended, and all back to the first of which the case's facts or evidence say anything
  /// (horizons.cpp).
  DomainId years_known(DomainId parent, check::RangeId range, std::uint32_t fewest);
  /// The years that a window looks at, before its `within` and its `after` are minded.
  DomainId window_years(check::Windowed const& node, DomainId in);
  DomainId year_points(DomainId parent, check::RangeId range, ValueId in_year, Column const& year);
  DomainId lookup_domain(DomainId parent, LookupId lookup, LookupRows const& found);
  DomainId list_domain(vocabulary::SourceId source, MomentId moment);
  DomainId canonical(DomainId id, NeedsId needs);
  /// For every row of `from` the row of `to`, which is canonical for it; null where they are one.
  Rows const* mapping(DomainId from, DomainId to);
  /// The last year of a kind that ended before the moment.
  Steps newest_year(MomentId moment, std::uint32_t kind) const;
  void use_list(check::ListId id, DomainId reader);
  /// The innermost domain on the path whose members are of `range`, or kNone.
  DomainId innermost(DomainId id, check::RangeId range) const;
  DomainId innermost_years(DomainId id) const;
  DomainId innermost_rows(DomainId id, vocabulary::SourceId source) const;
  /// The rows of an outer domain, by row.
  Rows up(DomainId from, DomainId outer) const;
  std::vector<Steps> members_of(DomainId id, DomainId outer) const;
  /// The surrounding year of every row, or nothing.
  std::optional<std::vector<Steps>> years(DomainId id) const;

  /// Where a frame stands, also in a policy that only lists; and where the node with these needs is evaluated for it.
  Frame place(Frame frame);
  Frame own_place(Frame frame, NeedsId needs);
  std::vector<Frame> frames_below(Frame at, DomainId inner) const;

  // --- For explanations (parts.cpp) --------------------------------------------------------------------------------
  std::vector<Part> parts(ValueId id, Frame frame);
  values::Known known_list(vocabulary::SourceId source, MomentId moment) const;
  values::Known known_fact(check::FactRef const& fact, Frame frame);
  values::Known known_member(check::RangeId range, Frame frame);

  // --- Values (values.cpp and its neighbours) ----------------------------------------------------------------------
  Column const& value(ValueId id, DomainId domain);
  Column const& figure(check::FigureId id, DomainId domain);        ///< its canonical domain
  Truths const& figure_truth(check::FigureId id, DomainId domain);  ///< of a yes-or-no figure, any domain
  Column const& threshold(check::ThresholdId id, DomainId domain);  ///< its canonical domain
  /// By row of the domain: the row of the Threshold in force, or kNone where the class cannot be told or there is none.
  Rows threshold_rows(check::ThresholdId id, DomainId domain);
  LookupRows const& lookup_rows(LookupId id, DomainId domain);
  /// By row of the figure's domain, where its fallback stands in for it, and where that cannot be told.
  struct FallbackRows {
    Mask used, perhaps;
  };
  FallbackRows uses_fallback(check::Figure const& figure, DomainId domain);

  // --- Figures that are lists (list_figures.cpp) -------------------------------------------------------------------
  CaseLists const& list_figure(check::FigureId id);

  // --- Facts (facts.cpp) -------------------------------------------------------------------------------------------
  vocabulary::Field const& field(check::FactRef const& fact) const { return words().fields[fact.field]; }
  cases::FieldColumn const& field_column(check::FactRef const& fact) const;
  /// The field's values, those outside the edition that they are asked in unknown.
  cases::FactColumn const& checked(check::FactRef const& fact);
  /// The row of the record that holds the fact.
  Rows record_rows(check::FactRef const& fact, DomainId domain) const;
  /// Where the fact stands among the values of its field, kNoRow where a year was not submitted.
  Rows fact_places(check::FactRef const& fact, DomainId domain) const;
  bool in_record_list(check::FactRef const& fact) const;
  bool in_place(check::FactRef const& fact, DomainId domain) const;
  check::RangeId range_of(check::Range::Of of, std::uint32_t which) const;
  Column fact_column(check::FactRef const& fact, DomainId domain);
  Column list_column(check::FactRef const& fact, DomainId domain);
  Column member_column(check::RangeId range, DomainId domain);

  // --- Codes of other editions (editions.cpp) ----------------------------------------------------------------------
  /// The partners of a code in other editions, by which a list's release holds it or may hold it.
  std::vector<Partner> partners(vocabulary::SourceId source, std::size_t key, Steps code, MomentId moment) const;
  /// Whether a list has a row for these words, whatever stands in the key `open`, once some of them stand for their
  /// partners.
  bool is_held_otherwise(vocabulary::SourceId source, MomentId moment, std::span<Steps const> words,
                         std::uint32_t open = check::kNone) const;
  /// Whether a list holds this code of another edition than its key is declared in.
  bool is_of_other_edition(vocabulary::SourceId source, std::size_t key, Steps code, MomentId moment) const;
  /// All fields of codes of the reviewed record and of the records in it, whether or not the policy asks for them.
  std::vector<check::FactRef> code_facts() const;
  /// Appends the codes outside its edition that a fact holds in one row of its record.
  void add_outside(check::FactRef const& fact, std::uint32_t record, std::vector<values::Symbol>& out);
  std::optional<values::Symbol> outside_member(check::RangeId range, Frame frame);

  // --- Lists (lists.cpp) -------------------------------------------------------------------------------------------
  ListResult const& list(check::ListId id, MomentId moment);
  vocabulary::SourceId source_of(check::ListId id) const;

  // --- Conditions (conditions.cpp and its neighbours) --------------------------------------------------------------
  Truths const& truth(ConditionId id, DomainId domain);
  std::vector<values::Status> const& statuses(CriterionId id);
  std::optional<values::Status> stated_status(CriterionId id) const;

  // --- Decisions (decide.cpp) --------------------------------------------------------------------------------------
  std::vector<Outcome> const& outcomes();

  // --- Faults ------------------------------------------------------------------------------------------------------
  void fault(DomainId domain, std::size_t row, std::string text);
  void fault(Faults const& faults) {
    if (!faults.empty()) gathering_.back().add(faults);
  }
  /// Runs `work` and gives back the faults that it met instead of passing them on.
  template <class Work>
  Faults faults_of(Work work) {
    gathering_.emplace_back();
    work();
    auto out = std::move(gathering_.back());
    gathering_.pop_back();
    return out;
  }
  /// Passes on those faults whose case uses a row at which `used` is set.
  void fault_where(Faults const& faults, DomainId domain, Mask const& used);
  std::string too_large(ValueId id) const;
  /// Bounds in whole steps; a number that is too large is a fault of its case, and unknown.
  Bounds whole_steps(RatioBounds const& bounds, ValueId id, DomainId domain, std::size_t row);

 private:
  template <class T, class Key>
  using Cache = std::map<Key, std::unique_ptr<Kept<T>>>;

  // domains.cpp
  DomainId add(std::unique_ptr<Domain> made);
  std::unique_ptr<Domain> below(DomainId parent, Domain::Level level) const;
  void add_members(Domain& made, DomainId parent, std::size_t row);
  void add_list_members(Domain& made, DomainId parent, std::size_t row);
  void add_result_members(Domain& made, DomainId parent, std::size_t row);
  void add_figure_members(Domain& made, DomainId parent, std::size_t row);

  // horizons.cpp: kNoHighest where there is none
  Steps first_year_of_evidence(MomentId moment, std::uint32_t kind) const;
  Steps first_year_of_stated(check::RangeId range) const;

  // canonical.cpp
  DomainId find_canonical(DomainId id, Needs const& needs);
  std::vector<bool> selected(Domain const& from, Needs const& needs) const;
  Rows find_mapping(DomainId from, DomainId to) const;

  // values.cpp
  Column compute(ValueId id, DomainId domain);
  Column constant(ValueId id, DomainId domain) const;
  Column running_year(check::RunningYear const& node, DomainId domain) const;
  Column review_date(DomainId domain) const;
  Column row_key(check::RowKey const& node, DomainId domain) const;
  Column row_column(check::RowColumn const& node, DomainId domain) const;
  Column in_year(ValueId id, check::InYear const& node, DomainId domain);

  // arithmetic.cpp
  Column sum(ValueId id, check::Sum const& node, DomainId domain);
  Column date_shift(ValueId id, check::DateShift const& node, DomainId domain);
  Column times(ValueId id, check::Times const& node, DomainId domain);
  Column percent_of(check::PercentOf const& node, DomainId domain);
  Column as_percent_of(check::AsPercentOf const& node, DomainId domain);
  Column choose(check::Choose const& node, DomainId domain);
  Column rounded(ValueId id, check::Rounded const& node, DomainId domain);
  void keep_exact(std::vector<Steps>& steps, ValueId id, DomainId domain, Steps unknown);

  // folds.cpp
  Column list_aggregate(ValueId id, check::ListAggregate const& node, DomainId domain);
  Column years_aggregate(ValueId id, check::YearsAggregate const& node, DomainId domain);
  bool never_negative(ValueId part) const;
  struct Fold;
  Column folded(Fold const& fold, DomainId domain);
  void put_aggregate(ColumnBuilder& out, std::size_t row, RatioBounds const& bounds, ValueId id, DomainId domain);

  // lookups.cpp, lookup_rows.cpp
  Column source_lookup(ValueId id, check::SourceLookup const& node, DomainId domain);
  Mask filtered(check::SourceLookup const& node, LookupId lookup, DomainId domain, LookupRows const& found);
  Part part(check::SourceLookup const& node, LookupRows const& found, std::size_t at, TableIndex const* release) const;
  values::Symbol symbol_of(vocabulary::Type const& type, Steps word) const;
  Applies keys_apply(LookupKeys const& lookup, DomainId domain, std::size_t row);
  LookupRows find_rows(LookupId id, DomainId domain);
  std::vector<PartWords> part_words(LookupId id, DomainId domain, std::size_t row);

  // figures.cpp, fallbacks.cpp
  struct Piece;
  Column compute_figure(check::FigureId id, DomainId domain);
  Truths compute_figure_truth(check::FigureId id, DomainId domain);
  Mask rows_that_apply(check::FigureId id, DomainId domain, Truths const*& exempt);
  Column by_cases(check::Figure const& figure, DomainId domain, Mask open);
  static void put_case(ColumnBuilder& out, std::size_t row, std::vector<Piece> const& pieces, bool symbols);
  /// Of the `open` rows; those in which the fallback is surely used are no longer open.
  FallbackRows fallback_where(check::Figure const& figure, DomainId domain, Mask& open);
  Column with_fallback(Column own, check::Figure const& figure, DomainId domain, FallbackRows const& rows);
  static void exempted(Column& column, Truths const& exempt);
  static Column yes_no_column(Truths const& truths);
  /// What is evaluated for all rows and used in some: its faults count only for those.
  Column const& value_where(ValueId id, DomainId domain, Mask const& used);
  Truths const& truth_where(ConditionId id, DomainId domain, Mask const& used);
  Mask found_any(ValueId id, check::Figure::Fallback const& fallback, DomainId domain);
  Mask found_below(ValueId id, check::Figure::Fallback const& fallback, DomainId domain, DomainId inner);
  Mask found_rows(ValueId id, check::SourceLookup const& node, bool published, DomainId domain);

  // list_figures.cpp
  struct ListPiece;
  class ListMaker;
  CaseLists compute_list_figure(check::FigureId id);
  CaseLists list_value(ValueId id, Mask const& used);
  CaseLists list_of_fact(check::FactRef const& fact);
  CaseLists list_of_source(ValueId id, check::SourceLookup const& node);
  void put_stated(check::FigureId id, ListMaker& out) const;
  static Column known_or_not(CaseLists const& lists);

  // stated.cpp
  void put_stated(check::FigureId id, DomainId domain, Column& column);
  void put_stated(check::FigureId id, DomainId domain, Truths& truths);
  /// Rows of which nothing is stated, so that they are computed.
  Mask not_stated(check::FigureId id, DomainId domain) const;
  Rows stated_rows(check::Example::StatedFigure const& figure, DomainId domain) const;
  bool right_member(check::Example::StatedFigure const& figure, DomainId domain, std::uint32_t row) const;

  // thresholds.cpp
  /// For every row of a domain which of `sets`.
  struct RowsInForce {
    std::vector<PossibleRows> sets;
    Rows of_row;
    std::vector<DateBounds> dates;  ///< by row of the domain
  };
  RowsInForce rows_in_force(check::ThresholdId id, DomainId domain);
  std::vector<DateBounds> dates_in_force(check::Threshold const& threshold, DomainId domain);
  Bounds stretches_of(check::ThresholdId id, Bounds by) const;
  Steps entries_of_class(check::Threshold const& threshold) const;
  std::vector<Column const*> values_in_force(check::ThresholdId id, DomainId domain, RowsInForce const& found);
  Column compute_threshold(check::ThresholdId id, DomainId domain);

  // waived_thresholds.cpp
  /// What waivers on record put in a threshold's place for one case.
  struct WaivedValue {
    bool may_be_own = true;   ///< none is surely in force
    bool is_unknown = false;  ///< one that may be in force does not say its value
    std::optional<Bounds> values;
  };
  WaivedValue waived_value(check::ThresholdId id, std::uint32_t case_index) const;
  bool may_be_waived(check::ThresholdId id) const;
  Column with_waivers(check::ThresholdId id, DomainId domain, Column own);
  /// The same run as if no threshold were waived.
  State& without_waivers();
  /// What a criterion's clauses come to for one case.
  struct Answers {
    Truth exempt = values::kNo, test = values::kNo, waived = values::kNo;
  };
  std::vector<Answers> answers_of(CriterionId id, Mask const& asked);
  void mark_waived(CriterionId id, std::vector<Answers> const& answers, std::vector<values::Status>& statuses);
  std::vector<values::Status> const& statuses_for(grammar::State state, CriterionId id);

  // conditions.cpp, comparisons.cpp, quantifiers.cpp, windows.cpp, groups.cpp
  Truths compute(check::Condition const& condition, DomainId domain);
  Truths compare(check::Compare const& node, DomainId domain);
  Truths matches(check::Matches const& node, DomainId domain);
  Truths within(check::Within const& node, DomainId domain);
  bool is_within(values::CodeSystem system, Steps code, Steps group);
  Truths in_list(check::InList const& node, DomainId domain);
  Truths holds(check::Holds const& node, DomainId domain);
  Truths criterion_state(check::CriterionState const& node);
  Truths untold(check::Untold const& node, DomainId domain);
  Truths group_count(check::GroupCount const& node);
  Truths junction(check::Junction const& node, DomainId domain);
  Truths quantified(check::Quantified const& node, DomainId domain);
  Truths windowed(check::Windowed const& node, DomainId domain);
  std::size_t years_after(check::Windowed const& node, std::span<Steps const> newest_first, Steps after) const;
  Truths waiver_in_force(check::WaiverInForce const& node);
  Truths present(check::Present const& node);
  std::vector<values::Status> compute_statuses(CriterionId id);

  ListResult compute_list(check::ListId id, MomentId moment);
  Truths list_rows(check::ListId id, MomentId moment, TableIndex const& release);
  std::vector<Steps> left_out(check::ListId id) const;

  // rankings.cpp
  void rank(check::Ranking const& ranking, DomainId rows, ListResult& out);

  // decide.cpp
  struct Scan;
  Outcome decide(Scan const& scan, std::uint32_t case_index, std::string const* fault) const;
  Outcome decide_by(Scan const& scan, std::uint32_t case_index, std::uint32_t decision) const;
  std::string no_decision() const;

  std::vector<std::unique_ptr<Domain>> domains_;
  std::map<std::tuple<Domain::Level, DomainId, std::uint32_t, std::uint32_t>, DomainId> domain_ids_;
  std::map<std::pair<DomainId, NeedsId>, DomainId> canonical_;
  std::map<std::pair<DomainId, DomainId>, Rows> mappings_;

  std::vector<std::vector<std::unique_ptr<Kept<Column>>>> values_;  // by domain, by ValueId
  std::vector<std::vector<std::unique_ptr<Kept<Truths>>>> truths_;  // by domain, by ConditionId
  Cache<Column, std::pair<check::FigureId, DomainId>> figures_;
  Cache<Truths, std::pair<check::FigureId, DomainId>> figure_truths_;
  Cache<CaseLists, check::FigureId> list_figures_;
  Cache<Column, std::pair<check::ThresholdId, DomainId>> thresholds_;
  Cache<LookupRows, std::pair<LookupId, DomainId>> lookup_rows_;
  Cache<std::vector<values::Status>, CriterionId> statuses_;
  std::map<std::pair<check::ListId, MomentId>, std::unique_ptr<ListResult>> lists_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::optional<cases::FactColumn>> checked_;
  std::unordered_map<std::uint64_t, bool> within_;
  std::optional<std::vector<Outcome>> outcomes_;
  State* minding_waivers_ = nullptr;  ///< of a run as if no threshold were waived: the run that it serves
  std::unique_ptr<State> without_waivers_;
  std::vector<Faults> gathering_{1};

  friend class Run;
};

}  // namespace waymark::review
