// The leaves of the grammar of a line: names, amounts and the sets of words that stand for one thing. For lines.cpp
// alone.
#pragma once

#include "grammar/amounts.hpp"
#include "grammar/lines_parsers.hpp"
#include "grammar/lines_shapes.hpp"
#include "grammar/mend.hpp"
#include "grammar/names.hpp"

namespace waymark::grammar {

/// Words that stand for a value of `T`.
template <class T>
struct Spelling {
  char const* words;
  T means;
};
template <class T, std::size_t N>
bool scan_spelling(At& at, At end, Spelling<T> const (&spellings)[N], T& out) {
  for (auto const& [words, means] : spellings) {
    if (!scan_words(at, end, words)) continue;
    out = means;
    return true;
  }
  return false;
}

inline constexpr Spelling<Comparator> kComparators[] = {
    {"at least", Comparator::at_least},       {"at most", Comparator::at_most},
    {"more than", Comparator::more_than},     {"less than", Comparator::less_than},
    {"on or after", Comparator::on_or_after}, {"on or before", Comparator::on_or_before},
    {"before", Comparator::before},           {"after", Comparator::after},
    {"within", Comparator::within},           {"in", Comparator::in_list}};
inline constexpr Spelling<Aggregate> kAggregates[] = {
    {"total of", Aggregate::total},   {"number of", Aggregate::number},   {"highest of", Aggregate::highest},
    {"lowest of", Aggregate::lowest}, {"average of", Aggregate::average}, {"median of", Aggregate::median}};
inline constexpr Spelling<bool> kChoices[] = {
    {"the greater of", true}, {"greater of", true}, {"the lesser of", false}, {"lesser of", false}};
inline constexpr Spelling<State> kStates[] = {{"found not met", State::found_not_met},
                                              {"found met", State::found_met},
                                              {"not met", State::not_met},
                                              {"met", State::met},
                                              {"waived", State::waived}};
inline constexpr Spelling<FactValue::Kind> kFactStates[] = {{"suppressed", FactValue::Kind::suppressed},
                                                            {"not submitted", FactValue::Kind::not_submitted},
                                                            {"not yet published", FactValue::Kind::not_yet_published},
                                                            {"not covered", FactValue::Kind::not_covered},
                                                            {"withdrawn", FactValue::Kind::withdrawn},
                                                            {"none", FactValue::Kind::none},
                                                            {"met", FactValue::Kind::met},
                                                            {"not met", FactValue::Kind::not_met},
                                                            {"cannot be told", FactValue::Kind::cannot_be_told},
                                                            {"waived", FactValue::Kind::waived},
                                                            {"does not apply", FactValue::Kind::does_not_apply},
                                                            {"on the list", FactValue::Kind::on_the_list},
                                                            {"not on the list", FactValue::Kind::not_on_the_list},
                                                            {"in force", FactValue::Kind::in_force},
                                                            {"not in force", FactValue::Kind::not_in_force}};
inline constexpr Spelling<FactValue::Kind> kBounds[] = {{"at least", FactValue::Kind::at_least},
                                                        {"at most", FactValue::Kind::at_most}};

inline bool scan_name_leaf(At& at, At end, LineState& state, Phrase& out) {
  auto found = scan_phrase(at, end);
  if (!found) return false;
  out = std::move(found->phrase);
  out.span = state.span(found->begin, found->end);
  at = found->end;
  return true;
}
inline bool scan_quoted_leaf(At& at, At end, LineState& state, Phrase& out) {
  return quote_at(at, end) != 0 && scan_name_leaf(at, end, state, out);
}
inline bool scan_amount_leaf(At& at, At end, LineState& state, Value& out) {
  ScannedAmount found;
  auto const begin = at;
  if (!scan_amount(at, end, found)) return false;
  if (found.unit_begin != nullptr) found.amount.unit.span = state.span(found.unit_begin, found.unit_end);
  out = value_of(std::move(found.amount), state.span(begin, at));
  return true;
}
/// `80 percent of`
inline bool scan_percentage(At& at, At end, LineState& state, Value& out) {
  auto next = at;
  if (!scan_amount_leaf(next, end, state, out)) return false;
  if (std::get<Amount>(out.node).kind != Amount::Kind::percent || !scan_words(next, end, "of")) return false;
  at = next;
  return true;
}
inline bool scan_count_leaf(At& at, At end, LineState&, std::uint32_t& out) { return scan_count(at, end, out); }
inline bool scan_date_leaf(At& at, At end, LineState&, Words& out) { return scan_date(at, end, out.text); }
inline bool scan_sign(At& at, At end, LineState& state, bool& minus) {
  minus = scan_words(at, end, "minus");
  if (!minus && !scan_words(at, end, "plus")) return false;
  if (++state.links > kMaxLinks) boost::throw_exception(x3::expectation_failure<At>(at, kTooLong));
  return true;
}
inline bool scan_choice(At& at, At end, LineState&, bool& greater) { return scan_spelling(at, end, kChoices, greater); }
/// `75th percentile of`
inline bool scan_percentile(At& at, At end, AggregateWords& out) {
  auto next = at;
  if (!scan_ordinal(next, end, out.percentile) || !scan_words(next, end, "percentile of")) return false;
  if (out.percentile < 1 || out.percentile > 99)
    boost::throw_exception(x3::expectation_failure<At>(skip_blanks(at, end), kPercentile));
  out.aggregate = Aggregate::percentile;
  at = next;
  return true;
}
inline bool scan_aggregate(At& at, At end, LineState&, AggregateWords& out) {
  auto next = at;
  scan_words(next, end, "the");
  out.complete = scan_words(next, end, "complete");
  if (!scan_spelling(next, end, kAggregates, out.aggregate) && !scan_percentile(next, end, out)) return false;
  at = next;
  return true;
}
/// `in the last 4`
inline bool scan_in_the_last(At& at, At end, LineState&, std::uint32_t& out) {
  auto next = at;
  if (!scan_words(next, end, "in the last") && !scan_words(next, end, "in last")) return false;
  if (!scan_count(next, end, out)) return false;
  at = next;
  return true;
}
/// An optional `not`; a comparison that has an opposite may not stand behind it.
inline bool scan_maybe_not(At& at, At end, LineState&, bool& negated) {
  auto next = at;
  negated = scan_words(next, end, "not");
  if (!negated) return true;
  auto after = next;
  auto comparator = Comparator::same;
  bool const opposite = scan_spelling(after, end, kComparators, comparator) && comparator != Comparator::within &&
                        comparator != Comparator::in_list;
  if (opposite) boost::throw_exception(x3::expectation_failure<At>(at, kNegated));
  at = next;
  return true;
}
inline bool scan_comparator(At& at, At end, LineState&, Comparator& out) {
  return scan_spelling(at, end, kComparators, out);
}
inline bool scan_in_force(At& at, At end, LineState&, Comparator& out) {
  out = Comparator::in_force;
  return scan_words(at, end, "in force");
}
inline bool scan_cannot(At& at, At end, LineState&, StateWords& out) {
  out.state = State::cannot_be_told;
  return scan_words(at, end, "cannot be told");
}
inline bool scan_is(At& at, At end, LineState&, bool& plural) {
  plural = scan_words(at, end, "are");
  return plural || scan_words(at, end, "is");
}
inline bool scan_has(At& at, At end, LineState&, bool& plural) {
  plural = scan_words(at, end, "have");
  return plural || scan_words(at, end, "has");
}
inline bool scan_is_state(At& at, At end, LineState& state, StateWords& out) {
  auto next = at;
  if (!scan_is(next, end, state, out.plural) || !scan_spelling(next, end, kStates, out.state)) return false;
  at = next;
  return true;
}
/// `is found met`, `are found not met`
inline bool scan_found(At& at, At end, LineState& state, StateWords& out) {
  auto next = at;
  if (!scan_is_state(next, end, state, out)) return false;
  if (out.state != State::found_met && out.state != State::found_not_met) return false;
  at = next;
  return true;
}
inline bool scan_group_state(At& at, At end, LineState& state, StateWords& out) {
  return scan_cannot(at, end, state, out) || scan_is_state(at, end, state, out);
}
/// `at least N of`: where `at least` stands, the rest must follow.
inline bool scan_at_least_of(At& at, At end, std::uint32_t& count, bool with_of) {
  auto next = at;
  if (!scan_words(next, end, "at least")) return false;
  if (!scan_count(next, end, count)) boost::throw_exception(x3::expectation_failure<At>(next, kWholeNumber));
  if (!scan_words(next, end, "of") && with_of) boost::throw_exception(x3::expectation_failure<At>(next, "`of`"));
  at = next;
  return true;
}
inline bool scan_list_words(At& at, At end, LineState&, ListWords& out) {
  static constexpr Spelling<Connective> kPlain[] = {
      {"all of", Connective::all}, {"any of", Connective::any}, {"none of", Connective::none}};
  if (scan_spelling(at, end, kPlain, out.connective)) return true;
  for (char const* const word : {"all", "any", "none"}) {
    auto next = at;
    if (scan_words(next, end, word)) boost::throw_exception(x3::expectation_failure<At>(next, "`of`"));
  }
  out.connective = Connective::at_least;
  return scan_at_least_of(at, end, out.count, true);
}
inline bool scan_quantifier(At& at, At end, LineState&, QuantifierWords& out) {
  static constexpr Spelling<Quantifier> kPlain[] = {
      {"any", Quantifier::any}, {"every", Quantifier::every}, {"more than half", Quantifier::more_than_half}};
  if (scan_spelling(at, end, kPlain, out.quantifier)) {
    scan_words(at, end, "of");
    return true;
  }
  out.quantifier = Quantifier::at_least;
  return scan_at_least_of(at, end, out.count, false);
}
/// `each of`, `at least 2 of`
inline bool scan_window(At& at, At end, LineState&, std::uint32_t& at_least) {
  at_least = 0;
  return scan_words(at, end, "each of") || scan_at_least_of(at, end, at_least, true);
}
inline bool scan_measured(At& at, At end, LineState&, bool& out) {
  out = scan_words(at, end, "measured");
  return true;
}
inline bool scan_term_word(At& at, At end, LineState&, Words& out) {
  for (char const* const word : {"for", "over", "within"}) {
    if (!scan_words(at, end, word)) continue;
    out.text = word;
    return true;
  }
  return false;
}
inline bool scan_otherwise(At& at, At end, LineState&, Condition&) { return scan_words(at, end, "otherwise"); }
/// True where a term begins: `for 5`, `over two`, but not the `for` of `return for revision`.
inline bool term_at(At at, At end) {
  std::uint32_t number = 0;
  Words word;
  LineState state;
  if (!scan_term_word(at, end, state, word)) return false;
  auto const digits = skip_blanks(at, end);
  return scan_count(at, end, number) || digits_for(view(digits, word_end(digits, end)), {}).has_value();
}
/// An outcome: all words up to a term, `when` or `otherwise`, reserved or not: `return for revision`, `not reviewed`.
inline bool scan_outcome(At& at, At end, LineState& state, Phrase& out) {
  if (quote_at(at, end) != 0) return scan_name_leaf(at, end, state, out);
  auto const begin = at;
  auto stop = at;
  for (auto next = at; next != end; next = skip_blanks(stop, end)) {
    auto const last = word_end(next, end);
    auto const word = lower(view(next, last));
    if (last == next || word == "when" || word == "otherwise" || term_at(next, end)) break;
    stop = last;
  }
  if (stop == begin || letter_at(begin, end) == 0) return false;
  auto found = phrase_of(begin, stop);
  if (!found) return false;
  out = std::move(found->phrase);
  out.span = state.span(begin, stop);
  at = stop;
  return true;
}
/// A state that nothing but a mark or the end follows: `met`, but not the first word of `met target`.
inline bool scan_fact_state(At& at, At end, LineState&, FactValue::Kind& out) {
  auto next = at;
  if (!scan_spelling(next, end, kFactStates, out)) return false;
  auto const after = skip_blanks(next, end);
  if (word_end(after, end) != after || quote_at(after, end) != 0 || apostrophe_at(after, end) != 0) return false;
  at = next;
  return true;
}
inline bool scan_bound(At& at, At end, LineState&, FactValue::Kind& out) {
  return scan_spelling(at, end, kBounds, out);
}
/// The column of a file, quoted or as it stands: everything up to `is`.
inline bool scan_column(At& at, At end, LineState&, Words& out) {
  if (quote_at(at, end) != 0) {
    auto const close = closing_quote(at, end);
    if (!close) return false;
    out.text = fold(view(at + quote_at(at, end), trim_back(at, *close) - 1));
    at = *close;
    return true;
  }
  auto stop = at;
  while (stop != end && blank_at(stop, end) == 0 && *stop != ',' && *stop != ';') ++stop;
  if (stop == at) return false;
  out.text = std::string(view(at, stop));
  at = stop;
  return true;
}

/// The 's between names, which no blank may part from the name before it.
struct Possessive : x3::parser<Possessive> {
  using attribute_type = x3::unused_type;
  static bool const has_attribute = false;

  template <class Context, class Attribute>
  bool parse(At& first, At const& last, Context const&, x3::unused_type, Attribute&) const {
    auto const apostrophe = apostrophe_at(first, last);
    if (apostrophe == 0) return false;
    auto const s = first + apostrophe;
    if (s == last || (*s != 's' && *s != 'S') || goes_on(s + 1, last)) return false;
    first = s + 1;
    return true;
  }
};
}  // namespace waymark::grammar
