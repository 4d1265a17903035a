// A batch of submissions, each decided by the policy as it stands on the submission's date.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/commands/reviewer.hpp"
#include "engine/explain/explain.hpp"

namespace waymark::commands {

/// What a case is about from year to year: the values of the fields that identify it, joined by ` / `; where none is
/// declared, one is missing, or they are longer than 4096 bytes, the submission's id.
std::string about(Reviewer const& reviewer, cases::Batch const& batch, std::uint32_t i);

/// The review date of each case: the one that was asked for, else the submission's own, else today.
struct ReviewDates {
  std::vector<values::Date> dates;
  std::size_t undated = 0;  ///< how many gave none where the policy's record has one
};
ReviewDates review_dates(Reviewer const& reviewer, cases::Batch const& batch,
                         std::optional<values::Date> date = std::nullopt);

class Judged {
 public:
  /// Nothing is interned here: several may be made at once from one reviewer.
  /// `date`: the review date of all of them; without one, as `review_dates` says.
  Judged(Reviewer const& reviewer, cases::Batch batch, std::optional<values::Date> date = std::nullopt);
  ~Judged();
  Judged(Judged const&) = delete;
  Judged& operator=(Judged const&) = delete;

  std::uint32_t size() const { return static_cast<std::uint32_t>(batch_.size()); }
  Reviewer const& reviewer() const { return reviewer_; }
  cases::Batch const& batch() const { return batch_; }
  std::string const& id(std::uint32_t i) const { return batch_.origins[i].id; }
  values::Date date(std::uint32_t i) const { return dates_.dates[i]; }
  /// Of the policy, by its index: that of the case's date.
  std::size_t epoch(std::uint32_t i) const { return epoch_[i]; }
  std::size_t epochs() const { return runs_.size(); }
  /// Of the cases of one epoch; null where the batch has none.
  review::Run* run_of(std::size_t epoch) { return runs_[epoch] ? &*runs_[epoch] : nullptr; }
  check::Program const& program(std::uint32_t i) const { return *reviewer_.epochs()[epoch_[i]].program; }
  review::Run& run(std::uint32_t i) { return *runs_[epoch_[i]]; }
  explain::Subject subject(std::uint32_t i);
  std::string about(std::uint32_t i) const { return commands::about(reviewer_, batch_, i); }
  explain::RecordContext context() const { return {reviewer_.policy.policy_sha256, reviewer_.policy.program_sha256}; }

  /// The same batch, decided, in which these cases could not be reviewed for this reason. This one is empty then.
  std::unique_ptr<Judged> with_fault(std::vector<std::uint32_t> const& cases, std::string const& fault);

  /// Works out every outcome now and not when the first is asked for.
  void decide();
  /// `renew`, `needs information`, `not reviewed`.
  std::string outcome_words(std::uint32_t i);
  /// Why it was not reviewed; or empty.
  std::string fault(std::uint32_t i);
  bool is_favourable(std::uint32_t i);
  /// The row that decided, or null.
  check::Row const* row(std::uint32_t i);

  /// How many gave no date of their own where the policy's record has one, and are reviewed as of today.
  std::size_t undated() const { return dates_.undated; }

 private:
  void assign_epochs();
  void start_runs();
  void end_runs();

  Reviewer const& reviewer_;
  cases::Batch batch_;
  std::optional<values::Date> asked_date_;
  ReviewDates dates_;
  std::vector<std::size_t> epoch_;
  std::vector<std::optional<review::Run>> runs_;  // by epoch; those that have a case
};

/// The field of the reviewed record by whose date it is reviewed, by its position.
std::optional<std::size_t> review_date_position(check::Program const& program);

}  // namespace waymark::commands
