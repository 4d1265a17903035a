// Columns of a batch: what a value comes to in every row of a domain. A second end stands only where a bound differs,
// and what is alike in all rows stands once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/review/memory.hpp"
#include "engine/review/narrow.hpp"
#include "engine/values/exact.hpp"
#include "engine/values/result.hpp"
#include "engine/values/truth.hpp"

namespace waymark::review {

using values::Int128;
using values::Ratio;
using values::Steps;
using values::Truth;

/// Whether a value may be there, and whether it may be one that does not apply.
using Applies = std::uint8_t;
inline constexpr Applies kApplies = 1;
inline constexpr Applies kExempt = 2;

using Bounds = EndsOf<Steps>;
struct RatioBounds {
  Ratio lowest = values::kRatioNoLowest;
  Ratio highest = values::kRatioNoHighest;
};

constexpr bool is_finite(Steps n) { return n != values::kNoLowest && n != values::kNoHighest; }
inline bool less(Steps a, Steps b) { return a < b; }
/// Crosswise where that fits, which is nearly always; otherwise by values::compare.
bool less(Ratio a, Ratio b);

template <class Bound>
Bound smaller(Bound a, Bound b) {
  return less(b, a) ? b : a;
}
template <class Bound>
Bound larger(Bound a, Bound b) {
  return less(a, b) ? b : a;
}

/// Shares of whole numbers, all by one rule: so many `over`, of which both sides are `times` as large where they are
/// shown as a ratio. In lowest terms they nearly always stay within 64 bits, and are compared as whole numbers.
struct Share {
  Steps over = 1;
  Steps times = 1;
};

/// What stands in memory that outlives it: a run's, a batch's. Whole steps, shares or ratios; of steps and shares those
/// that fit may be narrow.
class Column {
 public:
  Column() = default;

  /// Without `highest` every row is exact; without `applies` every row applies.
  static Column of(std::span<Steps const> lowest, std::span<Steps const> highest = {},
                   std::span<Applies const> applies = {});
  static Column of(std::span<Ratio const> lowest, std::span<Ratio const> highest = {},
                   std::span<Applies const> applies = {});
  static Column of(NarrowEnds const& ends, std::span<Applies const> applies = {});
  /// The same whole numbers, each so many `over`.
  Column as_shares(Share share) const;
  /// The same column whose one row stands for each of `rows`.
  Column alike(std::size_t rows) const;

  std::size_t size() const { return rows_; }
  /// How many rows there are in memory: one, where all are alike.
  std::size_t stored() const { return is_alike() ? 1 : rows_; }
  bool is_alike() const { return only_row_ == 0; }
  /// Not of whole steps.
  bool ratio() const { return kind_ != Kind::whole; }
  /// Whole steps or shares, which `lowest` and `highest` give.
  bool in_steps() const { return kind_ != Kind::ratios; }
  Share share() const { return share_; }
  /// In 32 bits.
  bool narrow() const { return narrow_lowest_ != nullptr; }
  /// No second end: every row's bounds are equal.
  bool exact() const {
    return in_steps() ? highest_ == lowest_ && narrow_highest_ == narrow_lowest_ : highest_ratio_ == lowest_ratio_;
  }

  /// What is stored, where it is not narrow.
  std::span<Steps const> lowest() const { return {lowest_, stored()}; }
  std::span<Steps const> highest() const { return {highest_, stored()}; }
  /// What is stored, where it is.
  NarrowEnds narrow_ends() const { return {{narrow_lowest_, stored()}, {narrow_highest_, stored()}, limit_}; }
  std::span<Applies const> applies() const { return {applies_, applies_ == nullptr ? 0 : rows_}; }

  Bounds whole(std::size_t row) const {
    auto const i = at(row);
    if (narrow()) return {as_steps(narrow_lowest_[i]), as_steps(narrow_highest_[i])};
    return {lowest_[i], highest_[i]};
  }
  /// The same in memory, where it is not narrow.
  std::span<Steps const> lowest(std::size_t row) const { return {lowest_ + at(row), 1}; }
  std::span<Steps const> highest(std::size_t row) const { return {highest_ + at(row), 1}; }
  /// Whole steps as ratios, too.
  RatioBounds ratios(std::size_t row) const {
    if (!in_steps()) return {lowest_ratio_[at(row)], highest_ratio_[at(row)]};
    auto const bounds = whole(row);
    return {ratio_of(bounds.lowest), ratio_of(bounds.highest)};
  }
  bool is_exact(std::size_t row) const;
  /// Exactly known, or known not to apply.
  bool is_told(std::size_t row) const { return applies(row) == kExempt || (applies(row) == kApplies && is_exact(row)); }

