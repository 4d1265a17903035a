// `waymark check`: everything that is wrong with policies and vocabularies, before anybody is decided by them.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "engine/commands/embedded.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/sarif.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/verbs.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  std::vector<std::string> files;
  std::string workspace;
  std::string format = "text";
  std::string explain;
  bool fix = false;
};

// One look at all the files.
struct Look {
  Rulebook rulebook;
  Found found;
  std::size_t files = 0;
  bool all_opened = true;
};

ExitCode explain(std::string const& code) {
  for (EmbeddedText const& text : embedded_texts()) {
    if (text.path != fmt::format("docs/diagnostics/{}.md", code)) continue;
    out("{}", text.text);
    return ExitCode::done;
  }
  std::vector<std::string> codes;
  for (grammar::CodeEntry const& entry : grammar::code_entries()) codes.emplace_back(entry.id);
  std::string const near = grammar::nearest(code, codes);
  say(fmt::format("there is no diagnostic `{}`{}", code,
                  near.empty() ? "" : fmt::format("; did you mean `{}`?", near)));
  return ExitCode::usage;
}

void keep_those_of(grammar::FileId file, grammar::Diagnostics const& from, grammar::Diagnostics& to) {
  grammar::Diagnostics kept;
  for (grammar::Diagnostic const& diagnostic : from) {
    if (diagnostic.primary.span.file == file) kept.push_back(diagnostic);
  }
  add_diagnostics(to, kept);
}

// The vocabulary of the workspace that lies at `path`; one that lies elsewhere is added, but to no policy's.
VocabularyFile const* vocabulary_at(std::string const& path, Rulebook& rulebook) {
  for (VocabularyFile const& file : rulebook.vocabularies) {
    if (is_same_file(rulebook.sources[file.id].path, path)) return &file;
  }
  auto added = add_vocabulary(rulebook, path);
  if (added) return *added;
  say(added.error().message);
  return nullptr;
}

// A vocabulary means what it means together with those beside which some policy of the workspace uses it; where none
// does, by itself.
void check_vocabulary(VocabularyFile const& file, std::vector<Policy> const& policies, Look& look) {
  add_diagnostics(look.found.text, file.parsed.diagnostics);
  keep_those_of(file.id, look.rulebook.faults, look.found.text);
  bool used = false;
  for (Policy const& policy : policies) {
    auto const with = look.rulebook.used_by(policy.parsed.file);
    if (std::find(with.begin(), with.end(), &file) == with.end()) continue;
    used = true;
    keep_those_of(file.id, policy.diagnostics, look.found.text);
  }
  if (used) return;
  auto const alone = check::check_vocabularies(look.rulebook.sources, {&file.parsed.file});
  add_diagnostics(look.found.text, alone.diagnostics);
}

void check_vocabularies(std::vector<std::string> const& paths, std::vector<Policy>& policies, Look& look) {
  if (paths.empty()) return;
  for (std::string const& path : look.rulebook.workspace.policies) {
    auto const read = [&](Policy const& policy) { return is_same_file(policy.path, path); };
    if (std::any_of(policies.begin(), policies.end(), read)) continue;
    if (auto policy = load_policy(look.rulebook, path)) policies.push_back(std::move(*policy));
  }
  for (std::string const& path : paths) {
    VocabularyFile const* const file = vocabulary_at(path, look.rulebook);
    look.all_opened = look.all_opened && file != nullptr;
    if (file != nullptr) check_vocabulary(*file, policies, look);
  }
}

// Nothing when the workspace or the request is not usable, which has been said; then `code` says how to end.
std::optional<Look> look_at(Asked const& asked, ExitCode& code) {
  Look look;
  auto opened = open_or_say(asked.workspace, asked.files.empty() ? "" : asked.files.front());
  code = ExitCode::unreadable;
  if (!opened) return std::nullopt;
  look.rulebook = std::move(*opened);
  Workspace const& workspace = look.rulebook.workspace;
  look.found.data = look.rulebook.workspace_faults;
  // A workspace with faults may name fewer files than it should: that is what is said.
  auto const files = asked.files.empty() && look.found.has_errors()
                         ? Targets{workspace.policies, workspace.vocabularies}
                         : targets(asked.files, workspace);
  code = ExitCode::usage;
  if (!files) return std::nullopt;
  look.files = files->policies.size() + files->vocabularies.size();
  std::vector<Policy> policies;
  for (std::string const& path : files->policies) {
    auto policy = load_policy(look.rulebook, path);
    if (policy) {
      add_diagnostics(look.found.text, policy->diagnostics);
      policies.push_back(std::move(*policy));
    } else {
      say(policy.error().message);
      look.all_opened = false;
    }
  }
  check_vocabularies(files->vocabularies, policies, look);
  return look;
}

