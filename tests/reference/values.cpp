// Values, one function a node.
#include <algorithm>

#include "tests/reference/interpreter.hpp"

namespace waymark::reference {

using vocabulary::Kind;

namespace {

bool too_large(End const& end) { return end && abs(*end) > values::kMaxSteps; }

}  // namespace

Extent Interpreter::value(check::ValueId value, Place const& place) const {
  auto const& stated = program_.values[value];
  auto out = std::visit([&](auto const& node) { return of(node, stated, place); }, stated.node);
  met_too_large_ = met_too_large_ || (!stated.ratio && (too_large(out.lowest) || too_large(out.highest)));
  return out;
}

// Symbols have no order: between two of them there is nothing to be known.
Extent Interpreter::merged(Extent const& left, Extent const& right, vocabulary::Type const& type) const {
  auto out = either(left, right);
  bool const symbolic = type.kind == Kind::code || type.kind == Kind::text;
  if (symbolic && out.lowest != out.highest) out.lowest = out.highest = std::nullopt;
  return out;
}

Extent Interpreter::of(check::Constant const& node, check::Value const& value, Place const&) const {
  bool const in_text = value.type.kind == Kind::code || value.type.kind == Kind::text;
  return in_text ? symbol(node.text) : exactly(node.steps);
}

Extent Interpreter::of(check::Fact const& node, check::Value const&, Place const& place) const {
  return fact(node.fact, place);
}

Extent Interpreter::of(check::Member const& node, check::Value const&, Place const& place) const {
  auto const* standing = place.find(node.range);
  if (standing == nullptr) throw std::logic_error("a member outside of its range");
  return standing->member;
}

Extent Interpreter::of(check::RowKey const& node, check::Value const&, Place const& place) const {
  return key(row_of(node.source, place), node.key);
}

Extent Interpreter::of(check::RowColumn const& node, check::Value const&, Place const& place) const {
  return cell(row_of(node.source, place), node.column);
}

Extent Interpreter::of(check::FigureRef const& node, check::Value const&, Place const& place) const {
  return figure(node.figure, place);
}

Extent Interpreter::of(check::ThresholdRef const& node, check::Value const&, Place const& place) const {
  return threshold(node.threshold, place);
}

Extent Interpreter::of(check::ReviewDate const&, check::Value const&, Place const&) const {
  return exactly(date_.days);
}

Extent Interpreter::of(check::RunningYear const& node, check::Value const&, Place const&) const {
  return exactly(running_year(node.kind) + node.offset);
}

Extent Interpreter::of(check::Sum const& node, check::Value const&, Place const& place) const {
  auto const left = value(node.left, place);
  auto const right = value(node.right, place);
  return node.minus ? difference(left, right) : sum(left, right);
}

namespace {

std::int64_t whole(Number const& number) { return numerator(number).convert_to<std::int64_t>(); }

// Day by day; nothing once the calendar of holidays says no more, and none of it says how to count back.
std::optional<values::Date> working_days_after(values::Date date, std::int64_t count,
                                               values::Calendar const& calendar) {
  if (count < 0) return std::nullopt;
  for (std::int64_t left = count; left > 0;) {
    ++date.days;
    if (!calendar.through || date > *calendar.through) return std::nullopt;
    auto const weekday = (date.days % 7 + 7) % 7;  // 1970-01-01, day 0, was a Thursday: 2 is a Saturday
    bool const holiday = std::count(calendar.holidays.begin(), calendar.holidays.end(), date) != 0;
    if (weekday != 2 && weekday != 3 && !holiday) --left;
  }
  return date;
}

std::optional<values::Date> shifted(values::Date date, std::int64_t count, values::TermUnit unit,
                                    values::Calendar const& calendar) {
  switch (unit) {
    case values::TermUnit::working_days: return working_days_after(date, count, calendar);
    case values::TermUnit::days: return values::add_days(date, count);
    case values::TermUnit::months: return values::add_months(date, count);
    case values::TermUnit::years: return values::add_months(date, 12 * count);
    default: throw std::logic_error("a date is moved by days, working days, months or years");
  }
}

End shifted(End const& date, End const& count, values::TermUnit unit, bool minus, values::Calendar const& calendar) {
  if (!date || !count) return std::nullopt;
  auto const signed_count = minus ? -whole(*count) : whole(*count);
  auto const day = shifted({static_cast<std::int32_t>(whole(*date))}, signed_count, unit, calendar);
  return day ? End(day->days) : std::nullopt;
}

}  // namespace

// A later date and a longer way both never give an earlier date.
Extent Interpreter::of(check::DateShift const& node, check::Value const&, Place const& place) const {
  auto const date = value(node.date, place);
  auto const count = value(node.count, place);
  auto out = sum(date, count);  // for whether it applies
  if (!out.may_apply) return out;
  auto const& calendar = program_.vocabulary.calendar;
  out.lowest = shifted(date.lowest, node.minus ? count.highest : count.lowest, node.unit, node.minus, calendar);
  out.highest = shifted(date.highest, node.minus ? count.lowest : count.highest, node.unit, node.minus, calendar);
  return out;
}

Extent Interpreter::of(check::Times const& node, check::Value const&, Place const& place) const {
  return times(value(node.of, place), Number(node.factor));
}

Extent Interpreter::of(check::PercentOf const& node, check::Value const&, Place const& place) const {
  return percent_of(value(node.by, place), value(node.of, place));
}

Extent Interpreter::of(check::AsPercentOf const& node, check::Value const&, Place const& place) const {
  return as_percent_of(value(node.part, place), value(node.whole, place));
}

Extent Interpreter::of(check::Choose const& node, check::Value const&, Place const& place) const {
  auto const left = value(node.left, place);
  auto const right = value(node.right, place);
  return node.greater ? greater_of(left, right) : lesser_of(left, right);
}

Extent Interpreter::of(check::Rounded const& node, check::Value const&, Place const& place) const {
  return rounded(value(node.of, place), Number(node.to));
}

Extent Interpreter::of(check::InYear const& node, check::Value const&, Place const& place) const {
  auto const year = value(node.year, place);
  if (!year.may_apply) return does_not_apply();
  auto out = unknown();
  if (year.lowest && year.lowest == year.highest) {
    out = value(node.of, place.at(Standing{node.range, exactly(*year.lowest), std::nullopt}));
  }
  out.may_not_apply = out.may_not_apply || year.may_not_apply;
  return out;
}

namespace {

// A member for which the value does not apply is no part; one for which it may not is a part that may be missing.
void add_member(Parts& parts, Extent const& extent, bool may_be_absent) {
  if (!extent.may_apply) return;
  parts.known.push_back({between(extent.lowest, extent.highest), !may_be_absent && !extent.may_not_apply});
}

}  // namespace

Extent Interpreter::of(check::ListAggregate const& node, check::Value const&, Place const& place) const {
  auto const over = members(node.range, place);
  auto const at = [&](Standing const& standing) {
    auto const extent = node.of == check::kNone ? exactly(1) : value(node.of, place.at(standing));
    return part_of_total(node.aggregate, node.complete, node.of, extent);
  };
  Parts parts;
  for (auto const& member : over.known) {
    std::vector<Truth> held;
    for (auto const filter : node.where) held.push_back(truth(filter, place.at(member.standing)));
    auto const part = at(member.standing);
    bool const left_out = std::any_of(held.begin(), held.end(), [](Truth t) { return (t & values::kYes) == 0; });
    bool const perhaps = std::any_of(held.begin(), held.end(), [](Truth t) { return t != values::kYes; });
    if (!left_out) add_member(parts, part, member.may_be_absent || perhaps);
  }
  if (over.more) {
    parts.more =
        node.of == check::kNone ? exactly(1) : part_of_total(node.aggregate, node.complete, node.of, unknown());
  }
  return aggregated(node.aggregate, node.complete, parts, node.percentile);
}

Extent Interpreter::of(check::YearsAggregate const& node, check::Value const&, Place const& place) const {
  auto const kind = static_cast<vocabulary::YearKindId>(program_.ranges[node.range].which);
  auto const* around = place.find(node.range);
  auto const newest = around == nullptr ? running_year(kind) - 1 : static_cast<int>(whole(*around->member.lowest));
  Parts parts;
  for (int back = 0; back < static_cast<int>(node.last); ++back) {
    auto const there = place.at(year_standing(node.range, newest - back));
    auto const extent = node.of == check::kNone ? exactly(1) : value(node.of, there);
    add_member(parts, part_of_total(node.aggregate, node.complete, node.of, extent), false);
  }
  return aggregated(node.aggregate, node.complete, parts, node.percentile);
}

}  // namespace waymark::reference
