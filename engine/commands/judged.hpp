// A batch of submissions, each decided by the policy as it stands on the submission's date.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/commands/reviewer.hpp"
#include "engine/explain/explain.hpp"

namespace waymark::commands {

class Judged {
 public:
  /// Nothing is interned here: several may be made at once from one reviewer.
  Judged(Reviewer const& reviewer, cases::Batch batch);
  Judged(Judged const&) = delete;
  Judged& operator=(Judged const&) = delete;

  std::uint32_t size() const { return static_cast<std::uint32_t>(batch_.size()); }
  cases::Batch const& batch() const { return batch_; }
  std::string const& id(std::uint32_t i) const { return batch_.origins[i].id; }
  values::Date date(std::uint32_t i) const { return dates_[i]; }
  check::Program const& program(std::uint32_t i) const { return *reviewer_.epochs()[epoch_[i]].program; }
  review::Run& run(std::uint32_t i) { return *runs_[epoch_[i]]; }
  explain::Subject subject(std::uint32_t i);
  explain::RecordContext context() const { return {reviewer_.policy.policy_sha256, reviewer_.policy.program_sha256}; }

  review::Outcome const& outcome(std::uint32_t i) { return run(i).outcomes()[i]; }
  /// `renew`, `needs information`, `not reviewed`.
  std::string outcome_words(std::uint32_t i);
  /// Why it was not reviewed; or empty.
  std::string fault(std::uint32_t i);
  bool is_favourable(std::uint32_t i);
  /// The row that decided, or null.
  check::Row const* row(std::uint32_t i);

  /// How many gave no date of their own where the policy's record has one, and are reviewed as of today.
  std::size_t undated() const { return undated_; }

 private:
  void date_cases();
  values::Date date_of(std::uint32_t i, std::optional<std::size_t> position);
  void assign_epochs();
  void start_runs();

  Reviewer const& reviewer_;
  cases::Batch batch_;
  std::vector<values::Date> dates_;
  std::vector<std::size_t> epoch_;
  std::vector<std::optional<review::Run>> runs_;  // by epoch; those that have a case
  std::size_t undated_ = 0;
};

/// The field of the reviewed record by whose date it is reviewed, by its position.
std::optional<std::size_t> review_date_position(check::Program const& program);

}  // namespace waymark::commands
