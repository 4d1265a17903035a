// What a portal integrates against: one submission as JSON Schema, from the vocabulary alone.
#pragma once

#include <string>
#include <string_view>

#include "engine/vocabulary/vocabulary.hpp"

namespace waymark::cases {

/// JSON Schema (draft 2020-12) of one submission, with two blanks a level and keys in the vocabulary's order. What it
/// allows is read without a fault; what is read is more lenient in spelling (`"1,200"`, `"yes"`) than what it allows.
std::string json_schema(vocabulary::RecordId record, vocabulary::Vocabulary const& vocabulary, std::string_view title);

}  // namespace waymark::cases
