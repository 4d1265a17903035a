// The rows of one released file that its Source keeps.
#pragma once

#include <string_view>
#include <vector>

#include "engine/evidence/evidence.hpp"
#include "engine/evidence/findings.hpp"
#include "engine/evidence/marks.hpp"

namespace waymark::evidence {

/// In the file of a list that a policy decided, the column and the text of a row of which it could not tell.
inline constexpr std::string_view kDecidedState = "state", kUntoldState = "cannot be told";

/// Reads `bytes` (UTF-8) in the layout that `entry` describes. Every row is in the table, passed over for a reason that
/// the Source or the manifest gives, or named in `findings`. The table is indexed.
Table read_table(std::string_view bytes, ReleaseEntry const& entry, vocabulary::Source const& source,
                 std::vector<MarkTable> const& marks, vocabulary::Vocabulary const& vocabulary,
                 values::Symbols& symbols, Findings& findings);

}  // namespace waymark::evidence
