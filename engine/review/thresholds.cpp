// Thresholds: the row in force on the date, for the class of the case.
#include <algorithm>

#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;

namespace {

// Of rows in the order of their dates: the last that began by then, where it has not ended.
std::uint32_t in_force(check::Threshold const& threshold, std::vector<std::uint32_t> const& rows, values::Date date) {
  auto const begun = [&](std::uint32_t row) { return threshold.rows[row].from <= date; };
  auto const found = std::find_if(rows.rbegin(), rows.rend(), begun);
  if (found == rows.rend()) return kNone;
  auto const& through = threshold.rows[*found].through;
  return through && *through < date ? kNone : *found;
}

// One row, where the class is known. What a class without one is worth nobody knows.
PossibleRows possible_rows(check::Threshold const& threshold, ThresholdClasses const& classes, Bounds by, Steps entries,
                           values::Date date) {
  PossibleRows out;
  auto const add = [&](Rows const& rows) {
    auto const row = in_force(threshold, rows, date);
    if (row == kNone) out.some_without = true;
    if (row != kNone && std::find(out.rows.begin(), out.rows.end(), row) == out.rows.end()) out.rows.push_back(row);
  };
  if (by.lowest == by.highest) {
    add(classes.rows_of(by.lowest));
    return out;
  }
  for (Steps entry = std::max<Steps>(by.lowest, 0); entry < entries && entry <= by.highest; ++entry) {
    add(classes.rows_of(entry));
  }
  if (entries == 0) {  // any text: those that are named, and all others
    for (auto const& one : classes.classes) add(one.rows);
    add(classes.otherwise);
  }
  std::sort(out.rows.begin(), out.rows.end());
  return out;
}

std::string no_value(check::Threshold const& threshold, values::Date date) {
  return "`" + threshold.shown + "` has no value on " + values::write_date(date) + ".";
}

}  // namespace

Column const& Run::State::threshold(check::ThresholdId id, DomainId in) {
  auto& kept = thresholds_[{id, in}];
  if (!kept) {
    auto made = std::make_unique<Kept<Column>>();
    made->faults = faults_of([&] { made->column = compute_threshold(id, in); });
    thresholds_[{id, in}] = std::move(made);
  }
  auto const& found = *thresholds_[{id, in}];
  fault(found.faults);
  return found.column;
}

Run::State::RowsInForce Run::State::rows_in_force(check::ThresholdId id, DomainId in) {
  auto const& threshold = program.thresholds[id];
  auto const in_force_on = dates_in_force(in);
  auto const* by = threshold.by == kNone ? nullptr : &value(threshold.by, in);
  RowsInForce out;
  std::vector<Bounds> classes;  // with out.dates: what each set is for; there are few
  for (std::size_t row = 0; row < domain(in).rows; ++row) {
    auto const date = in_force_on[row];
    auto const of_class = by == nullptr ? Bounds{0, 0} : by->whole(row);
    std::uint32_t set = 0;
    auto const same = [&] {
      return out.dates[set] == date && classes[set].lowest == of_class.lowest &&
             classes[set].highest == of_class.highest;
    };
    while (set < out.sets.size() && !same()) ++set;
    if (set == out.sets.size()) {
      out.sets.push_back(possible_rows(threshold, plan.thresholds[id], of_class, entries_of_class(threshold), date));
      out.dates.push_back(date);
      classes.push_back(of_class);
    }
    out.of_row.push_back(set);
  }
  return out;
}

// How many classes a choice has; 0 where the class is a text, or there is none.
Steps Run::State::entries_of_class(check::Threshold const& threshold) const {
  if (threshold.by == kNone) return 0;
  auto const& type = program.values[threshold.by].type;
  if (type.kind != vocabulary::Kind::choice) return 0;
  return static_cast<Steps>(words().choices[type.which].entries.size());
}

// The review date, or the first day of the surrounding year.
std::vector<values::Date> Run::State::dates_in_force(DomainId in) const {
  std::vector<values::Date> out;
  auto const around = years(in);
  auto const year_domain = innermost_years(in);
  for (std::size_t row = 0; row < domain(in).rows; ++row) {
    if (!around) {
      out.push_back(moments[moment(in, row)].date);
      continue;
    }
    auto const& kind = words().calendar.years[program.ranges[domain(year_domain).range].which];
    bool const repeated = row > 0 && (*around)[row] == (*around)[row - 1];
    out.push_back(repeated ? out.back() : values::first_day(static_cast<int>((*around)[row]), kind));
  }
  return out;
}

Rows Run::State::threshold_rows(check::ThresholdId id, DomainId in) {
  auto const found = rows_in_force(id, in);
  Rows out;
  for (auto const set : found.of_row) out.push_back(found.sets[set].is_one() ? found.sets[set].rows.front() : kNone);
  return out;
}

// The values of those rows that are in force somewhere; a fault in one counts where it is.
std::vector<Column const*> Run::State::values_in_force(check::ThresholdId id, DomainId in, RowsInForce const& found) {
  auto const& threshold = program.thresholds[id];
  std::vector<Column const*> out(threshold.rows.size());
  for (std::uint32_t i = 0; i < threshold.rows.size(); ++i) {
    std::vector<std::uint8_t> has;
    for (auto const& set : found.sets) {
      has.push_back(std::find(set.rows.begin(), set.rows.end(), i) != set.rows.end() ? 1 : 0);
    }
    if (std::find(has.begin(), has.end(), 1) == has.end()) continue;
    std::vector<std::uint8_t> used;
    for (auto const set : found.of_row) used.push_back(has[set]);
    out[i] = &value_where(threshold.rows[i].value, in, used);
  }
  return out;
}

Column Run::State::compute_threshold(check::ThresholdId id, DomainId in) {
  auto const& threshold = program.thresholds[id];
  auto const found = rows_in_force(id, in);
  auto const columns = values_in_force(id, in, found);
  auto const* by = threshold.by == kNone ? nullptr : &value(threshold.by, in);
  if (by == nullptr && found.sets.size() == 1 && found.sets.front().is_one()) {
    return Column::view(*columns[found.sets.front().rows.front()]);
  }
  auto const is_ratio = [](Column const* column) { return column != nullptr && column->ratio(); };
  ColumnBuilder out(domain(in).rows, std::any_of(columns.begin(), columns.end(), is_ratio));
  std::vector<Applies> applies;
  for (std::size_t row = 0; row < domain(in).rows; ++row) {
    auto const& set = found.sets[found.of_row[row]];
    bool const asked = by == nullptr || (by->applies(row) & kApplies) != 0;
    if (set.rows.empty() && asked) fault(in, row, no_value(threshold, found.dates[found.of_row[row]]));
    if (set.is_one()) {
      put(out, row, *columns[set.rows.front()]);
    } else {
      std::vector<Column const*> possible;
      for (auto const i : set.rows) possible.push_back(columns[i]);
      put_hull(out, row, possible, set.some_without, false);
    }
  }
  auto made = out.take();
  if (by != nullptr && !by->always_applies()) {
    for (std::size_t row = 0; row < made.size(); ++row) applies.push_back(both(by->applies(row), made.applies(row)));
    made.set_applies(std::move(applies));
  }
  return made;
}

}  // namespace waymark::review