// The text with the edits made that do not touch one another, the first of those that do.
std::string edited(std::string_view text, std::vector<grammar::Edit> edits) {
  std::sort(edits.begin(), edits.end(), [](auto const& a, auto const& b) { return a.span < b.span; });
  std::string result;
  std::size_t at = 0;
  for (grammar::Edit const& edit : edits) {
    if (edit.span.begin < at) continue;
    result += text.substr(at, edit.span.begin - at);
    result += edit.replacement;
    at = edit.span.end;
  }
  return result += text.substr(at);
}

// An edit that picks another name, unit or citation than the author wrote may change what the policy says: it is shown,
// and a person makes it.
bool is_safe(grammar::Diagnostic const& diagnostic) {
  if (diagnostic.edit->is_guess) return false;
  switch (diagnostic.code) {
    case grammar::Code::unknown_name:
    case grammar::Code::unknown_source:
    case grammar::Code::unknown_outcome:
    case grammar::Code::part_not_understood:
    case grammar::Code::not_in_choice:
    case grammar::Code::class_unknown:
    case grammar::Code::wrong_unit:
    case grammar::Code::points_not_percent:
    case grammar::Code::number_without_source: return false;
    default: return true;
  }
}

// Makes the edits that are safe; how many files were changed, or nothing when one could not be written.
std::optional<std::size_t> mend(Look const& look) {
  std::map<grammar::FileId, std::vector<grammar::Edit>> edits;
  for (grammar::Diagnostic const& diagnostic : look.found.text) {
    if (diagnostic.edit && is_safe(diagnostic)) edits[diagnostic.edit->span.file].push_back(*diagnostic.edit);
  }
  for (auto const& [file, of_file] : edits) {
    grammar::Source const& source = look.rulebook.sources[file];
    if (auto const failed = write_file(source.path, edited(source.text, of_file))) {
      say(failed->message);
      return std::nullopt;
    }
  }
  return edits.size();
}

std::string shown(Found const& found, grammar::Sources const& sources, std::string const& format) {
  if (format == "json") return diagnostics_json(found, sources);
  return format == "sarif" ? diagnostics_sarif(found, sources) : diagnostics_text(found, sources);
}

// Of a file that could not be opened nothing is known, least of all that it has no errors.
std::string summary(Look const& look) {
  if (look.all_opened) return counts(look.found);
  std::string const partly = "not every file could be opened, and what could not was not checked";
  return look.found.has_errors() ? counts(look.found) + "; " + partly : partly;
}

ExitCode check(Asked const& asked) {
  if (!asked.explain.empty()) return explain(asked.explain);
  ExitCode code = ExitCode::done;
  auto look = look_at(asked, code);
  // An edit may uncover what it hid, so look again; more rounds than this would be edits that undo each other.
  constexpr int kMostRounds = 10;
  std::size_t const before = look ? look->found.data.size() + look->found.text.size() : 0;
  for (int round = 0; look && asked.fix && round < kMostRounds; ++round) {
    auto const changed = mend(*look);
    if (!changed) return ExitCode::world;
    if (*changed == 0) break;
    look = look_at(asked, code);
  }
  if (!look) return code;
  Found const& found = look->found;
  grammar::Sources const& sources = look->rulebook.sources;
  out("{}", shown(found, sources, asked.format));
  std::size_t const after = found.data.size() + found.text.size();
  if (asked.fix && after < before) talk("{} mended\n", counted(before - after, "fault"));
  talk("{}: {}\n", counted(look->files, "file"), summary(*look));
  if (!look->all_opened) return ExitCode::unreadable;
  return found.has_errors() ? ExitCode::findings : ExitCode::done;
}

}  // namespace

Verb check_verb() {
  return {"check", "Says everything that is wrong with policies and vocabularies", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.values("FILE", asked->files, "Policies and vocabularies (default: all of the workspace)");
            options.value("--workspace", asked->workspace, "The workspace (default: the nearest upward)");
            options.choice("--format", asked->format, {"text", "json", "sarif"}, "How diagnostics are printed");
            options.flag("--fix", asked->fix, "Make the changes that diagnostics offer");
            options.value("--explain", asked->explain, "Print the page of one code, such as W202");
            return [asked] { return check(*asked); };
          }};
}

}  // namespace waymark::commands
