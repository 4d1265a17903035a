// One batch under evaluation: its domains, and every column that has been asked for so far.
//
// A node is evaluated for all rows of a domain at once. Each node has one canonical domain, made of the ranges on which
// it depends; in any other domain its column is gathered from there. Columns are kept until the run ends.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "engine/review/aggregates.hpp"
#include "engine/review/domain.hpp"
#include "engine/review/faults.hpp"
#include "engine/review/held.hpp"
#include "engine/review/lookup_rows.hpp"
#include "engine/review/patterns.hpp"
#include "engine/review/plan.hpp"

namespace waymark::review {

// In the memory of the run, as columns are.
using Truths = std::span<Truth const>;

/// Rows of a domain that are meant, nearly always all of them: then there is nothing in memory.
class Mask {
 public:
  Mask() = default;
  explicit Mask(std::span<std::uint8_t const> set) : set_(set) {}

  bool all() const { return set_.empty(); }
  bool operator[](std::size_t row) const { return set_.empty() || set_[row] != 0; }
  bool operator()(std::size_t row) const { return (*this)[row]; }

 private:
  std::span<std::uint8_t const> set_;
};

/// What was computed of nodes of one kind, by domain and by id, each with the faults that were met on the way. What
/// one batch leaves behind is overwritten by the next.
template <class T>
class Cache {
 public:
  struct Kept {
    T column{};
    Faults faults;
    std::uint64_t batch = 0;  ///< for which it was computed
  };

  Kept& at(DomainId domain, std::size_t id, std::size_t ids) {
    if (kept_.size() <= domain) kept_.resize(domain + 1);
    auto& of_domain = kept_[domain];
    if (of_domain.empty()) of_domain.resize(ids);
    if (!of_domain[id]) of_domain[id] = std::make_unique<Kept>();
    return *of_domain[id];
  }

 private:
  std::vector<std::vector<std::unique_ptr<Kept>>> kept_;
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
  std::vector<std::uint32_t> rows;
  bool some_without = false;  ///< and for some class or date that it may be none is
  bool is_one() const { return rows.size() == 1 && !some_without; }
};

/// Classes of a threshold, and dates: entries of a choice, words of a text or stretches of a number, and stretches of
/// dates. One of each, where they are known.
struct PossibleClass {
  Bounds classes;
  std::size_t first_date = 0, last_date = 0;
  friend bool operator==(PossibleClass const& a, PossibleClass const& b) {
    return a.classes.lowest == b.classes.lowest && a.classes.highest == b.classes.highest &&
           a.first_date == b.first_date && a.last_date == b.last_date;
  }
};
struct RowSet {
  PossibleClass of;
  PossibleRows rows;
};

/// A List on one date. It lasts as long as the moments do, and so owns what it holds.
struct ListResult {
  bool and_more = true;  ///< no release of its Source is known, or rows of it could not be read
  std::map<values::Symbol, Truth> by_symbol;
  std::unordered_map<Steps, Truth> by_word;  ///< and what is left out, whether or not it has a row
  std::vector<Steps> members;                ///< those that may be on it, ordered by their text
  std::vector<Truth> rows;                   ///< by row of the release
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

/// A list of items under one connective.
Truth connected(grammar::Connective connective, std::uint32_t count, std::span<Truth const> items);

/// Leaves out those for which a filter does not hold. A filter that does not apply keeps nothing.
void leave_out(Keeps keep, Truths filter);

struct AskedLookup;

struct Run::State {
  State(Plan::Parts const& plan_parts, values::Symbols const& all_symbols, review::Stated const* stated_values);
  /// From now on it is about this batch. What was computed for the one before is gone, its memory is used again.
  /// `facts_held`: where the batch stays in memory, what its facts come to.
  void begin(cases::Batch const* cases_batch, std::span<values::Date const> review_dates, HeldFacts* facts_held);

