// Examples: what they state of a case, and what they expect of its review.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::ClauseKind;
using grammar::FactValue;
using vocabulary::Kind;

namespace {

std::optional<values::Status> status(FactValue::Kind kind) {
  switch (kind) {
    case FactValue::Kind::met: return values::kMet;
    case FactValue::Kind::not_met: return values::kNotMet;
    case FactValue::Kind::cannot_be_told: return static_cast<values::Status>(values::kMet | values::kNotMet);
    case FactValue::Kind::waived: return values::kWaived;
    case FactValue::Kind::does_not_apply: return values::kNoCriterion;
    default: return std::nullopt;
  }
}

grammar::Given const* given_of(grammar::Block const& block) {
  for (auto const& clause : block.clauses) {
    auto const* given = std::get_if<grammar::Given>(&clause.body);
    if (clause.kind == ClauseKind::given && given != nullptr) return given;
  }
  return nullptr;
}

std::optional<values::Date> date_of(grammar::Block const& block) {
  auto const* given = given_of(block);
  return given == nullptr ? std::nullopt : values::read_date(given->date);
}

}  // namespace

// An example is read in the epoch of its date; one without a date that counts, in the first.
void Checker::examples() {
  bool const first = epoch_.from == setting_.period.from;
  doubted_ = doubted_names();
  for (auto const& block : policy_.blocks) {
    if (block.kind != grammar::BlockKind::example) continue;
    auto const date = date_of(block);
    bool const here = date && setting_.period.holds(*date) ? epoch_.holds(*date) : first;
    if (here) example(block);
  }
}

bool Checker::example_date(Example& example, Block const& block) {
  auto const* given = given_of(block);
  if (given == nullptr || given->date.empty()) {
    if (block.faulty) return false;
    auto& diagnostic = report(Code::example_without_date, block.name.span, "The example does not say on which day",
                              "Write for example: `Given on 2026-11-21:`.");
    for (auto const& clause : block.clauses) {
      if (clause.kind != ClauseKind::given) continue;
      diagnostic.edit = grammar::Edit{clause.label, fmt::format("Given on {}", values::write_date(program().from))};
    }
    return false;
  }
  auto const date = values::read_date(given->date);
  if (!date) {
    report(Code::not_a_day, given->span, fmt::format("`{}` is not a day of the calendar", given->date), kDay);
    return false;
  }
  example.date = *date;
  if (setting_.period.holds(*date) || !setting_.period_is_known) return true;
  auto& diagnostic = report(Code::example_outside_period, given->span,
                            fmt::format("The policy is not in force on {}", values::write_date(*date)),
                            "Give the example a day on which the policy is in force.");
  if (auto const* policy = policy_block()) {
    for (auto const& clause : policy->clauses) {
      if (clause.kind == ClauseKind::in_force) diagnostic.secondary.push_back({clause.span, "in force then"});
    }
  }
  return false;
}

void Checker::expect(Example& example, grammar::Expect const& expect) {
  if (expect.outcome.empty()) return;
  bool const built_in = expect.outcome.key == "needs information" || expect.outcome.key == "not reviewed";
  bool const reports = program().decisions.empty() && !program().reports.empty();
  if (!built_in && !(reports && expect.outcome.key == "reported")) outcome_index(expect.outcome);
  example.outcome = expect.outcome.key;
  if (expect.term) example.term = term_of(*expect.term);
}

// What a rule has been told of a name does not help twice: an example that uses it fails in the same way.
std::set<std::string> Checker::doubted_names() const {
  std::set<std::string> out;
  for (auto const& diagnostic : diagnostics_) {
    for (auto const& one : diagnostic.about) {
      auto const name = one.find('\t') + 1;
      auto const kind = std::string_view(one).substr(0, name - 1);
      if (kind != "entry" && kind != "order" && kind != "head" && kind != "outcomes") {
        out.insert(one.substr(name, one.find('\t', name) - name));
      }
    }
  }
  return out;
}

void Checker::of_doubted_names(Clause const& clause, std::size_t before) {
  auto const text = grammar::name_key(sources_.text(clause.span));
  bool const doubted = std::any_of(doubted_.begin(), doubted_.end(), [&](std::string const& name) {
    return !name.empty() && text.find(name) != std::string::npos;
  });
  if (!doubted) return;
  auto const follows = [](grammar::Diagnostic const& diagnostic) {
    switch (diagnostic.code) {
      case Code::example_not_understood:
      case Code::wrong_unit:
      case Code::wrong_kind:
      case Code::hours_and_years:
      case Code::points_not_percent:
      case Code::key_not_bound:
      case Code::words_left_over: return true;
      default: return false;
    }
  };
  auto const first = diagnostics_.begin() + static_cast<std::ptrdiff_t>(before);
  diagnostics_.erase(std::remove_if(first, diagnostics_.end(), follows), diagnostics_.end());
}

