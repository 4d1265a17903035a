// Examples: what they state, and what they expect.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::ClauseKind;
using grammar::FactValue;
using values::Known;
using vocabulary::Kind;

namespace {

char lower(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); }

// How many bytes of `text` are the words of `name`, blanks folded; 0 when it does not begin with them.
std::size_t begins_with(std::string_view text, std::string_view name) {
  std::size_t at = 0;
  for (auto const c : name) {
    if (c == ' ') {
      if (at >= text.size() || text[at] != ' ') return 0;
      while (at < text.size() && text[at] == ' ') ++at;
      continue;
    }
    if (at >= text.size() || lower(text[at]) != lower(c)) return 0;
    ++at;
  }
  return at == text.size() || text[at] == ' ' ? at : 0;
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

std::optional<values::Status> status(FactValue::Kind kind) {
  switch (kind) {
    case FactValue::Kind::met: return values::kMet;
    case FactValue::Kind::not_met: return values::kNotMet;
    case FactValue::Kind::cannot_be_told: return static_cast<values::Status>(values::kMet | values::kNotMet);
    case FactValue::Kind::waived: return static_cast<values::Status>(values::kMet | values::kWaived);
    case FactValue::Kind::does_not_apply: return values::kNoCriterion;
    default: return std::nullopt;
  }
}

grammar::Span trimmed(grammar::Sources const& sources, grammar::Span span) {
  auto const text = sources.text(span);
  std::size_t first = 0;
  while (first < text.size() && (text[first] == ' ' || text[first] == '\n' || text[first] == '\t')) ++first;
  span.begin += static_cast<std::uint32_t>(first);
  return span;
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
    report(Code::example_not_understood, syntax.span,
           fmt::format("`{}` is neither yes nor no", grammar::print(syntax)));
    return std::nullopt;
  }
  ValueId id = kNone;
  if (vocabulary::is_symbolic(type)) {
    auto single = type;
    auto const text = path != nullptr ? path->names.front().text : grammar::print(syntax);
    id = symbol(syntax, text, single);
  } else if (std::holds_alternative<grammar::Amount>(syntax.node)) {
    id = value(syntax, {}, type);
    if (id != kNone && !fits(id, type, syntax.span, grammar::print(syntax))) id = kNone;
  } else {
    report(Code::example_not_understood, syntax.span,
           fmt::format("`{}` is not {}", grammar::print(syntax), type_words(type)), "An example states plain values.");
  }
  auto const* constant = id == kNone ? nullptr : std::get_if<Constant>(&at(id).node);
  if (constant == nullptr) return std::nullopt;
  return Stated{Known::exactly, constant->steps, constant->steps, constant->text};
}

std::optional<Stated> Checker::stated(FactValue const& value, Type const& type) {
  if (auto const reason = missing(value.kind)) {
    return Stated{*reason, values::kNoLowest, values::kNoHighest, ""};
  }
  auto const bound = [&](std::size_t i) { return stated_value(value.values[i], type); };
  switch (value.kind) {
    case FactValue::Kind::values:
      if (value.values.size() == 1) return bound(0);
      break;
    case FactValue::Kind::at_least:
      if (auto const low = bound(0)) return Stated{Known::bounded, low->lowest, values::kNoHighest, ""};
      return std::nullopt;
    case FactValue::Kind::at_most:
      if (auto const high = bound(0)) return Stated{Known::bounded, values::kNoLowest, high->lowest, ""};
      return std::nullopt;
    case FactValue::Kind::between: {
      auto const low = bound(0);
      auto const high = bound(1);
      if (low && high) return Stated{Known::bounded, low->lowest, high->lowest, ""};
      return std::nullopt;
    }
    default: break;
  }
  report(Code::example_not_understood, value.span, fmt::format("One value is needed here, {}", type_words(type)));
  return std::nullopt;
}

