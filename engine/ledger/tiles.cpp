#include "engine/ledger/tiles.hpp"

#include <map>
#include <utility>

namespace waymark::ledger {
namespace {

SqlResult<std::string> stored_tile(SqliteFile const& file, std::uint64_t level, std::uint64_t position) {
  auto rows = file.query("SELECT hashes FROM tile WHERE level = ? AND position = ?", level, position);
  if (!rows) return values::failure(std::move(rows.error()));
  auto more = rows->next();
  if (!more) return values::failure(std::move(more.error()));
  return *more ? std::string(rows->raw(0)) : std::string();
}

// The last tile that was asked for at each level: proofs and roots ask for hashes that stand side by side.
class StoredTiles {
 public:
  StoredTiles(SqliteFile const& file, std::optional<SqlError>* error) : file_(&file), error_(error) {}

  Hash node(unsigned level, std::uint64_t index) {
    unsigned const above = level % kTileHeight;
    if (above == 0) return stored(level / kTileHeight, index);
    return node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
  }

 private:
  Hash stored(std::uint64_t level, std::uint64_t index) {
    auto& [position, hashes] = kept_[level];
    if (auto const hash = hash_in(hashes, index % kTileWidth); hash && position == index / kTileWidth) return *hash;
    position = index / kTileWidth;
    auto tile = stored_tile(*file_, level, position);
    if (!tile && error_ != nullptr && !*error_) *error_ = tile.error();
    hashes = tile.value_or(std::string());
    return hash_in(hashes, index % kTileWidth).value_or(Hash());
  }

  SqliteFile const* file_;
  std::optional<SqlError>* error_;
  std::map<std::uint64_t, std::pair<std::uint64_t, std::string>> kept_;
};

}  // namespace

std::optional<Hash> hash_in(std::string_view tile, std::uint64_t index) {
  if (index >= kTileWidth || tile.size() < (index + 1) * kHashSize) return std::nullopt;
  return values::hash_of_raw(tile.substr(index * kHashSize, kHashSize));
}

Nodes stored_nodes(SqliteFile const& file, std::optional<SqlError>* error) {
  auto tiles = std::make_shared<StoredTiles>(file, error);
  return [tiles](unsigned level, std::uint64_t index) { return tiles->node(level, index); };
}

SqlResult<TileEdge> TileEdge::load(SqliteFile const& file, std::uint64_t size) {
  TileEdge edge;
  for (std::size_t level = 0; level < kTileLevels && size != 0; ++level, size /= kTileWidth) {
    auto& tile = edge.tiles_[level];
    tile.position = size / kTileWidth;
    auto const in_use = size % kTileWidth * kHashSize;
    auto hashes = stored_tile(file, level, tile.position);
    if (!hashes) return values::failure(std::move(hashes.error()));
    if (hashes->size() != in_use) return values::failure(SqlError::damage("the tree ends where no entry does"));
    tile.hashes = *std::move(hashes);
    tile.stored = tile.hashes.size();
  }
  return edge;
}

std::optional<SqlError> TileEdge::add(SqliteFile const& file, unsigned level, Hash const& hash) {
  if (level % kTileHeight != 0) return std::nullopt;
  auto& tile = tiles_[level / kTileHeight];
  tile.hashes += hash.raw();
  if (tile.hashes.size() < kTileWidth * kHashSize) return std::nullopt;
  auto error = store(file, level / kTileHeight, tile);
  tile = Tile{tile.position + 1, {}, 0};
  return error;
}

std::optional<SqlError> TileEdge::store(SqliteFile const& file) {
  std::optional<SqlError> error;
  for (std::size_t level = 0; level < kTileLevels && !error; ++level) error = store(file, level, tiles_[level]);
  return error;
}

std::optional<SqlError> TileEdge::store(SqliteFile const& file, std::size_t level, Tile& tile) {
  if (tile.stored == tile.hashes.size()) return std::nullopt;
  Bytes const hashes{tile.hashes};
  auto const at = static_cast<std::uint64_t>(level);
  auto error =
      tile.stored == 0
          ? file.run("INSERT INTO tile(level, position, hashes) VALUES (?, ?, ?)", at, tile.position, hashes)
          : file.run("UPDATE tile SET hashes = ?3 WHERE level = ?1 AND position = ?2", at, tile.position, hashes);
  tile.stored = tile.hashes.size();
  return error;
}

}  // namespace waymark::ledger
