// What a run remembers of all its submissions, so that it says a thing once: keys that no field has, ids that come
// again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace waymark::cases {

/// Whether a remark is to be made, made as the last of its kind, or left out.
enum class Say : std::uint8_t { it, that_there_are_more, nothing };

class Notices {
 public:
  /// `where` tells objects apart that may hold the same key.
  Say unknown_key(std::string_view where, std::string_view key);
  /// Whether `unknown_key` would say nothing of it, now and from now on.
  bool has_said(std::string_view where, std::string_view key) const;
  /// True once for each field: its value may be a share where percent are needed.
  bool maybe_a_share(std::string_view field) { return shares_.emplace(field).second; }
  /// A million ids are remembered as 128 bits each.
  struct Mark {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    friend bool operator==(Mark const&, Mark const&) = default;
  };
  static Mark mark_of(std::string_view id);
  /// Asks for what is remembered near a mark, which is in no cache where there are a million: `id` is quick then.
  // Always inline: a function that only prefetches has no effect in the eyes of g++ 12, and is not called.
  [[gnu::always_inline]] void expect(Mark mark) const {
    if (!marks_.empty()) __builtin_prefetch(&marks_[mark.low & (marks_.size() - 1)]);
  }
  /// Of an id that has come before, once each; nothing for one that is new. An empty id is no id.
  Say id(std::string_view id) { return this->id(id, mark_of(id)); }
  Say id(std::string_view id, Mark mark);

  static constexpr std::size_t kKeysNamed = 50;
  static constexpr std::size_t kKeyCompared = 200;  // bytes: longer keys that begin alike are one
  static constexpr std::size_t kIdsNamed = 5;

 private:
  static std::string remembered(std::string_view where, std::string_view key);

  bool add(Mark mark);
  void grow();

  std::unordered_set<std::string> keys_;
  std::unordered_set<std::string> shares_;
  std::vector<Mark> marks_;  // open addressing, a power of two; both zero: free
  std::size_t used_ = 0;
  std::unordered_set<std::string> ids_named_;
};

}  // namespace waymark::cases
