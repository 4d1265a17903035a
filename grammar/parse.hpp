// Text in, syntax tree and diagnostics out. No Spirit shows here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grammar/diagnostic.hpp"
#include "grammar/syntax.hpp"

namespace waymark::grammar {

enum class FileKind : std::uint8_t { policy, vocabulary };

struct Parsed {
  File file;
  Diagnostics diagnostics;
};

/// Reads a whole file. Never throws and never stops early: a line that cannot be read becomes a `broken` clause and
/// exactly one diagnostic; a block whose head cannot be read keeps its name where one can be made out. Text that is not
/// UTF-8 gives one diagnostic with its line and an empty tree.
Parsed parse(Sources const& sources, FileId file, FileKind kind);

/// Reads one piece of an example's fact, or a mark's meaning: `412 openings per year`, `at least $208,000 per year`,
/// `suppressed`, `15-1252, 15-1212`, `2 met, 1 not met`. On a fault one diagnostic is added and nothing is returned.
std::optional<FactValue> read_fact_value(Sources const& sources, Span span, Diagnostics& diagnostics);

/// Reads a value by itself (a row of a threshold that lives in TOML).
std::optional<Value> read_value(Sources const& sources, Span span, Diagnostics& diagnostics);

/// Makes a name as the grammar would: blanks folded, lower case, articles dropped. Used for words that do not stand in
/// a policy file (keys of a manifest, of TOML thresholds).
std::string name_key(std::string_view words);
/// The key of a name in data: its words with underscores (`projected_annual_openings`).
std::string data_key(std::string_view name_key);
/// True for the words that cannot stand in a name (`is`, `at`, `least`, …), in lower case.
bool is_reserved(std::string_view word);

}  // namespace waymark::grammar
