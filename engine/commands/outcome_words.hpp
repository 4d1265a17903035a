// What the decisions of a policy can come to, in words that are made once and not for every decision.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/commands/reviewer.hpp"

namespace waymark::commands {

class OutcomeWords {
 public:
  struct Entry {
    std::string words;  ///< `renew`, `needs information`, `not reviewed`
    std::string cell;   ///< the same as a cell of CSV
    bool favourable = false;
  };
  /// The entries that every policy has; those of its rows come after them.
  static constexpr std::size_t kNotReviewed = 0, kNeedsInformation = 1, kReported = 2;

  explicit OutcomeWords(Reviewer const& reviewer);

  std::size_t size() const { return entries_.size(); }
  Entry const& operator[](std::size_t number) const { return entries_[number]; }
  /// Which of them a decision came to that was made in an epoch of the policy.
  std::size_t number(std::size_t epoch, review::Outcome const& outcome) const {
    switch (outcome.kind) {
      case review::Outcome::Kind::not_reviewed: return kNotReviewed;
      case review::Outcome::Kind::needs_information: return kNeedsInformation;
      case review::Outcome::Kind::reported: return kReported;
      case review::Outcome::Kind::decided: break;
    }
    return first_of_[epoch][outcome.decision] + outcome.row;
  }

 private:
  std::vector<Entry> entries_;
  std::vector<std::vector<std::size_t>> first_of_;  // by epoch, by Decision: the entry of its first row
};

}  // namespace waymark::commands
