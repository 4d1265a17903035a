// When two reviews are the same one: what a rerun finds on record instead of deciding it a second time.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/cases/readers.hpp"
#include "engine/commands/reviewer.hpp"
#include "engine/values/hash.hpp"

namespace waymark::commands {

/// A hash over the submission as it was received, the program, the newest release of every source that was read, the
/// review date and the semantics number. History is no part of it: what the first run put on record about a pathway
/// would make each rerun another review.
class SameReview {
 public:
  /// `reviewer` outlives it.
  explicit SameReview(Reviewer const& reviewer) : reviewer_(reviewer) {}

  /// `line`: as Origin::line. One file of TOML may hold several submissions; in the other formats the bytes are of one
  /// alone. `semantics`: the number under which it was, or is, decided.
  values::Hash of(values::Hash const& received, cases::Format format, std::uint64_t line, values::Date date,
                  std::int64_t semantics);

 private:
  values::Hash const& evidence(values::Date date);

  Reviewer const& reviewer_;
  std::map<values::Date, values::Hash> evidence_;  ///< of the newest releases; nearly always one date
};

}  // namespace waymark::commands
