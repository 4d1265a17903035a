// Parts of the language that this version does not know yet: said once for each, where they stand, so that nobody is
// decided by a policy that is only half understood.
#include <fmt/format.h>

#include "engine/check/checker.hpp"

namespace waymark::check {

void Checker::not_yet(Span span, std::string const& what, std::string const& instead) {
  report(Code::not_available_yet, span, fmt::format("{} is not understood by this version", what), instead);
}

}  // namespace waymark::check
