// What a policy declares, each by its own block: figures, thresholds, criteria, groups, waivers, lists and decisions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/check/nodes.hpp"

namespace waymark::check {

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

}  // namespace waymark::check
