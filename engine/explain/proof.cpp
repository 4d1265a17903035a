// Conditions and criteria as a tree.
#include "engine/explain/proof.hpp"

#include <algorithm>

#include "engine/explain/guard.hpp"
#include "engine/explain/leaf.hpp"
#include "engine/explain/outcome.hpp"
#include "engine/explain/words.hpp"

namespace waymark::explain {

void ProofBuilder::condition(Proof& proof, check::ConditionId guarded, Spot const& spot) {
  auto const id = unguarded(subject_, guarded, spot);
  auto const& condition = subject_.program.conditions[id];
  proof.result = Text::lasting(values::words(subject_.run.truth(id, spot.frame())));
  proof.asked = Text::lasting(subject_.program.conditions[guarded].text);
  // The words of a comparison begin its parts, too.
  bool const compared = std::holds_alternative<check::Compare>(condition.node);
  if (!compared) {
    proof.found = proofs_.write([&](std::string& out) { append_found_at(out, subject_, id, spot); });
  }
  proof.citation = kept(citation_at(subject_, id, spot));
  std::visit([&](auto const& node) { into(proof, id, node, spot); }, condition.node);
}

void ProofBuilder::into(Proof& proof, check::ConditionId id, check::Compare const& node, Spot const& spot) {
  auto const left = subject_.run.value(node.left, spot.frame());
  auto const right = subject_.run.value(node.right, spot.frame());
  auto const left_words = in_words(node.left, spot, left);
  auto const right_words = in_words(node.right, spot, right);
  proof.found = proofs_.write([&](std::string& out) {
    append_compared(out, subject_, id, spot, {left, left_words}, {right, right_words});
  });
  proof.margin = proofs_.write([&](std::string& out) { append_margin(out, subject_, node, left, right); });
  source(proof, node.left, spot);
  if (proof.source.empty()) source(proof, node.right, spot);
  part(proof, node.left, spot, left_words);
  part(proof, node.right, spot, right_words);
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::Matches const& node, Spot const& spot) {
  source(proof, node.subject, spot);
  part(proof, node.subject, spot);
  for (auto const option : node.options) part(proof, option, spot);
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::Within const& node, Spot const& spot) {
  source(proof, node.subject, spot);
  part(proof, node.subject, spot);
  part(proof, node.group, spot);
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::InList const& node, Spot const& spot) {
  source(proof, node.subject, spot);
  part(proof, node.subject, spot);
  if (node.list.of == check::ListUse::Of::source) sourced(proof, static_cast<vocabulary::SourceId>(node.list.which));
  if (node.list.of == check::ListUse::Of::list) on_list(proof, node, spot);
  list_part(proof, node.list, spot);
}

// What put the member on the List, or kept it off: the List's own condition for each of the member's rows.
void ProofBuilder::on_list(Proof& proof, check::InList const& node, Spot const& spot) {
  auto const& list = subject_.program.lists[node.list.which];
  sourced(proof, list.source);
  if (proof.citation.empty()) proof.citation = kept(cited(list.citation));
  auto const seen = subject_.run.value(node.subject, spot.frame());
  if (!seen.exact()) return;
  for (auto const& row : list_spots(subject_, node.list.which, static_cast<values::Symbol>(seen.lowest.numerator))) {
    if (list.on_it != check::kNone) {
      auto& item = next(proof);
      condition(item, list.on_it, row);
      item.what = kept(row.titled);
    }
    if (list.ranking) {
      part(proof, list.ranking->by, row);
      part(proof, list.ranking->count, row);
    }
  }
}

void ProofBuilder::into(Proof& proof, check::ConditionId id, check::Holds const& node, Spot const& spot) {
  auto const found = proof.found.view();
  proof.found =
      kept(subject_words(subject_, id, spot).append(found == "yes" || found == "no" ? " is " : ": ").append(found));
  source(proof, node.subject, spot);
  part(proof, node.subject, spot);
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::CriterionState const& node, Spot const&) {
  proof.found = proofs_.keep({subject_.program.criteria[node.criterion].shown, " is ", proof.found});
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::Untold const& node, Spot const& spot) {
  part(proof, node.subject, spot);
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::GroupCount const& node, Spot const&) {
  for (auto const id : subject_.program.groups[node.group].criteria) status(next(proof), id);
}

namespace {

// `poverty is at least poverty floor`: one side of what the policy asks in one breath.
std::string side_words(Subject const& subject, check::ConditionId id) {
  auto const& condition = subject.program.conditions[id];
  auto const* compare = std::get_if<check::Compare>(&condition.node);
  if (compare == nullptr) return condition.text;
  auto const& left = subject.program.values[compare->left];
  return left.text + " is " + std::string(order_words(compare->order, left.type)) + " " +
         subject.program.values[compare->right].text;
}

}  // namespace

// The checker writes `between V and W` as a list whose items have the list's text.
void ProofBuilder::into(Proof& proof, check::ConditionId, check::Junction const& node, Spot const& spot) {
  for (auto const item : node.items) {
    auto& part = next(proof);
    condition(part, item, spot);
    if (part.asked == proof.asked) part.asked = kept(side_words(subject_, item));
  }
}

void ProofBuilder::each(Proof& proof, check::ConditionId body, std::vector<Spot> const& spots) {
  for (auto const& spot : spots) {
    auto& item = next(proof);
    condition(item, body, spot);
    item.what = kept(spot.levels.back().label);
  }
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::Quantified const& node, Spot const& spot) {
  list_part(proof, node.range, spot);
  each(proof, node.body, members(subject_, node.range, spot));
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::Windowed const& node, Spot const& spot) {
  each(proof, node.body, window(subject_, node, spot));
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::WaiverInForce const& node, Spot const&) {
  static_cast<void>(node);
  proof.source = "waivers on record";
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::Present const&, Spot const&) {
  proof.source = "submission";
}

void ProofBuilder::status(Proof& proof, check::CriterionId id) const {
  proof.what = Text::lasting(subject_.program.criteria[id].shown);
  proof.result = Text::lasting(values::status_words(subject_.run.status(id, subject_.case_index)));
}

void ProofBuilder::criterion(Proof& proof, check::CriterionId id) {
  auto const& criterion = subject_.program.criteria[id];
  auto const spot = spot_of(subject_);
  proof.kind = Proof::Kind::criterion;
  if (!is_computed(subject_, id)) {
    status(proof, id);
    proof.asked = Text::lasting(subject_.program.conditions[criterion.test].text);
    proof.found = "as the example states";
    proof.citation = kept(cited(criterion.citation));
    return;
  }
  condition(proof, criterion.test, spot);
  status(proof, id);
  if (criterion.not_met_when) proof.asked = proofs_.keep({"not met when: ", proof.asked});
  proof.citation = kept(citation_of_criterion(subject_, id, proof.citation));
  auto const beside = [&](check::ConditionId condition_id, Text clause) {
    if (condition_id == check::kNone) return;
    auto& item = next(proof);
    condition(item, condition_id, spot);
    item.what = clause;
  };
  if (is_better_unwaived(subject_, id)) {
    auto& own = next(proof);
    status(own, id);
    own.what = "by the thresholds' own values, without a waiver";
  }
  beside(criterion.exempt, "does not apply when");
  beside(criterion.waived, "waived when");
}

Proof const& of_criterion(Subject const& subject, check::CriterionId criterion, Proofs& proofs) {
  auto& proof = proofs.make();
  ProofBuilder(subject, proofs).criterion(proof, criterion);
  return proof;
}

namespace {

// What stands on every row, asked or not.
void label_row(Proof& proof, ProofBuilder& builder, check::Row const& row) {
  proof.what = builder.kept(row_words(row));
  auto const own = cited(row.citation);
  if (!own.empty()) proof.citation = builder.kept(own);
}

void of_row(Proof& proof, Subject const& subject, ProofBuilder& builder, check::Row const& row) {
  if (row.when == check::kNone) {
    proof.asked = "otherwise";
    proof.result = "yes";
  } else {
    builder.condition(proof, row.when, spot_of(subject));
  }
  label_row(proof, builder, row);
}

// The first row that held ends the scan, so that those after it were never asked.
void of_row_not_asked(Proof& proof, Subject const& subject, ProofBuilder& builder, check::Row const& row) {
  proof.asked = row.when == check::kNone ? Text("otherwise") : Text::lasting(subject.program.conditions[row.when].text);
  proof.result = "not asked: a row above holds";
  label_row(proof, builder, row);
}

// How each row of the decision stood.
void add_rows(Subject const& subject, ProofBuilder& builder, check::Decision const& decision, Proof& proof) {
  bool reached = true;
  for (auto const& row : decision.rows) {
    auto& part = builder.next(proof);
    if (reached) {
      of_row(part, subject, builder, row);
    } else {
      of_row_not_asked(part, subject, builder, row);
    }
    bool const holds =
        row.when == check::kNone || subject.run.truth(row.when, review::Frame{0, subject.case_index}) == values::kYes;
    if (holds) reached = false;
  }
}

}  // namespace

Proof& of_decision(Subject const& subject, Proofs& proofs) {
  auto const& outcome = subject.run.outcomes()[subject.case_index];
  auto& proof = proofs.make();
  proof.kind = Proof::Kind::decision;
  auto const spot = spot_of(subject);
  ProofBuilder builder(subject, proofs);
  proof.result = builder.kept(outcome_words(subject));
  if (outcome.decision == check::kNone) {
    proof.found = Text::lasting(outcome.fault);
    for (std::uint32_t d = 0; d < subject.program.decisions.size(); ++d) {
      auto const& decision = subject.program.decisions[d];
      if (decision.when == check::kNone) continue;
      auto& when = builder.next(proof);
      builder.condition(when, decision.when, spot);
      when.what = Text::lasting(decision.shown);
      bool const open =
          std::any_of(outcome.open.begin(), outcome.open.end(), [d](auto const& o) { return o.decision == d; });
      if (open) add_rows(subject, builder, decision, when);
    }
    return proof;
  }
  auto const& decision = subject.program.decisions[outcome.decision];
  proof.what = Text::lasting(decision.shown);
  proof.citation = builder.kept(cited(decision.citation));
  if (decision.when != check::kNone) {
    proof.asked = Text::lasting(subject.program.conditions[decision.when].text);
    proof.found = proofs.write([&](std::string& out) { append_found_at(out, subject, decision.when, spot); });
  }
  add_rows(subject, builder, decision, proof);
  return proof;
}

void ProofBuilder::report(Proof& proof, check::ValueId id) {
  auto const spot = spot_of(subject_);
  auto const reported = std::get<check::FigureRef>(subject_.program.values[id].node).figure;
  figure(proof, reported, spot, in_words(id, spot));
  proof.kind = Proof::Kind::report;
}

Parts of_reports(Subject const& subject, Proofs& proofs) {
  Parts out;
  ProofBuilder builder(subject, proofs);
  for (auto const id : subject.program.reports) builder.report(proofs.add_to(out), id);
  return out;
}

Proof const& full(Subject const& subject, Proofs& proofs) {
  auto& proof = of_decision(subject, proofs);
  for (check::CriterionId id = 0; id < subject.program.criteria.size(); ++id) {
    ProofBuilder(subject, proofs).criterion(proofs.add_to(proof.parts), id);
  }
  proof.parts.add_all(of_reports(subject, proofs));
  return proof;
}

}  // namespace waymark::explain
