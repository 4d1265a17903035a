// Asks each example again, of the Program with a condition turned round.
#include "engine/commands/negation.hpp"

#include "engine/commands/example_run.hpp"
#include "engine/explain/outcome.hpp"

namespace waymark::commands {

Negation::Negation(check::Program const& program) : program_(program) {
  for (check::Example const& example : program_.examples) results_.push_back(result_of(example));
}

Negation::Result Negation::result_of(check::Example const& example) const {
  ExampleRun run(program_, example);
  Result result;
  if (run.decides()) {
    check::Row const* const row = explain::decided_row(run.subject());
    result.push_back(row == nullptr ? explain::outcome_words(run.subject()) : explain::row_words(*row));
    if (row != nullptr) {
      for (check::Attached const& attached : row->conditions) result.push_back(attached.text);
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

// A condition is turned round where it stands, so that all who ask for it find the opposite: what was there moves to a
// place of its own. What does not apply still does not.
bool Negation::is_noticed(std::vector<check::ConditionId> const& ids) {
  auto const written = program_.conditions;
  for (check::ConditionId const id : ids) {
    auto const moved = static_cast<check::ConditionId>(program_.conditions.size());
    program_.conditions.push_back(program_.conditions[id]);
    program_.conditions[id].node = check::Junction{grammar::Connective::none, 0, {moved}};
  }
  bool noticed = false;
  for (std::size_t i = 0; !noticed && i < results_.size(); ++i) {
    noticed = result_of(program_.examples[i]) != results_[i];
  }
  program_.conditions = written;
  return noticed;
}

}  // namespace waymark::commands
