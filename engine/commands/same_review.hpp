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
  /// `reviewer` outlives it. `semantics`: the number under which it was, or is, decided.
  SameReview(Reviewer const& reviewer, cases::Format format, std::int64_t semantics)
      : reviewer_(reviewer), format_(format), semantics_(semantics) {}

  /// `line`: as Origin::line. One file of TOML may hold several submissions; in the other formats the bytes are of one
  /// alone.
  values::Hash of(values::Hash const& received, std::uint64_t line, values::Date date);

 private:
  std::string const& evidence(values::Date date);

  Reviewer const& reviewer_;
  cases::Format format_;
  std::int64_t semantics_;
  std::map<values::Date, std::string> evidence_;  ///< nearly always one date
};

}  // namespace waymark::commands
