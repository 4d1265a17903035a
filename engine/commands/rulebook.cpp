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

// The names behind `Uses:` or `Builds on:` in the policy's block.
std::vector<grammar::Phrase> names_behind(ClauseKind kind, grammar::File const& policy) {
  std::vector<grammar::Phrase> found;
  for (Block const& block : policy.blocks) {
    if (block.kind != BlockKind::policy) continue;
    for (grammar::Clause const& clause : block.clauses) {
      auto const* names = std::get_if<grammar::Names>(&clause.body);
      if (clause.kind != kind || names == nullptr) continue;
      found.insert(found.end(), names->names.begin(), names->names.end());
    }
  }
  return found;
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
std::vector<Block> used_thresholds(Rulebook const& rulebook, Policy const& policy) {
  std::vector<Block> left = rulebook.thresholds.blocks;
  std::vector<Block> used;
  std::string text = folded(rulebook.sources[policy.id].text);
  for (auto const& layer : policy.layers) text += folded(rulebook.sources[layer->id].text);
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
  for (auto const& layer : policy.layers) text += "\n" + grammar::print(layer->parsed.file);
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

std::vector<VocabularyFile const*> with_titles(std::deque<VocabularyFile> const& files,
                                               std::vector<grammar::Phrase> const& titles) {
  std::set<std::string> keys;
  for (grammar::Phrase const& title : titles) keys.insert(title.key);
  std::vector<VocabularyFile const*> used;
  for (VocabularyFile const& file : files) {
    bool const named = std::any_of(file.titles.begin(), file.titles.end(),
                                   [&](std::string const& title) { return keys.contains(title); });
    if (named || (file.titles.empty() && has_calendar(file))) used.push_back(&file);
  }
  return used;
}

constexpr std::string_view kEnding = ".policy";

// How `Builds on` names a policy: by its path in the workspace, without ending.
std::string layer_name(std::string const& path, Workspace const& workspace) {
  // A ledger keeps the paths that the workspace had.
  std::string const inside = workspace.exists() ? path_in_workspace(path, workspace) : path;
  auto const begin = std::size_t{inside.starts_with("./") ? 2U : 0U};
  auto const end = inside.ends_with(kEnding) ? inside.size() - kEnding.size() : inside.size();
  return inside.substr(begin, end - begin);
}

// The policies of that name; the folders before it may be left out.
std::vector<std::string> paths_named(std::string const& key, Workspace const& workspace) {
  std::vector<std::string> found;
  for (std::string const& path : workspace.policies) {
    std::string const name = grammar::name_key(layer_name(path, workspace));
    if (name == key) return {path};
    if (name.ends_with("/" + key)) found.push_back(path);
  }
  return found;
}

// Why a policy cannot be built on what it names, told where it names it.
void cannot_build(Policy& policy, grammar::Code code, grammar::Span span, std::string message, std::string help) {
  add_diagnostics(policy.diagnostics, {grammar::diagnose(code, span, std::move(message), std::move(help))});
}

void tell_of_unknown(Rulebook const& rulebook, Policy& policy, grammar::Phrase const& name,
                     std::vector<std::string> const& found) {
  std::vector<std::string> names;
  for (std::string const& path : found.empty() ? rulebook.workspace.policies : found) {
    names.push_back(layer_name(path, rulebook.workspace));
  }
  auto fault = grammar::diagnose(grammar::Code::layer_unknown, name.span,
                                 found.empty() ? fmt::format("The workspace has no policy `{}`", name.text)
                                               : fmt::format("Several policies are called `{}`", name.text));
  std::string const near = found.empty() ? grammar::nearest(name.key, names) : names.front();
  if (!near.empty()) {
    fault.help = found.empty() ? fmt::format("Did you mean `{}`?", near)
                               : fmt::format("Name the folders, too: {}.", fmt::join(names, ", "));
    fault.edit = grammar::Edit{name.span, near, !found.empty()};
  } else {
    fault.help =
        fmt::format("Name it by its path below {}, without `{}`.",
                    rulebook.workspace.exists() ? "the workspace's folder" : "the folder of a workspace", kEnding);
  }
  add_diagnostics(policy.diagnostics, {std::move(fault)});
}

values::Result<Policy, values::WorldError> load(Rulebook& rulebook, std::string const& path,
                                                std::vector<std::string> open);

// Reads what the policy builds on, and what that builds on; what cannot be built on is told.
values::Result<bool, values::WorldError> read_layers(Rulebook& rulebook, Policy& policy,
                                                     std::vector<std::string> const& open) {
  for (grammar::Phrase const& name : names_behind(ClauseKind::builds_on, policy.parsed.file)) {
    auto const paths = paths_named(name.key, rulebook.workspace);
    if (paths.size() != 1) {
      tell_of_unknown(rulebook, policy, name, paths);
      continue;
    }
    std::string const& path = paths.front();
    if (std::find(open.begin(), open.end(), path) != open.end()) {
      cannot_build(policy, grammar::Code::layer_not_usable, name.span,
                   fmt::format("`{}` builds on this policy, so this one cannot build on it", name.text),
                   "Leave one of the two lines out.");
      continue;
    }
    auto& layer = rulebook.layers[path];
    if (layer == nullptr) {
      auto loaded = load(rulebook, path, open);
      if (!loaded) return values::failure(loaded.error());
      layer = std::make_shared<Policy const>(std::move(*loaded));
    }
    if (layer->checked.epochs.empty()) {
      // A circle is told where it closes, not only as errors of another file.
      for (grammar::Diagnostic const& inner : layer->diagnostics) {
        if (inner.code == grammar::Code::layer_not_usable) add_diagnostics(policy.diagnostics, {inner});
      }
      cannot_build(policy, grammar::Code::layer_not_usable, name.span,
                   fmt::format("`{}` has errors of its own", name.text),
                   fmt::format("See `waymark check {}`. What this policy takes from it is not checked.", path));
      continue;
    }
    auto const add = [&](std::shared_ptr<Policy const> const& one) {
      auto const is_it = [&](auto const& other) { return other->path == one->path; };
      if (std::none_of(policy.layers.begin(), policy.layers.end(), is_it)) policy.layers.push_back(one);
    };
    for (auto const& below : layer->layers) add(below);
    add(layer);
    policy.bases.push_back({layer.get(), name.span});
  }
  return true;
}

check::Layers layers_to_check(Rulebook const& rulebook, Policy const& policy) {
  auto const place = [&](Policy const* layer) {
    auto const is_it = [&](auto const& other) { return other->path == layer->path; };
    return static_cast<std::size_t>(std::find_if(policy.layers.begin(), policy.layers.end(), is_it) -
                                    policy.layers.begin());
  };
  check::Layers out;
  for (auto const& layer : policy.layers) {
    check::Layers::Layer one{layer_name(layer->path, rulebook.workspace), &layer->parsed.file, {}};
    for (auto const& base : layer->bases) one.bases.push_back(place(base.layer));
    out.all.push_back(std::move(one));
  }
  for (auto const& base : policy.bases) out.bases.push_back({place(base.layer), base.span});
  return out;
}

values::Result<Policy, values::WorldError> load(Rulebook& rulebook, std::string const& path,
                                                std::vector<std::string> open) {
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

  open.push_back(path);
  auto const before = policy.diagnostics.size();
  if (auto const read = read_layers(rulebook, policy, open); !read) return values::failure(read.error());
  bool const whole = policy.diagnostics.size() == before;
  auto const used = rulebook.used_by(policy);
  std::vector<grammar::File const*> files;
  for (VocabularyFile const* file : used) {
    files.push_back(&file->parsed.file);
    add_diagnostics(policy.diagnostics, file->parsed.diagnostics);
  }
  add_diagnostics(policy.diagnostics, check::check_vocabularies(rulebook.sources, files).diagnostics);
  add_diagnostics(policy.diagnostics, rulebook.faults);
  add_diagnostics(policy.diagnostics, rulebook.thresholds.diagnostics);
  if (!whole) return policy;  // what its names mean is not known
  auto const thresholds = used_thresholds(rulebook, policy);
  policy.checked =
      check::check(rulebook.sources, policy.parsed.file, files, thresholds, layers_to_check(rulebook, policy));
  help_with_missing(rulebook, policy.checked.diagnostics);
  add_diagnostics(policy.diagnostics, policy.checked.diagnostics);
  policy.program_sha256 = program_hash(policy, used, thresholds);
  return policy;
}

}  // namespace

std::vector<VocabularyFile const*> Rulebook::used_by(grammar::File const& policy) const {
  return with_titles(vocabularies, names_behind(ClauseKind::uses, policy));
}

std::vector<VocabularyFile const*> Rulebook::used_by(Policy const& policy) const {
  auto titles = names_behind(ClauseKind::uses, policy.parsed.file);
  for (auto const& layer : policy.layers) {
    auto const more = names_behind(ClauseKind::uses, layer->parsed.file);
    titles.insert(titles.end(), more.begin(), more.end());
  }
  return with_titles(vocabularies, titles);
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
  return load(rulebook, path, {});
}

std::vector<TextFile> files_of(Rulebook const& rulebook, Policy const& policy) {
  std::vector<TextFile> files = {{TextFile::Role::policy, policy.id}};
  for (auto const& layer : policy.layers) files.push_back({TextFile::Role::layer, layer->id});
  for (VocabularyFile const* file : rulebook.used_by(policy)) {
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
