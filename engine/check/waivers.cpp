// Waivers: what one waives, where a criterion names it, and what an example states of it.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::ClauseKind;
using grammar::FactValue;

void Checker::head_of_waiver(Block const& block) {
  auto const id = static_cast<WaiverId>(program().waivers.size());
  auto const naming = this->naming(block);
  auto const [at, fresh] = scopes_[scope_].waivers.emplace(block.name.key, id);
  if (!fresh) {
    report(Code::declared_twice, block.name.span, fmt::format("`{}` is declared twice", block.name.text),
           "Give one of them another name.")
        .secondary.push_back({program().waivers[at->second].span, "the first one"});
  }
  program().waivers.push_back({naming.name, naming.shown, {}, citation_of(block), block.name.span});
  waiver_blocks_.push_back(&block);
}

void Checker::waiver(WaiverId id) {
  auto const& block = *waiver_blocks_[id];
  InScope const in(*this, block);
  bool waives = block.faulty;
  for (auto const& clause : block.clauses) {
    auto const* names = std::get_if<grammar::Names>(&clause.body);
    if (clause.kind != ClauseKind::waives || names == nullptr) continue;
    waives = true;
    for (auto const& name : names->names) {
      auto const named = entity(name.key, name.span);
      if (!named && is_replaced_here(name.key)) continue;
      if (named && named->what == Named::criterion) {
        for (auto const one : criteria_named(*named, grammar::Path{{name}, name.span})) {
          program().waivers[id].waives.push_back(one);
        }
      } else if (named && named->what == Named::threshold && !forgiven_.contains(name.key)) {
        not_yet(name.span, "A waiver of a threshold", "A waiver waives a criterion.");
      } else if (forgiven_.contains(name.key)) {
        unread_waivers_.insert(id);
      } else {
        auto& diagnostic =
            report(Code::not_a_criterion, name.span, fmt::format("`{}` is no criterion of this policy", name.text),
                   "A waiver waives a criterion.");
        if (named) diagnostic.secondary.push_back({named->span, "declared here"});
        diagnostic.about = {named ? about("kind", name.key) : about_name(name.key)};
        unread_waivers_.insert(id);
      }
    }
  }
  if (!waives) {
    report(Code::empty_block, block.name.span, fmt::format("`{}` does not say what it waives", block.name.text),
           "Add a line: `Waives: …`, with the name of a criterion.");
  }
}

// A waiver that is recorded for something else is none for this criterion.
void Checker::waived_by(Criterion const& made, CriterionId id) {
  if (made.waived == kNone || forgiven_.contains(made.name)) return;
  std::vector<std::pair<WaiverId, Span>> named;
  walk_condition(
      program(), made.waived, [](ValueId) {},
      [&](ConditionId inner) {
        auto const* waiver = std::get_if<WaiverInForce>(&program().conditions[inner].node);
        if (waiver != nullptr) named.emplace_back(waiver->waiver, program().conditions[inner].span);
      });
  for (auto const& [waiver_id, span] : named) {
    auto const& declared = program().waivers[waiver_id];
    bool const waives = std::find(declared.waives.begin(), declared.waives.end(), id) != declared.waives.end();
    auto const& block = *waiver_blocks_[waiver_id];
    auto const clause = std::find_if(block.clauses.begin(), block.clauses.end(),
                                     [](Clause const& c) { return c.kind == ClauseKind::waives; });
    bool const unread = block.faulty || declared.waives.empty() || unread_waivers_.contains(waiver_id);
    if (waives || clause == block.clauses.end() || unread) continue;
    auto& diagnostic =
        report(Code::waiver_of_another, span, fmt::format("`{}` does not waive `{}`", declared.shown, made.shown),
               "Name the criterion under `Waives:`, or name another waiver here.");
    diagnostic.secondary.push_back({clause->span, "what it waives"});
    diagnostic.edit =
        grammar::Edit{{clause->span.file, clause->span.end, clause->span.end}, fmt::format(", {}", made.shown)};
  }
}

void Checker::stated_waiver(Example& example, WaiverId id, grammar::Fact const& fact) {
  auto const value = whole_value(fact);
  if (!value) return;
  bool const in_force = value->kind == FactValue::Kind::in_force;
  if (in_force || value->kind == FactValue::Kind::not_in_force) {
    example.waivers.push_back({id, in_force});
  } else {
    report(Code::example_not_understood, fact.span,
           fmt::format("`{}` is a waiver, and is in force or not", program().waivers[id].shown),
           "Write `in force` or `not in force`.");
  }
}

}  // namespace waymark::check
