// The bodies of blocks, one after the other; here those of Criteria and Groups.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::BlockKind;
using grammar::ClauseKind;

Checker::Checker(Setting const& setting, Extent epoch)
    : setting_(setting),
      sources_(setting.sources),
      policy_(setting.policy),
      epoch_(epoch),
      forgiven_(setting.forgiven),
      program_(std::make_shared<Program>()) {
  program_->vocabulary = setting.words.vocabulary;
  program_->from = epoch.from;
  program_->through = epoch.through;
}

std::shared_ptr<Program> Checker::run() {
  open_scopes();
  for (auto const& block : policy_.blocks) {
    if (block.kind == BlockKind::policy) policy_head(block);
  }
  declare_fields();
  collect_heads();
  bodies();
  circles();
  asked_of_layers();
  lost_items(program());
  // What a layer is warned of it is warned of when it is checked itself.
  std::erase_if(diagnostics_, [&](grammar::Diagnostic const& one) {
    return one.severity == grammar::Severity::warning && scope_of(one.primary.span) != 0;
  });
  return program_;
}

void Checker::bodies() {
  // Groups first: conditions count them. Lists next: conditions ask whether something is on them.
  for (GroupId id = 0; id < group_blocks_.size(); ++id) group(id);
  for (WaiverId id = 0; id < waiver_blocks_.size(); ++id) waiver(id);
  for (ListId id = 0; id < list_blocks_.size(); ++id) list_subject(id);
  for (FigureId id = 0; id < figure_blocks_.size(); ++id) figure(id);
  for (ThresholdId id = 0; id < threshold_blocks_.size(); ++id) threshold(id);
  for (CriterionId id = 0; id < criterion_blocks_.size(); ++id) criterion(id);
  for (ListId id = 0; id < list_blocks_.size(); ++id) list(id);
  for (auto const& block : policy_.blocks) {
    if (block.kind == BlockKind::decision && in_force(block)) decision(block);
  }
  reports();
  examples();
}

// Blocks stand in the file's order and do not overlap.
Checker::Block const* Checker::block_at(Span span) const {
  auto const& blocks = policy_.blocks;
  auto const after = std::upper_bound(blocks.begin(), blocks.end(), span.begin,
                                      [](std::uint32_t at, Block const& block) { return at < block.span.begin; });
  if (span.file != policy_.id || after == blocks.begin()) return nullptr;
  auto const& block = *std::prev(after);
  return span.end <= block.span.end ? &block : nullptr;
}

Checker::Block const* Checker::policy_block() const {
  auto const found = std::find_if(policy_.blocks.begin(), policy_.blocks.end(),
                                  [](Block const& block) { return block.kind == BlockKind::policy; });
  return found == policy_.blocks.end() ? nullptr : &*found;
}

Citation Checker::citation_of(Block const& block) const { return citation_of(block.citation, {}); }

Citation Checker::citation_of(std::optional<grammar::Citation> const& own, Citation const& heading) const {
  return own ? Citation{own->text, own->illustrative} : heading;
}

