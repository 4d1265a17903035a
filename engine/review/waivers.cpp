#include "engine/review/waivers.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "grammar/parse.hpp"

namespace waymark::review {
namespace {

using cases::WaiverOnRecord;
using values::Date;
using values::kCannotBeTold;
using values::kNo;
using values::kYes;
using values::Truth;
using values::truth_of;

using Days = std::pair<Date, Date>;  // first and last

bool is_dated(WaiverOnRecord const& record) { return record.from && record.through; }

Truth days_hold(WaiverOnRecord const& record, Date date) {
  std::array const both = {record.from ? truth_of(*record.from <= date) : kCannotBeTold,
                           record.through ? truth_of(*record.through >= date) : kCannotBeTold};
  return values::all_of(both);
}

// Names are compared as names are everywhere: case, blanks and articles do not matter.
Truth is_by_grantor(check::Waiver const& waiver, WaiverOnRecord const& record) {
  if (waiver.granted_by.empty()) return kYes;
  auto const key = grammar::name_key(record.grantor);
  if (key.empty()) return kCannotBeTold;
  return truth_of(std::any_of(waiver.granted_by.begin(), waiver.granted_by.end(),
                              [&](check::Waiver::Grantor const& grantor) { return grantor.key == key; }));
}

Truth is_short_enough(check::Waiver const& waiver, values::Calendar const& calendar, WaiverOnRecord const& record) {
  if (!waiver.lasts) return kYes;
  if (!is_dated(record)) return kCannotBeTold;
  auto const last = last_day_of(waiver, calendar, *record.from);
  return truth_of(!last || *record.through <= *last);
}

// How many of these stand before `days` in the run to which it belongs: each begins at the latest on the day after all
// before it have ended.
std::uint32_t place_in_run(std::set<Days> all, Days const& days) {
  all.insert(days);
  std::uint32_t place = 0;
  auto end = all.begin()->second;
  for (auto at = all.begin(); *at != days;) {
    ++at;
    place = at->first.days <= end.days + 1 ? place + 1 : 0;
    end = place == 0 ? at->second : std::max(end, at->second);
  }
  return place;
}

// Counts, for each record, which extension it is.
class Extensions {
 public:
  Extensions(std::vector<Grant> const& grants, std::vector<WaiverOnRecord> const& on_record) : on_record_(on_record) {
    for (auto const& grant : grants) {
      auto const& record = on_record_[grant.record];
      if (!grant.may_count()) continue;
      counting_.push_back(grant.record);
      if (!is_dated(record)) {
        some_undated_ = true;
        continue;
      }
      possible_.emplace(*record.from, *record.through);
      bool const sure = grant.by_grantor == kYes && grant.short_enough == kYes;
      if (sure) sure_.emplace(*record.from, *record.through);
    }
  }

  void count(Grant& grant) const {
    auto const& record = on_record_[grant.record];
    grant.fewest = is_dated(record) ? place_in_run(sure_, {*record.from, *record.through}) : 0;
    bool const placed = is_dated(record) && !some_undated_;
    grant.most = placed ? place_in_run(possible_, {*record.from, *record.through}) : all_before(grant.record);
  }

 private:
  // All of which it is not known that they begin later; those of the same days are one.
  std::uint32_t all_before(std::size_t own) const {
    auto const& record = on_record_[own];
    std::set<Days> dated;
    std::uint32_t undated = 0;
    for (auto const other : counting_) {
      auto const& one = on_record_[other];
      bool const later = record.from && one.from && *one.from > *record.from;
      if (other == own || later) continue;
      if (is_dated(one)) {
        dated.emplace(*one.from, *one.through);
      } else {
        ++undated;
      }
    }
    if (is_dated(record)) dated.erase({*record.from, *record.through});
    return static_cast<std::uint32_t>(dated.size()) + undated;
  }

  std::vector<WaiverOnRecord> const& on_record_;
  std::vector<std::size_t> counting_;
  std::set<Days> sure_, possible_;
  bool some_undated_ = false;
};

}  // namespace

Truth Grant::in_force() const {
  std::array const all = {days, by_grantor, short_enough, extended_less};
  return values::all_of(all);
}

std::vector<Grant> grants_of(check::Waiver const& waiver, values::Calendar const& calendar,
                             std::vector<WaiverOnRecord> const& on_record, Date date) {
  std::vector<Grant> out;
  for (std::size_t i = 0; i < on_record.size(); ++i) {
    auto const& record = on_record[i];
    if (record.waiver != waiver.name) continue;
    Grant made;
    made.record = i;
    made.days = days_hold(record, date);
    made.by_grantor = is_by_grantor(waiver, record);
    made.short_enough = is_short_enough(waiver, calendar, record);
    out.push_back(made);
  }
  if (!waiver.extended) return out;
  Extensions const extensions(out, on_record);
  for (auto& grant : out) {
    extensions.count(grant);
    bool const surely = grant.most <= *waiver.extended;
    grant.extended_less = surely ? kYes : grant.fewest > *waiver.extended ? kNo : kCannotBeTold;
  }
  return out;
}

Truth is_in_force(std::vector<Grant> const& grants) {
  std::vector<Truth> each;
  for (auto const& grant : grants) each.push_back(grant.in_force());
  return values::any_member(each);
}

std::optional<Date> last_day_of(check::Waiver const& waiver, values::Calendar const& calendar, Date from) {
  if (!waiver.lasts) return std::nullopt;
  auto const& term = *waiver.lasts;
  auto const* kind = term.unit == values::TermUnit::year_kind ? &calendar.years[term.kind] : nullptr;
  return values::term_end(from, term.count, term.unit, kind, calendar);
}

}  // namespace waymark::review
