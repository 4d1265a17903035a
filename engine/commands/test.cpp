// `waymark test`: every Example of a policy, against what it expects.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "engine/commands/coverage.hpp"
#include "engine/commands/example_run.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/verbs.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  std::vector<std::string> files;
  std::string workspace;
  bool coverage = false;
  bool full = false;
};

struct Totals {
  std::size_t examples = 0;
  std::size_t failed = 0;
  std::size_t not_tested = 0;   ///< policies with errors
  std::size_t not_covered = 0;  ///< policies of which something is tried by no example
};

std::string indented(std::string const& text) {
  std::string result;
  bool at_start = true;
  for (char const c : text) {
    if (at_start && c != '\n') result += "    ";
    result += c;
    at_start = c == '\n';
  }
  return result.ends_with('\n') || result.empty() ? result : result + "\n";
}

// A failed example takes about twelve lines, however much differs: a clerk reads it, and `--full` has the rest.
constexpr std::size_t kMostDifferences = 4;
constexpr std::size_t kMostReasons = 4;

void print_some(std::vector<std::string> const& lines, std::size_t most, std::string_view before) {
  // One more is shown rather than counted.
  std::size_t const shown = lines.size() <= most + 1 ? lines.size() : most;
  for (std::size_t i = 0; i < shown; ++i) out("{}{}\n", before, lines[i]);
  if (shown < lines.size()) out("{}and {} more\n", before, lines.size() - shown);
}

// What differs, then why it came so, each reason once.
void print_failure(ExampleRun& run, std::vector<Unfulfilled> const& failures, grammar::Sources const& sources,
                   bool full) {
  check::Example const& example = run.example();
  out("{}:{}: failed: {}\n", sources[example.span.file].path, sources.place(example.span.file, example.span.begin).line,
      example.title);
  std::vector<std::string> differ;
  std::vector<std::string> reasons;
  for (Unfulfilled const& failure : failures) {
    differ.push_back(failure.of.empty()
                         ? fmt::format("expected: {}\n  came:     {}", failure.expected, failure.came)
                         : fmt::format("{}: expected {}, came {}", failure.of, failure.expected, failure.came));
    for (std::string const& reason : failure.because) {
      if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
    }
  }
  if (full && run.decides()) reasons.clear();
  print_some(differ, kMostDifferences, "  ");
  if (!reasons.empty()) out("  because:\n");
  print_some(reasons, kMostReasons, "    - ");
  if (full && run.decides()) out("{}", indented(explain::full_text(run.subject())));
}

void run_policy(Policy const& policy, grammar::Sources const& sources, Asked const& asked, Totals& totals) {
  std::set<grammar::FileId> layers;
  for (auto const& layer : policy.layers) layers.insert(layer->id);
  Coverage coverage(std::move(layers));
  for (check::Epoch const& epoch : policy.checked.epochs) coverage.expect(*epoch.program);
  // Each example stands in the program that is in force on its date.
  for (check::Epoch const& epoch : policy.checked.epochs) {
    for (check::Example const& example : epoch.program->examples) {
      ++totals.examples;
      ExampleRun run(*epoch.program, example);
      if (auto const failures = run.unfulfilled(); !failures.empty()) {
        ++totals.failed;
        print_failure(run, failures, sources, asked.full);
      }
      if (asked.coverage) coverage.add(run);
    }
    if (asked.coverage) coverage.negate(*epoch.program);
  }
  if (!asked.coverage) return;
  coverage.finish();
  if (!coverage.is_whole()) ++totals.not_covered;
  out("{}: {}", policy.path, coverage.text(sources));
}

ExitCode test(Asked asked) {
  // `waymark test rules`: a folder stands for all policies of its workspace.
  if (asked.files.size() == 1 && asked.workspace.empty() && is_folder(asked.files.front())) {
    asked.workspace = asked.files.front();
    asked.files.clear();
  }
  auto rulebook = open_or_say(asked.workspace, asked.files.empty() ? "" : asked.files.front());
  if (!rulebook) return ExitCode::unreadable;
  if (Found{rulebook->workspace_faults, {}}.has_errors()) {
    tell(rulebook->workspace_faults);
    return ExitCode::unreadable;
  }
  auto const files = targets(asked.files, rulebook->workspace);
  if (!files) return ExitCode::usage;
  ExitCode code = ExitCode::done;
  Totals totals;
  for (std::string const& path : files->policies) {
    if (auto const policy = load_to_decide(*rulebook, path)) {
      run_policy(*policy, rulebook->sources, asked, totals);
    } else {
      code = ExitCode::unreadable;
      ++totals.not_tested;
    }
  }
  if (totals.not_tested > 0)
    out("{} not tested: nothing can be decided by a policy with errors\n", counted(totals.not_tested, "policy file"));
  if (totals.failed > 0 && !asked.full)
    talk("waymark: `waymark test --full` shows all on which a failed example rests\n");
  out("{}, {} failed\n", counted(totals.examples, "example"), totals.failed);
  if (code != ExitCode::done) return code;
  return totals.failed > 0 || totals.not_covered > 0 ? ExitCode::findings : ExitCode::done;
}

}  // namespace

Verb test_verb() {
  return {
      "test", "Runs the examples of policies", [](Options& options) -> Run {
        auto const asked = std::make_shared<Asked>();
        options.values("FILE", asked->files, "Policies, or the folder of a workspace (default: all of the workspace)");
        options.value("--workspace", asked->workspace, "The workspace (default: the nearest upward)");
        options.flag("--coverage", asked->coverage, "Say what the examples never try; exit code 1 when there is any");
        options.flag("--full", asked->full, "Of a failed example, show all on which it rests");
        return [asked] { return test(*asked); };
      }};
}

}  // namespace waymark::commands
