// A workspace: the folder with a waymark.toml, which says where policies, vocabularies and evidence lie.
#pragma once

#include <string>
#include <vector>

#include "engine/values/result.hpp"
#include "grammar/diagnostic.hpp"

namespace waymark::commands {

inline constexpr char const* kWorkspaceFile = "waymark.toml";

/// Paths as they are best named from the current folder. A workspace without `file` is none: files stand alone.
struct Workspace {
  std::string file;
  std::string folder;
  std::vector<std::string> policies;      ///< files, sorted
  std::vector<std::string> vocabularies;  ///< files, sorted; the calendar among them
  std::vector<std::string> thresholds;
  std::string evidence;  ///< the manifest, or empty
  std::string ledger;
  std::string key;
  std::string letter;  ///< the template of letters, or empty: the program's own

  bool exists() const { return !file.empty(); }
};

struct WorkspaceRead {
  Workspace workspace;
  grammar::DataDiagnostics diagnostics;
};

/// The workspace in the folder `asked`; where that is empty, in the nearest folder upward from `first_file`, or from
/// the current folder where that is empty too; or none. A folder that was asked for and has no waymark.toml is an
/// error.
values::Result<WorkspaceRead, values::WorldError> find_workspace(std::string const& asked,
                                                                 std::string const& first_file);

/// A file's path below the workspace's folder; outside of it its whole path, without a workspace its name.
std::string path_in_workspace(std::string const& path, Workspace const& workspace);

}  // namespace waymark::commands
