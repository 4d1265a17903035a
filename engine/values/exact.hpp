// Exact numbers: whole steps of a unit, and ratios that are compared by cross-multiplication. No floating point.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "engine/values/result.hpp"

namespace waymark::values {

__extension__ using Int128 = __int128;

/// A number in the smallest step of its unit (cents, millionths of a percent, days). |n| is less than 2^53, so that
/// every program that reads our output reads the same number.
using Steps = std::int64_t;
inline constexpr Steps kMaxSteps = (Steps{1} << 53) - 1;
/// The ends of a range that has none.
inline constexpr Steps kNoLowest = std::numeric_limits<Steps>::min();
inline constexpr Steps kNoHighest = std::numeric_limits<Steps>::max();

/// numerator / denominator with denominator > 0; or without end: denominator 0 and numerator -1 or 1.
struct Ratio {
  Int128 numerator = 0;
  Steps denominator = 1;
};
inline constexpr Ratio kRatioNoLowest{-1, 0};
inline constexpr Ratio kRatioNoHighest{1, 0};
constexpr bool is_finite(Ratio r) { return r.denominator != 0; }
constexpr Ratio ratio_of(Steps n) {
  if (n == kNoLowest) return kRatioNoLowest;
  if (n == kNoHighest) return kRatioNoHighest;
  return {n, 1};
}

/// Exact: whole parts first, then the remainders crosswise, which fits 128 bits for every ratio above.
std::strong_ordering compare(Ratio a, Ratio b);

/// The nearest multiple of `to` (> 0), halves away from zero.
Int128 round_to_nearest(Ratio value, Steps to);

/// How written numbers become steps: one written unit is `numerator / denominator` steps.
struct Scale {
  Steps numerator = 1;
  Steps denominator = 1;
};

enum class NumberFault : std::uint8_t { not_a_number, too_fine, too_large };

/// Reads a decimal as written: digits, thousands commas in groups of three, one point, a leading minus sign. An
/// exponent, a blank, or anything else is not a number. `too_fine`: it is no whole number of steps.
Result<Steps, NumberFault> read_decimal(std::string_view text, Scale scale);

/// `45.000` in a unit that has no thousandths: a point where a comma groups thousands. Gives `45,000`, else nothing.
/// `0.500` and `1200.500` have no groups of thousands.
std::string point_between_thousands(std::string_view text, Scale scale);
/// `0.85`, which may be meant for 85 percent: of a number below one, just two decimals, and not below a tenth. Whoever
/// means less than one percent writes `0.850`. Gives `85`, else nothing.
std::string maybe_a_share(std::string_view text);

/// `steps` as a decimal with `decimals` places, trailing zeros dropped down to `keep`; with commas where asked.
std::string write_decimal(Int128 steps, std::uint32_t decimals, std::uint32_t keep, bool commas);

}  // namespace waymark::values
