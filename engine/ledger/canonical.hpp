// Canonical bytes of an entry: RFC 8785 (JCS) in a restricted profile, so that a verifier is twenty lines of anybody's
// standard library. Keys are ASCII and sorted, none twice; numbers are integers up to 2^53 - 1 in size, anything else
// is a text; at most 64 deep, at most 1 MiB.
#pragma once

#include <cstdint>
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

/// An object in the making. Members may be put in any order and are written in the right one; no key twice. All
/// of them stand in one buffer, as a decision has a hundred.
class Object {
 public:
  Object& put(std::string_view key, std::string_view json);  ///< `json` is canonical JSON
  Object& text(std::string_view key, std::string_view value);
  Object& number(std::string_view key, std::int64_t value);
  Object& flag(std::string_view key, bool value);
  Object& object(std::string_view key, Object const& value);
  bool empty() const { return members_.empty(); }
  std::string json() const;
  /// How long json() is, but for the few signs between its members.
  std::size_t size() const { return buffer_.size(); }

 private:
  struct Member {
    std::size_t key, value, end;  // where each begins in the buffer, and its end
  };
  void begin(std::string_view key);
  Object& end();
  void write(std::string& out) const;

  std::string buffer_;
  std::vector<Member> members_;
};

/// Why a text is no canonical JSON object of this profile, in words; or nothing where it is one.
std::optional<std::string> not_canonical(std::string_view text);

}  // namespace waymark::ledger
