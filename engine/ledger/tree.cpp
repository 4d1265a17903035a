#include "engine/ledger/tree.hpp"

#include <algorithm>
#include <bit>

#include "engine/values/result.hpp"

namespace waymark::ledger {
namespace {

// The largest power of two below `size`, which is 2 or more: how many leaves stand on the left.
std::uint64_t left_part(std::uint64_t size) { return std::bit_floor(size - 1); }

// The hash over the leaves from `begin` to `end - 1`, of a range that RFC 6962 splits off: `begin` is a multiple of the
// power of two that the range fits in.
Hash hash_of(Nodes const& nodes, std::uint64_t begin, std::uint64_t end) {
  auto const size = end - begin;
  if (std::has_single_bit(size)) {
    auto const level = static_cast<unsigned>(std::countr_zero(size));
    return nodes(level, begin >> level);
  }
  auto const middle = begin + left_part(size);
  return node_hash(hash_of(nodes, begin, middle), hash_of(nodes, middle, end));
}

bool odd(std::uint64_t number) { return (number & 1U) != 0; }

// Where a proof stands: the node that it has reached and the last node of the same level, both counted from the left.
struct Place {
  std::uint64_t node;
  std::uint64_t last;

  void up() {
    node >>= 1U;
    last >>= 1U;
  }
  // Whether the next hash of the proof stands to the left of the node. The last node of a level may have no right
  // neighbour: then the node is the same one some levels up.
  bool takes_left() {
    if (!odd(node) && node != last) return false;
    while (!odd(node) && node != 0) up();
    return true;
  }
};

}  // namespace

Hash leaf_hash(std::string_view body) { return values::sha256({std::string_view("\x00", 1), body}); }

Hash node_hash(Hash const& left, Hash const& right) { return values::sha256({"\x01", left.raw(), right.raw()}); }

Hash empty_root() { return values::sha256(""); }

Hash root_of(Nodes const& nodes, std::uint64_t size) { return size == 0 ? empty_root() : hash_of(nodes, 0, size); }

std::vector<Hash> inclusion_proof(Nodes const& nodes, std::uint64_t index, std::uint64_t size) {
  WAYMARK_CHECK(index < size, "a proof for a leaf that the tree does not have");
  std::vector<Hash> proof;
  for (std::uint64_t begin = 0, end = size; end - begin > 1;) {
    auto const middle = begin + left_part(end - begin);
    if (index < middle) {
      proof.push_back(hash_of(nodes, middle, end));
      end = middle;
    } else {
      proof.push_back(hash_of(nodes, begin, middle));
      begin = middle;
    }
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

std::vector<Hash> consistency_proof(Nodes const& nodes, std::uint64_t old_size, std::uint64_t size) {
  WAYMARK_CHECK(old_size <= size, "a proof that a tree adds to a larger one");
  if (old_size == 0 || old_size == size) return {};
  std::vector<Hash> proof;
  std::uint64_t begin = 0;
  auto end = size;
  while (old_size != end) {
    auto const middle = begin + left_part(end - begin);
    if (old_size <= middle) {
      proof.push_back(hash_of(nodes, middle, end));
      end = middle;
    } else {
      proof.push_back(hash_of(nodes, begin, middle));
      begin = middle;
    }
  }
  // From leaf 0 on, what is left is the old tree itself, whose root the reader has.
  if (begin != 0) proof.push_back(hash_of(nodes, begin, end));
  std::reverse(proof.begin(), proof.end());
  return proof;
}

bool shows_inclusion(Hash const& leaf, std::uint64_t index, std::uint64_t size, std::vector<Hash> const& proof,
                     Hash const& root) {
  if (index >= size) return false;
  Place place{index, size - 1};
  auto reached = leaf;
  for (auto const& hash : proof) {
    if (place.last == 0) return false;
    reached = place.takes_left() ? node_hash(hash, reached) : node_hash(reached, hash);
    place.up();
  }
  return place.last == 0 && reached == root;
}

bool shows_consistency(std::uint64_t old_size, Hash const& old_root, std::uint64_t size, Hash const& root,
                       std::vector<Hash> const& proof) {
  if (old_size > size) return false;
  if (size == 0 && root != empty_root()) return false;
  if (old_size == 0) return proof.empty() && old_root == empty_root();
  if (old_size == size) return proof.empty() && old_root == root;
  // Begins at the old tree's last complete subtree. Where that is the whole old tree, the proof leaves its root out.
  Place place{old_size - 1, size - 1};
  while (odd(place.node)) place.up();
  auto next = proof.begin();
  if (!std::has_single_bit(old_size) && next == proof.end()) return false;
  auto old_reached = std::has_single_bit(old_size) ? old_root : *next++;
  auto reached = old_reached;
  for (; next != proof.end(); ++next) {
    if (place.last == 0) return false;
    if (place.takes_left()) {
      old_reached = node_hash(*next, old_reached);
      reached = node_hash(*next, reached);
    } else {
      reached = node_hash(reached, *next);
    }
    place.up();
  }
  return place.last == 0 && old_reached == old_root && reached == root;
}

Frontier::Frontier(Nodes const& nodes, std::uint64_t size) : size_(size) {
  for (unsigned level = 64; level-- > 0;) {
    if (odd(size >> level)) edge_.push_back(nodes(level, (size >> level) - 1));
  }
}

void Frontier::add(Hash const& leaf,
                   std::function<void(unsigned level, std::uint64_t index, Hash const&)> const& complete) {
  edge_.push_back(leaf);
  complete(0, size_, leaf);
  for (unsigned level = 0; odd(size_ >> level); ++level) {
    auto const right = edge_.back();
    edge_.pop_back();
    edge_.back() = node_hash(edge_.back(), right);
    complete(level + 1, size_ >> (level + 1), edge_.back());
  }
  ++size_;
}

Hash Frontier::root() const {
  if (edge_.empty()) return empty_root();
  auto root = edge_.back();
  for (auto left = edge_.rbegin() + 1; left != edge_.rend(); ++left) root = node_hash(*left, root);
  return root;
}

}  // namespace waymark::ledger
