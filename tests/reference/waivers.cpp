// Waivers on record: each record is asked every question of its block, and which extension it is by trying out which of
// the records that may count do.
#include <algorithm>
#include <set>
#include <utility>

#include "engine/check/walk.hpp"
#include "grammar/parse.hpp"
#include "tests/reference/interpreter.hpp"

namespace waymark::reference {
namespace {

using Record = cases::WaiverOnRecord;
using Days = std::pair<values::Date, values::Date>;

constexpr Truth kOpen = values::kCannotBeTold;

Truth sure(bool yes) { return yes ? values::kYes : values::kNo; }

struct OnRecord {
  Record const* record = nullptr;
  Truth granted = kOpen, lasts = kOpen;

  bool has_days() const { return record->from && record->through; }
  Days days() const { return {*record->from, *record->through}; }
  bool counts_surely() const { return granted == values::kYes && lasts == values::kYes; }
  bool may_count() const { return granted != values::kNo && lasts != values::kNo; }
};

Truth granted(check::Waiver const& waiver, Record const& record) {
  if (waiver.granted_by.empty()) return values::kYes;
  if (record.grantor.empty()) return kOpen;
  for (auto const& one : waiver.granted_by) {
    if (one.key == grammar::name_key(record.grantor)) return values::kYes;
  }
  return values::kNo;
}

// The first day after the longest that a record may last is one on which it must be over.
Truth lasts(check::Waiver const& waiver, values::Calendar const& calendar, Record const& record) {
  if (!waiver.lasts) return values::kYes;
  if (!record.from || !record.through) return kOpen;
  auto const from = *record.from;
  auto const count = std::int64_t{waiver.lasts->count};
  auto first_over = from;
  switch (waiver.lasts->unit) {
    case values::TermUnit::months: first_over = values::add_months(from, count); break;
    case values::TermUnit::years: first_over = values::add_months(from, 12 * count); break;
    case values::TermUnit::year_kind: {
      auto const& kind = calendar.years[waiver.lasts->kind];
      first_over = values::first_day(values::year_of(from, kind) + static_cast<int>(count) + 1, kind);
      break;
    }
    default: first_over = values::add_days(from, count + 1); break;
  }
  return sure(*record.through < first_over);
}

bool touch(Days const& a, Days const& b) {
  return a.first <= values::add_days(b.second, 1) && b.first <= values::add_days(a.second, 1);
}

// Those before `days` among all that hang together with it.
std::size_t number_before(std::set<Days> others, Days const& days) {
  others.erase(days);
  std::set<Days> run = {days};
  for (bool grown = true; grown;) {
    grown = false;
    for (auto at = others.begin(); at != others.end();) {
      bool const joins = std::any_of(run.begin(), run.end(), [&](Days const& one) { return touch(one, *at); });
      if (joins) run.insert(*at);
      grown = grown || joins;
      at = joins ? others.erase(at) : std::next(at);
    }
  }
  return static_cast<std::size_t>(std::count_if(run.begin(), run.end(), [&](Days const& one) { return one < days; }));
}

// Every choice of which of the records that may count do.
Truth few_enough(std::vector<OnRecord> const& all, OnRecord const& own, std::size_t allowed) {
  std::vector<Days> unsure;
  std::set<Days> counted;
  bool all_placed = own.has_days();
  for (auto const& one : all) {
    if (!one.may_count()) continue;
    if (!one.has_days()) {
      all_placed = false;
    } else if (one.counts_surely()) {
      counted.insert(one.days());
    } else {
      unsure.push_back(one.days());
    }
  }
  Truth out = 0;
  for (std::size_t choice = 0; own.has_days() && choice < (std::size_t{1} << unsure.size()); ++choice) {
    auto chosen = counted;
    for (std::size_t i = 0; i < unsure.size(); ++i) {
      if ((choice >> i & 1U) != 0) chosen.insert(unsure[i]);
    }
    out |= sure(number_before(chosen, own.days()) <= allowed);
  }
  if (all_placed) return out;
  // One without its days stands wherever it counts most.
  std::set<Days> others;
  std::size_t number = 0;
  for (auto const& one : all) {
    bool const later = own.record->from && one.record->from && *one.record->from > *own.record->from;
    if (one.record == own.record || !one.may_count() || later) continue;
    if (!one.has_days()) ++number;
    if (one.has_days() && !(own.has_days() && one.days() == own.days())) others.insert(one.days());
  }
  bool const may_be_too_many = number + others.size() > allowed;
  if (!own.has_days()) return may_be_too_many ? kOpen : values::kYes;
  return may_be_too_many ? static_cast<Truth>(out | values::kNo) : out;
}

}  // namespace

std::vector<Interpreter::Recorded> Interpreter::records_in_force(check::Waiver const& waiver) const {
  std::vector<OnRecord> all;
  for (auto const& record : world_.batch->waivers[case_]) {
    if (record.waiver != waiver.name) continue;
    all.push_back({&record, granted(waiver, record), lasts(waiver, program_.vocabulary.calendar, record)});
  }
  std::vector<Recorded> out;
  for (auto const& one : all) {
    std::vector<Truth> asked = {one.granted, one.lasts};
    asked.push_back(one.record->from ? sure(*one.record->from <= date_) : kOpen);
    asked.push_back(one.record->through ? sure(*one.record->through >= date_) : kOpen);
    if (waiver.extended) asked.push_back(few_enough(all, one, *waiver.extended));
    auto const is = [&](Truth truth) { return std::find(asked.begin(), asked.end(), truth) != asked.end(); };
    out.emplace_back(one.record, is(values::kNo) ? values::kNo : is(kOpen) ? kOpen : values::kYes);
  }
  return out;
}

Truth Interpreter::waiver(check::Waiver const& waiver) const {
  Truth out = values::kNo;
  for (auto const& [record, in_force] : records_in_force(waiver)) {
    if (in_force == values::kYes) return values::kYes;
    if (in_force == kOpen) out = kOpen;
  }
  return out;
}

// Whatever may be on record in its place, and its own value where none surely is.
Extent Interpreter::waived(check::Threshold const& threshold, Extent own) const {
  std::vector<Extent> possible;
  bool surely = false;
  for (auto const id : threshold.waived_by) {
    if (world_.batch == nullptr) break;
    for (auto const& [record, in_force] : records_in_force(program_.waivers[id])) {
      if (in_force == values::kNo) continue;
      surely = surely || in_force == values::kYes;
      possible.push_back(record->value ? exactly(*record->value) : Extent{std::nullopt, std::nullopt, true, false});
    }
  }
  if (possible.empty() || !own.may_apply) return own;
  auto out = possible.front();
  for (auto const& one : possible) out = merged(out, one, threshold.type);
  if (!surely) out = merged(out, own, threshold.type);
  out.may_not_apply = own.may_not_apply;
  return out;
}

namespace {

// Everything that a criterion rests on, by name.
class Below {
 public:
  explicit Below(check::Program const& program) : program_(program) {}

