// Decisions: their rows, and the guard that nobody is refused because something is not known.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"
#include "engine/check/lost_rows.hpp"
#include "engine/check/overlap.hpp"

namespace waymark::check {

using grammar::ClauseKind;
using grammar::State;

namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

// The row of an outcome that there is, under a condition that could not be read.
constexpr std::uint32_t kUnreadable = kNone - 1;

bool is_otherwise(Row const& row) { return row.when == kNone && row.outcome != kUnreadable; }

// `found …` is made true by what is known; that it is not so, and `cannot be told`, by what is missing.
bool missing_makes_true(State state, bool positive) {
  if (state == State::cannot_be_told) return positive;
  return grammar::asks_what_is_found(state) && !positive;
}

}  // namespace

bool Checker::uses_found(ConditionId id) const {
  bool found = false;
  walk_condition(
      program(), id,
      [&](ValueId value) {
        auto const* figure = std::get_if<FigureRef>(&at(value).node);
        found = found || (figure != nullptr && figure_found_[figure->figure]);
      },
      [&](ConditionId inner) {
        auto const& node = program().conditions[inner].node;
        if (auto const* state = std::get_if<CriterionState>(&node))
          found = found || grammar::asks_what_is_found(state->state);
        if (auto const* count = std::get_if<GroupCount>(&node))
          found = found || grammar::asks_what_is_found(count->state);
        found = found || std::holds_alternative<Untold>(node);
      });
  return found;
}

bool Checker::rests_on_missing(ConditionId id, bool positive) const {
  std::set<std::pair<FigureId, bool>> seen;
  return rests_on_missing(id, positive, seen);
}

// `seen`: figures that have been asked, so that one that many name is asked once.
bool Checker::rests_on_missing(ConditionId id, bool positive, std::set<std::pair<FigureId, bool>>& seen) const {
  if (id == kNone) return false;
  auto const& node = program().conditions[id].node;
  if (auto const* state = std::get_if<CriterionState>(&node)) return missing_makes_true(state->state, positive);
  if (std::holds_alternative<Untold>(node)) return positive;
  if (auto const* count = std::get_if<GroupCount>(&node)) {
    bool const flips = count->connective == grammar::Connective::none;
    return missing_makes_true(count->state, positive != flips);
  }
  if (auto const* junction = std::get_if<Junction>(&node)) {
    bool const flips = junction->connective == grammar::Connective::none;
    return std::any_of(junction->items.begin(), junction->items.end(),
                       [&](ConditionId item) { return rests_on_missing(item, positive != flips, seen); });
  }
  if (auto const* quantified = std::get_if<Quantified>(&node))
    return rests_on_missing(quantified->body, positive, seen);
  if (auto const* window = std::get_if<Windowed>(&node)) return rests_on_missing(window->body, positive, seen);
  if (auto const* holds = std::get_if<Holds>(&node)) {
    auto const* figure = std::get_if<FigureRef>(&at(holds->subject).node);
    bool const asked = positive != holds->negated;
    if (figure == nullptr || !seen.emplace(figure->figure, asked).second) return false;
    return rests_on_missing(program().figures[figure->figure].yes_when, asked, seen);
  }
  return false;
}

std::uint32_t Checker::outcome_index(grammar::Phrase const& phrase) {
  auto const choice = words().choice("outcome");
  if (!choice) {
    if (forgiven_.contains("outcome")) return kNone;
    report(Code::unknown_outcome, phrase.span, "No vocabulary says which outcomes there are",
           "Declare them, the best first: `Choice: outcome, best first`, with one outcome a line.")
        .about = {about("outcomes", "")};
    return kNone;
  }
  program().outcomes = *choice;
  auto const& outcomes = words().choices[*choice];
  if (outcomes.entries.empty()) return kNone;  // which has been said
  for (std::uint32_t i = 0; i < outcomes.entries.size(); ++i) {
    if (outcomes.entries[i].name == phrase.key) return i;
  }
  std::vector<std::string> names;
  for (auto const& entry : outcomes.entries) names.push_back(entry.name);
  names.emplace_back("needs information");
  auto const near = grammar::nearest(phrase.key, names);
  auto& diagnostic = report(
      Code::unknown_outcome, phrase.span, fmt::format("There is no outcome `{}`", phrase.text),
      near.empty() ? fmt::format("It can be: {}.", fmt::join(names, ", ")) : fmt::format("Did you mean `{}`?", near));
  diagnostic.about = {about("entry", "outcome", phrase.key)};
  if (!near.empty()) diagnostic.edit = grammar::Edit{phrase.span, near};
  return kNone;
}

