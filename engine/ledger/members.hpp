// An entry's body read back: members of canonical JSON, by key.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ledger/canonical.hpp"

namespace waymark::ledger {

/// One object of canonical JSON, cut at its members. Owns its text. Of a text that is no such object it holds nothing.
class Body {
 public:
  Body() = default;
  explicit Body(std::string json);

  bool has(std::string_view key) const { return members_.find(key) != members_.end(); }
  /// The JSON of a member, as it stands; empty where there is none.
  std::string_view raw(std::string_view key) const;
  /// The text of a member, or nothing where it is none or no text.
  std::optional<std::string> text(std::string_view key) const;
  std::optional<std::int64_t> number(std::string_view key) const;
  /// An object within; an empty one where there is none.
  Body object(std::string_view key) const;
  /// The JSON of each item of a list; nothing where there is none.
  std::vector<std::string> items(std::string_view key) const;
  /// The whole numbers from 0 on of a list; what is something else in it is left out.
  std::vector<std::uint64_t> numbers(std::string_view key) const;
  /// Keys with their JSON, in order.
  std::vector<std::pair<std::string, std::string>> members() const;
  std::string const& json() const { return json_; }

 private:
  struct Slice {
    std::size_t begin = 0, size = 0;
  };
  std::string json_;
  std::map<std::string, Slice, std::less<>> members_;  // by unescaped key
};

/// What an entry says besides what a Writer puts into it (`kind`, `seq`, `at`, `group`) and the keys of `also`.
Object without_place(Body const& body, std::vector<std::string_view> const& also = {});

/// The text of a JSON text in quotes; nothing for anything else.
std::optional<std::string> text_of_json(std::string_view json);

}  // namespace waymark::ledger
