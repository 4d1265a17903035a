// The syntax tree of a policy or a vocabulary: what was written and where, and nothing else. It knows no vocabulary:
// `request is new` and `wage is met` have the same shape here, the checker tells them apart by their types.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "grammar/source.hpp"

namespace waymark::grammar {

/// A node on the heap with the value semantics of what it holds (never empty but after a move).
template <class T>
class Box {
 public:
  Box() : held_(std::make_unique<T>()) {}
  Box(T value) : held_(std::make_unique<T>(std::move(value))) {}  // NOLINT(google-explicit-constructor)
  Box(Box const& other) : held_(std::make_unique<T>(*other.held_)) {}
  Box(Box&&) noexcept = default;
  Box& operator=(Box const& other) {
    held_ = std::make_unique<T>(*other.held_);
    return *this;
  }
  Box& operator=(Box&&) noexcept = default;
  ~Box() = default;

  T& operator*() { return *held_; }
  T const& operator*() const { return *held_; }
  T* operator->() { return held_.get(); }
  T const* operator->() const { return held_.get(); }

 private:
  std::unique_ptr<T> held_;
};

/// A name: the longest run of words that are not reserved.
struct Phrase {
  std::string text;     ///< as written, blanks folded to one, leading article kept off
  std::string article;  ///< the leading article as written, or empty: `the` pathway
  std::string key;      ///< what names are compared by: lower case, articles dropped, plain apostrophes
  bool quoted = false;  ///< stood in double quotes: taken literally
  Span span;