  // --- What the run is about ---------------------------------------------------------------------------------------
  Plan::Parts const& plan;
  check::Program const& program;
  values::Symbols const& symbols;
  cases::Batch const* batch = nullptr;
  HeldFacts* held = nullptr;
  std::vector<values::Date> dates;
  review::Stated const* stated;
  mutable Memory memory;  ///< mutable: it holds nothing that anybody could ask for twice
  std::deque<Moment> moments;
  std::vector<MomentId> moment_of_case;

  vocabulary::Vocabulary const& words() const { return program.vocabulary; }
  std::size_t cases() const { return batch == nullptr ? 0 : batch->size(); }
  MomentId moment_at(values::Date date);
  TableIndex const* table(vocabulary::SourceId source, MomentId moment) const { return moments[moment].tables[source]; }

  bool has_one_moment() const { return moments.size() == 1; }

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
  std::vector<std::uint32_t> const* mapping(DomainId from, DomainId to);
  /// The last year of a kind that ended before the moment.
  Steps newest_year(MomentId moment, std::uint32_t kind) const;
  void use_list(check::ListId id, DomainId reader);
  /// The innermost domain on the path whose members are of `range`, or kNone.
  DomainId innermost(DomainId id, check::RangeId range) const;
  DomainId innermost_years(DomainId id) const;
  DomainId innermost_rows(DomainId id, vocabulary::SourceId source) const;
  /// How many rows the inner domain has for each of the outer one: the entries of a choice; 0: not always as many.
  std::size_t entries_of_each(DomainId inner, DomainId outer) const;
  /// The rows of an outer domain, by row.
  Rows up(DomainId from, DomainId outer) const;
  std::uint32_t row_above(Frame frame, DomainId outer) const;  ///< of one row
  std::span<Steps const> members_of(DomainId id, DomainId outer) const;
  /// The surrounding year of every row, or nothing.
  std::optional<std::span<Steps const>> years(DomainId id) const;

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
  Column const& figure(check::FigureId id, DomainId domain);  ///< its canonical domain
  Truths figure_truth(check::FigureId id, DomainId domain);   ///< of a yes-or-no figure, any domain
  Truths picked(Truths truths, Rows rows) const;
  Column const& threshold(check::ThresholdId id, DomainId domain);  ///< its canonical domain
  /// By row of the domain: the row of the Threshold in force, or kNone where the class cannot be told or there is none.
  Rows threshold_rows(check::ThresholdId id, DomainId domain);
  LookupRows const& lookup_rows(LookupId id, DomainId domain);
  /// Nothing where a member does not fit in 32 bits.
  std::optional<ListParts> const& list_parts(check::FactRef const& list, DomainId domain);
  /// By row of the figure's domain, where its fallback stands in for it, and where that cannot be told.
  struct FallbackRows {
    std::span<std::uint8_t> used, perhaps;
  };
  FallbackRows uses_fallback(check::Figure const& figure, DomainId domain);
  /// The same, kept for whoever asks row by row.
  FallbackRows const& fallback_rows(check::FigureId id, DomainId domain);

  // --- Figures that are lists (list_figures.cpp) -------------------------------------------------------------------
  CaseLists const& list_figure(check::FigureId id);

  // --- Facts (facts.cpp) -------------------------------------------------------------------------------------------
  vocabulary::Field const& field(check::FactRef const& fact) const { return words().fields[fact.field]; }
  cases::FieldColumn const& field_column(check::FactRef const& fact) const;
  /// The field's values, those outside the edition that they are asked in unknown.
  cases::FactColumn const& checked(check::FactRef const& fact);
  /// Whether those are just what was submitted.
  bool is_as_submitted(check::FactRef const& fact) { return &checked(fact) == &field_column(fact).values; }
  /// The row of the record that holds the fact.
  Rows record_rows(check::FactRef const& fact, DomainId domain) const;
  /// Where the fact stands among the values of its field, kNoRow where a year was not submitted.
  Rows fact_places(check::FactRef const& fact, DomainId domain) const;
  /// The same two, kept for whoever asks row by row.
  Rows kept_records(check::FactRef const& fact, DomainId domain);
  Rows kept_places(check::FactRef const& fact, DomainId domain);
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
  Truths truth(ConditionId id, DomainId domain);
  std::span<values::Status const> statuses(CriterionId id);
  std::optional<values::Status> stated_status(CriterionId id) const;

