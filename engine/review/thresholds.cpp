// Thresholds: the row in force on the date, for the class of the case.
#include <algorithm>
#include <array>
#include <limits>

#include "engine/review/state.hpp"
#include "engine/review/wide.hpp"

namespace waymark::review {

using check::kNone;

namespace {

constexpr std::size_t kFewClasses = 16;

// Of rows in the order of their dates: the last that began by then, where it has not ended.
std::uint32_t in_force(check::Threshold const& threshold, std::vector<std::uint32_t> const& rows, values::Date date) {
  auto const begun = [&](std::uint32_t row) { return threshold.rows[row].from <= date; };
  auto const found = std::find_if(rows.rbegin(), rows.rend(), begun);
  if (found == rows.rend()) return kNone;
  auto const& through = threshold.rows[*found].through;
  return through && *through < date ? kNone : *found;
}

// The rows that may be in force: one, where class and date are known. What a class without one is worth nobody knows.
class RowsOf {
 public:
  RowsOf(check::Threshold const& threshold, ThresholdClasses const& classes, Steps entries)
      : threshold_(threshold), classes_(classes), entries_(entries) {}

  PossibleRows find(PossibleClass const& possible) {
    out_ = {};
    for (auto date = possible.first_date; date <= possible.last_date; ++date) {
      if (date == 0) {
        out_.some_without = true;  // before every row
      } else {
        on(classes_.dates[date - 1], possible.classes);
      }
    }
    std::sort(out_.rows.begin(), out_.rows.end());
    return std::move(out_);
  }

 private:
  void on(values::Date date, Bounds by) {
    if (!classes_.stretches.empty()) {
      for (auto stretch = by.lowest; stretch <= by.highest; ++stretch) add_stretch(stretch, date);
    } else if (by.lowest == by.highest) {
      add(classes_.rows_of(by.lowest), date);
    } else if (entries_ > 0) {
      auto const last = std::min(by.highest, entries_ - 1);
      for (auto entry = std::max<Steps>(by.lowest, 0); entry <= last; ++entry) add(classes_.rows_of(entry), date);
    } else {  // any text: those that are named, and all others
      for (auto const& one : classes_.classes) add(one.rows, date);
      add(classes_.otherwise, date);
    }
  }
  void add_stretch(Steps stretch, values::Date date) {
    for (auto const& rows : classes_.stretches[static_cast<std::size_t>(stretch)]) {
      if (in_force(threshold_, rows, date) != kNone) return add(rows, date);
    }
    add(classes_.otherwise, date);
  }
  void add(ThresholdClasses::Rows const& rows, values::Date date) {
    auto const row = in_force(threshold_, rows, date);
    if (row == kNone) out_.some_without = true;
    if (row != kNone && std::find(out_.rows.begin(), out_.rows.end(), row) == out_.rows.end()) out_.rows.push_back(row);
  }

