// The words of the language's enumerations, for printing and dumping.
#pragma once

#include <string>

#include "grammar/syntax.hpp"

namespace waymark::grammar {

char const* spell(Comparator comparator);                          ///< `at least`; empty for `same`
std::string spell(Aggregate aggregate, std::uint32_t percentile);  ///< `total`, `75th percentile`
std::string ordinal(std::uint32_t number);                         ///< `1st`, `75th`
char const* spell(State state);                                    ///< `found not met`
char const* spell(FactValue::Kind kind);  ///< `not submitted`; empty for values, ranges and counts
std::string spell(Connective connective, std::uint32_t count);  ///< `at least 2 of`
std::string spell(Quantifier quantifier, std::uint32_t count);  ///< `at least 2 of`

}  // namespace waymark::grammar
