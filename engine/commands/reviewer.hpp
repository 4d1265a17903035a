// A policy made ready to decide: checked, with its evidence read and a plan for each of its epochs.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/cases/readers.hpp"
#include "engine/commands/manifest_choice.hpp"
#include "engine/commands/rulebook.hpp"
#include "engine/commands/verb.hpp"
#include "engine/explain/illustrative.hpp"
#include "engine/review/review.hpp"

namespace waymark::commands {

/// What the verbs that decide have in common.
struct ReviewAsked {
  std::string policy;
  std::string workspace;
  std::string evidence;
  std::string date;
  std::string known_on;
};
void declare(Options& options, ReviewAsked& asked);

/// The entries of a ledger that releases of evidence are recorded in.
using ReleaseEntries = std::map<evidence::Release const*, std::uint64_t>;

/// Runs that have reviewed a batch and are ready for another, so that their memory serves again. For several threads.
class SpareRuns {
 public:
  /// One of an epoch, by its index; or nothing.
  std::optional<review::Run> take(std::size_t epoch);
  void give_back(std::size_t epoch, review::Run run);

 private:
  std::mutex mutex_;
  std::vector<std::pair<std::size_t, review::Run>> spare_;
};

/// Never moved once it is made: plans point into it.
struct Reviewer {
  Reviewer() = default;
  Reviewer(Reviewer const&) = delete;
  Reviewer& operator=(Reviewer const&) = delete;

  Rulebook rulebook;
  Policy policy;
  evidence::Evidence evidence;
  ReleaseEntries release_entries;  ///< where it was read from a ledger
  values::Symbols symbols;
  std::vector<review::Plan> plans;                  ///< one for each epoch of the policy
  std::vector<explain::Illustrative> illustrative;  ///< one for each epoch, too
  mutable SpareRuns spare_runs;      ///< of these plans; mutable: which run reviews a batch changes nothing
  std::optional<values::Date> date;  ///< that was asked for
  values::Date today;

  std::vector<check::Epoch> const& epochs() const { return policy.checked.epochs; }
  /// Of the first epoch: vocabularies are the same in all.
  check::Program const& program() const { return *epochs().front().program; }
  /// The epoch that holds a date, by its index.
  std::optional<std::size_t> epoch_on(values::Date day) const { return policy.checked.epoch_on(day); }
  /// Whether there is something to say of a submission: a policy may also only list.
  bool decides() const {
    return program().reviews_record && !(program().decisions.empty() && program().reports.empty());
  }
  /// Of waivers of a threshold, by name: in what the value is that stands in the threshold's place.
  std::map<std::string, vocabulary::Type> waived() const;
  /// A waiver from a ledger with what its value is worth, where it is one of the threshold's unit; else without.
  cases::WaiverOnRecord with_value(cases::WaiverOnRecord waiver) const;
  cases::Setting case_setting() { return {program().vocabulary, program().record, symbols, nullptr, waived()}; }
};

/// What to say of a policy that decides nothing: it lists, or it has yet to say what it decides.
std::string no_decision_words(Reviewer const& reviewer, std::string const& path);

/// A reviewer, or the exit code with which the verb ends; what was wrong has then been said.
struct Prepared {
  std::unique_ptr<Reviewer> reviewer;
  ExitCode code = ExitCode::done;
};
Prepared prepare(ReviewAsked const& asked);

}  // namespace waymark::commands