  check::Threshold const& threshold_;
  ThresholdClasses const& classes_;
  Steps entries_;
  PossibleRows out_;
};

template <class Item>
std::size_t stretch_of(std::vector<Item> const& cuts, Item item) {
  return static_cast<std::size_t>(std::upper_bound(cuts.begin(), cuts.end(), item) - cuts.begin());
}

// By row its class, or kFewClasses where that is not known or is another; in one bit each which of them there are.
template <class Whole>
WAYMARK_INLINE std::uint32_t few_classes(std::span<Whole const> lowest, std::span<Whole const> highest,
                                         std::uint8_t* __restrict out) {
  std::uint32_t seen = 0;
  for (std::size_t row = 0; row < lowest.size(); ++row) {
    auto const low = lowest[row];
    auto const high = highest[row];
    bool const few = (low == high) & (low >= 0) & (low < Whole{kFewClasses});
    auto const of_row = static_cast<std::uint8_t>(few ? low : Whole{kFewClasses});
    out[row] = of_row;
    seen |= std::uint32_t{1} << of_row;
  }
  return seen;
}
WAYMARK_WIDE std::uint32_t find_few_classes(Column const& by, std::span<std::uint8_t> out) {
  return by.narrow() ? few_classes(by.narrow_ends().lowest, by.narrow_ends().highest, out.data())
                     : few_classes(by.lowest(), by.highest(), out.data());
}

// By row its set: of the few classes that a choice has each is looked for once, where it is met first; the others row
// by row. Gives back each set that some row has, perhaps more than once.
template <class SetAt>
Rows find_sets_by_class(Column const& by, std::span<std::uint32_t> of_row, SetAt set_at, Memory& memory) {
  auto const few = memory.array<std::uint8_t>(of_row.size());
  auto const met = memory.array<std::uint32_t>(kFewClasses + of_row.size());
  std::array<std::uint32_t, kFewClasses + 1> set_of{};
  std::size_t count = 0;
  auto const seen = find_few_classes(by, few);
  auto const is_seen = [&](std::size_t word) { return ((seen >> word) & 1U) != 0; };
  for (std::size_t word = 0; word < kFewClasses; ++word) {
    if (!is_seen(word)) continue;
    auto const at = std::find(few.begin(), few.end(), word);
    set_of[word] = met[count++] = set_at(static_cast<std::size_t>(at - few.begin()));
  }
  for (std::size_t row = 0; row < of_row.size(); ++row) of_row[row] = set_of[few[row]];
  for (std::size_t row = 0; is_seen(kFewClasses) && row < of_row.size(); ++row) {
    if (few[row] == kFewClasses) of_row[row] = met[count++] = set_at(row);
  }
  return met.first(count);
}

std::string no_value(check::Threshold const& threshold, DateBounds dates) {
  return "`" + threshold.shown + "` has no value on " +
         (dates.first == dates.last ? values::write_date(dates.first) : "any date by which it may be dated") + ".";
}

}  // namespace

Column const& Run::State::threshold(check::ThresholdId id, DomainId in) {
  return kept(thresholds_, in, id, program.thresholds.size(),
              [&](Column& out) { out = with_waivers(id, in, compute_threshold(id, in)); });
}

// Which set of rows it is for a class and dates; a set is found once, also for later batches.
std::uint32_t Run::State::set_of_rows(check::ThresholdId id, PossibleClass const& possible) {
  auto& sets = sets_of_rows_[id];
  auto const at = std::find_if(sets.begin(), sets.end(), [&](auto const& set) { return set.of == possible; });
  auto const out = static_cast<std::uint32_t>(at - sets.begin());
  if (at == sets.end()) {
    auto const& threshold = program.thresholds[id];
    sets.push_back({possible, RowsOf(threshold, plan.thresholds[id], entries_of_class(threshold)).find(possible)});
  }
  return out;
}

Run::State::RowsInForce Run::State::rows_in_force(check::ThresholdId id, DomainId in) {
  auto const& threshold = program.thresholds[id];
  auto const& classes = plan.thresholds[id];
  auto const* by = threshold.by == kNone ? nullptr : &value(threshold.by, in);
  auto const between = dates_in_force(threshold, in);
  auto const possible_at = [&](std::size_t row) {
    auto const& of_row = between.size() == 1 ? between.front() : between[row];
    PossibleClass possible{by == nullptr ? Bounds{0, 0} : by->whole(row), stretch_of(classes.dates, of_row.first),
                           stretch_of(classes.dates, of_row.last)};
    if (!classes.stretches.empty()) possible.classes = stretches_of(id, possible.classes);
    return possible;
  };
  bool const all_alike = between.size() == 1 && (by == nullptr || by->is_alike());
  auto const of_row = memory.array<std::uint32_t>(all_alike ? 1 : domain(in).rows);
  auto const set_at = [&](std::size_t row) { return set_of_rows(id, possible_at(row)); };
  Rows met = of_row;
  if (between.size() == 1 && classes.stretches.empty() && by != nullptr && !by->is_alike()) {
    met = find_sets_by_class(*by, of_row, set_at, memory);
  } else {
    for (std::size_t row = 0; row < of_row.size(); ++row) of_row[row] = set_at(row);
  }
  auto const used = memory.filled(sets_of_rows_[id].size(), std::uint8_t{0});
  for (auto const set : met) used[set] = 1;
  return {sets_of_rows_[id], used, of_row, between};
}

// A count or an amount that is not known is 0 at least, unless it may be negative.
Bounds Run::State::stretches_of(check::ThresholdId id, Bounds by) const {
  auto const& cuts = plan.thresholds[id].cuts;
  if (never_negative(program.thresholds[id].by)) by = {std::max<Steps>(by.lowest, 0), std::max<Steps>(by.highest, 0)};
  return {static_cast<Steps>(stretch_of(cuts, by.lowest)), static_cast<Steps>(stretch_of(cuts, by.highest))};
}

// How many classes a choice has; 0 where the class is a text, or there is none.
Steps Run::State::entries_of_class(check::Threshold const& threshold) const {
  if (threshold.by == kNone) return 0;
  auto const& type = program.values[threshold.by].type;
  if (type.kind != vocabulary::Kind::choice) return 0;
  return static_cast<Steps>(words().choices[type.which].entries.size());
}

namespace {

// The dates of a column of dates, or of years, of which the first day counts.
DateBounds dates_of(Bounds bounds, values::YearKind const* kind) {
  using Limits = std::numeric_limits<std::int32_t>;
  auto const day = [&](Steps end, std::int32_t without) {
    if (!is_finite(end)) return values::Date{without};
    return kind == nullptr ? values::Date{static_cast<std::int32_t>(end)}
                           : values::first_day(static_cast<int>(end), *kind);
  };
  return {day(bounds.lowest, Limits::min()), day(bounds.highest, Limits::max())};
}

}  // namespace

// By what it is dated; else the first day of the surrounding year, or the review date.
std::span<DateBounds const> Run::State::dates_in_force(check::Threshold const& threshold, DomainId in) {
  auto const rows = domain(in).rows;
  if (threshold.dated_by != kNone) {
    auto const& dated = value(threshold.dated_by, in);
    auto const& type = program.values[threshold.dated_by].type;
    auto const* kind = type.kind == vocabulary::Kind::year ? &words().calendar.years[type.which] : nullptr;
    auto const out = memory.array<DateBounds>(rows);
    for (std::size_t row = 0; row < rows; ++row) out[row] = dates_of(dated.whole(row), kind);
    return out;
  }
  auto const around = years(in);
  if (!around && has_one_moment()) return memory.filled(1, DateBounds{moments.front().date, moments.front().date});
  auto const out = memory.array<DateBounds>(rows);
  auto const* kind =
      around ? &words().calendar.years[program.ranges[domain(innermost_years(in)).range].which] : nullptr;
  for (std::size_t row = 0; row < rows; ++row) {
    bool const repeated = around && row > 0 && (*around)[row] == (*around)[row - 1];
    auto const date = !around    ? moments[moment(in, row)].date
                      : repeated ? out[row - 1].first
                                 : values::first_day(static_cast<int>((*around)[row]), *kind);
    out[row] = {date, date};
  }
  return out;
}

// An explanation asks for one case after the other: found once for all of them.
Rows Run::State::threshold_rows(check::ThresholdId id, DomainId in) {
  return kept(threshold_rows_, in, id, program.thresholds.size(), [&](Rows& out) {
    auto const found = rows_in_force(id, in);
    auto const rows = memory.array<std::uint32_t>(domain(in).rows);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      auto const& set = found.set_of(row);
      rows[row] = set.is_one() ? set.rows.front() : kNone;
    }
    out = rows;
  });
}

