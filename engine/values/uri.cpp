#include "engine/values/uri.hpp"

#include <fmt/format.h>

namespace waymark::values {

std::string percent_encoded(std::string_view text, std::string_view plain) {
  std::string out;
  for (char const c : text) {
    bool const stays = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos ||
                       plain.find(c) != std::string_view::npos;
    out += stays ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace waymark::values
