// The only file of this room that knows simdjson. Its DOM only (On-Demand accepts documents that are not JSON), and
// what it read is written again beside the text: only the same bytes are canonical. So nothing rests on what a parser
// lets pass.
#include "engine/ledger/body.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstring>

#include "engine/ledger/canonical.hpp"
#include "engine/values/json_text.hpp"

namespace waymark::ledger {
namespace {

namespace dom = simdjson::dom;

// Holds a value, as this profile would write it, against the text that it was read from. Stops at the first thing that
// the profile does not have, or writes otherwise.
class Rewriter {
 public:
  Rewriter(std::string_view text, std::vector<NamedHash>& hashes) : text_(text), hashes_(hashes) {}

  void value(dom::element element, std::string_view key) {
    switch (element.type()) {
      case dom::element_type::OBJECT: return object(element);
      case dom::element_type::ARRAY: return list(element, key);
      case dom::element_type::STRING: return text(element.get_string().value_unsafe(), key);
      case dom::element_type::INT64: return number(element.get_int64().value_unsafe());
      case dom::element_type::UINT64:
      case dom::element_type::DOUBLE: return refuse("it holds a number that is no whole number up to 2^53 - 1");
      case dom::element_type::BOOL: return write(element.get_bool().value_unsafe() ? "true" : "false");
      case dom::element_type::NULL_VALUE: return write("null");
    }
  }
  /// After the last value.
  std::optional<std::string> take_trouble() {
    if (!trouble_ && at_ != text_.size()) differs_at(at_);
    return std::move(trouble_);
  }

 private:
  void object(dom::element element) {
    if (!deeper()) return;
    sign('{');
    dom::object const inside = element.get_object().value_unsafe();
    std::optional<std::string_view> before;
    for (auto const member : inside) {
      if (!key_fits(member.key, before)) return;
      if (before) sign(',');
      before = member.key;
      write_text(member.key);
      sign(':');
      // What a submission states is its own affair: a field may be called `sha256`.
      if (depth_ == 1) stated_ = member.key == "facts" || member.key == "waivers";
      value(member.value, member.key);
      if (trouble_) return;
    }
    sign('}');
    --depth_;
  }
  void list(dom::element element, std::string_view key) {
    if (!deeper()) return;
    sign('[');
    dom::array const inside = element.get_array().value_unsafe();
    bool first = true;
    for (auto const part : inside) {
      if (!first) sign(',');
      first = false;
      value(part, key);
      if (trouble_) return;
    }
    sign(']');
    --depth_;
  }
  void text(std::string_view text, std::string_view key) {
    write_text(text);
    if (stated_) return;
    static constexpr std::string_view kSuffix = "sha256";
    if (key.size() < kSuffix.size() || key.substr(key.size() - kSuffix.size()) != kSuffix) return;
    if (auto const hash = values::hash_of_hex(text)) hashes_.push_back({*hash, key.size() == kSuffix.size()});
  }
  void number(std::int64_t value) {
    if (value > kLargestNumber || value < -kLargestNumber) return refuse("it holds a number past 2^53 - 1");
    fmt::format_int const written(value);
    write({written.data(), written.size()});
  }
  void write_text(std::string_view text) {
    if (!values::is_plain_json(text)) return write(values::json_string(text));
    sign('"');
    write(text);
    sign('"');
  }
  void sign(char c) {
    if (at_ < text_.size() && text_[at_] == c && !trouble_) {
      ++at_;
    } else {
      write({&c, 1});
    }
  }
  void write(std::string_view part) {
    if (trouble_) return;
    auto const there = text_.substr(at_, part.size());
    if (there == part) {
      at_ += part.size();
      return;
    }
    auto const same = std::mismatch(there.begin(), there.end(), part.begin()).first - there.begin();
    differs_at(at_ + static_cast<std::size_t>(same));
  }
  void differs_at(std::size_t byte) {
    refuse(fmt::format("it is written otherwise than canonical JSON from byte {} on", byte));
  }
  bool key_fits(std::string_view key, std::optional<std::string_view> before) {
    bool const ascii = std::all_of(key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!ascii) {
      refuse(fmt::format("the key `{}` is not ASCII", key));
    } else if (before && key == *before) {
      refuse(fmt::format("the key `{}` stands twice", key));
    } else if (before && key < *before) {
      refuse(fmt::format("the key `{}` stands after `{}`", key, *before));
    }
    return !trouble_;
  }
  bool deeper() {
    if (++depth_ > kDeepestBody) refuse(fmt::format("it is more than {} deep", kDeepestBody));
    return !trouble_;
  }
  void refuse(std::string why) { trouble_ = std::move(why); }