  // --- Decisions (decide.cpp) --------------------------------------------------------------------------------------
  Outcomes outcomes();

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
  /// Passes on those faults whose case uses a row for which `used` holds: all that is asked where there are faults.
  template <class Used>
  void fault_where(Faults const& faults, DomainId in, Used used) {
    if (faults.empty()) return;
    auto const& at = domain(in);
    auto const cases_used = memory.filled(std::max<std::size_t>(cases(), 1), false);
    for (std::size_t row = 0; row < at.rows; ++row) {
      if (used(row)) cases_used[at.case_of.empty() ? 0 : at.case_of[row]] = true;
    }
    gathering_.back().add_where(faults, [&](std::uint32_t index) { return cases_used[index]; });
  }
  std::string too_large(ValueId id) const;
  /// Bounds in whole steps; a number that is too large is a fault of its case, and unknown.
  Bounds whole_steps(RatioBounds const& bounds, ValueId id, DomainId domain, std::size_t row);

 private:
  /// What is kept of a node for the batch at hand, or else what `compute` puts there; its faults go to whoever asks.
  template <class T, class Compute>
  T& kept(Cache<T>& cache, DomainId in, std::size_t id, std::size_t ids, Compute compute) {
    auto& slot = cache.at(in, id, ids);
    if (slot.batch != batch_number_) {
      slot.faults = faults_of([&] { compute(slot.column); });
      slot.batch = batch_number_;
    }
    fault(slot.faults);
    return slot.column;
  }

  // domains.cpp
  void begin_moments();
  void begin_domains();
  bool serves_again(Domain const& domain) const;
  /// The domain of a kind below another, whose rows `fill` finds where they are not known yet.
  template <class Fill>
  DomainId below(Domain::Level level, DomainId parent, std::uint32_t what, std::uint32_t which, Fill fill);
  Domain& begun(Domain::Level level, DomainId parent, std::uint32_t what, std::uint32_t which);
  void end(Domain& made);
  void add_members(Domain& made, DomainId parent, std::size_t row);
  void add_list_members(Domain& made, DomainId parent, std::size_t row);
  void add_result_members(Domain& made, DomainId parent, std::size_t row);
  void add_figure_members(Domain& made, DomainId parent, std::size_t row);

  // horizons.cpp: kNoHighest where there is none
  void add_years_known(Domain& made, check::RangeId range, std::uint32_t fewest);
  Steps first_year_of_evidence(MomentId moment, std::uint32_t kind) const;
  Steps first_year_of_stated(check::RangeId range) const;

  // canonical.cpp
  DomainId find_canonical(DomainId id, Needs const& needs);
  std::vector<bool> selected(Domain const& from, Needs const& needs) const;
  void find_mapping(DomainId from, DomainId to, std::vector<std::uint32_t>& rows) const;

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
  void keep_exact(std::span<Steps> steps, ValueId id, DomainId domain, Steps unknown);
  std::span<Applies const> both_apply(Column const& a, Column const& b) const;

  // folds.cpp
  Column list_aggregate(ValueId id, check::ListAggregate const& node, DomainId domain);
  Column years_aggregate(ValueId id, check::YearsAggregate const& node, DomainId domain);
  bool never_negative(ValueId part) const;
  struct Fold;
  Column folded(Fold const& fold, DomainId domain);
  void put_aggregate(ColumnBuilder& out, std::size_t row, RatioBounds const& bounds, ValueId id, DomainId domain);

