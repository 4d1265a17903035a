// Diagnostics as SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ says what each key means.
#include "engine/commands/sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/commands/embedded.hpp"
#include "engine/commands/version.hpp"
#include "engine/values/json_text.hpp"
#include "engine/values/uri.hpp"

namespace waymark::commands {
namespace {

using grammar::Code;
using grammar::DataDiagnostic;
using grammar::Diagnostic;
using grammar::Severity;
using values::json_string;

constexpr char const* kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

std::string_view level(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

/// A path as RFC 3986 has it: an absolute one as a file address, any other relative to where the command was run.
std::string uri(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  return (path.starts_with('/') ? "file://" : "") + values::percent_encoded(path, "/");
}

std::string artifact(std::string_view path) { return fmt::format(R"({{"uri":{}}})", json_string(uri(path))); }

std::string region(grammar::Span span, grammar::Sources const& sources) {
  auto const from = sources.place(span.file, span.begin);
  auto const to = sources.place(span.file, span.end);
  return fmt::format(R"({{"startLine":{},"startColumn":{},"endLine":{},"endColumn":{}}})", from.line, from.column,
                     to.line, to.column);
}

std::string physical(grammar::Span span, grammar::Sources const& sources) {
  return fmt::format(R"({{"artifactLocation":{},"region":{}}})", artifact(sources[span.file].path),
                     region(span, sources));
}

/// Of data only the line may be known, or only the file.
std::string physical(DataDiagnostic const& diagnostic) {
  std::string where;
  if (diagnostic.line != 0) {
    auto const column = diagnostic.column == 0 ? "" : fmt::format(R"(,"startColumn":{})", diagnostic.column);
    where = fmt::format(R"(,"region":{{"startLine":{}{}}})", diagnostic.line, column);
  }
  return fmt::format(R"({{"artifactLocation":{}{}}})", artifact(diagnostic.file), where);
}

/// What is wrong and what to do: many viewers show nothing else.
std::string message(std::string text, std::string const& help) {
  if (!help.empty()) text += (text.ends_with('.') ? " " : ". ") + help;
  return fmt::format(R"({{"text":{}}})", json_string(text));
}

std::string related(Diagnostic const& diagnostic, grammar::Sources const& sources) {
  std::string all;
  for (grammar::Label const& label : diagnostic.secondary) {
    if (!all.empty()) all += ',';
    all += fmt::format(R"({{"message":{},"physicalLocation":{}}})", message(label.text, ""),
                       physical(label.span, sources));
  }
  return all.empty() ? "" : fmt::format(R"(,"relatedLocations":[{}])", all);
}

std::string fixes(Diagnostic const& diagnostic, grammar::Sources const& sources) {
  if (!diagnostic.edit) return "";
  grammar::Edit const& edit = *diagnostic.edit;
  return fmt::format(R"(,"fixes":[{{"artifactChanges":[{{"artifactLocation":{},"replacements":[{{"deletedRegion":{},)"
                     R"("insertedContent":{{"text":{}}}}}]}}]}}])",
                     artifact(sources[edit.span.file].path), region(edit.span, sources), json_string(edit.replacement));
}

std::string rule(Code code) {
  grammar::CodeEntry const& entry = grammar::entry_of(code);
  auto const page = fmt::format("docs/diagnostics/{}.md", entry.id);
  auto const& texts = embedded_texts();
  auto const found =
      std::find_if(texts.begin(), texts.end(), [&](EmbeddedText const& text) { return text.path == page; });
  auto const help = found == texts.end() ? ""
                                         : fmt::format(R"(,"help":{{"text":{},"markdown":{}}})",
                                                       json_string(fmt::format("waymark check --explain {}", entry.id)),
                                                       json_string(found->text));
  return fmt::format(
      R"({{"id":"{}","name":{},"shortDescription":{{"text":{}}}{},"defaultConfiguration":{{"level":"{}"}},)"
      R"("properties":{{"page":"{}"}}}})",
      entry.id, json_string(entry.name), json_string(entry.title), help, level(entry.severity), page);
}

struct Results {
  std::vector<Code> rules;  ///< those that occur, in the order of their numbers
  std::string text;

  void add(Code code, Severity severity, std::string const& said, std::string const& place, std::string const& more) {
    auto const index = std::lower_bound(rules.begin(), rules.end(), code) - rules.begin();
    if (!text.empty()) text += ',';
    text += fmt::format(
        R"({{"ruleId":"{}","ruleIndex":{},"level":"{}","message":{},"locations":[{{"physicalLocation":{}}}]{}}})",
        grammar::entry_of(code).id, index, level(severity), said, place, more);
  }
};

}  // namespace

std::string diagnostics_sarif(Found const& found, grammar::Sources const& sources) {
  std::set<Code> codes;
  for (DataDiagnostic const& diagnostic : found.data) codes.insert(diagnostic.code);
  for (Diagnostic const& diagnostic : found.text) codes.insert(diagnostic.code);
  Results results{{codes.begin(), codes.end()}, ""};
  for (DataDiagnostic const& diagnostic : found.data) {
    results.add(diagnostic.code, diagnostic.severity, message(diagnostic.message, diagnostic.help),
                physical(diagnostic), "");
  }
  for (Diagnostic const& diagnostic : found.text) {
    results.add(diagnostic.code, diagnostic.severity, message(diagnostic.message, diagnostic.help),
                physical(diagnostic.primary.span, sources), related(diagnostic, sources) + fixes(diagnostic, sources));
  }
  std::string rules;
  for (Code const code : results.rules) rules += (rules.empty() ? "" : ",") + rule(code);
  return fmt::format(
      R"({{"$schema":"{}","version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"waymark","version":{},)"
      R"("rules":[{}]}}}},"columnKind":"unicodeCodePoints","results":[{}]}}]}})"
      "\n",
      kSchema, json_string(program_version()), rules, results.text);
}

}  // namespace waymark::commands
