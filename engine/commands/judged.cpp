// Dates first, then epochs, then one run for each epoch that has a case.
#include "engine/commands/judged.hpp"

#include <fmt/format.h>

#include <utility>

#include "engine/explain/outcome.hpp"

namespace waymark::commands {

namespace {

// Whatever a submission puts there, a decision about it can still be recorded.
constexpr std::size_t kLongestAbout = 4096;

// The epoch of a date, looked for again only where the date is not that of the case before.
class EpochOn {
 public:
  explicit EpochOn(Reviewer const& reviewer) : reviewer_(reviewer), epoch_(reviewer.epoch_on(last_)) {}
  std::optional<std::size_t> operator()(values::Date date) {
    if (last_ != date) {
      last_ = date;
      epoch_ = reviewer_.epoch_on(date);
    }
    return epoch_;
  }

 private:
  Reviewer const& reviewer_;
  values::Date last_;
  std::optional<std::size_t> epoch_;
};

}  // namespace

std::optional<std::size_t> review_date_position(check::Program const& program) {
  auto const& vocabulary = program.vocabulary;
  auto const& fields = vocabulary.records[program.record].fields;
  for (std::size_t position = 0; position < fields.size(); ++position) {
    if (vocabulary.fields[fields[position]].review_date) return position;
  }
  return std::nullopt;
}

ReviewDates review_dates(Reviewer const& reviewer, cases::Batch const& batch, std::optional<values::Date> asked) {
  if (!asked) asked = reviewer.date;
  auto const position = asked ? std::nullopt : review_date_position(reviewer.program());
  ReviewDates out;
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    auto& date = out.dates.emplace_back(asked.value_or(reviewer.today));
    if (!position || !batch.origins[i].fault.empty()) continue;
    cases::FactColumn const& values = batch.facts.fields[*position].values;
    if (values.known[i] == values::Known::exactly) {
      date = {static_cast<std::int32_t>(values.lowest[i])};
    } else {
      ++out.undated;
    }
  }
  return out;
}

std::string about(Reviewer const& reviewer, cases::Batch const& batch, std::uint32_t i) {
  auto const& vocabulary = reviewer.program().vocabulary;
  auto const& fields = vocabulary.records[reviewer.program().record].fields;
  std::string out;
  for (std::size_t position = 0; position < fields.size(); ++position) {
    if (!vocabulary.fields[fields[position]].identifies) continue;
    auto const& column = batch.facts.fields[position].values;
    if (column.known[i] != values::Known::exactly) return batch.origins[i].id;
    out += (out.empty() ? "" : " / ") + reviewer.symbols.text(static_cast<values::Symbol>(column.lowest[i]));
  }
  return out.empty() || out.size() > kLongestAbout ? batch.origins[i].id : out;
}

Judged::Judged(Reviewer const& reviewer, cases::Batch batch, std::optional<values::Date> date)
    : reviewer_(reviewer),
      batch_(std::move(batch)),
      asked_date_(date),
      dates_(review_dates(reviewer, batch_, date)),
      epoch_(batch_.size(), 0),
      runs_(reviewer.epochs().size()) {
  assign_epochs();
  start_runs();
}

void Judged::assign_epochs() {
  EpochOn epoch_on(reviewer_);
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (auto const epoch = epoch_on(date(i))) {
      epoch_[i] = *epoch;
    } else if (batch_.origins[i].fault.empty()) {
      batch_.origins[i].fault = fmt::format("the policy is not in force on {}", values::write_date(date(i)));
    }
  }
}

// A run takes a whole batch, with dates of its own epoch: a case of another one stands in it under a date that fits and
// is not asked for.
void Judged::start_runs() {
  EpochOn epoch_on(reviewer_);
  for (std::uint32_t i = 0; i < size(); ++i) {
    std::size_t const epoch = epoch_[i];
    if (runs_[epoch]) continue;
    std::vector<values::Date> dates = dates_.dates;
    for (std::uint32_t j = 0; j < size(); ++j) {
      if (epoch_on(dates[j]) != epoch) dates[j] = reviewer_.epochs()[epoch].from;
    }
    runs_[epoch] = reviewer_.spare_runs.take(epoch);
    if (runs_[epoch]) runs_[epoch]->again(&batch_, dates);
    if (!runs_[epoch]) runs_[epoch].emplace(reviewer_.plans[epoch], reviewer_.symbols, &batch_, std::move(dates));
  }
}

void Judged::end_runs() {
  for (std::size_t epoch = 0; epoch < runs_.size(); ++epoch) {
    if (runs_[epoch]) reviewer_.spare_runs.give_back(epoch, *std::move(runs_[epoch]));
  }
  runs_.clear();
}

Judged::~Judged() { end_runs(); }

std::unique_ptr<Judged> Judged::with_fault(std::vector<std::uint32_t> const& cases, std::string const& fault) {
  end_runs();
  for (auto const i : cases) {
    batch_.origins[i].fault = fault;
    batch_.waivers[i].clear();
  }
  auto out = std::make_unique<Judged>(reviewer_, std::move(batch_), asked_date_);
  out->decide();
  return out;
}

void Judged::decide() {
  for (auto& run : runs_) {
    if (run) static_cast<void>(run->outcomes());
  }
}

explain::Subject Judged::subject(std::uint32_t i) {
  return {run(i), program(i), reviewer_.symbols, batch_, i, date(i), &reviewer_.illustrative[epoch_[i]]};
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
