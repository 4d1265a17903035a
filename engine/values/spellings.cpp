// Adding to the table of spellings.
#include "engine/values/spellings.hpp"

#include <utility>

namespace waymark::values {

void Spellings::add(std::string_view text, std::uint32_t number) {
  if (2 * (used_ + 1) > slots_.size()) grow();
  auto const word = word_of(text);
  auto at = place(word);
  while (slots_[at].number != kNone) at = (at + 1) & mask_;
  slots_[at] = {word, text.data(), text.size(), number};
  ++used_;
}

void Spellings::grow() {
  auto const old = std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
  mask_ = slots_.size() - 1;
  --shift_;
  for (auto const& slot : old) {
    if (slot.number == kNone) continue;
    auto at = place(slot.word);
    while (slots_[at].number != kNone) at = (at + 1) & mask_;
    slots_[at] = slot;
  }
}

}  // namespace waymark::values
