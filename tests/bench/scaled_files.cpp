// Writes a workspace of a given size: `scaled_files FOLDER CRITERIA EVIDENCE_ROWS OCCUPATIONS SUBMISSIONS`.
#include <cstdio>
#include <cstdlib>

#include "tests/bench/scaled.hpp"

int main(int count, char** words) {
  if (count != 6) {
    std::fputs("scaled_files FOLDER CRITERIA EVIDENCE_ROWS OCCUPATIONS SUBMISSIONS\n", stderr);
    return 2;
  }
  auto const number = [&](int at) { return std::strtoul(words[at], nullptr, 10); };
  waymark::bench::write_scaled({number(2), number(3), number(4), number(5)}, words[1]);
}
