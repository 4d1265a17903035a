// Base 64 of RFC 4648, section 4: how keys, hashes and signatures stand in the texts of C2SP.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace waymark::ledger {

std::string base64(std::string_view bytes);
/// Strict: padding, no blanks, no bits left over, so that no two texts are the same bytes.
std::optional<std::string> of_base64(std::string_view text);

}  // namespace waymark::ledger
