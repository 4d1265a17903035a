// Canonical bytes of an entry: RFC 8785 (JCS) in a restricted profile, so that a verifier is twenty lines of anybody's
// standard library. Keys are ASCII and sorted, none twice; numbers are integers up to 2^53 - 1 in size, anything else
// is a text; at most 64 deep, at most 1 MiB.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::ledger {

/// Values written so far: each `…_json` gives canonical JSON.
std::string text_json(std::string_view text);
std::string number_json(std::int64_t number);
std::string flag_json(bool flag);
std::string list_json(std::vector<std::string> const& items);  ///< of what is JSON already

std::string numbers_json(std::vector<std::uint64_t> const& numbers);

/// An object in the making. Keys may be put in any order and are written in the right one.
class Object {
 public:
  Object& put(std::string key, std::string json);  ///< `json` is canonical JSON
  Object& text(std::string key, std::string_view value) { return put(std::move(key), text_json(value)); }
  Object& number(std::string key, std::int64_t value) { return put(std::move(key), number_json(value)); }
  Object& flag(std::string key, bool value) { return put(std::move(key), flag_json(value)); }
  bool empty() const { return members_.empty(); }
  bool has(std::string const& key) const { return members_.count(key) != 0; }
  std::string json() const;

 private:
  std::map<std::string, std::string> members_;
};

/// Why a text is no canonical JSON object of this profile, in words; or nothing where it is one.
std::optional<std::string> not_canonical(std::string_view text);

}  // namespace waymark::ledger
