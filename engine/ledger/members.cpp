// Cuts canonical JSON at its commas. That it is canonical has been checked by whoever wrote or verified it; of a text
// that is not, less is found and nothing worse happens.
#include "engine/ledger/members.hpp"

#include <simdjson.h>
#include <charconv>

#include <algorithm>

namespace waymark::ledger {
namespace {

// One past the value that begins at `at`: the comma or bracket that ends it, on its own level.
std::size_t end_of_value(std::string_view json, std::size_t at) {
  std::size_t depth = 0;
  bool quoted = false;
  for (; at < json.size(); ++at) {
    auto const c = json[at];
    if (quoted) {
      if (c == '\\') ++at;
      quoted = c != '"';
      continue;
    }
    quoted = c == '"';
    bool const closes = c == '}' || c == ']';
    if (depth == 0 && (closes || c == ',')) break;
    if (closes) --depth;
    if (c == '{' || c == '[') ++depth;
  }
  return std::min(at, json.size());
}

std::size_t end_of_text(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return std::min(at + 1, json.size());
}

simdjson::dom::parser& parser() {
  thread_local simdjson::dom::parser kept;
  return kept;
}

}  // namespace

std::optional<std::string> text_of_json(std::string_view json) {
  if (json.size() < 2 || json.front() != '"' || json.back() != '"') return std::nullopt;
  if (json.find('\\') == std::string_view::npos) return std::string(json.substr(1, json.size() - 2));
  std::string_view text;
  if (parser().parse(json.data(), json.size(), true).get(text) != simdjson::SUCCESS) return std::nullopt;
  return std::string(text);
}

Body::Body(std::string json) : json_(std::move(json)) {
  if (json_.size() < 2 || json_.front() != '{') return;
  std::string_view const all = json_;
  for (std::size_t at = 1; at < all.size() && all[at] == '"';) {
    auto const colon = end_of_text(all, at);
    auto const key = text_of_json(all.substr(at, colon - at));
    if (!key || colon >= all.size() || all[colon] != ':') return;
    auto const end = end_of_value(all, colon + 1);
    members_.emplace(*key, Slice{colon + 1, end - colon - 1});
    at = end + 1;
  }
}

std::string_view Body::raw(std::string_view key) const {
  auto const found = members_.find(key);
  if (found == members_.end()) return {};
  return std::string_view(json_).substr(found->second.begin, found->second.size);
}

std::optional<std::string> Body::text(std::string_view key) const { return text_of_json(raw(key)); }

std::optional<std::int64_t> Body::number(std::string_view key) const {
  auto const json = raw(key);
  if (json.empty()) return std::nullopt;
  std::int64_t out = 0;
  if (parser().parse(json.data(), json.size(), true).get(out) != simdjson::SUCCESS) return std::nullopt;
  return out;
}

std::vector<std::uint64_t> Body::numbers(std::string_view key) const {
  std::vector<std::uint64_t> out;
  for (auto const& item : items(key)) {
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(item.data(), item.data() + item.size(), number);
    if (error == std::errc() && end == item.data() + item.size()) out.push_back(number);
  }
  return out;
}

Body Body::object(std::string_view key) const { return Body(std::string(raw(key))); }

std::vector<std::string> Body::items(std::string_view key) const {
  auto const json = raw(key);
  std::vector<std::string> out;
  if (json.size() < 2 || json.front() != '[') return out;
  for (std::size_t at = 1; at + 1 < json.size();) {
    auto const end = end_of_value(json, at);
    out.emplace_back(json.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> Body::members() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (auto const& [key, slice] : members_) out.emplace_back(key, json_.substr(slice.begin, slice.size));
  return out;
}

Object without_place(Body const& body, std::vector<std::string_view> const& also) {
  std::vector<std::string_view> left_out = {"kind", "seq", "at", "group"};
  left_out.insert(left_out.end(), also.begin(), also.end());
  Object out;
  for (auto const& [key, json] : body.members()) {
    if (std::find(left_out.begin(), left_out.end(), key) == left_out.end()) out.put(key, json);
  }
  return out;
}

}  // namespace waymark::ledger
