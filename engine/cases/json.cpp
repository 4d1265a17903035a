// The only file that knows simdjson. Its DOM only: On-Demand accepts documents that are not JSON.
#include "engine/cases/json.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

#include "engine/cases/numbers.hpp"
#include "engine/values/utf8.hpp"

namespace waymark::cases {
namespace {

using grammar::Code;
namespace dom = simdjson::dom;

static_assert(JsonReader::kPadding >= simdjson::SIMDJSON_PADDING);

constexpr std::int64_t kLargestWhole = (std::int64_t{1} << 53) - 1;

// The DOM's values in document order. Of a decimal only its place in that order is kept: its digits are taken from the
// text, so that no double ever touches a value.
class Builder {
 public:
  explicit Builder(Tree& tree) : tree_(tree) {}

  void add(dom::element element, std::string_view key) {
    switch (element.type()) {
      case dom::element_type::OBJECT: return object(element, key);
      case dom::element_type::ARRAY: return list(element, key);
      case dom::element_type::STRING: return text(element, key);
      case dom::element_type::INT64: return whole(element, key);
      case dom::element_type::UINT64:
      case dom::element_type::DOUBLE:
        tree_.add(Shape::decimal, key);
        exact_ = false;
        return;
      case dom::element_type::BOOL: tree_.add(element.get_bool().value_unsafe() ? Shape::yes : Shape::no, key); return;
      case dom::element_type::NULL_VALUE: tree_.add(Shape::nothing, key); return;
    }
  }
  /// False: some number must be looked at as written.
  bool exact() const { return exact_; }
  /// simdjson lets an empty list stand one level deeper.
  bool too_deep() const { return deepest_ > kDeepest; }

 private:
  void text(dom::element element, std::string_view key) {
    tree_.nodes[tree_.add(Shape::text, key)].text = element.get_string().value_unsafe();
  }
  void whole(dom::element element, std::string_view key) {
    auto const value = element.get_int64().value_unsafe();
    tree_.nodes[tree_.add(Shape::whole, key)].whole = value;
    exact_ = exact_ && value <= kLargestWhole && value >= -kLargestWhole;
  }
  void object(dom::element element, std::string_view key) {
    auto const id = tree_.add(Shape::object, key);
    ++depth_;
    dom::object const inside = element.get_object().value_unsafe();
    for (auto const part : inside) add(part.value, part.key);
    close(id);
  }
  void list(dom::element element, std::string_view key) {
    auto const id = tree_.add(Shape::list, key);
    ++depth_;
    dom::array const inside = element.get_array().value_unsafe();
    for (auto const part : inside) add(part, {});
    close(id);
  }
  void close(NodeId id) {
    deepest_ = std::max(deepest_, depth_--);
    tree_.close(id);
  }

  Tree& tree_;
  bool exact_ = true;
  std::uint32_t depth_ = 0;
  std::uint32_t deepest_ = 0;
};

std::optional<JsonTrouble> inexact_number(std::string_view text, JsonScan const& scan) {
  for (auto const& value : scan.values) {
    if (value.end == value.begin) continue;
    auto const written = text.substr(value.begin, value.end - value.begin);
    auto const because = inexact_because(written);
    if (because.empty()) continue;
    return JsonTrouble{Code::number_not_exact, value.begin, inexact_message(written, because),
                       "Write it in plain digits, at most 15 of them; a code or an id stands in quotes."};
  }
  return std::nullopt;
}

JsonTrouble trouble_in(std::string_view text) {
  if (auto const good = values::valid_utf8_prefix(text); good < text.size()) {
    return {Code::submission_not_utf8, good,
            fmt::format("The byte {:02X} here is not UTF-8.", static_cast<unsigned char>(text[good])),
            "Save the file as UTF-8."};
  }
  auto scan = scan_json(text);
  if (scan.trouble) return *std::move(scan.trouble);
  if (auto number = inexact_number(text, scan)) return *std::move(number);
  return {Code::submission_not_json, 0, "This is not JSON.", ""};
}

// Gives decimals their digits, and refuses what is not exact.
std::optional<JsonTrouble> take_digits(std::string_view text, Tree& tree) {
  auto scan = scan_json(text);
  if (scan.trouble) return std::move(scan.trouble);
  if (auto number = inexact_number(text, scan)) return number;
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    auto const& value = scan.values[i];
    if (tree.nodes[i].shape == Shape::decimal) tree.nodes[i].text = text.substr(value.begin, value.end - value.begin);
  }
  return std::nullopt;
}

}  // namespace

struct JsonReader::Parser {
  dom::parser dom;
};

JsonReader::JsonReader() : parser_(std::make_unique<Parser>()) {}
JsonReader::~JsonReader() = default;

std::optional<JsonTrouble> JsonReader::read(std::string_view text, Tree& tree) {
  tree.clear();
  // simdjson counts the value in the deepest list as a level, too.
  if (parser_->dom.capacity() < text.size() || parser_->dom.max_depth() != kDeepest + 1) {
    if (parser_->dom.allocate(text.size() + text.size() / 2 + 4096, kDeepest + 1) != simdjson::SUCCESS) {
      return JsonTrouble{Code::submission_too_long, 0, "There is not enough memory to read this submission.", ""};
    }
  }
  dom::element root;
  if (parser_->dom.parse(text.data(), text.size(), false).get(root) != simdjson::SUCCESS) return trouble_in(text);
  Builder builder(tree);
  builder.add(root, {});
  if (builder.too_deep()) return trouble_in(text);
  return builder.exact() ? std::nullopt : take_digits(text, tree);
}

}  // namespace waymark::cases