  // lookups.cpp, lookup_rows.cpp, lookup_places.cpp
  std::optional<Column> from_cells(ValueId id, AskedLookup const& ask, Aggregation const& how, DomainId domain,
                                   LookupRows const& found);
  Column from_parts(ValueId id, AskedLookup const& ask, Aggregation const& how, DomainId domain,
                    LookupRows const& found, Keeps keep);
  bool find_rows_by_place(LookupKeys const& lookup, DomainId domain, LookupRows& out);
  std::optional<ListParts> find_list_parts(check::FactRef const& list, DomainId domain);
  Column source_lookup(ValueId id, check::SourceLookup const& node, DomainId domain);
  Column looked_up(ValueId id, AskedLookup const& ask, Aggregation const& how, DomainId domain);
  void const* submitted_key(check::KeyBinding const& key);
  std::optional<HeldLookup> held_lookup(AskedLookup const& ask, Aggregation const& how, DomainId domain);
  Keeps filtered(check::SourceLookup const& node, LookupId lookup, DomainId domain, LookupRows const& found);
  std::size_t number_of(check::FactRef const& fact) const;
  std::size_t fact_numbers() const;
  Part part(check::SourceLookup const& node, LookupRows const& found, std::size_t at, TableIndex const* release) const;
  values::Symbol symbol_of(vocabulary::Type const& type, Steps word) const;
  /// By row, whether what is computed from the keys applies; empty: always.
  std::span<Applies const> keys_apply(LookupKeys const& lookup, DomainId domain);
  void find_rows(LookupKeys const& lookup, DomainId domain, LookupRows& out);
  std::vector<PartWords> part_words(LookupId id, DomainId domain, std::size_t row);

  // figures.cpp, fallbacks.cpp
  struct Piece;
  Column compute_figure(check::FigureId id, DomainId domain);
  Truths compute_figure_truth(check::FigureId id, DomainId domain);
  Mask rows_that_apply(check::FigureId id, DomainId domain, Truths& exempt);
  Column by_cases(check::Figure const& figure, DomainId domain, Mask asked);
  static void put_case(ColumnBuilder& out, std::size_t row, std::span<Piece const> pieces, bool symbols,
                       std::span<Column const*> possible);
  /// Of the `open` rows; those in which the fallback is surely used are no longer open.
  FallbackRows fallback_where(check::Figure const& figure, DomainId domain, Mask& open);
  Column with_fallback(Column const& own, check::Figure const& figure, DomainId domain, FallbackRows const& rows);
  void exempted(Column& column, Truths exempt) const;
  Column yes_no_column(Truths truths) const;
  /// What is evaluated for all rows and used in some: its faults count only for those.
  template <class Used>
  Column const& value_where(ValueId id, DomainId in, Used used) {
    Column const* out = nullptr;
    fault_where(faults_of([&] { out = &value(id, in); }), in, used);
    return *out;
  }
  template <class Used>
  Truths truth_where(ConditionId id, DomainId in, Used used) {
    Truths out;
    fault_where(faults_of([&] { out = truth(id, in); }), in, used);
    return out;
  }
  using FoundRows = std::span<std::uint8_t>;
  FoundRows found_any(ValueId id, check::Figure::Fallback const& fallback, DomainId domain);
  FoundRows found_below(ValueId id, check::Figure::Fallback const& fallback, DomainId domain, DomainId inner);
  FoundRows found_rows(ValueId id, check::SourceLookup const& node, bool published, DomainId domain);

  // list_figures.cpp
  struct ListPiece;
  class ListMaker;
  CaseLists compute_list_figure(check::FigureId id);
  CaseLists list_value(ValueId id, Mask used);
  CaseLists list_of_fact(check::FactRef const& fact);
  CaseLists list_of_source(ValueId id, check::SourceLookup const& node);
  void put_stated(check::FigureId id, ListMaker& out) const;
  Column known_or_not(CaseLists const& lists) const;

  // stated.cpp
  void put_stated(check::FigureId id, DomainId domain, Column& column);
  void put_stated(check::FigureId id, DomainId domain, std::span<Truth> truths) const;
  /// Rows of which nothing is stated, so that they are computed.
  Mask not_stated(check::FigureId id, DomainId domain) const;
  std::vector<std::uint32_t> stated_rows(check::Example::StatedFigure const& figure, DomainId domain) const;
  bool right_member(check::Example::StatedFigure const& figure, DomainId domain, std::uint32_t row) const;

