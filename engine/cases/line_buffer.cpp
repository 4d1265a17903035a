// Pulling bytes, and finding where the last line ends.
#include "engine/cases/line_buffer.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "engine/cases/json.hpp"
#include "engine/cases/reader_base.hpp"

namespace waymark::cases {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 17U;    // is still in the cache when its lines are looked for
constexpr std::size_t kUsually = std::size_t{5} << 19U;  // what a block of usual lines needs, and more

}  // namespace

// So that a further piece can come after what is not taken: in place where there is room, else in memory that nobody
// else holds. Little is moved to the front at once, so that one thread reads in the same few bytes again and again.
void LineBuffer::make_room() {
  auto const kept = static_cast<std::size_t>(end_ - begin_);
  auto const needed = kept + kPiece + JsonReader::kPadding;
  bool const held = memory_.use_count() > 1;
  auto const room = memory_ ? size_ - static_cast<std::size_t>(end_ - memory_.get()) : 0;
  if (!held && kept > kPiece && room >= kPiece + JsonReader::kPadding) return;
  auto const before = memory_;  // until its bytes are moved
  if (held || size_ < needed) take_memory(needed);
  if (kept != 0 && memory_.get() != begin_) std::memmove(memory_.get(), begin_, kept);
  complete_ = memory_.get() + (complete_ - begin_);
  begin_ = memory_.get();
  end_ = begin_ + kept;
}

void LineBuffer::take_memory(std::size_t needed) {
  if (memory_) others_.emplace_back(std::move(memory_), size_);
  auto const is_free = [](auto const& other) { return other.first.use_count() == 1; };
  auto const free = std::find_if(others_.begin(), others_.end(),
                                 [&](auto const& other) { return other.second >= needed && is_free(other); });
  if (free != others_.end()) {
    std::tie(memory_, size_) = std::move(*free);
    others_.erase(free);
  } else {
    size_ = std::max(kUsually, needed + needed / 2);
    memory_ = Memory(new char[size_]);
    std::erase_if(others_, is_free);
  }
}

void LineBuffer::refill() {
  make_room();
  auto* const came = end_;
  auto const pulled = pull_(came, kPiece);
  if (!pulled) {
    failure_ = pulled.error();
    ended_ = true;
    end_ = complete_;  // before what came, where that goes on a line
    *end_ = '\0';
    return;
  }
  end_ += *pulled;
  ended_ = end_ == came;
  if (dropping_) drop_rest(came);
  skip_byte_order_mark();
  auto const last = std::string_view(came, static_cast<std::size_t>(end_ - came)).rfind('\n');
  if (ended_) {
    complete_ = end_;
  } else if (last != std::string_view::npos) {
    complete_ = came + last + 1;
  } else if (static_cast<std::size_t>(end_ - complete_) > kLargestSubmission) {
    end_ = complete_ + kLargestSubmission + 1;
    *end_++ = '\n';
    complete_ = end_;
    dropping_ = true;
  }
  *end_ = '\0';
}

// Of what came, the rest of a line that was too long.
void LineBuffer::drop_rest(char* came) {
  auto const size = static_cast<std::size_t>(end_ - came);
  auto const* const line_end = static_cast<char const*>(size == 0 ? nullptr : std::memchr(came, '\n', size));
  auto const rest = line_end == nullptr ? size : static_cast<std::size_t>(line_end + 1 - came);
  std::memmove(came, came + rest, size - rest);
  end_ -= rest;
  dropping_ = line_end == nullptr;
}

void LineBuffer::skip_byte_order_mark() {
  auto const there = std::string_view(begin_, static_cast<std::size_t>(end_ - begin_));
  if (!at_start_ || there.size() < kByteOrderMark.size()) return;
  if (there.starts_with(kByteOrderMark)) complete_ = begin_ += kByteOrderMark.size();
  at_start_ = false;
}

}  // namespace waymark::cases