void Checker::example_clause(Example& example, Clause const& clause) {
  auto const before = diagnostics_.size();
  switch (clause.kind) {
    case ClauseKind::fact:
      fact(example, clause);
      of_doubted_names(clause, before);
      break;
    case ClauseKind::expect: expect(example, std::get<grammar::Expect>(clause.body)); break;
    case ClauseKind::expectation:
      expectation(example, clause);
      of_doubted_names(clause, before);
      break;
    default: break;
  }
}

void Checker::example(Block const& block) {
  Example made;
  made.title = block.name.text;
  made.span = block.name.span;
  made.date = program().from;
  auto const before = diagnostics_.size();
  bool const dated = example_date(made, block);
  bool expects = block.faulty;
  std::map<std::string, Span> stated;
  for (auto const& clause : block.clauses) {
    example_clause(made, clause);
    auto const* of = std::get_if<grammar::Expect>(&clause.body);
    expects = expects || clause.kind == ClauseKind::expectation || (of != nullptr && !of->outcome.empty());
    if (clause.kind != ClauseKind::fact) continue;
    auto const [at, fresh] = stated.emplace(grammar::name_key(sources_.text(clause.label)), clause.label);
    if (fresh) continue;
    report(Code::clause_twice, clause.label, fmt::format("`{}` is stated twice", sources_.text(clause.label)),
           "Keep one of them.")
        .secondary.push_back({at->second, "the first one"});
  }
  if (!expects &&
      !grammar::has_errors({diagnostics_.begin() + static_cast<std::ptrdiff_t>(before), diagnostics_.end()})) {
    report(Code::example_expects_nothing, block.name.span, "The example does not say what it expects",
           "Add a line: `Expect: …`, with an outcome.");
  }
  bool const faulty =
      grammar::has_errors({diagnostics_.begin() + static_cast<std::ptrdiff_t>(before), diagnostics_.end()});
  if (dated && !faulty && !block.faulty) program().examples.push_back(std::move(made));
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
  if (auto const waiver = waiver_named(keys)) return stated_waiver(example, *waiver, body);
  if (auto const named = entity_in_example(keys, body.name.span)) return stated_named(example, *named, keys, clause);
  if (!body.keys.empty()) return no_source(body.name, "");
  unknown(body.name, "name");
}

void Checker::stated_group(Example& example, GroupId id, FactValue const& value) {
  Example::StatedGroup group{id, {}, {}, {}, {}};
  std::uint32_t sum = 0;
  for (auto const& [count, kind] : value.counts) {
    sum += count;
    if (kind == FactValue::Kind::met) group.met = count;
    if (kind == FactValue::Kind::not_met) group.not_met = count;
    if (kind == FactValue::Kind::cannot_be_told) group.untold = count;
    if (kind == FactValue::Kind::does_not_apply) group.not_applying = count;
  }
  auto const size = program().groups[id].criteria.size();
  if (sum > size && !forgiven_.contains(program().groups[id].name)) {
    report(Code::count_too_high, value.span,
           fmt::format("`{}` has {}, and {} are stated", program().groups[id].shown, criteria_words(size), sum),
           "Lower the numbers.")
        .secondary.push_back({program().groups[id].span, "the group"});
    return;
  }
  example.groups.push_back(group);
}

void Checker::stated_named(Example& example, Entity const& named, std::vector<std::string> const& keys,
                           Clause const& clause) {
  auto const& body = std::get<grammar::Fact>(clause.body);
  if (named.what == Named::figure) return stated_figure(example, named.index, body);
  if (named.what == Named::field) {
    auto const& holder = field(named.index);
    FactRef ref{kNone, named.index, record().fields[named.index]};
    if (keys.size() == 1) return stated_field(example, ref, body);
    if (holder.quantity.type.kind == Kind::record && !holder.quantity.type.list) {
      auto const& inner = words().records[holder.quantity.type.which];
      for (std::uint32_t p = 0; p < inner.fields.size(); ++p) {
        if (words().fields[inner.fields[p]].name != keys[1]) continue;
        return stated_field(example, {named.index, p, inner.fields[p]}, body);
      }
    }
    return unknown(body.name, "field");
  }
  auto const value = whole_value(body);
  if (!value) return;
  if (named.what == Named::group && value->kind == FactValue::Kind::counts) {
    return stated_group(example, named.index, *value);
  }
  auto const state = named.what == Named::criterion ? status(value->kind) : std::nullopt;
  if (state) {
    example.criteria.push_back({named.index, *state});
    return;
  }
  bool const criterion = named.what == Named::criterion;
  report(Code::example_not_understood, criterion ? body.span : clause.span,
         criterion ? fmt::format("`{}` is a criterion", program().criteria[named.index].shown)
                   : fmt::format("`{}` cannot be stated like this", grammar::print(body.name)),
         criterion ? "It is met, not met, waived, does not apply, or cannot be told."
                   : "State facts, figures, criteria (`met`), groups (`2 met`) and rows of sources.")
      .secondary.push_back({named.span, "declared here"});
}