  // thresholds.cpp
  /// For every row of a domain which of `sets`.
  struct RowsInForce {
    std::deque<RowSet> const& sets;
    std::span<std::uint8_t const> used;   ///< by set, whether it is that of some row
    Rows of_row;                          ///< one, where all are alike
    std::span<DateBounds const> between;  ///< by row of the domain; one, where they are alike

    bool one_set() const { return of_row.size() == 1; }
    PossibleRows const& set_of(std::size_t row) const { return sets[one_set() ? of_row.front() : of_row[row]].rows; }
    Rows of_rows(std::size_t rows, Memory& into) const {
      return one_set() ? into.filled(rows, of_row.front()) : of_row;
    }
    DateBounds const& dates_of(std::size_t row) const { return between.size() == 1 ? between.front() : between[row]; }
    template <class Is>
    bool any(Is is) const {
      bool out = false;
      for (std::size_t set = 0; set < used.size(); ++set) out = out || (used[set] != 0 && is(sets[set].rows));
      return out;
    }
  };
  RowsInForce rows_in_force(check::ThresholdId id, DomainId domain);
  std::uint32_t set_of_rows(check::ThresholdId id, PossibleClass const& possible);
  std::span<DateBounds const> dates_in_force(check::Threshold const& threshold, DomainId domain);
  Bounds stretches_of(check::ThresholdId id, Bounds by) const;
  Steps entries_of_class(check::Threshold const& threshold) const;
  std::span<Column const*> values_in_force(check::ThresholdId id, DomainId domain, RowsInForce const& found);
  Column compute_threshold(check::ThresholdId id, DomainId domain);
  void say_without_value(check::Threshold const& threshold, DomainId domain, RowsInForce const& found,
                         std::span<Column const* const> chosen_by);
  Column of_rows_in_force(RowsInForce const& found, std::span<Column const* const> columns, std::size_t rows) const;

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
  /// What a clause of a criterion comes to for each case; where it has no such clause, no for all.
  struct Clause {
    Truths truths;
    Truth operator[](std::size_t i) const { return truths.empty() ? values::kNo : truths[i]; }
  };
  struct Answers {
    Clause exempt, test, waived;
  };
  Answers answers_of(CriterionId id, Mask asked);
  void mark_waived(CriterionId id, Answers const& answers, std::span<values::Status> statuses);
  std::span<values::Status const> statuses_for(grammar::State state, CriterionId id);

  // conditions.cpp, comparisons.cpp, junctions.cpp, quantifiers.cpp, windows.cpp, groups.cpp
  Truths compute(check::Condition const& condition, DomainId domain);
  Truths compare(check::Compare const& node, DomainId domain);
  Truths matches(check::Matches const& node, DomainId domain);
  std::optional<Steps> only_option(check::Matches const& node, DomainId domain);
  Truths within(check::Within const& node, DomainId domain);
  bool is_within(values::CodeSystem system, Steps code, Steps group);
  Truths in_list(check::InList const& node, DomainId domain);
  Truths holds(check::Holds const& node, DomainId domain);
  Truths criterion_state(check::CriterionState const& node);
  Truths untold(check::Untold const& node, DomainId domain);
  Truths negated(Truths truths) const;  ///< each of them
  static void apply_where(std::span<Truth> truths, std::span<Applies const> applies);
  Truths group_count(check::GroupCount const& node);
  /// By case: of how many criteria of the group it is surely so; of kMostCounted at most.
  using Counts = std::span<std::uint8_t const>;
  static constexpr std::size_t kMostCounted = 255;
  Counts count_in_state(check::GroupId id, grammar::State state);
  Truths junction(check::Junction const& node, DomainId domain);
  Truths quantified(check::Quantified const& node, DomainId domain);
  Truths windowed(check::Windowed const& node, DomainId domain);
  std::size_t years_after(check::Windowed const& node, std::span<Steps const> newest_first, Steps after) const;
  Truths waiver_in_force(check::WaiverInForce const& node);
  Truths present(check::Present const& node);
  std::span<values::Status const> compute_statuses(CriterionId id);

