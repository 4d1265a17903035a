// A submission as all formats agree on it: values in document order, flat, in memory that is used again line after
// line.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::cases {

enum class Shape : std::uint8_t {
  nothing,  ///< given as empty
  yes,
  no,
  whole,    ///< a whole number: `whole`
  decimal,  ///< a number as it was written: `text`
  text,
  list,
  object
};

/// A node's parts follow it; `next` is one past the last of them.
using NodeId = std::uint32_t;

struct Node {
  std::string_view key;  ///< of a part of an object
  std::string_view text;
  std::int64_t whole = 0;
  NodeId next = 0;
  std::uint32_t line = 0;  ///< where the reader knows it at once (TOML, CSV); else 0
  std::uint32_t column = 0;
  std::uint32_t key_column = 0;  ///< of its key, on the same line; 0: as `column`
  Shape shape = Shape::nothing;
};

/// Nodes in document order, the whole submission first. Texts point into the input or into `kept`.
struct Tree {
  std::vector<Node> nodes;
  std::deque<std::string> kept;

  void clear() {
    nodes.clear();
    kept.clear();
  }
  Node const& operator[](NodeId id) const { return nodes[id]; }
  /// Adds a node; whoever adds a list or an object closes it after its parts.
  NodeId add(Shape shape, std::string_view key);
  void close(NodeId id) { nodes[id].next = static_cast<NodeId>(nodes.size()); }
  std::string_view keep(std::string text) { return kept.emplace_back(std::move(text)); }
};

/// The parts of a list or an object: `for (auto id : parts(tree, node))`.
class Parts {
 public:
  class Step {
   public:
    Step(Tree const& tree, NodeId at) : tree_(&tree), at_(at) {}
    NodeId operator*() const { return at_; }
    Step& operator++() {
      at_ = (*tree_)[at_].next;
      return *this;
    }
    friend bool operator!=(Step const& a, Step const& b) { return a.at_ != b.at_; }

   private:
    Tree const* tree_;
    NodeId at_;
  };
  Parts(Tree const& tree, NodeId node) : tree_(tree), node_(node) {}
  Step begin() const { return {tree_, node_ + 1}; }
  Step end() const { return {tree_, tree_[node_].next}; }
  bool empty() const { return tree_[node_].next == node_ + 1; }

 private:
  Tree const& tree_;
  NodeId node_;
};
inline Parts parts(Tree const& tree, NodeId node) { return {tree, node}; }

/// The keys that lead to a node, as a person would point at it: `rates.econ`, `courses[2].credits`.
std::string path_to(Tree const& tree, NodeId node);
/// What stands there, shortened: `"many"`, `12.5`, `true`, `a list`.
std::string seen(Node const& node);
/// A text in quotes, shortened to what a line of a message holds, without control characters.
std::string quoted(std::string_view text);
std::string_view trimmed(std::string_view text);

}  // namespace waymark::cases
