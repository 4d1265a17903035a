// One JSON value into a tree, by simdjson's DOM; what it refuses is refused, and so are numbers that not every reader
// of JSON reads alike.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "engine/cases/json_scan.hpp"
#include "engine/cases/tree.hpp"

namespace waymark::cases {

class JsonReader {
 public:
  /// Bytes that must be readable after a text.
  static constexpr std::size_t kPadding = 64;

  JsonReader();
  ~JsonReader();
  JsonReader(JsonReader const&) = delete;
  JsonReader& operator=(JsonReader const&) = delete;

  /// `tree` points into `text` and into this reader until the next call.
  std::optional<JsonTrouble> read(std::string_view text, Tree& tree);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace waymark::cases
