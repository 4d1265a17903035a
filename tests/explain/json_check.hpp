// Whether a line is one JSON value (RFC 8259), and the keys of an object in their order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waymark::explain {

bool is_json(std::string_view text);
/// The keys of the outermost object, as written.
std::vector<std::string> keys_of(std::string_view text);

}  // namespace waymark::explain
