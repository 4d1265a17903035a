// Decisions: the one whose `When` holds is scanned row by row.
#include <algorithm>
#include <set>

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

bool same_schedule(check::Row const& a, check::Row const& b) {
  return std::equal(a.schedule.begin(), a.schedule.end(), b.schedule.begin(), b.schedule.end(),
                    [](auto const& x, auto const& y) { return x.name == y.name && same_term(x.after, y.after); });
}

// In the words of the policy, which mean the same for one case wherever they stand.
bool same_memory(check::Program const& program, check::Row const& a, check::Row const& b) {
  return std::equal(a.remembers.begin(), a.remembers.end(), b.remembers.begin(), b.remembers.end(),
                    [&](auto const& x, auto const& y) {
                      return x.key == y.key && program.values[x.value].text == program.values[y.value].text;
                    });
}

// Two kept rows are one only if everything that they say is.
bool same_row(check::Program const& program, check::Row const& a, check::Row const& b) {
  if (a.needs_information || b.needs_information) return a.needs_information && b.needs_information;
  return a.outcome == b.outcome && same_term(a.term, b.term) && same_conditions(a, b) && same_schedule(a, b) &&
         same_memory(program, a, b);
}

// `When: request is new`, `When: request is renewal`, of a choice that has no third entry: one of them holds, also
// where it cannot be told which.
bool one_when_must_hold(check::Program const& program) {
  std::optional<check::FactRef> asked;
  std::set<values::Steps> named;
  std::size_t entries = 0;
  for (auto const& decision : program.decisions) {
    if (decision.when == kNone) return true;
    auto const* is = std::get_if<check::Matches>(&program.conditions[decision.when].node);
    if (is == nullptr || is->negated) return false;
    auto const& subject = program.values[is->subject];
    auto const* fact = std::get_if<check::Fact>(&subject.node);
    if (fact == nullptr || subject.type.kind != vocabulary::Kind::choice) return false;
    if (asked && *asked != fact->fact) return false;
    asked = fact->fact;
    entries = program.vocabulary.choices[subject.type.which].entries.size();
    for (auto const option : is->options) {
      auto const* constant = std::get_if<check::Constant>(&program.values[option].node);
      if (constant == nullptr) return false;
      named.insert(constant->steps);
    }
  }
  return entries != 0 && named.size() == entries;
}

}  // namespace

bool Run::State::Scan::all_told(std::uint32_t case_index) const {
  return std::all_of(reports.begin(), reports.end(), [&](auto const* column) { return column->is_told(case_index); });
}

bool Run::State::Scan::has_fault(std::uint32_t case_index) const {
  bool out = of_all.of(case_index) != nullptr;
  each([&](Asked const& asked) { out = out || asked.faults.of(case_index) != nullptr; });
  return out;
}

void Run::State::fill(Scan& scan) {
  scan.whens.resize(program.decisions.size());
  scan.rows.resize(program.decisions.size());
  scan.reports.clear();
  scan.of_all = faults_of([&] {
    for (CriterionId id = 0; id < program.criteria.size(); ++id) static_cast<void>(statuses(id));
    for (auto const id : program.reports) scan.reports.push_back(&value(id, kCases));
  });
  auto const ask = [&](ConditionId id, Scan::Asked& out) {
    out.always = id == kNone;
    if (!out.always) out.faults = faults_of([&] { out.truths = truth(id, kCases); });
  };
  for (std::size_t d = 0; d < program.decisions.size(); ++d) {
    auto const& decision = program.decisions[d];
    ask(decision.when, scan.whens[d]);
    scan.rows[d].resize(decision.rows.size());
    for (std::size_t r = 0; r < decision.rows.size(); ++r) ask(decision.rows[r].when, scan.rows[d][r]);
  }
}

Outcomes Run::State::outcomes() {
  if (outcomes_.empty() && cases() > 0) {
    fill(scan_);
    outcomes_ = outcomes_of(scan_);
  }
  return Outcomes(outcomes_);
}

