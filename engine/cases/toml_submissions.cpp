// Submissions that people write by hand: tables of TOML. The only file here that knows toml++, and its exceptions end
// here.
#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <optional>
#include <sstream>

#include "engine/cases/json_scan.hpp"
#include "engine/cases/reader_base.hpp"
#include "engine/values/utf8.hpp"

namespace waymark::cases {
namespace {

using grammar::Code;

constexpr std::string_view kTables = "submission";
constexpr std::string_view kShapes = "Write each submission under a line [[submission]], or a single one without it.";
// A file that people write; toml++ builds a tree of all of it.
constexpr std::size_t kLargestToml = std::size_t{16} << 20;
// Dots of one key: toml++ makes a table of each, and takes them down by recursion.
constexpr std::size_t kMostDots = 16;

// Looks for depth before toml++ does: brackets within brackets, and keys of many dots.
class DepthGuard {
 public:
  explicit DepthGuard(std::string_view text) : text_(text) {}

  /// Where it is too deep, or nothing.
  std::optional<std::size_t> find() {
    while (at_ < text_.size()) {
      auto const begin = at_;
      step();
      if (depth_ > kDeepest || dots_ > kMostDots) return begin;
    }
    return std::nullopt;
  }

 private:
  void step() {
    auto const c = text_[at_];
    if (c == '"' || c == '\'') return quotes(c);
    if (c == '#') return to_line_end();
    if (c == '[' || c == '{') ++depth_;
    if ((c == ']' || c == '}') && depth_ > 0) --depth_;
    if (c == '.') ++dots_;
    if (std::string_view("[]{}=,\n").find(c) != std::string_view::npos) dots_ = 0;
    ++at_;
  }

  void to_line_end() { at_ = std::min(text_.find('\n', at_), text_.size()); }

  void quotes(char mark) {
    std::string const three(3, mark);
    bool const many_lines = text_.substr(at_).starts_with(three);
    at_ += many_lines ? 3U : 1U;
    while (at_ < text_.size()) {
      if (many_lines ? text_.substr(at_).starts_with(three) : text_[at_] == mark || text_[at_] == '\n') break;
      at_ += text_[at_] == '\\' && mark == '"' ? 2U : 1U;
    }
    at_ = std::min(at_ + (many_lines ? 3U : 1U), text_.size());
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::size_t dots_ = 0;
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// What toml++ says, without its trade's words.
std::string plain_words(std::string_view description) {
  std::string out(description);
  // It takes the first letter of a word without quotes for the beginning of a value that it knows.
  for (auto const* guess :
       {"expected 'nan'", "expected 'inf'", "expected 'true'", "expected 'false'", "determine value type"}) {
    if (description.find(guess) != std::string_view::npos) return "a word stands without quotes";
  }
  if (out.starts_with("Error while parsing")) {
    auto const colon = out.find(": ");
    if (colon != std::string::npos) out.erase(0, colon + 2);
  }
  replace_all(out, "encountered end-of-file", "the file ends in the middle of it");
  replace_all(out, "value-terminator", "the end of the value");
  replace_all(out, "boolean", "yes/no value");
  replace_all(out, "bare key starting character or string delimiter", "a key");
  replace_all(out, "literal ", "");
  while (out.ends_with('.') || out.ends_with('\n')) out.pop_back();
  return out;
}

// A table as a tree.
class Builder {
 public:
  Builder(std::string_view text, Tree& tree) : text_(text), tree_(tree) {
    line_begins_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') line_begins_.push_back(i + 1);
    }
  }

  /// False: too deep, at the last node of the tree.
  bool build(toml::node const& node) {
    tree_.clear();
    return add(node, {}, {}, 0);
  }

 private:
  bool add(toml::node const& node, std::string_view key, toml::source_position key_at, std::size_t depth) {
    auto const id = tree_.add(shape(node), key);
    auto& out = tree_.nodes[id];
    out.line = node.source().begin.line;
    out.column = node.source().begin.column;
    if (key_at.line == out.line) out.key_column = key_at.column;
    if (auto const* value = node.as_string()) out.text = value->get();
    if (auto const* value = node.as_integer()) out.whole = value->get();
    if (node.is_floating_point()) out.text = tree_.keep(digits(node));
    if (node.is_date() || node.is_time() || node.is_date_time()) out.text = tree_.keep(time_text(node));
    if (!node.is_table() && !node.is_array()) return true;
    if (depth == kDeepest) return false;
    bool const good = node.is_table() ? table(*node.as_table(), depth + 1) : list(*node.as_array(), depth + 1);
    tree_.close(id);
    return good;
  }

  bool table(toml::table const& table, std::size_t depth) {
    return std::all_of(table.begin(), table.end(), [&](auto const& pair) {
      return add(pair.second, pair.first.str(), pair.first.source().begin, depth);
    });
  }
  bool list(toml::array const& list, std::size_t depth) {
    return std::all_of(list.begin(), list.end(), [&](toml::node const& node) { return add(node, {}, {}, depth); });
  }

  static Shape shape(toml::node const& node) {
    switch (node.type()) {
      case toml::node_type::table: return Shape::object;
      case toml::node_type::array: return Shape::list;
      case toml::node_type::integer: return Shape::whole;
      case toml::node_type::floating_point: return Shape::decimal;
      case toml::node_type::boolean: return node.as_boolean()->get() ? Shape::yes : Shape::no;
      default: return Shape::text;
    }
  }

  // The number as written: toml++ keeps a double, and no double touches a value.
  std::string digits(toml::node const& node) const {
    auto const begin = node.source().begin;
    WAYMARK_CHECK(begin.line >= 1 && begin.line <= line_begins_.size(), "a number without its place");
    auto line = text_.substr(line_begins_[begin.line - 1]);
    for (auto skip = begin.column; skip > 1 && !line.empty(); --skip) {
      do line.remove_prefix(1);
      while (!line.empty() && (static_cast<unsigned char>(line.front()) & 0xC0U) == 0x80U);
    }
    std::string out;
    for (auto const c : line) {
      if (std::string_view("0123456789+-._eEinfa").find(c) == std::string_view::npos) break;
      if (c != '_' && !(c == '+' && out.empty())) out.push_back(c);
    }
    return out;
  }

  static std::string time_text(toml::node const& node) {
    std::ostringstream out;
    node.visit([&](auto const& value) {
      if constexpr (toml::is_chronological<decltype(value)>) out << value.get();
    });
    return out.str();
  }

  std::string_view text_;
  Tree& tree_;
  std::vector<std::size_t> line_begins_;
};

class TomlReader final : public ReaderBase {
 public:
  TomlReader(std::string name, Pull pull, Setting const& setting)
      : ReaderBase(std::move(name), std::move(pull), setting) {}

