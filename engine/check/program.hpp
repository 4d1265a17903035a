// A policy that has been checked: every name resolved, every unit known. What each node means stands beside it; the
// plan (review/) and the reference interpreter (tests/reference/) both work from here, and explanations speak through
// `text`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/values/date.hpp"
#include "engine/values/exact.hpp"
#include "engine/vocabulary/vocabulary.hpp"
#include "grammar/syntax.hpp"

namespace waymark::check {

using vocabulary::Type;

// Indexes into the vectors of Program.
using ValueId = std::uint32_t;
using ConditionId = std::uint32_t;
using RangeId = std::uint32_t;
using FigureId = std::uint32_t;
using ThresholdId = std::uint32_t;
using CriterionId = std::uint32_t;
using GroupId = std::uint32_t;
using ListId = std::uint32_t;
using WaiverId = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// What members a quantifier, a window or a `for each` runs over. One entry in Program::ranges for each different one,
/// so that equal ranges have equal ids.
struct Range {
  enum class Of : std::uint8_t {
    choice,       ///< the entries of Choice `which`
    list_field,   ///< the members of the reviewed record's list field at position `which`
    years,        ///< years of kind `which` that ended before the review date, the last `horizon` of them
    list,         ///< the members of List `which` (each with the truth of its membership)
    source_list,  ///< the rows of the one-key list Source `which`
    figure,       ///< the members of the Figure `which`, which is a list
  };
  Of of = Of::choice;
  std::uint32_t which = 0;
  std::uint32_t horizon = 0;  ///< years: how far back any window or figure of the program looks
  std::string member;         ///< how the policy names one member: `student group`, `occupation`, `program year`
};

/// A field of the reviewed record, or of a member of one of its lists, or of a nested record.
struct FactRef {
  std::uint32_t outer = kNone;  ///< position in the reviewed record of the list or nested record, or kNone
  std::uint32_t position = 0;   ///< position among the fields of the record it belongs to
  vocabulary::FieldId field = 0;
  friend bool operator==(FactRef const&, FactRef const&) = default;
};

/// A list by itself: where a key is bound to one, or something is asked to be in it.
struct ListUse {
  enum class Of : std::uint8_t { fact, list, source, figure };
  Of of = Of::fact;
  FactRef fact;             ///< of == fact: a list field of codes, choices or texts
  std::uint32_t which = 0;  ///< ListId, SourceId of a list Source with one key, or FigureId of a Figure that is a list
};

// --- Values -------------------------------------------------------------------------------------------------------
// A value is evaluated for each member of the ranges that surround it. It is known exactly, lies between bounds, or
// does not apply (a Figure that does not apply; what is computed from one does not either).

/// Steps of an ordered type; the index of a choice; 0 or 1 of yes or no. Codes and texts stand in `text`.
struct Constant {
  values::Steps steps = 0;
  std::string text;
};
/// A fact; where its field is `each` a choice or a year, the surrounding ranges (or an InYear) say which.
struct Fact {
  FactRef fact;
};
/// The member itself of the surrounding range: an occupation's code, a student group, a program year.
struct Member {
  RangeId range = 0;
};
/// The key or the value column of the row of a Source over which a List runs.
struct RowKey {
  vocabulary::SourceId source = 0;
  std::uint32_t key = 0;
};
struct RowColumn {
  vocabulary::SourceId source = 0;
  std::uint32_t column = 0;
};
struct FigureRef {
  FigureId figure = 0;
};
/// The threshold's value in force: on the date by which it is dated, else on the first day of the year where a range of
/// years surrounds it, else on the review date.
struct ThresholdRef {
  ThresholdId threshold = 0;
};
struct ReviewDate {};
/// A year of kind `kind` counted from the one that holds the review date: 0 the running one, -1 the last that ended.
struct RunningYear {
  vocabulary::YearKindId kind = 0;
  std::int32_t offset = 0;
};
/// Both numbers of one type (percent minus percent gives points).
struct Sum {
  ValueId left = 0, right = 0;
  bool minus = false;
};
/// A date moved by a number of days, months or years; month ends clamp down.
struct DateShift {
  ValueId date = 0, count = 0;
  values::TermUnit unit = values::TermUnit::days;
  vocabulary::YearKindId kind = 0;
  bool minus = false;
};
/// A whole multiple: hours to a declared full-time year, a month to days is not one.
struct Times {
  ValueId of = 0;
  values::Steps factor = 1;
};
/// `by` (a percent) of a number: a share, `by.steps * of.steps / 10^8`. Its product keeps the order of its bounds with
/// the signs minded.
struct PercentOf {
  ValueId by = 0, of = 0;
};
/// 100 * part / whole, as a percent: a quotient, `part * 10^8 / whole` in steps. Unknown where `whole` may be 0 or
/// where its bounds hold numbers of both signs.
struct AsPercentOf {
  ValueId part = 0, whole = 0;
};
struct Choose {
  bool greater = true;
  ValueId left = 0, right = 0;
};
/// To the nearest multiple of `to` steps, halves away from zero.
struct Rounded {
  ValueId of = 0;
  values::Steps to = 1;
};
/// `of` (a Fact or FigureRef that is yearly) in the year that `year` gives; unknown where the year is.
struct InYear {
  ValueId of = 0;
  RangeId range = 0;  ///< of the years
  ValueId year = 0;
};

/// One key of a Source: a value, or every member of a list. An unknown list makes one part of unknown number.
struct KeyBinding {
  ValueId value = kNone;
  std::optional<ListUse> list;
};
struct RowFilter {
  std::uint32_t column = 0;
  ConditionId test = 0;  ///< over RowColumn{source, column}
};
/// Over the rows that the bound keys name: every combination of the lists' members is one part. A part without a row is
/// unknown (not covered) in a measure and is not there in a list Source. A row that a filter surely excludes is no
/// part; one that it may exclude is a part that may be missing.
/// * none: the single row's column.
/// * total: sum of the parts; a missing or bounded part of a count or an amount of money that may not be negative is
///   from 0 (or its own lower bound) up. 0 without parts.
/// * number: how many rows there are (a measure's part without a row: 0 or 1).
/// * highest, lowest: of the parts' bounds; unknown without parts.
/// * average: sum / count as a share; unknown without parts.
/// * percentile: of n parts in their order the one at place percentile * n / 100, rounded up (the nearest rank), bound
///   by bound; median: the 50th, which of two in the middle is the lower; unknown without parts.
/// * complete: exactly known only when every part is, else unknown in full (no bounds).
/// With `open` the value is a list: what stands in that key, which is not bound, in the rows that the others name, each
/// once. Where there is no such row, a list Source has no member to add and of a measure nothing is known; an unknown
/// key, a release that is not there or has lost rows, and a row with a code of another edition than the key's leave
/// further members that are not known.
struct SourceLookup {
  grammar::Aggregate aggregate = grammar::Aggregate::none;
  bool complete = false;
  vocabulary::SourceId source = 0;
  std::uint32_t column = kNone;  ///< kNone for `number`
  std::vector<KeyBinding> keys;  ///< by SourceKey
  std::vector<RowFilter> where;
  std::uint32_t percentile = 50;  ///< of `percentile`: 1 to 99
  std::uint32_t open = kNone;     ///< the key of whose words a list is made; only in a Figure that is a list
};
/// Over the members of a range: `of` is evaluated for each; without `of` (number) the members are counted. A member is
/// no part where a condition of `where` is no or does not apply, and one that may be missing where one cannot be told.
struct ListAggregate {
  grammar::Aggregate aggregate = grammar::Aggregate::total;
  bool complete = false;
  RangeId range = 0;
  ValueId of = kNone;
  std::vector<ConditionId> where{};  ///< each over a field of the member, or the member itself
  std::uint32_t percentile = 50;
};
/// Over the last `last` years that ended before the review date (before the year of a surrounding range of years, and
/// that year with them: `the last 4 award years` of a year are itself and the three before).
struct YearsAggregate {
  grammar::Aggregate aggregate = grammar::Aggregate::total;
  bool complete = false;
  RangeId range = 0;
  std::uint32_t last = 1;
  ValueId of = kNone;
  std::uint32_t percentile = 50;
};

struct Value {
  std::variant<Constant, Fact, Member, RowKey, RowColumn, FigureRef, ThresholdRef, ReviewDate, RunningYear, Sum,
               DateShift, Times, PercentOf, AsPercentOf, Choose, Rounded, InYear, SourceLookup, ListAggregate,
               YearsAggregate>
      node;
  Type type;
  /// True: a share or a quotient, kept as numerator and denominator; false: whole steps (dates, years, choices, symbols
  /// and yes/no included).
  bool ratio = false;
  std::string text;  ///< as the policy says it
  grammar::Span span;
};

// --- Conditions ---------------------------------------------------------------------------------------------------

enum class Order : std::uint8_t { at_least, at_most, more_than, less_than, equal, not_equal };
/// Numbers, dates or years: yes when every pair within the bounds says so, no when none does. Both sides are brought to
/// one scale by `left_times` and `right_times` (units with different decimals).
struct Compare {
  Order order = Order::at_least;
  ValueId left = 0, right = 0;
  values::Steps left_times = 1, right_times = 1;
};
/// A choice, code or text is one of the options (any order of a choice is not used here).
struct Matches {
  ValueId subject = 0;
  std::vector<ValueId> options;
  bool negated = false;
};
/// A code is `group` or below it.
struct Within {
  ValueId subject = 0;
  ValueId group = 0;
  bool negated = false;
};
/// In a list Source, absence is no; in a List, its truth; in a fact list, membership (unknown when the list is
/// missing).
struct InList {
  ValueId subject = 0;
  ListUse list;
  bool negated = false;
};
/// A yes-or-no value is yes (or, negated, no).
struct Holds {
  ValueId subject = 0;
  bool negated = false;
};
struct CriterionState {
  CriterionId criterion = 0;
  grammar::State state = grammar::State::met;
};
/// A figure or a fact cannot be told exactly: two-valued.
struct Untold {
  ValueId subject = 0;
};
struct GroupCount {
  grammar::Connective connective = grammar::Connective::all;
  std::uint32_t count = 0;
  GroupId group = 0;
  grammar::State state = grammar::State::met;
};
struct Junction {
  grammar::Connective connective = grammar::Connective::all;
  std::uint32_t count = 0;
  std::vector<ConditionId> items;
};
/// Over the members of `range`. A member that may not be on its List counts as one that may not be there.
struct Quantified {
  grammar::Quantifier quantifier = grammar::Quantifier::any;
  std::uint32_t count = 0;
  RangeId range = 0;
  ConditionId body = 0;
};
/// Of the years of `range`, newest first, those after `after` (all without one), at most `within` back from the newest
/// (0: `last`; where `measured`, without end: a year before the first of which the submission or the evidence says
/// anything is measured or not, with either answer); the first `last` of them, where `measured` skips years in which
/// the body does not apply. A year in which it does not apply is not there. In each: yes when there are `last` years
/// and each is yes, else no. At least K: yes when K of those there are yes. What cannot be told is resolved in every
/// way; the result is what all ways give.
struct Windowed {
  std::uint32_t at_least = 0;  ///< 0: in each
  std::uint32_t last = 1;
  bool measured = false;
  std::uint32_t within = 0;
  RangeId range = 0;
  ValueId after = kNone;  ///< a year of the range's kind, or a date
  ConditionId body = 0;
};
struct WaiverInForce {
  WaiverId waiver = 0;
  bool negated = false;
};
/// Guards a condition that reads an earlier decision (a nested record), before which the checker puts it: no where
/// there is known to be none; where there is one it does not apply, and so leaves the answer to what it guards.
struct Present {
  std::uint32_t position = 0;  ///< of the nested record's field
};

struct Condition {
  std::variant<Compare, Matches, Within, InList, Holds, CriterionState, Untold, GroupCount, Junction, Quantified,
               Windowed, WaiverInForce, Present>
      node;
  std::string text;      ///< as the policy says it
  std::string citation;  ///< of the item, or empty
  grammar::Span span;
};

// --- Blocks -------------------------------------------------------------------------------------------------------

struct Citation {
  std::string text;  ///< without brackets, or empty
  bool illustrative = false;
};

struct FigureCase {
  ConditionId when = kNone;  ///< kNone: otherwise
  ValueId value = 0;
};
/// A named value or a named condition. One that is a list (of codes, choices or texts, each once) is of the case as a
/// whole: its values are list fields, SourceLookups with `open`, and other Figures that are lists. Where it cannot be
/// told which case holds, a member of any of the possible lists may be absent unless it surely is in each of them. A
/// member that is not known may be one of the others: it leaves further members that are not known.
struct Figure {
  std::string name, shown;
  Type type;
  bool ratio = false;
  std::vector<RangeId> each;      ///< at most one of members and one of years, in this order
  std::vector<FigureCase> cases;  ///< a plain `= V` is one case without `when`; empty for yes or no
  ConditionId yes_when = kNone;   ///< of a yes-or-no figure; its cases are then empty
  ConditionId exempt = kNone;     ///< `Does not apply when`
  /// `If not covered by S` and `If not published by S`: used instead of the value where the release of S that the
  /// decision reads has no row for any of the keys bound to S in this figure (published: no row, or every cell of it
  /// suppressed or not published).
  struct Fallback {
    bool published = false;
    vocabulary::SourceId source = 0;
    ValueId value = 0;
  };
  std::optional<Fallback> fallback;
  Citation citation;
  grammar::Span span;
};

/// A class that is a range of a number, both ends included, in steps of what the threshold is by.
struct Step {
  values::Steps lowest = values::kNoLowest, highest = values::kNoHighest;
  friend auto operator<=>(Step const&, Step const&) = default;
};
struct ThresholdRow {
  values::Date from;
  std::optional<values::Date> through;  ///< the last day; none: until the next row of its class, or for ever
  std::optional<std::uint32_t> entry;   ///< the class, when it is by a choice
  std::string text;                     ///< the class, when it is by a text
  std::optional<Step> step;             ///< the class, when it is by a number
  bool otherwise = false;               ///< for every class without a row of its own (or there are no classes)
  ValueId value = 0;
  Citation citation;
  grammar::Span span;
};
/// The row in force on a date for a class: of the rows of that class that began by then the last, where it has not
/// ended; where the class has no row at all: the same among the `otherwise` rows. For a number: the row in force of the
/// step that holds it, where no such step has one in force, the one among the `otherwise` rows. None: a fault of the
/// review ("no value for that date"), never a guess. Where the class or the date is not known: anything between the
/// values of the rows that it may be; unknown, where it may be none; a fault, where it is surely none.
struct Threshold {
  std::string name, shown;
  Type type;
  bool ratio = false;
  ValueId by = kNone;         ///< a choice, a text or a number
  ValueId dated_by = kNone;   ///< a date, or a year whose first day counts, instead of the usual date
  std::vector<RangeId> each;  ///< only years
  std::vector<ThresholdRow> rows;
  std::vector<WaiverId> waived_by;  ///< that may put another value in its place for one case
  Citation citation;
  grammar::Span span;
};

struct Criterion {
  std::string name, shown, data_key;
  ConditionId test = 0;
  bool not_met_when = false;  ///< the test says when it is not met
  ConditionId waived = kNone;
  ConditionId exempt = kNone;
  grammar::Text to_fix;
  std::vector<ValueId> to_fix_values;  ///< for `to_fix.shown`
  Citation citation;
  grammar::Span span;
};

struct Group {
  std::string name, shown;
  std::vector<CriterionId> criteria;
  grammar::Span span;
};

struct Term {
  bool over = false;  ///< `over 2 program years` instead of `for`
  std::uint32_t count = 0;
  values::TermUnit unit = values::TermUnit::days;
  vocabulary::YearKindId kind = 0;
  std::string text;
};

/// A record of it is in force from its first through its last day, both included, where it was granted by one of
/// `granted_by`, lasts no longer than `lasts` from its first day on, and is no extension beyond `extended`. Records
/// that no gap parts, each begun at the latest on the day after all before it have ended, are one grant and its
/// extensions, in the order of their days; of these are not counted the records that are surely granted by somebody
/// else or surely too long, and two of the same days are one. What is asked and not on record cannot be told; a record
/// of which a day is not known may be an extension of each of the others.
struct Waiver {
  struct Grantor {
    std::string key, shown;
  };
  std::string name, shown;
  std::vector<CriterionId> waives;
  ThresholdId threshold = kNone;          ///< is for one case what the record says instead
  std::vector<Grantor> granted_by;        ///< none: whoever it was
  std::optional<Term> lasts;              ///< counted as terms are
  std::optional<std::uint32_t> extended;  ///< how often at most
  Citation citation;
  grammar::Span span;
};

/// The members that stand highest or lowest by a value, as many as `count` says. All three values are of a member's row
/// in the List's source, which has one key. Among are the members that the rest of the List leaves (those that cannot
/// be told, too) and, with a stratum, that may be of the member's own. A member is surely in where fewer than `count`
/// others can stand at or above it, surely out where at least `count` others surely stand above it. Between the two
/// `ties` says what becomes of a sure tie: the member's value is exactly known, and so is that of every other that can
/// stand at or above it and does not surely stand above, to be the same. All else cannot be told. A member to which one
/// of the values does not apply is not ranked: it is off.
struct Ranking {
  enum class Ties : std::uint8_t { in, out, cannot_be_told };
  bool highest = true;
  ValueId count = 0;  ///< a whole number; or a percent of the members there are, rounded up
  ValueId by = 0;
  ValueId stratum = kNone;  ///< a choice: each entry has places of its own
  Ties ties = Ties::cannot_be_told;
  grammar::Span span;
};

/// Members of a Source by one of its keys, kept where the condition holds for any of the member's rows, without those
/// left out. Yes: on it; no: not; else it cannot be told.
struct List {
  std::string name, shown;
  vocabulary::SourceId source = 0;
  ListId of = kNone;      ///< another List instead: its rows, each no surer than it is there
  std::uint32_t key = 0;  ///< which key of the source names a member
  ConditionId on_it = kNone;
  std::vector<std::string> left_out;  ///< canonical codes or texts
  std::optional<Ranking> ranking;     ///< of the members that all of the above leave
  Type member;
  Citation citation;
  grammar::Span span;
};

struct Attached {  ///< `Condition, within 180 days: …`
  std::optional<Term> within;
  std::string text;
};
/// `Remembers: name = V`: what the next review reads as `the last decision's name`.
struct Remembered {
  std::string name, key;  ///< `key`: in the record of the decision
  ValueId value = 0;
};
/// `Schedule: last intake after 1 program year`: a date, counted as the end of a term is.
struct Scheduled {
  std::string name;
  Term after;
};
struct Row {
  bool needs_information = false;
  std::uint32_t outcome = 0;  ///< index into the Choice `outcome`, unless needs_information
  std::string shown;          ///< the outcome's words, lower case
  std::optional<Term> term;
  ConditionId when = kNone;  ///< kNone: otherwise
  std::vector<Attached> conditions;
  std::string recommends;
  std::vector<Remembered> remembers;
  std::vector<Scheduled> schedule;
  Citation citation;
  grammar::Span span;
};
/// Scan the rows; drop those that are no or do not apply; keep those that cannot be told; stop at the first yes.
struct Decision {
  std::string name, shown;
  ConditionId when = kNone;
  std::vector<Row> rows;
  Citation citation;
  grammar::Span span;
};

/// What an example says of a value: steps, a choice's index or (for codes and texts) `text`, with bounds where it is
/// not exact.
struct Stated {
  values::Known known = values::Known::exactly;
  values::Steps lowest = 0, highest = 0;
  std::string text;
};
struct Example {
  std::string title;
  values::Date date;
  struct StatedFact {
    FactRef fact;
    std::optional<std::uint32_t> entry;  ///< of a dimension that is a choice
    std::optional<std::int32_t> year;
    std::vector<Stated> values;        ///< several for a list
    bool list_missing = false;         ///< values[0].known says why
    bool none = false;                 ///< nested record: known to be none
    std::uint32_t member_row = kNone;  ///< of a list of records: which member
  };
  struct StatedFigure {
    FigureId figure = 0;
    std::optional<std::uint32_t> entry;
    std::string member;  ///< a code or text member of a list field
    std::optional<std::int32_t> year;
    Stated value;  ///< of a list only whether it is known
    std::vector<Stated> members{};
    bool does_not_apply = false;
  };
  struct StatedCriterion {
    CriterionId criterion = 0;
    std::uint8_t status = 0;  ///< values::Status
  };
  struct StatedGroup {
    GroupId group = 0;
    /// Exactly so many; what is not said is anything that is left over.
    std::optional<std::uint32_t> met, not_met, untold, not_applying;
  };
  struct StatedRow {
    vocabulary::SourceId source = 0;
    std::vector<std::string> keys;
    std::vector<std::pair<std::uint32_t, Stated>> columns;
    bool untold = false;  ///< of a list: on it or not, which cannot be told
  };
  struct StatedWaiver {
    WaiverId waiver = 0;
    bool in_force = true;
  };
  /// A record of a waiver with its particulars, instead of the word that it is in force.
  struct RecordedWaiver {
    WaiverId waiver = 0;
    std::string grantor;
    std::optional<values::Date> from, through;
    std::optional<Stated> value;  ///< of a threshold
  };
  struct ExpectedStatus {
    CriterionId criterion = 0;
    std::string status;  ///< "met", "not met", "cannot be told", "waived", "does not apply"
    grammar::Span span;
  };
  struct ExpectedFigure {
    FigureId figure = 0;
    Stated value;
    bool cannot_be_told = false;
    grammar::Span span;
  };
  struct ExpectedMember {
    ListId list = 0;
    std::string member;
    std::string state;  ///< "on the list", "not on the list", "cannot be told"
    grammar::Span span;
  };
  std::vector<StatedFact> facts;
  std::vector<StatedFigure> figures;
  std::vector<StatedCriterion> criteria;
  std::vector<StatedGroup> groups;
  std::vector<StatedRow> rows;
  std::vector<StatedWaiver> waivers;
  std::vector<RecordedWaiver> recorded_waivers;
  std::string outcome;  ///< words in lower case, or empty when only criteria, figures or members are expected
  std::optional<Term> term;
  std::vector<ExpectedStatus> statuses;
  std::vector<ExpectedFigure> expected_figures;
  std::vector<ExpectedMember> members;
  grammar::Span span;
};

/// What the policy says no example can try, and why.
struct NotCoverable {
  ConditionId condition = kNone;  ///< with all conditions in it; kNone: `threshold` is meant
  ThresholdId threshold = kNone;
  std::string reason;
  grammar::Span span;
};

/// A policy as it stands on the dates from `from` through `through`.
struct Program {
  std::string title;                ///< of the Policy
  std::vector<std::string> layers;  ///< the policies on which it builds
  std::string jurisdiction, authority;
  values::Date from;
  std::optional<values::Date> through;

