// Texts are copied into the memory of the proofs that they stand in.
#include "engine/explain/proofs.hpp"

#include <algorithm>

namespace waymark::explain {

Text Proofs::keep(std::string_view words) {
  if (words.empty()) return {};
  auto* const kept = static_cast<char*>(memory_.allocate(words.size(), 1));
  std::copy(words.begin(), words.end(), kept);
  return Text::lasting({kept, words.size()});
}

Text Proofs::keep(std::initializer_list<std::string_view> pieces) {
  std::size_t size = 0;
  for (auto const piece : pieces) size += piece.size();
  if (size == 0) return {};
  auto* const kept = static_cast<char*>(memory_.allocate(size, 1));
  auto* at = kept;
  for (auto const piece : pieces) at = std::copy(piece.begin(), piece.end(), at);
  return Text::lasting({kept, size});
}

}  // namespace waymark::explain
