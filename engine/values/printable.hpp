// Texts from elsewhere as they may be shown to a person: nothing in them moves the cursor, changes colours, hides other
// words or reverses their order. The same characters as pack/verify.py shows as `?`.
#pragma once

#include <string>
#include <string_view>

namespace waymark::values {

/// `text` with a `?` for each control character, line ends among them, each mark of direction or without width, and
/// each byte that is no UTF-8.
std::string one_line(std::string_view text);
/// The same of a page: its line ends stay.
std::string printable(std::string_view page);

}  // namespace waymark::values
