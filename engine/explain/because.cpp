// The short reason: the conditions that decided, a line each.
#include <algorithm>

#include "engine/explain/deciding.hpp"
#include "engine/explain/leaf.hpp"
#include "engine/explain/outcome.hpp"

namespace waymark::explain {
namespace {

void append(std::vector<Reason>& out, std::vector<Reason> more) {
  for (auto& reason : more) out.push_back(std::move(reason));
}

// What brought a row to where it stands; an `otherwise` rests on the rows before it, all of which failed.
std::vector<Reason> behind(Subject const& subject, check::Decision const& decision, std::uint32_t row) {
  auto const spot = spot_of(subject);
  if (decision.rows[row].when != check::kNone) return deciding(subject, decision.rows[row].when, spot);
  std::vector<Reason> out;
  for (std::uint32_t before = 0; before < row; ++before) {
    append(out, deciding(subject, decision.rows[before].when, spot));
  }
  return out;
}

std::vector<Reason> behind(Subject const& subject, review::Outcome const& outcome) {
  auto const& decisions = subject.program.decisions;
  if (outcome.row != check::kNone) return behind(subject, decisions[outcome.decision], outcome.row);
  std::vector<Reason> out;
  auto const spot = spot_of(subject);
  auto const add_untold = [&](check::ConditionId when) {
    if (when == check::kNone || values::can_be_told(subject.run.truth(when, spot.frame()))) return;
    append(out, deciding(subject, when, spot));
  };
  for (auto const& open : outcome.open) add_untold(decisions[open.decision].when);
  for (auto const& open : outcome.open) {
    for (auto const row : open.kept) add_untold(decisions[open.decision].rows[row].when);
  }
  for (auto const row : outcome.kept) add_untold(decisions[outcome.decision].rows[row].when);
  return out;
}

// Each reason once; what rests on nothing else that is cited stands under the citation above.
std::vector<std::string> lines_of(Subject const& subject, std::vector<Reason> const& reasons,
                                  std::string const& citation_above) {
  std::vector<std::string> out;
  for (auto const& reason : reasons) {
    auto const others = std::count_if(reasons.begin(), reasons.end(), [&](Reason const& other) {
      return other.criterion == reason.criterion && other.figure == reason.figure &&
             other.condition != reason.condition;
    });
    bool const named_by_figure = reason.criterion == check::kNone && reason.figure != check::kNone;
    bool const inside_a_range = !reason.spot.levels.empty() && !named_by_figure;
    auto line = reason_words(subject, reason, others != 0 || inside_a_range);
    auto citation = citation_of(subject, reason);
    if (citation.empty()) citation = citation_above;
    if (!citation.empty()) line += " [" + citation + "]";
    if (std::find(out.begin(), out.end(), line) == out.end()) out.push_back(std::move(line));
  }
  return out;
}

}  // namespace

std::vector<std::string> because(Subject const& subject) {
  auto const& outcome = subject.run.outcomes()[subject.case_index];
  if (outcome.kind == review::Outcome::Kind::not_reviewed) return {};
  return lines_of(subject, behind(subject, outcome), row_citation(subject));
}

std::vector<std::string> because(Subject const& subject, check::CriterionId criterion) {
  return lines_of(subject, deciding_status(subject, criterion), "");
}

}  // namespace waymark::explain
