// Figures by cases and with fallbacks, and thresholds by date and class.
#include <algorithm>

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
  auto const place = outside.only(stated.each);
  auto const exempt = stated.exempt == check::kNone ? values::kNo : truth(stated.exempt, place);
  if (exempt == values::kYes) return does_not_apply();
  auto out = stated.yes_when != check::kNone ? number_of(truth(stated.yes_when, place))
             : fallback_used(stated, place)  ? value(stated.fallback->value, place)
                                             : by_cases(stated, place);
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

bool is_plain(ThresholdRow const& row) { return row.otherwise || (!row.entry && row.text.empty()); }

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

// One for each class that it may be; null for one that has none in force.
std::vector<ThresholdRow const*> Interpreter::rows_possible(check::Threshold const& threshold, Extent const& by,
                                                            values::Date date) const {
  std::vector<ThresholdRow const*> out;
  auto const& type = program_.values[threshold.by].type;
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

// A year that surrounds a threshold surrounds what its rows name as well: a share of another threshold is a share of
// the one that was in force in that year.
Extent Interpreter::threshold(check::ThresholdId id, Place const& place) const {
  auto const& stated = program_.thresholds[id];
  auto const date = date_at(place);
  auto const by = stated.by == check::kNone ? exactly(0) : value(stated.by, place);
  if (!by.may_apply) return does_not_apply();
  auto const rows = stated.by == check::kNone ? std::vector{row_in_force(stated, std::nullopt, std::nullopt, date)}
                                              : rows_possible(stated, by, date);
  std::optional<Extent> out;
  for (auto const* row : rows) {
    if (row == nullptr) continue;
    auto const here = value(row->value, place);
    out = out ? merged(*out, here, stated.type) : here;
  }
  if (!out) throw Fault(stated.shown + " has no value on " + values::write_date(date));
  out->may_not_apply = out->may_not_apply || by.may_not_apply;
  // What a class without a row in force is worth, nobody knows.
  if (std::find(rows.begin(), rows.end(), nullptr) != rows.end()) {
    *out = Extent{std::nullopt, std::nullopt, true, out->may_not_apply};
  }
  return *out;
}

}  // namespace waymark::reference
