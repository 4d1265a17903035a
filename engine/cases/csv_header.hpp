// The header of a table of submissions: which column holds which value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cases/keys.hpp"

namespace waymark::cases {

/// Where a column's name leads.
struct ColumnMeaning {
  std::vector<std::string> path;     ///< its keys, as the vocabulary writes them
  std::optional<Keys::Found> found;  ///< nothing: no field has them
  bool bound = false;                ///< the last key is `at_least`, `at_most` or `missing`
  std::string other;                 ///< another key that the name may mean as well, dotted; then it means neither

  bool holds_fact() const { return found && found->meaning.field != kNoField; }
};

/// Looks a name up as it stands, else without regard to case, with blanks and hyphens as underscores.
ColumnMeaning column_meaning(std::string_view name, Keys const& keys);

/// `courses.title`
std::string dotted(std::vector<std::string> const& path);

/// The keys of the first two levels, dotted.
std::vector<std::string> column_names(Keys const& keys);

/// `Did you mean "enrollment"?`, or how a column with this name is written, or empty. A field may be called by its name
/// where its data key is another.
std::string column_help(std::string_view name, Keys const& keys, vocabulary::Vocabulary const& vocabulary);

/// What the first row is when it is no row of cells between commas: `semicolons`, `tabs`; empty when it is one.
std::string_view other_separator(std::vector<std::string> const& cells);

}  // namespace waymark::cases
