// Windows over years.
#pragma once

#include <cstdint>
#include <span>

#include "engine/values/truth.hpp"

namespace waymark::review {

/// Of `years`, newest first, the first `last` (with `measured` the first `last` that apply): are `wanted` of them yes?
/// The set of answers over every way of resolving what cannot be told. `wanted` == `last`: in each.
values::Truth over_years(std::span<values::Truth const> years, std::uint32_t wanted, std::uint32_t last, bool measured);

}  // namespace waymark::review
