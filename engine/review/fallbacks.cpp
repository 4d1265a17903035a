// Whether a fallback stands in for a figure: a matter of what the release holds, never of what a submission lacks.
#include <algorithm>

#include "engine/review/nodes.hpp"
#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;

namespace {

// What the keys of a lookup found, all parts together.
enum Found : std::uint8_t { kAsked = 1, kFound = 2, kNotTold = 4 };

// A row without its cell, withheld or not out yet, is as good as no row where the fallback is for what is not
// published.
bool counts(bool published, TableIndex const& table, std::uint32_t column, std::uint32_t row) {
  if (!published || column == kNone) return true;
  auto const known = table.known(column, row);
  return known != values::Known::suppressed && known != values::Known::not_yet_published;
}

}  // namespace

// Over the lookups of the figure's own values that read the fallback's Source, also below an aggregate.
std::vector<std::uint8_t> Run::State::found_any(ValueId id, check::Figure::Fallback const& fallback, DomainId in) {
  auto const& node = program.values[id].node;
  if (auto const* lookup = std::get_if<check::SourceLookup>(&node)) {
    if (lookup->source == fallback.source) return found_rows(id, *lookup, fallback.published, in);
  }
  std::vector<std::uint8_t> out(domain(in).rows);
  auto const join = [&](std::vector<std::uint8_t> const& below, std::vector<std::uint32_t> const* to) {
    for (std::size_t row = 0; row < below.size(); ++row) out[to == nullptr ? row : (*to)[row]] |= below[row];
  };
  if (auto const* aggregate = std::get_if<check::ListAggregate>(&node)) {
    if (aggregate->of == kNone) return out;
    auto const inner = child(in, aggregate->range);
    join(found_any(aggregate->of, fallback, inner), &domain(inner).parent_of);
    return out;
  }
  if (auto const* aggregate = std::get_if<check::YearsAggregate>(&node)) {
    bool const around = innermost(in, aggregate->range) != kNone;
    auto const inner = around ? years_before(in, aggregate->range, aggregate->last) : child(in, aggregate->range);
    join(found_any(aggregate->of, fallback, inner), &domain(inner).parent_of);
    return out;
  }
  if (auto const* in_year = std::get_if<check::InYear>(&node)) {
    auto const points = year_points(in, in_year->range, id, value(in_year->year, in));
    join(found_any(in_year->of, fallback, points), &domain(points).parent_of);
    return out;
  }
  for (auto const child_id : children(program.values[id]).values) join(found_any(child_id, fallback, in), nullptr);
  return out;
}

std::vector<std::uint8_t> Run::State::found_rows(ValueId id, check::SourceLookup const& node, bool published,
                                                 DomainId in) {
  auto const& found = lookup_rows(plan.lookup_of[id], in);
  std::vector<std::uint8_t> out(domain(in).rows);
  for (std::size_t row = 0; row < out.size(); ++row) {
    auto const* release = table(node.source, moment(in, row));
    if (found.and_more[row] != 0) out[row] |= kNotTold;
    for (auto part = found.offsets[row]; part < found.offsets[row + 1]; ++part) {
      out[row] |= kAsked;
      // Nothing is known of what is still to come, or could not be read: a fallback would be a guess.
      auto const state = found.states[part];
      bool const told = state == PartState::row || state == PartState::no_row;
      if (!told) out[row] |= kNotTold;
      bool const there = found.states[part] == PartState::row;
      if (there && counts(published, *release, node.column, found.rows[part])) out[row] |= kFound;
    }
  }
  return out;
}

std::vector<std::uint8_t> Run::State::uses_fallback(check::Figure const& figure, DomainId in) {
  std::vector<std::uint8_t> out(domain(in).rows);
  for (auto const& one : figure.cases) {
    auto const found = found_any(one.value, *figure.fallback, in);
    for (std::size_t row = 0; row < out.size(); ++row) out[row] |= found[row];
  }
  for (auto& found : out) found = found == kAsked ? 1 : 0;
  return out;
}

}  // namespace waymark::review
