// `waymark evidence list|show|pin|stale`: which released tables there are, what stands in one, which bytes they are,
// and which are no longer what they were taken for.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "engine/commands/environment.hpp"
#include "engine/commands/evidence_files.hpp"
#include "engine/commands/evidence_table.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/manifest_pins.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/stale.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/text_table.hpp"
#include "engine/commands/verbs.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  std::string workspace;
  std::string evidence;
  std::string source;
  std::string release;
  std::string key;
  bool replace = false;
  std::string date;
  std::string older_than;
  bool strict = false;
};

// What all of them look at; or an exit code, and said why.
struct Opened {
  Rulebook rulebook;
  vocabulary::Vocabulary vocabulary;
  evidence::Manifest manifest;
  ExitCode code = ExitCode::done;
};

Opened open(Asked const& asked) {
  Opened opened;
  auto rulebook = open_or_say(asked.workspace, "");
  if (!rulebook) {
    opened.code = ExitCode::unreadable;
    return opened;
  }
  opened.rulebook = std::move(*rulebook);
  opened.vocabulary = whole_vocabulary(opened.rulebook);
  auto manifest = manifest_or_say({asked.evidence, std::nullopt}, opened.rulebook.workspace);
  if (manifest && manifest->path.empty()) {
    say(fmt::format("there is no evidence\n  = help: name a manifest with --evidence, or as `evidence` in {}",
                    kWorkspaceFile));
  }
  opened.code = manifest && !manifest->path.empty() ? ExitCode::done : ExitCode::world;
  if (manifest) opened.manifest = std::move(*manifest);
  return opened;
}

// One release as it is read, with what is to be said of it.
evidence::EvidenceRead read_one(Opened const& opened, ReleaseState const& state, values::Symbols& symbols) {
  evidence::Manifest one = opened.manifest;
  one.releases = {state.entry};
  return evidence::read_evidence(one, opened.vocabulary, {*state.source}, symbols, read_file);
}

std::string rows_of(Opened const& opened, ReleaseState const& state, bool& failed) {
  if (!state.source) return "no Source";
  values::Symbols symbols;
  auto const read = read_one(opened, state, symbols);
  tell(read.errors);
  failed = failed || !read.errors.empty();
  auto const& releases = read.evidence.releases[*state.source];
  return releases.empty() ? "" : fmt::format("{}", releases.front().table.rows);
}

ExitCode list(Asked const& asked) {
  Opened const opened = open(asked);
  if (opened.code != ExitCode::done) return opened.code;
  std::vector<Row> rows = {{"source", "release", "released", "rows", "sha256", "file"}};
  bool failed = false;
  for (ReleaseState const& state : release_states(opened.manifest, opened.vocabulary)) {
    evidence::ReleaseEntry const& entry = state.entry;
    rows.push_back({entry.source, entry.name, entry.released ? values::write_date(*entry.released) : "",
                    rows_of(opened, state, failed), std::string(words(state.pin)), state.path});
    failed = failed || state.pin == ReleaseState::Pin::differs || state.pin == ReleaseState::Pin::file_missing;
  }
  out("{}", table_text(rows));
  return failed ? ExitCode::world : ExitCode::done;
}

// The newest release of the Source, or the one that was asked for.
std::optional<ReleaseState> chosen(std::vector<ReleaseState> const& states, Asked const& asked) {
  std::optional<ReleaseState> best;
  std::vector<std::string> names;
  for (ReleaseState const& state : states) {
    if (state.entry.source != grammar::name_key(asked.source)) {
      names.push_back(state.entry.source);
    } else if (asked.release.empty() ? !best || best->entry.released <= state.entry.released
                                     : state.entry.name == asked.release) {
      best = state;
    }
  }
  if (best) return best;
  std::string const near = grammar::nearest(grammar::name_key(asked.source), names);
  say(asked.release.empty() ? fmt::format("the manifest has no release of `{}`{}", asked.source,
                                          near.empty() ? "" : fmt::format("; did you mean `{}`?", near))
                            : fmt::format("the manifest has no release `{}` of `{}`", asked.release, asked.source));
  return std::nullopt;
}

ExitCode show(Asked const& asked) {
  Opened const opened = open(asked);
  if (opened.code != ExitCode::done) return opened.code;
  auto const state = chosen(release_states(opened.manifest, opened.vocabulary), asked);
  if (!state) return ExitCode::usage;
  if (!state->source) {
    say(fmt::format("no vocabulary of the workspace declares the Source `{}`", asked.source));
    return ExitCode::usage;
  }
  values::Symbols symbols;
  auto const read = read_one(opened, *state, symbols);
  tell(read.errors);
  if (!read.errors.empty() || read.evidence.releases[*state->source].empty()) return ExitCode::world;
  tell(read.evidence.warnings);
  out("{}", release_text({read.evidence.releases[*state->source].front(), opened.vocabulary, symbols}, asked.key));
  return ExitCode::done;
}

