// Hashes written into a manifest in place: everything else in it stays as a person wrote it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/evidence/evidence.hpp"

namespace waymark::commands {

struct Pin {
  std::uint64_t line = 0;  ///< of the release in the manifest, from 1
  std::string sha256;
};

/// The text with a `sha256` line in each release; an empty text where one cannot be placed.
std::string with_pins(std::string const& text, std::vector<Pin> const& pins);

/// Writes them into the manifest's file. What was written is read again first: unless it says what it should, the file
/// stays as it is.
std::optional<values::WorldError> write_pins(evidence::Manifest const& manifest, std::vector<Pin> const& pins);

}  // namespace waymark::commands