  Applies applies(std::size_t row) const { return applies_ == nullptr ? kApplies : applies_[row]; }
  bool always_applies() const { return applies_ == nullptr; }
  void set_applies(std::span<Applies const> applies);

  /// The same in other memory.
  Column copied(Memory& memory) const;
  /// The rows that `rows` names, in that order.
  Column gathered(std::span<std::uint32_t const> rows, Memory& memory) const;
  /// Every row so many times, one after the other.
  Column repeated(std::size_t times, Memory& memory) const;
  /// The same in 64 bits, or as narrow as it is where it is in steps.
  Column widened(Memory& memory) const;
  Column narrowed(Memory& memory) const;

 private:
  enum class Kind : std::uint8_t { whole, shares, ratios };

  /// Puts what `make` makes of each end, by whatever it is stored, in its place; of two that are one, once.
  template <class Make>
  void remake(Make make);
  std::size_t at(std::size_t row) const { return row & only_row_; }
  Ratio ratio_of(Steps n) const {
    if (kind_ == Kind::whole || !is_finite(n)) return values::ratio_of(n);
    return {Int128{n} * share_.times, share_.over * share_.times};
  }

  Kind kind_ = Kind::whole;
  std::size_t rows_ = 0;
  std::size_t only_row_ = ~std::size_t{0};  // 0: all rows are alike
  Share share_;
  Steps limit_ = 0;  // of a narrow one
  Steps const* lowest_ = nullptr;
  Steps const* highest_ = nullptr;
  Narrow const* narrow_lowest_ = nullptr;
  Narrow const* narrow_highest_ = nullptr;
  Ratio const* lowest_ratio_ = nullptr;
  Ratio const* highest_ratio_ = nullptr;
  Applies const* applies_ = nullptr;
};

/// The steps in 32 bits and the limit within which they are; nothing where some do not fit.
struct NarrowSteps {
  std::span<Narrow const> steps;
  Steps limit = 0;
};
std::optional<NarrowSteps> narrow_steps(std::span<Steps const> steps, Memory& memory);
/// Whether none that has an end is further from 0.
bool are_within(std::span<Steps const> steps, Steps limit);

/// What is computed from two values applies where both do.
constexpr Applies both(Applies a, Applies b) { return static_cast<Applies>((a & b & kApplies) | ((a | b) & kExempt)); }
/// `truth` where the value applies, does not apply where it does not.
constexpr Truth where_applies(Applies applies, Truth truth) {
  return static_cast<Truth>(((applies & kApplies) != 0 ? truth : 0) |
                            ((applies & kExempt) != 0 ? values::kDoesNotApply : 0));
}

/// A column that is filled row by row; becomes exact, whole and always applying where nothing speaks against it.
class ColumnBuilder {
 public:
  ColumnBuilder(Memory& memory, std::size_t rows, bool ratio);
  bool ratio() const { return ratio_; }
  void set(std::size_t row, Bounds bounds) {
    if (ratio_) {
      set(row, RatioBounds{values::ratio_of(bounds.lowest), values::ratio_of(bounds.highest)});
      return;
    }
    lowest_[row] = bounds.lowest;
    highest_[row] = bounds.highest;
    exact_ = exact_ && bounds.lowest == bounds.highest;
  }
  void set(std::size_t row, RatioBounds const& bounds);
  void set_applies(std::size_t row, Applies applies) {
    if (applies != kApplies || !applies_.empty()) set_some_applies(row, applies);
  }
  Column take() const;

 private:
  void set_some_applies(std::size_t row, Applies applies);

  Memory& memory_;
  std::size_t rows_;
  bool ratio_;
  bool exact_ = true;
  std::span<Steps> lowest_, highest_;
  std::span<Ratio> lowest_ratio_, highest_ratio_;
  std::span<Applies> applies_;
};

/// Copies one row, by default to the same place, into a column of ratios also from one of whole steps.
void put(ColumnBuilder& out, std::size_t row, Column const& from, std::size_t from_row);
inline void put(ColumnBuilder& out, std::size_t row, Column const& from) { put(out, row, from, row); }
/// Anything between what the columns hold in that row; with `unknown`, anything at all. Symbols have no order: two
/// different ones are anything.
void put_hull(ColumnBuilder& out, std::size_t row, std::span<Column const* const> from, bool unknown, bool symbols,
              std::size_t from_row);
inline void put_hull(ColumnBuilder& out, std::size_t row, std::span<Column const* const> from, bool unknown,
                     bool symbols) {
  put_hull(out, row, from, unknown, symbols, row);
}

}  // namespace waymark::review
