// Makes a policy ready to decide.
#include "engine/commands/reviewer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "engine/cases/waived_values.hpp"
#include "engine/commands/environment.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/targets.hpp"

namespace waymark::commands {
namespace {

bool load(ReviewAsked const& asked, Reviewer& reviewer) {
  auto opened = open_or_say(asked.workspace, asked.policy);
  if (!opened) return false;
  reviewer.rulebook = std::move(*opened);
  auto policy = load_to_decide(reviewer.rulebook, asked.policy);
  if (policy) reviewer.policy = std::move(*policy);
  return policy.has_value();
}

// What the policy reads, and, where they are at hand, the tables and crosswalks by which codes of one edition are told
// from those of another.
std::vector<vocabulary::SourceId> wanted_sources(Reviewer const& reviewer, evidence::Manifest const& manifest) {
  std::set<vocabulary::SourceId> wanted;
  for (check::Epoch const& epoch : reviewer.epochs()) {
    wanted.insert(epoch.program->sources.begin(), epoch.program->sources.end());
  }
  auto const& vocabulary = reviewer.program().vocabulary;
  for (evidence::ReleaseEntry const& release : manifest.releases) {
    auto const id = vocabulary.source(release.source);
    if (!id || !is_file(path_in(manifest.folder, release.file))) continue;
    vocabulary::Source const& source = vocabulary.sources[*id];
    if (source.lists_all || source.is_edition_crosswalk()) wanted.insert(*id);
  }
  return {wanted.begin(), wanted.end()};
}

bool read_evidence(EvidenceAsked const& asked, Reviewer& reviewer) {
  auto const manifest = manifest_or_say(asked, reviewer.rulebook.workspace);
  if (!manifest) return false;
  auto const wanted = wanted_sources(reviewer, *manifest);
  auto evidence =
      evidence_or_say(*manifest, reviewer.program().vocabulary, wanted, reviewer.symbols, reviewer.rulebook.read);
  if (!evidence) return false;
  reviewer.evidence = std::move(*evidence);
  reviewer.evidence.known_on = asked.known_on;
  return true;
}

}  // namespace

void declare(Options& options, ReviewAsked& asked) {
  options.value("POLICY", asked.policy, "The policy, a .policy file", Need::required);
  options.value("--workspace", asked.workspace, "The workspace (default: the nearest upward from the policy)");
  options.value("--evidence", asked.evidence, "A manifest, or a folder of released files (default: the workspace's)");
  options.value("--date", asked.date, "The review date (default: what the submission says, else today)");
  options.value("--known-on", asked.known_on, "Use no evidence that was released after this day");
}

std::optional<review::Run> SpareRuns::take(std::size_t epoch) {
  std::lock_guard const lock(mutex_);
  auto const found = std::find_if(spare_.begin(), spare_.end(), [&](auto const& one) { return one.first == epoch; });
  if (found == spare_.end()) return std::nullopt;
  auto run = std::move(found->second);
  spare_.erase(found);
  return run;
}

void SpareRuns::give_back(std::size_t epoch, review::Run run) {
  std::lock_guard const lock(mutex_);
  spare_.emplace_back(epoch, std::move(run));
}

// Where the versions of a policy measure it in different units, nobody can say which of them was meant.
std::map<std::string, vocabulary::Type> Reviewer::waived() const {
  std::map<std::string, vocabulary::Type> out;
  std::set<std::string> unclear;
  for (check::Epoch const& epoch : epochs()) {
    for (check::Waiver const& waiver : epoch.program->waivers) {
      if (waiver.threshold == check::kNone) continue;
      auto const& type = epoch.program->thresholds[waiver.threshold].type;
      auto const [at, is_new] = out.emplace(waiver.name, type);
      if (!is_new && !(at->second == type)) unclear.insert(waiver.name);
    }
  }
  for (auto const& name : unclear) out.erase(name);
  return out;
}

cases::WaiverOnRecord Reviewer::with_value(cases::WaiverOnRecord waiver) const {
  auto const types = waived();
  auto const type = types.find(waiver.waiver);
  if (type == types.end() || waiver.value_text.empty()) return waiver;
  auto const steps = cases::read_waived_value(waiver.value_text, type->second, program().vocabulary);
  if (steps) waiver.value = *steps;
  return waiver;
}

Prepared prepare(ReviewAsked const& asked) {
  auto reviewer = std::make_unique<Reviewer>();
  reviewer->today = today();
  if (!asked.date.empty()) {
    reviewer->date = date_or_say("--date", asked.date);
    if (!reviewer->date) return {nullptr, ExitCode::usage};
  }
  EvidenceAsked evidence = {asked.evidence, std::nullopt};
  if (!asked.known_on.empty()) {
    evidence.known_on = date_or_say("--known-on", asked.known_on);
    if (!evidence.known_on) return {nullptr, ExitCode::usage};
  }
  if (!load(asked, *reviewer)) return {nullptr, ExitCode::unreadable};
  if (!read_evidence(evidence, *reviewer)) return {nullptr, ExitCode::world};
  for (check::Epoch const& epoch : reviewer->epochs()) {
    reviewer->plans.emplace_back(*epoch.program, reviewer->evidence, reviewer->symbols);
    reviewer->illustrative.emplace_back(*epoch.program);
  }
  return {std::move(reviewer), ExitCode::done};
}

std::string no_decision_words(Reviewer const& reviewer, std::string const& path) {
  if (!reviewer.program().lists.empty()) {
    return fmt::format("`{}` has no Decision: it lists, and `waymark list` runs it", path);
  }
  return fmt::format(
      "`{}` has neither a Decision nor a List, and reports nothing\n  = help: add a `Decision:` with the outcomes, "
      "each "
      "with its `when:`, and a last one `otherwise`; or a `List:`; or to the Policy `Reports:` with the names of "
      "Figures",
      path);
}

}  // namespace waymark::commands
