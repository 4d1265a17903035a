// What makes a number readable exactly by every program that reads JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace waymark::cases {

inline constexpr std::size_t kMostDigits = 15;

/// Why the number, as written, is refused ("has an exponent"); empty when it is exact in every reader. A decimal of at
/// most 15 significant digits is the shortest decimal of its double; a whole number is exact below 2^53.
std::string_view inexact_because(std::string_view written);
std::string inexact_message(std::string_view written, std::string_view because);

}  // namespace waymark::cases