// `15-1252: on the list`. Where a policy has several lists, the one that no other is made of, and of these the last.
bool Checker::expected_member(Example& example, grammar::Fact const& fact, FactValue const& value, Span span) {
  if (program().lists.empty()) return false;
  auto const is_last = [&](ListId id) {
    return std::none_of(program().lists.begin(), program().lists.end(), [&](List const& l) { return l.of == id; });
  };
  ListId id = 0;
  for (ListId other = 0; other < program().lists.size(); ++other) {
    if (is_last(other)) id = other;
  }
  auto const& list = program().lists[id];
  auto member = fact.name.names.back().text;
  if (list.member.kind == Kind::code) {
    auto const code = values::read_code(list.member.system, member);
    if (!code) {
      report(Code::not_a_code, fact.name.span, fmt::format("`{}` is not a {} code", member, type_words(list.member)),
             "Expect of a member, or of a criterion or a figure by its name.");
      return true;
    }
    member = *code;
  } else if (list.member.kind == Kind::choice) {
    auto const entry = words().choices[list.member.which].find(member);
    if (entry) member = words().choices[list.member.which].entries[*entry].name;
  }
  auto const state = value.kind == FactValue::Kind::on_the_list       ? "on the list"
                     : value.kind == FactValue::Kind::not_on_the_list ? "not on the list"
                                                                      : "cannot be told";
  example.members.push_back({id, member, state, span});
  return true;
}

void Checker::expected_figure(Example& example, FigureId id, FactValue const& value, Span span) {
  auto const& figure = program().figures[id];
  if (!figure.each.empty()) {
    report(Code::example_not_understood, span,
           fmt::format("`{}` has one value for each {}, and cannot be expected", figure.shown,
                       program().ranges[figure.each.front()].member),
           "Expect what is made of it: a criterion, or a figure with one value.")
        .secondary.push_back({figure.span, "declared here"});
  } else if (figure.type.list) {
    report(Code::example_not_understood, span, fmt::format("`{}` is a list, and cannot be expected", figure.shown),
           "Expect what is made of it: a criterion, or a figure that counts its members.")
        .secondary.push_back({figure.span, "declared here"});
  } else if (value.kind == FactValue::Kind::cannot_be_told) {
    example.expected_figures.push_back({id, {}, true, span});
  } else if (auto const one = stated(value, figure.type)) {
    example.expected_figures.push_back({id, *one, false, span});
  }
}

void Checker::expectation(Example& example, Clause const& clause) {
  auto const& body = std::get<grammar::Fact>(clause.body);
  auto const keys = without_subject(body.name);
  for (auto const& key : keys) {
    if (forgiven_.contains(key)) return;
  }
  auto const named = entity_in_example(keys, body.name.span);
  if (named && named->what == Named::figure && !program().figures[named->index].each.empty()) {
    return expected_figure(example, named->index, {}, clause.span);
  }
  auto const value = whole_value(body);
  if (!value) return;
  bool const on_list = value->kind == FactValue::Kind::on_the_list || value->kind == FactValue::Kind::not_on_the_list ||
                       (!named && value->kind == FactValue::Kind::cannot_be_told);
  if (on_list && expected_member(example, body, *value, clause.span)) return;
  if (!named) return unknown(body.name, "criterion");
  if (named->what == Named::figure) return expected_figure(example, named->index, *value, clause.span);
  auto const state = named->what == Named::criterion ? status(value->kind) : std::nullopt;
  if (state) {
    example.statuses.push_back({named->index, std::string(values::status_words(*state)), clause.span});
    return;
  }
  report(Code::example_not_understood, clause.span,
         fmt::format("`{}` cannot be expected like this", grammar::print(body.name)),
         "An example expects an outcome, states of criteria, and values of figures.");
}

}  // namespace waymark::check
