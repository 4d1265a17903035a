// Words of data (regions, credentials, codes) as small numbers, so that a lookup is an index and a comparison is one
// too.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "engine/values/spellings.hpp"

namespace waymark::values {

/// The number of a text in a `Symbols` table. Equal texts (but for case and blanks) have equal symbols.
using Symbol = std::uint32_t;

/// Texts that differ only in the case of ASCII letters or in blanks are one: `Essex County` is `ESSEX  COUNTY`. The
/// first spelling is the one that is shown.
class Symbols {
 public:
  Symbols() = default;
  Symbols(Symbols&&) = default;
  Symbols& operator=(Symbols&&) = default;

  Symbol intern(std::string_view text);
  /// Nothing is added; `kUnknown` when the text has never been seen.
  Symbol find(std::string_view text) const;
  /// The same, but only where this very spelling has been interned before. `word`: as Spellings has it.
  Symbol find_spelling(std::string_view text, std::uint64_t word) const { return spellings_.find(text, word); }
  std::string const& text(Symbol symbol) const { return *shown_[symbol]; }
  std::size_t size() const { return shown_.size(); }

  static constexpr Symbol kUnknown = Spellings::kNone;

 private:
  std::string const& keep(std::string_view text, Symbol symbol);

  std::deque<std::string> kept_;  // stable addresses
  std::vector<std::string const*> shown_;
  Spellings spellings_;  // every one that was met, so that it is folded once, and the folded one
};

}  // namespace waymark::values
