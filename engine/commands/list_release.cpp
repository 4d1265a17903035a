#include "engine/commands/list_release.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "engine/commands/environment.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/evidence/tables.hpp"
#include "engine/values/csv.hpp"
#include "engine/values/hash.hpp"
#include "engine/values/json_text.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

constexpr std::string_view kManifest = "evidence.toml";

std::string table_of(std::vector<ListLine> const& all) {
  auto text = fmt::format("code,title,{}\n", evidence::kDecidedState);
  for (auto const& line : all) {
    if (line.on == values::kNo) continue;
    text += values::write_csv_cell(line.code) + ',' + values::write_safe_csv_cell(line.title) +
            fmt::format(",{}\n", line.on == values::kYes ? "on the list" : evidence::kUntoldState);
  }
  return text;
}

// Letters, digits and what parts a date; of everything else no file system knows what it does.
std::string as_file_name(std::string text) {
  for (auto& c : text) {
    c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (!plain) c = '_';
  }
  return text;
}

// A text of TOML: what JSON escapes, TOML reads alike.
std::string toml(std::string const& text) { return values::json_string(text); }

std::string read_words(Reviewer const& reviewer, check::Program const& program, values::Date date) {
  std::string out;
  for (auto const id : program.sources) {
    auto const* release = reviewer.evidence.newest(id, date);
    if (release == nullptr) continue;
    auto const words =
        fmt::format("{}, {}, sha256 {}", program.vocabulary.sources[id].shown, release->entry.name, release->sha256);
    out += (out.empty() ? "" : ", ") + toml(words);
  }
  return out;
}

struct Made {
  std::string source, name, file, released;
};

std::string entry_of(Made const& made, std::string const& table, Reviewer const& reviewer,
                     check::Program const& program, values::Date date) {
  auto const day = values::write_date(date);
  return fmt::format(
      "[[release]]\nsource = {}\nname = {}\nfile = {}\nsha256 = \"{}\"\npublisher = {}\nperiod = \"{}\"\n"
      "released = {}\ndecided_by = {{ policy = {}, sha256 = \"{}\", date = \"{}\", read = [{}] }}\n",
      toml(made.source), toml(made.name), toml(made.file), values::hex(values::sha256(table)), toml(program.title), day,
      made.released, toml(program.title), reviewer.policy.program_sha256, day, read_words(reviewer, program, date));
}

// The manifest as it stands, or an empty one where there is none; nothing, and said, where it cannot be read.
std::optional<std::string> manifest_text(std::string const& path, evidence::Manifest& manifest) {
  std::string text;
  if (is_file(path)) {
    auto const there = read_file(path);
    if (!there) {
      say(there.error().message);
      return std::nullopt;
    }
    text = *there;
  }
  auto read = evidence::read_manifest(path, text, variable);
  tell(read.diagnostics);
  for (auto const& diagnostic : read.diagnostics) {
    if (diagnostic.severity == grammar::Severity::error) return std::nullopt;
  }
  manifest = std::move(read.manifest);
  return text;
}

bool write_or_say(std::string const& path, std::string const& text) {
  auto const failed = write_file(path, text);
  if (failed) say(failed->message);
  return !failed;
}

}  // namespace

ExitCode write_list_release(ReleaseAsked const& asked, Reviewer const& reviewer, check::Program const& program,
                            check::List const& list, values::Date date, std::vector<ListLine> const& all) {
  auto const path = is_folder(asked.into) ? path_in(asked.into, std::string(kManifest)) : asked.into;
  evidence::Manifest manifest;
  auto const before = manifest_text(path, manifest);
  if (!before) return ExitCode::unreadable;
  Made made;
  made.source = asked.source.empty() ? list.shown : asked.source;
  made.released = values::write_date(date);
  if (!asked.released.empty()) {
    auto const released = date_or_say("--released", asked.released);
    if (!released) return ExitCode::usage;
    made.released = values::write_date(*released);
  }
  made.name = asked.name.empty() ? values::write_date(date) : asked.name;
  made.file = fmt::format("{}-{}.csv", as_file_name(made.source), as_file_name(made.name));
  auto const is_same = [&](evidence::ReleaseEntry const& entry) {
    return entry.source == grammar::name_key(made.source) && entry.name == made.name;
  };
  auto const table = table_of(all);
  auto const file = path_in(manifest.folder, made.file);
  if (std::any_of(manifest.releases.begin(), manifest.releases.end(), is_same) || is_file(file)) {
    say(fmt::format(
        "{} has a release `{}` of `{}` already\n  = help: a release stays what it is; --name gives this one "
        "another name",
        shown_path(path), made.name, made.source));
    return ExitCode::usage;
  }
  auto const gap = before->empty() ? "" : before->ends_with('\n') ? "\n" : "\n\n";
  for (auto const& folder : {folder_of(path), folder_of(file)}) {
    if (auto const failed = make_folder(folder)) {
      say(failed->message);
      return ExitCode::world;
    }
  }
  if (!write_or_say(file, table)) return ExitCode::world;
  if (!write_or_say(path, *before + gap + entry_of(made, table, reviewer, program, date))) return ExitCode::world;
  out("{}\n", shown_path(file));
  std::fflush(stdout);
  talk("waymark: release `{}` of `{}` is in {}\n", made.name, made.source, shown_path(path));
  return ExitCode::done;
}

}  // namespace waymark::commands
