// Pointing at values and naming what stands there, for messages.
#include "engine/cases/tree.hpp"

#include <fmt/format.h>

#include "engine/values/utf8.hpp"

namespace waymark::cases {
namespace {

constexpr std::size_t kShown = 60;  // bytes of a text that a message repeats

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string shortened(std::string_view text) {
  std::string out(text.substr(0, kShown));
  out.resize(values::valid_utf8_prefix(out));
  for (auto& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  if (out.size() < text.size()) out += "…";
  return out;
}

}  // namespace

NodeId Tree::add(Shape shape, std::string_view key) {
  auto const id = static_cast<NodeId>(nodes.size());
  auto& node = nodes.emplace_back();
  node.key = key;
  node.shape = shape;
  node.next = id + 1;
  return id;
}

std::string path_to(Tree const& tree, NodeId node) {
  std::string out;
  NodeId at = 0;
  while (at != node) {
    std::size_t index = 0;
    NodeId inside = at + 1;
    while (tree[inside].next <= node) {
      inside = tree[inside].next;
      ++index;
    }
    if (tree[at].shape == Shape::list) {
      out += fmt::format("[{}]", index + 1);
    } else {
      out += (out.empty() ? "" : ".") + shortened(tree[inside].key);
    }
    at = inside;
  }
  return out;
}

std::string quoted(std::string_view text) { return "\"" + shortened(text) + "\""; }

std::string seen(Node const& node) {
  switch (node.shape) {
    case Shape::nothing: return "empty";
    case Shape::yes: return "true";
    case Shape::no: return "false";
    case Shape::whole: return fmt::format("{}", node.whole);
    case Shape::decimal: return shortened(node.text);
    case Shape::text: return quoted(node.text);
    case Shape::list: return "a list";
    case Shape::object: return "a group of keys";
  }
  return "";
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace waymark::cases
