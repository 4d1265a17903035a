// A release as it was read, for people: its first rows, and what its marks mean.
#pragma once

#include <string>

#include "engine/evidence/evidence.hpp"

namespace waymark::commands {

struct ReadRelease {
  evidence::Release const& release;
  vocabulary::Vocabulary const& vocabulary;
  values::Symbols const& symbols;
};

/// With `key`, only the rows that have it as one of their keys.
std::string release_text(ReadRelease const& read, std::string const& key);

}  // namespace waymark::commands