  std::string_view text_;
  std::size_t at_ = 0;  // up to where text and value are the same
  std::vector<NamedHash>& hashes_;
  std::optional<std::string> trouble_;
  int depth_ = 0;
  bool stated_ = false;  // within what a submission stated
};

}  // namespace

struct BodyReader::State {
  dom::parser parser;
  dom::element root;
  std::vector<char> padded;
  std::vector<NamedHash> hashes;

  std::optional<std::string> parse(std::string_view text);
};

// simdjson reads some bytes past the end, so the text is copied to where there are some.
std::optional<std::string> BodyReader::State::parse(std::string_view text) {
  // It counts the value in the deepest list as a level, too; how deep is deep enough is decided by Rewriter.
  if (parser.capacity() < text.size() || parser.capacity() == 0) {
    if (parser.allocate(text.size() + text.size() / 2 + 4096, kDeepestBody + 2) != simdjson::SUCCESS) {
      return "there is not enough memory to read it";
    }
  }
  if (padded.size() < text.size() + simdjson::SIMDJSON_PADDING) {
    padded.resize(text.size() + text.size() / 2 + 4096 + simdjson::SIMDJSON_PADDING);
  }
  std::copy(text.begin(), text.end(), padded.begin());
  auto const code = parser.parse(padded.data(), text.size(), false).get(root);
  if (code == simdjson::DEPTH_ERROR) return fmt::format("it is more than {} deep", kDeepestBody);
  if (code != simdjson::SUCCESS) return "it is not JSON";
  return std::nullopt;
}

BodyReader::BodyReader() : state_(std::make_unique<State>()) {}
BodyReader::~BodyReader() = default;

std::optional<std::string> BodyReader::read(std::string_view text) {
  auto& state = *state_;
  state.hashes.clear();
  state.root = dom::element();
  if (text.size() > kLongestBody) return "it is longer than 1 MiB";
  if (auto trouble = state.parse(text)) return trouble;
  if (!state.root.is_object()) return "it is no JSON object";
  Rewriter rewriter(text, state.hashes);
  rewriter.value(state.root, {});
  return rewriter.take_trouble();
}

std::optional<std::uint64_t> BodyReader::number(std::string_view key) const {
  std::uint64_t value = 0;
  if (state_->root.at_key(key).get_uint64().get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::optional<std::string_view> BodyReader::text(std::string_view key) const {
  std::string_view value;
  if (state_->root.at_key(key).get_string().get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::optional<std::string_view> BodyReader::text_in(std::string_view object, std::string_view key) const {
  std::string_view value;
  if (state_->root.at_key(object).at_key(key).get_string().get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

bool BodyReader::has(std::string_view key) const { return state_->root.at_key(key).error() == simdjson::SUCCESS; }

bool BodyReader::numbers(std::string_view key, std::vector<std::uint64_t>& out) const {
  out.clear();
  dom::element found;
  if (state_->root.at_key(key).get(found) != simdjson::SUCCESS) return true;
  dom::array list;
  if (found.get_array().get(list) != simdjson::SUCCESS) return false;
  for (auto const item : list) {
    std::uint64_t number = 0;
    if (item.get_uint64().get(number) != simdjson::SUCCESS) return false;
    out.push_back(number);
  }
  return true;
}

bool BodyReader::numbers_by_key(std::string_view key,
                                std::vector<std::pair<std::string_view, std::uint64_t>>& out) const {
  out.clear();
  dom::element found;
  if (state_->root.at_key(key).get(found) != simdjson::SUCCESS) return true;
  dom::object object;
  if (found.get_object().get(object) != simdjson::SUCCESS) return false;
  for (auto const member : object) {
    std::uint64_t number = 0;
    if (member.value.get_uint64().get(number) != simdjson::SUCCESS) return false;
    out.emplace_back(member.key, number);
  }
  return true;
}

std::vector<NamedHash> const& BodyReader::hashes() const { return state_->hashes; }

std::optional<std::string> not_canonical(std::string_view text) {
  thread_local BodyReader reader;
  return reader.read(text);
}

}  // namespace waymark::ledger
