// What was meant by a type that is misspelled: otherwise every word is a unit.
#pragma once

#include <string>
#include <string_view>

#include "engine/vocabulary/vocabulary.hpp"

namespace waymark::check {

/// `date` for `dat`, `list of SOC` for `lst of SOC`, a choice, a record or a kind of year for what nearly is its name;
/// empty where the words are a type, or near none. The plural of a type is a unit: it is left alone.
std::string near_type(vocabulary::Vocabulary const& vocabulary, std::string_view words);

}  // namespace waymark::check
