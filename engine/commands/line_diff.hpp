// Two texts side by side, as the unified diff that `diff -u` writes and `patch` reads.
#pragma once

#include <string>
#include <string_view>

namespace waymark::commands {

/// Empty where the texts are equal. Three lines of context.
std::string line_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace waymark::commands
