// Which ids have come before, in memory that has an end.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace waymark::cases {

/// Ids as they were written, so that what is found again is the same id and not one that looks alike. The texts stand
/// one after the other in blocks; when there is room for no more, the block with the oldest is forgotten. A stream
/// without end is compared in 128 MiB: with the last 5,200,000 ids where they have 10 bytes or fewer.
class IdsSeen {
 public:
  struct Limits {
    std::size_t slots = std::size_t{1} << 23U;   ///< of 8 bytes, a power of two; at most five eighths are used
    std::size_t blocks = std::size_t{8} << 10U;  ///< each is forgotten at once
    std::size_t block = std::size_t{8} << 10U;   ///< bytes, enough for the longest id
  };
  IdsSeen() : IdsSeen(Limits{}) {}
  explicit IdsSeen(Limits limits) : limits_(limits), blocks_(1) {}

  using Mark = std::uint64_t;
  static Mark mark_of(std::string_view id);

  /// Remembers an id, which is not empty; says whether it is new.
  bool add(std::string_view id, Mark mark);
  /// Asks for what is remembered near a mark, which is in no cache where there are a million: `add` is quick then.
  // Always inline: a function that only prefetches has no effect in the eyes of g++ 12, and is not called.
  [[gnu::always_inline]] void expect(Mark mark) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[mark & (slots_.size() - 1)]);
  }

  /// Of ids that were not compared with all before them: how many different ones came until then, and with how many of
  /// the last each was compared at least.
  struct Bounded {
    std::uint64_t after = 0;
    std::size_t last = std::numeric_limits<std::size_t>::max();
  };
  std::optional<Bounded> bounded() const { return bounded_; }

 private:
  // Open addressing with linear probing: the lower half of a mark, and where the id stands, from 1; 0: free.
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t place = 0;
  };
  // Where an id stands among the slots, or the free one where it would.
  std::size_t slot_of(std::string_view id, Mark mark) const;
  std::size_t after(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  std::string_view text_at(std::uint32_t place) const;
  void make_room(std::size_t length);
  std::size_t next_block(std::size_t block) const { return (block + 1) % limits_.blocks; }
  void begin_next_block();
  std::uint32_t keep(std::string_view id);
  void grow();
  void forget_oldest_block();
  void free(std::size_t slot);

  Limits limits_;
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
  std::uint64_t came_ = 0;  // ids that were new
  // Ids one after the other, each its length in two bytes and its text.
  struct Block {
    std::vector<char> bytes;
    std::size_t used = 0;  // of the bytes
  };
  std::vector<Block> blocks_;  // in turns, made when they are needed
  Block spare_;                // the memory of one that was forgotten
  std::size_t oldest_ = 0, newest_ = 0;
  std::optional<Bounded> bounded_;
};

}  // namespace waymark::cases