// Without a fault the outcome follows from the truths alone: of all cases with the same truths it is found once.
std::span<Outcome const* const> Run::State::outcomes_of(Scan const& scan) {
  bool some_fault = !scan.of_all.empty();
  std::vector<Truths>& columns = decided_columns_;
  columns.clear();
  scan.each([&](Scan::Asked const& asked) {
    if (!asked.always) columns.push_back(asked.truths);
    some_fault = some_fault || !asked.faults.empty();
  });
  if (program.decisions.empty()) columns.push_back(reports_told(scan));
  auto const patterns = patterns_.of(columns, cases(), memory);
  decided_.resize(patterns_.size());
  auto const out = memory.array<Outcome const*>(cases());
  // Where none has a fault that is known beforehand: what is asked of each case otherwise comes from far away.
  bool const all_read = held != nullptr && !held->some_fault();
  for (std::uint32_t i = 0; i < cases(); ++i) {
    if ((some_fault && scan.has_fault(i)) || (!all_read && !batch->origins[i].fault.empty())) {
      auto const* fault = batch->origins[i].fault.empty() ? scan.of_all.of(i) : &batch->origins[i].fault;
      out[i] = &faulty_.emplace_back(decide(scan, i, fault));
      continue;
    }
    auto& decided = decided_[patterns[i]];
    if (!decided) decided = std::make_unique<Outcome>(decide(scan, i, nullptr));
    out[i] = decided.get();
  }
  return out;
}

Truths Run::State::reports_told(Scan const& scan) const {
  auto const out = memory.array<Truth>(cases());
  for (std::uint32_t i = 0; i < out.size(); ++i) out[i] = values::truth_of(scan.all_told(i));
  return out;
}

Outcome Run::State::decide(Scan const& scan, std::uint32_t case_index, std::string const* fault) const {
  Outcome out;
  for (std::size_t d = 0; fault == nullptr && d < scan.whens.size(); ++d) fault = scan.whens[d].faults.of(case_index);
  if (fault != nullptr) {
    out.fault = *fault;
    return out;
  }
  for (std::uint32_t d = 0; d < scan.whens.size(); ++d) {
    auto const when = scan.whens[d].at(case_index);
    if (when == kYes) return decide_by(scan, case_index, d);
    if (values::may_be(when, kYes)) out.open.push_back({d, {}});
  }
  if (program.decisions.empty() && !program.reports.empty()) {
    out.kind = scan.all_told(case_index) ? Outcome::Kind::reported : Outcome::Kind::needs_information;
    return out;
  }
  if (out.open.empty()) {
    out.fault = no_decision();
    return out;
  }
  for (auto& open : out.open) {
    auto scanned = decide_by(scan, case_index, open.decision);
    if (!scanned.fault.empty()) return scanned;
    open.kept = std::move(scanned.kept);
  }
  out.kind = Outcome::Kind::needs_information;
  out.may_be_none = !one_when_must_hold(program);
  return out;
}

// What the decision comes to, given that it is the one that applies.
Outcome Run::State::decide_by(Scan const& scan, std::uint32_t case_index, std::uint32_t decision) const {
  Outcome out;
  out.decision = decision;
  auto const failed = [](std::string const& fault) {
    Outcome none;
    none.fault = fault;
    return none;
  };
  auto const& rows = program.decisions[decision].rows;
  for (std::uint32_t r = 0; r < rows.size(); ++r) {
    auto const& asked = scan.rows[decision][r];
    if (auto const* fault = asked.faults.of(case_index)) return failed(*fault);
    auto const truth = asked.at(case_index);
    if (values::may_be(truth, kYes)) out.kept.push_back(r);
    if (truth == kYes) break;
  }
  if (out.kept.empty()) return failed("No row of the decision holds.");
  auto const& last = rows[out.kept.back()];
  bool const one =
      std::all_of(out.kept.begin(), out.kept.end(), [&](auto r) { return same_row(program, rows[r], last); });
  if (one) out.row = out.kept.front();
  out.kind = one && !last.needs_information ? Outcome::Kind::decided : Outcome::Kind::needs_information;
  return out;
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
