// Adding to the table of spellings.
#include "engine/values/spellings.hpp"

#include <utility>

namespace waymark::values {

Spellings::Table::Table(int bits) : shift(64 - bits), mask((std::size_t{1} << bits) - 1), slots(mask + 1) {}

void Spellings::Table::put(std::uint64_t word, char const* text, std::size_t size, std::uint32_t number) {
  auto at = place(word);
  while (slots[at].number.load(std::memory_order_relaxed) != kNone) at = (at + 1) & mask;
  auto& slot = slots[at];
  slot.word = word;
  slot.text = text;
  slot.size = size;
  slot.number.store(number, std::memory_order_release);
}

Spellings::Spellings() {
  tables_.push_back(std::make_unique<Table>(4));
  table_ = tables_.back().get();
}

Spellings::Spellings(Spellings&& other) noexcept
    : tables_(std::move(other.tables_)), table_(other.table_.load()), used_(other.used_) {}

Spellings& Spellings::operator=(Spellings&& other) noexcept {
  tables_ = std::move(other.tables_);
  table_ = other.table_.load();
  used_ = other.used_;
  return *this;
}

void Spellings::add(std::string_view text, std::uint32_t number) {
  auto const& last = *tables_.back();
  if (2 * (used_ + 1) > last.slots.size()) {
    auto larger = std::make_unique<Table>(64 - last.shift + 1);
    for (auto const& slot : last.slots) {
      auto const known = slot.number.load(std::memory_order_relaxed);
      if (known != kNone) larger->put(slot.word, slot.text, slot.size, known);
    }
    table_.store(larger.get(), std::memory_order_release);
    tables_.push_back(std::move(larger));
  }
  tables_.back()->put(word_of(text), text.data(), text.size(), number);
  ++used_;
}

}  // namespace waymark::values
