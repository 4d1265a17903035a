// Columns: views and their own data, and how ratios are ordered quickly.
#include "engine/review/column.hpp"

#include <algorithm>

#include "engine/review/wide.hpp"

namespace waymark::review {
namespace {

// The bits of all that have an end, of a number below 0 those of the one above its opposite; all, where one does not
// fit. Of a number that fits the first half is nothing but the sign of the second. One without an end has the other
// sign there, and so has nothing else that steps can be.
WAYMARK_WIDE std::uint32_t narrow_into(std::span<Steps const> steps, Narrow* __restrict out) {
  constexpr std::uint32_t kSign = 0x80000000U;
  std::uint32_t bits = 0;
  std::uint32_t others = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto const n = static_cast<std::uint64_t>(steps[i]);
    auto const second = static_cast<std::uint32_t>(n);
    auto const sign = static_cast<std::uint32_t>(static_cast<Narrow>(second) >> 31);
    auto const differs = static_cast<std::uint32_t>(n >> 32U) ^ sign;
    auto const endless = static_cast<std::uint32_t>(static_cast<Narrow>(differs) >> 31);
    out[i] = static_cast<Narrow>(second ^ (differs & kSign));
    bits |= (second ^ sign) & ~endless;
    others |= differs & ~kSign;
  }
  return others == 0 ? bits : ~std::uint32_t{0};
}

// The least and the most of steps that have an end.
struct FiniteEnds {
  Steps least = 0, most = 0;
  WAYMARK_INLINE void add(Steps n) {
    auto const finite = chosen(is_endless(n), Steps{0}, n);
    least = finite < least ? finite : least;
    most = finite > most ? finite : most;
  }
  bool within(Steps limit) const { return least >= -limit && most <= limit; }
};

WAYMARK_WIDE FiniteEnds find_ends(std::span<Steps const> steps) {
  FiniteEnds out;
  for (auto const n : steps) out.add(n);
  return out;
}

WAYMARK_WIDE void widen_into(std::span<Narrow const> steps, Steps* __restrict out) {
  for (std::size_t i = 0; i < steps.size(); ++i) out[i] = as_steps(steps[i]);
}

bool fits_crosswise(Ratio r) {
  constexpr auto kLimit = Int128{1} << 62;
  return r.numerator < kLimit && r.numerator > -kLimit;
}

template <class Item>
std::span<Item const> picked(Item const* items, std::span<std::uint32_t const> rows, Memory& memory) {
  auto const out = memory.array<Item>(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) out[i] = items[rows[i]];
  return out;
}

constexpr std::size_t kAtOnce = 8;  // what is written too far is written again for the next item

template <class Item>
std::span<Item const> repeated(std::span<Item const> items, std::size_t times, Memory& memory) {
  auto const out = memory.array<Item>(items.size() * times + kAtOnce);
  auto* at = out.data();
  for (auto const& item : items) {
    for (std::size_t i = 0; i < kAtOnce; ++i) at[i] = item;
    for (auto i = kAtOnce; i < times; ++i) at[i] = item;
    at += times;
  }
  return out.first(items.size() * times);
}

}  // namespace

bool less(Ratio a, Ratio b) {
  bool const finite = values::is_finite(a) && values::is_finite(b);
  if (!finite || !fits_crosswise(a) || !fits_crosswise(b)) return values::compare(a, b) < 0;
  return a.numerator * b.denominator < b.numerator * a.denominator;
}

Column Column::of(std::span<Steps const> lowest, std::span<Steps const> highest, std::span<Applies const> applies) {
  Column out;
  out.rows_ = lowest.size();
  out.lowest_ = lowest.data();
  out.highest_ = highest.empty() ? lowest.data() : highest.data();
  out.set_applies(applies);
  return out;
}

