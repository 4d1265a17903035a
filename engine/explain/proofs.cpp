// Texts are copied into the memory of the proofs that they stand in.
#include "engine/explain/proofs.hpp"

#include <cstring>

namespace waymark::explain {

Text Proofs::keep(std::string_view words) {
  if (words.empty()) return {};
  auto* const kept = static_cast<char*>(memory_.allocate(words.size(), 1));
  std::memcpy(kept, words.data(), words.size());
  return Text::lasting({kept, words.size()});
}

}  // namespace waymark::explain
