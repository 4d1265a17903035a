// Reads policies and vocabularies with the texts that they rest on.
#include "engine/commands/rulebook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/commands/files.hpp"
#include "engine/values/hash.hpp"
#include "grammar/print.hpp"

namespace waymark::commands {
namespace {

using grammar::Block;
using grammar::BlockKind;
using grammar::ClauseKind;

// The name keys behind `Uses:` in the policy's block.
std::set<std::string> used_titles(grammar::File const& policy) {
  std::set<std::string> titles;
  for (Block const& block : policy.blocks) {
    if (block.kind != BlockKind::policy) continue;
    for (grammar::Clause const& clause : block.clauses) {
      auto const* names = std::get_if<grammar::Names>(&clause.body);
      if (clause.kind != ClauseKind::uses || names == nullptr) continue;
      for (grammar::Phrase const& name : names->names) titles.insert(name.key);
    }
  }
  return titles;
}

bool has_calendar(VocabularyFile const& file) {
  auto const& blocks = file.parsed.file.blocks;
  return std::any_of(blocks.begin(), blocks.end(), [](Block const& b) { return b.kind == BlockKind::calendar; });
}

// Lower case, each run of blanks and line ends one blank: in it a name is found however it was written.
std::string folded(std::string_view text) {
  std::string result = " ";
  for (char const c : text) {
    bool const blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) result += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    if (blank && result.back() != ' ') result += ' ';
  }
  return result;
}

// Of the workspace's thresholds those that the policy speaks of, and those that these speak of: another policy's are
// not its concern.
std::vector<Block> used_thresholds(Rulebook const& rulebook, grammar::FileId policy) {
  std::vector<Block> left = rulebook.thresholds.blocks;
  std::vector<Block> used;
  std::string text = folded(rulebook.sources[policy].text);
  for (bool found = true; found;) {
    found = false;
    for (auto block = left.begin(); block != left.end();) {
      if (text.find(" " + block->name.key) == std::string::npos) {
        ++block;
        continue;
      }
      text += folded(rulebook.sources.text(block->span));
      used.push_back(std::move(*block));
      block = left.erase(block);
      found = true;
    }
  }
  return used;
}

// The same text for the same program, wherever its files lie and in whatever order they were read.
std::string program_hash(Policy const& policy, std::vector<VocabularyFile const*> const& vocabularies,
                         std::vector<Block> const& thresholds) {
  std::vector<std::string> prints;
  for (VocabularyFile const* file : vocabularies) prints.push_back(grammar::print(file->parsed.file));
  std::sort(prints.begin(), prints.end());
  std::string text = grammar::print(policy.parsed.file);
  for (std::string const& print : prints) text += "\n" + print;
  if (!thresholds.empty()) text += "\n" + grammar::print(grammar::File{0, thresholds});
  return values::hex(values::sha256(text));
}

// Two vocabularies with one title: whoever uses it cannot say which.
void tell_of_equal_titles(Rulebook& rulebook) {
  std::map<std::string, grammar::Span> seen;
  for (VocabularyFile const& file : rulebook.vocabularies) {
    for (Block const& block : file.parsed.file.blocks) {
      if (block.kind != BlockKind::vocabulary || block.name.empty()) continue;
      auto const [first, fresh] = seen.emplace(block.name.key, block.name.span);
      if (fresh) continue;
      auto fault = grammar::diagnose(grammar::Code::vocabulary_twice, block.name.span,
                                     fmt::format("There are two vocabularies `{}`.", block.name.text),
                                     "Give one of them another title, or put both into one file.");
      fault.secondary.push_back({first->second, "the first one"});
      rulebook.faults.push_back(std::move(fault));
    }
  }
}

// A vocabulary that is used and not there: only the workspace knows which there are.
void help_with_missing(Rulebook const& rulebook, grammar::Diagnostics& diagnostics) {
  std::vector<std::string> titles;
  for (VocabularyFile const& file : rulebook.vocabularies) {
    titles.insert(titles.end(), file.titles.begin(), file.titles.end());
  }
  for (grammar::Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.code != grammar::Code::unknown_vocabulary) continue;
    std::string const name = grammar::name_key(rulebook.sources.text(diagnostic.primary.span));
    std::string const near = grammar::nearest(name, titles);
    if (!near.empty()) {
      diagnostic.help = fmt::format("Did you mean `{}`?", near);
      diagnostic.edit = grammar::Edit{diagnostic.primary.span, near};
    } else if (!rulebook.workspace.exists()) {
      diagnostic.message = fmt::format("The file is in no workspace, so there is no vocabulary `{}`.", name);
      diagnostic.help = fmt::format(
          "Put a {} into its folder or one above that names `vocabularies`; `waymark new` "
          "writes one. What the policy takes from a vocabulary is not checked.",
          kWorkspaceFile);
    }
  }
}

