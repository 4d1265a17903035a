// Columns: views and their own data, and how ratios are ordered quickly.
#include "engine/review/column.hpp"

#include <algorithm>

namespace waymark::review {
namespace {

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

Column Column::shares(Share share, std::span<Steps const> lowest, std::span<Steps const> highest,
                      std::span<Applies const> applies) {
  auto out = of(lowest, highest, applies);
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
  if (kind_ == Kind::whole) return lowest_[at(row)] == highest_[at(row)];
  auto const bounds = ratios(row);
  return values::is_finite(bounds.lowest) && !less(bounds.lowest, bounds.highest);
}

Column Column::gathered(std::span<std::uint32_t const> rows, Memory& memory) const {
  auto out = *this;
  out.rows_ = rows.size();
  if (applies_ != nullptr) out.applies_ = picked(applies_, rows, memory).data();
  if (is_alike()) return out;
  if (in_steps()) {
    out.lowest_ = picked(lowest_, rows, memory).data();
    out.highest_ = exact() ? out.lowest_ : picked(highest_, rows, memory).data();
  } else {
    out.lowest_ratio_ = picked(lowest_ratio_, rows, memory).data();
    out.highest_ratio_ = exact() ? out.lowest_ratio_ : picked(highest_ratio_, rows, memory).data();
  }
  return out;
}

Column Column::repeated(std::size_t times, Memory& memory) const {
  auto out = *this;
  out.rows_ = rows_ * times;
  if (applies_ != nullptr) out.applies_ = review::repeated(applies(), times, memory).data();
  if (is_alike()) return out;
  if (in_steps()) {
    out.lowest_ = review::repeated(lowest(), times, memory).data();
    out.highest_ = exact() ? out.lowest_ : review::repeated(highest(), times, memory).data();
  } else {
    std::span const lowest(lowest_ratio_, rows_);
    std::span const highest(highest_ratio_, rows_);
    out.lowest_ratio_ = review::repeated(lowest, times, memory).data();
    out.highest_ratio_ = exact() ? out.lowest_ratio_ : review::repeated(highest, times, memory).data();
  }
  return out;
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
