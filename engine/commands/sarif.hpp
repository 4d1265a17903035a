// Diagnostics as SARIF 2.1.0, which code hosts and editors show beside the lines of a file.
#pragma once

#include <string>

#include "engine/commands/report.hpp"

namespace waymark::commands {

/// One run with its results, on one line with a line end. Regions count characters (`unicodeCodePoints`) from 1, their
/// ends are not included. Method: OASIS, Static Analysis Results Interchange Format 2.1.0. A rule has no `helpUri`:
/// that must be an absolute address (3.49.12), and the pages have none. They are carried whole, as `help`.
std::string diagnostics_sarif(Found const& found, grammar::Sources const& sources);

}  // namespace waymark::commands
