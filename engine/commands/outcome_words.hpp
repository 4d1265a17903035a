// What the decisions of a policy can come to, in words that are made once and not for every decision.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/commands/judged.hpp"

namespace waymark::commands {

class OutcomeWords {
 public:
  struct Entry {
    std::string words;  ///< `renew`, `needs information`, `not reviewed`
    std::string cell;   ///< the same as a cell of CSV between two others, with their commas
    bool favourable = false;
  };
  /// The entries that every policy has; those of its rows come after them.
  static constexpr std::size_t kNotReviewed = 0, kNeedsInformation = 1, kReported = 2;

  explicit OutcomeWords(Reviewer const& reviewer);

  std::size_t size() const { return entries_.size(); }
  Entry const& operator[](std::size_t number) const { return entries_[number]; }
  /// Which of them the decision of each case came to.
  std::vector<std::size_t> numbers(Judged& judged) const;

 private:
  std::size_t number(std::size_t epoch, review::Outcome const& outcome) const;

  std::vector<Entry> entries_;
  std::vector<std::vector<std::size_t>> first_of_;  // by epoch, by Decision: the entry of its first row
};

}  // namespace waymark::commands
