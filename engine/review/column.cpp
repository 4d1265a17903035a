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
std::vector<Item> picked(std::span<Item const> items, std::span<std::uint32_t const> rows) {
  std::vector<Item> out(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) out[i] = items[rows[i]];
  return out;
}

}  // namespace

bool less(Ratio a, Ratio b) {
  bool const finite = values::is_finite(a) && values::is_finite(b);
  if (!finite || !fits_crosswise(a) || !fits_crosswise(b)) return values::compare(a, b) < 0;
  return a.numerator * b.denominator < b.numerator * a.denominator;
}

Column Column::of(std::vector<Steps> lowest, std::vector<Steps> highest, std::vector<Applies> applies) {
  Column out;
  out.own_lowest_ = std::move(lowest);
  out.own_highest_ = std::move(highest);
  out.lowest_ = out.own_lowest_;
  out.highest_ = out.own_highest_.empty() ? out.lowest_ : std::span<Steps const>(out.own_highest_);
  out.set_applies(std::move(applies));
  return out;
}

Column Column::of(std::vector<Ratio> lowest, std::vector<Ratio> highest, std::vector<Applies> applies) {
  Column out;
  out.ratio_ = true;
  out.own_lowest_ratio_ = std::move(lowest);
  out.own_highest_ratio_ = std::move(highest);
  out.lowest_ratio_ = out.own_lowest_ratio_;
  out.highest_ratio_ =
      out.own_highest_ratio_.empty() ? out.lowest_ratio_ : std::span<Ratio const>(out.own_highest_ratio_);
  out.set_applies(std::move(applies));
  return out;
}

Column Column::view(std::span<Steps const> lowest, std::span<Steps const> highest) {
  Column out;
  out.lowest_ = lowest;
  bool const same = std::equal(lowest.begin(), lowest.end(), highest.begin(), highest.end());
  out.highest_ = same ? lowest : highest;
  return out;
}

Column Column::view(Column const& other) {
  Column out;
  out.ratio_ = other.ratio_;
  out.lowest_ = other.lowest_;
  out.highest_ = other.highest_;
  out.lowest_ratio_ = other.lowest_ratio_;
  out.highest_ratio_ = other.highest_ratio_;
  out.applies_ = other.applies_;
  return out;
}

void Column::set_applies(std::vector<Applies> applies) {
  own_applies_ = std::move(applies);
  applies_ = own_applies_;
}

bool Column::is_exact(std::size_t row) const {
  if (!ratio_) return lowest_[row] == highest_[row];
  auto const bounds = ratios(row);
  return values::is_finite(bounds.lowest) && !less(bounds.lowest, bounds.highest);
}

Column Column::gathered(std::span<std::uint32_t const> rows) const {
  auto applies = applies_.empty() ? std::vector<Applies>() : picked(applies_, rows);
  if (ratio_) {
    return of(picked(lowest_ratio_, rows), exact() ? std::vector<Ratio>() : picked(highest_ratio_, rows),
              std::move(applies));
  }
  return of(picked(lowest_, rows), exact() ? std::vector<Steps>() : picked(highest_, rows), std::move(applies));
}

ColumnBuilder::ColumnBuilder(std::size_t rows, bool ratio) : rows_(rows), ratio_(ratio) {
  if (ratio) {
    lowest_ratio_.resize(rows);
    highest_ratio_.resize(rows);
  } else {
    lowest_.resize(rows);
    highest_.resize(rows);
  }
}

void ColumnBuilder::set(std::size_t row, Bounds bounds) {
  if (ratio_) {
    set(row, RatioBounds{values::ratio_of(bounds.lowest), values::ratio_of(bounds.highest)});
    return;
  }
  lowest_[row] = bounds.lowest;
  highest_[row] = bounds.highest;
  exact_ = exact_ && bounds.lowest == bounds.highest;
}

void ColumnBuilder::set(std::size_t row, RatioBounds const& bounds) {
  WAYMARK_CHECK(ratio_, "a ratio in a column of whole steps");
  lowest_ratio_[row] = bounds.lowest;
  highest_ratio_[row] = bounds.highest;
  bool const same =
      bounds.lowest.numerator == bounds.highest.numerator && bounds.lowest.denominator == bounds.highest.denominator;
  exact_ = exact_ && same;
}

void ColumnBuilder::set_applies(std::size_t row, Applies applies) {
  if (applies == kApplies && applies_.empty()) return;
  if (applies_.empty()) applies_.assign(rows_, kApplies);
  applies_[row] = applies;
}

Column ColumnBuilder::take() {
  if (exact_) {
    highest_.clear();
    highest_ratio_.clear();
  }
  if (ratio_) return Column::of(std::move(lowest_ratio_), std::move(highest_ratio_), std::move(applies_));
  return Column::of(std::move(lowest_), std::move(highest_), std::move(applies_));
}

void put(ColumnBuilder& out, std::size_t row, Column const& from) {
  if (out.ratio()) {
    out.set(row, from.ratios(row));
  } else {
    out.set(row, from.whole(row));
  }
  out.set_applies(row, from.applies(row));
}

namespace {

template <class Read>
auto hull_of(std::span<Column const* const> from, bool symbols, Read read) {
  decltype(read(*from.front())) out{};
  bool first = true;
  for (auto const* column : from) {
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

void put_hull(ColumnBuilder& out, std::size_t row, std::span<Column const* const> from, bool unknown, bool symbols) {
  Applies applies = unknown ? kApplies : Applies{0};
  std::vector<Column const*> there;
  for (auto const* column : from) {
    applies |= column->applies(row);
    if ((column->applies(row) & kApplies) != 0) there.push_back(column);
  }
  out.set_applies(row, applies == 0 ? kApplies : applies);
  if (unknown || there.empty()) {
    out.set(row, Bounds{});
  } else if (out.ratio()) {
    out.set(row, hull_of(there, symbols, [&](Column const& c) { return c.ratios(row); }));
  } else {
    out.set(row, hull_of(there, symbols, [&](Column const& c) { return c.whole(row); }));
  }
}

}  // namespace waymark::review
