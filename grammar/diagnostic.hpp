// What is wrong with something a person wrote, as data: how it is shown is decided elsewhere.
// Texts use the author's words and never a compiler's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/source.hpp"

namespace waymark::grammar {

enum class Severity : std::uint8_t { error, warning };

/// Every message has a stable code, listed in codes.def with its severity and the title of its page in
/// docs/diagnostics.
enum class Code : std::uint16_t {
#define WAYMARK_CODE(number, name, severity, title) name = number,
#include "grammar/codes.def"
#undef WAYMARK_CODE
};

struct CodeEntry {
  Code code;
  std::string_view id;  ///< "W101"
  std::string_view name;
  Severity severity;
  std::string_view title;
};

/// All codes, in the order of their numbers.
std::vector<CodeEntry> const& code_entries();
/// The entry of one code; aborts for a number that is not in codes.def.
CodeEntry const& entry_of(Code code);

/// A stretch of text with a remark, such as "needed here as dollars per year".
struct Label {
  Span span;
  std::string text;
};

/// One change to the text that mends the fault: `replacement` goes where `span` stands.
struct Edit {
  Span span;
  std::string replacement;
  bool is_guess = false;  ///< may change what the text says: it is shown, and only a person makes it
};

struct Diagnostic {
  Code code{};
  Severity severity = Severity::error;
  std::string message;           ///< at most two plain sentences
  Label primary;                 ///< where it is
  std::vector<Label> secondary;  ///< the other place, where two disagree
  std::string heading;           ///< the citation under which it stands, or empty
  std::string help;              ///< what to do, or empty
  std::optional<Edit> edit;      ///< valid when pasted
  /// What it is about, by kind and name, such as an unknown name: two that share one of these show one mistake.
  std::vector<std::string> about;
};

using Diagnostics = std::vector<Diagnostic>;

/// A diagnostic of `code` with the severity that codes.def gives it.
Diagnostic diagnose(Code code, Span span, std::string message, std::string help = {});

/// Sorted by place, then code; exact repetitions dropped.
void sort(Diagnostics& diagnostics);
bool has_errors(Diagnostics const& diagnostics);

/// What is wrong with data (a submission, a released table, a manifest): a file, a line and a column instead of a span.
struct DataDiagnostic {
  Code code{};
  Severity severity = Severity::error;
  std::string file;
  std::uint64_t line = 0;    ///< from 1; 0: the file as a whole
  std::uint64_t column = 0;  ///< from 1, in characters; 0: the line as a whole
  std::string message;
  std::string help;
};

using DataDiagnostics = std::vector<DataDiagnostic>;

/// `file:line:column: error[W101]: message`, the line with carets under the place, both labels, help and edit.
std::string render(Diagnostic const& diagnostic, Sources const& sources);
/// `file:line:column: error[W801]: message`, then the help on a line of its own.
std::string render(DataDiagnostic const& diagnostic);

/// The word of `candidates` that is nearest to `word` (edit distance at most 2, at most a third of its length), or
/// empty.
std::string nearest(std::string_view word, std::vector<std::string> const& candidates);

}  // namespace waymark::grammar
