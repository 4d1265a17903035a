// The syntax tree as text again: the one layout that `format` writes, and a dump by which two trees are compared.
#pragma once

#include <string>

#include "grammar/syntax.hpp"

namespace waymark::grammar {

/// Canonical text: parsing it gives the same tree (but for spans), printing that again the same text.
std::string print(File const& file);

/// Single nodes in the policy's own spelling, for messages and explanations.
std::string print(Value const& value);
std::string print(Condition const& condition);
std::string print(Path const& path);

/// Every node with its contents and without spans, one a line: equal dumps are equal programs.
std::string dump(File const& file);

}  // namespace waymark::grammar
