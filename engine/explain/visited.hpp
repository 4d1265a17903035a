// What a walk over a policy has come by.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/review/review.hpp"

namespace waymark::explain {

/// Nodes at the frames where they were met. A walk meets some hundred and is made for each decision: a flat table takes
/// a fifth of the time of a std::set. The proof of a criterion meets a few, for which there is room without any memory.
class Visited {
 public:
  Visited() = default;
  Visited(Visited const&) = delete;
  Visited& operator=(Visited const&) = delete;

  /// Whether it is met for the first time. `kind` tells conditions, values and the like apart.
  bool first(std::uint32_t kind, std::uint32_t id, review::Frame frame) {
    if (4 * (used_ + 1) > 3 * slots_.size()) grow();
    Node const node{kind + 1, id, frame.domain, frame.row};
    auto const at = slot_of(node);
    if (slots_[at].kind != 0) return false;
    slots_[at] = node;
    ++used_;
    return true;
  }

 private:
  struct Node {
    std::uint32_t kind = 0;  // 0: free
    std::uint32_t id = 0, domain = 0, row = 0;
    friend bool operator==(Node const&, Node const&) = default;
  };

  std::size_t slot_of(Node const& node) const {
    auto const hash = (((std::uint64_t{node.kind} << 32U) | node.id) * 0x9E3779B97F4A7C15U) ^
                      (((std::uint64_t{node.domain} << 32U) | node.row) * 0xD6E8FEB86659FD93U);
    auto at = static_cast<std::size_t>(hash >> 32U) & (slots_.size() - 1);
    while (slots_[at].kind != 0 && !(slots_[at] == node)) at = (at + 1) & (slots_.size() - 1);
    return at;
  }

  void grow() {
    std::vector<Node> more(4 * slots_.size());
    auto const before = std::exchange(slots_, std::span<Node>(more));
    for (Node const& node : before) {
      if (node.kind != 0) slots_[slot_of(node)] = node;
    }
    more_ = std::move(more);
  }

  // Open addressing, a power of two, three quarters full at the most.
  std::array<Node, 32> few_ = {};
  std::vector<Node> more_;
  std::span<Node> slots_ = few_;
  std::size_t used_ = 0;
};

}  // namespace waymark::explain