  bool empty() const { return key.empty(); }
};

/// `the pathway's region`: names joined by 's, outermost first. Never empty.
struct Path {
  std::vector<Phrase> names;
  Span span;
};

struct Citation {
  std::string text;           ///< without the brackets
  bool illustrative = false;  ///< it is, or one of its comma-separated parts is, the word `illustrative`
  Span span;
};

// --- Values -------------------------------------------------------------------------------------------------------

struct Value;

/// A number, an amount of money, a percentage, a date, a year or a code, as written. The checker reads its size.
struct Amount {
  enum class Kind : std::uint8_t { number, money, percent, date, year };  // year: 2024-25
  Kind kind = Kind::number;
  std::string
      digits;   ///< "25", "1,200.50", "2024-07-01", "15-1252", "48.05", "2024-25"; a minus sign where written; no $
  Phrase unit;  ///< `openings per year`, `per hour`, `percentage points`, or empty
};

/// `for` keys, and the universe of an aggregate: `[complete] total of annual openings in projections for A, B where …`.
struct Lookup;

enum class Aggregate : std::uint8_t { none, total, number, highest, lowest, average, median, percentile };

struct Plus {
  Box<Value> left, right;
  bool minus = false;
};
/// `80 percent of X`; `by` is the number before `percent` as written, or a name whose value is a percentage.
struct PercentOf {
  Box<Value> by, of;
};
/// `A as a percent of B`
struct AsPercentOf {
  Box<Value> part, whole;
};
/// `the greater of A and B`
struct Choose {
  bool greater = true;
  Box<Value> left, right;
};
/// `X rounded to the nearest 10 openings`
struct Rounded {
  Box<Value> of, to;
};
/// `adopted level in 2024-25`, `level in the last decision's plan year`
struct InYear {
  Path name;
  Box<Value> year;
};

struct Lookup {
  Aggregate aggregate = Aggregate::none;
  bool complete = false;
  std::uint32_t percentile = 0;      ///< of Aggregate::percentile: 1 to 99
  Path column;                       ///< what follows the aggregate's `of`; for `number of` it may be the source itself
  std::optional<Path> source;        ///< after `in`
  std::vector<Value> keys;           ///< after `for`
  std::vector<struct Filter> where;  ///< after `where`, joined by `and`
  std::uint32_t last = 0;            ///< `in the last N years`: N, else 0
  Phrase years;                      ///< its unit: `program years`
};

struct Value {
  std::variant<std::monostate, Amount, Path, Plus, PercentOf, AsPercentOf, Choose, Rounded, InYear, Box<Lookup>> node;
  Span span;
};

// --- Conditions ---------------------------------------------------------------------------------------------------

enum class Comparator : std::uint8_t {
  same,  ///< `is V`: equality, a choice, `yes`, `no`
  one_of,
  in_list,
  within,
  at_least,
  at_most,
  more_than,
  less_than,
  on_or_after,
  on_or_before,
  before,
  after,
  between,
  in_force,
};

struct Comparison {
  Comparator comparator = Comparator::same;
  bool negated = false;
  std::vector<Value> operands;
  bool plural = false;  ///< written with `are`; means the same
};

/// One `where` condition on a value column.
struct Filter {
  Phrase column;
  Comparison comparison;
  Span span;
};

/// What is asked of a criterion.
enum class State : std::uint8_t { met, not_met, found_met, found_not_met, cannot_be_told, waived };

/// Whether it is about what is known, so that it is yes or no of every criterion and may stand only in a decision.
constexpr bool asks_what_is_found(State state) {
  return state == State::found_met || state == State::found_not_met || state == State::cannot_be_told;
}

struct Condition;

/// `X is at least V`; `X is new`; also `X is not met`, which parses as negated `same` with the phrase `met`.
struct Is {
  Value subject;
  Comparison comparison;
};
/// `X is found met`, `X is found not met`, `X cannot be told`
struct IsState {
  Value subject;
  State state = State::met;
  bool plural = false;  ///< written with `are`
};
/// `the pathway has [not] [a] registered apprenticeship`
struct Has {
  Value subject;
  bool negated = false;
  Phrase name;
  bool plural = false;  ///< written with `have`
};
enum class Connective : std::uint8_t { all, any, none, at_least };
/// `all of:` and its items; also an item of one dash may head items of two.
struct Junction {
  Connective connective = Connective::all;
  std::uint32_t count = 0;  ///< of `at least N of`
  std::vector<Condition> items;
};
/// `at least 2 of core are met`, `all of core are found met`, `at least 1 of core cannot be told`
struct GroupCount {
  Connective connective = Connective::all;
  std::uint32_t count = 0;
  Path group;
  State state = State::met;
  bool plural = true;  ///< written with `are`
};
enum class Quantifier : std::uint8_t { any, every, at_least, more_than_half };
/// `for every student group, …`
struct Quantified {
  Quantifier quantifier = Quantifier::any;
  std::uint32_t count = 0;
  Path list;
  Box<Condition> body;
};
/// `in at least 2 of the last 3 measured award years within 5 award years, …`
struct Windowed {
  std::uint32_t at_least = 0;  ///< 0: in each
  std::uint32_t last = 1;
  bool measured = false;
  Phrase years;
  std::uint32_t within = 0;  ///< 0: not said
  Phrase within_years;       ///< the unit of `within`
  std::vector<Value> after;  ///< none or one
  Box<Condition> body;
};

struct Condition {
  std::variant<std::monostate, Is, IsState, Has, Junction, GroupCount, Quantified, Windowed> node;
  std::optional<Citation> citation;  ///< of an item
  Span span;
};

// --- Clauses ------------------------------------------------------------------------------------------------------

enum class ClauseKind : std::uint8_t {
  broken,  ///< has been reported; skipped by everyone
  // text
  note,
  jurisdiction,
  authority,
  to_fix,
  recommends,
  // names, separated by commas
  reviews,
  uses,
  of,        ///< List: `Of: crosswalk[, by program]`
  left_out,  ///< values
  waives,
  entry,    ///< a line of a Group (one name) or of a Choice (a name and parts)
  ignored,  ///< Record: `Ignored: lea, title`
  // dates
  in_force,
  // values
  threshold_row,
  continues,
  is_value,       ///< `= V`
  not_covered,    ///< `If not covered by S: V`
  not_published,  ///< `If not published by S: V`
  case_when,      ///< `when C: V`
  case_otherwise,
  // conditions
  yes_when,
  met_when,
  not_met_when,
  waived_when,
  does_not_apply_when,
  on_it_when,
  decision_when,
  // decisions
  outcome_row,       ///< `Renew for 5 program years when all of:`, `Deny otherwise`
  condition_within,  ///< `Condition, within 180 days: text`
  // examples
  given,        ///< `Given on 2026-11-21:`
  fact,         ///< `request: renewal`
  expect,       ///< `Expect: renew for 5 program years`
  expectation,  ///< `labor market demand: met`
  // vocabularies
  field,    ///< Record: `name: part, part`; Source: `name: part, part` (a key or a column)
  untold,   ///< Source: `Untold: where COLUMN is "x"`
  rows,     ///< Source: `Rows: where COLUMN is "x"`
  marks,    ///< Source: stands under the column before it
  starts,   ///< Calendar: `program year: starts 07-01`
  through,  ///< Calendar: `Through: 2035-12-31`
  holidays,
  lists_all,  ///< Source: `Lists all: SOC 2018`
  // layers, reports, memory
  builds_on,  ///< Policy: names, as written (`federal/perkins`)
  replaces,   ///< Policy: `Replaces: federal/perkins, size`: names
  reports,    ///< Policy: names
  remembers,  ///< under an outcome row: `Remembers: plan year = the last program year`
  schedule,   ///< under an outcome row: `Schedule: last intake after 1 program year, …`: parts of a Declared without
              ///< name
  // lists by rank
  highest,  ///< `Highest: education places, by forecast growth, for each education`
  lowest,
  ties,  ///< text: in, out, cannot be told
  // waivers
  granted_by,  ///< names
  lasts,       ///< text: `at most 2 years`
  extended,    ///< text: `at most 1 time`
  // what no example can try
  not_coverable,  ///< text: why; it speaks of the line above it, in a Threshold of the whole
};

/// Free text; `{…}` in it shows a value. Parts alternate: text, then a path, and so on.
struct Text {
  std::string text;         ///< blanks folded to one
  std::vector<Path> shown;  ///< the paths in braces, in order
};
/// A raw piece between commas of a head or a declaration: `in openings per year`, `key "econ"`, `for each student
/// group`.
struct Part {
  std::string words;                  ///< folded to lower case, one blank between words; without the quoted tail
  std::string written;                ///< as written, blanks folded, without the quoted tail
  std::optional<std::string> quoted;  ///< the text in double quotes that ends it
  Span span;
};
struct Names {
  std::vector<Phrase> names;
  std::vector<Part>
      parts;  ///< what followed the first comma, where the clause takes one name: `, key "econ"`, `, adverse`
};
struct Values {
  std::vector<Value> values;
};
struct DateRange {
  std::string from;     ///< a date as written
  std::string through;  ///< or empty
  Span span;
};
struct ThresholdRow {
  DateRange period;
  Phrase of_class;  ///< `emerging`, or empty
  bool otherwise = false;
  Value value;
};
struct SourceValue {  // If not covered by S: V
  Path source;
  Value value;
};
struct CaseValue {  // when C: V
  Box<Condition> when;
  Value value;
};
/// `for 5 program years`, `over 2 program years`, `within 180 days`
struct Term {
  std::string word;  ///< "for" or "over"
  std::uint32_t count = 0;
  Phrase unit;
  Span span;
};
struct OutcomeRow {
  Phrase outcome;
  std::optional<Term> term;
  std::optional<Condition> when;  ///< none: `otherwise`
};
struct ConditionWithin {
  std::optional<Term> within;
  Text text;
};
struct Expect {
  Phrase outcome;
  std::optional<Term> term;
};
struct Given {
  std::string date;  ///< as written, or empty
  Span span;
};

/// What an example says of one thing: values, a range, a reason for its absence, or a result.
struct FactValue {
  enum class Kind : std::uint8_t {
    values,
    at_least,
    at_most,
    between,
    suppressed,
    not_submitted,
    not_yet_published,
    not_covered,
    withdrawn,
    none,  ///< `none`: an empty list; no earlier decision
    met,
    not_met,
    cannot_be_told,
    waived,
    does_not_apply,
    on_the_list,
    not_on_the_list,
    in_force,
    not_in_force,
    counts,  ///< `2 met, 1 not met`
  };
  Kind kind = Kind::values;
  std::vector<Value> values;
  std::vector<std::pair<std::uint32_t, Kind>> counts;
  Span span;
};
/// One piece of a fact: between semicolons (members, years, records) or commas (the columns of a row).
/// `leading` holds the words before the value where there are any: only the checker knows whether `median wage
/// suppressed` is a column and a state, so it asks `read_fact_value` for the rest of the span.
struct Fact {
  Path name;
  std::vector<Value> keys;                ///< `wages for 15-1252 in Essex County`: the two keys
  std::vector<std::vector<Span>> groups;  ///< spans of the pieces: groups between semicolons, pieces between commas
  Span span;                              ///< of what follows the colon
  std::string text;                       ///< what follows the colon, blanks folded to one
};

struct RowFilter {  // O_GROUP is [not] "detailed" or "broad"
  std::string column;
  bool negated = false;
  std::vector<std::string> texts;
  Span span;
};
struct RowFilters {
  std::vector<RowFilter> filters;
};
/// `"*" and "**" are suppressed`
struct MarkRule {
  std::vector<std::string> marks;
  FactValue meaning;  ///< suppressed, not_yet_published, not_covered, withdrawn, at_least, at_most, between, values
  Span span;
};
struct Marks {
  std::vector<MarkRule> rules;
};
struct Declared {  // field: `name: part, part`
  Phrase name;
  std::vector<Part> parts;
};

struct Remembers {  // plan year = the last program year
  Phrase name;
  Value value;
};
struct Ranking {  // Highest: N, by FIGURE[, for each CHOICE]
  Value count;
  Path by;
  Phrase for_each;  ///< or empty
};

struct Clause {
  ClauseKind kind = ClauseKind::broken;
  std::variant<std::monostate, Text, Names, Values, DateRange, ThresholdRow, Value, SourceValue, CaseValue, Condition,
               OutcomeRow, ConditionWithin, Given, Fact, Expect, Declared, RowFilters, Marks, Remembers, Ranking>
      body;
  std::optional<Citation> citation;
  Span label;  ///< the words before the colon
  Span span;   ///< the whole logical line (with its items, for a condition that has them)
};

// --- Blocks -------------------------------------------------------------------------------------------------------

enum class BlockKind : std::uint8_t {
  broken,
  policy,
  threshold,
  figure,
  criterion,
  group,
  list,
  decision,
  waiver,
  example,
  note,
  vocabulary,
  record,
  choice,
  unit,
  source,
  calendar,
};

struct Block {
  BlockKind kind = BlockKind::broken;
  Phrase name;              ///< of a Policy, Example or Note: the whole head as free text (`text` as written)
  std::vector<Part> parts;  ///< after the name: `in openings per year`, `by pathway type`, `yes or no`, `best first`
  std::optional<Value> equals;  ///< Unit: `cent = $0.01`
  std::optional<Citation> citation;
  std::vector<Clause> clauses;
  bool faulty = false;  ///< something in it has been reported: the checker adds nothing that may follow from it
  Span head;            ///< keyword to the end of the head
  Span span;
};

/// A file, blocks in the order written. Notes before the first block are blocks of their own.
struct File {
  FileId id = 0;
  std::vector<Block> blocks;
  bool faulty = false;  ///< something in it has been reported
};

}  // namespace waymark::grammar
