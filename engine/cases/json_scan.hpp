// JSON as written: where each value stands, and the first place at which a text stops being JSON, in plain words. This
// judges nothing: simdjson does. It only says where and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"

namespace waymark::cases {

inline constexpr std::uint32_t kDeepest = 64;

struct JsonTrouble {
  grammar::Code code{};
  std::size_t offset = 0;
  std::string message;
  std::string help;
};

/// One value in document order: the whole first, then its parts.
struct JsonValue {
  std::size_t key = 0;  ///< where its key begins, of a part of an object
  std::size_t begin = 0;
  std::size_t end = 0;  ///< of a number
};

struct JsonScan {
  std::vector<JsonValue> values;
  std::optional<JsonTrouble> trouble;  ///< the values before it are there
};

JsonScan scan_json(std::string_view text);

/// One past the value that begins at `begin`, by counting brackets and quotes; or the text's end.
std::size_t end_of_value(std::string_view text, std::size_t begin);

}  // namespace waymark::cases
