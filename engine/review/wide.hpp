// Loops over columns, compiled for every x86-64 and once more for those that take four words at a time (AVX2): which of
// the two runs is found when the program starts. It pays only where a loop has no branches and no calls.
#pragma once

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && (defined(__GNUC__) && !defined(__clang__))
#define WAYMARK_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WAYMARK_WIDE
#endif
#define WAYMARK_INLINE inline __attribute__((always_inline))
