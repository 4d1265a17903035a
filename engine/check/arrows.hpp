// Which definition names which.
#pragma once

#include <compare>
#include <cstdint>
#include <set>
#include <vector>

#include "engine/check/program.hpp"

namespace waymark::check {

enum class Thing : std::uint8_t { figure, threshold, criterion, group, list, decision };
struct Definition {
  Thing what = Thing::figure;
  std::uint32_t id = 0;  ///< among those of its kind in the Program
  friend auto operator<=>(Definition const&, Definition const&) = default;
};
struct Arrow {
  Definition to;
  grammar::Span span;  ///< where it is named
};

/// What the conditions and values of a definition name.
std::vector<Arrow> arrows_of(Program const& program, Definition from);

/// These definitions and all that they rest on, through whatever they name.
std::set<Definition> reached_from(Program const& program, std::vector<Definition> from);

}  // namespace waymark::check
