// What the decisions of a review come to together.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/commands/judged.hpp"
#include "engine/commands/outcome_words.hpp"
#include "engine/commands/outside_codes.hpp"
#include "engine/commands/unmatched.hpp"

namespace waymark::commands {

struct Tally {
  std::map<std::string, std::size_t> outcomes;
  std::size_t not_reviewed = 0;
  std::size_t unfavourable = 0;  ///< decided or not, not counting those that were not reviewed
  std::size_t undated = 0;
  std::set<evidence::Release const*> evidence;  ///< that decisions read
  UnmatchedCounts unmatched;
  OutsideNotes outside;

  void add(Tally const& other);
  std::size_t total() const;
};

/// Counts batches of one policy. Made once; batches may be counted at once.
class Counting {
 public:
  explicit Counting(Reviewer const& reviewer) : outcomes_(reviewer), lookups_(code_lookups(reviewer.program())) {}

  OutcomeWords const& outcomes() const { return outcomes_; }
  /// `numbers`: as `outcomes` gives them.
  Tally count(Judged& judged, std::vector<std::size_t> const& numbers) const;

 private:
  OutcomeWords outcomes_;
  std::vector<CodeLookup> lookups_;
};

}  // namespace waymark::commands
