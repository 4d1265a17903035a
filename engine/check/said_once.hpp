// One message for each mistake, however many places show it.
#pragma once

#include "grammar/diagnostic.hpp"

namespace waymark::check {

/// Of the messages that are about one thing (`Diagnostic::about`) the first stays, and says how many other places there
/// are.
void say_once(grammar::Sources const& sources, grammar::Diagnostics& diagnostics);

}  // namespace waymark::check