Column Column::of(std::span<Ratio const> lowest, std::span<Ratio const> highest, std::span<Applies const> applies) {
  Column out;
  out.kind_ = Kind::ratios;
  out.rows_ = lowest.size();
  out.lowest_ratio_ = lowest.data();
  out.highest_ratio_ = highest.empty() ? lowest.data() : highest.data();
  out.set_applies(applies);
  return out;
}

Column Column::of(NarrowEnds const& ends, std::span<Applies const> applies) {
  Column out;
  out.rows_ = ends.lowest.size();
  out.narrow_lowest_ = ends.lowest.data();
  out.narrow_highest_ = ends.highest.empty() ? ends.lowest.data() : ends.highest.data();
  out.limit_ = ends.limit;
  out.set_applies(applies);
  return out;
}

Column Column::as_shares(Share share) const {
  WAYMARK_CHECK(kind_ == Kind::whole, "shares of what are no whole numbers");
  auto out = *this;
  out.kind_ = Kind::shares;
  out.share_ = share;
  return out;
}

Column Column::alike(std::size_t rows) const {
  WAYMARK_CHECK(stored() == 1 && always_applies(), "rows that are not all alike");
  auto out = *this;
  out.rows_ = rows;
  out.only_row_ = 0;
  return out;
}

void Column::set_applies(std::span<Applies const> applies) { applies_ = applies.empty() ? nullptr : applies.data(); }

bool Column::is_exact(std::size_t row) const {
  if (kind_ == Kind::whole) {
    auto const bounds = whole(row);
    return bounds.lowest == bounds.highest;
  }
  auto const bounds = ratios(row);
  return values::is_finite(bounds.lowest) && !less(bounds.lowest, bounds.highest);
}

template <class Make>
void Column::remake(Make make) {
  auto const both = [&](auto const*& lowest, auto const*& highest) {
    bool const one = lowest == highest;
    lowest = make(lowest);
    highest = one ? lowest : make(highest);
  };
  if (narrow()) {
    both(narrow_lowest_, narrow_highest_);
  } else if (in_steps()) {
    both(lowest_, highest_);
  } else {
    both(lowest_ratio_, highest_ratio_);
  }
}

Column Column::copied(Memory& memory) const {
  auto out = *this;
  if (applies_ != nullptr) out.applies_ = memory.copy(applies()).data();
  out.remake([&](auto const* items) { return memory.copy(std::span(items, stored())).data(); });
  return out;
}

Column Column::gathered(std::span<std::uint32_t const> rows, Memory& memory) const {
  auto out = *this;
  out.rows_ = rows.size();
  auto const make = [&](auto const* items) { return picked(items, rows, memory).data(); };
  if (applies_ != nullptr) out.applies_ = make(applies_);
  if (!is_alike()) out.remake(make);
  return out;
}

Column Column::repeated(std::size_t times, Memory& memory) const {
  auto out = *this;
  out.rows_ = rows_ * times;
  auto const make = [&](auto const* items) { return review::repeated(std::span(items, rows_), times, memory).data(); };
  if (applies_ != nullptr) out.applies_ = make(applies_);
  if (!is_alike()) out.remake(make);
  return out;
}

Column Column::widened(Memory& memory) const {
  if (!narrow()) return *this;
  auto const ends = narrow_ends();
  auto const wide = [&](std::span<Narrow const> of) {
    auto const out = memory.array<Steps>(of.size());
    widen_into(of, out.data());
    return out.data();
  };
  auto out = *this;
  out.narrow_lowest_ = out.narrow_highest_ = nullptr;
  out.lowest_ = wide(ends.lowest);
  out.highest_ = exact() ? out.lowest_ : wide(ends.highest);
  return out;
}

