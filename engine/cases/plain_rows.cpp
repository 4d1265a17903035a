// Making room for rows, many at a time, and taking back what is not used.
#include "engine/cases/plain_rows.hpp"

#include <algorithm>

#include "engine/cases/reader_base.hpp"

namespace waymark::cases::plain {

void PlainRows::begin(Batch& batch, std::size_t most, Unsettled& unsettled) {
  batch_ = &batch;
  most_ = most;
  unsettled_ = &unsettled;
  WAYMARK_CHECK(batch.facts.rows == batch.size(), "room for rows that no line is read into yet");
}

Cursor PlainRows::add(Cursor begin, std::uint64_t line) {
  make_room();
  auto const row = batch_->size();
  auto const texts = unsettled_->texts.size();
  auto const* const next = lines_.read(begin, row);
  if (next == nullptr || static_cast<std::size_t>(next - 1 - begin) > kLargestSubmission) {
    unsettled_->texts.resize(texts);
    end();
    room_ = 1;  // what is made and not used costs
    return nullptr;
  }
  auto& origin = batch_->origins.emplace_back();
  origin.id = lines_.id();
  origin.line = line;
  if (setting_.keep_received) origin.received.assign(begin, next - 1);
  batch_->waivers.emplace_back();
  if (unsettled_->marks.empty()) unsettled_->first_row = row;
  unsettled_->marks.push_back(Notices::mark_of(lines_.id()));
  return next;
}

void PlainRows::end() { truncate(batch_->facts, batch_->size(), setting_.vocabulary); }

void PlainRows::make_room() {
  if (batch_->facts.rows > batch_->size()) return;
  if (room_ == kMostRoom) {
    reserve_rows(batch_->facts, most_, setting_.vocabulary);
    batch_->origins.reserve(most_);
    batch_->waivers.reserve(most_);
  }
  add_missing_rows(batch_->facts, std::min(room_, most_ - batch_->size()), setting_.vocabulary);
  lines_.read_into(batch_->facts, unsettled_->texts);
  room_ = std::min(2 * room_, kMostRoom);
}

}  // namespace waymark::cases::plain
