// A policy over time: one Program between any two dates on which a block comes into force or ends.
#include "engine/check/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/check/checker.hpp"
#include "engine/check/past_rows.hpp"
#include "engine/check/said_once.hpp"
#include "engine/check/whole_file.hpp"

namespace waymark::check {
namespace {

using grammar::Block;
using grammar::BlockKind;
using grammar::ClauseKind;
using grammar::Code;
using values::Date;

std::set<std::string> titles_of(std::vector<grammar::File const*> const& vocabularies) {
  std::set<std::string> out;
  for (auto const* file : vocabularies) {
    for (auto const& block : file->blocks) {
      if (block.kind == BlockKind::vocabulary) out.insert(block.name.key);
    }
  }
  return out;
}

bool is_faulty(Block const& block) { return block.faulty || block.kind == BlockKind::broken; }

// The Policy block; a second one is told of the first.
Block const* policy_block(grammar::File const& file, grammar::Diagnostics& diagnostics) {
  Block const* out = nullptr;
  for (auto const& block : file.blocks) {
    if (block.kind != BlockKind::policy) continue;
    if (out == nullptr) {
      out = &block;
      continue;
    }
    auto diagnostic = grammar::diagnose(Code::declared_twice, block.head, "A file holds one Policy",
                                        "Move this one and its blocks to a file of its own.");
    diagnostic.secondary.push_back({out->head, "the first one"});
    diagnostics.push_back(std::move(diagnostic));
  }
  if (out == nullptr && std::none_of(file.blocks.begin(), file.blocks.end(), is_faulty)) {
    diagnostics.push_back(grammar::diagnose(Code::policy_missing, {file.id, 0, 0}, "The file has no Policy block",
                                            "Begin it with `Policy: ` and the name of the policy."));
  }
  return out;
}

// Whether every vocabulary that the policy uses is there; each that is not is said once.
bool has_vocabularies(Block const& policy, std::set<std::string> const& titles, grammar::Diagnostics& diagnostics) {
  bool all = true;
  for (auto const& clause : policy.clauses) {
    auto const* names = std::get_if<grammar::Names>(&clause.body);
    if (clause.kind != ClauseKind::uses || names == nullptr) continue;
    for (auto const& name : names->names) {
      if (titles.contains(name.key)) continue;
      all = false;
      diagnostics.push_back(grammar::diagnose(
          Code::unknown_vocabulary, name.span, fmt::format("The workspace has no vocabulary `{}`", name.text),
          "Add its file to `vocabularies` in waymark.toml. What the policy takes from it is not checked."));
    }
  }
  return all;
}

// Sources that the program reads, directly or as a list, ascending.
void sources_read(Program& program) {
  std::set<vocabulary::SourceId> used;
  auto const use = [&](ListUse const& list) {
    if (list.of == ListUse::Of::source) used.insert(static_cast<vocabulary::SourceId>(list.which));
  };
  for (auto const& value : program.values) {
    auto const* lookup = std::get_if<SourceLookup>(&value.node);
    if (lookup == nullptr) continue;
    used.insert(lookup->source);
    for (auto const& key : lookup->keys) {
      if (key.list) use(*key.list);
    }
  }
  for (auto const& condition : program.conditions) {
    if (auto const* in = std::get_if<InList>(&condition.node)) use(in->list);
  }
  for (auto const& range : program.ranges) {
    if (range.of == Range::Of::source_list) used.insert(static_cast<vocabulary::SourceId>(range.which));
  }
  for (auto const& list : program.lists) used.insert(list.source);
  program.sources.assign(used.begin(), used.end());
}

// Without a period the policy is read on the last day that any of its thresholds begins.
Extent assumed_period(grammar::File const& policy) {
  Extent out{values::date_of(2000, 1, 1), std::nullopt};
  for (auto const& block : policy.blocks) {
    for (auto const& clause : block.clauses) {
      auto const* row = std::get_if<grammar::ThresholdRow>(&clause.body);
      auto const from = row == nullptr ? std::nullopt : values::read_date(row->period.from);
      if (from) out.from = std::max(out.from, *from);
    }
  }
  return out;
}

std::set<std::string> forgiven_names(grammar::File const& policy, std::vector<Block> const& thresholds,
                                     CheckedVocabulary const& words) {
  auto out = words.faulty;
  for (auto const* blocks : {&policy.blocks, &thresholds}) {
    for (auto const& block : *blocks) {
      if (block.kind == BlockKind::broken && !block.name.empty()) out.insert(block.name.key);
    }
  }
  return out;
}

// What is wrong in several epochs is said once.
void add_new(grammar::Diagnostics const& more, grammar::Diagnostics& all) {
  auto const before = all.size();
  for (auto const& diagnostic : more) {
    auto const end = all.begin() + static_cast<std::ptrdiff_t>(before);
    bool const told = std::any_of(all.begin(), end, [&](grammar::Diagnostic const& other) {
      return other.code == diagnostic.code && other.primary.span == diagnostic.primary.span;
    });
    if (!told) all.push_back(diagnostic);
  }
}

// Each message stands under the citation of its block.
void add_headings(grammar::File const& file, grammar::Diagnostics& diagnostics) {
  for (auto& diagnostic : diagnostics) {
    auto const place = diagnostic.primary.span;
    if (place.file != file.id || !diagnostic.heading.empty()) continue;
    for (auto const& block : file.blocks) {
      bool const inside = block.span.begin <= place.begin && place.begin <= block.span.end;
      if (inside && block.citation) diagnostic.heading = block.citation->text;
    }
  }
}

void run_epochs(Setting const& setting, Checked& out) {
  std::vector<grammar::File const*> layers;
  for (auto const& layer : setting.layers.all) layers.push_back(layer.file);
  for (auto const& epoch : epochs_of(setting.policy, layers, setting.period)) {
    Checker checker(setting, epoch);
    auto program = checker.run();
    sources_read(*program);
    add_new(checker.diagnostics(), out.diagnostics);
    out.epochs.push_back({epoch.from, epoch.through, std::move(program)});
  }
}

void check_policy(grammar::Sources const& sources, grammar::File const& policy, CheckedVocabulary const& words,
                  std::vector<Block> const& thresholds, Layers const& layers, Block const& head, Checked& out) {
  auto const period = period_of_policy(head, out.diagnostics);
  Setting const setting{sources,
                        policy,
                        words,
                        thresholds,
                        layers,
                        period.value_or(assumed_period(policy)),
                        period.has_value(),
                        forgiven_names(policy, thresholds, words)};
  check_periods(policy, setting.period, out.diagnostics);
  check_clauses_once(policy, out.diagnostics);
  run_epochs(setting, out);
  say_once(sources, out.diagnostics);
  if (setting.period_is_known) check_past_rows(policy, setting.period, out.epochs, out.diagnostics);
  check_unused(sources, policy, setting.period, out.diagnostics);
}

}  // namespace

std::optional<std::size_t> Checked::epoch_on(Date date) const {
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    auto const& epoch = epochs[i];
    if (epoch.from <= date && (!epoch.through || date <= *epoch.through)) return i;
  }
  return std::nullopt;
}

