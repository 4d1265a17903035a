// The grammar of a logical line, in Boost.Spirit X3: the one file that includes it and the one where exceptions occur.
// Every rule but the leaves goes through BOOST_SPIRIT_DEFINE, which keeps this compiling in seconds; there are no
// semantic actions, which would lose the spans.
#include "grammar/lines.hpp"

#include <functional>

#include "grammar/faults.hpp"
#include "grammar/lines_leaves.hpp"

namespace waymark::grammar {

bool names_a_year(Value const& value) {
  auto const* const path = std::get_if<Path>(&value.node);
  if (path == nullptr) return std::holds_alternative<Amount>(value.node);
  auto const& first = path->names.front();
  auto const& last = path->names.back();
  if (first.quoted || last.quoted) return false;
  auto const word = last.key.substr(last.key.rfind(' ') + 1);
  return first.key == "last" || first.key.starts_with("last ") || word == "year" || word == "years";
}

namespace {

using x3::rule;

// --- Leaves -------------------------------------------------------------------------------------------------------

constexpr Leaf<Phrase> name(kName, scan_name_leaf);
constexpr Leaf<Phrase> quoted("a text in double quotes", scan_quoted_leaf);
constexpr Leaf<Phrase> outcome(kOutcome, scan_outcome);
constexpr Leaf<Value> amount(kValue, scan_amount_leaf);
constexpr Leaf<Value> percentage(kValue, scan_percentage);
constexpr Leaf<std::uint32_t> count(kWholeNumber, scan_count_leaf);
constexpr Leaf<Words> date(kDate, scan_date_leaf);
constexpr Leaf<bool> sign("`plus` or `minus`", scan_sign);
constexpr Leaf<bool> choose_words("`the greater of`", scan_choice);
constexpr Leaf<AggregateWords> aggregate_words("`total of`", scan_aggregate);
constexpr Leaf<std::uint32_t> in_the_last("`in the last`", scan_in_the_last);
constexpr Leaf<bool> maybe_not("`not`", scan_maybe_not);
constexpr Leaf<bool> is_word("`is`", scan_is);
constexpr Leaf<bool> has_word("`has`", scan_has);
constexpr Leaf<Comparator> comparator("a comparison", scan_comparator);
constexpr Leaf<Comparator> in_force_words("`in force`", scan_in_force);
constexpr Leaf<StateWords> cannot_words("`cannot be told`", scan_cannot);
constexpr Leaf<StateWords> found_words("`is found met`", scan_found);
constexpr Leaf<StateWords> group_state(kResult, scan_group_state);
constexpr Leaf<ListWords> list_words("`all of`", scan_list_words);
constexpr Leaf<QuantifierWords> quantifier(kQuantifier, scan_quantifier);
constexpr Leaf<std::uint32_t> window_words(kWindow, scan_window);
constexpr Leaf<bool> measured("`measured`", scan_measured);
constexpr Leaf<Words> term_word("`for`", scan_term_word);
constexpr Leaf<Condition> otherwise("`otherwise`", scan_otherwise);
constexpr Leaf<FactValue::Kind> fact_state("a state", scan_fact_state);
constexpr Leaf<FactValue::Kind> bound_words("`at least`", scan_bound);
constexpr Leaf<Words> column(kColumn, scan_column);

constexpr Mark comma(',');
constexpr Mark colon(':');
constexpr Blank skipper;

constexpr Possessive possessive;

// --- Values -------------------------------------------------------------------------------------------------------

rule<struct path_id, Path> const path = kName;
rule<struct plain_path_id, Value> const plain_path = kName;
rule<struct key_id, Value> const key = kValue;
rule<struct keys_id, Keys> const keys = "`for`";
rule<struct filter_id, Filter> const filter = kColumn;
rule<struct filters_id, Filters> const filters = "`where`";
rule<struct last_years_id, LastYears> const last_years = "`in the last`";
rule<struct in_source_id, Path> const in_source = "`in`";
rule<struct in_tail_id, InTail> const in_tail = "`in`";
rule<struct percent_of_id, Value> const percent_of = kValue;
rule<struct choose_id, Value> const choose = kValue;
rule<struct lookup_id, Value> const lookup = kValue;
rule<struct path_value_id, Value> const path_value = kValue;
rule<struct primary_id, Value> const primary = kValue;
rule<struct link_id, Link> const link = "`plus` or `minus`";
rule<struct sum_id, Value> const sum = kValue;
rule<struct whole_id, Value> const whole = "`as a percent of`";
rule<struct nearest_id, Value> const nearest_step = "`rounded to the nearest`";
rule<struct value_id, Value> const value = kValue;
rule<struct negatable_id, Negatable> const negatable = "a comparison";
rule<struct compares_shape_id, ComparesShape> const compares_shape = "`is`";
rule<struct comparison_id, Comparison> const comparison = kValue;

auto const path_def = into<Path, std::vector<Phrase>>[name % possessive];
auto const plain_path_def = into<Value, Path>[path];
auto const key_def = amount | plain_path;
auto const keys_def = into<Keys, std::vector<Value>>["for"_kw > (key % comma)];
auto const filter_def = into<Filter, FilterShape>[name > compares_shape];
auto const filters_def = into<Filters, std::vector<Filter>>["where"_kw > (filter % "and"_kw)];
auto const last_years_def = in_the_last > name;
auto const in_source_def = "in"_kw > path;
auto const in_tail_def = "in"_kw > key > -keys > -filters;
auto const percent_of_def = into<Value, PercentOfShape>[percentage > sum];
auto const choose_def = into<Value, ChooseShape>[choose_words > sum > "and"_kw > sum];
auto const lookup_def = into<Value, LookupShape>[aggregate_words > path > -last_years > -in_source > -keys > -filters];
auto const path_value_def = into<Value, PathShape>[path >> -in_tail];
auto const primary_def = nested[percent_of | choose | lookup | amount | path_value];
auto const link_def = sign > primary;
auto const sum_def = into<Value, Chain>[primary >> *link];
auto const whole_def = "as a percent of"_kw > sum;
auto const nearest_step_def = "rounded to the nearest"_kw > amount;
auto const value_def = into<Value, FullValue>[sum >> -whole >> -nearest_step];

rule<struct related_id, Comparison> const related = "a comparison";
rule<struct between_id, Comparison> const between = "`between`";
rule<struct in_force_id, Comparison> const in_force = "`in force`";
rule<struct one_of_id, Comparison> const one_of = "`one of`";
rule<struct same_id, Comparison> const same = kValue;
auto const related_def = into<Comparison, Related>[comparator > value];
auto const between_def = into<Comparison, Between>["between"_kw > sum > "and"_kw > sum];
auto const in_force_def = into<Comparison, Comparator>[in_force_words];
auto const one_of_def = into<Comparison, std::vector<Value>>["one of"_kw > (value % comma)];
auto const same_def = into<Comparison, Related>[x3::attr(Comparator::same) >> value];
auto const comparison_def = in_force | one_of | between | related | same;
auto const negatable_def = maybe_not > comparison;
auto const compares_shape_def = is_word > negatable;

BOOST_SPIRIT_DEFINE(path, plain_path, key, keys, filter, filters, last_years, in_source, in_tail)
BOOST_SPIRIT_DEFINE(percent_of, choose, lookup, path_value, primary, link, sum, whole, nearest_step, value)
BOOST_SPIRIT_DEFINE(related, between, in_force, one_of, same, comparison, negatable, compares_shape)

// --- Conditions ---------------------------------------------------------------------------------------------------

rule<struct cannot_id, Verb> const cannot = "`cannot be told`";
rule<struct has_id, Verb> const has = "`has`";
rule<struct found_id, Verb> const found = "`is found met`";
rule<struct compares_id, Verb> const compares = "`is`";
rule<struct verb_id, Verb> const verb = kVerb;
rule<struct statement_id, Condition> const statement = kCondition;
rule<struct list_head_id, Condition> const list_head = kCondition;
rule<struct group_count_id, Condition> const group_count = kCondition;
rule<struct quantified_id, Condition> const quantified = kCondition;
rule<struct within_id, Within> const within = "`within`";
rule<struct after_id, Value> const after = "`after`";
rule<struct window_id, Condition> const window = kCondition;
rule<struct condition_id, Condition> const condition = kCondition;
rule<struct when_tail_id, Condition> const when_tail = "`:`";

auto const cannot_def = into<Verb, StateWords>[cannot_words];
auto const has_def = into<Verb, HasShape>[has_word > maybe_not > name];
auto const found_def = into<Verb, StateWords>[found_words];
auto const compares_def = into<Verb, ComparesShape>[compares_shape];
auto const verb_def = cannot | has | found | compares;
auto const statement_def = into<Condition, Statement>[value > verb];
auto const list_head_def = into<Condition, ListWords>[list_words >> colon];
auto const group_count_def = into<Condition, CountShape>[list_words > path > group_state];
auto const quantified_def = into<Condition, QuantifiedShape>["for"_kw > quantifier > path > comma > condition];
auto const within_def = "within"_kw > count > name;
auto const after_def = "after"_kw > sum;
auto const window_def = into<Condition, WindowShape>["in"_kw > window_words > "the last"_kw > count > measured > name >
                                                     -within > -after > comma > condition];
auto const condition_def = nested[window | quantified | list_head | group_count | statement];
auto const when_tail_def = list_head | (colon > condition);

BOOST_SPIRIT_DEFINE(cannot, has, found, compares, verb, statement, list_head, group_count, quantified)
BOOST_SPIRIT_DEFINE(within, after, window, condition, when_tail)

// --- Clauses ------------------------------------------------------------------------------------------------------

rule<struct values_id, Values> const values = kValue;
rule<struct date_range_id, DateRange> const date_range = "`from`";
rule<struct through_id, Words> const through = "`through`";
rule<struct term_id, Term> const term = "`for`";
rule<struct row_tail_id, Condition> const row_tail = "`when` or `otherwise`";
rule<struct outcome_row_id, OutcomeRow> const outcome_row = kOutcome;
rule<struct remembers_id, Remembers> const remembers = kName;
rule<struct for_each_id, Phrase> const for_each = "`for each`";
rule<struct ranking_id, Ranking> const ranking = kValue;
rule<struct expect_id, Expect> const expect_outcome = kOutcome;
rule<struct label_keys_id, Keys> const label_keys = "`for`";
rule<struct fact_label_id, FactLabel> const fact_label = kName;

auto const values_def = into<Values, std::vector<Value>>[value % comma];
auto const through_def = "through"_kw > date;
auto const date_range_def = into<DateRange, RangeShape>["from"_kw > date > -through];
auto const term_def = into<Term, TermShape>[term_word > count > name];
auto const row_tail_def = otherwise | ("when"_kw > when_tail);
auto const outcome_row_def = into<OutcomeRow, RowShape>[outcome > -term > row_tail];
auto const remembers_def = name > Mark('=') > value;
auto const for_each_def = comma > "for each"_kw > name;
auto const ranking_def = into<Ranking, RankingShape>[value > comma > "by"_kw > path > -for_each];
auto const expect_outcome_def = outcome >> -term;
auto const label_keys_def = into<Keys, std::vector<Value>>["for|in"_kw > (key % ("in"_kw | comma))];
auto const fact_label_def = into<FactLabel, LabelShape>[path >> -label_keys];

BOOST_SPIRIT_DEFINE(values, date_range, through, term, row_tail, outcome_row, remembers, for_each, ranking)
BOOST_SPIRIT_DEFINE(expect_outcome, label_keys, fact_label)

// --- Facts and sources --------------------------------------------------------------------------------------------

rule<struct counted_id, CountedState> const counted = "a count of results";
rule<struct plain_state_id, FactValue> const plain_state = kValue;
rule<struct counts_id, FactValue> const counts = kValue;
rule<struct bound_id, FactValue> const bound = kValue;
rule<struct range_id, FactValue> const range = kValue;
rule<struct given_values_id, FactValue> const given_values = kValue;
rule<struct fact_value_id, FactValue> const fact_value = kValue;
rule<struct row_filter_id, RowFilter> const row_filter = kColumn;
rule<struct row_filters_id, RowFilters> const row_filters = "`where`";
rule<struct mark_rule_id, MarkRule> const mark_rule = "a mark in double quotes";
rule<struct marks_id, Marks> const marks = "a mark in double quotes";

auto const counted_def = count >> fact_state;
auto const plain_state_def = into<FactValue, FactValue::Kind>[fact_state];
auto const counts_def = into<FactValue, std::vector<CountedState>>[counted % comma];
auto const bound_def = into<FactValue, BoundShape>[bound_words > value];
auto const range_def = into<FactValue, Between>["between"_kw > sum > "and"_kw > sum];
auto const given_values_def = into<FactValue, std::vector<Value>>[value % comma];
auto const fact_value_def = plain_state | counts | bound | range | given_values;
auto const row_filter_def = into<RowFilter, RowFilterShape>[column > "is|are"_kw > maybe_not > (quoted % "or"_kw)];
auto const row_filters_def = into<RowFilters, std::vector<RowFilter>>["where"_kw > (row_filter % "and"_kw)];
auto const mark_rule_def = into<MarkRule, MarkShape>[(quoted % ("and"_kw | comma)) > "is|are"_kw > fact_value];
auto const marks_def = into<Marks, std::vector<MarkRule>>[mark_rule % Mark(';')];

BOOST_SPIRIT_DEFINE(counted, plain_state, counts, bound, range, given_values, fact_value)
BOOST_SPIRIT_DEFINE(row_filter, row_filters, mark_rule, marks)

// --- Reading ------------------------------------------------------------------------------------------------------

/// Reads the whole of `span` by `start`.
template <class T, class Rule>
std::optional<T> read(Reader& in, Span span, Rule const& start) {
  auto const begin = in.text.data();
  auto at = begin + span.begin;
  auto const end = begin + span.end;
  LineState state{begin, span.file};
  std::optional<T> out(std::in_place);
  Fault fault;
  try {
    auto const whole_line = x3::with<state_tag>(std::ref(state))[start];
    bool const ok = x3::phrase_parse(at, end, whole_line, skipper, *out);
    at = skip_blanks(at, end);
    if (ok && at == end) return out;
    fault = {at, ok ? kEndOfLine : std::string(start.name)};
  } catch (x3::expectation_failure<At> const& failure) {
    fault = {skip_blanks(failure.where(), end), failure.which()};
  }
  in.diagnostics.push_back(explain(in, span, fault));
  return std::nullopt;
}

}  // namespace

std::optional<Phrase> read_phrase(Reader& in, Span span) {
  auto path_read = read<Path>(in, span, path);
  if (!path_read) return std::nullopt;
  if (path_read->names.size() == 1) return std::move(path_read->names.front());
  auto const second = path_read->names[1].span;
  in.diagnostics.push_back(explain(in, span, {in.text.data() + second.begin, kEndOfLine}));
  return std::nullopt;
}

std::optional<Path> read_path(Reader& in, Span span) { return read<Path>(in, span, path); }
std::optional<Value> read_value(Reader& in, Span span) { return read<Value>(in, span, value); }
std::optional<Values> read_values(Reader& in, Span span) { return read<Values>(in, span, values); }
std::optional<DateRange> read_date_range(Reader& in, Span span) { return read<DateRange>(in, span, date_range); }
std::optional<std::string> read_date(Reader& in, Span span) {
  auto at = in.text.data() + span.begin;
  auto const end = in.text.data() + span.end;
  std::string text;
  if (scan_date(at, end, text) && skip_blanks(at, end) == end) return text;
  in.diagnostics.push_back(
      explain(in, span, {skip_blanks(at, end), at == in.text.data() + span.begin ? date.name : kEndOfLine}));
  return std::nullopt;
}
std::optional<Term> read_term(Reader& in, Span span) { return read<Term>(in, span, term); }
std::optional<Condition> read_condition(Reader& in, Span span) { return read<Condition>(in, span, condition); }
std::optional<Condition> read_when_tail(Reader& in, Span span) { return read<Condition>(in, span, when_tail); }
std::optional<OutcomeRow> read_outcome_row(Reader& in, Span span) { return read<OutcomeRow>(in, span, outcome_row); }
std::optional<Remembers> read_remembers(Reader& in, Span span) { return read<Remembers>(in, span, remembers); }
std::optional<Ranking> read_ranking(Reader& in, Span span) { return read<Ranking>(in, span, ranking); }
std::optional<Expect> read_expect(Reader& in, Span span) { return read<Expect>(in, span, expect_outcome); }
std::optional<FactLabel> read_fact_label(Reader& in, Span span) { return read<FactLabel>(in, span, fact_label); }
std::optional<FactValue> read_fact(Reader& in, Span span) { return read<FactValue>(in, span, fact_value); }
std::optional<RowFilters> read_row_filters(Reader& in, Span span) { return read<RowFilters>(in, span, row_filters); }
std::optional<Marks> read_marks(Reader& in, Span span) { return read<Marks>(in, span, marks); }

}  // namespace waymark::grammar
