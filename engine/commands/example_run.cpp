// Runs an Example and compares.
#include "engine/commands/example_run.hpp"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "engine/explain/outcome.hpp"
#include "engine/explain/words.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using check::FigureId;
using review::Seen;

bool same_term(std::optional<check::Term> const& expected, std::optional<check::Term> const& came) {
  if (!expected) return true;  // not asked
  return came && expected->count == came->count && expected->unit == came->unit && expected->kind == came->kind &&
         expected->over == came->over;
}

std::string expected_words(check::Example const& example) {
  if (!example.term) return example.outcome;
  return fmt::format("{} {} {}", example.outcome, example.term->over ? "over" : "for", example.term->text);
}

std::string came_words(explain::Subject const& subject) {
  if (check::Row const* row = explain::decided_row(subject)) return explain::row_words(*row);
  std::string words = explain::outcome_words(subject);
  std::string const fault = explain::fault_words(subject);
  if (!fault.empty()) return words + ": " + fault;
  std::string const possible = explain::either(explain::possible(subject));
  return possible.empty() ? words : fmt::format("{}; it could still be {}", words, possible);
}

std::string seen_or_untold(explain::Subject const& subject, vocabulary::Type const& type, Seen const& seen) {
  std::string words = explain::seen_words(subject, type, seen);
  return words.empty() ? "cannot be told" : words;
}

}  // namespace

ExampleRun::ExampleRun(check::Program const& program, check::Example const& example)
    : program_(program),
      example_(example),
      setting_(review::set_up(program, example)),
      plan_(program, setting_.evidence, setting_.symbols) {
  cases::Batch const* batch = program.reviews_record ? &setting_.batch : nullptr;
  run_ = std::make_unique<review::Run>(plan_, setting_.symbols, batch, std::vector{example.date}, &setting_.stated);
}

explain::Subject ExampleRun::subject() { return {*run_, program_, setting_.symbols, setting_.batch, 0}; }

std::vector<Unfulfilled> ExampleRun::unfulfilled() {
  std::vector<Unfulfilled> all;
  if (!example_.outcome.empty()) compare_outcome(all);
  compare_statuses(all);
  for (Unfulfilled& one : unfulfilled_values()) all.push_back(std::move(one));
  return all;
}

std::vector<Unfulfilled> ExampleRun::unfulfilled_values() {
  std::vector<Unfulfilled> all;
  compare_figures(all);
  compare_members(all);
  return all;
}

void ExampleRun::compare_outcome(std::vector<Unfulfilled>& all) {
  check::Row const* const row = explain::decided_row(subject());
  std::string const came = row == nullptr ? explain::outcome_words(subject()) : row->shown;
  bool const same = grammar::name_key(came) == example_.outcome;
  if (same && same_term(example_.term, row == nullptr ? std::nullopt : row->term)) return;
  all.push_back({"", expected_words(example_), came_words(subject()), explain::because(subject())});
}

void ExampleRun::compare_statuses(std::vector<Unfulfilled>& all) {
  for (check::Example::ExpectedStatus const& expected : example_.statuses) {
    auto const came = values::status_words(run_->status(expected.criterion, 0));
    if (came != expected.status) {
      all.push_back({program_.criteria[expected.criterion].shown, expected.status, std::string(came),
                     explain::because(subject(), expected.criterion)});
    }
  }
}

// A figure as it is read at the case: where the program reads it anywhere, there; else by its own cases.
Seen ExampleRun::figure(FigureId id) {
  review::Frame const frame = {0, 0};
  for (check::ValueId value = 0; value < program_.values.size(); ++value) {
    auto const* ref = std::get_if<check::FigureRef>(&program_.values[value].node);
    if (ref != nullptr && ref->figure == id) return run_->value(value, frame);
  }
  check::Figure const& figure = program_.figures[id];
  if (figure.yes_when != check::kNone) {
    values::Truth const truth = run_->truth(figure.yes_when, frame);
    return {values::ratio_of(values::may_be(truth, values::kNo) ? 0 : 1),
            values::ratio_of(values::may_be(truth, values::kYes) ? 1 : 0)};
  }
  auto const used = run_->used(id, frame);
  if (used.fallback) return run_->value(figure.fallback->value, frame);
  return used.figure_case && !used.may_be_fallback ? run_->value(figure.cases[*used.figure_case].value, frame) : Seen{};
}

void ExampleRun::compare_figures(std::vector<Unfulfilled>& all) {
  for (check::Example::ExpectedFigure const& expected : example_.expected_figures) {
    check::Figure const& declared = program_.figures[expected.figure];
    Seen const came = figure(expected.figure);
    Seen wanted = {values::ratio_of(expected.value.lowest), values::ratio_of(expected.value.highest)};
    if (!expected.value.text.empty()) {
      auto const symbol = setting_.symbols.find(expected.value.text);
      wanted.lowest = wanted.highest = values::ratio_of(symbol);
    }
    bool const same = expected.cannot_be_told ? explain::is_untold(came)
                                              : values::compare(came.lowest, wanted.lowest) == 0 &&
                                                    values::compare(came.highest, wanted.highest) == 0;
    if (same) continue;
    std::string const words = expected.cannot_be_told        ? "cannot be told"
                              : !expected.value.text.empty() ? expected.value.text
                                                             : seen_or_untold(subject(), declared.type, wanted);
    all.push_back({declared.shown, words, seen_or_untold(subject(), declared.type, came), {}});
  }
}

void ExampleRun::compare_members(std::vector<Unfulfilled>& all) {
  for (check::Example::ExpectedMember const& expected : example_.members) {
    auto const& members = run_->list(expected.list, example_.date);
    auto const found = members.find(setting_.symbols.find(expected.member));
    values::Truth const truth = found == members.end() ? values::kNo : found->second;
    std::string const came = truth == values::kYes                 ? "on the list"
                             : values::may_be(truth, values::kYes) ? "cannot be told"
                                                                   : "not on the list";
    if (came != expected.state) all.push_back({expected.member, expected.state, came, {}});
  }
}

}  // namespace waymark::commands
