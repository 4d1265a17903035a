// The value that a waiver puts in a threshold's place.
#pragma once

#include <string>

#include "engine/values/result.hpp"
#include "engine/vocabulary/vocabulary.hpp"

namespace waymark::cases {

/// `5 students`, `$30,000 per year`, or a bare number in the unit of the threshold: in steps of `type`; else what it is
/// not, as the end of a sentence: `not a number of students.`
values::Result<values::Steps, std::string> read_waived_value(std::string const& text, vocabulary::Type const& type,
                                                             vocabulary::Vocabulary const& vocabulary);

}  // namespace waymark::cases
