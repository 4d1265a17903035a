// What a ledger keeps of one decision: facts, comparisons, outcome, and the hashes of the rules and data that it rests
// on. No wording: a sentence that is mended changes no record, and a replay compares what was decided and not how it is
// told.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/commands/facts_json.hpp"
#include "engine/commands/judged.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/members.hpp"

namespace waymark::commands {

/// The keys under which a policy's decisions are recorded, worked out once.
class DecisionKeys {
 public:
  /// `entries`: where the ledger holds what the reviewer has read; a release that it does not hold is not named.
  DecisionKeys(Reviewer const& reviewer, ReleaseEntries entries);

 private:
  friend class DecisionBodies;
  using CriterionKey = std::pair<std::string, check::CriterionId>;
  FactKeys facts_;
  std::vector<CriterionKey> criteria_;  // in the order of their keys; the same in all epochs
  std::vector<std::string> sources_;    // by source
  ReleaseEntries entries_;
};

/// Writes the part of a decision's body that a replay makes again:
/// * `date`, `policy`;
/// * `facts` (facts_json.hpp), `waivers` (those that the review saw, with their dates);
/// * `outcome`, `decision` (the block that decided), `until`, `conditions` (each with its deadline), `recommends`,
///   `possible` (of `needs information`), `fault` (of `not reviewed`);
/// * `criteria`: the status of each, by its data key; `rows`: how each row of the decision stood, in order, as far as
///   they were asked;
/// * `found`: for each criterion its conditions in the policy's order: a comparison with both numbers (`"412>=60"`, a
///   range as `[0..9]`), else yes, no, cannot be told or does not apply;
/// * `evidence`: for each source that the policy reads, by its data key, the entry of the release that was used.
class DecisionBodies {
 public:
  /// Both outlive it, and are of one reviewer.
  DecisionBodies(DecisionKeys const& keys, Judged& judged) : keys_(keys), judged_(judged) {}

  ledger::Object of(std::uint32_t i);

 private:
  void put_result(ledger::Object& body, explain::Subject const& subject);
  ledger::Object criteria(explain::Subject const& subject) const;
  ledger::Object found(explain::Subject const& subject) const;
  std::string const& evidence(explain::Subject const& subject);

  DecisionKeys const& keys_;
  Judged& judged_;
  std::vector<evidence::Release const*> releases_;  // of the last decision, by the policy's sources
  std::string evidence_;                            // what is written of them
};

/// The bodies of all cases, in order, each short enough for an entry of a ledger. A decision that would be longer is
/// `not reviewed`, without facts: `judged` is then another one, so that what is printed is what is recorded.
std::vector<ledger::Object> bodies_that_fit(DecisionKeys const& keys, std::unique_ptr<Judged>& judged);

/// Whether a policy without a Decision reported it: an outcome of a Decision may be called so, too.
bool only_reports(ledger::Body const& decision);

/// Whether a member of a body is the outcome itself; the others are how it came about.
bool is_outcome(std::string_view key);

}  // namespace waymark::commands