// The values of those rows that are in force somewhere; a fault in one counts where it is.
std::span<Column const*> Run::State::values_in_force(check::ThresholdId id, DomainId in, RowsInForce const& found) {
  auto const& threshold = program.thresholds[id];
  auto const out = memory.filled<Column const*>(threshold.rows.size(), nullptr);
  for (std::uint32_t i = 0; i < threshold.rows.size(); ++i) {
    auto const has = [i](PossibleRows const& set) {
      return std::find(set.rows.begin(), set.rows.end(), i) != set.rows.end();
    };
    if (!found.any(has)) continue;
    out[i] = &value_where(threshold.rows[i].value, in, [&](std::size_t row) { return has(found.set_of(row)); });
  }
  return out;
}

Column Run::State::compute_threshold(check::ThresholdId id, DomainId in) {
  auto const& threshold = program.thresholds[id];
  auto const found = rows_in_force(id, in);
  auto const columns = values_in_force(id, in, found);
  std::array<Column const*, 2> chosen_by{};  // applies only where these do
  if (threshold.by != kNone) chosen_by[0] = &value(threshold.by, in);
  if (threshold.dated_by != kNone) chosen_by[1] = &value(threshold.dated_by, in);
  say_without_value(threshold, in, found, chosen_by);
  auto out = of_rows_in_force(found, columns, domain(in).rows);
  for (auto const* by : chosen_by) {
    if (by != nullptr) out.set_applies(both_apply(*by, out));
  }
  return out;
}

