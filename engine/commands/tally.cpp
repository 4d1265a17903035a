// Counted by column: what a batch has of its own (one review date, no code outside its edition) is asked once a batch.
#include "engine/commands/tally.hpp"

#include <utility>

namespace waymark::commands {
namespace {

void count_outcomes(std::vector<std::size_t> const& numbers, OutcomeWords const& words, Tally& tally) {
  std::vector<std::size_t> counts(words.size(), 0);
  for (auto const number : numbers) ++counts[number];
  tally.not_reviewed = counts[OutcomeWords::kNotReviewed];
  for (std::size_t number = 0; number < counts.size(); ++number) {
    if (counts[number] == 0) continue;
    tally.outcomes[words[number].words] += counts[number];
    bool const counts_against = number != OutcomeWords::kNotReviewed && number != OutcomeWords::kReported;
    if (counts_against && !words[number].favourable) tally.unfavourable += counts[number];
  }
}

// Releases are chosen by policy and date: of cases that share both the first speaks for all.
void note_evidence(Judged& judged, std::vector<std::size_t> const& numbers, Tally& tally) {
  std::set<std::pair<std::size_t, values::Date>> asked;
  std::pair<std::size_t, values::Date> last;
  for (std::uint32_t i = 0; i < judged.size(); ++i) {
    if (numbers[i] == OutcomeWords::kNotReviewed) continue;
    std::pair const moment(judged.epoch(i), judged.date(i));
    if (!asked.empty() && moment == last) continue;
    last = moment;
    if (!asked.insert(moment).second) continue;
    for (vocabulary::SourceId const source : judged.program(i).sources) {
      if (auto const* release = judged.run(i).release(source, i)) tally.evidence.insert(release);
    }
  }
}

void note_outside_codes(Judged& judged, std::vector<std::size_t> const& numbers, Tally& tally) {
  auto const cases = cases_with_outside_codes(judged);
  for (auto const i : cases) {
    if (numbers[i] != OutcomeWords::kNotReviewed) {
      for (review::OutsideCode const& outside : judged.run(i).outside_codes(i)) {
        auto const& type = judged.program(i).vocabulary.fields[outside.fact.field].quantity.type;
        for (vocabulary::SourceId const table : judged.run(i).edition_tables(type, i)) {
          if (auto const* release = judged.run(i).release(table, i)) tally.evidence.insert(release);
        }
      }
    }
    note_outside_codes(judged, i, tally.outside);
  }
}

}  // namespace

void Tally::add(Tally const& other) {
  for (auto const& [words, number] : other.outcomes) outcomes[words] += number;
  not_reviewed += other.not_reviewed;
  unfavourable += other.unfavourable;
  undated += other.undated;
  evidence.insert(other.evidence.begin(), other.evidence.end());
  for (auto const& [code, number] : other.unmatched) unmatched[code] += number;
  outside.add(other.outside);
}

std::size_t Tally::total() const {
  std::size_t sum = 0;
  for (auto const& [words, number] : outcomes) sum += number;
  return sum;
}

Tally Counting::count(Judged& judged, std::vector<std::size_t> const& numbers) const {
  Tally tally;
  tally.undated = judged.undated();
  count_outcomes(numbers, outcomes_, tally);
  note_evidence(judged, numbers, tally);
  note_outside_codes(judged, numbers, tally);
  count_unmatched(judged, lookups_, tally.unmatched);
  return tally;
}

}  // namespace waymark::commands
