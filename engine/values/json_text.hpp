// Text as JSON: the one place that escapes. Escapes are those of RFC 8785, so that canonical bytes can use it too.
#pragma once

#include <string>
#include <string_view>

namespace waymark::values {

/// Whether the text is ASCII in which nothing is escaped, as nearly every text is.
bool is_plain_json(std::string_view text);
/// Appends `text` in double quotes. Only quotes, backslashes and control characters are escaped; a byte that is no
/// UTF-8 becomes U+FFFD, so that what is written is always JSON.
void append_json_string(std::string& out, std::string_view text);
std::string json_string(std::string_view text);

}  // namespace waymark::values