Column Column::narrowed(Memory& memory) const {
  if (narrow() || !in_steps()) return *this;
  auto const lowest = narrow_steps(this->lowest(), memory);
  if (!lowest) return *this;
  auto const highest = exact() ? lowest : narrow_steps(this->highest(), memory);
  if (!highest) return *this;
  auto out = *this;
  out.lowest_ = out.highest_ = nullptr;
  out.narrow_lowest_ = lowest->steps.data();
  out.narrow_highest_ = highest->steps.data();
  out.limit_ = std::max(lowest->limit, highest->limit);
  return out;
}

bool are_within(std::span<Steps const> steps, Steps limit) { return find_ends(steps).within(limit); }

std::optional<NarrowSteps> narrow_steps(std::span<Steps const> steps, Memory& memory) {
  auto const out = memory.array<Narrow>(steps.size());
  auto const bits = narrow_into(steps, out.data());
  if (bits >= static_cast<std::uint32_t>(kMostNarrow)) return std::nullopt;
  return NarrowSteps{out, Steps{bits} + 1};
}

ColumnBuilder::ColumnBuilder(Memory& memory, std::size_t rows, bool ratio)
    : memory_(memory), rows_(rows), ratio_(ratio) {
  if (ratio) {
    lowest_ratio_ = memory.array<Ratio>(rows);
    highest_ratio_ = memory.array<Ratio>(rows);
  } else {
    lowest_ = memory.array<Steps>(rows);
    highest_ = memory.array<Steps>(rows);
  }
}

void ColumnBuilder::set(std::size_t row, RatioBounds const& bounds) {
  WAYMARK_CHECK(ratio_, "a ratio in a column of whole steps");
  lowest_ratio_[row] = bounds.lowest;
  highest_ratio_[row] = bounds.highest;
  bool const same =
      bounds.lowest.numerator == bounds.highest.numerator && bounds.lowest.denominator == bounds.highest.denominator;
  exact_ = exact_ && same;
}

void ColumnBuilder::set_some_applies(std::size_t row, Applies applies) {
  if (applies_.empty()) applies_ = memory_.filled(rows_, kApplies);
  applies_[row] = applies;
}

Column ColumnBuilder::take() const {
  if (ratio_) return Column::of(lowest_ratio_, exact_ ? std::span<Ratio>() : highest_ratio_, applies_);
  return Column::of(lowest_, exact_ ? std::span<Steps>() : highest_, applies_);
}

void put(ColumnBuilder& out, std::size_t row, Column const& from, std::size_t from_row) {
  if (out.ratio()) {
    out.set(row, from.ratios(from_row));
  } else {
    out.set(row, from.whole(from_row));
  }
  out.set_applies(row, from.applies(from_row));
}

namespace {

template <class Read>
auto hull_of(std::span<Column const* const> from, std::size_t row, bool symbols, Read read) {
  decltype(read(*from.front())) out{};
  bool first = true;
  for (auto const* column : from) {
    if ((column->applies(row) & kApplies) == 0) continue;
    auto const one = read(*column);
    bool const differs = !first && (less(out.lowest, one.lowest) || less(one.lowest, out.lowest));
    if (symbols && differs) return decltype(out){};
    out.lowest = first ? one.lowest : smaller(out.lowest, one.lowest);
    out.highest = first ? one.highest : larger(out.highest, one.highest);
    first = false;
  }
  return out;
}

}  // namespace

void put_hull(ColumnBuilder& out, std::size_t row, std::span<Column const* const> from, bool unknown, bool symbols,
              std::size_t from_row) {
  Applies applies = unknown ? kApplies : Applies{0};
  for (auto const* column : from) applies |= column->applies(from_row);
  out.set_applies(row, applies == 0 ? kApplies : applies);
  if (unknown || (applies & kApplies) == 0) {
    out.set(row, Bounds{});
  } else if (out.ratio()) {
    out.set(row, hull_of(from, from_row, symbols, [&](Column const& c) { return c.ratios(from_row); }));
  } else {
    out.set(row, hull_of(from, from_row, symbols, [&](Column const& c) { return c.whole(from_row); }));
  }
}

}  // namespace waymark::review