std::optional<Term> Checker::term_of(grammar::Term const& term) {
  Term made;
  made.over = term.word == "over";
  made.count = term.count;
  made.text = fmt::format("{} {}", term.count, term.unit.text);
  auto const key = vocabulary::singular(term.unit.key);
  if (key == "day") {
    made.unit = values::TermUnit::days;
  } else if (key == "working day") {
    made.unit = values::TermUnit::working_days;
  } else if (key == "month") {
    made.unit = values::TermUnit::months;
  } else if (key == "year") {
    made.unit = values::TermUnit::years;
  } else if (auto const kind = words().year_kind(key)) {
    made.unit = values::TermUnit::year_kind;
    made.kind = *kind;
  } else {
    report(Code::term_unclear, term.span, fmt::format("`{}` is no length of time", made.text),
           "Write days, working days, months, years or program years.");
    return std::nullopt;
  }
  return made;
}

// Said once of each `otherwise`, however many rows follow it.
void Checker::never_reached(Decision const& decision, Clause const& clause) {
  auto const& end = decision.rows.back().span;
  bool const told = std::any_of(diagnostics_.begin(), diagnostics_.end(), [&](grammar::Diagnostic const& d) {
    return d.code == Code::rows_after_otherwise && d.secondary.front().span == end;
  });
  if (told) return;
  report(Code::rows_after_otherwise, clause.span, "This row is never reached",
         "Move it above the row that ends in `otherwise`.")
      .secondary.push_back({end, "everything ends here"});
}

void Checker::outcome_row(Decision& decision, Clause const& clause) {
  auto const& body = std::get<grammar::OutcomeRow>(clause.body);
  Row row;
  row.shown = lower(body.outcome.text);
  row.needs_information = body.outcome.key == "needs information";
  row.citation = citation_of(clause.citation, decision.citation);
  row.span = clause.span;
  if (!row.needs_information) row.outcome = outcome_index(body.outcome);
  if (body.term) row.term = term_of(*body.term);
  auto const term = row.term ? fmt::format(" {} {}", row.term->over ? "over" : "for", row.term->text) : std::string();
  note_illustrative(row.citation, fmt::format("{}: {}{}", decision.shown, row.shown, term));
  if (!decision.rows.empty() && is_otherwise(decision.rows.back())) return never_reached(decision, clause);
  if (body.when) {
    Surroundings at;
    at.in_row = true;
    row.when = condition(*body.when, at);
    if (row.when == kNone) row.outcome = kUnreadable;
  }
  decision.rows.push_back(std::move(row));
}

// What stands under a row: it belongs to the row above it.
void Checker::attach(Decision& decision, Clause const& clause) {
  if (decision.rows.empty()) {
    report(Code::clause_not_here, clause.span, fmt::format("`{}` stands under no row", sources_.text(clause.label)),
           "Move it below the row to which it belongs.");
    return;
  }
  auto& row = decision.rows.back();
  if (auto const* within = std::get_if<grammar::ConditionWithin>(&clause.body)) {
    Attached attached;
    attached.text = within->text.text;
    if (within->within) attached.within = term_of(*within->within);
    row.conditions.push_back(std::move(attached));
  } else if (auto const* text = std::get_if<grammar::Text>(&clause.body)) {
    if (!row.recommends.empty()) {
      report(Code::clause_twice, clause.label, "This row recommends twice", "Join the two lines into one.");
    }
    row.recommends = text->text;
  } else if (auto const* remembered = std::get_if<grammar::Remembers>(&clause.body)) {
    remembers(row, *remembered, clause);
  } else if (auto const* declared = std::get_if<grammar::Declared>(&clause.body)) {
    for (auto const& part : declared->parts) scheduled(row, part);
  }
}

void Checker::adverse_row(Decision const& decision, std::uint32_t at, bool on_incomplete) {
  auto const& row = decision.rows[at];
  bool const adverse = !row.needs_information && words().choices[program().outcomes].entries[row.outcome].adverse;
  if (!adverse) return;
  if (row.when == kNone && on_incomplete) {
    report(Code::adverse_by_default, row.span,
           fmt::format("`{}` would be given wherever nothing else is found", row.shown),
           "Where `found` or `cannot be told` stands, the last row must not be adverse: name what is found not met.");
  } else if (row.when != kNone && rests_on_missing(row.when, true)) {
    report(Code::adverse_by_default, row.span,
           fmt::format("`{}` could be given because something is not known", row.shown),
           "An adverse row rests on what is found not met, or on a plain condition.");
  } else if (auto const lost = lost_row_above(program(), decision, at)) {
    std::vector<std::string> untold;
    for (auto const& name : lost->names) untold.push_back(fmt::format("{} cannot be told", name));
    auto const& above = decision.rows[lost->above];
    report(Code::adverse_below_found, row.span,
           fmt::format("`{}` could be given while {} cannot be told, for the row `{}` above it then fails", row.shown,
                       fmt::join(lost->names, " or "), above.shown),
           untold.size() == 1
               ? fmt::format("Put a row above this one: `Needs information when: {}`.", untold.front())
               : fmt::format("Put a row above this one: `Needs information when any of:`, with the items `{}`.",
                             fmt::join(untold, "` and `")))
        .secondary.push_back({above.span, "asks what is found"});
  }
}

