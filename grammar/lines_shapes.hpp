// Shapes that only the grammar of a line sees, and how each becomes a node of the tree. A flat chain is folded here, so
// the grammar needs no semantic actions. Every shape that X3 fills has two members or more. For lines.cpp alone.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/fusion/include/adapt_struct.hpp>

#include "grammar/lines.hpp"
#include "grammar/syntax.hpp"

namespace waymark::grammar {

struct Link {
  bool minus = false;
  Value operand;
};
struct Chain {
  Value head;
  std::vector<Link> tail;
};
struct FullValue {  // sum [as a percent of sum] [rounded to the nearest amount]
  Value sum;
  std::optional<Value> whole;
  std::optional<Value> to;
};
struct PercentOfShape {
  Value by, of;
};
struct ChooseShape {
  bool greater = true;
  Value left, right;
};
struct AggregateWords {
  Aggregate aggregate = Aggregate::none;
  bool complete = false;
  std::uint32_t percentile = 0;
};
struct LastYears {
  std::uint32_t last = 0;
  Phrase years;
};
struct Keys {
  std::vector<Value> values;
};
struct Filters {
  std::vector<Filter> filters;
};
struct LookupShape {
  AggregateWords words;
  Path column;
  std::optional<LastYears> last;
  std::optional<Path> source;
  std::optional<Keys> keys;
  std::optional<Filters> where;
};
struct InTail {  // in TARGET [for KEYS] [where FILTERS]
  Value target;
  std::optional<Keys> keys;
  std::optional<Filters> where;
};
struct PathShape {
  Path name;
  std::optional<InTail> tail;
};

struct Verb {
  enum class Kind : std::uint8_t { compares, states, has };
  Kind kind = Kind::compares;
  bool negated = false;
  Comparison comparison;
  State state = State::met;
  Phrase name;
  bool plural = false;
};
struct StateWords {
  State state = State::met;
  bool plural = false;
};
struct Between {
  Value low, high;
};
struct Related {
  Comparator comparator = Comparator::same;
  Value operand;
};
struct Negatable {
  bool negated = false;
  Comparison comparison;
};
struct ComparesShape {
  bool plural = false;
  Negatable comparison;
};
struct HasShape {
  bool plural = false;
  bool negated = false;
  Phrase name;
};
struct FilterShape {
  Phrase column;
  ComparesShape compares;
};
struct Statement {
  Value subject;
  Verb verb;
};
struct ListWords {
  Connective connective = Connective::all;
  std::uint32_t count = 0;
};
struct CountShape {
  ListWords words;
  Path group;
  StateWords state;
};
struct QuantifierWords {
  Quantifier quantifier = Quantifier::any;
  std::uint32_t count = 0;
};
struct QuantifiedShape {
  QuantifierWords words;
  Path list;
  Condition body;
};
struct Within {
  std::uint32_t count = 0;
  Phrase years;
};
struct WindowShape {
  std::uint32_t at_least = 0;
  std::uint32_t last = 0;
  bool measured = false;
  Phrase years;
  std::optional<Within> within;
  std::optional<Value> after;
  Condition body;
};
struct CountedState {
  std::uint32_t count = 0;
  FactValue::Kind kind = FactValue::Kind::met;
};
struct Words {  // text that is no container to X3
  std::string text;
};
struct RangeShape {
  Words from;
  std::optional<Words> through;
};
struct TermShape {
  Words word;
  std::uint32_t count = 0;
  Phrase unit;
};
struct RowShape {
  Phrase outcome;
  std::optional<Term> term;
  Condition when;  ///< empty: otherwise
};
struct LabelShape {
  Path name;
  std::optional<Keys> keys;
};
struct RowFilterShape {
  Words column;
  bool negated = false;
  std::vector<Phrase> texts;
};
struct MarkShape {
  std::vector<Phrase> marks;
  FactValue meaning;
};
struct RankingShape {
  Value count;
  Path by;
  std::optional<Phrase> for_each;
};
struct BoundShape {
  FactValue::Kind kind = FactValue::Kind::at_least;
  Value bound;
};

// --- Values -------------------------------------------------------------------------------------------------------

template <class Node>
Value value_of(Node node, Span span) {
  Value out;
  out.node = std::move(node);
  out.span = span;
  return out;
}

inline void build(Value& out, Path&& path, Span span) { out = value_of(std::move(path), span); }
inline void build(Value& out, PercentOfShape&& shape, Span span) {
  out = value_of(PercentOf{std::move(shape.by), std::move(shape.of)}, span);
}
inline void build(Value& out, ChooseShape&& shape, Span span) {
  out = value_of(Choose{shape.greater, std::move(shape.left), std::move(shape.right)}, span);
}
inline void build(Value& out, Chain&& chain, Span) {
  out = std::move(chain.head);
  for (auto& [minus, operand] : chain.tail) {
    auto const span = cover(out.span, operand.span);
    out = value_of(Plus{std::move(out), std::move(operand), minus}, span);
  }
}
inline void build(Value& out, FullValue&& full, Span span) {
  out = std::move(full.sum);
  if (full.whole) {
    auto const both = cover(out.span, full.whole->span);
    out = value_of(AsPercentOf{std::move(out), std::move(*full.whole)}, both);
  }
  if (full.to) out = value_of(Rounded{std::move(out), std::move(*full.to)}, span);
}
inline void build(Keys& out, std::vector<Value>&& values, Span) { out.values = std::move(values); }
inline void build(Filters& out, std::vector<Filter>&& filters, Span) { out.filters = std::move(filters); }
inline void build(Value& out, LookupShape&& shape, Span span) {
  Lookup lookup;
  lookup.aggregate = shape.words.aggregate;
  lookup.complete = shape.words.complete;
  lookup.percentile = shape.words.percentile;
  lookup.column = std::move(shape.column);
  lookup.source = std::move(shape.source);
  if (shape.keys) lookup.keys = std::move(shape.keys->values);
  if (shape.where) lookup.where = std::move(shape.where->filters);
  if (shape.last) {
    lookup.last = shape.last->last;
    lookup.years = std::move(shape.last->years);
  }
  out = value_of(Box<Lookup>(std::move(lookup)), span);
}
/// `2024-25`, `the last decision's plan year`: what follows `in` is a year and not a source.
bool names_a_year(Value const& value);
inline void build(Value& out, PathShape&& shape, Span span) {
  if (!shape.tail) {
    out = value_of(std::move(shape.name), span);
    return;
  }
  auto& [target, keys, where] = *shape.tail;
  auto* const source = std::get_if<Path>(&target.node);
  if (source == nullptr || (!keys && !where && names_a_year(target))) {
    out = value_of(InYear{std::move(shape.name), std::move(target)}, span);
    return;
  }
  LookupShape lookup;
  lookup.column = std::move(shape.name);
  lookup.source = std::move(*source);
  lookup.keys = std::move(keys);
  lookup.where = std::move(where);
  build(out, std::move(lookup), span);
}
inline void build(Path& out, std::vector<Phrase>&& names, Span span) { out = Path{std::move(names), span}; }

// --- Conditions ---------------------------------------------------------------------------------------------------

inline Comparison comparison_of(Comparator comparator, std::vector<Value> operands) {
  return {comparator, false, std::move(operands)};
}
inline void build(Comparison& out, Related&& shape, Span) {
  out = comparison_of(shape.comparator, {});
  out.operands.push_back(std::move(shape.operand));
}
inline void build(Comparison& out, Between&& shape, Span) {
  out = comparison_of(Comparator::between, {});
  out.operands.push_back(std::move(shape.low));
  out.operands.push_back(std::move(shape.high));
}
inline void build(Comparison& out, Comparator&& comparator, Span) { out = comparison_of(comparator, {}); }
inline void build(Comparison& out, std::vector<Value>&& values, Span) {
  out = comparison_of(Comparator::one_of, std::move(values));
}
inline Comparison comparison_of(ComparesShape shape) {
  auto out = std::move(shape.comparison.comparison);
  out.negated = shape.comparison.negated;
  out.plural = shape.plural;
  return out;
}
inline void build(Verb& out, ComparesShape&& shape, Span) { out.comparison = comparison_of(std::move(shape)); }
inline void build(Verb& out, StateWords&& words, Span) {
  out.kind = Verb::Kind::states;
  out.state = words.state;
  out.plural = words.plural;
}
inline void build(Verb& out, HasShape&& shape, Span) {
  out.kind = Verb::Kind::has;
  out.negated = shape.negated;
  out.plural = shape.plural;
  out.name = std::move(shape.name);
}
inline void build(Filter& out, FilterShape&& shape, Span span) {
  out.column = std::move(shape.column);
  out.comparison = comparison_of(std::move(shape.compares));
  out.span = span;
}

template <class Node>
Condition condition_of(Node node, Span span) {
  Condition out;
  out.node = std::move(node);
  out.span = span;
  return out;
}
inline void build(Condition& out, Statement&& shape, Span span) {
  auto& [subject, verb] = shape;
  switch (verb.kind) {
    case Verb::Kind::compares: out = condition_of(Is{std::move(subject), std::move(verb.comparison)}, span); break;
    case Verb::Kind::states: out = condition_of(IsState{std::move(subject), verb.state, verb.plural}, span); break;
    case Verb::Kind::has:
      out = condition_of(Has{std::move(subject), verb.negated, std::move(verb.name), verb.plural}, span);
      break;
  }
}
inline void build(Condition& out, ListWords&& words, Span span) {
  out = condition_of(Junction{words.connective, words.count, {}}, span);
}
inline void build(Condition& out, CountShape&& shape, Span span) {
  auto const [state, plural] = shape.state;
  out =
      condition_of(GroupCount{shape.words.connective, shape.words.count, std::move(shape.group), state, plural}, span);
}
inline void build(Condition& out, QuantifiedShape&& shape, Span span) {
  out = condition_of(
      Quantified{shape.words.quantifier, shape.words.count, std::move(shape.list), std::move(shape.body)}, span);
}
inline void build(Condition& out, WindowShape&& shape, Span span) {
  Windowed window{shape.at_least, shape.last, shape.measured, std::move(shape.years), 0, {}, {}, std::move(shape.body)};
  if (shape.within) {
    window.within = shape.within->count;
    window.within_years = std::move(shape.within->years);
  }
  if (shape.after) window.after.push_back(std::move(*shape.after));
  out = condition_of(std::move(window), span);
}

// --- Clauses ------------------------------------------------------------------------------------------------------

inline void build(Term& out, TermShape&& shape, Span span) {
  out = Term{std::move(shape.word.text), shape.count, std::move(shape.unit), span};
}
inline void build(DateRange& out, RangeShape&& shape, Span span) {
  out = DateRange{std::move(shape.from.text), {}, span};
  if (shape.through) out.through = std::move(shape.through->text);
}
inline void build(OutcomeRow& out, RowShape&& shape, Span) {
  out.outcome = std::move(shape.outcome);
  out.term = std::move(shape.term);
  if (!std::holds_alternative<std::monostate>(shape.when.node)) out.when = std::move(shape.when);
}
inline void build(Ranking& out, RankingShape&& shape, Span) {
  out.count = std::move(shape.count);
  out.by = std::move(shape.by);
  if (shape.for_each) out.for_each = std::move(*shape.for_each);
}
inline void build(FactLabel& out, LabelShape&& shape, Span) {
  out.name = std::move(shape.name);
  if (shape.keys) out.keys = std::move(shape.keys->values);
}
inline void build(FactValue& out, FactValue::Kind&& kind, Span span) {
  out.kind = kind;
  out.span = span;
}
inline void build(FactValue& out, BoundShape&& shape, Span span) {
  out.kind = shape.kind;
  out.values.push_back(std::move(shape.bound));
  out.span = span;
}
inline void build(FactValue& out, Between&& shape, Span span) {
  out.kind = FactValue::Kind::between;
  out.values.push_back(std::move(shape.low));
  out.values.push_back(std::move(shape.high));
  out.span = span;
}
inline void build(FactValue& out, std::vector<CountedState>&& states, Span span) {
  out.kind = FactValue::Kind::counts;
  for (auto const& state : states) out.counts.emplace_back(state.count, state.kind);
  out.span = span;
}
inline void build(FactValue& out, std::vector<Value>&& values, Span span) {
  out.values = std::move(values);
  out.span = span;
}
inline std::vector<std::string> texts_of(std::vector<Phrase> const& phrases) {
  std::vector<std::string> out;
  for (auto const& phrase : phrases) out.push_back(phrase.text);
  return out;
}
inline void build(RowFilter& out, RowFilterShape&& shape, Span span) {
  out = RowFilter{std::move(shape.column.text), shape.negated, texts_of(shape.texts), span};
}
inline void build(RowFilters& out, std::vector<RowFilter>&& filters, Span) { out.filters = std::move(filters); }
inline void build(MarkRule& out, MarkShape&& shape, Span span) {
  out = MarkRule{texts_of(shape.marks), std::move(shape.meaning), span};
}
inline void build(Marks& out, std::vector<MarkRule>&& rules, Span) { out.rules = std::move(rules); }
inline void build(Values& out, std::vector<Value>&& values, Span) { out.values = std::move(values); }

}  // namespace waymark::grammar

BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::Link, minus, operand)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::Chain, head, tail)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::FullValue, sum, whole, to)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::PercentOfShape, by, of)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::ChooseShape, greater, left, right)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::LastYears, last, years)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::LookupShape, words, column, last, source, keys, where)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::InTail, target, keys, where)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::PathShape, name, tail)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::Between, low, high)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::Related, comparator, operand)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::Negatable, negated, comparison)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::HasShape, plural, negated, name)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::ComparesShape, plural, comparison)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::FilterShape, column, compares)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::Statement, subject, verb)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::CountShape, words, group, state)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::QuantifiedShape, words, list, body)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::Within, count, years)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::WindowShape, at_least, last, measured, years, within, after, body)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::CountedState, count, kind)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::BoundShape, kind, bound)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::RangeShape, from, through)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::TermShape, word, count, unit)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::RowShape, outcome, term, when)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::LabelShape, name, keys)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::RowFilterShape, column, negated, texts)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::MarkShape, marks, meaning)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::RankingShape, count, by, for_each)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::Expect, outcome, term)
BOOST_FUSION_ADAPT_STRUCT(waymark::grammar::Remembers, name, value)
