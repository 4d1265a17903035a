// What is illustrative behind the conditions of a policy, where that is the same for every case.
#pragma once

#include <string>
#include <vector>

#include "engine/check/program.hpp"

namespace waymark::explain {

/// Worked out once for a program and shared by all threads. A citation asks what is illustrative behind its condition
/// some fifty times a decision, and nearly always the policy's words alone settle it: a threshold is illustrative
/// whichever of its rows is in force. Going through the case for it each time took a fifth of a full record.
class Illustrative {
 public:
  explicit Illustrative(check::Program const& program);

  struct Names {
    std::vector<std::string> all;  ///< each once, in the order in which a walk over the case meets them
    std::string words;             ///< the same as a citation says them
    bool fixed = true;             ///< for every case these
    bool reads = false;            ///< a Source may be met, or a code that tables of editions may not hold
  };
  /// Null where a case must be looked into.
  Names const* behind(check::ConditionId condition) const {
    return of_conditions_[condition].fixed ? &of_conditions_[condition] : nullptr;
  }

 private:
  class Walk;

  std::vector<Names> of_conditions_;
};

}  // namespace waymark::explain
