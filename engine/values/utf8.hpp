// UTF-8 as bytes: where it breaks, and how many characters a person counts. RFC 3629: no surrogates, no long forms.
#pragma once

#include <cstddef>
#include <string_view>

namespace waymark::values {

/// How many bytes at the front of `text` are UTF-8: all of them, or up to the first character that is broken.
std::size_t valid_utf8_prefix(std::string_view text);

/// Characters (code points) in valid UTF-8.
std::size_t count_characters(std::string_view text);

}  // namespace waymark::values