  void criterion(check::CriterionId id) {
    if (!criteria_.insert(id).second) return;
    auto const& criterion = program_.criteria[id];
    for (auto const part : {criterion.test, criterion.exempt, criterion.waived}) condition(part);
  }
  std::set<check::ThresholdId> const& thresholds() const { return thresholds_; }

 private:
  void condition(check::ConditionId id) {
    if (id == check::kNone) return;
    check::walk_condition(
        program_, id, [this](check::ValueId value) { named(value); },
        [this](check::ConditionId inner) { named_in_condition(inner); });
  }
  void value(check::ValueId id) {
    if (id == check::kNone) return;
    check::walk_value(
        program_, id, [this](check::ValueId value) { named(value); },
        [this](check::ConditionId inner) { named_in_condition(inner); });
  }
  void named_in_condition(check::ConditionId id) {
    auto const& node = program_.conditions[id].node;
    if (auto const* state = std::get_if<check::CriterionState>(&node)) criterion(state->criterion);
    if (auto const* count = std::get_if<check::GroupCount>(&node)) {
      for (auto const one : program_.groups[count->group].criteria) criterion(one);
    }
    if (auto const* in = std::get_if<check::InList>(&node)) list(in->list);
    if (auto const* over = std::get_if<check::Quantified>(&node)) range(over->range);
  }
  void list(check::ListUse const& use) {
    if (use.of == check::ListUse::Of::figure) figure(use.which);
  }
  void range(check::RangeId id) {
    auto const& over = program_.ranges[id];
    if (over.of == check::Range::Of::figure) figure(over.which);
  }
  void named(check::ValueId id) {
    auto const& node = program_.values[id].node;
    if (auto const* ref = std::get_if<check::FigureRef>(&node)) figure(ref->figure);
    if (auto const* over = std::get_if<check::ListAggregate>(&node)) range(over->range);
    if (auto const* lookup = std::get_if<check::SourceLookup>(&node)) {
      for (auto const& key : lookup->keys) {
        if (key.list) list(*key.list);
      }
    }
    auto const* threshold = std::get_if<check::ThresholdRef>(&node);
    if (threshold != nullptr && thresholds_.insert(threshold->threshold).second) {
      auto const& stated = program_.thresholds[threshold->threshold];
      value(stated.by);
      value(stated.dated_by);
      for (auto const& row : stated.rows) value(row.value);
    }
  }

  void figure(check::FigureId id) {
    if (!figures_.insert(id).second) return;
    auto const& stated = program_.figures[id];
    for (auto const& one : stated.cases) {
      condition(one.when);
      value(one.value);
    }
    condition(stated.yes_when);
    condition(stated.exempt);
    if (stated.fallback) value(stated.fallback->value);
  }

  check::Program const& program_;
  std::set<check::CriterionId> criteria_;
  std::set<check::FigureId> figures_;
  std::set<check::ThresholdId> thresholds_;
};

}  // namespace

bool Interpreter::rests_on_waived(check::CriterionId id) const {
  Below below(program_);
  below.criterion(id);
  for (auto const threshold : below.thresholds()) {
    for (auto const waiver : program_.thresholds[threshold].waived_by) {
      if (this->waiver(program_.waivers[waiver]) != values::kNo) return true;
    }
  }
  return false;
}

}  // namespace waymark::reference
