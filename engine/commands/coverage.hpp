// What a policy's examples try: each condition turned round, each threshold met and missed, each list with a member on
// it and one off it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/check/walk.hpp"
#include "engine/commands/example_run.hpp"
#include "engine/commands/negation.hpp"
#include "engine/explain/spot.hpp"

namespace waymark::commands {

class Coverage {
 public:
  /// `layers`: the files of the policies on which this one builds. Their own examples try what stands in them.
  explicit Coverage(std::set<grammar::FileId> layers = {}) : layers_(std::move(layers)) {}
  /// What there is to try in one epoch of the policy.
  void expect(check::Program const& program);
  /// What one example tried of thresholds and lists.
  void add(ExampleRun& run);
  /// Turns round each condition of an epoch and asks its examples again. After all that is expected.
  void negate(check::Program const& program);
  /// After all examples: of what is left, what the policy says cannot be tried.
  void finish();
  /// Totals first, then what was never tried, with its place, then what the policy says cannot be.
  std::string text(grammar::Sources const& sources) const;
  /// Nothing is left untried but what the policy says cannot be.
  bool is_whole() const;

 private:
  struct Tried {
    std::string words;
    bool yes = false;
    bool no = false;
    bool excused = false;  ///< the policy says that it cannot be tried
    bool is_covered() const { return yes && no; }
  };
  // The same condition stands in every epoch: what it is told by is its place.
  using Place = std::pair<grammar::Span, std::string>;
  using ByPlace = std::map<Place, Tried>;
  struct Excuse {
    std::string reason;
    std::vector<Place> conditions;
    std::vector<Place> thresholds;
  };
  struct Figures {
    std::size_t covered = 0;
    std::size_t all = 0;
    std::size_t excused = 0;
  };

  class Walk;
  template <class Definition>
  void expect_below(check::Program const& program, Definition const& definition);
  void expect_condition(check::Program const& program, check::ConditionId id);
  void expect_value(check::Program const& program, check::ValueId id);
  void expect_definition(check::Program const& program, check::Definition one);
  void try_filter(check::Program const& program, Negation& negation, std::vector<check::ConditionId> const& parts);
  void excuse(check::Program const& program, check::NotCoverable const& said);
  static void mark(Tried& tried, values::Truth truth);
  static void excused(ByPlace& all, Place const& place);
  std::vector<check::ConditionId> written_at(check::Program const& program, Place const& place) const;
  static Figures figures_of(ByPlace const& all);
  struct Words {
    char const* yes;  ///< what is said where there is no yes
    char const* no;
    char const* neither;
  };
  static std::string lines(ByPlace const& all, grammar::Sources const& sources, Words const& words);
  std::string excuses(grammar::Sources const& sources) const;

  bool is_own(grammar::Span span) const { return !layers_.contains(span.file); }

  std::set<grammar::FileId> layers_;
  ByPlace conditions_;  // both: an example notices when it is turned round
  ByPlace thresholds_;
  ByPlace members_;          // of lists
  std::set<Place> filters_;  // of those conditions the ones that choose rows
  std::map<grammar::Span, Excuse> excuses_;
  std::map<check::Program const*, std::map<Place, std::vector<check::ConditionId>>> ids_;
  std::set<std::tuple<check::Program const*, int, std::uint32_t>> expected_;
};

}  // namespace waymark::commands
