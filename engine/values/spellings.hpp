// Texts letter for letter, and a number for each: the table behind symbols, choices and keys. Most words of data have
// eight bytes at most and are compared as one number.
#pragma once

#include <atomic>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace waymark::values {

/// One thread may add while others look up.
class Spellings {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  Spellings();
  Spellings(Spellings&& other) noexcept;
  Spellings& operator=(Spellings&& other) noexcept;
  ~Spellings() = default;

  /// The text as it is looked up: its bytes where they are eight at most, else a hash of them.
  static std::uint64_t word_of(std::string_view text) { return text.size() <= 8 ? short_word(text) : long_word(text); }
  /// The same of a text after which eight more bytes may be read.
  static std::uint64_t word_of_padded(std::string_view text) {
    if (std::endian::native != std::endian::little || text.size() > 8 || text.empty()) return word_of(text);
    return load<std::uint64_t>(text.data()) & (~std::uint64_t{0} >> (64 - 8 * text.size()));
  }

  std::uint32_t find(std::string_view text) const { return find(text, word_of(text)); }
  /// `word`: of the text.
  std::uint32_t find(std::string_view text, std::uint64_t word) const {
    auto const& table = *table_.load(std::memory_order_acquire);
    for (auto at = table.place(word);; at = (at + 1) & table.mask) {
      auto const& slot = table.slots[at];
      auto const number = slot.number.load(std::memory_order_acquire);
      if (number == kNone) return kNone;
      if (slot.word != word || slot.size != text.size()) continue;
      if (text.size() <= 8 || std::memcmp(slot.text, text.data(), text.size()) == 0) return number;
    }
  }
  /// A text that is not there yet. Its bytes must stay where they are.
  void add(std::string_view text, std::uint32_t number);

 private:
  struct Slot {
    std::uint64_t word = 0;
    char const* text = nullptr;
    std::size_t size = 0;
    std::atomic<std::uint32_t> number = kNone;  // written last: whoever sees it sees the others
  };
  /// Open addressing, a power of two, at most half full.
  struct Table {
    explicit Table(int bits);
    // The highest bits: all bytes of the word are in them.
    std::size_t place(std::uint64_t word) const {
      return static_cast<std::size_t>((word * 0x9E3779B97F4A7C15U) >> shift);
    }
    void put(std::uint64_t word, char const* text, std::size_t size, std::uint32_t number);

    int shift;
    std::size_t mask;
    std::vector<Slot> slots;
  };

  template <class Number>
  static Number load(char const* from) {
    Number out = 0;
    std::memcpy(&out, from, sizeof out);
    return out;
  }
  // The first byte is the lowest, on every machine. In halves that may overlap, and not byte by byte.
  static std::uint64_t short_word(std::string_view text) {
    auto const byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(text[i])}; };
    auto const size = text.size();
    if (std::endian::native == std::endian::little && size >= 4) {
      std::uint64_t const front = load<std::uint32_t>(text.data());
      std::uint64_t const back = load<std::uint32_t>(text.data() + size - 4);
      return front | back << (8 * (size - 4));
    }
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < size; ++i) out |= byte(i) << (8 * i);
    return out;
  }
  static std::uint64_t long_word(std::string_view text) {
    auto out = text.size() * 0xD6E8FEB86659FD93U;
    auto const take = [&](std::uint64_t eight) {
      out = (out ^ eight) * 0x9E3779B97F4A7C15U;
      out ^= out >> 32;
    };
    for (std::size_t at = 0; at + 8 < text.size(); at += 8) take(load<std::uint64_t>(text.data() + at));
    take(load<std::uint64_t>(text.data() + text.size() - 8));
    return out;
  }

  std::vector<std::unique_ptr<Table>> tables_;  // those before the last may still be looked into
  std::atomic<Table const*> table_ = nullptr;
  std::size_t used_ = 0;
};

}  // namespace waymark::values
