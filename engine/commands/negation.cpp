// Asks each example again, of the Program with a condition turned round.
#include "engine/commands/negation.hpp"

#include <utility>

#include "engine/commands/example_run.hpp"
#include "engine/explain/outcome.hpp"
#include "engine/explain/words.hpp"

namespace waymark::commands {
namespace {

// All that a row says of a case, by which it differs from another of the same outcome.
void add_words(check::Row const& row, std::vector<std::string>& words) {
  words.push_back(explain::row_words(row));
  for (check::Attached const& one : row.conditions) {
    words.push_back((one.within ? one.within->text + ": " : "") + one.text);
  }
  for (check::Scheduled const& one : row.schedule) words.push_back(one.name + " after " + one.after.text);
}

}  // namespace

Negation::Negation(check::Program const& program) : program_(program) {
  for (check::Example const& example : program_.examples) results_.push_back(result_of(example));
}

Negation::Result Negation::result_of(check::Example const& example) const {
  ExampleRun run(program_, example);
  Result result;
  if (run.decides()) {
    check::Row const* const row = explain::decided_row(run.subject());
    if (row == nullptr) result.push_back(explain::outcome_words(run.subject()));
    if (row != nullptr) add_words(*row, result);
    for (explain::Memory const& one : explain::remembered(run.subject())) {
      auto const& type = program_.values[one.what->value].type;
      result.push_back(one.what->key + (one.value ? ": " + explain::value_words(run.subject(), type, *one.value) : ""));
    }
  }
  if (program_.reviews_record) {
    for (check::CriterionId id = 0; id < program_.criteria.size(); ++id) {
      result.emplace_back(values::status_words(run.run().status(id, 0)));
    }
    for (explain::Report const& one : explain::reported(run.subject())) result.push_back(one.words);
  }
  for (Unfulfilled const& one : run.unfulfilled_values()) result.push_back(one.of + ": " + one.came);
  return result;
}

check::ConditionId Negation::keep(check::Condition condition) {
  program_.conditions.push_back(std::move(condition));
  return static_cast<check::ConditionId>(program_.conditions.size() - 1);
}

// A condition is changed where it stands, so that all who ask for it find the change: what was there moves to a place
// of its own. Of it and its opposite always one holds, and never both.
bool Negation::is_noticed(std::vector<check::ConditionId> const& ids, Instead instead) {
  using grammar::Connective;
  auto const written = program_.conditions;
  for (check::ConditionId const id : ids) {
    auto const moved = keep(program_.conditions[id]);
    check::Junction const opposite{Connective::none, 0, {moved}};
    auto changed = program_.conditions[id];
    changed.node = opposite;
    if (instead != Instead::opposite) {
      auto const either = instead == Instead::yes ? Connective::any : Connective::all;
      changed.node = check::Junction{either, 0, {moved, keep(changed)}};
    }
    program_.conditions[id] = std::move(changed);
  }
  bool noticed = false;
  for (std::size_t i = 0; !noticed && i < results_.size(); ++i) {
    noticed = result_of(program_.examples[i]) != results_[i];
  }
  program_.conditions = written;
  return noticed;
}

}  // namespace waymark::commands