// A fault of every case for which no row is in force, unless what the rows are chosen by does not apply.
void Run::State::say_without_value(check::Threshold const& threshold, DomainId in, RowsInForce const& found,
                                   std::span<Column const* const> chosen_by) {
  auto const is_empty = [](PossibleRows const& set) { return set.rows.empty(); };
  if (!found.any(is_empty)) return;
  for (std::size_t row = 0; row < domain(in).rows; ++row) {
    bool const asked = std::all_of(chosen_by.begin(), chosen_by.end(), [&](Column const* by) {
      return by == nullptr || (by->applies(row) & kApplies) != 0;
    });
    if (is_empty(found.set_of(row)) && asked) fault(in, row, no_value(threshold, found.dates_of(row)));
  }
}

// Where the values are the same for all, as they nearly always are, each set is worth one thing.
Column Run::State::of_rows_in_force(RowsInForce const& found, std::span<Column const* const> columns,
                                    std::size_t rows) const {
  if (found.one_set() && found.set_of(0).is_one()) return *columns[found.set_of(0).rows.front()];
  auto const is_ratio = [](Column const* column) { return column != nullptr && column->ratio(); };
  auto const varies = [](Column const* column) {
    return column != nullptr && !(column->is_alike() && column->always_applies());
  };
  bool const ratio = std::any_of(columns.begin(), columns.end(), is_ratio);
  auto const possible = memory.array<Column const*>(columns.size());
  auto const put_set = [&](ColumnBuilder& out, std::size_t at, PossibleRows const& set, std::size_t row) {
    if (set.is_one()) return put(out, at, *columns[set.rows.front()], row);
    for (std::size_t i = 0; i < set.rows.size(); ++i) possible[i] = columns[set.rows[i]];
    put_hull(out, at, possible.first(set.rows.size()), set.some_without, false, row);
  };
  if (std::none_of(columns.begin(), columns.end(), varies)) {
    ColumnBuilder of_sets(memory, found.used.size(), ratio);
    for (std::size_t set = 0; set < found.used.size(); ++set) {
      if (found.used[set] != 0) put_set(of_sets, set, found.sets[set].rows, 0);
      if (found.used[set] == 0) of_sets.set(set, Bounds{0, 0});
    }
    return of_sets.take().narrowed(memory).gathered(found.of_rows(rows, memory), memory);
  }
  ColumnBuilder out(memory, rows, ratio);
  for (std::size_t row = 0; row < rows; ++row) put_set(out, row, found.set_of(row), row);
  return out.take();
}

}  // namespace waymark::review
