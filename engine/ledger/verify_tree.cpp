#include "engine/ledger/verify_tree.hpp"

#include <fmt/format.h>

#include <utility>

namespace waymark::ledger {

TreeCheck::TreeCheck(SqliteFile const& file, Verification& found, std::optional<std::uint64_t> watched)
    : file_(file), found_(found), watched_(watched) {
  if (watched_ == std::uint64_t{0}) watched_root_ = tree_.root();
  auto rows = file.query("SELECT size, note FROM checkpoint ORDER BY size");
  if (rows) {
    rows_.emplace(*std::move(rows));
    error_ = next_checkpoint();
  } else if (rows.error().of_the_world()) {
    error_ = std::move(rows.error());
  } else {
    found.integrity.add(std::nullopt, "the checkpoints cannot be read: " + rows.error().message);
  }
}

void TreeCheck::mark(std::uint64_t seq) {
  first_broken_ = first_broken_ ? std::min(*first_broken_, seq) : seq;
  last_broken_ = last_broken_ ? std::max(*last_broken_, seq) : seq;
}

SqlResult<std::optional<Hash>> TreeCheck::stored(std::size_t level, std::uint64_t index) {
  auto& tile = tiles_[level];
  auto const position = index / kTileWidth;
  if (tile.position != position) {
    tile = Tile{position, {}, false};
    auto row = file_.query("SELECT hashes FROM tile WHERE level = ? AND position = ?",
                           static_cast<std::uint64_t>(level), position);
    auto more = row ? row->next() : values::failure(row.error());
    if (!more && more.error().of_the_world()) return values::failure(std::move(more.error()));
    if (more && *more && row->is_bytes(0)) tile.hashes = row->raw(0);
  }
  return hash_in(tile.hashes, index % kTileWidth);
}

SqlResult<std::optional<Hash>> TreeCheck::expected() { return stored(0, tree_.size()); }

void TreeCheck::no_hash(std::size_t level, std::uint64_t index) {
  if (std::exchange(tiles_[level].reported, true)) return;
  auto const seq = index << (kTileHeight * level);
  found_.integrity.add(seq, level == 0 ? "the tree holds no hash for it"
                                       : fmt::format("the tree holds no hash over it at level {} of its tiles", level));
  mark(seq);
}

std::optional<SqlError> TreeCheck::add(Hash const& leaf, bool fits) {
  auto const seq = tree_.size();
  if (!fits) mark(seq);
  auto const in_tree = expected();
  if (!in_tree) return in_tree.error();
  if (!*in_tree) no_hash(0, seq);
  tree_.add(in_tree->value_or(leaf),
            [&](unsigned level, std::uint64_t index, Hash const& hash) { check_node(level, index, hash); });
  if (error_) return std::exchange(error_, std::nullopt);
  if (tree_.size() == watched_) watched_root_ = tree_.root();
  while (next_ && next_->size <= static_cast<std::int64_t>(tree_.size())) {
    check_checkpoint(next_->note);
    if (auto error = next_checkpoint()) return error;
  }
  return std::nullopt;
}

// A node that does not fit is said only where nothing below it was found: what is wrong stands there.
void TreeCheck::check_node(unsigned level, std::uint64_t index, Hash const& hash) {
  if (level == 0 || level % kTileHeight != 0) return;
  auto const first = std::max(index << level, vouched_);
  auto const in_tree = stored(level / kTileHeight, index);
  if (!in_tree) {
    error_ = in_tree.error();
  } else if (!*in_tree) {
    no_hash(level / kTileHeight, index);
  } else if (**in_tree != hash && !(last_broken_ && *last_broken_ >= first)) {
    found_.integrity.add(first, fmt::format("level {} of the tree's tiles holds another hash over the entries {} to {}",
                                            level / kTileHeight, first, tree_.size()));
    mark(first);
  }
}

std::optional<SqlError> TreeCheck::next_checkpoint() {
  auto const before = std::exchange(next_, std::nullopt);
  auto more = rows_->next();
  if (!more && more.error().of_the_world()) return std::move(more.error());
  if (!more) found_.integrity.add(std::nullopt, "the checkpoints cannot be read to the end: " + more.error().message);
  if (!more || !*more) return std::nullopt;
  if (before && rows_->whole(0) <= before->size) {
    found_.integrity.add(std::nullopt, "the checkpoints stand out of order");
    return std::nullopt;
  }
  next_ = Row{rows_->whole(0), std::string(rows_->is_text(1) ? rows_->raw(1) : std::string_view())};
  ++checkpoints_;
  return std::nullopt;
}

void TreeCheck::check_checkpoint(std::string_view written) {
  auto const size = tree_.size();
  auto const say = [&](std::string const& what) {
    found_.integrity.add(group_, fmt::format("the checkpoint over the first {} entries {}", next_->size, what));
    mark(group_);
  };
  if (next_->size != static_cast<std::int64_t>(size)) return say("is over no entries");
  last_checkpoint_ = size;
  auto const note = Note::parse(written);
  auto const checkpoint = note ? Checkpoint::parse(note->text) : std::nullopt;
  if (!checkpoint) return say("is no signed note");
  if (checkpoint->size != size) return say(fmt::format("speaks of {}", checkpoint->size));
  if (found_.key && checkpoint->origin != found_.key->name) return say("is of another ledger");
  if (found_.key && !note->signed_by(*found_.key)) return say("is not signed by the ledger's key");
  // Others sign elsewhere: a line that anybody may put here could spoil a witness's own.
  if (note->signatures.size() != 1) return say("has more signatures than the ledger's");
  // Under a root that does not fit something is wrong; said here only if it was found nowhere else.
  if (checkpoint->root == tree_.root()) {
    vouched_ = size;
  } else if (!first_broken_) {
    say("has another root than they have");
  }
}

void TreeCheck::begin_entry(std::optional<std::uint64_t> group) {
  auto const seq = tree_.size();
  bool const after_known = std::exchange(group_known_, group.has_value());
  if (!group) return;
  bool const begins = *group == seq;
  if (begins && seq != 0 && last_checkpoint_ != seq) {
    found_.integrity.add(group_, fmt::format("the checkpoint over the first {} entries is missing", seq));
    mark(group_);
  } else if (!begins && last_checkpoint_ == seq && seq != 0) {
    found_.integrity.add(seq,
                         fmt::format("there is a checkpoint over the first {} entries, where no group ended", seq));
    mark(seq);
  } else if (!begins && after_known && *group != group_) {
    found_.integrity.add(seq, "it states another group than the entry before it");
    mark(seq);
  }
  group_ = *group <= seq ? *group : seq;
}

std::optional<SqlError> TreeCheck::finish() {
  if (error_) return std::exchange(error_, std::nullopt);
  auto const size = tree_.size();
  if (last_checkpoint_ != size && !next_ && !found_.entries_cut) {
    found_.integrity.add(last_checkpoint_, "it is under no checkpoint");
  }
  for (; next_;) {
    found_.completeness.add(size, fmt::format("it is missing: there is a checkpoint over {} entries", next_->size));
    if (auto error = next_checkpoint()) return error;
  }
  return found_.entries_cut ? std::nullopt : check_sizes();
}

// Each tile is as long as the entries make it. One that is too short was found when its hash was asked for.
std::optional<SqlError> TreeCheck::check_sizes() {
  auto rows = file_.query("SELECT rowid, level, position, length(hashes) FROM tile ORDER BY rowid");
  if (!rows) return rows.error().of_the_world() ? std::optional(rows.error()) : std::nullopt;
  std::optional<std::int64_t> before;
  std::map<std::pair<std::int64_t, std::int64_t>, int> seen;
  for (;;) {
    auto more = rows->next();
    if (!more && more.error().of_the_world()) return std::move(more.error());
    if (!more || (*more && before && rows->whole(0) <= *before)) {
      found_.integrity.add(std::nullopt, "the tree's tiles cannot be read to the end");
      return std::nullopt;
    }
    if (!*more) return std::nullopt;
    before = rows->whole(0);
    auto const level = rows->whole(1), position = rows->whole(2), length = rows->whole(3);
    bool const twice = seen[{level, position}]++ != 0;
    auto const count = level >= 0 && level < static_cast<std::int64_t>(kTileLevels)
                           ? tree_.size() >> (kTileHeight * static_cast<unsigned>(level))
                           : 0;
    auto const above = position >= 0 && static_cast<std::uint64_t>(position) < count / kTileWidth + 1
                           ? count - static_cast<std::uint64_t>(position) * kTileWidth
                           : 0;
    if (twice || length > static_cast<std::int64_t>(std::min(above, kTileWidth) * kHashSize)) {
      found_.completeness.add(
          tree_.size(), fmt::format("tile {} of level {} holds hashes of entries that are not there", position, level));
    }
  }
}

}  // namespace waymark::ledger
