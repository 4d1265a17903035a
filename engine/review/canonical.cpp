// Where a node is evaluated: in the domain of the ranges on which it depends and of no others, so that it is computed
// once for all who ask; and how such a domain's rows are found from a larger one's.
#include <algorithm>
#include <numeric>

#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;

namespace {

bool is_rows(Domain const& domain) {
  return domain.level == Domain::Level::list_rows || domain.level == Domain::Level::lookup_rows;
}

}  // namespace

DomainId Run::State::innermost(DomainId id, check::RangeId range) const {
  auto const& path = domain(id).path;
  auto const found = std::find_if(path.rbegin(), path.rend(), [&](DomainId d) { return domain(d).range == range; });
  return found == path.rend() ? kNone : *found;
}

DomainId Run::State::innermost_years(DomainId id) const {
  auto const& path = domain(id).path;
  auto const found = std::find_if(path.rbegin(), path.rend(), [&](DomainId d) { return domain(d).years; });
  return found == path.rend() ? kNone : *found;
}

DomainId Run::State::innermost_rows(DomainId id, vocabulary::SourceId source) const {
  auto const& path = domain(id).path;
  auto const found = std::find_if(path.rbegin(), path.rend(),
                                  [&](DomainId d) { return is_rows(domain(d)) && domain(d).source == source; });
  return found == path.rend() ? kNone : *found;
}

Rows Run::State::up(DomainId from, DomainId outer) const {
  auto const rows = memory.array<std::uint32_t>(domain(from).rows);
  std::iota(rows.begin(), rows.end(), 0U);
  for (auto at = from; at != outer; at = domain(at).parent) {
    auto const& parent_of = domain(at).parent_of;
    for (auto& row : rows) row = parent_of[row];
  }
  return rows;
}

std::uint32_t Run::State::row_above(Frame frame, DomainId outer) const {
  for (auto at = frame.domain; at != outer; at = domain(at).parent) frame.row = domain(at).parent_of[frame.row];
  return frame.row;
}

std::span<Steps const> Run::State::members_of(DomainId id, DomainId outer) const {
  auto const& member = domain(outer).member;
  if (id == outer) return member;
  auto const rows = up(id, outer);
  auto const out = memory.array<Steps>(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) out[i] = member[rows[i]];
  return out;
}

std::optional<std::span<Steps const>> Run::State::years(DomainId id) const {
  auto const outer = innermost_years(id);
  if (outer == kNone) return std::nullopt;
  return members_of(id, outer);
}

// By level of the path: whether it is needed, and not hidden by an inner one of the same range.
std::vector<bool> Run::State::selected(Domain const& from, Needs const& needs) const {
  std::vector<bool> out(from.path.size());
  for (std::size_t i = 0; i < from.path.size(); ++i) {
    auto const& level = domain(from.path[i]);
    auto const innermost_of = [&](DomainId d) { return d == from.path[i]; };
    auto const self = from.path.back();
    if (is_rows(level)) {
      out[i] = std::binary_search(needs.rows.begin(), needs.rows.end(), level.source) &&
               innermost_of(innermost_rows(self, level.source));
    } else if (level.years) {
      out[i] = needs.years && innermost_of(innermost(self, level.range));
    } else if (level.level == Domain::Level::range) {
      out[i] = std::binary_search(needs.ranges.begin(), needs.ranges.end(), level.range) &&
               innermost_of(innermost(self, level.range));
    }
  }
  return out;
}

DomainId Run::State::find_canonical(DomainId id, Needs const& needs) {
  auto const path = domain(id).path;
  auto const wanted = selected(domain(id), needs);
  std::size_t base = 0;  // all that stands above a dependent level stays
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (wanted[i] && domain(path[i]).dependent()) base = i;
  }
  std::vector<check::RangeId> members;
  std::vector<check::RangeId> year_ranges;
  for (auto i = base + 1; i < path.size(); ++i) {
    if (wanted[i]) (domain(path[i]).years ? year_ranges : members).push_back(domain(path[i]).range);
  }
  std::sort(members.begin(), members.end());
  auto out = path[base];
  for (auto const range : members) out = child(out, range);
  for (auto const range : year_ranges) out = child(out, range);
  return out;
}

// Where it serves again, nothing stands between it and the cases that could have faults; otherwise it is gone through
// once more, for the faults and for the rows.
DomainId Run::State::canonical(DomainId id, NeedsId needs) {
  if (canonical_.size() <= id) canonical_.resize(id + 1);
  if (canonical_[id].empty()) canonical_[id].resize(plan.dependencies.sets.size());
  auto known = canonical_[id][needs];
  if (known.batch == batch_number_) return known.domain;
  bool const serves =
      known.domain != kNone && domain(known.domain).is_filled && domain(known.domain).filled_for != batch_number_;
  known = {serves ? known.domain : find_canonical(id, plan.dependencies.sets[needs]), batch_number_};
  canonical_[id][needs] = known;
  return known.domain;
}

// The nth member of a level is the nth of the same range around it.
void Run::State::find_mapping(DomainId from, DomainId to, std::vector<std::uint32_t>& rows) const {
  auto const& source = domain(from).path;
  auto const& target = domain(to).path;
  auto const shared = std::mismatch(source.begin(), source.end(), target.begin(), target.end()).second;
  auto const outermost = up(from, *(shared - 1));
  rows.assign(outermost.begin(), outermost.end());
  for (auto at = shared; at != target.end(); ++at) {
    auto const& level = domain(*at);
    auto const outer = innermost(from, level.range);
    auto const& members = domain(outer);
    auto const outer_rows = up(from, outer);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto const nth = outer_rows[i] - members.offsets[members.parent_of[outer_rows[i]]];
      rows[i] = level.offsets[rows[i]] + nth;
    }
  }
}

std::vector<std::uint32_t> const* Run::State::mapping(DomainId from, DomainId to) {
  if (from == to) return nullptr;
  auto& kept = mappings_[{from, to}];
  if (kept.batch < std::max(domain(from).filled_for, domain(to).filled_for)) {
    find_mapping(from, to, kept.rows);
    kept.batch = batch_number_;
  }
  return &kept.rows;
}

}  // namespace waymark::review
