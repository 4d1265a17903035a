// Whether a fallback stands in for a figure: a matter of what the release holds. Where a submission lacks what it would
// be asked for, or the release does not tell, both the figure's own value and the fallback are possible.
#include <algorithm>

#include "engine/review/nodes.hpp"
#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;

namespace {

// What the keys of a lookup found, all parts together.
enum Found : std::uint8_t {
  kAsked = 1,         // some row is surely asked for
  kFound = 2,         // some row is surely there, or nothing is asked because the lookup does not apply
  kNotTold = 4,       // some row may be there
  kPerhapsAsked = 8,  // some key may be asked for, and has no row
};

// The same below an aggregate, for a member that may not be there.
std::uint8_t perhaps(std::uint8_t found) {
  auto out = found & (kNotTold | kPerhapsAsked);
  if ((found & kFound) != 0) out |= kNotTold;
  if ((found & kAsked) != 0) out |= kPerhapsAsked;
  return static_cast<std::uint8_t>(out);
}

// A row without its cell, withheld or not out yet, is as good as no row where the fallback is for what is not
// published.
bool counts(bool published, TableIndex const& table, std::uint32_t column, std::uint32_t row) {
  if (!published || column == kNone) return true;
  auto const known = table.known(column, row);
  return known != values::Known::suppressed && known != values::Known::not_yet_published;
}

}  // namespace

// Over the lookups of the figure's own values that read the fallback's Source, also below an aggregate.
Run::State::FoundRows Run::State::found_any(ValueId id, check::Figure::Fallback const& fallback, DomainId in) {
  auto const& node = program.values[id].node;
  if (auto const* lookup = std::get_if<check::SourceLookup>(&node)) {
    if (lookup->source == fallback.source) return found_rows(id, *lookup, fallback.published, in);
  }
  auto const out = memory.filled(domain(in).rows, std::uint8_t{0});
  if (auto const* aggregate = std::get_if<check::ListAggregate>(&node)) {
    return aggregate->of == kNone ? out : found_below(aggregate->of, fallback, in, child(in, aggregate->range));
  }
  if (auto const* aggregate = std::get_if<check::YearsAggregate>(&node)) {
    bool const around = innermost(in, aggregate->range) != kNone;
    auto const inner = around ? years_before(in, aggregate->range, aggregate->last) : child(in, aggregate->range);
    return found_below(aggregate->of, fallback, in, inner);
  }
  if (auto const* in_year = std::get_if<check::InYear>(&node)) {
    return found_below(in_year->of, fallback, in, year_points(in, in_year->range, id, value(in_year->year, in)));
  }
  for (auto const child_id : children(program.values[id]).values) {
    auto const found = found_any(child_id, fallback, in);
    for (std::size_t row = 0; row < out.size(); ++row) out[row] |= found[row];
  }
  return out;
}

Run::State::FoundRows Run::State::found_below(ValueId id, check::Figure::Fallback const& fallback, DomainId in,
                                              DomainId inner) {
  auto const found = found_any(id, fallback, inner);
  auto const& members = domain(inner);
  auto const out = memory.filled(domain(in).rows, std::uint8_t{0});
  for (std::size_t row = 0; row < found.size(); ++row) {
    bool const may_be_absent = !members.may_be_absent.empty() && members.may_be_absent[row] != 0;
    out[members.parent_of[row]] |= may_be_absent ? perhaps(found[row]) : found[row];
  }
  for (std::size_t row = 0; row < members.and_more.size(); ++row) {
    if (members.and_more[row] != 0) out[row] |= kNotTold;
  }
  return out;
}

Run::State::FoundRows Run::State::found_rows(ValueId id, check::SourceLookup const& node, bool published, DomainId in) {
  auto const& found = lookup_rows(plan.lookup_of[id], in);
  auto const out = memory.filled(domain(in).rows, std::uint8_t{0});
  auto const keys = keys_apply(plan.lookups[plan.lookup_of[id]], in);
  for (std::size_t row = 0; row < out.size(); ++row) {
    auto const applies = keys.empty() ? kApplies : keys[row];
    if ((applies & kApplies) == 0) {
      out[row] = kFound;
      continue;
    }
    auto const* release = table(node.source, moment(in, row));
    if (applies != kApplies || found.and_more(row)) out[row] |= kNotTold;
    for (auto part = found.begin(row); part < found.end(row); ++part) {
      auto const state = found.state(part);
      bool const there = state == PartState::row && counts(published, *release, node.column, found.rows()[part]);
      // What is still to come, or could not be read, may be there; so may a row of which that cannot be told.
      bool const told = state == PartState::row || state == PartState::no_row;
      std::uint8_t const surely = !told ? kNotTold : there ? kFound : kAsked;
      out[row] |= found.may_be_missing(part) ? perhaps(surely) : surely;
    }
  }
  return out;
}

Run::State::FallbackRows Run::State::uses_fallback(check::Figure const& figure, DomainId in) {
  auto const found = memory.filled(domain(in).rows, std::uint8_t{0});
  for (auto const& one : figure.cases) {
    auto const here = found_any(one.value, *figure.fallback, in);
    for (std::size_t row = 0; row < found.size(); ++row) found[row] |= here[row];
  }
  FallbackRows const out{memory.filled(found.size(), std::uint8_t{0}), memory.filled(found.size(), std::uint8_t{0})};
  for (std::size_t row = 0; row < found.size(); ++row) {
    if (found[row] == 0 || (found[row] & kFound) != 0) continue;
    bool const surely = (found[row] & kNotTold) == 0 && (found[row] & kAsked) != 0;
    (surely ? out.used : out.perhaps)[row] = 1;
  }
  return out;
}

Run::State::FallbackRows const& Run::State::fallback_rows(check::FigureId id, DomainId in) {
  return kept(fallback_rows_, in, id, program.figures.size(),
              [&](FallbackRows& out) { out = uses_fallback(program.figures[id], in); });
}

Run::State::FallbackRows Run::State::fallback_where(check::Figure const& figure, DomainId in, Mask& open) {
  auto const out = uses_fallback(figure, in);
  auto const left = memory.array<std::uint8_t>(domain(in).rows);
  for (std::size_t row = 0; row < left.size(); ++row) {
    std::uint8_t const asked = open[row] ? 1 : 0;
    out.used[row] = out.used[row] & asked;
    out.perhaps[row] = out.perhaps[row] & asked;
    left[row] = asked & static_cast<std::uint8_t>(out.used[row] ^ 1U);
  }
  open = Mask(left);
  return out;
}

}  // namespace waymark::review