VocabularyFile read_vocabulary(grammar::Sources& sources, std::string const& path, std::string text) {
  VocabularyFile file;
  file.id = sources.add(path, std::move(text));
  file.parsed = grammar::parse(sources, file.id, grammar::FileKind::vocabulary);
  for (Block const& block : file.parsed.file.blocks) {
    if (block.kind == BlockKind::vocabulary && !block.name.empty()) file.titles.push_back(block.name.key);
  }
  return file;
}

}  // namespace

std::vector<VocabularyFile const*> Rulebook::used_by(grammar::File const& policy) const {
  std::set<std::string> const titles = used_titles(policy);
  std::vector<VocabularyFile const*> used;
  for (VocabularyFile const& file : vocabularies) {
    bool const named = std::any_of(file.titles.begin(), file.titles.end(),
                                   [&](std::string const& title) { return titles.contains(title); });
    if (named || (file.titles.empty() && has_calendar(file))) used.push_back(&file);
  }
  return used;
}

values::Result<VocabularyFile const*, values::WorldError> add_vocabulary(Rulebook& rulebook, std::string const& path) {
  auto text = rulebook.read(path);
  if (!text) return values::failure(text.error());
  rulebook.vocabularies.push_back(read_vocabulary(rulebook.sources, path, std::move(*text)));
  return &rulebook.vocabularies.back();
}

values::Result<Rulebook, values::WorldError> open_rulebook(std::string const& asked_workspace,
                                                           std::string const& first_file) {
  auto found = find_workspace(asked_workspace, first_file);
  if (!found) return values::failure(found.error());
  auto rulebook = rulebook_of(std::move(found->workspace), read_file);
  if (rulebook) rulebook->workspace_faults = std::move(found->diagnostics);
  return rulebook;
}

values::Result<Rulebook, values::WorldError> rulebook_of(Workspace workspace, evidence::ReadFile read) {
  Rulebook rulebook;
  rulebook.workspace = std::move(workspace);
  rulebook.read = std::move(read);
  for (std::string const& path : rulebook.workspace.vocabularies) {
    if (auto const added = add_vocabulary(rulebook, path); !added) return values::failure(added.error());
  }
  for (std::string const& path : rulebook.workspace.thresholds) {
    auto text = rulebook.read(path);
    if (!text) return values::failure(text.error());
    auto const id = rulebook.threshold_files.emplace_back(rulebook.sources.add(path, std::move(*text)));
    check::TomlThresholds found = check::read_thresholds(rulebook.sources, id);
    std::move(found.blocks.begin(), found.blocks.end(), std::back_inserter(rulebook.thresholds.blocks));
    add_diagnostics(rulebook.thresholds.diagnostics, found.diagnostics);
  }
  tell_of_equal_titles(rulebook);
  return rulebook;
}

values::Result<Policy, values::WorldError> load_policy(Rulebook& rulebook, std::string const& path) {
  auto text = rulebook.read(path);
  if (!text) return values::failure(text.error());
  Policy policy;
  policy.path = path;
  policy.policy_sha256 = values::hex(values::sha256(*text));
  policy.id = rulebook.sources.add(path, std::move(*text));
  policy.parsed = grammar::parse(rulebook.sources, policy.id, grammar::FileKind::policy);
  add_diagnostics(policy.diagnostics, policy.parsed.diagnostics);
  // A file of which nothing could be read has said so; that it holds no policy follows from it.
  if (policy.parsed.file.blocks.empty() && grammar::has_errors(policy.diagnostics)) return policy;

  auto const used = rulebook.used_by(policy.parsed.file);
  std::vector<grammar::File const*> files;
  for (VocabularyFile const* file : used) {
    files.push_back(&file->parsed.file);
    add_diagnostics(policy.diagnostics, file->parsed.diagnostics);
  }
  add_diagnostics(policy.diagnostics, check::check_vocabularies(rulebook.sources, files).diagnostics);
  add_diagnostics(policy.diagnostics, rulebook.faults);
  add_diagnostics(policy.diagnostics, rulebook.thresholds.diagnostics);
  auto const thresholds = used_thresholds(rulebook, policy.id);
  policy.checked = check::check(rulebook.sources, policy.parsed.file, files, thresholds);
  help_with_missing(rulebook, policy.checked.diagnostics);
  add_diagnostics(policy.diagnostics, policy.checked.diagnostics);
  policy.program_sha256 = program_hash(policy, used, thresholds);
  return policy;
}

std::vector<TextFile> files_of(Rulebook const& rulebook, Policy const& policy) {
  std::vector<TextFile> files = {{TextFile::Role::policy, policy.id}};
  for (VocabularyFile const* file : rulebook.used_by(policy.parsed.file)) {
    files.push_back({TextFile::Role::vocabulary, file->id});
  }
  for (auto const id : rulebook.threshold_files) files.push_back({TextFile::Role::thresholds, id});
  return files;
}

bool is_vocabulary(std::string const& path) { return path.ends_with(".vocabulary"); }

void add_diagnostics(grammar::Diagnostics& all, grammar::Diagnostics const& more) {
  all.insert(all.end(), more.begin(), more.end());
  grammar::sort(all);
}

}  // namespace waymark::commands