  bool read(Batch& batch, std::size_t most) override {
    batch.file = name();
    auto const before = batch.size();
    if (!opened_) begin(batch);
    while (next_ < submissions_.size() && batch.size() - before < most) one(*submissions_[next_++], batch);
    return batch.size() > before;
  }

 private:
  void begin(Batch& batch) {
    opened_ = true;
    auto bytes = pull_all(kLargestToml);
    if (!bytes) return;
    text_ = *std::move(bytes);
    working_on(text_);
    if (auto const good = values::valid_utf8_prefix(text_); good < text_.size()) {
      auto const spot = spot_at(good);
      return refuse(batch, spot.line, Code::submission_not_utf8, spot,
                    fmt::format("The byte {:02X} here is not UTF-8.", static_cast<unsigned char>(text_[good])),
                    "Save the file as UTF-8.");
    }
    if (auto const deep = DepthGuard(text_).find()) {
      auto const spot = spot_at(*deep);
      return too_deep(batch, spot.line, spot);
    }
    if (take_tables(batch)) find_submissions(batch);
  }

  bool take_tables(Batch& batch) {
    try {
      root_ = toml::parse(std::string_view(text_));
      return true;
    } catch (toml::parse_error const& error) {
      auto const at = error.source().begin;
      refuse(batch, at.line, Code::submission_not_toml, {at.line, at.column},
             fmt::format("This is not TOML: {}.", plain_words(error.description())),
             "A text stands in quotes, a list in brackets: occupations = [\"15-1252\"].");
    } catch (std::exception const&) {
      refuse(batch, 1, Code::submission_not_toml, {}, "This file could not be read as TOML.");
    }
    return false;
  }

  void find_submissions(Batch& batch) {
    builder_.emplace(text_, tree_);
    bool const own_key = storer_.keys().find({std::string(kTables)}).has_value();
    auto const* tables = own_key ? nullptr : root_.get(kTables);
    if (tables == nullptr) {
      if (root_.empty()) {
        return refuse(batch, 1, Code::no_submissions_found, {1, 0}, "The file holds no submission.",
                      std::string(kShapes));
      }
      submissions_.push_back(&root_);
      return;
    }
    if (auto const* list = tables->as_array()) {
      for (auto const& node : *list) submissions_.push_back(&node);
    } else {
      submissions_.push_back(tables);
    }
    for (auto const& [key, node] : root_) {
      if (key.str() == kTables || storer_.notices().unknown_key("file", key.str()) != Say::it) continue;
      say(Code::unknown_data_key, {key.source().begin.line, key.source().begin.column},
          fmt::format("The key {} beside [[submission]] is not used.", quoted(key.str())),
          "It may stand above the line [[submission]] to which it belongs.");
    }
  }

  void one(toml::node const& node, Batch& batch) {
    auto const at = node.source().begin;
    std::uint64_t const line = &node == &root_ ? 1 : at.line;
    if (!node.is_table()) {
      return refuse(batch, line, Code::submission_not_object, {line, at.column},
                    "Here stands a value, not a submission.", std::string(kShapes));
    }
    if (!builder_->build(node)) {
      auto const& last = tree_.nodes.back();
      return too_deep(batch, line, {last.line, last.column});
    }
    store(tree_, line, batch, [&](Fault const& fault) {
      auto const& place = tree_[fault.node];
      if (fault.node == 0) return Spot{line, 0};
      return Spot{place.line, fault.at_key && place.key_column != 0 ? place.key_column : place.column};
    });
  }

  void too_deep(Batch& batch, std::uint64_t line, Spot spot) {
    refuse(batch, line, Code::submission_too_deep, spot, "Too many tables and lists stand within each other here.");
  }

  Spot spot_at(std::size_t offset) const {
    auto const before = std::string_view(text_).substr(0, offset);
    auto const line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    return {line, values::count_characters(before.substr(before.rfind('\n') + 1)) + 1};
  }

  std::string text_;
  toml::table root_;
  Tree tree_;
  std::optional<Builder> builder_;
  std::vector<toml::node const*> submissions_;
  std::size_t next_ = 0;
  bool opened_ = false;
};

}  // namespace

std::unique_ptr<Reader> open_toml(std::string name, Pull pull, Setting const& setting) {
  return std::make_unique<TomlReader>(std::move(name), std::move(pull), setting);
}

}  // namespace waymark::cases
