// Blocks that grow; after the first batch there is one, large enough for the next.
#include "engine/review/memory.hpp"

namespace waymark::review {

void Memory::grow(std::size_t size) {
  auto const last = blocks_.empty() ? kFirst / 2 : blocks_.back().size;
  auto const made = std::max(2 * last, size);
  blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(made), made});
  next_ = blocks_.back().bytes.get();
  left_ = made;
}

void Memory::reset() {
  if (blocks_.size() > 1) {
    std::size_t all = 0;
    for (auto const& block : blocks_) all += block.size;
    blocks_.clear();
    blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(all), all});
  }
  if (blocks_.empty()) return;
  next_ = blocks_.front().bytes.get();
  left_ = blocks_.front().size;
}

}  // namespace waymark::review
