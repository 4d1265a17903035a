// What a run has read of a workspace, each file once, and the policies made of it.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/check/check.hpp"
#include "engine/commands/workspace.hpp"
#include "engine/evidence/evidence.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {

struct VocabularyFile {
  grammar::FileId id = 0;
  std::vector<std::string> titles;  ///< name keys of its Vocabulary blocks
  grammar::Parsed parsed;
};

struct Policy;

/// Vocabularies and thresholds of a workspace. Files are parsed when it is opened; policies are added one by one.
struct Rulebook {
  Workspace workspace;
  evidence::ReadFile read;  ///< the disk, or the texts that a ledger kept
  grammar::DataDiagnostics workspace_faults;
  grammar::Sources sources;
  std::deque<VocabularyFile> vocabularies;  // INVARIANT: addresses stay: checked policies point here
  std::vector<grammar::FileId> threshold_files;
  check::TomlThresholds thresholds;
  grammar::Diagnostics faults;  ///< of the vocabularies among themselves: two with one title
  std::map<std::string, std::shared_ptr<Policy const>> layers;  ///< policies on which others build, by path

  /// Those that the policy names by one of their titles, and calendars without a title.
  std::vector<VocabularyFile const*> used_by(grammar::File const& policy) const;
  /// The same of a policy with its layers.
  std::vector<VocabularyFile const*> used_by(Policy const& policy) const;
};

/// See find_workspace; a vocabulary or a file of thresholds that cannot be opened is an error.
values::Result<Rulebook, values::WorldError> open_rulebook(std::string const& asked_workspace,
                                                           std::string const& first_file);

/// Of a workspace that is not looked for: the files that it names, as `read` gives them.
values::Result<Rulebook, values::WorldError> rulebook_of(Workspace workspace, evidence::ReadFile read);

/// One more vocabulary, of no workspace.
values::Result<VocabularyFile const*, values::WorldError> add_vocabulary(Rulebook& rulebook, std::string const& path);

/// A policy with everything that it rests on.
struct Policy {
  std::string path;
  grammar::FileId id = 0;
  grammar::Parsed parsed;
  check::Checked checked;
  /// The policies on which it builds, each before those that build on it; without errors.
  std::vector<std::shared_ptr<Policy const>> layers;
  /// Those of them that it names itself, and where.
  struct Base {
    Policy const* layer = nullptr;
    grammar::Span span;
  };
  std::vector<Base> bases;
  /// Of the file, of the vocabularies that it uses, of the thresholds, of the check. Sorted.
  grammar::Diagnostics diagnostics;
  std::string policy_sha256;   ///< of the file as it was read
  std::string program_sha256;  ///< of the canonical print of everything that was read
};

values::Result<Policy, values::WorldError> load_policy(Rulebook& rulebook, std::string const& path);

/// Of everything that a policy rests on, the files: the policy first, then its layers, then the vocabularies that they
/// use, then the workspace's thresholds.
struct TextFile {
  enum class Role : std::uint8_t { policy, layer, vocabulary, thresholds };
  Role role = Role::policy;
  grammar::FileId id = 0;
};
std::vector<TextFile> files_of(Rulebook const& rulebook, Policy const& policy);

/// Whether it is a vocabulary, by its name.
bool is_vocabulary(std::string const& path);
/// What `all` does not hold yet is added; sorted by place.
void add_diagnostics(grammar::Diagnostics& all, grammar::Diagnostics const& more);

}  // namespace waymark::commands
