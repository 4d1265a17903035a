// What a failure in a line says was wanted: the grammar names its rules by these, faults.cpp explains them.
#pragma once

namespace waymark::grammar {

inline constexpr char const* kValue = "a value";
inline constexpr char const* kCondition = "a condition";
inline constexpr char const* kName = "a name";
inline constexpr char const* kOutcome = "an outcome";
inline constexpr char const* kColumn = "a column";
inline constexpr char const* kDate = "a date";
inline constexpr char const* kWholeNumber = "a whole number";
inline constexpr char const* kVerb = "one of `is`, `has`, `cannot be told`";
inline constexpr char const* kResult = "a result, such as `are met` or `are found not met`,";
inline constexpr char const* kQuantifier = "one of `any`, `every`, `at least 2 of`, `more than half of`";
inline constexpr char const* kWindow = "one of `each of`, `at least 2 of`";
/// Where a line should have ended.
inline constexpr char const* kEndOfLine = "the end of the line";

// These name no rule.
inline constexpr char const* kTooDeep = "fewer parts within each other";
inline constexpr char const* kTooLong = "fewer parts";
/// Where `100th percentile of` stands.
inline constexpr char const* kPercentile = "a percentile from the 1st to the 99th";
/// Where `is not at least …` stands.
inline constexpr char const* kNegated = "a comparison without `not`";

}  // namespace waymark::grammar