void Checker::note_illustrative(Citation const& citation, std::string const& name) {
  auto& names = program().illustrative;
  if (citation.illustrative && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

void Checker::group_entry(GroupId id, Block const& block, Clause const& clause, std::map<CriterionId, Span>& seen) {
  auto const& name = std::get<grammar::Names>(clause.body).names.front();
  auto const named = entity_of(name);
  if (!named && is_replaced_here(name.key)) return;
  if (forgiven_.contains(name.key) && (!named || named->what != Named::criterion)) {
    forgiven_.insert(block.name.key);  // its size is not known, so counts over it are not judged
  } else if (!named) {
    unknown(grammar::Path{{name}, name.span}, "criterion");
    forgiven_.insert(block.name.key);
  } else if (named->what != Named::criterion) {
    auto& diagnostic = report(Code::not_a_criterion, name.span, fmt::format("`{}` is no criterion", name.text),
                              "A group holds criteria, one a line.");
    diagnostic.secondary.push_back({named->span, "declared here"});
    diagnostic.about = {about("kind", name.key)};
    forgiven_.insert(block.name.key);
  } else if (auto const [at, fresh] = seen.emplace(named->index, name.span); !fresh) {
    auto& diagnostic = report(Code::listed_twice, name.span,
                              fmt::format("`{}` stands twice in the group `{}`", name.text, block.name.text),
                              "Leave one of them out.");
    diagnostic.secondary.push_back({at->second, "the first one"});
    auto const line = sources_[name.span.file].text.rfind('\n', clause.span.begin);
    auto const begin = line == std::string::npos ? clause.span.begin : static_cast<std::uint32_t>(line);
    diagnostic.edit = grammar::Edit{{name.span.file, begin, clause.span.end}, ""};
  } else {
    program().groups[id].criteria.push_back(as_one(criteria_named(*named, path_of(name)), name));
  }
}

void Checker::group(GroupId id) {
  auto const& block = *group_blocks_[id];
  InScope const in(*this, block);
  std::map<CriterionId, Span> seen;
  for (auto const& clause : block.clauses) {
    auto const* names = std::get_if<grammar::Names>(&clause.body);
    if (clause.kind == ClauseKind::entry && names != nullptr && !names->names.empty()) {
      group_entry(id, block, clause, seen);
    }
  }
  // Of a layer everything in it may have been replaced.
  if (seen.empty() && scope_ == 0 && !block.faulty && !forgiven_.contains(block.name.key)) {
    report(Code::empty_block, block.name.span, fmt::format("The group `{}` has no criteria", block.name.text),
           "Write one criterion a line below it.");
    forgiven_.insert(block.name.key);
  }
}

void Checker::to_fix(Criterion& made, grammar::Text const& text) {
  made.to_fix = text;
  for (auto const& shown : text.shown) {
    auto const found = find(shown, {});
    if (found.value == kNone && !found.reported) {
      auto& diagnostic =
          report(Code::wrong_kind, shown.span, fmt::format("`{}` has no value to show", grammar::print(shown)),
                 "A fact, a Figure or a Threshold can be shown.");
      diagnostic.secondary.push_back({found.entity.span, "declared here"});
    }
    made.to_fix_values.push_back(found.value);
  }
}

// `Not coverable: …` speaks of the condition above it; kNone: one that could not be read.
void Checker::not_coverable(Clause const& clause, std::optional<ConditionId> above) {
  auto const* text = std::get_if<grammar::Text>(&clause.body);
  if (text == nullptr || (above && *above == kNone)) return;
  if (!above) {
    report(Code::clause_not_here, clause.span, "`Not coverable` stands under no condition",
           "Move it below the condition that no example can try.");
    return;
  }
  program().not_coverable.push_back({*above, kNone, text->text, clause.span});
}

void Checker::criterion(CriterionId id) {
  auto const& block = *criterion_blocks_[id];
  InScope const in(*this, block);
  auto made = program().criteria[id];
  made.citation = citation_of(block);
  made.span = block.name.span;
  made.test = kNone;
  note_illustrative(made.citation, made.shown);
  bool has_test = block.faulty;
  std::optional<ConditionId> above;
  for (auto const& clause : block.clauses) {
    if (auto const* text = std::get_if<grammar::Text>(&clause.body); text && clause.kind == ClauseKind::to_fix) {
      to_fix(made, *text);
    }
    if (clause.kind == ClauseKind::not_coverable) not_coverable(clause, above);
    auto const* node = std::get_if<grammar::Condition>(&clause.body);
    if (node == nullptr) continue;
    auto const read = condition(*node, {});
    above = read;
    if (clause.kind == ClauseKind::met_when || clause.kind == ClauseKind::not_met_when) {
      has_test = true;
      made.test = read;
      made.not_met_when = clause.kind == ClauseKind::not_met_when;
    }
    if (clause.kind == ClauseKind::waived_when) made.waived = read;
    if (clause.kind == ClauseKind::does_not_apply_when) made.exempt = read;
  }
  if (!has_test) {
    report(Code::empty_block, block.name.span, fmt::format("`{}` does not say when it is met", made.shown),
           "Add a line: `Met when: …`.");
  }
  waived_by(made, id);
  program().criteria[id] = std::move(made);
}

}  // namespace waymark::check
