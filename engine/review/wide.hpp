// Loops over columns, compiled for every x86-64 and once more each for those that take 32 and 64 bytes at a time (AVX2,
// AVX-512): which of them runs is found when the program starts. It pays only where a loop has no branches and no
// calls.
#pragma once

#include <type_traits>

#include "engine/review/narrow.hpp"

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && (defined(__GNUC__) && !defined(__clang__))
#define WAYMARK_WIDE __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define WAYMARK_WIDE
#endif
#define WAYMARK_INLINE inline __attribute__((always_inline))
#define WAYMARK_INLINE_LAMBDA __attribute__((always_inline))

namespace waymark::review {

// What is asked of whole steps in such loops, wide or narrow ones: all bits, or none. Masks stay without a branch
// whatever the compiler makes of them; of conditions it makes one again.
template <class Whole>
WAYMARK_INLINE Whole mask(bool is) {
  return is ? Whole{-1} : Whole{0};
}
template <class Whole>
WAYMARK_INLINE Whole is_endless(Whole n) {
  return mask<Whole>(n == kNoLowestOf<Whole>) | mask<Whole>(n == kNoHighestOf<Whole>);
}
/// Of steps that have an end: too large to be exact.
WAYMARK_INLINE values::Steps is_too_large(values::Steps n) {
  return mask<values::Steps>(n > values::kMaxSteps) | mask<values::Steps>(n < -values::kMaxSteps);
}
/// Whether an end is exact, or none.
WAYMARK_INLINE bool fits(values::Steps n) { return (is_too_large(n) & ~is_endless(n)) == 0; }
template <class Whole>
WAYMARK_INLINE Whole chosen(Whole by, Whole yes, Whole no) {
  return (by & yes) | (~by & no);
}
/// So many times as large where it has an end; what does not fit is for the caller to find.
template <class Whole>
WAYMARK_INLINE Whole so_many_times(Whole n, Whole times) {
  using Signless = std::make_unsigned_t<Whole>;
  return chosen(is_endless(n), n, static_cast<Whole>(static_cast<Signless>(n) * static_cast<Signless>(times)));
}

}  // namespace waymark::review
