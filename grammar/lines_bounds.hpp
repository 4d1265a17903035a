// What a failure in a line names where it is no rule that failed: the grammar throws these, faults.cpp explains them.
#pragma once

namespace waymark::grammar {

inline constexpr char const* kTooDeep = "fewer parts within each other";
inline constexpr char const* kTooLong = "fewer parts";
/// Where `is not at least …` stands.
inline constexpr char const* kNegated = "a comparison without `not`";

}  // namespace waymark::grammar
