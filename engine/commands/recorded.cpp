// Blobs in the place of files.
#include "engine/commands/recorded.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>

#include "engine/commands/environment.hpp"
#include "engine/commands/recorded_release.hpp"
#include "engine/commands/report.hpp"

namespace waymark::commands {
namespace {

using values::Result;

constexpr std::size_t kMostAtOnce = 2048;

Result<ledger::Entry, Missing> entry_of_kind(ledger::Reader const& reader, std::uint64_t seq, std::string_view kind) {
  auto entry = reader.entry(seq);
  if (!entry) return values::failure(entry.error().message);
  if (!*entry || (*entry)->kind != kind) {
    return values::failure(fmt::format("the ledger has no entry of kind `{}` with the seq {}", kind, seq));
  }
  return **std::move(entry);
}

Result<std::string, values::WorldError> blob_or_missing(ledger::Reader const& reader, std::string const& sha256,
                                                        std::string const& name) {
  auto const hash = values::hash_of_hex(sha256);
  auto blob = hash ? reader.blob(*hash) : ledger::LedgerResult<std::optional<std::string>>();
  if (!blob) return values::failure(values::WorldError{blob.error().message});
  if (!*blob) {
    return values::failure(values::WorldError{fmt::format("the ledger does not hold `{}` ({})", name, sha256)});
  }
  return **std::move(blob);
}

struct RecordedRules {
  Workspace workspace;
  std::string policy;
  std::map<std::string, std::string> hashes;  // by path
};

RecordedRules rules_of(ledger::Body const& rule) {
  RecordedRules out;
  for (auto const& item : rule.items("files")) {
    ledger::Body const file(item);
    auto const path = file.text("path").value_or("");
    auto const role = file.text("role").value_or("");
    out.hashes.emplace(path, file.text("sha256").value_or(""));
    if (role == "policy") out.policy = path;
    if (role == "layer") out.workspace.policies.push_back(path);
    if (role == "vocabulary") out.workspace.vocabularies.push_back(path);
    if (role == "thresholds") out.workspace.thresholds.push_back(path);
  }
  return out;
}

// The first thing that is wrong with a text, in one line.
std::string first_words(grammar::Diagnostics const& diagnostics) {
  for (auto const& diagnostic : diagnostics) {
    if (diagnostic.severity == grammar::Severity::error) return diagnostic.message;
  }
  return "it holds no policy";
}

std::optional<Missing> load_rules(ledger::Reader const& reader, std::uint64_t seq, Reviewer& reviewer) {
  auto const entry = entry_of_kind(reader, seq, "rule");
  if (!entry) return entry.error();
  auto const rules = rules_of(ledger::Body(entry->body));
  auto const read = [&reader, hashes = rules.hashes](std::string const& path) {
    auto const found = hashes.find(path);
    return blob_or_missing(reader, found == hashes.end() ? "" : found->second, path);
  };
  auto rulebook = rulebook_of(rules.workspace, read);
  if (!rulebook) return rulebook.error().message;
  reviewer.rulebook = std::move(*rulebook);
  auto policy = load_policy(reviewer.rulebook, rules.policy);
  if (!policy) return policy.error().message;
  reviewer.policy = std::move(*policy);
  bool const faulty = grammar::has_errors(reviewer.policy.diagnostics) || reviewer.policy.checked.epochs.empty();
  if (faulty) {
    return fmt::format("this version of the program cannot read `{}` as it was: {}", rules.policy,
                       first_words(reviewer.policy.diagnostics));
  }
  return std::nullopt;
}

// Which entry each release is of: the one that says the same of it.
void name_entries(RecordedSetting const& setting, evidence::Manifest const& manifest, Reviewer& reviewer) {
  for (auto const& releases : reviewer.evidence.releases) {
    for (auto const& release : releases) {
      for (std::size_t i = 0; i < setting.evidence.size(); ++i) {
        auto const& entry = manifest.releases[i];
        bool const is_it = entry.source == release.entry.source && entry.name == release.entry.name &&
                           entry.released == release.entry.released && entry.sha256 == release.sha256;
        if (is_it) reviewer.release_entries[&release] = setting.evidence[i];
      }
    }
  }
}

}  // namespace

RecordedSetting RecordedSetting::of(ledger::Body const& decision) {
  RecordedSetting out;
  out.rule = static_cast<std::uint64_t>(decision.number("rule").value_or(0));
  out.evidence = decision.numbers("read");
  out.known_on = values::read_date(decision.text("known_on").value_or(""));
  return out;
}

std::optional<Missing> read_recorded_evidence(ledger::Reader const& reader, RecordedSetting const& setting,
                                              Reviewer& reviewer) {
  evidence::Manifest manifest;
  manifest.path = "the ledger";
  std::set<vocabulary::SourceId> wanted;
  for (auto const seq : setting.evidence) {
    auto const entry = entry_of_kind(reader, seq, "evidence");
    if (!entry) return entry.error();
    manifest.releases.push_back(release_entry_of(ledger::Body(entry->body)));
    auto const source = reviewer.program().vocabulary.source(manifest.releases.back().source);
    if (source) wanted.insert(*source);
  }
  auto const read = [&reader](std::string const& path) {
    auto const sha256 = path.substr(path.find_last_of('/') + 1);
    return blob_or_missing(reader, sha256, "an evidence file");
  };
  auto found = evidence::read_evidence(manifest, reviewer.program().vocabulary, {wanted.begin(), wanted.end()},
                                       reviewer.symbols, read);
  if (!found.errors.empty()) return found.errors.front().message;
  reviewer.evidence = std::move(found.evidence);
  reviewer.evidence.known_on = setting.known_on;
  name_entries(setting, manifest, reviewer);
  for (check::Epoch const& epoch : reviewer.epochs()) {
    reviewer.plans.emplace_back(*epoch.program, reviewer.evidence, reviewer.symbols);
    reviewer.illustrative.emplace_back(*epoch.program);
  }
  return std::nullopt;
}

Result<std::unique_ptr<Reviewer>, Missing> recorded_reviewer(ledger::Reader const& reader,
                                                             RecordedSetting const& setting) {
  auto reviewer = std::make_unique<Reviewer>();
  reviewer->today = today();
  if (auto const missing = load_rules(reader, setting.rule, *reviewer)) return values::failure(*missing);
  if (auto const missing = read_recorded_evidence(reader, setting, *reviewer)) return values::failure(*missing);
  return reviewer;
}

cases::Batch read_again(cases::Format format, std::string bytes, Reviewer& reviewer, grammar::DataDiagnostics* said) {
  auto const setting = reviewer.case_setting();
  auto const reader = cases::open(format, "the ledger", cases::pull_from(std::move(bytes)), setting);
  auto batch = cases::empty_batch(setting.record, setting.vocabulary);
  while (reader->read(batch, kMostAtOnce)) {
  }
  if (said != nullptr) *said = reader->take_diagnostics();
  return batch;
}

}  // namespace waymark::commands
