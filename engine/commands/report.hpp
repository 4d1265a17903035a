// Diagnostics as `check` prints them: for people, or as the JSON that editors and CI read.
#pragma once

#include <string>

#include "grammar/diagnostic.hpp"

namespace waymark::commands {

/// What was found in some files: in texts with spans, and in data with lines.
struct Found {
  grammar::DataDiagnostics data;
  grammar::Diagnostics text;

  bool has_errors() const;
};

std::string diagnostics_text(Found const& found, grammar::Sources const& sources);
/// On standard error, as text.
void tell(grammar::DataDiagnostics const& diagnostics);
/// `{"diagnostics":[…]}` with a line end; lines and columns from 1, a column is a character.
std::string diagnostics_json(Found const& found, grammar::Sources const& sources);
/// `2 errors and 1 warning`; `no errors`.
std::string counts(Found const& found);
/// `3 files`, `1 file`.
std::string counted(std::size_t number, std::string const& word);

}  // namespace waymark::commands