Program const* Checked::on(Date date) const {
  auto const epoch = epoch_on(date);
  return epoch ? epochs[*epoch].program.get() : nullptr;
}

Checked check(grammar::Sources const& sources, grammar::File const& policy,
              std::vector<grammar::File const*> const& vocabularies, std::vector<Block> const& thresholds,
              Layers const& layers) {
  Checked out;
  auto words = check_vocabularies(sources, vocabularies);
  auto const* head = policy_block(policy, out.diagnostics);
  bool const there = head != nullptr && has_vocabularies(*head, titles_of(vocabularies), out.diagnostics);
  // With a vocabulary missing or unclear, whatever a name may mean by it is not judged.
  if (there && !words.unclear) check_policy(sources, policy, words, thresholds, layers, *head, out);
  add_headings(policy, out.diagnostics);
  out.diagnostics.insert(out.diagnostics.end(), words.diagnostics.begin(), words.diagnostics.end());
  grammar::sort(out.diagnostics);
  bool faulty = policy.faulty || std::any_of(policy.blocks.begin(), policy.blocks.end(), is_faulty);
  for (auto const* file : vocabularies) {
    faulty = faulty || file->faulty || std::any_of(file->blocks.begin(), file->blocks.end(), is_faulty);
  }
  if (grammar::has_errors(out.diagnostics) || faulty) out.epochs.clear();
  return out;
}

}  // namespace waymark::check
