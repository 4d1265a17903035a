// The engine's answers for one case against the reference's, from the leaves up: the first difference that is named is
// the smallest.
#pragma once

#include <optional>
#include <string>

#include "engine/review/review.hpp"
#include "tests/reference/interpreter.hpp"

namespace waymark::property {

/// How much is compared.
enum class Depth : std::uint8_t {
  answers,     ///< outcome, kept rows, statuses, lists
  conditions,  ///< and the truth of every condition, wherever it stands
  values,      ///< and every value
};

/// The first difference in words, or nothing.
std::optional<std::string> difference(reference::World const& world, review::Run& run, std::uint32_t case_index,
                                      Depth depth);

/// An outcome as one line: `decided by decision 0, kept rows 1`.
std::string shown(review::Outcome const& outcome);

}  // namespace waymark::property
