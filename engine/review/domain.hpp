// A domain: the rows over which a column runs. The cases; or a parent domain times the members of a range; or the rows
// of a Source. Each row knows its parent row and the member at which it stands.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/review/column.hpp"
#include "engine/review/review.hpp"

namespace waymark::review {

using DomainId = std::uint32_t;
/// A date of the run, with what is known on it: index into Run::State's moments.
using MomentId = std::uint32_t;
inline constexpr DomainId kCases = 0;

struct Domain {
  enum class Level : std::uint8_t {
    cases,
    moment,  ///< one row, no case: where a List's own text is evaluated
    range,
    years_before,  ///< the surrounding year and those before it
    years_known,   ///< those that ended, back to the first of which anything is known, with no end before it
    year_points,   ///< for each row of the parent with a known year, that year
    list_rows,     ///< the rows of a Source's release
    lookup_rows,   ///< the rows that a lookup finds for each row of the parent
  };
  Level level = Level::cases;
  DomainId parent = check::kNone;
  check::RangeId range = check::kNone;  ///< of the levels of a range and of years
  vocabulary::SourceId source = 0;      ///< of the levels of rows
  bool years = false;                   ///< its members are years
  std::vector<DomainId> path;           ///< from the outermost domain to this one
  std::size_t rows = 0;
  std::vector<std::uint32_t> offsets;  ///< by row of the parent, and one more
  std::vector<std::uint32_t> parent_of;
  std::vector<Steps> member;                ///< a word, an index, a member's row, a year, a table's row
  std::vector<std::uint8_t> may_be_absent;  ///< empty: every member is surely there
  std::vector<std::uint8_t> and_more;       ///< by row of the parent: members of its list are not known; empty: all are
  std::vector<std::uint32_t> case_of;       ///< empty below a moment
  MomentId moment = check::kNone;           ///< below a moment
  bool is_filled = false;                   ///< for the batch at hand
  std::uint64_t filled_for = 0;             ///< the batch for which its rows were found; they may serve later ones

  /// Its members cannot be found again without what stands above it.
  bool dependent() const { return level != Level::cases && level != Level::moment && level != Level::range; }
  bool has_rows() const { return level == Level::list_rows || level == Level::lookup_rows; }
  /// Forgets its rows but not where it stands.
  void empty() {
    for (auto* rows_of : {&offsets, &parent_of, &case_of}) rows_of->clear();
    for (auto* flags : {&may_be_absent, &and_more}) flags->clear();
    member.clear();
    rows = 0;
  }
};

}  // namespace waymark::review
