// The lines of an input as they come, in memory that is kept while somebody reads in it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/cases/readers.hpp"

namespace waymark::cases {

/// Not for several threads at once.
class LineBuffer {
 public:
  explicit LineBuffer(Pull pull) : pull_(std::move(pull)) {}

  /// The lines that are there in full, each with its end; at the input's end a last one may have none. After them
  /// stand bytes that may be read, as JsonReader::kPadding says, and the first of which no line has.
  std::string_view lines() const { return {begin_, static_cast<std::size_t>(complete_ - begin_)}; }
  /// So many bytes at the front of `lines` are done with.
  void take(std::size_t size) {
    begin_ += size;
    at_start_ = false;
  }
  /// Waits for more, which goes on where `lines` ends: in full lines or not. A line that is too long ends one byte
  /// after what a submission may have; the rest of it is passed over.
  void refill();
  bool ended() const { return ended_; }
  /// Why the input has ended before its end. What was cut in two by it is no line.
  std::optional<values::WorldError> const& failure() const { return failure_; }

  /// The memory in which `lines` stands, which stays as it is while it is held: until the holder calls again.
  using Memory = std::shared_ptr<char[]>;
  Memory const& memory() const { return memory_; }

 private:
  void make_room();
  void take_memory(std::size_t needed);
  void skip_byte_order_mark();
  void drop_rest(char* came);

  Pull pull_;
  Memory memory_;
  std::size_t size_ = 0;                                // of the memory
  std::vector<std::pair<Memory, std::size_t>> others_;  // that nobody holds any more, or still does
  char* begin_ = nullptr;                               // of what is not taken
  char* complete_ = nullptr;                            // where the lines end that are there in full
  char* end_ = nullptr;
  bool at_start_ = true;
  bool dropping_ = false;  // the rest of a line that is too long
  bool ended_ = false;
  std::optional<values::WorldError> failure_;
};

}  // namespace waymark::cases
