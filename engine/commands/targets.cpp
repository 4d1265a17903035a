// The files about which a verb was asked.
#include "engine/commands/targets.hpp"

#include <fmt/format.h>

#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/values/printable.hpp"

namespace waymark::commands {

void say(std::string const& message) { talk("waymark: {}\n", values::printable(message)); }

std::optional<Targets> targets(std::vector<std::string> const& named, Workspace const& workspace) {
  if (named.empty() && workspace.exists()) {
    if (workspace.policies.empty() && workspace.vocabularies.empty()) {
      say(fmt::format("`{}` names no policies and no vocabularies", workspace.file));
      return std::nullopt;
    }
    return Targets{workspace.policies, workspace.vocabularies};
  }
  if (named.empty()) {
    say(fmt::format("no file is named, and there is no {} here or above\n  = help: name a file, or go into a workspace",
                    kWorkspaceFile));
    return std::nullopt;
  }
  Targets found;
  for (std::string const& path : named) (is_vocabulary(path) ? found.vocabularies : found.policies).push_back(path);
  return found;
}

std::optional<Rulebook> open_or_say(std::string const& asked_workspace, std::string const& first_file) {
  auto opened = open_rulebook(asked_workspace, first_file);
  if (!opened) {
    say(opened.error().message);
    return std::nullopt;
  }
  return std::move(*opened);
}

std::optional<Policy> load_to_decide(Rulebook& rulebook, std::string const& path) {
  tell(rulebook.workspace_faults);
  if (Found{rulebook.workspace_faults, {}}.has_errors()) return std::nullopt;
  auto policy = load_policy(rulebook, path);
  if (!policy) {
    say(policy.error().message);
    return std::nullopt;
  }
  Found errors = {{}, policy->diagnostics};
  std::erase_if(errors.text, [](auto const& one) { return one.severity != grammar::Severity::error; });
  if (errors.text.empty() && !policy->checked.epochs.empty()) return std::move(*policy);
  talk("{}", diagnostics_text(errors, rulebook.sources));
  say(fmt::format("`{}` has {}: nothing is decided by it", path, counts(errors)));
  return std::nullopt;
}

}  // namespace waymark::commands
