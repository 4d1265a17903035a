// The Merkle tree of RFC 6962, section 2.1, over SHA-256: leaves, roots, proofs, and what checks them. Knows neither
// the database nor keys: whoever has the hashes of complete subtrees can ask.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "engine/values/hash.hpp"

namespace waymark::ledger {

using values::Hash;

/// SHA-256(0x00 || body).
Hash leaf_hash(std::string_view body);
/// SHA-256(0x01 || left || right).
Hash node_hash(Hash const& left, Hash const& right);
/// Of the tree without leaves: SHA-256 of nothing.
Hash empty_root();

/// The hash of the complete subtree over the leaves from `index * 2^level` to `(index + 1) * 2^level - 1`.
using Nodes = std::function<Hash(unsigned level, std::uint64_t index)>;

/// The root over the first `size` leaves.
Hash root_of(Nodes const& nodes, std::uint64_t size);
/// That leaf `index` stands in the tree of `size` leaves: the sibling hashes from the leaf up (RFC 6962, 2.1.1).
/// `index < size`.
std::vector<Hash> inclusion_proof(Nodes const& nodes, std::uint64_t index, std::uint64_t size);
/// That the tree of `size` leaves only adds to that of `old_size` (RFC 6962, 2.1.2); empty where they are one or
/// `old_size` is 0. `old_size <= size`.
std::vector<Hash> consistency_proof(Nodes const& nodes, std::uint64_t old_size, std::uint64_t size);

/// Whether the proof leads from the leaf to the root (RFC 9162, 2.1.3.2). False for every proof of another length.
bool shows_inclusion(Hash const& leaf, std::uint64_t index, std::uint64_t size, std::vector<Hash> const& proof,
                     Hash const& root);
/// Whether the proof leads from the old root to the new one (RFC 9162, 2.1.4.2). With `old_size` 0 only the empty proof
/// and the empty root do.
bool shows_consistency(std::uint64_t old_size, Hash const& old_root, std::uint64_t size, Hash const& root,
                       std::vector<Hash> const& proof);

/// A tree that grows leaf by leaf and keeps only its right edge: at most 64 hashes.
class Frontier {
 public:
  Frontier() = default;
  /// The edge of a tree that is there already.
  Frontier(Nodes const& nodes, std::uint64_t size);

  /// Adds a leaf and calls `complete(level, index, hash)` for each subtree that it completes, the leaf itself (level 0)
  /// first.
  void add(Hash const& leaf, std::function<void(unsigned level, std::uint64_t index, Hash const&)> const& complete);
  void add(Hash const& leaf) {
    add(leaf, [](unsigned, std::uint64_t, Hash const&) {});
  }
  std::uint64_t size() const { return size_; }
  Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> edge_;  // of the complete subtrees, the largest first
};

}  // namespace waymark::ledger
