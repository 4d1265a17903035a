// Where in the evaluation of one case a value is asked for: which member of each surrounding range is looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/check/program.hpp"
#include "tests/reference/extent.hpp"

namespace waymark::reference {

/// A member of a range: what it is (a symbol, a choice's index, a year), and for a list field its row in the column of
/// its members. Without `row` there: a member of a list that is missing, of which nothing is known.
struct Standing {
  check::RangeId range = 0;
  Extent member;
  std::optional<std::uint32_t> row;
};

/// The row of a Source over which a filter or a List runs; without `row`: a part for which the release has none.
struct SourceRow {
  vocabulary::SourceId source = 0;
  std::optional<std::uint32_t> row;
};

struct Place {
  std::vector<Standing> standings;  ///< outermost first, at most one a range
  std::vector<SourceRow> rows;

  Standing const* find(check::RangeId range) const;
  /// The same place, at this member of its range.
  Place at(Standing const& standing) const;
  Place at(SourceRow row) const;
  /// What is left of it inside a definition that stands for each of `ranges` only.
  Place only(std::vector<check::RangeId> const& ranges) const;
};

/// A member of a range, with the truth of its being one.
struct Member {
  Standing standing;
  bool may_be_absent = false;
};
struct Members {
  std::vector<Member> known;
  /// The list is missing: there may be any number of these besides.
  std::optional<Standing> more;
};

}  // namespace waymark::reference
