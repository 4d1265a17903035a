// `waymark format`: the one layout of policies and vocabularies.
#include <fmt/format.h>

#include <memory>

#include "engine/commands/files.hpp"
#include "engine/commands/line_diff.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/verbs.hpp"
#include "grammar/print.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  std::vector<std::string> files;
  std::string workspace;
  bool check = false;
  bool diff = false;
};

enum class Came { unchanged, changed, faulty, unreadable, unwritable };

// The canonical text of a file; nothing, and said, where it has faults: what could not be read would be lost.
std::optional<std::string> canonical(std::string const& path, std::string const& text) {
  grammar::Sources sources;
  auto const id = sources.add(path, text);
  auto const kind = is_vocabulary(path) ? grammar::FileKind::vocabulary : grammar::FileKind::policy;
  grammar::Parsed const parsed = grammar::parse(sources, id, kind);
  if (!grammar::has_errors(parsed.diagnostics)) return grammar::print(parsed.file);
  talk("{}waymark: `{}` stays as it is: mend this first\n", diagnostics_text({{}, parsed.diagnostics}, sources), path);
  return std::nullopt;
}

Came format_one(std::string const& path, Asked const& asked) {
  auto const text = read_file(path);
  if (!text) {
    say(text.error().message);
    return Came::unreadable;
  }
  auto const formatted = canonical(path, *text);
  if (!formatted) return Came::faulty;
  if (*formatted == *text) return Came::unchanged;
  if (asked.diff) out("{}", line_diff(path, *text, *formatted));
  if (asked.check || asked.diff) {
    if (!asked.diff) out("{}\n", path);
    return Came::changed;
  }
  if (auto const failed = write_file(path, *formatted)) {
    say(failed->message);
    return Came::unwritable;
  }
  return Came::changed;
}

ExitCode format(Asked const& asked) {
  auto const found = find_workspace(asked.workspace, asked.files.empty() ? "" : asked.files.front());
  if (!found) {
    say(found.error().message);
    return ExitCode::unreadable;
  }
  if (asked.files.empty() && Found{found->diagnostics, {}}.has_errors()) {
    tell(found->diagnostics);
    return ExitCode::findings;
  }
  auto const files = targets(asked.files, found->workspace);
  if (!files) return ExitCode::usage;
  std::size_t changed = 0;
  std::size_t unchanged = 0;
  ExitCode code = ExitCode::done;
  auto const raise = [&](ExitCode to) { code = std::max(code, to); };
  std::vector<std::string> all = files->policies;
  all.insert(all.end(), files->vocabularies.begin(), files->vocabularies.end());
  for (std::string const& path : all) {
    switch (format_one(path, asked)) {
      case Came::unchanged: ++unchanged; break;
      case Came::changed: ++changed; break;
      case Came::faulty: raise(ExitCode::findings); break;
      case Came::unreadable: raise(ExitCode::unreadable); break;
      case Came::unwritable: raise(ExitCode::world); break;
    }
  }
  bool const only_asked = asked.check || asked.diff;
  if (asked.check && changed > 0) raise(ExitCode::findings);
  talk("{} {}, {} unchanged\n", counted(changed, "file"), only_asked ? "would change" : "changed", unchanged);
  if (changed + unchanged < all.size()) talk("{} left alone\n", counted(all.size() - changed - unchanged, "file"));
  return code;
}

}  // namespace

Verb format_verb() {
  return {"format", "Lays out policies and vocabularies in the one way", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.values("FILE", asked->files, "Policies and vocabularies (default: all of the workspace)");
            options.value("--workspace", asked->workspace, "The workspace (default: the nearest upward)");
            options.flag("--check", asked->check, "Change nothing; name the files that would change; exit code 1");
            options.flag("--diff", asked->diff, "Change nothing; show what would change");
            return [asked] { return format(*asked); };
          }};
}

}  // namespace waymark::commands
