// Figures by cases and with fallbacks, and thresholds by date and class.
#include <algorithm>
#include <set>

#include "tests/reference/interpreter.hpp"

namespace waymark::reference {

using check::ThresholdRow;
using vocabulary::Kind;

namespace {

// A yes-or-no figure as a number: 1 is yes, 0 is no.
Extent number_of(Truth truth) {
  if ((truth & values::kCannotBeTold) == 0) return does_not_apply();
  auto out = between(Number((truth & values::kNo) != 0 ? 0 : 1), Number((truth & values::kYes) != 0 ? 1 : 0));
  out.may_not_apply = (truth & values::kDoesNotApply) != 0;
  return out;
}

}  // namespace

Extent Interpreter::by_cases(check::Figure const& figure, Place const& place) const {
  std::optional<Extent> out;
  for (auto const& figure_case : figure.cases) {
    auto const when = figure_case.when == check::kNone ? values::kYes : truth(figure_case.when, place);
    if ((when & values::kYes) == 0) continue;
    auto const here = value(figure_case.value, place);
    out = out ? merged(*out, here, figure.type) : here;
    if (when == values::kYes) return *out;
  }
  throw std::logic_error("a figure by cases that has no last one");
}

Extent Interpreter::figure(check::FigureId id, Place const& outside) const {
  auto const& stated = program_.figures[id];
  if (stated.type.list) {
    auto const list = list_figure(id);
    bool const sure =
        std::none_of(list.known.begin(), list.known.end(), [](Member const& m) { return m.may_be_absent; });
    return sure && !list.more ? exactly(0) : unknown();
  }
  auto const place = outside.only(stated.each);
  auto const exempt = stated.exempt == check::kNone ? values::kNo : truth(stated.exempt, place);
  if (exempt == values::kYes) return does_not_apply();
  auto const second = fallback_used(stated, place);
  auto out = stated.yes_when != check::kNone ? number_of(truth(stated.yes_when, place))
             : second == values::kYes        ? value(stated.fallback->value, place)
                                             : by_cases(stated, place);
  if (second == values::kCannotBeTold) out = merged(out, value(stated.fallback->value, place), stated.type);
  out.may_not_apply = out.may_not_apply || (exempt & values::kYes) != 0;
  return out;
}

// The first day of a surrounding year, else the review date.
values::Date Interpreter::date_at(Place const& place) const {
  for (auto standing = place.standings.rbegin(); standing != place.standings.rend(); ++standing) {
    auto const& range = program_.ranges[standing->range];
    if (range.of != check::Range::Of::years) continue;
    auto const year = numerator(*standing->member.lowest).convert_to<int>();
    return values::first_day(year, program_.vocabulary.calendar.years[range.which]);
  }
  return date_;
}

namespace {

bool is_plain(ThresholdRow const& row) { return row.otherwise || (!row.entry && !row.step && row.text.empty()); }

// Of the rows of one class that began by then, the last, where it has not ended.
ThresholdRow const* last_begun(std::vector<ThresholdRow const*> const& rows, values::Date date) {
  ThresholdRow const* last = nullptr;
  for (auto const* row : rows) {
    if (row->from <= date && (last == nullptr || last->from <= row->from)) last = row;
  }
  return last != nullptr && (!last->through || *last->through >= date) ? last : nullptr;
}

template <class Wanted>
std::vector<ThresholdRow const*> rows_where(check::Threshold const& threshold, Wanted wanted) {
  std::vector<ThresholdRow const*> out;
  for (auto const& row : threshold.rows) {
    if (wanted(row)) out.push_back(&row);
  }
  return out;
}

}  // namespace

ThresholdRow const* Interpreter::row_in_force(check::Threshold const& threshold, std::optional<std::uint32_t> entry,
                                              std::optional<std::string> const& text, values::Date date) const {
  auto rows = rows_where(threshold, [&](ThresholdRow const& row) {
    if (is_plain(row)) return false;
    return entry ? row.entry == entry : text && symbol(row.text).lowest == symbol(*text).lowest;
  });
  if (rows.empty()) rows = rows_where(threshold, is_plain);
  return last_begun(rows, date);
}

// The step that holds a number has its row in force; if none has, those for all others count.
ThresholdRow const* Interpreter::row_for_number(check::Threshold const& threshold, Number const& number,
                                                values::Date date) const {
  std::set<check::Step> steps;
  for (auto const& row : threshold.rows) {
    if (row.step && from_steps(row.step->lowest, row.step->highest).lowest.value_or(number) <= number &&
        from_steps(row.step->lowest, row.step->highest).highest.value_or(number) >= number) {
      steps.insert(*row.step);
    }
  }
  for (auto const& step : steps) {
    auto const* row = last_begun(rows_where(threshold, [&](ThresholdRow const& r) { return r.step == step; }), date);
    if (row != nullptr) return row;
  }
  return last_begun(rows_where(threshold, is_plain), date);
}

namespace {

// Of all numbers (or dates) between two ends, one of each kind: the least, and each at which something begins.
std::vector<Number> one_of_each(End const& lowest, End const& highest, std::vector<Number> const& beginnings,
                                Number const& least_of_all) {
  auto const least = lowest.value_or(least_of_all);
  std::vector<Number> out = {least};
  for (auto const& number : beginnings) {
    if (number > least && (!highest || number <= *highest)) out.push_back(number);
  }
  return out;
}

}  // namespace

std::vector<ThresholdRow const*> Interpreter::rows_by_number(check::Threshold const& threshold, Extent by,
                                                             values::Date date) const {
  auto const& type = program_.values[threshold.by].type;
  bool const counted = type.kind == Kind::count || type.kind == Kind::money;
  if (counted && !may_be_negative(threshold.by)) {
    if (!by.lowest || *by.lowest < 0) by.lowest = Number(0);
  }
  std::vector<Number> beginnings;
  Number least = 0;
  for (auto const& row : threshold.rows) {
    if (!row.step) continue;
    auto const ends = from_steps(row.step->lowest, row.step->highest);
    if (ends.lowest) beginnings.push_back(*ends.lowest);
    if (ends.highest) beginnings.push_back(*ends.highest + 1);
  }
  for (auto const& number : beginnings) least = std::min(least, Number(number - 1));
  std::vector<ThresholdRow const*> out;
  for (auto const& number : one_of_each(by.lowest, by.highest, beginnings, least)) {
    out.push_back(row_for_number(threshold, number, date));
  }
  return out;
}

// One for each class that it may be; null for one that has none in force.
std::vector<ThresholdRow const*> Interpreter::rows_possible(check::Threshold const& threshold, Extent const& by,
                                                            values::Date date) const {
  std::vector<ThresholdRow const*> out;
  if (threshold.by == check::kNone) return {row_in_force(threshold, std::nullopt, std::nullopt, date)};
  auto const& type = program_.values[threshold.by].type;
  if (vocabulary::is_numeric(type)) return rows_by_number(threshold, by, date);
  if (type.kind == Kind::choice) {
    auto const entries = program_.vocabulary.choices[type.which].entries.size();
    for (std::uint32_t entry = 0; entry < entries; ++entry) {
      auto const surely_not = compared(check::Order::equal, by, exactly(entry)) == values::kNo;
      if (!surely_not) out.push_back(row_in_force(threshold, entry, std::nullopt, date));
    }
    return out;
  }
  if (by.lowest && by.lowest == by.highest) {
    auto const symbol = numerator(*by.lowest).convert_to<values::Symbol>();
    return {row_in_force(threshold, std::nullopt, world_.symbols.text(symbol), date)};
  }
  for (auto const& row : threshold.rows) {
    if (!is_plain(row)) out.push_back(row_in_force(threshold, std::nullopt, row.text, date));
  }
  out.push_back(row_in_force(threshold, std::nullopt, std::nullopt, date));
  return out;
}

// The dates by which a threshold may be dated, one of each kind; of none of its rows where nothing is given.
std::vector<values::Date> Interpreter::dates_possible(check::Threshold const& threshold, Extent const& dated) const {
  auto const& type = program_.values[threshold.dated_by].type;
  auto const day = [&](End const& end) -> End {
    if (!end || type.kind != Kind::year) return end;
    return Number(
        values::first_day(numerator(*end).convert_to<int>(), program_.vocabulary.calendar.years[type.which]).days);
  };
  std::vector<Number> beginnings;
  Number least = 0;
  for (auto const& row : threshold.rows) {
    beginnings.emplace_back(row.from.days);
    if (row.through) beginnings.emplace_back(row.through->days + 1);
    least = std::min(least, Number(row.from.days - 1));
  }
  std::vector<values::Date> out;
  for (auto const& number : one_of_each(day(dated.lowest), day(dated.highest), beginnings, least)) {
    out.push_back({numerator(number).convert_to<std::int32_t>()});
  }
  return out;
}

// A year that surrounds a threshold surrounds what its rows name as well: a share of another threshold is a share of
// the one that was in force in that year.
Extent Interpreter::threshold(check::ThresholdId id, Place const& place) const {
  auto const& stated = program_.thresholds[id];
  auto const by = stated.by == check::kNone ? exactly(0) : value(stated.by, place);
  auto const dated = stated.dated_by == check::kNone ? exactly(date_at(place).days) : value(stated.dated_by, place);
  if (!by.may_apply || !dated.may_apply) return does_not_apply();
  std::vector<ThresholdRow const*> rows;
  auto const dates = stated.dated_by == check::kNone ? std::vector{date_at(place)} : dates_possible(stated, dated);
  for (auto const date : dates) {
    for (auto const* row : rows_possible(stated, by, date)) rows.push_back(row);
  }
  std::optional<Extent> out;
  for (auto const* row : rows) {
    if (row == nullptr) continue;
    auto const here = value(row->value, place);
    out = out ? merged(*out, here, stated.type) : here;
  }
  if (!out) throw Fault(stated.shown + " has no value");
  out->may_not_apply = out->may_not_apply || by.may_not_apply || dated.may_not_apply;
  // What a class or a date without a row in force is worth, nobody knows.
  if (std::find(rows.begin(), rows.end(), nullptr) != rows.end()) {
    *out = Extent{std::nullopt, std::nullopt, true, out->may_not_apply};
  }
  return minding_ == nullptr ? waived(stated, *out) : *out;
}

}  // namespace waymark::reference