void Checker::example(Block const& block) {
  Example made;
  made.title = block.name.text;
  made.span = block.name.span;
  made.date = program().from;
  bool has_date = false;
  auto const before = diagnostics_.size();
  for (auto const& clause : block.clauses) {
    if (clause.kind == ClauseKind::given) {
      auto const& body = std::get<grammar::Given>(clause.body);
      if (body.date.empty()) continue;
      auto const date = values::read_date(body.date);
      if (!date) report(Code::not_a_day, body.span, fmt::format("`{}` is not a day of the calendar", body.date));
      if (date) made.date = *date;
      has_date = date.has_value();
    } else if (clause.kind == ClauseKind::fact) {
      fact(made, clause);
    } else if (clause.kind == ClauseKind::expect) {
      auto const& body = std::get<grammar::Expect>(clause.body);
      if (body.outcome.empty()) continue;
      bool const built_in = body.outcome.key == "needs information" || body.outcome.key == "not reviewed";
      if (!built_in) outcome_index(body.outcome);
      made.outcome = body.outcome.key;
      if (body.term) made.term = term_of(*body.term);
    } else if (clause.kind == ClauseKind::expectation) {
      expectation(made, clause);
    }
  }
  if (diagnostics_.size() != before || block.faulty) return;
  if (!has_date) {
    auto& diagnostic = report(Code::example_without_date, block.name.span, "The example does not say on which day",
                              "Write for example: `Given on 2026-11-21:`.");
    for (auto const& clause : block.clauses) {
      if (clause.kind != ClauseKind::given) continue;
      diagnostic.edit = grammar::Edit{clause.label, fmt::format("Given on {}", values::write_date(program().from))};
    }
    return;
  }
  program().examples.push_back(std::move(made));
}

void Checker::fact(Example& example, Clause const& clause) {
  auto const& body = std::get<grammar::Fact>(clause.body);
  auto const keys = without_subject(body.name);
  for (auto const& key : keys) {
    if (forgiven_.contains(key)) return;
  }
  if (auto const source = source_named(body.name); source && !body.keys.empty()) {
    return stated_row(example, *source, body);
  }
  if (auto const waiver = waiver_names_.find(keys.front()); waiver != waiver_names_.end()) {
    auto const value = whole_value(body);
    if (!value) return;
    bool const in_force = value->kind == FactValue::Kind::in_force;
    if (!in_force && value->kind != FactValue::Kind::not_in_force) {
      report(Code::example_not_understood, body.span, "A waiver is `in force` or `not in force`");
      return;
    }
    example.waivers.push_back({waiver->second, in_force});
    return;
  }
  auto const named = entity(keys.front());
  if (!named) {
    unknown(body.name, "name");
    return;
  }
  if (named->what == Named::field) {
    FactRef ref{kNone, named->index, record().fields[named->index]};
    auto const& holder = field(named->index);
    if (keys.size() == 2 && holder.quantity.type.kind == Kind::record && !holder.quantity.type.list) {
      auto const& inner = words().records[holder.quantity.type.which];
      for (std::uint32_t p = 0; p < inner.fields.size(); ++p) {
        if (words().fields[inner.fields[p]].name == keys[1]) {
          return stated_field(example, {named->index, p, inner.fields[p]}, body);
        }
      }
      unknown(body.name, "field");
      return;
    }
    return stated_field(example, ref, body);
  }
  if (named->what == Named::figure) return stated_figure(example, named->index, body);
  auto const value = whole_value(body);
  if (!value) return;
  if (named->what == Named::criterion) {
    if (auto const state = status(value->kind)) {
      example.criteria.push_back({named->index, *state});
    } else {
      report(Code::example_not_understood, body.span,
             fmt::format("`{}` is a criterion", program().criteria[named->index].shown),
             "It is met, not met, waived, does not apply, or cannot be told.");
    }
  } else if (named->what == Named::group && value->kind == FactValue::Kind::counts) {
    Example::StatedGroup group{named->index, {}, {}, {}, {}};
    for (auto const& [count, kind] : value->counts) {
      if (kind == FactValue::Kind::met) group.met = count;
      if (kind == FactValue::Kind::not_met) group.not_met = count;
      if (kind == FactValue::Kind::cannot_be_told) group.untold = count;
      if (kind == FactValue::Kind::does_not_apply) group.not_applying = count;
    }
    example.groups.push_back(group);
  } else {
    report(Code::example_not_understood, clause.span,
           fmt::format("`{}` cannot be stated like this", grammar::print(body.name)),
           "State facts, figures, criteria (`met`), groups (`2 met`) and rows of sources.");
  }
}

