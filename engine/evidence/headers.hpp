// Which column of a file holds what a Source asks for. Headers are matched as a reader would match them on paper.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/evidence/evidence.hpp"
#include "engine/evidence/findings.hpp"
#include "engine/values/csv.hpp"

namespace waymark::evidence {

/// What texts of a table are compared by: lower case, blanks at the ends cut and runs of blanks, line breaks and
/// no-break spaces made one, the dashes and quotation marks of a word processor made plain.
std::string folded(std::string_view text);

/// `text` without blanks, line breaks and no-break spaces at its ends.
std::string_view trimmed(std::string_view text);

/// True when `pattern` is `header`, or ends in `*` and begins it.
bool column_matches(std::string_view pattern, std::string_view header);

/// Where the columns of a Source stand in a file, by position in Source::keys, ::columns, ::rows and ::untold.
struct Layout {
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> keys;
  std::vector<std::size_t> titles;  ///< kNone where a key has no title column
  std::vector<std::size_t> values;
  std::vector<std::size_t> filters;
  std::vector<std::size_t> untold;
  std::size_t width = 0;   ///< of the header row
  std::size_t needed = 0;  ///< cells that a row must have to be read
};

/// Nothing when a mapped column is missing or stands twice; each is an error. `below` are the rows under `header`, in
/// which a missing column is looked for: the first row of a file is often a title.
std::optional<Layout> locate(vocabulary::Source const& source, ReleaseEntry const& entry, values::CsvRow const& header,
                             std::vector<values::CsvRow> const& below, Findings& findings);

}  // namespace waymark::evidence
