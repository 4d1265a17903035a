// Outcome, terms and deadlines of a decision.
#include <algorithm>

#include "engine/explain/missing.hpp"
#include "engine/explain/outcome.hpp"
#include "engine/explain/words.hpp"
#include "grammar/parse.hpp"

namespace waymark::explain {
namespace {

using Kind = review::Outcome::Kind;

review::Outcome const& outcome_of(Subject const& subject) { return subject.run.outcomes()[subject.case_index]; }

values::YearKind const* kind_of(check::Term const& term, values::Calendar const& calendar) {
  return term.unit == values::TermUnit::year_kind ? &calendar.years[term.kind] : nullptr;
}

std::string past_calendar(std::string const& text, values::Calendar const& calendar) {
  auto const end = calendar.through ? values::write_date(*calendar.through) : std::string("no day");
  return "the end of \"" + text + "\" cannot be told: the calendar of holidays ends on " + end;
}

}  // namespace

check::Row const* decided_row(Subject const& subject) {
  auto const& outcome = outcome_of(subject);
  if (outcome.kind == Kind::not_reviewed || outcome.decision == check::kNone || outcome.row == check::kNone) {
    return nullptr;
  }
  return &subject.program.decisions[outcome.decision].rows[outcome.row];
}

std::string outcome_words(Subject const& subject) {
  switch (outcome_of(subject).kind) {
    case Kind::not_reviewed: return "not reviewed";
    case Kind::needs_information: return "needs information";
    case Kind::reported: return "reported";
    case Kind::decided: break;
  }
  auto const* row = decided_row(subject);
  return row == nullptr ? "needs information" : row_outcome(*row);
}

std::string row_outcome(check::Row const& row) { return row.needs_information ? "needs information" : row.shown; }

std::string row_words(check::Row const& row) {
  auto const shown = row_outcome(row);
  if (!row.term) return shown;
  auto const& term = *row.term;
  if (term.text.starts_with("for ") || term.text.starts_with("over ")) return shown + " " + term.text;
  return shown + (term.over ? " over " : " for ") + term.text;
}

std::string row_citation(Subject const& subject) {
  auto const* row = decided_row(subject);
  if (row == nullptr) return "";
  auto const own = citation_words(row->citation);
  return own.empty() ? citation_words(subject.program.decisions[outcome_of(subject).decision].citation) : own;
}

bool is_illustrative_row(Subject const& subject) {
  return row_citation(subject).find("illustrative") != std::string::npos;
}

std::vector<std::string> possible(Subject const& subject) {
  auto const& outcome = outcome_of(subject);
  std::vector<std::string> out;
  auto const add = [&](check::Row const& row) {
    auto const words = row_outcome(row);
    if (std::find(out.begin(), out.end(), words) == out.end()) out.push_back(words);
  };
  if (outcome.kind != Kind::needs_information) return out;
  for (auto const row : outcome.kept) add(subject.program.decisions[outcome.decision].rows[row]);
  for (auto const& open : outcome.open) {
    for (auto const row : open.kept) add(subject.program.decisions[open.decision].rows[row]);
  }
  if (outcome.may_be_none) out.emplace_back("not reviewed");
  return out;
}

std::string fault_words(Subject const& subject) {
  auto const& origin = subject.batch.origins[subject.case_index];
  return origin.fault.empty() ? outcome_of(subject).fault : origin.fault;
}

std::vector<Report> reported(Subject const& subject) {
  std::vector<Report> out;
  if (outcome_of(subject).kind == Kind::not_reviewed) return out;
  for (auto const id : subject.program.reports) {
    auto const& figure = subject.program.figures[std::get<check::FigureRef>(subject.program.values[id].node).figure];
    out.push_back({figure.shown, grammar::data_key(figure.name), found_words(subject, id, spot_of(subject))});
  }
  return out;
}

std::vector<Memory> remembered(Subject const& subject) {
  std::vector<Memory> out;
  auto const* row = decided_row(subject);
  bool const decided = outcome_of(subject).kind == Kind::decided;
  for (std::size_t i = 0; decided && row != nullptr && i < row->remembers.size(); ++i) {
    auto const& one = row->remembers[i];
    auto const seen = subject.run.value(one.value, {0, subject.case_index});
    out.push_back(
        {&one, seen.exact() ? std::optional(static_cast<values::Steps>(seen.lowest.numerator)) : std::nullopt});
  }
  return out;
}

Terms terms(Subject const& subject) {
  Terms out;
  auto const* row = decided_row(subject);
  if (row == nullptr) return out;
  auto const& calendar = subject.program.vocabulary.calendar;
  auto const date = subject.run.date(subject.case_index);
  auto const end_of = [&](check::Term const& term) {
    auto const end = values::term_end(date, term.count, term.unit, kind_of(term, calendar), calendar);
    if (!end && out.fault.empty()) out.fault = past_calendar(term.text, calendar);
    return end;
  };
  if (row->term) out.until = end_of(*row->term);
  for (auto const& one : row->schedule) out.schedule.emplace_back(one.name, end_of(one.after));
  for (auto const& condition : row->conditions) {
    std::optional<values::Date> by;
    if (condition.within) {
      auto const& term = *condition.within;
      by = values::deadline(date, term.count, term.unit, kind_of(term, calendar), calendar);
      if (!by && out.fault.empty()) out.fault = past_calendar(term.text, calendar);
    }
    out.conditions.emplace_back(by, condition.text);
  }
  return out;
}

}  // namespace waymark::explain
