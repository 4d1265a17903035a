// The policy's words as HTML: text, citations, conditions with their lists.
#pragma once

#include <string>
#include <string_view>

#include "engine/check/program.hpp"

namespace waymark::commands {

/// Text as it stands in a page.
std::string escaped(std::string_view text);
/// ` [34 CFR 668.602]`, or the mark of what is illustrative; nothing without a citation.
std::string cited(check::Citation const& citation);
/// A date that is never broken at the end of a line.
std::string dated(values::Date date);
/// A condition with all its items, as lists within each other.
std::string condition_html(check::Program const& program, check::ConditionId id);

}  // namespace waymark::commands
