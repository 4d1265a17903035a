// The tree of a ledger, built again beside the stored one while entries pass by, and the checkpoints held against it.
//
// It is built from the hashes that the lowest tiles hold, each of which is compared with the entry's own. So an entry
// that was changed is found where it stands, whatever else was made to fit, and what comes after it is still judged.
#pragma once

#include <array>
#include <map>
#include <string>

#include "engine/ledger/findings.hpp"
#include "engine/ledger/sqlite.hpp"
#include "engine/ledger/tiles.hpp"

namespace waymark::ledger {

class TreeCheck {
 public:
  /// `watched`: the size of the anchor, at which the root is kept.
  TreeCheck(SqliteFile const& file, Verification& found, std::optional<std::uint64_t> watched);

  std::uint64_t size() const { return tree_.size(); }
  /// What the stored tree has for the next entry.
  SqlResult<std::optional<Hash>> expected();
  /// Adds the next entry: by the stored hash, or else by its own. `fits`: the entry is as it was recorded.
  std::optional<SqlError> add(Hash const& leaf, bool fits);
  /// The group of the entry about to be added, where its body tells: a checkpoint stands exactly where one ended.
  void begin_entry(std::optional<std::uint64_t> group);
  /// After the last entry: what is stored beyond it.
  std::optional<SqlError> finish();

  std::uint64_t checkpoints() const { return checkpoints_; }
  /// The root at the watched size, if the tree came so far.
  std::optional<Hash> watched_root() const { return watched_root_; }
  bool broken_before(std::uint64_t seq) const { return first_broken_ && *first_broken_ < seq; }

 private:
  SqlResult<std::optional<Hash>> stored(std::size_t level, std::uint64_t index);
  void check_node(unsigned level, std::uint64_t index, Hash const& hash);
  void no_hash(std::size_t level, std::uint64_t index);
  void check_checkpoint(std::string_view written);
  std::optional<SqlError> next_checkpoint();
  std::optional<SqlError> check_sizes();
  void mark(std::uint64_t seq);

  struct Tile {
    std::optional<std::uint64_t> position;
    std::string hashes;
    bool reported = false;
  };
  struct Row {
    std::int64_t size = 0;
    std::string note;
  };

  SqliteFile const& file_;
  Verification& found_;
  Frontier tree_;
  std::array<Tile, kTileLevels> tiles_;
  std::optional<SqlError> error_;  // of a callback
  std::optional<Query> rows_;      // checkpoints, by their size
  std::optional<Row> next_;
  std::uint64_t checkpoints_ = 0;
  std::uint64_t group_ = 0;  // where the group of the last entry began
  bool group_known_ = false;
  std::uint64_t last_checkpoint_ = 0;
  std::uint64_t vouched_ = 0;  // entries under a checkpoint that fits: what is wrong stands behind them
  std::optional<std::uint64_t> first_broken_, last_broken_;
  std::optional<std::uint64_t> watched_;
  std::optional<Hash> watched_root_;
};

}  // namespace waymark::ledger
