// Whether a policy's examples notice when one of its conditions says the opposite.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/check/program.hpp"

namespace waymark::commands {

/// What comes of one Program's examples, and what would come of them if a condition were negated.
class Negation {
 public:
  explicit Negation(check::Program const& program);

  /// What a condition says in its own stead. What cannot be told and what does not apply stay as they are.
  enum class Instead : std::uint8_t { opposite, yes, no };

  /// Whether an example comes out otherwise when all of `ids` (one condition of the text) say something else: another
  /// outcome or another thing that its row says, another status of a criterion, another value of a figure or place of a
  /// member that it expects.
  bool is_noticed(std::vector<check::ConditionId> const& ids, Instead instead = Instead::opposite);

 private:
  /// All of an example that may change.
  using Result = std::vector<std::string>;
  Result result_of(check::Example const& example) const;
  check::ConditionId keep(check::Condition condition);

  check::Program program_;  ///< changed for the time of one question
  std::vector<Result> results_;
};

}  // namespace waymark::commands
