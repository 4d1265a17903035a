// A random vocabulary, policy, evidence and cases from one seed: everything that one comparison needs.
#pragma once

#include <memory>

#include "engine/review/review.hpp"
#include "tests/property/policy_maker.hpp"
#include "tests/property/submissions.hpp"
#include "tests/property/tables.hpp"

namespace waymark::property {

struct RandomWorld {
  values::Symbols symbols;
  vocabulary::Vocabulary words;
  check::Program program;
  evidence::Evidence evidence;
  std::vector<Submission> submissions;
};

/// The same seed gives the same world.
std::unique_ptr<RandomWorld> some_world(std::uint64_t seed, std::size_t cases, Taste taste);
/// The policy in words, for a message; and one of its cases.
std::string described(RandomWorld const& world);
std::string described(RandomWorld const& world, std::size_t case_index);

}  // namespace waymark::property
