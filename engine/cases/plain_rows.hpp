// Rows of a batch from plain lines, and what of them must be settled in the order of the input.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/cases/plain_lines.hpp"

namespace waymark::cases::plain {

/// Of plain rows that follow each other: texts without a symbol, and ids that are to be remembered.
struct Unsettled {
  std::vector<NewText> texts;
  std::vector<Notices::Mark> marks;  ///< of the ids, a row each
  std::size_t first_row = 0;
};

class PlainRows {
 public:
  PlainRows(Setting const& setting, Notices const& notices) : setting_(setting), lines_(setting, notices) {}

  /// The next rows go into this batch, until it has `most`.
  void begin(Batch& batch, std::size_t most, Unsettled& unsettled);
  /// Adds the row of the line that begins here, the input's `line`-th, and gives one past its end; null where it is for
  /// the other reader: the batch has no more than its rows then.
  Cursor add(Cursor begin, std::uint64_t line);
  /// Before anyone else has the batch: it may have more room than rows.
  void end();

 private:
  static constexpr std::size_t kMostRoom = 128;
  void make_room();

  Setting const& setting_;
  PlainLines lines_;
  Batch* batch_ = nullptr;
  Unsettled* unsettled_ = nullptr;
  std::size_t most_ = 0;
  std::size_t room_ = 1;  // how many rows are made next
};

}  // namespace waymark::cases::plain
