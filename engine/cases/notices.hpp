// What a run remembers of all its submissions, so that it says a thing once: keys that no field has, ids that come
// again.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "engine/cases/ids_seen.hpp"

namespace waymark::cases {

/// Whether a remark is to be made, made as the last of its kind, or left out.
enum class Say : std::uint8_t { it, that_there_are_more, nothing };

class Notices {
 public:
  /// `where` tells objects apart that may hold the same key.
  Say unknown_key(std::string_view where, std::string_view key);
  /// Whether `unknown_key` would say nothing of it, now and from now on. These two may be asked by several threads.
  bool has_said(std::string_view where, std::string_view key) const;
  /// True once for each field: its value may be a share where percent are needed.
  bool maybe_a_share(std::string_view field) { return shares_.emplace(field).second; }
  using Mark = IdsSeen::Mark;
  static Mark mark_of(std::string_view id) { return IdsSeen::mark_of(id); }
  /// Says that `id` comes soon.
  [[gnu::always_inline]] void expect(Mark mark) const { ids_.expect(mark); }
  /// Of an id that has come before among the last millions (IdsSeen), once each; nothing for one that is new. An empty
  /// id is no id.
  Say id(std::string_view id) { return this->id(id, mark_of(id)); }
  Say id(std::string_view id, Mark mark);
  /// How far back ids were compared, where not with all; nothing when so many were named that no other would be.
  std::optional<IdsSeen::Bounded> ids_bounded() const;

  static constexpr std::size_t kKeysNamed = 50;
  static constexpr std::size_t kKeyCompared = 200;  // bytes: longer keys that begin alike are one
  static constexpr std::size_t kIdsNamed = 5;

 private:
  static std::string remembered(std::string_view where, std::string_view key);

  std::mutex mutable keys_asked_;
  std::unordered_set<std::string> keys_;
  std::unordered_set<std::string> shares_;
  IdsSeen ids_;
  std::unordered_set<std::string> ids_named_;
};

}  // namespace waymark::cases
