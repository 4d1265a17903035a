// The program as a function: arguments in, exit code out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/commands/verb.hpp"

namespace waymark::commands {

int run(int argc, char const* const* argv);

// The same with the verbs given, for tests.
int run(std::vector<Verb> const& verbs, std::vector<std::string> arguments);

}  // namespace waymark::commands
