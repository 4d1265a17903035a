// What a verification found so far: of each of the three verdicts the lowest seqs, at most so many.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/ledger/verify.hpp"

namespace waymark::ledger {

class Findings {
 public:
  explicit Findings(std::size_t most) : most_(most) {}

  void add(std::optional<std::uint64_t> seq, std::string what) {
    auto const after = [](Broken const& a, Broken const& b) {
      if (a.seq && b.seq) return *a.seq < *b.seq;
      return a.seq.has_value() && !b.seq.has_value();
    };
    Broken one{seq, std::move(what)};
    broken_.insert(std::upper_bound(broken_.begin(), broken_.end(), one, after), std::move(one));
    if (broken_.size() > std::max<std::size_t>(most_, 1)) broken_.pop_back();
  }
  std::vector<Broken> take() { return std::move(broken_); }

 private:
  std::size_t most_;
  std::vector<Broken> broken_;
};

/// What the parts of a verification share.
struct Verification {
  Findings integrity, append_only, completeness;
  std::optional<VerifierKey> key;  ///< the pinned one, or that of the genesis entry
  bool entries_cut = false;        ///< the file is damaged so that not all entries could be read
};

}  // namespace waymark::ledger
