// Bytes of a released file as UTF-8, where a spreadsheet wrote its own encoding.
#pragma once

#include <string>
#include <string_view>

namespace waymark::evidence {

/// Every byte has a meaning (WHATWG's table of windows-1252), so this cannot fail.
std::string utf8_from_windows_1252(std::string_view bytes);

}  // namespace waymark::evidence
