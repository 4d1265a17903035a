// The binary. Everything it does is in the library, where tests reach it.
#include <cstddef>  // names the C library

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "engine/commands/program.hpp"

namespace {

// Batch after batch takes memory by the megabyte and gives it back. Given back to the system, each 4 kB of it would
// cost a page fault the next time: a quarter of the time of full explanations. It comes in fewer steps, too: each time
// that one thread asks for some, the others cannot.
void keep_memory() {
#ifdef __GLIBC__
  constexpr int kMegabyte = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, 32 * kMegabyte);  // the most that glibc takes
  mallopt(M_TRIM_THRESHOLD, 256 * kMegabyte);
  mallopt(M_TOP_PAD, 8 * kMegabyte);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  keep_memory();
  return waymark::commands::run(argc, argv);
}
