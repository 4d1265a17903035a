// Values: each is computed for its canonical domain and gathered elsewhere. The plain ones stand here.
#include <algorithm>

#include "engine/check/walk.hpp"
#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;

Column const& Run::State::value(ValueId asked, DomainId in) {
  auto const id = plan.same_as[asked];
  return kept(values_, in, id, program.values.size(), [&](Column& out) {
    auto const own = canonical(in, plan.needs_of_value(id));
    if (own == in) {
      out = compute(id, in);
      return;
    }
    auto const entries = entries_of_each(in, own);
    auto const faults = faults_of([&] {
      auto const& of_own = value(id, own);
      out = entries != 0 ? of_own.repeated(entries, memory) : of_own.gathered(*mapping(in, own), memory);
    });
    fault_where(faults, in, [](std::size_t) { return true; });  // a case without a row here does not ask
  });
}

Column Run::State::compute(ValueId id, DomainId in) {
  return std::visit(check::Overloaded{
                        [&](check::Constant const&) { return constant(id, in); },
                        [&](check::Fact const& node) { return fact_column(node.fact, in); },
                        [&](check::Member const& node) { return member_column(node.range, in); },
                        [&](check::RowKey const& node) { return row_key(node, in); },
                        [&](check::RowColumn const& node) { return row_column(node, in); },
                        [&](check::FigureRef const& node) -> Column { return figure(node.figure, in); },
                        [&](check::ThresholdRef const& node) -> Column { return threshold(node.threshold, in); },
                        [&](check::ReviewDate const&) { return review_date(in); },
                        [&](check::RunningYear const& node) { return running_year(node, in); },
                        [&](check::Sum const& node) { return sum(id, node, in); },
                        [&](check::DateShift const& node) { return date_shift(id, node, in); },
                        [&](check::Times const& node) { return times(id, node, in); },
                        [&](check::PercentOf const& node) { return percent_of(node, in); },
                        [&](check::AsPercentOf const& node) { return as_percent_of(node, in); },
                        [&](check::Choose const& node) { return choose(node, in); },
                        [&](check::Rounded const& node) { return rounded(id, node, in); },
                        [&](check::InYear const& node) { return in_year(id, node, in); },
                        [&](check::SourceLookup const& node) { return source_lookup(id, node, in); },
                        [&](check::ListAggregate const& node) { return list_aggregate(id, node, in); },
                        [&](check::YearsAggregate const& node) { return years_aggregate(id, node, in); },
                    },
                    program.values[id].node);
}

Column Run::State::constant(ValueId id, DomainId in) const {
  return Column::of(std::span(&plan.constants[id], 1)).alike(domain(in).rows);
}

Column Run::State::review_date(DomainId in) const {
  auto const days = memory.array<Steps>(has_one_moment() ? 1 : domain(in).rows);
  if (has_one_moment()) {
    days[0] = moments.front().date.days;
    return Column::of(days).alike(domain(in).rows);
  }
  for (std::size_t row = 0; row < days.size(); ++row) days[row] = moments[moment(in, row)].date.days;
  return Column::of(days);
}

Column Run::State::running_year(check::RunningYear const& node, DomainId in) const {
  auto const years_of_rows = memory.array<Steps>(domain(in).rows);
  for (std::size_t row = 0; row < years_of_rows.size(); ++row) {
    years_of_rows[row] = newest_year(moment(in, row), node.kind) + 1 + node.offset;
  }
  return Column::of(years_of_rows);
}

Column Run::State::row_key(check::RowKey const& node, DomainId in) const {
  auto const outer = innermost_rows(in, node.source);
  WAYMARK_CHECK(outer != kNone, "the key of a row where there is no row");
  auto const table_rows = members_of(in, outer);
  auto const words_of_rows = memory.array<Steps>(table_rows.size());
  for (std::size_t row = 0; row < words_of_rows.size(); ++row) {
    auto const* release = table(node.source, moment(in, row));
    words_of_rows[row] = release->word(node.key, static_cast<std::uint32_t>(table_rows[row]));
  }
  return Column::of(words_of_rows);
}

Column Run::State::row_column(check::RowColumn const& node, DomainId in) const {
  auto const outer = innermost_rows(in, node.source);
  WAYMARK_CHECK(outer != kNone, "the column of a row where there is no row");
  auto const table_rows = members_of(in, outer);
  ColumnBuilder out(memory, table_rows.size(), false);
  for (std::size_t row = 0; row < table_rows.size(); ++row) {
    auto const* release = table(node.source, moment(in, row));
    out.set(row, release->cell(node.column, static_cast<std::uint32_t>(table_rows[row])));
  }
  return out.take();
}

// The years in question become a domain of their own, in which `of` is a yearly value like any other.
Column Run::State::in_year(ValueId id, check::InYear const& node, DomainId in) {
  auto const& year = value(node.year, in);
  auto const points = year_points(in, node.range, id, year);
  auto const& found = value(node.of, points);
  ColumnBuilder out(memory, domain(in).rows, found.ratio());
  auto const& offsets = domain(points).offsets;
  for (std::size_t row = 0; row < domain(in).rows; ++row) {
    auto const at = offsets[row];
    if (at == offsets[row + 1]) {
      out.set(row, Bounds{});
      out.set_applies(row, year.applies(row));
      continue;
    }
    if (found.ratio()) out.set(row, found.ratios(at));
    if (!found.ratio()) out.set(row, found.whole(at));
    out.set_applies(row, both(found.applies(at), year.applies(row)));
  }
  return out.take();
}

}  // namespace waymark::review
