// `waymark doctor`: what this machine has, what is wrong and how to mend it.
#include <fmt/format.h>
#include <sqlite3.h>

#include <clocale>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "engine/commands/streams.hpp"
#include "engine/commands/verb.hpp"
#include "engine/commands/verbs.hpp"
#include "engine/commands/version.hpp"

namespace waymark::commands {
namespace {

namespace fs = std::filesystem;

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

// The nearest folder upward that holds a waymark.toml; empty if there is none.
fs::path nearest_workspace(fs::path const& start) {
  std::error_code error;
  fs::path folder = fs::absolute(start, error).lexically_normal();
  while (!folder.empty()) {
    if (fs::is_regular_file(folder / "waymark.toml", error)) return folder;
    if (folder == folder.parent_path()) break;
    folder = folder.parent_path();
  }
  return {};
}

std::vector<Finding> workspace_findings(std::string const& asked) {
  std::error_code error;
  if (!asked.empty()) {
    fs::path const manifest = fs::path(asked) / "waymark.toml";
    if (fs::is_regular_file(manifest, error)) return {{Grade::good, "workspace", manifest.string(), ""}};
    return {{Grade::wrong, "workspace", fmt::format("no waymark.toml in `{}`", asked),
             "name the folder that holds waymark.toml"}};
  }
  fs::path const here = fs::current_path(error);
  fs::path const folder = nearest_workspace(here);
  if (!folder.empty()) return {{Grade::good, "workspace", (folder / "waymark.toml").string(), ""}};
  return {{Grade::note, "workspace", fmt::format("no waymark.toml in `{}` or above it", here.string()),
           "name a workspace with --workspace DIR, or go into one"}};
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
