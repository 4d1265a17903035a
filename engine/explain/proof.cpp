// Conditions and criteria as a tree.
#include "engine/explain/proof.hpp"

#include <algorithm>

#include "engine/explain/guard.hpp"
#include "engine/explain/leaf.hpp"
#include "engine/explain/outcome.hpp"
#include "engine/explain/words.hpp"

namespace waymark::explain {

Proof ProofBuilder::condition(check::ConditionId id, Spot const& spot) {
  Proof proof;
  condition(proof, id, spot);
  return proof;
}

void ProofBuilder::condition(Proof& proof, check::ConditionId guarded, Spot const& spot) {
  auto const id = unguarded(subject_, guarded, spot);
  auto const& condition = subject_.program.conditions[id];
  proof.result = Words::lasting(values::words(subject_.run.truth(id, spot.frame())));
  proof.asked = Words::lasting(subject_.program.conditions[guarded].text);
  proof.found = found_at(subject_, id, spot, false);
  proof.citation = citation_at(subject_, id, spot);
  std::visit([&](auto const& node) { into(proof, id, node, spot); }, condition.node);
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::Compare const& node, Spot const& spot) {
  auto const left = subject_.run.value(node.left, spot.frame());
  auto const right = subject_.run.value(node.right, spot.frame());
  proof.margin = margin_words(subject_, node, left, right);
  source(proof, node.left, spot);
  if (proof.source.empty()) source(proof, node.right, spot);
  part(proof, node.left, spot);
  part(proof, node.right, spot);
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
  if (proof.citation.empty()) proof.citation = cited(list.citation);
  auto const seen = subject_.run.value(node.subject, spot.frame());
  if (!seen.exact()) return;
  for (auto const& row : list_spots(subject_, node.list.which, static_cast<values::Symbol>(seen.lowest.numerator))) {
    if (list.on_it != check::kNone) {
      auto& item = proof.parts.emplace_back();
      condition(item, list.on_it, row);
      item.what = row.titled;
    }
    if (list.ranking) {
      part(proof, list.ranking->by, row);
      part(proof, list.ranking->count, row);
    }
  }
}

void ProofBuilder::into(Proof& proof, check::ConditionId id, check::Holds const& node, Spot const& spot) {
  auto const found = proof.found.view();
  proof.found = subject_words(subject_, id, spot).append(found == "yes" || found == "no" ? " is " : ": ").append(found);
  source(proof, node.subject, spot);
  part(proof, node.subject, spot);
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::CriterionState const& node, Spot const&) {
  proof.found = subject_.program.criteria[node.criterion].shown + " is " + std::string(proof.found);
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::Untold const& node, Spot const& spot) {
  part(proof, node.subject, spot);
}

void ProofBuilder::into(Proof& proof, check::ConditionId, check::GroupCount const& node, Spot const&) {
  auto const& criteria = subject_.program.groups[node.group].criteria;
  proof.parts.reserve(criteria.size());
  for (auto const id : criteria) proof.parts.push_back(status(id));
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
  proof.parts.reserve(node.items.size());
  for (auto const item : node.items) {
    auto& part = proof.parts.emplace_back();
    condition(part, item, spot);
    if (part.asked == proof.asked) part.asked = side_words(subject_, item);
  }
}

void ProofBuilder::each(Proof& proof, check::ConditionId body, std::vector<Spot> const& spots) {
  proof.parts.reserve(proof.parts.size() + spots.size());
  for (auto const& spot : spots) {
    auto& item = proof.parts.emplace_back();
    condition(item, body, spot);
    item.what = spot.levels.back().label;
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

Proof ProofBuilder::status(check::CriterionId id) const {
  Proof proof;
  proof.what = Words::lasting(subject_.program.criteria[id].shown);
  proof.result = Words::lasting(values::status_words(subject_.run.status(id, subject_.case_index)));
  return proof;
}

Proof ProofBuilder::criterion(check::CriterionId id) {
  auto const& criterion = subject_.program.criteria[id];
  auto const spot = spot_of(subject_);
  if (!is_computed(subject_, id)) {
    auto stated = status(id);
    stated.kind = Proof::Kind::criterion;
    stated.asked = Words::lasting(subject_.program.conditions[criterion.test].text);
    stated.found = "as the example states";
    stated.citation = cited(criterion.citation);
    return stated;
  }
  auto proof = condition(criterion.test, spot);
  proof.kind = Proof::Kind::criterion;
  proof.what = Words::lasting(criterion.shown);
  proof.result = Words::lasting(values::status_words(subject_.run.status(id, subject_.case_index)));
  if (criterion.not_met_when) proof.asked = std::string("not met when: ").append(proof.asked);
  proof.citation = citation_of_criterion(subject_, id, proof.citation);
  auto const beside = [&](check::ConditionId condition_id, std::string_view clause) {
    if (condition_id == check::kNone) return;
    auto& item = proof.parts.emplace_back();
    condition(item, condition_id, spot);
    item.what = Words::lasting(clause);
  };
  if (is_better_unwaived(subject_, id)) {
    auto own = status(id);
    own.what = "by the thresholds' own values, without a waiver";
    proof.parts.push_back(std::move(own));
  }
  beside(criterion.exempt, "does not apply when");
  beside(criterion.waived, "waived when");
  return proof;
}

Proof of_criterion(Subject const& subject, check::CriterionId criterion) {
  return ProofBuilder(subject).criterion(criterion);
}

namespace {

// What stands on every row, asked or not.
void label_row(Proof& proof, check::Row const& row) {
  proof.what = row_words(row);
  auto own = cited(row.citation);
  if (!own.empty()) proof.citation = std::move(own);
}

void of_row(Proof& proof, Subject const& subject, ProofBuilder& builder, check::Row const& row) {
  if (row.when == check::kNone) {
    proof.asked = "otherwise";
    proof.result = "yes";
  } else {
    builder.condition(proof, row.when, spot_of(subject));
  }
  label_row(proof, row);
}

// The first row that held ends the scan, so that those after it were never asked.
void of_row_not_asked(Proof& proof, Subject const& subject, check::Row const& row) {
  proof.asked =
      row.when == check::kNone ? Words("otherwise") : Words::lasting(subject.program.conditions[row.when].text);
  proof.result = "not asked: a row above holds";
  label_row(proof, row);
}

// How each row of the decision stood.
void add_rows(Subject const& subject, ProofBuilder& builder, check::Decision const& decision, Proof& proof) {
  bool reached = true;
  proof.parts.reserve(proof.parts.size() + decision.rows.size());
  for (auto const& row : decision.rows) {
    auto& part = proof.parts.emplace_back();
    if (reached) {
      of_row(part, subject, builder, row);
    } else {
      of_row_not_asked(part, subject, row);
    }
    bool const holds =
        row.when == check::kNone || subject.run.truth(row.when, review::Frame{0, subject.case_index}) == values::kYes;
    if (holds) reached = false;
  }
}

}  // namespace

Proof of_decision(Subject const& subject) {
  auto const& outcome = subject.run.outcomes()[subject.case_index];
  Proof proof;
  proof.kind = Proof::Kind::decision;
  proof.result = outcome_words(subject);
  auto const spot = spot_of(subject);
  ProofBuilder builder(subject);
  if (outcome.decision == check::kNone) {
    proof.found = outcome.fault;
    for (std::uint32_t d = 0; d < subject.program.decisions.size(); ++d) {
      auto const& decision = subject.program.decisions[d];
      if (decision.when == check::kNone) continue;
      auto& when = proof.parts.emplace_back();
      builder.condition(when, decision.when, spot);
      when.what = Words::lasting(decision.shown);
      bool const open =
          std::any_of(outcome.open.begin(), outcome.open.end(), [d](auto const& o) { return o.decision == d; });
      if (open) add_rows(subject, builder, decision, when);
    }
    return proof;
  }
  auto const& decision = subject.program.decisions[outcome.decision];
  proof.what = Words::lasting(decision.shown);
  proof.citation = cited(decision.citation);
  if (decision.when != check::kNone) {
    proof.asked = Words::lasting(subject.program.conditions[decision.when].text);
    proof.found = found_at(subject, decision.when, spot, false);
  }
  add_rows(subject, builder, decision, proof);
  return proof;
}

Proof ProofBuilder::report(check::ValueId id) {
  auto const spot = spot_of(subject_);
  Proof proof;
  figure(proof, std::get<check::FigureRef>(subject_.program.values[id].node).figure, spot, id);
  proof.kind = Proof::Kind::report;
  return proof;
}

std::vector<Proof> of_reports(Subject const& subject) {
  std::vector<Proof> out;
  ProofBuilder builder(subject);
  for (auto const id : subject.program.reports) out.push_back(builder.report(id));
  return out;
}

Proof full(Subject const& subject) {
  auto proof = of_decision(subject);
  for (check::CriterionId id = 0; id < subject.program.criteria.size(); ++id) {
    proof.parts.push_back(of_criterion(subject, id));
  }
  for (auto& report : of_reports(subject)) proof.parts.push_back(std::move(report));
  return proof;
}

}  // namespace waymark::explain
