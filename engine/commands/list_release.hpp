// A decided list as a release: what one policy lists is a Source of the next.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/commands/list_gaps.hpp"
#include "engine/commands/verb.hpp"

namespace waymark::commands {

/// One member, with its title where the list's Source has one.
struct ListLine {
  std::string code, title;
  values::Truth on = values::kYes;
};

struct ReleaseAsked {
  std::string into;      ///< a manifest, or a folder with evidence.toml; made where it is not there
  std::string source;    ///< by what Source it is read; the list's name where empty
  std::string name;      ///< of the release; its date where empty
  std::string released;  ///< the day from which on it is known; its date where empty
};

/// Writes the file beside the others of the manifest and the entry that names it, or says why not. The file has those
/// that are on the list and, told apart, those of whom it cannot be told; everybody else is not on it.
ExitCode write_list_release(ReleaseAsked const& asked, Reviewer const& reviewer, check::Program const& program,
                            check::List const& list, values::Date date, std::vector<ListLine> const& all);

}  // namespace waymark::commands
