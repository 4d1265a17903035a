// Numbers, money, percentages, dates, years and codes as they are written. Each function reads what stands at `at`,
// blanks before it skipped, moves `at` past it and says whether there was one.
#pragma once

#include <cstdint>
#include <string>

#include "grammar/scan.hpp"
#include "grammar/syntax.hpp"

namespace waymark::grammar {

/// `2024-07-01`
bool scan_date(At& at, At end, std::string& date);
/// A whole number of at most nine digits that stands by itself: `3`, not `3.5`, `3rd` or `3-4`.
bool scan_count(At& at, At end, std::uint32_t& count);

/// `75th`: a number with any of the four endings.
bool scan_ordinal(At& at, At end, std::uint32_t& number);

struct ScannedAmount {
  Amount amount;
  At unit_begin = nullptr;  ///< the unit, where there is one
  At unit_end = nullptr;
};
bool scan_amount(At& at, At end, ScannedAmount& amount);

}  // namespace waymark::grammar
