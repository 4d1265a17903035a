// What a lookup finds: the rows of a release that its keys name, part by part.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/review/list_parts.hpp"
#include "engine/review/table_index.hpp"

namespace waymark::review {

/// How a part of a lookup stands before its cell is read.
enum class PartState : std::uint8_t {
  row,
  no_row,
  row_lost,       // the release has no row for the key, and rows that could not be read
  other_edition,  // the list has no row for the key, and one for its partner in another edition
  no_release,     // none is known on the date
  key_unknown,
};

/// Whether filters keep a part.
enum Keep : std::uint8_t { kOut, kIn, kPerhaps };
/// By part, a Keep; empty: all are kept.
using Keeps = std::span<std::uint8_t>;

/// The parts of a lookup for every row of a domain.
class LookupRows {
 public:
  // Spans of it may stand in its own memory: it stays where it is.
  LookupRows() = default;
  LookupRows(LookupRows const&) = delete;
  LookupRows& operator=(LookupRows const&) = delete;

  /// As they are found one after the other.
  struct Walked {
    std::vector<std::uint32_t> offsets, rows;
    std::vector<PartState> states;
    std::vector<std::uint8_t> may_be_missing, and_more;
  };
  /// Forgets what there is; `take` shows what was put there since.
  Walked& walk();
  void take();

  /// By place in a table that has places, beyond them where the keys have none or are not known.
  struct ByPlace {
    TableIndex const* table = nullptr;
    Rows places;
    std::uint32_t first_unknown = 0;  ///< from this place on a key is not known
    Memory* memory = nullptr;         ///< for what is found of them later
  };
  /// One part a row.
  void take(ByPlace const& found);
  void take(ByPlace const& found, ListParts const& parts);

  std::size_t rows_of_domain() const { return offsets_.size() - 1; }
  std::uint32_t begin(std::size_t row) const { return offsets_[row]; }
  std::uint32_t end(std::size_t row) const { return offsets_[row + 1]; }
  std::size_t parts() const { return offsets_.back(); }
  /// By part its place, which may be beyond the table's last; empty where they were not found by place.
  Rows places() const { return by_place_.places; }
  TableIndex const* table() const { return by_place_.table; }  ///< that of the places
  /// From this place on a key is not known.
  std::uint32_t first_unknown_place() const { return by_place_.first_unknown; }
  /// By part its row in the release's table, kNoRow without one.
  Rows rows() const {
    if (rows_.size() != parts()) find_rows();
    return rows_;
  }
  PartState state(std::size_t part) const {
    if (by_place_.table == nullptr) return walked_.states[part];
    if (rows()[part] != kNoRow) return PartState::row;
    if (by_place_.places[part] >= by_place_.first_unknown) return PartState::key_unknown;
    return by_place_.table->rows_lost() ? PartState::row_lost : PartState::no_row;
  }
  bool some_missing() const { return !may_be_missing_.empty(); }
  bool may_be_missing(std::size_t part) const { return some_missing() && may_be_missing_[part] != 0; }
  /// A list of keys has members that are not known.
  bool and_more(std::size_t row) const { return !and_more_.empty() && and_more_[row] != 0; }
  /// Every row of the domain has one part.
  bool one_each() const { return one_each_; }
  std::uint32_t most_parts() const { return most_parts_; }  ///< of one row of the domain
  BySize const& by_size() const { return by_size_; }        ///< empty where they were not counted

 private:
  void find_rows() const;
  void find_missing();

  Walked walked_;
  ByPlace by_place_;
  Rows offsets_;
  mutable Rows rows_;                             // of places, once they are asked for
  std::span<std::uint8_t const> may_be_missing_;  // empty: none
  std::span<std::uint8_t const> and_more_;        // empty: none has
  BySize by_size_;
  bool one_each_ = false;
  std::uint32_t most_parts_ = 0;
};

/// What the keys of one part of a lookup are.
struct PartWords {
  std::vector<Steps> words;      ///< kNoLowest: unknown
  std::vector<Steps> submitted;  ///< the same, but for a list's codes outside their edition
};

}  // namespace waymark::review
