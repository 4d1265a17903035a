// waymark.toml, read with toml++. The only file of this room that includes it; none of its exceptions leave.
#include "engine/commands/workspace.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/commands/files.hpp"

namespace waymark::commands {
namespace {

using grammar::Code;

std::vector<std::string> const kKeys = {"policies", "vocabularies", "evidence", "thresholds",
                                        "calendar", "ledger",       "key",      "letter"};

// Reads one waymark.toml; every fault is told with its place.
class Reading {
 public:
  explicit Reading(std::string const& file) {
    read_.workspace.file = file;
    read_.workspace.folder = folder_of(file);
  }

  void read(std::string const& text);
  WorkspaceRead take() { return std::move(read_); }

 private:
  void report(Code code, toml::source_region const& place, std::string message, std::string help = {});
  void read_table(toml::table const& table);
  void read_key(std::string_view key, toml::node const& value);
  std::optional<std::string> path(std::string_view key, toml::node const& value);
  std::vector<std::pair<std::string, toml::source_region>> paths(std::string_view key, toml::node const& value);
  std::vector<std::string> found(std::string_view key, toml::node const& value, std::string_view ending);
  std::vector<std::string> files(std::string_view key, toml::node const& value);

  WorkspaceRead read_;
};

void Reading::report(Code code, toml::source_region const& place, std::string message, std::string help) {
  read_.diagnostics.push_back({code, grammar::entry_of(code).severity, read_.workspace.file, place.begin.line,
                               place.begin.column, std::move(message), std::move(help)});
}

void Reading::read(std::string const& text) {
  try {
    toml::table const root = toml::parse(text);
    for (auto const& [key, node] : root) {
      if (key.str() != "workspace") {
        std::string const near = grammar::nearest(key.str(), {"workspace"});
        report(Code::workspace_unknown_key, key.source(),
               fmt::format("There is no table `{}` in a workspace.", key.str()),
               near.empty() ? "The only table is [workspace]." : "Did you mean `[workspace]`?");
      } else if (toml::table const* table = node.as_table()) {
        read_table(*table);
      } else {
        report(Code::workspace_wrong_value, node.source(), "`workspace` is not a value, but a table.",
               "Write [workspace] on a line of its own, and its keys below.");
      }
    }
  } catch (toml::parse_error const& error) {
    report(Code::workspace_unreadable, error.source(), "This is not TOML.",
           "A line is `key = value`; a text stands in double quotes, a list in square brackets.");
  }
  std::sort(read_.diagnostics.begin(), read_.diagnostics.end(),
            [](auto const& a, auto const& b) { return std::pair(a.line, a.column) < std::pair(b.line, b.column); });
}

void Reading::read_table(toml::table const& table) {
  for (auto const& [key, node] : table) {
    if (std::find(kKeys.begin(), kKeys.end(), key.str()) != kKeys.end()) {
      read_key(key.str(), node);
      continue;
    }
    std::string const near = grammar::nearest(key.str(), kKeys);
    report(Code::workspace_unknown_key, key.source(), fmt::format("[workspace] has no key `{}`.", key.str()),
           near.empty() ? fmt::format("Its keys are {}.", fmt::join(kKeys, ", "))
                        : fmt::format("Did you mean `{}`?", near));
  }
}

void Reading::read_key(std::string_view key, toml::node const& value) {
  Workspace& workspace = read_.workspace;
  auto const append = [](std::vector<std::string>& to, std::vector<std::string> from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    std::sort(to.begin(), to.end());
    to.erase(std::unique(to.begin(), to.end()), to.end());
  };
  if (key == "policies") append(workspace.policies, found(key, value, ".policy"));
  if (key == "vocabularies") append(workspace.vocabularies, found(key, value, ".vocabulary"));
  if (key == "thresholds") append(workspace.thresholds, files(key, value));
  if (key == "calendar") append(workspace.vocabularies, files(key, value));
  if (key == "evidence") workspace.evidence = path(key, value).value_or("");
  if (key == "ledger") workspace.ledger = path(key, value).value_or("");
  if (key == "key") workspace.key = path(key, value).value_or("");
  if (key == "letter") workspace.letter = path(key, value).value_or("");
}

std::optional<std::string> Reading::path(std::string_view key, toml::node const& value) {
  auto const* text = value.as_string();
  if (text == nullptr || text->get().empty()) {
    report(Code::workspace_wrong_value, value.source(), fmt::format("`{}` is the path of one file.", key),
           fmt::format("Write {} = \"path\".", key));
    return std::nullopt;
  }
  return path_in(read_.workspace.folder, text->get());
}

// A text, or a list of texts.
std::vector<std::pair<std::string, toml::source_region>> Reading::paths(std::string_view key, toml::node const& value) {
  std::vector<std::pair<std::string, toml::source_region>> all;
  auto const add = [&](toml::node const& one) {
    auto const* text = one.as_string();
    if (text == nullptr || text->get().empty()) {
      report(Code::workspace_wrong_value, one.source(), fmt::format("`{}` is a list of paths.", key),
             fmt::format("Write {} = [\"path\"].", key));
      return;
    }
    all.emplace_back(path_in(read_.workspace.folder, text->get()), one.source());
  };
  if (toml::array const* list = value.as_array()) {
    for (toml::node const& one : *list) add(one);
  } else {
    add(value);
  }
  return all;
}

// Folders are searched for files with the ending; files stand for themselves.
std::vector<std::string> Reading::found(std::string_view key, toml::node const& value, std::string_view ending) {
  std::vector<std::string> all;
  for (auto const& [path, place] : paths(key, value)) {
    if (is_file(path)) {
      all.push_back(path);
      continue;
    }
    auto const under = files_under(path, ending);
    if (!under) {
      report(Code::workspace_path_missing, place, under.error().message + ".",
             "A path is relative to the folder of this file.");
    } else {
      all.insert(all.end(), under->begin(), under->end());
    }
  }
  return all;
}

std::vector<std::string> Reading::files(std::string_view key, toml::node const& value) {
  std::vector<std::string> all;
  for (auto const& [path, place] : paths(key, value)) {
    if (is_file(path)) {
      all.push_back(path);
    } else {
      report(Code::workspace_path_missing, place, fmt::format("`{}` is not a file.", path),
             "A path is relative to the folder of this file.");
    }
  }
  return all;
}

values::Result<WorkspaceRead, values::WorldError> read_workspace(std::string const& file) {
  auto const text = read_file(file);
  if (!text) return values::failure(text.error());
  Reading reading(file);
  reading.read(*text);
  return reading.take();
}

}  // namespace

values::Result<WorkspaceRead, values::WorldError> find_workspace(std::string const& asked,
                                                                 std::string const& first_file) {
  if (!asked.empty()) {
    if (is_file(asked) && name_of_file(asked) == kWorkspaceFile) return read_workspace(asked);
    std::string const file = path_in(asked, kWorkspaceFile);
    if (!is_file(file)) {
      return values::failure(
          values::WorldError{fmt::format("`{}` is no workspace: it holds no {}", asked, kWorkspaceFile)});
    }
    return read_workspace(file);
  }
  for (std::string const& folder : folders_upward(first_file.empty() ? "." : folder_of(first_file))) {
    std::string const file = path_in(folder, kWorkspaceFile);
    if (is_file(file)) return read_workspace(shown_path(file));
  }
  return WorkspaceRead{};
}

// Where it lies on a machine is nobody's concern.
std::string path_in_workspace(std::string const& path, Workspace const& workspace) {
  if (!workspace.exists()) return name_of_file(path);
  auto const folder = workspace.folder == "." ? std::string() : workspace.folder + "/";
  return path.starts_with(folder) ? path.substr(folder.size()) : path;
}

}  // namespace waymark::commands
