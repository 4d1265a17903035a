// Columns of a batch: what a value comes to in every row of a domain. A second column stands only where a bound
// differs.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

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

struct Bounds {
  Steps lowest = values::kNoLowest;
  Steps highest = values::kNoHighest;
};
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

/// Whole steps or ratios: its own, or a view of a batch's column or of another column.
class Column {
 public:
  Column() = default;
  Column(Column&&) noexcept = default;
  Column& operator=(Column&&) noexcept = default;
  Column(Column const&) = delete;
  Column& operator=(Column const&) = delete;
  ~Column() = default;

  /// Without `highest` every row is exact; without `applies` every row applies.
  static Column of(std::vector<Steps> lowest, std::vector<Steps> highest = {}, std::vector<Applies> applies = {});
  static Column of(std::vector<Ratio> lowest, std::vector<Ratio> highest = {}, std::vector<Applies> applies = {});
  /// Of data that outlive the column.
  static Column view(std::span<Steps const> lowest, std::span<Steps const> highest);
  static Column view(Column const& other);

  std::size_t size() const { return ratio_ ? lowest_ratio_.size() : lowest_.size(); }
  bool ratio() const { return ratio_; }
  /// No second column: every row's bounds are equal.
  bool exact() const {
    return ratio_ ? highest_ratio_.data() == lowest_ratio_.data() : highest_.data() == lowest_.data();
  }

  std::span<Steps const> lowest() const { return lowest_; }
  std::span<Steps const> highest() const { return highest_; }

  Bounds whole(std::size_t row) const { return {lowest_[row], highest_[row]}; }
  /// Whole steps as ratios, too.
  RatioBounds ratios(std::size_t row) const {
    if (!ratio_) return {values::ratio_of(lowest_[row]), values::ratio_of(highest_[row])};
    return {lowest_ratio_[row], highest_ratio_[row]};
  }
  bool is_exact(std::size_t row) const;
  /// Exactly known, or known not to apply.
  bool is_told(std::size_t row) const { return applies(row) == kExempt || (applies(row) == kApplies && is_exact(row)); }

  Applies applies(std::size_t row) const { return applies_.empty() ? kApplies : applies_[row]; }
  bool always_applies() const { return applies_.empty(); }
  void set_applies(std::vector<Applies> applies);

  /// The rows that `rows` names, in that order.
  Column gathered(std::span<std::uint32_t const> rows) const;

 private:
  bool ratio_ = false;
  std::vector<Steps> own_lowest_, own_highest_;
  std::vector<Ratio> own_lowest_ratio_, own_highest_ratio_;
  std::vector<Applies> own_applies_;
  std::span<Steps const> lowest_, highest_;
  std::span<Ratio const> lowest_ratio_, highest_ratio_;
  std::span<Applies const> applies_;
};

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
  ColumnBuilder(std::size_t rows, bool ratio);
  bool ratio() const { return ratio_; }
  void set(std::size_t row, Bounds bounds);
  void set(std::size_t row, RatioBounds const& bounds);
  void set_applies(std::size_t row, Applies applies);
  Column take();

 private:
  std::size_t rows_;
  bool ratio_;
  bool exact_ = true;
  std::vector<Steps> lowest_, highest_;
  std::vector<Ratio> lowest_ratio_, highest_ratio_;
  std::vector<Applies> applies_;
};

/// Copies one row, into a column of ratios also from one of whole steps.
void put(ColumnBuilder& out, std::size_t row, Column const& from);
/// Anything between what the columns hold in that row; with `unknown`, anything at all. Symbols have no order: two
/// different ones are anything.
void put_hull(ColumnBuilder& out, std::size_t row, std::span<Column const* const> from, bool unknown, bool symbols);

}  // namespace waymark::review
