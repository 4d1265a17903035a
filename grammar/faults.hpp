// What to say where a line cannot be read: the place and what was wanted there become one diagnostic in the author's
// words.
#pragma once

#include <string>

#include "grammar/diagnostic.hpp"
#include "grammar/lines.hpp"
#include "grammar/lines_bounds.hpp"
#include "grammar/scan.hpp"

namespace waymark::grammar {

struct Fault {
  At where = nullptr;  ///< the first character that does not fit; the end of the line where something is missing
  std::string wanted;  ///< `a value`, `a condition`, "`,`": the name of the rule that failed
};

/// `span` is the piece of the line that was read.
Diagnostic explain(Reader const& in, Span span, Fault const& fault);

}  // namespace waymark::grammar
