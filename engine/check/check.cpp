// A policy over time: one Program between any two dates on which a block comes into force or ends.
#include "engine/check/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/check/checker.hpp"

namespace waymark::check {
namespace {

using grammar::Block;
using grammar::BlockKind;
using grammar::ClauseKind;
using grammar::Code;
using values::Date;

struct Period {
  std::optional<Date> from, through;
  grammar::Span span;
};

class Periods {
 public:
  explicit Periods(grammar::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  std::optional<Period> of(Block const& block) {
    for (auto const& clause : block.clauses) {
      auto const* range = std::get_if<grammar::DateRange>(&clause.body);
      if (clause.kind != ClauseKind::in_force || range == nullptr) continue;
      Period out{values::read_date(range->from), values::read_date(range->through), range->span};
      bool const bad_from = !range->from.empty() && !out.from;
      bool const bad_through = !range->through.empty() && !out.through;
      if (bad_from || bad_through) {
        diagnostics_.push_back(grammar::diagnose(
            Code::not_a_day, range->span,
            fmt::format("`{}` is not a day of the calendar", bad_from ? range->from : range->through)));
      } else if (out.from && out.through && *out.through < *out.from) {
        diagnostics_.push_back(grammar::diagnose(Code::period_backwards, range->span,
                                                 "This period ends before it begins", "Exchange the two dates."));
      } else {
        return out;
      }
    }
    return std::nullopt;
  }

 private:
  grammar::Diagnostics& diagnostics_;
};

// Several blocks of one name must follow each other: a day without one is a day on which the policy cannot be read.
void gaps(std::map<std::string, std::vector<std::pair<Block const*, Period>>>& by_name, Period const& policy,
          grammar::Diagnostics& diagnostics) {
  for (auto& [name, blocks] : by_name) {
    if (blocks.size() < 2) continue;
    std::stable_sort(blocks.begin(), blocks.end(), [](auto const& a, auto const& b) {
      return a.second.from.value_or(Date{INT32_MIN}) < b.second.from.value_or(Date{INT32_MIN});
    });
    for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
      auto const& end = blocks[i].second.through;
      auto const& next = blocks[i + 1].second.from;
      if (!end || !next || values::add_days(*end, 1) >= *next) continue;
      if (policy.from && *next <= *policy.from) continue;
      auto diagnostic = grammar::diagnose(
          Code::not_in_force_then, blocks[i + 1].first->name.span,
          fmt::format("`{}` is not in force from {} through {}", blocks[i].first->name.text,
                      values::write_date(values::add_days(*end, 1)), values::write_date(values::add_days(*next, -1))),
          "Let the blocks of one name follow each other.");
      diagnostic.secondary.push_back({blocks[i].first->name.span, "the block before it"});
      diagnostics.push_back(std::move(diagnostic));
    }
  }
}

std::set<std::string> titles_of(std::vector<grammar::File const*> const& vocabularies) {
  std::set<std::string> out;
  for (auto const* file : vocabularies) {
    for (auto const& block : file->blocks) {
      if (block.kind == BlockKind::vocabulary) out.insert(grammar::name_key(block.name.text));
    }
  }
  return out;
}

struct Head {
  Block const* policy = nullptr;
  bool all_vocabularies = true;
};

// The Policy block, and whether every vocabulary that it uses is there; each that is not is said once.
Head head_of(grammar::File const& file, std::vector<grammar::File const*> const& vocabularies,
             grammar::Diagnostics& diagnostics) {
  Head head;
  auto const titles = titles_of(vocabularies);
  for (auto const& block : file.blocks) {
    if (block.kind != BlockKind::policy) continue;
    if (head.policy != nullptr) {
      diagnostics.push_back(grammar::diagnose(Code::declared_twice, block.head, "A file holds one Policy",
                                              "Move this one and its blocks to a file of its own."));
      continue;
    }
    head.policy = &block;
    for (auto const& clause : block.clauses) {
      auto const* names = std::get_if<grammar::Names>(&clause.body);
      if (clause.kind != ClauseKind::uses || names == nullptr) continue;
      for (auto const& name : names->names) {
        if (titles.contains(name.key)) continue;
        head.all_vocabularies = false;
        auto const near = grammar::nearest(name.key, {titles.begin(), titles.end()});
        auto diagnostic = grammar::diagnose(
            Code::unknown_vocabulary, name.span, fmt::format("The workspace has no vocabulary `{}`", name.text),
            near.empty()
                ? "Add its file to `vocabularies` in waymark.toml. What the policy takes from it is not checked."
                : fmt::format("Did you mean `{}`?", near));
        if (!near.empty()) diagnostic.edit = grammar::Edit{name.span, near};
        diagnostics.push_back(std::move(diagnostic));
      }
    }
  }
  return head;
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

}  // namespace

Program const* Checked::on(Date date) const {
  for (auto const& epoch : epochs) {
    if (epoch.from <= date && (!epoch.through || date <= *epoch.through)) return epoch.program.get();
  }
  return nullptr;
}

Checked check(grammar::Sources const& sources, grammar::File const& policy,
              std::vector<grammar::File const*> const& vocabularies, std::vector<Block> const& thresholds) {
  Checked out;
  auto words = check_vocabularies(sources, vocabularies);
  auto const vocabulary_faults = grammar::has_errors(words.diagnostics);
  auto const head = head_of(policy, vocabularies, out.diagnostics);
  if (head.policy == nullptr) {
    auto const broken = std::any_of(policy.blocks.begin(), policy.blocks.end(),
                                    [](Block const& block) { return block.faulty || block.kind == BlockKind::broken; });
    if (!broken) {
      out.diagnostics.push_back(grammar::diagnose(Code::policy_missing, {policy.id, 0, 0},
                                                  "The file has no Policy block",
                                                  "Begin it with `Policy: ` and the name of the policy."));
    }
    return out;
  }
  Periods periods(out.diagnostics);
  auto const period = periods.of(*head.policy);
  if (!period || !period->from) {
    if (!head.policy->faulty && !grammar::has_errors(out.diagnostics)) {
      auto diagnostic = grammar::diagnose(Code::in_force_needed, head.policy->head,
                                          "The policy does not say from when it is in force",
                                          "Add a line: `In force: from 2024-07-01`.");
      diagnostic.edit = grammar::Edit{{head.policy->head.file, head.policy->head.end, head.policy->head.end},
                                      "\n  In force: from 2024-07-01"};
      out.diagnostics.push_back(std::move(diagnostic));
    }
    return out;
  }
  // With a vocabulary missing or broken, whatever a name may come from it for is not said again.
  if (!head.all_vocabularies || vocabulary_faults) return out;

  std::set<Date> boundaries{*period->from};
  std::map<std::string, std::vector<std::pair<Block const*, Period>>> by_name;
  for (auto const& block : policy.blocks) {
    if (&block == head.policy || block.kind == BlockKind::note || block.kind == BlockKind::example) continue;
    auto const own = periods.of(block).value_or(Period{});
    if (!block.name.empty() && block.kind != BlockKind::decision) by_name[block.name.key].emplace_back(&block, own);
    auto const inside = [&](Date date) {
      return date > *period->from && (!period->through || date <= *period->through);
    };
    if (own.from && inside(*own.from)) boundaries.insert(*own.from);
    if (own.through && inside(values::add_days(*own.through, 1))) boundaries.insert(values::add_days(*own.through, 1));
  }
  gaps(by_name, *period, out.diagnostics);

  std::set<std::string> forgiven;
  for (auto const& block : policy.blocks) {
    if (block.kind == BlockKind::broken && !block.name.empty()) forgiven.insert(block.name.key);
  }
  for (auto at = boundaries.begin(); at != boundaries.end(); ++at) {
    Checker checker(sources, policy, words.vocabulary, thresholds, *at, forgiven);
    auto program = checker.run();
    auto const next = std::next(at);
    program->through = next == boundaries.end() ? period->through : std::optional(values::add_days(*next, -1));
    sources_read(*program);
    out.diagnostics.insert(out.diagnostics.end(), checker.diagnostics().begin(), checker.diagnostics().end());
    out.epochs.push_back({*at, program->through, std::move(program)});
  }
  grammar::sort(out.diagnostics);
  bool const faulty = std::any_of(policy.blocks.begin(), policy.blocks.end(),
                                  [](Block const& block) { return block.faulty || block.kind == BlockKind::broken; });
  if (grammar::has_errors(out.diagnostics) || faulty) out.epochs.clear();
  return out;
}

}  // namespace waymark::check