void Checker::adverse_rows(Decision const& decision) {
  bool const on_incomplete = std::any_of(decision.rows.begin(), decision.rows.end(),
                                         [&](Row const& row) { return row.when != kNone && uses_found(row.when); });
  if (on_incomplete) program().decides_on_incomplete_facts = true;
  for (std::uint32_t at = 0; at < decision.rows.size(); ++at) adverse_row(decision, at, on_incomplete);
}

// What was asked last: by a row, or by `When:`; nothing in a row that ends in `otherwise`.
std::optional<ConditionId> Checker::asked_above(Decision const& decision) {
  if (decision.rows.empty()) return decision.when == kNone ? std::nullopt : std::optional(decision.when);
  auto const& row = decision.rows.back();
  return is_otherwise(row) ? std::nullopt : std::optional(row.when);
}

void Checker::decision_clause(Decision& decision, Clause const& clause) {
  switch (clause.kind) {
    case ClauseKind::decision_when:
      if (auto const* when = std::get_if<grammar::Condition>(&clause.body)) decision.when = condition(*when, {});
      break;
    case ClauseKind::outcome_row: outcome_row(decision, clause); break;
    case ClauseKind::condition_within:
    case ClauseKind::recommends:
    case ClauseKind::remembers:
    case ClauseKind::schedule: attach(decision, clause); break;
    case ClauseKind::not_coverable: not_coverable(clause, asked_above(decision)); break;
    case ClauseKind::to_fix:
      report(Code::clause_not_here, clause.span, "A decision does not say how something is mended",
             "Move the line into the Criterion that is not met.");
      break;
    default: break;
  }
}

// Every case finds a row, and every case finds one decision.
void Checker::decides_all(Decision const& made, Block const& block) {
  if (made.rows.empty() || !is_otherwise(made.rows.back())) {
    auto& diagnostic = report(Code::no_otherwise, block.name.span,
                              fmt::format("`{}` does not say what happens where no row holds", made.shown),
                              "Add a last row that ends in `otherwise`.");
    if (!made.rows.empty()) diagnostic.secondary.push_back({made.rows.back().span, "the last row"});
  }
  for (auto const& other : program().decisions) {
    if (!overlap(program(), made.when, other.when)) continue;
    report(Code::decisions_overlap, block.name.span,
           fmt::format("`{}` and `{}` decide the same cases", other.shown, made.shown),
           "Say with `When:` which cases each of them decides.")
        .secondary.push_back({other.span, "the other decision"});
  }
}

void Checker::decision(Block const& block) {
  Decision made;
  made.name = block.name.key;
  made.shown = block.name.text;
  made.span = block.name.span;
  made.citation = citation_of(block);
  note_illustrative(made.citation, made.shown);
  bool when_is_good = true;
  for (auto const& clause : block.clauses) {
    decision_clause(made, clause);
    bool const asked = clause.kind == ClauseKind::decision_when;
    if (asked && made.when == kNone) when_is_good = false;
  }
  if (block.faulty || !when_is_good) return;
  decides_all(made, block);
  bool const readable = std::none_of(made.rows.begin(), made.rows.end(),
                                     [](Row const& row) { return row.outcome == kUnreadable || row.outcome == kNone; });
  if (readable) adverse_rows(made);
  program().decisions.push_back(std::move(made));
}

// "2 of 3" where one of the 3 may not apply: N is never lowered, so the author should know.
void Checker::lost_items(Program const& checked) {
  for (auto const& condition : checked.conditions) {
    auto const* count = std::get_if<GroupCount>(&condition.node);
    if (count == nullptr || count->connective != grammar::Connective::at_least) continue;
    for (auto const id : checked.groups[count->group].criteria) {
      if (checked.criteria[id].exempt == kNone) continue;
      report(Code::items_may_drop, condition.span,
             fmt::format("`{}` may not apply, and {} are still needed then", checked.criteria[id].shown, count->count),
             "This is as it says: the number is never lowered. Count `all of` what applies, if that is meant.")
          .secondary.push_back({checked.criteria[id].span, "does not apply to every case"});
      break;
    }
  }
}

}  // namespace waymark::check
