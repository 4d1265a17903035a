// What an example states of facts, figures and rows: pieces between semicolons and commas, read by what they are about.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::FactValue;
using values::Known;
using vocabulary::Kind;

namespace {

char lower(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); }

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// How many bytes of `text` are the words of `name`, blanks folded; 0 when it does not begin with them.
std::size_t begins_with(std::string_view text, std::string_view name) {
  std::size_t at = 0;
  for (auto const c : name) {
    if (c == ' ') {
      if (at >= text.size() || !is_blank(text[at])) return 0;
      while (at < text.size() && is_blank(text[at])) ++at;
      continue;
    }
    if (at >= text.size() || lower(text[at]) != lower(c)) return 0;
    ++at;
  }
  return at == text.size() || is_blank(text[at]) ? at : 0;
}

std::optional<Known> missing(FactValue::Kind kind) {
  switch (kind) {
    case FactValue::Kind::suppressed: return Known::suppressed;
    case FactValue::Kind::not_submitted: return Known::not_submitted;
    case FactValue::Kind::not_yet_published: return Known::not_yet_published;
    case FactValue::Kind::not_covered: return Known::not_covered;
    case FactValue::Kind::withdrawn: return Known::withdrawn;
    default: return std::nullopt;
  }
}

Stated unknown_for(Known reason) { return {reason, values::kNoLowest, values::kNoHighest, ""}; }

grammar::Span trimmed(grammar::Sources const& sources, grammar::Span span) {
  auto const text = sources.text(span);
  std::size_t first = 0;
  while (first < text.size() && is_blank(text[first])) ++first;
  span.begin += static_cast<std::uint32_t>(first);
  return span;
}

grammar::Span whole_of(std::vector<grammar::Span> const& group) {
  return {group.front().file, group.front().begin, group.back().end};
}

}  // namespace

std::string Checker::text_of(Span span) const { return std::string(sources_.text(trimmed(sources_, span))); }

std::optional<FactValue> Checker::whole_value(grammar::Fact const& fact) {
  return grammar::read_fact_value(sources_, fact.span, diagnostics_);
}

std::optional<Stated> Checker::stated_value(grammar::Value const& syntax, Type const& type) {
  auto const* path = std::get_if<grammar::Path>(&syntax.node);
  if (type.kind == Kind::yes_no) {
    auto const word = path != nullptr ? path->names.front().key : std::string();
    if (word == "yes" || word == "no") return Stated{Known::exactly, word == "yes", word == "yes", ""};
    report(Code::example_not_understood, syntax.span, fmt::format("`{}` is neither yes nor no", grammar::print(syntax)),
           "Write `yes` or `no`.");
    return std::nullopt;
  }
  ValueId id = kNone;
  if (vocabulary::is_symbolic(type)) {
    auto const text = path != nullptr ? path->names.front().text : grammar::print(syntax);
    id = symbol(syntax, text, type);
  } else if (std::holds_alternative<grammar::Amount>(syntax.node)) {
    id = value(syntax, {}, type);
  } else {
    report(Code::example_not_understood, syntax.span,
           fmt::format("`{}` is not {}", grammar::print(syntax), type_words(type)), "An example states plain values.");
  }
  auto const* constant = id == kNone ? nullptr : std::get_if<Constant>(&at(id).node);
  if (constant == nullptr) return std::nullopt;
  return Stated{Known::exactly, constant->steps, constant->steps, constant->text};
}

std::optional<Stated> Checker::stated(FactValue const& value, Type const& type) {
  if (auto const reason = missing(value.kind)) return unknown_for(*reason);
  bool const bounded = value.kind == FactValue::Kind::at_least || value.kind == FactValue::Kind::at_most ||
                       value.kind == FactValue::Kind::between;
  bool const one = value.kind == FactValue::Kind::values && value.values.size() == 1;
  if ((!bounded && !one) || (bounded && !is_ordered(type))) {
    report(Code::example_not_understood, value.span, fmt::format("One value is needed here, {}", type_words(type)),
           "Or say why it is not known: `suppressed`, `not submitted`, `not covered`.");
    return std::nullopt;
  }
  auto const first = stated_value(value.values[0], type);
  if (!first || one) return first;
  if (value.kind == FactValue::Kind::at_least) return Stated{Known::bounded, first->lowest, values::kNoHighest, ""};
  if (value.kind == FactValue::Kind::at_most) return Stated{Known::bounded, values::kNoLowest, first->lowest, ""};
  auto const second = stated_value(value.values[1], type);
  if (!second) return std::nullopt;
  if (first->lowest <= second->lowest) return Stated{Known::bounded, first->lowest, second->lowest, ""};
  report(Code::example_not_understood, value.span, "The first of the two is the larger one", "Exchange them.");
  return std::nullopt;
}