  ListResult compute_list(check::ListId id, MomentId moment);
  std::vector<Truth> list_rows(check::ListId id, MomentId moment, TableIndex const& release);
  std::vector<Steps> left_out(check::ListId id) const;

  // rankings.cpp
  void rank(check::Ranking const& ranking, DomainId rows, ListResult& out);

  // decide.cpp
  /// The columns of every Decision, with the faults of each condition by itself: a row that is never reached harms
  /// nobody.
  struct Scan {
    struct Asked {
      bool always = true;
      Truths truths;
      Faults faults;
      Truth at(std::uint32_t case_index) const { return always ? values::kYes : truths[case_index]; }
    };
    std::vector<Asked> whens;
    std::vector<std::vector<Asked>> rows;
    std::vector<Column const*> reports;
    Faults of_all;

    bool all_told(std::uint32_t case_index) const;
    bool has_fault(std::uint32_t case_index) const;
    template <class Visit>
    void each(Visit visit) const {
      for (auto const& one : whens) visit(one);
      for (auto const& of_decision : rows) {
        for (auto const& one : of_decision) visit(one);
      }
    }
  };
  void fill(Scan& scan);
  std::span<Outcome const* const> outcomes_of(Scan const& scan);
  Truths reports_told(Scan const& scan) const;
  Outcome decide(Scan const& scan, std::uint32_t case_index, std::string const* fault) const;
  Outcome decide_by(Scan const& scan, std::uint32_t case_index, std::uint32_t decision) const;
  std::string no_decision() const;

  std::uint64_t batch_number_ = 0;  ///< how many batches it was about, this one included

  /// They stay from batch to batch, and with them who is canonical for whom.
  std::vector<std::unique_ptr<Domain>> domains_;
  std::map<std::tuple<Domain::Level, DomainId, std::uint32_t, std::uint32_t>, DomainId> domain_ids_;
  struct Canonical {
    DomainId domain = check::kNone;
    std::uint64_t batch = 0;  ///< for which its rows are found
  };
  std::vector<std::vector<Canonical>> canonical_;  ///< by domain, by NeedsId
  struct Mapping {
    std::vector<std::uint32_t> rows;
    std::uint64_t batch = 0;
  };
  std::map<std::pair<DomainId, DomainId>, Mapping> mappings_;

  Cache<Column> values_, figures_, thresholds_;
  Cache<Truths> truths_, figure_truths_;
  Cache<CaseLists> list_figures_;
  Cache<LookupRows> lookup_rows_;
  Cache<std::optional<ListParts>> list_parts_;
  Cache<std::span<values::Status const>> statuses_;
  Cache<Counts> counts_;  // by group and state
  Cache<Rows> threshold_rows_;
  Cache<Rows> fact_records_, fact_places_;
  Cache<Keeps> filtered_;  // by value
  Cache<FallbackRows> fallback_rows_;
  std::map<std::pair<check::ListId, MomentId>, std::unique_ptr<ListResult>> lists_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::optional<cases::FactColumn>> checked_;
  std::unordered_map<std::uint64_t, bool> within_;
  std::vector<std::deque<RowSet>> sets_of_rows_;  // by threshold, also of earlier batches
  Scan scan_;
  std::vector<Truths> decided_columns_;  // what the scan asks, for the patterns
  Patterns patterns_;
  std::vector<std::unique_ptr<Outcome>> decided_;  // by pattern, also those of earlier batches
  std::deque<Outcome> faulty_;                     // of the batch at hand: by case, where some have faults
  std::span<Outcome const* const> outcomes_;
  State* minding_waivers_ = nullptr;  ///< of a run as if no threshold were waived: the run that it serves
  std::unique_ptr<State> without_waivers_;
  std::vector<Faults> gathering_{1};

  friend class Run;
};

}  // namespace waymark::review
