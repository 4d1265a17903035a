// Aggregates by bounds: each end is the least or the most that some choice of the parts gives.
#include "engine/review/aggregates.hpp"

#include <algorithm>
#include <optional>

namespace waymark::review {
namespace {

using grammar::Aggregate;

constexpr RatioBounds kUnknown{};

Ratio as_ratio(Steps n) { return values::ratio_of(n); }
Ratio as_ratio(Ratio r) { return r; }
bool finite(Steps n) { return is_finite(n); }
bool finite(Ratio r) { return values::is_finite(r); }

template <class Bound>
bool all_exact(PartsOf<Bound> const& parts) {
  return !parts.and_more && std::all_of(parts.parts.begin(), parts.parts.end(), [](auto const& part) {
    return !part.may_be_missing && finite(part.lowest) && !less(part.lowest, part.highest);
  });
}

template <class Bound>
bool some_is_certain(PartsOf<Bound> const& parts) {
  return std::any_of(parts.parts.begin(), parts.parts.end(), [](auto const& part) { return !part.may_be_missing; });
}

RatioBounds total(WholeParts const& parts, bool never_negative) {
  Int128 lowest = 0;
  Int128 highest = 0;
  bool no_lowest = parts.and_more && !never_negative && parts.further.lowest < 0;
  bool no_highest = parts.and_more && parts.further.highest > 0;
  for (auto const& part : parts.parts) {
    auto low = never_negative ? std::max<Steps>(part.lowest, 0) : part.lowest;
    auto high = part.highest;
    if (part.may_be_missing) {
      low = std::min<Steps>(low, 0);
      high = std::max<Steps>(high, 0);
    }
    no_lowest = no_lowest || low == values::kNoLowest;
    no_highest = no_highest || high == values::kNoHighest;
    if (!no_lowest) lowest += low;
    if (!no_highest) highest += high;
  }
  return {no_lowest ? values::kRatioNoLowest : Ratio{lowest, 1},
          no_highest ? values::kRatioNoHighest : Ratio{highest, 1}};
}

template <class Bound>
RatioBounds number(PartsOf<Bound> const& parts) {
  auto const certain =
      std::count_if(parts.parts.begin(), parts.parts.end(), [](auto const& p) { return !p.may_be_missing; });
  auto const most = static_cast<Int128>(parts.parts.size());
  return {Ratio{certain, 1}, parts.and_more ? values::kRatioNoHighest : Ratio{most, 1}};
}

// Parts that may be missing, or of which there may be more, only ever move the far end.
template <class Bound>
RatioBounds highest(PartsOf<Bound> const& parts) {
  Bound low = lowest_end(Bound{});
  Bound high = parts.and_more ? parts.further.highest : lowest_end(Bound{});
  for (auto const& part : parts.parts) {
    if (!part.may_be_missing) low = larger(low, part.lowest);
    high = larger(high, part.highest);
  }
  return {as_ratio(low), as_ratio(high)};
}

template <class Bound>
RatioBounds lowest(PartsOf<Bound> const& parts) {
  Bound low = parts.and_more ? parts.further.lowest : highest_end(Bound{});
  Bound high = highest_end(Bound{});
  for (auto const& part : parts.parts) {
    low = smaller(low, part.lowest);
    if (!part.may_be_missing) high = smaller(high, part.highest);
  }
  return {as_ratio(low), as_ratio(high)};
}

// The least mean: all certain parts, and of the others, the smallest first, each that still lowers it. `sign` -1: the
// greatest mean, negated.
struct Mean {
  Int128 sum = 0;
  Steps count = 0;
};
std::optional<Mean> least_mean(std::vector<PartOf<Steps>> const& parts, Steps sign) {
  Mean mean;
  std::vector<Steps> optional;
  for (auto const& part : parts) {
    auto const bound = sign > 0 ? part.lowest : part.highest;
    if (!is_finite(bound)) return std::nullopt;
    if (part.may_be_missing) {
      optional.push_back(sign * bound);
    } else {
      mean.sum += sign * bound;
      ++mean.count;
    }
  }
  std::sort(optional.begin(), optional.end());
  for (auto const bound : optional) {
    if (Int128{bound} * mean.count >= mean.sum) break;
    mean.sum += bound;
    ++mean.count;
  }
  return mean;
}

RatioBounds average(WholeParts const& parts) {
  if (parts.and_more) return kUnknown;
  auto const least = least_mean(parts.parts, 1);
  auto const most = least_mean(parts.parts, -1);
  return {least ? Ratio{least->sum, least->count} : values::kRatioNoLowest,
          most ? Ratio{-most->sum, most->count} : values::kRatioNoHighest};
}

// The least (or greatest) member at the nearest rank: all certain parts with the smallest (greatest) of the others,
// however many of those serve it best.
template <class Bound>
Bound extreme_percentile(std::vector<PartOf<Bound>> const& parts, std::uint32_t percentile, bool least) {
  auto const place = [&](std::size_t count) { return (percentile * count + 99) / 100 - 1; };
  std::vector<Bound> taken;
  std::vector<Bound> optional;
  for (auto const& part : parts) {
    (part.may_be_missing ? optional : taken).push_back(least ? part.lowest : part.highest);
  }
  auto const up = [](Bound const& a, Bound const& b) { return less(a, b); };
  std::sort(taken.begin(), taken.end(), up);
  std::sort(optional.begin(), optional.end(),
            [&](Bound const& a, Bound const& b) { return least ? up(a, b) : up(b, a); });
  auto best = taken[place(taken.size())];
  for (auto const& bound : optional) {
    taken.insert(std::upper_bound(taken.begin(), taken.end(), bound, up), bound);
    auto const member = taken[place(taken.size())];
    best = least ? smaller(best, member) : larger(best, member);
  }
  return best;
}

template <class Bound>
RatioBounds nearest_rank(PartsOf<Bound> const& parts, std::uint32_t percentile) {
  if (parts.and_more) return kUnknown;
  return {as_ratio(extreme_percentile(parts.parts, percentile, true)),
          as_ratio(extreme_percentile(parts.parts, percentile, false))};
}

template <class Bound>
RatioBounds of_members(Aggregation const& how, PartsOf<Bound> const& parts) {
  // Without a part that is surely there it may be one of nothing, which is unknown.
  if (!some_is_certain(parts)) return kUnknown;
  switch (how.aggregate) {
    case Aggregate::highest: return highest(parts);
    case Aggregate::lowest: return lowest(parts);
    case Aggregate::median: return nearest_rank(parts, 50);
    case Aggregate::percentile: return nearest_rank(parts, how.percentile);
    default: WAYMARK_CHECK(false, "an aggregate that does not exist"); return kUnknown;
  }
}

}  // namespace

RatioBounds aggregated(Aggregation const& how, WholeParts const& parts) {
  if (how.complete && !all_exact(parts)) return kUnknown;
  switch (how.aggregate) {
    case Aggregate::total: return total(parts, how.never_negative);
    case Aggregate::number: return number(parts);
    case Aggregate::average: return some_is_certain(parts) ? average(parts) : kUnknown;
    default: return of_members(how, parts);
  }
}

RatioBounds aggregated(Aggregation const& how, RatioParts const& parts) {
  if (how.complete && !all_exact(parts)) return kUnknown;
  if (how.aggregate == Aggregate::number) return number(parts);
  return of_members(how, parts);
}

}  // namespace waymark::review
