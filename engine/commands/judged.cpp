// Dates first, then epochs, then one run for each epoch that has a case.
#include "engine/commands/judged.hpp"

#include <fmt/format.h>

#include <utility>

#include "engine/explain/outcome.hpp"

namespace waymark::commands {

std::optional<std::size_t> review_date_position(check::Program const& program) {
  auto const& vocabulary = program.vocabulary;
  auto const& fields = vocabulary.records[program.record].fields;
  for (std::size_t position = 0; position < fields.size(); ++position) {
    if (vocabulary.fields[fields[position]].review_date) return position;
  }
  return std::nullopt;
}

Judged::Judged(Reviewer const& reviewer, cases::Batch batch)
    : reviewer_(reviewer), batch_(std::move(batch)), epoch_(batch_.size(), 0), runs_(reviewer.epochs().size()) {
  date_cases();
  assign_epochs();
  start_runs();
}

void Judged::date_cases() {
  auto const position = reviewer_.date ? std::nullopt : review_date_position(reviewer_.program());
  for (std::uint32_t i = 0; i < size(); ++i) dates_.push_back(date_of(i, position));
}

values::Date Judged::date_of(std::uint32_t i, std::optional<std::size_t> position) {
  if (reviewer_.date) return *reviewer_.date;
  if (!position || !batch_.origins[i].fault.empty()) return reviewer_.today;
  cases::FactColumn const& values = batch_.facts.fields[*position].values;
  if (values.known[i] == values::Known::exactly) return {static_cast<std::int32_t>(values.lowest[i])};
  ++undated_;
  return reviewer_.today;
}

void Judged::assign_epochs() {
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (auto const epoch = reviewer_.epoch_on(dates_[i])) {
      epoch_[i] = *epoch;
    } else if (batch_.origins[i].fault.empty()) {
      batch_.origins[i].fault = fmt::format("the policy is not in force on {}", values::write_date(dates_[i]));
    }
  }
}

// A run takes a whole batch, with dates of its own epoch: a case of another one stands in it under a date that fits and
// is not asked for.
void Judged::start_runs() {
  for (std::uint32_t i = 0; i < size(); ++i) {
    std::size_t const epoch = epoch_[i];
    if (runs_[epoch]) continue;
    std::vector<values::Date> dates = dates_;
    for (std::uint32_t j = 0; j < size(); ++j) {
      if (reviewer_.epoch_on(dates[j]) != epoch) dates[j] = reviewer_.epochs()[epoch].from;
    }
    runs_[epoch].emplace(reviewer_.plans[epoch], reviewer_.symbols, &batch_, std::move(dates));
  }
}

explain::Subject Judged::subject(std::uint32_t i) {
  return {run(i), program(i), reviewer_.symbols, batch_, i, dates_[i]};
}

check::Row const* Judged::row(std::uint32_t i) { return explain::decided_row(subject(i)); }

std::string Judged::outcome_words(std::uint32_t i) { return explain::outcome_words(subject(i)); }

std::string Judged::fault(std::uint32_t i) { return explain::fault_words(subject(i)); }

bool Judged::is_favourable(std::uint32_t i) {
  check::Row const* const decided = row(i);
  if (decided == nullptr || decided->needs_information) return false;
  check::Program const& by = program(i);
  return by.vocabulary.choices[by.outcomes].entries[decided->outcome].favourable;
}

}  // namespace waymark::commands
