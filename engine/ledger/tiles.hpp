// The tree as it is stored: tiles of up to 256 hashes (C2SP tlog-tiles). Level L of tiles is level 8 * L of the tree.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/ledger/sqlite.hpp"
#include "engine/ledger/tree.hpp"

namespace waymark::ledger {

inline constexpr unsigned kTileHeight = 8;
inline constexpr std::uint64_t kTileWidth = std::uint64_t{1} << kTileHeight;
inline constexpr std::size_t kHashSize = 32;
inline constexpr std::size_t kTileLevels = 8;

/// Hash `index` of a tile, where it is that long.
std::optional<Hash> hash_in(std::string_view tile, std::uint64_t index);

/// Answers from the stored tiles of `file`, which must outlive it; zeros for what is not there or cannot be read. The
/// first error is left in `error`, if one is given, which must outlive it as well.
Nodes stored_nodes(SqliteFile const& file, std::optional<SqlError>* error = nullptr);

/// The right edge of the tiles: what the next leaves are added to. A value: a copy kept is a state to go back to.
class TileEdge {
 public:
  TileEdge() = default;
  /// Of a tree that is stored already.
  static SqlResult<TileEdge> load(SqliteFile const& file, std::uint64_t size);

  /// Adds the hash that the tree completed at `level`. A tile that is full is stored at once.
  std::optional<SqlError> add(SqliteFile const& file, unsigned level, Hash const& hash);
  /// Stores what is not stored yet.
  std::optional<SqlError> store(SqliteFile const& file);

 private:
  struct Tile {
    std::uint64_t position = 0;
    std::string hashes;
    std::size_t stored = 0;  // bytes of it
  };
  static std::optional<SqlError> store(SqliteFile const& file, std::size_t level, Tile& tile);
  std::array<Tile, kTileLevels> tiles_;
};

}  // namespace waymark::ledger
