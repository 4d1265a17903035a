// Which definition names which.
#pragma once

#include <set>
#include <vector>

#include "engine/check/program.hpp"
#include "engine/check/walk.hpp"

namespace waymark::check {

struct Arrow {
  Definition to;
  grammar::Span span;  ///< where it is named
};

/// What the conditions and values of a definition name.
std::vector<Arrow> arrows_of(Program const& program, Definition from);

/// These definitions and all that they rest on, through whatever they name.
std::set<Definition> reached_from(Program const& program, std::vector<Definition> from);

}  // namespace waymark::check
