// Policies made by chance that have no faults, in every shape that the grammar has.
#pragma once

#include <rapidcheck.h>

#include <string>

namespace waymark::grammar {

rc::Gen<std::string> made_policy();

}  // namespace waymark::grammar
