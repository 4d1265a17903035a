// What this build is: its version, the version of what it computes, the libraries it runs with.
#pragma once

#include <string>
#include <vector>

namespace waymark::commands {

// Rises when the same policy, submission and evidence would give another decision; recorded with every decision.
// 0: they may still change, as the language is not whole. From 1 on what was recorded has to come out again.
inline constexpr int kSemantics = 0;

struct Library {
  std::string name;
  std::string version;
};

std::string program_version();
std::string compiler();

// The ones that were linked, as they report themselves now; headers by the version that was compiled in.
std::vector<Library> libraries();

// The text of `--version`.
std::string version_text();

}  // namespace waymark::commands
