// Aggregates over the members of a range and over years: a column of an inner domain, brought together by outer row.
#include <algorithm>

#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;
using check::Range;
using grammar::Aggregate;

struct Run::State::Fold {
  ValueId id;
  Aggregation how;
  DomainId inner;
  std::uint32_t first;  // at most so many members of each row
  Column const* of;     // null: the members themselves are counted
  Keeps keep;           // by member, where some are left out: a Keep
};

namespace {

template <class Bound>
std::optional<PartOf<Bound>> member_part(Column const* of, std::size_t row, Bound lowest, Bound highest, bool perhaps) {
  auto const applies = of == nullptr ? kApplies : of->applies(row);
  if ((applies & kApplies) == 0) return std::nullopt;  // a member that does not apply is no part
  return PartOf<Bound>{lowest, highest, perhaps || (applies & kExempt) != 0};
}

}  // namespace

void Run::State::put_aggregate(ColumnBuilder& out, std::size_t row, RatioBounds const& bounds, ValueId id,
                               DomainId in) {
  if (out.ratio()) {
    out.set(row, bounds);
  } else {
    out.set(row, whole_steps(bounds, id, in, row));
  }
}

Column Run::State::folded(Fold const& fold, DomainId in) {
  auto const& inner = domain(fold.inner);
  bool const of_ratios = fold.of != nullptr && fold.of->ratio();
  bool const counts = fold.how.aggregate == Aggregate::number;
  ColumnBuilder out(memory, domain(in).rows, fold.how.aggregate == Aggregate::average || (of_ratios && !counts));
  WholeParts whole;
  RatioParts ratios;
  for (std::size_t row = 0; row < domain(in).rows; ++row) {
    whole.clear();
    ratios.clear();
    whole.and_more = ratios.and_more = !inner.and_more.empty() && inner.and_more[row] != 0;
    auto const begin = inner.offsets[row];
    auto const end = begin + std::min(fold.first, inner.offsets[row + 1] - begin);
    for (auto at = begin; at < end; ++at) {
      auto const keep = fold.keep.empty() ? kIn : static_cast<Keep>(fold.keep[at]);
      if (keep == kOut) continue;
      bool const perhaps = keep == kPerhaps || (!inner.may_be_absent.empty() && inner.may_be_absent[at] != 0);
      if (of_ratios) {
        auto const bounds = fold.of->ratios(at);
        if (auto const part = member_part(fold.of, at, bounds.lowest, bounds.highest, perhaps))
          ratios.parts.push_back(*part);
      } else {
        auto const bounds = fold.of == nullptr ? Bounds{0, 0} : fold.of->whole(at);
        if (auto const part = member_part(fold.of, at, bounds.lowest, bounds.highest, perhaps))
          whole.parts.push_back(*part);
      }
    }
    put_aggregate(out, row, of_ratios ? aggregated(fold.how, ratios) : aggregated(fold.how, whole), fold.id, in);
  }
  return out.take();
}

Column Run::State::list_aggregate(ValueId id, check::ListAggregate const& node, DomainId in) {
  auto const inner = child(in, node.range);
  auto const* of = node.of == kNone ? nullptr : &value(node.of, inner);
  Keeps keep;
  if (!node.where.empty()) keep = memory.filled(domain(inner).rows, std::uint8_t{kIn});
  for (auto const filter : node.where) leave_out(keep, truth(filter, inner));
  return folded({id, {node.aggregate, node.complete, never_negative(node.of), node.percentile}, inner, kNone, of, keep},
                in);
}

// Inside a yearly figure the years are that year and those before it.
Column Run::State::years_aggregate(ValueId id, check::YearsAggregate const& node, DomainId in) {
  auto const inner =
      innermost(in, node.range) == kNone ? child(in, node.range) : years_before(in, node.range, node.last);
  return folded({id,
                 {node.aggregate, node.complete, never_negative(node.of), node.percentile},
                 inner,
                 node.last,
                 &value(node.of, inner),
                 {}},
                in);
}

bool Run::State::never_negative(ValueId part) const {
  if (part == kNone) return true;
  auto const kind = program.values[part].type.kind;
  bool const counted = kind == vocabulary::Kind::count || kind == vocabulary::Kind::money;
  return counted && !plan.dependencies.value_may_be_negative[part];
}

}  // namespace waymark::review
