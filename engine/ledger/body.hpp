// Reads the body of an entry: whether it is canonical, and the few members that the ledger itself looks at.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/values/hash.hpp"

namespace waymark::ledger {

inline constexpr std::size_t kLongestBody = std::size_t{1} << 20U;
inline constexpr int kDeepestBody = 64;
inline constexpr std::int64_t kLargestNumber = (std::int64_t{1} << 53) - 1;

/// A hash that stands in a body under a key that ends in `sha256`.
struct NamedHash {
  values::Hash hash;
  bool kept = false;  ///< the key is `sha256` itself: its bytes are kept in the ledger
};

/// Keeps its memory from body to body. Not for two threads at once.
class BodyReader {
 public:
  BodyReader();
  BodyReader(BodyReader const&) = delete;
  BodyReader& operator=(BodyReader const&) = delete;
  ~BodyReader();

  /// Why `text` is no canonical JSON object, in words; nothing where it is one. What is asked below is of the last
  /// text, and only where that was canonical.
  std::optional<std::string> read(std::string_view text);

  bool has(std::string_view key) const;
  /// Members of the object; nothing where there is no such member or it is something else.
  std::optional<std::uint64_t> number(std::string_view key) const;
  std::optional<std::string_view> text(std::string_view key) const;
  /// The text `key` of the object that stands under `object`.
  std::optional<std::string_view> text_in(std::string_view object, std::string_view key) const;
  /// The whole numbers of a list, and the members of an object that are whole numbers, by their keys. False where
  /// something else stands there; true, and nothing, where there is no such member.
  bool numbers(std::string_view key, std::vector<std::uint64_t>& out) const;
  bool numbers_by_key(std::string_view key, std::vector<std::pair<std::string_view, std::uint64_t>>& out) const;
  /// In the order of the text, at any depth.
  std::vector<NamedHash> const& hashes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace waymark::ledger