void Checker::stated_field(Example& example, FactRef ref, grammar::Fact const& body) {
  auto const& declared = words().fields[ref.field];
  auto const type = declared.quantity.type;
  if (type.kind == Kind::record) return stated_nested(example, ref, body);
  if (!declared.each.empty()) return stated_each(example, ref, body);
  auto const value = whole_value(body);
  if (!value) return;
  if (type.list) return stated_list(example, ref, *value);
  Example::StatedFact made;
  made.fact = ref;
  if (auto const one = stated(*value, type)) {
    made.values.push_back(*one);
    example.facts.push_back(std::move(made));
  }
}

void Checker::stated_list(Example& example, FactRef ref, FactValue const& value) {
  Example::StatedFact made;
  made.fact = ref;
  auto const& declared = words().fields[ref.field];
  if (auto const reason = missing(value.kind)) {
    made.list_missing = true;
    made.values.push_back(unknown_for(*reason));
  } else if (auto const members = stated_members(value, declared.quantity.type, declared.shown)) {
    made.values = *members;
  } else {
    return;
  }
  example.facts.push_back(std::move(made));
}

std::optional<std::vector<Stated>> Checker::stated_members(FactValue const& value, Type single,
                                                           std::string const& shown) {
  single.list = false;
  std::vector<Stated> out;
  if (value.kind == FactValue::Kind::none) return out;
  if (value.kind != FactValue::Kind::values) {
    report(Code::example_not_understood, value.span, fmt::format("`{}` is a list", shown),
           "Write its members with commas, `none`, or `not submitted`.");
    return std::nullopt;
  }
  for (auto const& item : value.values) {
    auto const one = stated_value(item, single);
    if (!one) return std::nullopt;
    out.push_back(*one);
  }
  return out;
}

// One field of a member: `credits 3`
bool Checker::stated_piece(Example& example, FactRef ref, Span piece, std::uint32_t row) {
  auto const& inner = words().records[words().fields[ref.field].quantity.type.which];
  auto const span = trimmed(sources_, piece);
  auto const text = sources_.text(span);
  std::size_t longest = 0;
  Example::StatedFact made;
  for (std::uint32_t p = 0; p < inner.fields.size(); ++p) {
    auto const taken = begins_with(text, words().fields[inner.fields[p]].name);
    if (taken <= longest) continue;
    longest = taken;
    made.fact = {ref.position, p, inner.fields[p]};
  }
  if (longest != 0 && forgiven_.contains(words().fields[made.fact.field].name)) return true;
  if (longest == 0) {
    std::vector<std::string> names;
    for (auto const id : inner.fields) names.push_back(words().fields[id].shown);
    report(Code::example_not_understood, span, fmt::format("`{}` begins with no field of `{}`", text, inner.shown),
           fmt::format("Its fields are: {}.", fmt::join(names, ", ")));
    return false;
  }
  auto const value = grammar::read_fact_value(
      sources_, trimmed(sources_, {span.file, span.begin + static_cast<std::uint32_t>(longest), span.end}),
      diagnostics_);
  auto const one = value ? stated(*value, words().fields[made.fact.field].quantity.type) : std::nullopt;
  if (!one) return false;
  made.values.push_back(*one);
  made.member_row = row;
  example.facts.push_back(std::move(made));
  return true;
}

// `last decision: none`; `courses: name Welding I, credits 3; name Welding II, credits 4`
void Checker::stated_nested(Example& example, FactRef ref, grammar::Fact const& body) {
  bool const list = words().fields[ref.field].quantity.type.list;
  auto const whole = text_of(body.span);
  if (whole == "none" || whole == "not submitted") {
    Example::StatedFact made;
    made.fact = ref;
    made.none = whole == "none" && !list;
    made.list_missing = whole != "none";
    if (made.list_missing) made.values.push_back(unknown_for(Known::not_submitted));
    example.facts.push_back(std::move(made));
    return;
  }
  std::uint32_t row = 0;
  for (auto const& group : body.groups) {
    for (auto const& piece : group) {
      if (!stated_piece(example, ref, piece, row)) return;
    }
    ++row;
  }
}