void Checker::stated_field(Example& example, FactRef ref, grammar::Fact const& body) {
  auto const& declared = words().fields[ref.field];
  auto const type = declared.quantity.type;
  if (type.kind == Kind::record) return stated_nested(example, ref, body);
  if (!declared.each.empty()) return stated_each(example, ref, body);
  auto const value = whole_value(body);
  if (!value) return;
  Example::StatedFact made;
  made.fact = ref;
  if (!type.list) {
    if (auto const one = stated(*value, type)) made.values.push_back(*one);
    if (!made.values.empty()) example.facts.push_back(std::move(made));
    return;
  }
  auto single = type;
  single.list = false;
  if (auto const reason = missing(value->kind)) {
    made.list_missing = true;
    made.values.push_back({*reason, values::kNoLowest, values::kNoHighest, ""});
  } else if (value->kind == FactValue::Kind::values) {
    for (auto const& item : value->values) {
      auto const one = stated_value(item, single);
      if (!one) return;
      made.values.push_back(*one);
    }
  } else if (value->kind != FactValue::Kind::none) {
    report(Code::example_not_understood, body.span, fmt::format("`{}` is a list", declared.shown),
           "Write its members with commas, `none`, or `not submitted`.");
    return;
  }
  example.facts.push_back(std::move(made));
}

// `last decision: none`; `courses: name Welding I, credits 3; name Welding II, credits 4`
void Checker::stated_nested(Example& example, FactRef ref, grammar::Fact const& body) {
  auto const& declared = words().fields[ref.field];
  auto const& inner = words().records[declared.quantity.type.which];
  auto const whole = text_of(body.span);
  if (whole == "none" || whole == "not submitted") {
    Example::StatedFact made;
    made.fact = ref;
    made.none = whole == "none" && !declared.quantity.type.list;
    made.list_missing = whole != "none";
    if (made.list_missing) made.values.push_back({Known::not_submitted, values::kNoLowest, values::kNoHighest, ""});
    example.facts.push_back(std::move(made));
    return;
  }
  std::uint32_t row = 0;
  for (auto const& group : body.groups) {
    for (auto const& piece : group) {
      auto const span = trimmed(sources_, piece);
      auto const text = sources_.text(span);
      std::size_t longest = 0;
      FactRef member = ref;
      for (std::uint32_t p = 0; p < inner.fields.size(); ++p) {
        auto const taken = begins_with(text, words().fields[inner.fields[p]].name);
        if (taken <= longest) continue;
        longest = taken;
        member = {ref.position, p, inner.fields[p]};
      }
      if (longest == 0) {
        report(Code::example_not_understood, span, fmt::format("`{}` begins with no field of {}", text, inner.shown));
        return;
      }
      auto const rest = Span{span.file, span.begin + static_cast<std::uint32_t>(longest), span.end};
      auto const value = grammar::read_fact_value(sources_, rest, diagnostics_);
      if (!value) return;
      auto const one = stated(*value, words().fields[member.field].quantity.type);
      if (!one) return;
      Example::StatedFact made;
      made.fact = member;
      made.values.push_back(*one);
      made.member_row = row;
      example.facts.push_back(std::move(made));
    }
    ++row;
  }
}

