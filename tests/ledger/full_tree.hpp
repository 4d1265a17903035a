// A tree of which everything is kept, for tests: by the definition of RFC 6962, section 2.1, as it is written there.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/ledger/tree.hpp"

namespace waymark::ledger_test {

using ledger::Hash;

class FullTree {
 public:
  FullTree() = default;
  explicit FullTree(std::vector<std::string> const& bodies) {
    for (auto const& body : bodies) add(body);
  }

  void add(std::string_view body) { leaves_.push_back(ledger::leaf_hash(body)); }
  std::uint64_t size() const { return leaves_.size(); }
  Hash const& leaf(std::uint64_t index) const { return leaves_[index]; }

  /// MTH(D[begin:end]).
  Hash root(std::uint64_t begin, std::uint64_t end) const {
    if (begin == end) return ledger::empty_root();
    if (end - begin == 1) return leaves_[begin];
    auto const known = roots_.find({begin, end});
    if (known != roots_.end()) return known->second;
    auto const middle = begin + split(end - begin);
    auto const hash = ledger::node_hash(root(begin, middle), root(middle, end));
    roots_.emplace(std::pair{begin, end}, hash);
    return hash;
  }
  Hash root(std::uint64_t size) const { return root(0, size); }

  /// PATH(index, D[begin:end]).
  std::vector<Hash> path(std::uint64_t index, std::uint64_t begin, std::uint64_t end) const {
    if (end - begin == 1) return {};
    auto const k = split(end - begin);
    auto const left = index < k;
    auto proof = left ? path(index, begin, begin + k) : path(index - k, begin + k, end);
    proof.push_back(left ? root(begin + k, end) : root(begin, begin + k));
    return proof;
  }

  /// SUBPROOF(old_size, D[begin:end], whole).
  std::vector<Hash> subproof(std::uint64_t old_size, std::uint64_t begin, std::uint64_t end, bool whole) const {
    if (old_size == end - begin) return whole ? std::vector<Hash>{} : std::vector<Hash>{root(begin, end)};
    auto const k = split(end - begin);
    auto const left = old_size <= k;
    auto proof = left ? subproof(old_size, begin, begin + k, whole) : subproof(old_size - k, begin + k, end, false);
    proof.push_back(left ? root(begin + k, end) : root(begin, begin + k));
    return proof;
  }

  /// Valid as long as the tree.
  ledger::Nodes nodes() const {
    return [this](unsigned level, std::uint64_t index) { return root(index << level, (index + 1) << level); };
  }

 private:
  /// The largest power of two smaller than `size`, which is 2 or more.
  static std::uint64_t split(std::uint64_t size) {
    std::uint64_t k = 1;
    while (2 * k < size) k *= 2;
    return k;
  }

  std::vector<Hash> leaves_;
  mutable std::map<std::pair<std::uint64_t, std::uint64_t>, Hash> roots_;
};

}  // namespace waymark::ledger_test
