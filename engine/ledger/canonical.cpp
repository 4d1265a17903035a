// Writes canonical JSON. What reads it again is body.cpp.
#include "engine/ledger/canonical.hpp"

#include <utility>

#include "engine/values/json_text.hpp"
#include "engine/values/result.hpp"

namespace waymark::ledger {

std::string text_json(std::string_view text) { return values::json_string(text); }

std::string number_json(std::int64_t number) { return std::to_string(number); }

std::string flag_json(bool flag) { return flag ? "true" : "false"; }

std::string list_json(std::vector<std::string> const& items) {
  std::string out = "[";
  for (auto const& item : items) {
    if (out.size() > 1) out.push_back(',');
    out += item;
  }
  out.push_back(']');
  return out;
}

std::string numbers_json(std::vector<std::uint64_t> const& numbers) {
  std::vector<std::string> items;
  for (auto const number : numbers) items.push_back(std::to_string(number));
  return list_json(items);
}

Object& Object::put(std::string key, std::string json) {
  bool const fresh = members_.emplace(std::move(key), std::move(json)).second;
  WAYMARK_CHECK(fresh, "an object was given one key twice");
  return *this;
}

std::string Object::json() const {
  std::string out = "{";
  for (auto const& [key, json] : members_) {
    if (out.size() > 1) out.push_back(',');
    values::append_json_string(out, key);
    out.push_back(':');
    out += json;
  }
  out.push_back('}');
  return out;
}

}  // namespace waymark::ledger
