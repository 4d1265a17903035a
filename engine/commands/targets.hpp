// The files about which a verb was asked: those that were named, or all of the workspace.
#pragma once

#include <string>
#include <vector>

#include "engine/commands/rulebook.hpp"
#include "engine/commands/verb.hpp"

namespace waymark::commands {

struct Targets {
  std::vector<std::string> policies;
  std::vector<std::string> vocabularies;
};

/// The files named, each as what its name says; without any, those of the workspace. Where there are none at all, says
/// so on standard error and gives nothing.
std::optional<Targets> targets(std::vector<std::string> const& named, Workspace const& workspace);

/// Opens the workspace of the first file named, or says on standard error why it cannot.
std::optional<Rulebook> open_or_say(std::string const& asked_workspace, std::string const& first_file);

/// The policy, when it can decide: without errors of its own, of what it uses, of the workspace. Else says what keeps
/// it from that. Warnings are for `check`.
std::optional<Policy> load_to_decide(Rulebook& rulebook, std::string const& path);

/// `waymark: message` on standard error, as values::printable has it.
void say(std::string const& message);

}  // namespace waymark::commands
