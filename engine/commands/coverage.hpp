// What a policy's examples try: each condition as yes and as no, each threshold met and missed.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>

#include "engine/commands/example_run.hpp"
#include "engine/explain/spot.hpp"

namespace waymark::commands {

class Coverage {
 public:
  /// What there is to try in one epoch of the policy.
  void expect(check::Program const& program);
  /// What one example tried.
  void add(ExampleRun& run);
  /// Totals first, then what was never tried, with its place.
  std::string text(grammar::Sources const& sources) const;

 private:
  struct Tried {
    std::string words;
    bool yes = false;
    bool no = false;
  };
  // The same condition stands in every epoch: what it is told by is its place.
  using ByPlace = std::map<std::pair<grammar::Span, std::string>, Tried>;

  class Walk;
  void expect_condition(check::Program const& program, check::ConditionId id);
  void expect_value(check::Program const& program, check::ValueId id);
  static std::string lines(ByPlace const& all, grammar::Sources const& sources, char const* yes, char const* no);

  ByPlace conditions_;
  ByPlace thresholds_;
  ByPlace members_;  // of lists
  std::set<std::tuple<check::Program const*, int, std::uint32_t>> expected_;
};

}  // namespace waymark::commands