// Takes the words that say for which member of a range: `male`, `2024-25`, `15-1252`.
bool Checker::place(Span& span, RangeId range_id, Place& place) {
  auto const range = program().ranges[range_id];
  auto const text = sources_.text(span);
  auto const word = text.substr(0, std::min(text.find(' '), text.size()));
  std::size_t taken = 0;
  if (range.of == Range::Of::years) {
    auto const& kind = words().calendar.years[range.which];
    place.year = values::read_year(word, kind);
    if (auto const either = values::either_year(word, kind); !either.empty()) {
      report(Code::example_not_understood, span, fmt::format("`{}` may be {}", word, either),
             "Write the one that is meant.");
      return false;
    }
    taken = place.year ? word.size() : 0;
  } else if (auto const type = type_of_member(range); type.kind == Kind::choice) {
    auto const& entries = words().choices[type.which].entries;
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      auto const length = std::max(begins_with(text, entries[i].shown), begins_with(text, entries[i].data_key));
      if (length <= taken) continue;
      taken = length;
      place.entry = i;
    }
  } else {
    place.member = std::string(word);
    taken = word.size();
  }
  if (taken == 0) {
    report(Code::example_not_understood, span, fmt::format("`{}` does not say for which {}", text, range.member),
           range.of == Range::Of::years ? "Begin with the year: `2024-25 yes; 2025-26 no`."
                                        : "Begin with its name, and put a semicolon between two of them.");
    return false;
  }
  span = trimmed(sources_, {span.file, span.begin + static_cast<std::uint32_t>(taken), span.end});
  return true;
}

// `male 85 percent; female not submitted`, `2024-25 yes; 2025-26 yes`, `econ 2024-25 80 percent`
void Checker::stated_each(Example& example, FactRef ref, grammar::Fact const& body) {
  auto const declared = words().fields[ref.field];
  auto const each = dimensions(declared);
  for (auto const& group : body.groups) {
    if (group.empty()) continue;
    auto span = trimmed(sources_, whole_of(group));
    Place at;
    for (auto const range : each) {
      if (!place(span, range, at)) return;
    }
    auto const value = grammar::read_fact_value(sources_, span, diagnostics_);
    auto const one = value ? stated(*value, declared.quantity.type) : std::nullopt;
    if (!one) return;
    Example::StatedFact made;
    made.fact = ref;
    made.entry = at.entry;
    made.year = at.year;
    made.values.push_back(*one);
    example.facts.push_back(std::move(made));
  }
}

void Checker::stated_figure(Example& example, FigureId id, grammar::Fact const& body) {
  auto const figure = program().figures[id];
  for (auto const& group : body.groups) {
    if (group.empty()) continue;
    // A figure with one value may be a code or a text with commas in it.
    auto span = figure.each.empty() ? body.span : trimmed(sources_, whole_of(group));
    Place at;
    for (auto const range : figure.each) {
      if (!place(span, range, at)) return;
    }
    auto const value = grammar::read_fact_value(sources_, span, diagnostics_);
    if (!value) return;
    if (figure.type.list) return stated_list_figure(example, id, *value);
    Example::StatedFigure made;
    made.figure = id;
    made.entry = at.entry;
    made.year = at.year;
    made.member = at.member;
    made.does_not_apply = value->kind == FactValue::Kind::does_not_apply;
    if (value->kind == FactValue::Kind::cannot_be_told) {
      made.value = unknown_for(Known::not_submitted);
    } else if (!made.does_not_apply) {
      auto const one = stated(*value, figure.type);
      if (!one) return;
      made.value = *one;
    }
    example.figures.push_back(std::move(made));
    if (figure.each.empty()) return;
  }
}

void Checker::stated_list_figure(Example& example, FigureId id, FactValue const& value) {
  auto const& figure = program().figures[id];
  Example::StatedFigure made;
  made.figure = id;
  auto const reason = missing(value.kind);
  if (reason || value.kind == FactValue::Kind::cannot_be_told) {
    made.value = unknown_for(reason.value_or(Known::not_submitted));
  } else if (auto const members = stated_members(value, figure.type, figure.shown)) {
    made.members = *members;
  } else {
    return;
  }
  example.figures.push_back(std::move(made));
}

// A key as a row of its source has it; nothing where it is no key of that type.
std::optional<std::string> Checker::stated_key(std::string const& text, Type const& type) const {
  auto const& vocabulary = program().vocabulary;
  if (type.kind == Kind::code) return values::read_code(type.system, text);
  if (type.kind == Kind::text) return text;
  if (type.kind == Kind::choice) {
    auto const entry = vocabulary.choices[type.which].find(text);
    return entry ? std::optional(vocabulary.choices[type.which].entries[*entry].name) : std::nullopt;
  }
  if (type.kind != Kind::year) return std::nullopt;
  auto const& kind = vocabulary.calendar.years[type.which];
  auto const year = values::read_year(text, kind);
  return year ? std::optional(values::write_year(*year, kind)) : std::nullopt;
}

