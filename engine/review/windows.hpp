// Windows over years.
#pragma once

#include <cstdint>
#include <span>

#include "engine/check/program.hpp"
#include "engine/values/truth.hpp"

namespace waymark::review {

/// Of `years`, newest first, the first `last` (with `measured` the first `last` that apply): are `wanted` of them yes?
/// The set of answers over every way of resolving what cannot be told. `wanted` == `last`: in each.
values::Truth over_years(std::span<values::Truth const> years, std::uint32_t wanted, std::uint32_t last, bool measured);

/// A year of which nothing is known: yes, no, or not measured. `last` of them after the known years stand for years
/// without end: more than that no window takes, and each may be passed over.
inline constexpr values::Truth kAnyYear = values::kYes | values::kNo | values::kDoesNotApply;

/// A window over measured years that has no other bound looks back for ever.
inline bool is_endless(check::Windowed const& window) { return window.measured && window.within == 0; }

}  // namespace waymark::review
