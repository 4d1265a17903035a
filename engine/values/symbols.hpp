// Words of data (regions, credentials, codes) as small numbers, so that a lookup is an index and a comparison is one
// too.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "engine/values/spellings.hpp"

namespace waymark::values {

/// The number of a text in a `Symbols` table. Equal texts (but for case and blanks) have equal symbols.
using Symbol = std::uint32_t;

/// Texts that differ only in the case of ASCII letters or in blanks are one: `Essex County` is `ESSEX  COUNTY`. The
/// first spelling is the one that is shown. One thread may intern while others look up and have texts shown.
class Symbols {
 public:
  Symbols() = default;
  Symbols(Symbols&&) noexcept = default;
  Symbols& operator=(Symbols&&) noexcept = default;

  Symbol intern(std::string_view text);
  /// Nothing is added; `kUnknown` when the text has never been seen.
  Symbol find(std::string_view text) const;
  /// The same, but only where this very spelling has been interned before. `word`: as Spellings has it.
  Symbol find_spelling(std::string_view text, std::uint64_t word) const { return spellings_.find(text, word); }
  std::string const& text(Symbol symbol) const { return *shown_[symbol]; }
  std::size_t size() const { return shown_.size(); }

  static constexpr Symbol kUnknown = Spellings::kNone;

 private:
  void keep(std::string_view text, Symbol symbol);

  std::deque<std::string> kept_;  // stable addresses
  /// Texts by symbol, in pieces of which each is twice the one before: none ever moves.
  class Shown {
   public:
    Shown() = default;
    Shown(Shown&& other) noexcept;
    Shown& operator=(Shown&& other) noexcept;
    ~Shown() = default;
    std::string const* operator[](std::size_t symbol) const {
      auto const from_first = symbol + kFirst;
      auto const piece = static_cast<std::size_t>(std::bit_width(from_first) - std::bit_width(kFirst));
      return pieces_[piece][from_first - (kFirst << piece)];
    }
    std::size_t size() const { return size_.load(std::memory_order_acquire); }
    void push_back(std::string const* text);

   private:
    static constexpr std::size_t kFirst = 64;
    std::array<std::unique_ptr<std::string const*[]>, 32> pieces_;
    std::atomic<std::size_t> size_ = 0;
  };

  Shown shown_;
  Spellings spellings_;  // every one that was met, so that it is folded once, and the folded one
};

}  // namespace waymark::values