// `male 85 percent; female not submitted`, `2024-25 yes; 2025-26 yes`, `econ 2024-25 80 percent`
void Checker::stated_each(Example& example, FactRef ref, grammar::Fact const& body) {
  auto const declared = words().fields[ref.field];
  for (auto const& group : body.groups) {
    if (group.empty()) continue;
    Example::StatedFact made;
    made.fact = ref;
    auto span = trimmed(sources_, {group.front().file, group.front().begin, group.back().end});
    for (auto const& dimension : declared.each) {
      auto const text = sources_.text(span);
      std::size_t taken = 0;
      if (dimension.of == vocabulary::Dimension::Of::year) {
        auto const word = text.substr(0, std::min(text.find(' '), text.size()));
        made.year = values::read_year(word);
        taken = made.year ? word.size() : 0;
      } else {
        auto const& entries = words().choices[dimension.which].entries;
        for (std::uint32_t i = 0; i < entries.size(); ++i) {
          auto const length = std::max(begins_with(text, entries[i].shown), begins_with(text, entries[i].data_key));
          if (length <= taken) continue;
          taken = length;
          made.entry = i;
        }
      }
      if (taken == 0) {
        report(Code::example_not_understood, span,
               fmt::format("`{}` does not begin with {}", text,
                           dimension.of == vocabulary::Dimension::Of::year
                               ? "a year such as 2024-25"
                               : "an entry of `" + words().choices[dimension.which].shown + "`"));
        return;
      }
      span = trimmed(sources_, {span.file, span.begin + static_cast<std::uint32_t>(taken), span.end});
    }
    auto const value = grammar::read_fact_value(sources_, span, diagnostics_);
    auto const one = value ? stated(*value, declared.quantity.type) : std::nullopt;
    if (!one) return;
    made.values.push_back(*one);
    example.facts.push_back(std::move(made));
  }
}

void Checker::stated_figure(Example& example, FigureId id, grammar::Fact const& body) {
  auto const figure = program().figures[id];
  for (auto const& group : body.groups) {
    if (group.empty()) continue;
    Example::StatedFigure made;
    made.figure = id;
    auto span = trimmed(sources_, {group.front().file, group.front().begin, group.back().end});
    for (auto const range_id : figure.each) {
      auto const range = program().ranges[range_id];
      auto const text = sources_.text(span);
      auto const word = text.substr(0, std::min(text.find(' '), text.size()));
      std::size_t taken = 0;
      if (range.of == Range::Of::years) {
        made.year = values::read_year(word);
        taken = made.year ? word.size() : 0;
      } else if (range.of == Range::Of::choice) {
        auto const& entries = words().choices[range.which].entries;
        for (std::uint32_t i = 0; i < entries.size(); ++i) {
          auto const length = std::max(begins_with(text, entries[i].shown), begins_with(text, entries[i].data_key));
          if (length <= taken) continue;
          taken = length;
          made.entry = i;
        }
      } else {
        made.member = std::string(word);
        taken = word.size();
      }
      if (taken == 0) {
        report(Code::example_not_understood, span, fmt::format("`{}` does not say for which {}", text, range.member));
        return;
      }
      span = trimmed(sources_, {span.file, span.begin + static_cast<std::uint32_t>(taken), span.end});
    }
    auto const value = grammar::read_fact_value(sources_, span, diagnostics_);
    if (!value) return;
    made.does_not_apply = value->kind == FactValue::Kind::does_not_apply;
    if (value->kind == FactValue::Kind::cannot_be_told) {
      made.value = {Known::not_submitted, values::kNoLowest, values::kNoHighest, ""};
    } else if (!made.does_not_apply) {
      auto const one = stated(*value, figure.type);
      if (!one) return;
      made.value = *one;
    }
    example.figures.push_back(std::move(made));
  }
}

