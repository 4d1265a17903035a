// Diagnostics as text and as JSON.
#include "engine/commands/report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/commands/streams.hpp"
#include "engine/values/json_text.hpp"

namespace waymark::commands {
namespace {

using grammar::DataDiagnostic;
using grammar::Diagnostic;
using grammar::Severity;
using values::json_string;

std::string_view words(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

std::string place_json(grammar::Span span, grammar::Sources const& sources) {
  auto const from = sources.place(span.file, span.begin);
  auto const to = sources.place(span.file, span.end);
  return fmt::format(R"("line":{},"column":{},"end_line":{},"end_column":{})", from.line, from.column, to.line,
                     to.column);
}

std::string label_json(grammar::Label const& label, grammar::Sources const& sources) {
  return fmt::format(R"({{"file":{},{},"text":{}}})", json_string(sources[label.span.file].path),
                     place_json(label.span, sources), json_string(label.text));
}

std::string labels_json(Diagnostic const& diagnostic, grammar::Sources const& sources) {
  std::string labels;
  if (!diagnostic.primary.text.empty()) labels = label_json(diagnostic.primary, sources);
  for (grammar::Label const& label : diagnostic.secondary) {
    if (!labels.empty()) labels += ',';
    labels += label_json(label, sources);
  }
  return labels;
}

std::string edit_json(std::optional<grammar::Edit> const& edit, grammar::Sources const& sources) {
  if (!edit) return "null";
  return fmt::format(R"({{{},"replacement":{}}})", place_json(edit->span, sources), json_string(edit->replacement));
}

std::string help_json(std::string const& help) { return help.empty() ? "null" : json_string(help); }

std::string json(Diagnostic const& diagnostic, grammar::Sources const& sources) {
  grammar::Span const span = diagnostic.primary.span;
  return fmt::format(R"({{"code":"{}","severity":"{}","message":{},"file":{},{},"labels":[{}],"help":{},"edit":{}}})",
                     grammar::entry_of(diagnostic.code).id, words(diagnostic.severity), json_string(diagnostic.message),
                     json_string(sources[span.file].path), place_json(span, sources), labels_json(diagnostic, sources),
                     help_json(diagnostic.help), edit_json(diagnostic.edit, sources));
}

std::string json(DataDiagnostic const& diagnostic) {
  auto const line = std::max<std::uint64_t>(diagnostic.line, 1);
  auto const column = std::max<std::uint64_t>(diagnostic.column, 1);
  return fmt::format(
      R"({{"code":"{}","severity":"{}","message":{},"file":{},"line":{},"column":{},"end_line":{},"end_column":{},)"
      R"("labels":[],"help":{},"edit":null}})",
      grammar::entry_of(diagnostic.code).id, words(diagnostic.severity), json_string(diagnostic.message),
      json_string(diagnostic.file), line, column, line, column, help_json(diagnostic.help));
}

std::size_t count(Found const& found, Severity severity) {
  auto const same = [&](auto const& diagnostic) { return diagnostic.severity == severity; };
  auto const in_data = std::count_if(found.data.begin(), found.data.end(), same);
  auto const in_text = std::count_if(found.text.begin(), found.text.end(), same);
  return static_cast<std::size_t>(in_data + in_text);
}

}  // namespace

bool Found::has_errors() const { return count(*this, Severity::error) > 0; }

std::string diagnostics_text(Found const& found, grammar::Sources const& sources) {
  std::string all;
  auto const add = [&](std::string const& rendered) {
    if (!all.empty()) all += '\n';
    all += rendered;
    if (!all.ends_with('\n')) all += '\n';
  };
  for (DataDiagnostic const& diagnostic : found.data) add(grammar::render(diagnostic));
  for (Diagnostic const& diagnostic : found.text) add(grammar::render(diagnostic, sources));
  return all;
}

std::string diagnostics_json(Found const& found, grammar::Sources const& sources) {
  std::string all;
  auto const add = [&](std::string const& one) { all += (all.empty() ? "" : ",") + one; };
  for (DataDiagnostic const& diagnostic : found.data) add(json(diagnostic));
  for (Diagnostic const& diagnostic : found.text) add(json(diagnostic, sources));
  return "{\"diagnostics\":[" + all + "]}\n";
}

void tell(grammar::DataDiagnostics const& diagnostics) {
  for (DataDiagnostic const& diagnostic : diagnostics) {
    std::string const text = grammar::render(diagnostic);
    talk("{}{}", text, text.ends_with('\n') ? "" : "\n");
  }
}

std::string counted(std::size_t number, std::string const& word) {
  if (number == 1) return "1 " + word;
  bool const to_ies = word.ends_with('y') && !word.ends_with("ay") && !word.ends_with("ey") && !word.ends_with("oy");
  return fmt::format("{} {}{}", number, to_ies ? word.substr(0, word.size() - 1) : word, to_ies ? "ies" : "s");
}

std::string counts(Found const& found) {
  std::size_t const errors = count(found, Severity::error);
  std::size_t const warnings = count(found, Severity::warning);
  if (warnings == 0) return errors == 0 ? "no errors" : counted(errors, "error");
  return fmt::format("{} and {}", errors == 0 ? "no errors" : counted(errors, "error"), counted(warnings, "warning"));
}

}  // namespace waymark::commands
