// What a decision read: which sources, and which thresholds, figures and criteria are in play.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/explain/explain.hpp"
#include "engine/explain/spot.hpp"
#include "engine/explain/words.hpp"

namespace waymark::explain {

struct Reading {
  std::set<vocabulary::SourceId> sources;
  std::vector<std::string> illustrative;  ///< names of blocks that rest on no source, in the order met
};

/// What is illustrative behind one condition: the names, and as a citation says them.
std::vector<std::string> illustrative_behind(Subject const& subject, check::ConditionId condition, Spot const& spot);
Words illustrative_words(Subject const& subject, check::ConditionId condition, Spot const& spot);
/// Behind the whole decision: all criteria, and the rows of the decision that was taken.
Reading reading_of(Subject const& subject);

}  // namespace waymark::explain