void Checker::stated_row(Example& example, vocabulary::SourceId id, grammar::Fact const& body) {
  auto const source = words().sources[id];
  Example::StatedRow made;
  made.source = id;
  made.keys.resize(source.keys.size());
  std::vector<bool> taken(source.keys.size());
  for (auto const& syntax : body.keys) {
    auto const* path = std::get_if<grammar::Path>(&syntax.node);
    auto const* amount = std::get_if<grammar::Amount>(&syntax.node);
    auto const text = path != nullptr ? path->names.front().text : amount != nullptr ? amount->digits : std::string();
    std::optional<std::size_t> place;
    for (std::size_t i = 0; i < source.keys.size() && !place; ++i) {
      if (taken[i]) continue;
      auto const& type = source.keys[i].type;
      if (type.kind == Kind::code && values::read_code(type.system, text)) {
        place = i;
        made.keys[i] = *values::read_code(type.system, text);
      } else if (type.kind == Kind::choice && words().choices[type.which].find(text)) {
        place = i;
        made.keys[i] = words().choices[type.which].entries[*words().choices[type.which].find(text)].name;
      } else if (type.kind == Kind::year && values::read_year(text)) {
        place = i;
        made.keys[i] = values::write_year(*values::read_year(text), words().calendar.years[type.which]);
      } else if (type.kind == Kind::text) {
        place = i;
        made.keys[i] = text;
      }
    }
    if (!place) {
      report(Code::example_not_understood, syntax.span,
             fmt::format("`{}` is no key of `{}`", grammar::print(syntax), source.shown));
      return;
    }
    taken[*place] = true;
  }
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (taken[i]) continue;
    report(Code::key_not_bound, body.name.span,
           fmt::format("`{}` does not say for which {}", source.shown, source.keys[i].shown),
           fmt::format("Write for example: `{} for A in B: …`.", source.shown));
    return;
  }
  if (source.is_list()) {
    auto const value = whole_value(body);
    if (value && value->kind == FactValue::Kind::on_the_list) example.rows.push_back(std::move(made));
    return;
  }
  for (auto const& group : body.groups) {
    for (auto const& piece : group) {
      auto const span = trimmed(sources_, piece);
      auto const text = sources_.text(span);
      std::size_t longest = 0;
      std::uint32_t column = 0;
      for (std::uint32_t i = 0; i < source.columns.size(); ++i) {
        auto const length = begins_with(text, source.columns[i].name);
        if (length <= longest) continue;
        longest = length;
        column = i;
      }
      if (longest == 0) {
        report(Code::example_not_understood, span,
               fmt::format("`{}` begins with no column of `{}`", text, source.shown));
        return;
      }
      auto const rest = Span{span.file, span.begin + static_cast<std::uint32_t>(longest), span.end};
      auto const value = grammar::read_fact_value(sources_, rest, diagnostics_);
      auto const one = value ? stated(*value, source.columns[column].quantity.type) : std::nullopt;
      if (!one) return;
      made.columns.emplace_back(column, *one);
    }
  }
  example.rows.push_back(std::move(made));
}

void Checker::expectation(Example& example, Clause const& clause) {
  auto const& body = std::get<grammar::Fact>(clause.body);
  auto const keys = without_subject(body.name);
  for (auto const& key : keys) {
    if (forgiven_.contains(key)) return;
  }
  auto const value = whole_value(body);
  if (!value) return;
  auto const named = entity(keys.front());
  bool const on_list = value->kind == FactValue::Kind::on_the_list || value->kind == FactValue::Kind::not_on_the_list ||
                       (!named && value->kind == FactValue::Kind::cannot_be_told);
  if (on_list && !program().lists.empty()) {
    auto const& list = program().lists.back();
    auto member = text_of(body.name.span);
    member = member.substr(member.rfind(' ') == std::string::npos ? 0 : member.rfind(' ') + 1);
    if (list.member.kind == Kind::code) member = values::read_code(list.member.system, member).value_or(member);
    auto const state = value->kind == FactValue::Kind::on_the_list       ? "on the list"
                       : value->kind == FactValue::Kind::not_on_the_list ? "not on the list"
                                                                         : "cannot be told";
    example.members.push_back({static_cast<ListId>(program().lists.size() - 1), member, state, clause.span});
    return;
  }
  if (!named) {
    unknown(body.name, "criterion");
    return;
  }
  if (named->what == Named::criterion) {
    if (auto const state = status(value->kind)) {
      example.statuses.push_back({named->index, std::string(values::status_words(*state)), clause.span});
      return;
    }
  }
  if (named->what == Named::figure) {
    if (value->kind == FactValue::Kind::cannot_be_told) {
      example.expected_figures.push_back({named->index, {}, true, clause.span});
    } else if (auto const one = stated(*value, program().figures[named->index].type)) {
      example.expected_figures.push_back({named->index, *one, false, clause.span});
    }
    return;
  }
  report(Code::example_not_understood, clause.span,
         fmt::format("`{}` cannot be expected like this", grammar::print(body.name)),
         "An example expects an outcome, states of criteria, and values of figures.");
}

}  // namespace waymark::check