// `2025` where a key is a year that runs over New Year.
bool Checker::one_of_two_years(std::string const& text, vocabulary::Source const& source) const {
  return std::any_of(source.keys.begin(), source.keys.end(), [&](vocabulary::SourceKey const& key) {
    bool const year = key.type.kind == Kind::year;
    return year && !values::either_year(text, program().vocabulary.calendar.years[key.type.which]).empty();
  });
}

// `wages for 15-1252 in Essex County`: each key is matched by its type, texts to what is left.
bool Checker::stated_keys(Example::StatedRow& row, grammar::Fact const& body) {
  auto const source = words().sources[row.source];
  row.keys.resize(source.keys.size());
  std::vector<bool> taken(source.keys.size());
  auto const take = [&](std::string const& text, bool texts) {
    for (std::size_t i = 0; i < source.keys.size(); ++i) {
      auto const& type = source.keys[i].type;
      auto const key = taken[i] || (type.kind == Kind::text) != texts ? std::nullopt : stated_key(text, type);
      if (!key) continue;
      taken[i] = true;
      row.keys[i] = *key;
      return true;
    }
    return false;
  };
  for (auto const& syntax : body.keys) {
    auto const* path = std::get_if<grammar::Path>(&syntax.node);
    auto const* amount = std::get_if<grammar::Amount>(&syntax.node);
    auto const text = path != nullptr ? path->names.front().text : amount != nullptr ? amount->digits : std::string();
    if (take(text, false) || take(text, true)) continue;
    report(Code::example_not_understood, syntax.span,
           fmt::format("`{}` is no key of `{}`", grammar::print(syntax), source.shown),
           one_of_two_years(text, source) ? fmt::format("Write the year in full: {}?", values::either_year(text, {}))
                                          : "Write a value for each of its keys, in any order.");
    return false;
  }
  auto const open = std::find(taken.begin(), taken.end(), false);
  if (open == taken.end()) return true;
  report(Code::key_not_bound, body.name.span,
         fmt::format("`{}` does not say for which {}", source.shown,
                     source.keys[static_cast<std::size_t>(open - taken.begin())].shown),
         fmt::format("Write for example: `{} for A in B: …`.", source.shown));
  return false;
}

// One column of a row: `median wage $41,000 per year`
bool Checker::stated_column(Example::StatedRow& row, Span piece) {
  auto const& source = words().sources[row.source];
  auto const span = trimmed(sources_, piece);
  auto const text = sources_.text(span);
  std::size_t longest = 0;
  std::uint32_t column = 0;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < source.columns.size(); ++i) {
    names.push_back(source.columns[i].shown);
    auto const length = begins_with(text, source.columns[i].name);
    if (length <= longest) continue;
    longest = length;
    column = i;
  }
  if (longest == 0) {
    report(Code::example_not_understood, span, fmt::format("`{}` begins with no column of `{}`", text, source.shown),
           fmt::format("Its columns are: {}.", fmt::join(names, ", ")));
    return false;
  }
  if (forgiven_.contains(source.columns[column].name)) return true;
  auto const value = grammar::read_fact_value(
      sources_, trimmed(sources_, {span.file, span.begin + static_cast<std::uint32_t>(longest), span.end}),
      diagnostics_);
  auto const type = source.columns[column].quantity.type;
  auto const one = value ? stated(*value, type) : std::nullopt;
  if (!one) return false;
  row.columns.emplace_back(column, *one);
  return true;
}

void Checker::stated_row(Example& example, vocabulary::SourceId id, grammar::Fact const& body) {
  Example::StatedRow made;
  made.source = id;
  if (!stated_keys(made, body)) return;
  if (words().sources[id].is_list()) {
    auto const value = whole_value(body);
    if (!value) return;
    made.untold = value->kind == FactValue::Kind::cannot_be_told && !words().sources[id].untold.empty();
    if (made.untold || value->kind == FactValue::Kind::on_the_list) {
      example.rows.push_back(std::move(made));
    } else if (value->kind != FactValue::Kind::not_on_the_list) {
      report(Code::example_not_understood, body.span,
             fmt::format("Something is on `{}` or it is not", words().sources[id].shown),
             words().sources[id].untold.empty() ? "Write `on the list` or `not on the list`."
                                                : "Write `on the list`, `not on the list` or `cannot be told`.");
    }
    return;
  }
  if (body.text == "not covered") return;  // what an example does not state is not covered
  for (auto const& group : body.groups) {
    for (auto const& piece : group) {
      if (!stated_column(made, piece)) return;
    }
  }
  example.rows.push_back(std::move(made));
}

}  // namespace waymark::check
