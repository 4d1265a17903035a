// An author's words inside a message: blanks folded, and no longer than a person reads.
#pragma once

#include <string>
#include <string_view>

#include "grammar/scan.hpp"

namespace waymark::grammar {

/// The first sixty characters or so of `words`, with `…` where there is more.
inline std::string clip(std::string_view words) {
  constexpr std::size_t kMost = 60;
  bool const cut = words.size() > kMost;
  if (cut) {
    words = words.substr(0, kMost);
    while (!words.empty() && first_bad_byte(words)) words.remove_suffix(1);
  }
  return fold(words) + (cut ? "…" : "");
}

}  // namespace waymark::grammar
