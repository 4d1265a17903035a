// Finds the manifest and reads its releases.
#include "engine/commands/manifest_choice.hpp"

#include <fmt/format.h>

#include "engine/commands/environment.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/targets.hpp"

namespace waymark::commands {
namespace {

constexpr char const* kManifestFile = "evidence.toml";

std::optional<evidence::Manifest> read_manifest_or_say(std::string const& path) {
  auto const text = read_file(path);
  if (!text) {
    say(text.error().message);
    return std::nullopt;
  }
  auto read = evidence::read_manifest(path, *text, variable);
  tell(read.diagnostics);
  for (grammar::DataDiagnostic const& diagnostic : read.diagnostics) {
    if (diagnostic.severity == grammar::Severity::error) return std::nullopt;
  }
  return std::move(read.manifest);
}

// The workspace's manifest with its files looked up by their names in `folder`.
std::optional<evidence::Manifest> manifest_over(std::string const& folder, Workspace const& workspace) {
  if (workspace.evidence.empty()) {
    say(fmt::format("`{}` holds no {}, and no workspace names a manifest whose files could lie in it", folder,
                    kManifestFile));
    return std::nullopt;
  }
  auto manifest = read_manifest_or_say(workspace.evidence);
  if (!manifest) return std::nullopt;
  manifest->folder = folder;
  for (evidence::ReleaseEntry& release : manifest->releases) release.file = name_of_file(release.file);
  return manifest;
}

// A workspace may name a manifest that it does not ship: whoever reviews brings the evidence.
std::optional<evidence::Manifest> manifest_of(Workspace const& workspace) {
  if (workspace.evidence.empty()) return evidence::Manifest{};
  if (is_file(workspace.evidence)) return read_manifest_or_say(workspace.evidence);
  say(
      fmt::format("the workspace ships no evidence: its manifest `{}` is not there\n"
                  "  = help: --evidence names the folder of the released files, or a manifest",
                  workspace.evidence));
  return std::nullopt;
}

std::optional<evidence::Manifest> chosen_manifest(std::string const& asked, Workspace const& workspace) {
  if (asked.empty()) return manifest_of(workspace);
  if (!is_folder(asked)) return read_manifest_or_say(asked);
  std::string const inside = path_in(asked, kManifestFile);
  return is_file(inside) ? read_manifest_or_say(inside) : manifest_over(asked, workspace);
}

}  // namespace

std::optional<evidence::Manifest> manifest_or_say(EvidenceAsked const& asked, Workspace const& workspace) {
  return chosen_manifest(asked.evidence, workspace);
}

std::optional<evidence::Evidence> evidence_or_say(evidence::Manifest const& manifest,
                                                  vocabulary::Vocabulary const& vocabulary,
                                                  std::vector<vocabulary::SourceId> const& wanted,
                                                  values::Symbols& symbols, evidence::ReadFile const& read_release) {
  if (!wanted.empty() && manifest.path.empty()) {
    say(
        fmt::format("the policy reads {}, and there is no evidence\n"
                    "  = help: name a manifest with --evidence, or as `evidence` in {}",
                    vocabulary.sources[wanted.front()].shown, kWorkspaceFile));
    return std::nullopt;
  }
  auto read = evidence::read_evidence(manifest, vocabulary, wanted, symbols, read_release);
  tell(read.errors);
  if (!read.errors.empty()) return std::nullopt;
  tell(read.evidence.warnings);
  return std::move(read.evidence);
}

std::optional<values::Date> date_or_say(std::string const& option, std::string const& asked) {
  auto const date = values::read_date(asked);
  if (!date) say(fmt::format("{}: `{}` is not a day\n  = help: write it as 2026-11-21", option, asked));
  return date;
}

}  // namespace waymark::commands
