// The seam to what surrounds the program: variables, the clock, the terminal, the machine. Nothing else asks for them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/values/date.hpp"

namespace waymark::commands {

/// The value of an environment variable, where it is set and not empty.
std::optional<std::string> variable(std::string const& name);

/// The day by the clock, in universal time: the same in every time zone.
values::Date today();
/// The moment by the clock as a ledger keeps it: RFC 3339, universal time, whole seconds.
std::string now();
/// The same moment as a number, for cosignatures.
std::int64_t seconds_since_1970();
/// Seconds since some moment, for rates.
double seconds();

bool output_is_terminal();
bool errors_are_terminal();

/// How many threads can run at once, at least 1.
unsigned processors();

}  // namespace waymark::commands
