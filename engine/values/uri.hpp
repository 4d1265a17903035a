// Texts as parts of an address (RFC 3986).
#pragma once

#include <string>
#include <string_view>

namespace waymark::values {

/// `text` with each byte that is neither unreserved (letters, digits, `-._~`) nor one of `plain` as `%2F`.
std::string percent_encoded(std::string_view text, std::string_view plain = {});

}  // namespace waymark::values
