#include "engine/cases/ids_seen.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/cases/values.hpp"
#include "engine/values/spellings.hpp"

namespace waymark::cases {
namespace {

constexpr std::uint64_t kFirst = 0x9E3779B97F4A7C15U;
constexpr std::uint64_t kSecond = 0xD6E8FEB86659FD93U;
constexpr std::size_t kLength = sizeof(std::uint16_t);
// Whoever reads an id refuses one that is longer.
static_assert(kLongestId <= std::numeric_limits<std::uint16_t>::max());
static_assert(kLength + kLongestId <= IdsSeen::Limits{}.block);

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  auto out = (a ^ (a >> 29U)) * kFirst + b;
  out = (out ^ (out >> 32U)) * kSecond;
  return out ^ (out >> 31U);
}

std::string_view text_in(char const* from) {
  std::uint16_t length = 0;
  std::memcpy(&length, from, kLength);
  return {from + kLength, length};
}

}  // namespace

IdsSeen::Mark IdsSeen::mark_of(std::string_view id) {
  Mark out = kFirst ^ id.size();
  while (!id.empty()) {
    auto const eight = id.substr(0, 8);
    out = mixed(out, values::Spellings::word_of(eight));
    id.remove_prefix(eight.size());
  }
  return out;
}

std::string_view IdsSeen::text_at(std::uint32_t place) const {
  return text_in(&blocks_[(place - 1) / limits_.block].bytes[(place - 1) % limits_.block]);
}

std::size_t IdsSeen::slot_of(std::string_view id, Mark mark) const {
  auto const tag = static_cast<std::uint32_t>(mark);
  auto at = tag & (slots_.size() - 1);
  while (slots_[at].place != 0 && (slots_[at].tag != tag || text_at(slots_[at].place) != id)) at = after(at);
  return at;
}

// Fourfold up to what the limits allow, since what is there is put to new places each time; meanwhile both stand.
void IdsSeen::grow() {
  auto const size = std::min(std::max<std::size_t>(1024, 4 * slots_.size()), limits_.slots);
  auto const before = std::exchange(slots_, std::vector<Slot>(size));
  for (Slot const& slot : before) {
    if (slot.place == 0) continue;
    auto at = slot.tag & (slots_.size() - 1);
    while (slots_[at].place != 0) at = after(at);
    slots_[at] = slot;
  }
}

// What stands behind a freed slot and could have stood in it moves up, so that whoever looks for it does not stop short
// (Knuth, The Art of Computer Programming 3, 6.4, algorithm R).
void IdsSeen::free(std::size_t slot) {
  auto const mask = slots_.size() - 1;
  for (auto next = after(slot); slots_[next].place != 0; next = after(next)) {
    auto const home = slots_[next].tag & mask;
    if (((next - home) & mask) < ((next - slot) & mask)) continue;
    slots_[slot] = slots_[next];
    slot = next;
  }
  slots_[slot] = {};
  --used_;
}

void IdsSeen::forget_oldest_block() {
  auto& block = blocks_[oldest_];
  auto const each = [&](auto const& then) {
    for (std::size_t at = 0; at < block.used;) {
      auto const id = text_in(&block.bytes[at]);
      then(id, mark_of(id));
      at += kLength + id.size();
    }
  };
  each([&](std::string_view, Mark mark) { expect(mark); });
  each([&](std::string_view id, Mark mark) { free(slot_of(id, mark)); });
  block.used = 0;
  std::swap(spare_, block);
  if (newest_ == oldest_) begin_next_block();
  oldest_ = next_block(oldest_);
  if (!bounded_) bounded_ = Bounded{came_, used_};
  bounded_->last = std::min(bounded_->last, used_);
}

void IdsSeen::make_room(std::size_t length) {
  if (8 * used_ >= 5 * slots_.size()) {
    if (slots_.size() < limits_.slots) {
      grow();
    } else {
      forget_oldest_block();
    }
  }
  if (blocks_[newest_].used + kLength + length > limits_.block) {
    if (next_block(newest_) == oldest_) forget_oldest_block();
    begin_next_block();
  }
}

void IdsSeen::begin_next_block() {
  newest_ = next_block(newest_);
  if (newest_ == blocks_.size()) blocks_.emplace_back();
  std::swap(blocks_[newest_], spare_);
}

std::uint32_t IdsSeen::keep(std::string_view id) {
  auto& [bytes, used] = blocks_[newest_];
  auto const place = newest_ * limits_.block + used + 1;
  auto const end = used + kLength + id.size();
  // A small input has few ids.
  if (end > bytes.size()) bytes.resize(blocks_.size() > 1 ? limits_.block : std::min(2 * end, limits_.block));
  auto const length = static_cast<std::uint16_t>(id.size());
  std::memcpy(&bytes[used], &length, kLength);
  id.copy(&bytes[used + kLength], id.size());
  used = end;
  return static_cast<std::uint32_t>(place);
}

bool IdsSeen::add(std::string_view id, Mark mark) {
  make_room(id.size());
  auto const slot = slot_of(id, mark);
  if (slots_[slot].place != 0) return false;
  slots_[slot] = {static_cast<std::uint32_t>(mark), keep(id)};
  ++used_;
  ++came_;
  return true;
}

}  // namespace waymark::cases
