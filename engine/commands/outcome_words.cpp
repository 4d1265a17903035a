#include "engine/commands/outcome_words.hpp"

#include "engine/explain/outcome.hpp"
#include "engine/values/csv.hpp"

namespace waymark::commands {

OutcomeWords::OutcomeWords(Reviewer const& reviewer) {
  auto const add = [&](std::string words, bool favourable) {
    auto cell = values::write_csv_cell(words);
    entries_.push_back({std::move(words), std::move(cell), favourable});
  };
  add("not reviewed", false);
  add("needs information", false);
  add("reported", false);
  for (check::Epoch const& epoch : reviewer.epochs()) {
    auto& of_decisions = first_of_.emplace_back();
    auto const& choices = epoch.program->vocabulary.choices;
    for (check::Decision const& decision : epoch.program->decisions) {
      of_decisions.push_back(entries_.size());
      for (check::Row const& row : decision.rows) {
        bool const favourable =
            !row.needs_information && choices[epoch.program->outcomes].entries[row.outcome].favourable;
        add(explain::row_outcome(row), favourable);
      }
    }
  }
}

}  // namespace waymark::commands
