// `waymark new`: a small workspace that works, to change into one's own.
#include <fmt/format.h>

#include <memory>
#include <string_view>

#include "engine/commands/embedded.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/verbs.hpp"

namespace waymark::commands {
namespace {

constexpr std::string_view kTexts = "fixtures/new/";

struct Asked {
  std::string folder;
};

ExitCode write_texts(std::string const& folder) {
  for (EmbeddedText const& text : embedded_texts()) {
    if (!text.path.starts_with(kTexts)) continue;
    std::string const path = path_in(folder, std::string(text.path.substr(kTexts.size())));
    auto failed = make_folder(folder_of(path));
    if (!failed) failed = write_file(path, text.text);
    if (failed) {
      say(failed->message);
      return ExitCode::world;
    }
    out("{}\n", path);
  }
  return ExitCode::done;
}

ExitCode make_workspace(Asked const& asked) {
  if (is_file(asked.folder)) {
    say(fmt::format("`{}` is a file: name a folder that is empty or not there yet", asked.folder));
    return ExitCode::usage;
  }
  if (has_entries(asked.folder)) {
    say(fmt::format("`{}` has files in it: name a folder that is empty or not there yet", asked.folder));
    return ExitCode::usage;
  }
  ExitCode const code = write_texts(asked.folder);
  if (code != ExitCode::done) return code;
  talk(
      "\nNow try:\n  cd {}\n  waymark check\n  waymark test\n"
      "  waymark review pathways.policy --submissions submissions.jsonl --date 2026-11-21 --format text\n",
      asked.folder);
  return ExitCode::done;
}

}  // namespace

Verb new_verb() {
  return {"new", "Writes a small workspace to begin with", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("DIR", asked->folder, "A folder that is empty or not there yet", Need::required);
            return [asked] { return make_workspace(*asked); };
          }};
}

}  // namespace waymark::commands
