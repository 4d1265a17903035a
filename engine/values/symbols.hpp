// Words of data (regions, credentials, codes) as small numbers, so that a lookup is an index and a comparison is one
// too.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace waymark::values {

/// The number of a text in a `Symbols` table. Equal texts (but for case and blanks) have equal symbols.
using Symbol = std::uint32_t;

/// Texts that differ only in the case of ASCII letters or in blanks are one: `Essex County` is `ESSEX  COUNTY`. The
/// first spelling is the one that is shown.
class Symbols {
 public:
  Symbol intern(std::string_view text);
  /// Nothing is added; `kUnknown` when the text has never been seen.
  Symbol find(std::string_view text) const;
  std::string const& text(Symbol symbol) const { return shown_[symbol]; }
  std::size_t size() const { return shown_.size(); }

  static constexpr Symbol kUnknown = 0xFFFFFFFF;

 private:
  std::deque<std::string> folded_;  // stable addresses for the keys of `by_text_`
  std::deque<std::string> shown_;
  std::unordered_map<std::string_view, Symbol> by_text_;
};

}  // namespace waymark::values
