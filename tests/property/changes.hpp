// Changes to a random world that must not change what is decided, or only in one way.
#pragma once

#include <vector>

#include "tests/property/worlds.hpp"

namespace waymark::property {

/// The same submission with one fact, list, year or earlier decision that was given left out; nothing where none is
/// given.
std::optional<Submission> without_one_fact(Submission const& submission, vocabulary::Vocabulary const& words,
                                           Random& random);
/// The same evidence with one cell suppressed, or one row of a measure gone; nothing where there is none. A measure of
/// whose members the program makes a List keeps its rows: they say which members there are, and who is none of them is
/// not on the List.
std::optional<evidence::Evidence> without_one_cell(evidence::Evidence const& evidence, check::Program const& program,
                                                   Random& random);
/// The members of its lists in another order (codes, which are a set, stay sorted).
Submission with_lists_shuffled(Submission const& submission, vocabulary::Vocabulary const& words, Random& random);

/// The same policy written in another order.
struct Reordered {
  check::Program program;
  std::vector<check::CriterionId> criteria;  ///< where each criterion stands now
};
Reordered reordered(check::Program const& program, Random& random);

}  // namespace waymark::property
