// One release, made ready to be looked up: keys as the words that values carry, and where each combination stands.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "engine/evidence/evidence.hpp"
#include "engine/review/column.hpp"

namespace waymark::review {

inline constexpr std::uint32_t kNoRow = 0xFFFFFFFF;

/// What a key's text is as a value: a choice's index, a year, a date's days, steps, or the symbol itself of a code or a
/// text. Nothing that a value can be: kNoLowest.
Steps key_word(vocabulary::Type const& type, values::Symbol symbol, values::Symbols const& symbols,
               vocabulary::Vocabulary const& vocabulary);

class TableIndex {
 public:
  TableIndex(evidence::Release const& release, vocabulary::Vocabulary const& vocabulary,
             values::Symbols const& symbols);
  // Spans of it stand in its own memory: it may move, and is never copied.
  TableIndex(TableIndex&&) = default;
  TableIndex& operator=(TableIndex&&) = default;

  evidence::Release const& release() const { return *release_; }
  /// Of its table, as that was when this was made.
  std::uint64_t number() const { return number_; }
  std::size_t rows() const { return release_->table.rows; }
  /// A key without a row is no answer: rows of the release could not be read.
  bool rows_lost() const { return release_->table.rows_lost; }
  /// The first row with these words, by SourceKey; kNoRow: none.
  std::uint32_t find(std::span<Steps const> words) const;
  /// Whether every combination of keys has a place of its own: where there are not many more of them than rows.
  bool has_places() const { return !rows_at_.empty(); }
  /// What the words of one key add to the place of their combination: kNoPlace, or more once several are added, where
  /// no row has it. Without a branch, so that a loop over many words is a wide one.
  class KeyPlaces {
   public:
    KeyPlaces(Narrow first, std::span<std::uint32_t const> by_word) : first_(first), by_word_(by_word) {}
    std::uint32_t of(Narrow word) const {
      auto const nth = static_cast<std::uint32_t>(word) - static_cast<std::uint32_t>(first_);
      return by_word_[std::min(nth, static_cast<std::uint32_t>(by_word_.size() - 1))];
    }

   private:
    Narrow first_;
    std::span<std::uint32_t const> by_word_;
  };
  /// Of a table that has places.
  KeyPlaces places(std::size_t key) const { return {places_[key].first, places_[key].by_word}; }
  /// By place, and at the end kNoRow for all that is none: the same as `find` of the words whose places were added.
  std::span<std::uint32_t const> rows_at() const { return rows_at_; }
  static constexpr std::size_t kMostKeys = 7;  ///< so that what is added up stays below what it must not reach
  static constexpr std::uint32_t kNoPlace = std::uint32_t{1} << 26U;

  /// Makes ready that rows are asked for without `key`.
  void open(std::size_t key);
  /// The rows with these words, whatever stands in the key `open`, which was opened; of equal combinations the first.
  std::span<std::uint32_t const> rows_but(std::size_t open, std::span<Steps const> words) const;
  Steps word(std::size_t key, std::uint32_t row) const { return words_[key][row]; }
  /// Of a Source with one key: each different word, ordered by its text.
  std::vector<Steps> const& members() const { return members_; }

  /// Of a list that a policy decided: whether it could not tell of the row, or of the member.
  bool is_untold(std::uint32_t row) const {
    return !release_->table.untold.empty() && release_->table.untold[row] != 0;
  }
  bool has_untold() const { return !release_->table.untold.empty(); }
  std::vector<std::uint8_t> const& untold_members() const { return untold_members_; }  ///< by member; empty: none

  /// The cells of a column, by row, each within the range that its column declares.
  std::span<Steps const> lowest(std::uint32_t column) const { return within_[column].lowest; }
  std::span<Steps const> highest(std::uint32_t column) const { return within_[column].highest; }
  /// Makes ready that the cells of a column are read by place, where there are places and all of it fits in 32 bits.
  void place(std::uint32_t column);
  /// By place the cell of its row; where it has none, and at the end for all that is no place, a cell of which nothing
  /// is known. None is further from 0 than the limit.
  struct PlacedCells {
    std::vector<EndsOf<Narrow>> at;  ///< empty: they are not ready
    Steps limit = 0;
  };
  PlacedCells const& placed(std::uint32_t column) const { return within_[column].placed; }
  /// A cell within the range that its column declares.
  Bounds cell(std::uint32_t column, std::uint32_t row) const;
  values::Known known(std::uint32_t column, std::uint32_t row) const {
    return release_->table.columns[column].known[row];
  }
  /// What a cell is of which nothing is known.
  Bounds declared(std::uint32_t column) const { return declared_[column]; }

 private:
  bool same(std::uint32_t row, std::span<Steps const> words) const;
  void index_rows();
  void index_places();
  void keep_within(vocabulary::Source const& source);
  void index_members(values::Symbols const& symbols);

  evidence::Release const* release_;
  std::uint64_t number_;
  std::vector<std::vector<Steps>> words_;  // by key, by row

  struct Places {
    Narrow first = 0;                    // the least word
    std::vector<std::uint32_t> by_word;  // and at the end kNoPlace for all other words
  };
  std::vector<Places> places_;          // by key
  std::vector<std::uint32_t> rows_at_;  // by place, and kNoRow; empty: there are too many

  struct Within {
    std::span<Steps const> lowest, highest;
    std::vector<Steps> own_lowest, own_highest;  // empty: the release's own
    PlacedCells placed;
  };
  std::vector<Within> within_;  // by column
  std::vector<Steps> members_;
  std::vector<std::uint8_t> untold_members_;
  std::vector<Bounds> declared_;
  std::map<std::size_t, std::vector<std::uint32_t>> opened_;  // by open key: rows, ordered by the words of the others
  std::vector<std::uint32_t> slots_;                          // open addressing over the combinations of keys
};

}  // namespace waymark::review
