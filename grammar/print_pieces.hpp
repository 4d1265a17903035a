// The small pieces that both printers share. For print.cpp and print_nodes.cpp alone.
#pragma once

#include <string>
#include <vector>

#include "grammar/syntax.hpp"

namespace waymark::grammar {

std::string print_phrase(Phrase const& phrase);
std::string print_values(std::vector<Value> const& values);
/// A condition without the items of the list that it ends in: `for every student group, any of:`
std::string print_head(Condition const& condition);

}  // namespace waymark::grammar
