// What a decision rests on by its own words: entries that came before it, of the right kind, and all that its run could
// see.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/ledger/body.hpp"

namespace waymark::ledger {

/// Asked entry by entry, in order; who has the ledger's key could sign decisions that rest on what is not so.
class RestsCheck {
 public:
  /// What is wrong with an entry whose body is read; empty where nothing is.
  std::string pass(std::uint64_t seq, std::string_view kind, BodyReader const& body);
  /// An entry that is missing or not as it was recorded: that is said elsewhere, and of what rests on it nothing is.
  void damaged(std::uint64_t seq) { damaged_.insert(seq); }

 private:
  std::string decision(std::uint64_t seq, BodyReader const& body);
  std::string history(std::uint64_t seq, BodyReader const& body);

  bool is_known(std::uint64_t seq) const { return !damaged_.contains(seq); }

  std::set<std::uint64_t> damaged_;
  std::set<std::uint64_t> rules_;
  std::map<std::uint64_t, std::string> releases_;  // evidence: the key of its source
  // A run has the ledger for itself: since it began (`as_of`) only its own decisions, and the waivers that came with
  // them, can have been added.
  std::uint64_t not_of_a_run_ = 0;   // the last entry of another kind
  std::uint64_t last_decision_ = 0;  // and the `as_of` of its run
  std::uint64_t run_ = 0;
  std::vector<std::uint64_t> read_, from_ledger_;
  std::vector<std::pair<std::string_view, std::uint64_t>> evidence_;
};

}  // namespace waymark::ledger
