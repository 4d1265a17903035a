// Facts: the batch's own columns where the domain runs over the very values of a field, picked from them elsewhere.
#include <algorithm>
#include <numeric>

#include "engine/review/state.hpp"

namespace waymark::review {

using cases::FactColumn;
using cases::FieldColumn;
using check::kNone;
using check::Range;
using vocabulary::Dimension;

namespace {

Dimension const* dimension(vocabulary::Field const& field, Dimension::Of of) {
  auto const found = std::find_if(field.each.begin(), field.each.end(), [&](auto const& d) { return d.of == of; });
  return found == field.each.end() ? nullptr : &*found;
}

Bounds missing(vocabulary::Field const& field) {
  return {field.lowest.value_or(values::kNoLowest), field.highest.value_or(values::kNoHighest)};
}

}  // namespace

check::RangeId Run::State::range_of(Range::Of of, std::uint32_t which) const {
  auto const& ranges = program.ranges;
  auto const found =
      std::find_if(ranges.begin(), ranges.end(), [&](Range const& r) { return r.of == of && r.which == which; });
  WAYMARK_CHECK(found != ranges.end(), "a fact for each member of a range that the policy does not have");
  return static_cast<check::RangeId>(found - ranges.begin());
}

FieldColumn const& Run::State::field_column(check::FactRef const& fact) const {
  if (fact.outer == kNone) return batch->facts.fields[fact.position];
  return batch->facts.fields[fact.outer].members.front().fields[fact.position];
}

// A list of records has a row for each member; a nested record has one a case, as the record itself.
bool Run::State::in_record_list(check::FactRef const& fact) const {
  if (fact.outer == kNone) return false;
  return words().fields[words().records[program.record].fields[fact.outer]].quantity.type.list;
}

Rows Run::State::record_rows(check::FactRef const& fact, DomainId in) const {
  if (!in_record_list(fact)) return domain(in).case_of;
  auto const outer = innermost(in, range_of(Range::Of::list_field, fact.outer));
  WAYMARK_CHECK(outer != kNone, "a member's fact outside its list");
  auto const members = members_of(in, outer);
  auto const rows = memory.array<std::uint32_t>(members.size());
  std::transform(members.begin(), members.end(), rows.begin(), [](Steps m) { return static_cast<std::uint32_t>(m); });
  return rows;
}

Rows Run::State::fact_places(check::FactRef const& fact, DomainId in) const {
  auto const places = memory.copy(record_rows(fact, in));
  auto const& of = field(fact);
  if (auto const* choice = dimension(of, Dimension::Of::choice)) {
    auto const outer = innermost(in, range_of(Range::Of::choice, choice->which));
    WAYMARK_CHECK(outer != kNone, "a fact for each entry of a choice, and no entry is said");
    auto const entries = static_cast<std::uint32_t>(words().choices[choice->which].entries.size());
    auto const members = members_of(in, outer);
    for (std::size_t row = 0; row < places.size(); ++row) {
      places[row] = places[row] * entries + static_cast<std::uint32_t>(members[row]);
    }
  }
  if (auto const* year = dimension(of, Dimension::Of::year)) {
    auto const outer = innermost(in, range_of(Range::Of::years, year->which));
    WAYMARK_CHECK(outer != kNone, "a yearly fact, and no year is said");
    auto const members = members_of(in, outer);
    auto const& column = field_column(fact);
    for (std::size_t row = 0; row < places.size(); ++row) {
      auto const begin = column.years.begin() + column.offsets[places[row]];
      auto const end = column.years.begin() + column.offsets[places[row] + 1];
      auto const found = std::lower_bound(begin, end, static_cast<std::int32_t>(members[row]));
      bool const there = found != end && *found == members[row];
      places[row] = there ? static_cast<std::uint32_t>(found - column.years.begin()) : kNoRow;
    }
  }
  return places;
}

// A field of a nested record is another one in each field that holds such a record.
std::size_t Run::State::number_of(check::FactRef const& fact) const {
  std::size_t const holder = fact.outer == kNone ? 0 : fact.outer + 1;
  return holder * words().fields.size() + fact.field;
}
std::size_t Run::State::fact_numbers() const {
  return (words().records[program.record].fields.size() + 1) * words().fields.size();
}

Rows Run::State::kept_records(check::FactRef const& fact, DomainId in) {
  return kept(fact_records_, in, number_of(fact), fact_numbers(), [&](Rows& out) { out = record_rows(fact, in); });
}

Rows Run::State::kept_places(check::FactRef const& fact, DomainId in) {
  return kept(fact_places_, in, number_of(fact), fact_numbers(), [&](Rows& out) { out = fact_places(fact, in); });
}

// Whether the domain's rows are the field's values, one by one.
bool Run::State::in_place(check::FactRef const& fact, DomainId in) const {
  auto const& of = field(fact);
  auto const& path = domain(in).path;
  if (dimension(of, Dimension::Of::year) != nullptr || path.front() != kCases) return false;
  auto const* choice = dimension(of, Dimension::Of::choice);
  if (in_record_list(fact)) {
    return choice == nullptr && path.size() == 2 && domain(in).range == range_of(Range::Of::list_field, fact.outer);
  }
  if (choice == nullptr) return in == kCases;
  return path.size() == 2 && domain(in).range == range_of(Range::Of::choice, choice->which);
}

Column Run::State::fact_column(check::FactRef const& fact, DomainId in) {
  auto const& of = field(fact);
  if (of.quantity.type.list) return list_column(fact, in);
  auto const& from = checked(fact);
  if (in_place(fact, in)) {
    return held != nullptr && is_as_submitted(fact) ? held->column(from) : column_of(from, memory);
  }
  auto const places = fact_places(fact, in);
  ColumnBuilder out(memory, places.size(), false);
  for (std::size_t row = 0; row < places.size(); ++row) {
    auto const at = places[row];
    out.set(row, at == kNoRow ? missing(of) : Bounds{from.lowest[at], from.highest[at]});
  }
  return out.take();
}

// A list by itself has no number; it is known or it is not.
Column Run::State::list_column(check::FactRef const& fact, DomainId in) {
  auto const& column = field_column(fact);
  auto const& from = checked(fact);
  auto const rows = record_rows(fact, in);
  ColumnBuilder out(memory, rows.size(), false);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    bool known = column.list_known[rows[row]] == values::Known::exactly;
    auto const end = column.offsets[rows[row] + 1];
    for (auto i = column.offsets[rows[row]]; column.members.empty() && i < end; ++i) {
      known = known && from.lowest[i] == from.highest[i];
    }
    out.set(row, known ? Bounds{0, 0} : Bounds{});
  }
  return out.take();
}

Column Run::State::member_column(check::RangeId range, DomainId in) {
  auto const outer = innermost(in, range);
  WAYMARK_CHECK(outer != kNone, "a member outside its range");
  auto const& of = program.ranges[range];
  if (of.of != Range::Of::list_field) return Column::of(members_of(in, outer));
  check::FactRef const fact{kNone, of.which, words().records[program.record].fields[of.which]};
  if (field(fact).quantity.type.kind == vocabulary::Kind::record) return Column::of(members_of(in, outer));
  auto const& from = checked(fact);
  // The rows below the cases are the list's members in their order.
  auto const rows = up(in, outer);
  ColumnBuilder out(memory, rows.size(), false);
  auto const& column = field_column(fact);
  auto const& level = domain(outer);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    auto const nth = rows[row] - level.offsets[level.parent_of[rows[row]]];
    auto const at = column.offsets[level.case_of[rows[row]]] + nth;
    out.set(row, Bounds{from.lowest[at], from.highest[at]});
  }
  return out.take();
}

}  // namespace waymark::review
