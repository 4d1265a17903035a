// Decisions: the one whose `When` holds is scanned row by row.
#include <algorithm>

#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;
using values::kYes;

namespace {

bool same_term(std::optional<check::Term> const& a, std::optional<check::Term> const& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->over == b->over && a->count == b->count && a->unit == b->unit && a->kind == b->kind;
}

bool same_conditions(check::Row const& a, check::Row const& b) {
  return std::equal(a.conditions.begin(), a.conditions.end(), b.conditions.begin(), b.conditions.end(),
                    [](auto const& x, auto const& y) { return same_term(x.within, y.within) && x.text == y.text; });
}

// Two kept rows are one only if everything that they say is.
bool same_row(check::Row const& a, check::Row const& b) {
  if (a.needs_information || b.needs_information) return a.needs_information && b.needs_information;
  return a.outcome == b.outcome && same_term(a.term, b.term) && same_conditions(a, b);
}

}  // namespace

// The columns of every Decision, with the faults of each condition by itself: a row that is never reached harms nobody.
struct Run::State::Scan {
  struct Asked {
    Truths const* truth = nullptr;  // null: always
    Faults faults;
    Truth at(std::uint32_t case_index) const { return truth == nullptr ? kYes : (*truth)[case_index]; }
  };
  std::vector<Asked> whens;
  std::vector<std::vector<Asked>> rows;
};

std::vector<Outcome> const& Run::State::outcomes() {
  if (outcomes_) return *outcomes_;
  auto const criteria = faults_of([&] {
    for (CriterionId id = 0; id < program.criteria.size(); ++id) static_cast<void>(statuses(id));
  });
  auto const asked = [&](ConditionId id) {
    Scan::Asked out;
    if (id != kNone) out.faults = faults_of([&] { out.truth = &truth(id, kCases); });
    return out;
  };
  Scan scan;
  for (auto const& decision : program.decisions) {
    scan.whens.push_back(asked(decision.when));
    auto& rows = scan.rows.emplace_back();
    for (auto const& row : decision.rows) rows.push_back(asked(row.when));
  }
  outcomes_.emplace();
  for (std::uint32_t i = 0; i < cases(); ++i) {
    auto const* fault = batch->origins[i].fault.empty() ? criteria.of(i) : &batch->origins[i].fault;
    outcomes_->push_back(decide(scan, i, fault));
  }
  return *outcomes_;
}

Outcome Run::State::decide(Scan const& scan, std::uint32_t case_index, std::string const* fault) const {
  Outcome out;
  for (std::size_t d = 0; fault == nullptr && d < scan.whens.size(); ++d) fault = scan.whens[d].faults.of(case_index);
  if (fault != nullptr) {
    out.fault = *fault;
    return out;
  }
  std::optional<std::uint32_t> holding;
  for (std::uint32_t d = 0; d < scan.whens.size(); ++d) {
    auto const when = scan.whens[d].at(case_index);
    if (values::may_be(when, kYes)) out.possible_decisions.push_back(d);
    if (when == kYes && !holding) holding = d;
  }
  if (holding) out.possible_decisions.assign(1, *holding);
  if (out.possible_decisions.empty()) {
    out.fault = no_decision();
    return out;
  }
  out.decision = out.possible_decisions.front();
  scan_rows(scan, case_index, out);
  if (!out.fault.empty()) return out;
  if (!holding) {
    out.kind = Outcome::Kind::needs_information;
    out.row = kNone;
  }
  return out;
}

void Run::State::scan_rows(Scan const& scan, std::uint32_t case_index, Outcome& out) const {
  auto const& rows = program.decisions[out.decision].rows;
  for (std::uint32_t r = 0; r < rows.size(); ++r) {
    auto const& asked = scan.rows[out.decision][r];
    if (auto const* fault = asked.faults.of(case_index)) {
      out = Outcome{};
      out.fault = *fault;
      return;
    }
    auto const truth = asked.at(case_index);
    if (values::may_be(truth, kYes)) out.kept.push_back(r);
    if (truth == kYes) break;
  }
  if (out.kept.empty()) {
    out.fault = "No row of the decision holds.";
    return;
  }
  auto const& last = rows[out.kept.back()];
  bool const one = std::all_of(out.kept.begin(), out.kept.end(), [&](auto r) { return same_row(rows[r], last); });
  if (one) out.row = out.kept.front();
  out.kind = one && !last.needs_information ? Outcome::Kind::decided : Outcome::Kind::needs_information;
}

std::string Run::State::no_decision() const {
  std::string whens;
  for (auto const& decision : program.decisions) {
    if (decision.when == kNone) continue;
    if (!whens.empty()) whens += "; ";
    whens += program.conditions[decision.when].text;
  }
  if (program.decisions.empty()) return "The policy makes no decision.";
  return "No decision of the policy applies: " + whens + ".";
}

}  // namespace waymark::review
