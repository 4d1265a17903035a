// Codes of the submissions that have no row at all in a release that was read: most often a code of another edition. A
// decision that could not be told because of one is counted, so that a mismatch of vintages never passes in silence.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/commands/judged.hpp"

namespace waymark::commands {

/// A key of a Source to which the policy gives the codes of a field.
struct CodeLookup {
  vocabulary::SourceId source = 0;
  std::uint32_t key = 0;
  std::uint32_t position = 0;  ///< of the field in the reviewed record
  friend auto operator<=>(CodeLookup const&, CodeLookup const&) = default;
};
std::vector<CodeLookup> code_lookups(check::Program const& program);

/// A code without a row, where it has none.
struct Unmatched {
  vocabulary::SourceId source = 0;
  std::uint32_t key = 0;
  evidence::Release const* release = nullptr;
  values::Symbol code = 0;
  friend auto operator<=>(Unmatched const&, Unmatched const&) = default;
};
/// How many submissions could not be told because of each.
using UnmatchedCounts = std::map<Unmatched, std::size_t>;

void count_unmatched(Judged& judged, std::vector<CodeLookup> const& lookups, UnmatchedCounts& counts);

/// What is said at the end, a line each; at most ten are named for each Source.
std::vector<std::string> unmatched_lines(Reviewer const& reviewer, UnmatchedCounts const& counts);

}  // namespace waymark::commands
