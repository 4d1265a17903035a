#include "engine/commands/outcome_words.hpp"

#include "engine/explain/outcome.hpp"
#include "engine/values/csv.hpp"

namespace waymark::commands {

OutcomeWords::OutcomeWords(Reviewer const& reviewer) {
  auto const add = [&](std::string words, bool favourable) {
    auto cell = "," + values::write_csv_cell(words) + ",";
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

std::size_t OutcomeWords::number(std::size_t epoch, review::Outcome const& outcome) const {
  switch (outcome.kind) {
    case review::Outcome::Kind::not_reviewed: return kNotReviewed;
    case review::Outcome::Kind::needs_information: return kNeedsInformation;
    case review::Outcome::Kind::reported: return kReported;
    case review::Outcome::Kind::decided: break;
  }
  return first_of_[epoch][outcome.decision] + outcome.row;
}

// A run is asked for all its outcomes at once.
std::vector<std::size_t> OutcomeWords::numbers(Judged& judged) const {
  std::vector<std::size_t> out(judged.size(), kNotReviewed);
  for (std::size_t epoch = 0; epoch < judged.epochs(); ++epoch) {
    auto* const run = judged.run_of(epoch);
    if (run == nullptr) continue;
    auto const outcomes = run->outcomes();
    for (std::uint32_t i = 0; i < judged.size(); ++i) {
      if (judged.epoch(i) == epoch) out[i] = number(epoch, outcomes[i]);
    }
  }
  return out;
}

}  // namespace waymark::commands