ExitCode pin(Asked const& asked) {
  Opened const opened = open(asked);
  if (opened.code != ExitCode::done) return opened.code;
  auto const states = release_states(opened.manifest, opened.vocabulary);
  std::vector<Pin> pins;
  bool failed = false;
  for (ReleaseState const& state : states) {
    std::string const name = fmt::format("{} ({})", state.entry.source, state.entry.name);
    if (state.pin == ReleaseState::Pin::file_missing) {
      say(fmt::format("{}: `{}` cannot be read, so it is not pinned", name, state.path));
      failed = true;
    } else if (state.pin == ReleaseState::Pin::differs && !asked.replace) {
      say(
          fmt::format("{}: `{}` is not the file that was pinned\n  pinned: {}\n  now:    {}\n"
                      "  = help: --replace pins what is there now",
                      name, state.path, state.entry.sha256, state.sha256));
      failed = true;
    } else if (state.pin != ReleaseState::Pin::fits) {
      pins.push_back({state.entry.line, state.sha256});
      out("{}: {}\n", name, state.sha256);
    }
  }
  if (auto const trouble = write_pins(opened.manifest, pins)) {
    say(trouble->message);
    return ExitCode::world;
  }
  talk("{} pinned, {} already\n", counted(pins.size(), "release"),
       std::count_if(states.begin(), states.end(),
                     [](ReleaseState const& state) { return state.pin == ReleaseState::Pin::fits; }));
  return failed ? ExitCode::world : ExitCode::done;
}

ExitCode stale(Asked const& asked) {
  auto const date = asked.date.empty() ? std::optional(today()) : date_or_say("--date", asked.date);
  auto const oldest = asked.older_than.empty() ? std::nullopt : read_age(asked.older_than);
  if (!oldest && !asked.older_than.empty()) {
    say(fmt::format("--older-than: `{}` is no length of time\n  = help: write it as \"18 months\"", asked.older_than));
  }
  if (!date || (!oldest && !asked.older_than.empty())) return ExitCode::usage;
  Opened const opened = open(asked);
  if (opened.code != ExitCode::done) return opened.code;
  auto const all = stale_releases(release_states(opened.manifest, opened.vocabulary), *date, oldest);
  auto const count = [&](Stale::Why why) {
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](Stale const& one) { return one.why == why; }));
  };
  std::vector<Row> rows = {{"source", "release", "released", "what", "file"}};
  for (Stale const& one : all) {
    evidence::ReleaseEntry const& entry = one.state.entry;
    rows.push_back({entry.source, entry.name, entry.released ? values::write_date(*entry.released) : "", one.words,
                    one.state.path});
  }
  if (!all.empty()) out("{}", table_text(rows));
  talk("as of {}: {} changed, {} too old, {} replaced\n", values::write_date(*date), count(Stale::Why::changed),
       count(Stale::Why::old), count(Stale::Why::replaced));
  if (count(Stale::Why::changed) > 0) return ExitCode::world;
  return asked.strict && count(Stale::Why::old) > 0 ? ExitCode::findings : ExitCode::done;
}

void declare_both(Options& options, Asked& asked) {
  options.value("--workspace", asked.workspace, "The workspace (default: the nearest upward)");
  options.value("--evidence", asked.evidence, "A manifest, or a folder of released files (default: the workspace's)");
}

Verb list_releases() {
  return {"list", "Every release: its file, its rows, whether it is pinned", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            declare_both(options, *asked);
            return [asked] { return list(*asked); };
          }};
}

Verb show_release() {
  return {"show", "The first rows of a Source as they are read, with what its marks mean", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("SOURCE", asked->source, "The Source's name", Need::required);
            options.value("--release", asked->release, "Which release (default: the newest)");
            options.value("--key", asked->key, "Only rows with this code or word as a key");
            declare_both(options, *asked);
            return [asked] { return show(*asked); };
          }};
}

Verb pin_releases() {
  return {"pin", "Writes the sha256 of every file into the manifest", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.flag("--replace", asked->replace, "Also where another one is pinned");
            declare_both(options, *asked);
            return [asked] { return pin(*asked); };
          }};
}

Verb find_stale() {
  return {"stale", "Releases that changed, that a newer one replaces, or that are old", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("--older-than", asked->older_than,
                          "How old the newest release of a source may be, such as \"18 months\" (default: any age)");
            options.value("--date", asked->date, "As of this day (default: today)");
            options.flag("--strict", asked->strict, "Exit code 1 when the newest release of a source is too old");
            declare_both(options, *asked);
            return [asked] { return stale(*asked); };
          }};
}

}  // namespace

Verb evidence_verb() {
  return {"evidence", "Looks at released tables", {}, {list_releases(), show_release(), pin_releases(), find_stale()}};
}

}  // namespace waymark::commands
