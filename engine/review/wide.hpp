// Loops over columns, compiled for every x86-64 and once more for those that take four words at a time (AVX2): which of
// the two runs is found when the program starts. It pays only where a loop has no branches and no calls.
#pragma once

#include "engine/values/exact.hpp"

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && (defined(__GNUC__) && !defined(__clang__))
#define WAYMARK_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WAYMARK_WIDE
#endif
#define WAYMARK_INLINE inline __attribute__((always_inline))
#define WAYMARK_INLINE_LAMBDA __attribute__((always_inline))

namespace waymark::review {

// What is asked of whole steps in such loops: all bits, or none. Masks stay without a branch whatever the compiler
// makes of them; of conditions it makes one again.
WAYMARK_INLINE values::Steps mask(bool is) { return is ? values::Steps{-1} : values::Steps{0}; }
WAYMARK_INLINE values::Steps is_endless(values::Steps n) {
  return mask(n == values::kNoLowest) | mask(n == values::kNoHighest);
}
/// Of steps that have an end: too large to be exact.
WAYMARK_INLINE values::Steps is_too_large(values::Steps n) {
  return mask(n > values::kMaxSteps) | mask(n < -values::kMaxSteps);
}
/// Whether an end is exact, or none.
WAYMARK_INLINE bool fits(values::Steps n) { return (is_too_large(n) & ~is_endless(n)) == 0; }
WAYMARK_INLINE values::Steps chosen(values::Steps by, values::Steps yes, values::Steps no) {
  return (by & yes) | (~by & no);
}

/// The least and the most of steps that have an end.
struct FiniteEnds {
  values::Steps least = 0, most = 0;
  WAYMARK_INLINE void add(values::Steps n) {
    auto const finite = chosen(is_endless(n), 0, n);
    least = finite < least ? finite : least;
    most = finite > most ? finite : most;
  }
  bool within(values::Steps limit) const { return least >= -limit && most <= limit; }
};

}  // namespace waymark::review
