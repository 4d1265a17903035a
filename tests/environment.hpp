// What the environment asks of tests: a number in place of theirs, and how much of their work those do that try many
// cases: all of it, or a part where everything takes longer, as under sanitizers (WAYMARK_CASES_DIVISOR).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace waymark::tests {

inline std::uint64_t number_in_environment(char const* name, std::uint64_t otherwise) {
  auto const* text = std::getenv(name);
  return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}
/// 1, or more where less is to be done.
inline std::size_t divisor() { return std::max<std::size_t>(number_in_environment("WAYMARK_CASES_DIVISOR", 1), 1); }
/// How many of `all` are tried: never none.
inline std::size_t divided(std::size_t all) { return std::max<std::size_t>(all / divisor(), 1); }

}  // namespace waymark::tests