  vocabulary::Vocabulary vocabulary;
  vocabulary::RecordId record = 0;    ///< what it reviews; meaningless in a policy that only lists
  bool reviews_record = true;         ///< false: `Reviews` names a key of a Source, and there are only Lists
  std::string reviews;                ///< the word
  vocabulary::ChoiceId outcomes = 0;  ///< the Choice `outcome`; meaningless without Decisions

  std::vector<Range> ranges;
  std::vector<Value> values;
  std::vector<Condition> conditions;
  std::vector<Figure> figures;
  std::vector<Threshold> thresholds;
  std::vector<Criterion> criteria;
  std::vector<Group> groups;
  std::vector<Waiver> waivers;
  std::vector<List> lists;
  std::vector<Decision> decisions;
  std::vector<ValueId> reports;  ///< FigureRefs of figures that have one value for a case: what every decision carries
  std::vector<Example> examples;
  std::vector<NotCoverable> not_coverable;
  std::vector<vocabulary::SourceId> sources;  ///< those that it reads, ascending
  /// Whether some row or figure decides on incomplete facts (`is found …`, `cannot be told`, a fallback): the sheet
  /// says so.
  bool decides_on_incomplete_facts = false;
  bool has_fallbacks = false;
  std::vector<std::string> illustrative;  ///< names of the blocks and rows that rest on no source
};

}  // namespace waymark::check
