// `waymark doctor`: what this machine has, what is wrong and how to mend it.
#include <fmt/format.h>
#include <sqlite3.h>

#include <clocale>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/commands/evidence_files.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/verb.hpp"
#include "engine/commands/verbs.hpp"
#include "engine/commands/version.hpp"

namespace waymark::commands {
namespace {

enum class Grade { good, note, wrong };

struct Finding {
  Grade grade;
  std::string about;
  std::string text;
  std::string help;
};

struct Asked {
  std::string workspace;
};

// The first release without the WAL-reset bug, by which an acknowledged commit can be lost.
constexpr int kSqliteMended = 3'051'003;

Finding sqlite_finding() {
  if (sqlite3_libversion_number() >= kSqliteMended) return {Grade::good, "SQLite", sqlite3_libversion(), ""};
  return {Grade::note, "SQLite",
          fmt::format("{}, older than 3.51.3: it has the WAL-reset bug, which matters only where a ledger is written",
                      sqlite3_libversion()),
          "commits and checkpoints on one connection are safe from it; no other program should write to a ledger"};
}

Finding locale_finding() {
  // INVARIANT: nothing in the program calls setlocale, so numbers, dates and order are the same under every LANG.
  std::string const locale = std::setlocale(LC_ALL, nullptr);
  if (locale == "C") return {Grade::good, "locale", "C, whatever LANG says", ""};
  return {Grade::wrong, "locale", fmt::format("`{}`: decisions could be printed differently", locale),
          "a library that was loaded before the program changed it: look at LD_PRELOAD"};
}

Finding program_finding() {
  return {Grade::good, "waymark",
          fmt::format("{}, semantics {}, compiled by {}", program_version(), kSemantics, compiler()), ""};
}

std::vector<Finding> library_findings() {
  std::vector<Finding> findings;
  for (Library const& library : libraries()) {
    if (library.name != "SQLite") findings.push_back({Grade::good, library.name, library.version, ""});
  }
  return findings;
}

// What the workspace's own file says wrong.
std::vector<Finding> fault_findings(grammar::DataDiagnostics const& faults) {
  std::vector<Finding> findings;
  for (grammar::DataDiagnostic const& fault : faults) {
    findings.push_back(
        {Grade::wrong, "workspace", fmt::format("{}:{}: {}", fault.file, fault.line, fault.message), fault.help});
  }
  return findings;
}

Finding release_finding(ReleaseState const& state) {
  std::string const what = fmt::format("{}, {}: {}", state.entry.source, state.entry.name, state.path);
  switch (state.pin) {
    case ReleaseState::Pin::fits: return {Grade::good, "evidence", what, ""};
    case ReleaseState::Pin::none: return {Grade::note, "evidence", what + " is not pinned", "waymark evidence pin"};
    case ReleaseState::Pin::differs:
      return {Grade::wrong, "evidence", what + " is not the file that was pinned",
              "put the published file back, or pin this one with `waymark evidence pin --replace`"};
    case ReleaseState::Pin::file_missing: break;
  }
  return {Grade::wrong, "evidence", what + " cannot be read", "put the file there, or correct the manifest"};
}

std::vector<Finding> evidence_findings(Rulebook const& rulebook) {
  if (rulebook.workspace.evidence.empty()) {
    return {{Grade::note, "evidence", "the workspace names no manifest", "name one with --evidence when you review"}};
  }
  auto const manifest = manifest_or_say({}, rulebook.workspace);
  if (!manifest) {
    return {{Grade::wrong, "evidence", fmt::format("`{}` cannot be used", rulebook.workspace.evidence),
             "mend what is said above"}};
  }
  std::vector<Finding> findings;
  for (ReleaseState const& state : release_states(*manifest, whole_vocabulary(rulebook))) {
    findings.push_back(release_finding(state));
  }
  return findings;
}

std::vector<Finding> workspace_findings(std::string const& asked) {
  auto const opened = open_rulebook(asked, "");
  if (!opened) {
    return {{Grade::wrong, "workspace", opened.error().message, "name the folder that holds waymark.toml"}};
  }
  Workspace const& workspace = opened->workspace;
  if (!workspace.exists()) {
    return {{Grade::note, "workspace", fmt::format("no {} in `{}` or above it", kWorkspaceFile, current_folder()),
             "name a workspace with --workspace DIR, or go into one"}};
  }
  std::vector<Finding> findings = {{Grade::good, "workspace", workspace.file, ""}};
  findings.push_back({Grade::good, "workspace",
                      fmt::format("{}, {}", counted(workspace.policies.size(), "policy"),
                                  counted(workspace.vocabularies.size(), "vocabulary")),
                      ""});
  for (auto const& more : {fault_findings(opened->workspace_faults), evidence_findings(*opened)}) {
    findings.insert(findings.end(), more.begin(), more.end());
  }
  return findings;
}

void print(Finding const& finding) {
  char const* const mark = finding.grade == Grade::good ? "ok" : finding.grade == Grade::note ? "note" : "wrong";
  out("{:<6} {:<10} {}\n", mark, finding.about, finding.text);
  if (!finding.help.empty()) out("{:<17} = help: {}\n", "", finding.help);
}

ExitCode doctor(Asked const& asked) {
  std::vector<Finding> findings = {program_finding(), locale_finding(), sqlite_finding()};
  for (Finding& finding : library_findings()) findings.push_back(std::move(finding));
  for (Finding& finding : workspace_findings(asked.workspace)) findings.push_back(std::move(finding));
  ExitCode code = ExitCode::done;
  for (Finding const& finding : findings) {
    print(finding);
    if (finding.grade == Grade::wrong) code = ExitCode::world;
  }
  return code;
}

}  // namespace

Verb doctor_verb() {
  return {"doctor", "What this machine has, what is wrong and how to mend it", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("--workspace", asked->workspace, "The workspace to look at (default: the nearest upward)");
            return [asked] { return doctor(*asked); };
          }};
}

}  // namespace waymark::commands
