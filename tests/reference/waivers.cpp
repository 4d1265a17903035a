// Waivers on record: each record is asked every question of its block, and which extension it is by trying out which of
// the records that may count do.
#include <algorithm>
#include <set>
#include <utility>

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

Truth Interpreter::waiver(check::Waiver const& waiver) const {
  std::vector<OnRecord> all;
  for (auto const& record : world_.batch->waivers[case_]) {
    if (record.waiver != waiver.name) continue;
    all.push_back({&record, granted(waiver, record), lasts(waiver, program_.vocabulary.calendar, record)});
  }
  bool some_open = false;
  for (auto const& one : all) {
    std::vector<Truth> asked = {one.granted, one.lasts};
    asked.push_back(one.record->from ? sure(*one.record->from <= date_) : kOpen);
    asked.push_back(one.record->through ? sure(*one.record->through >= date_) : kOpen);
    if (waiver.extended) asked.push_back(few_enough(all, one, *waiver.extended));
    auto const is = [&](Truth truth) { return std::find(asked.begin(), asked.end(), truth) != asked.end(); };
    if (is(values::kNo)) continue;
    if (!is(kOpen)) return values::kYes;
    some_open = true;
  }
  return some_open ? kOpen : values::kNo;
}

}  // namespace waymark::reference
