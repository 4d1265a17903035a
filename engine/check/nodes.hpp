// What a policy asks and computes, every name resolved and every unit known: conditions and values, the ranges that
// they run over, the facts that they read. What each node means stands beside it; the plan (review/) and the reference
// interpreter (tests/reference/) both work from here, and explanations speak through `text`.
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

}  // namespace waymark::check
