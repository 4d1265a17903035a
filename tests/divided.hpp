// How much of their work the tests that try many cases do: all of it, or a part where everything takes longer, as under
// sanitizers. WAYMARK_CASES_DIVISOR says which part.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace waymark::tests {

/// 1, or more where less is to be done.
inline std::size_t divisor() {
  auto const* said = std::getenv("WAYMARK_CASES_DIVISOR");
  return said == nullptr ? 1 : std::max<std::size_t>(std::strtoull(said, nullptr, 10), 1);
}
/// How many of `all` are tried: never none.
inline std::size_t divided(std::size_t all) { return std::max<std::size_t>(all / divisor(), 1); }

}  // namespace waymark::tests
