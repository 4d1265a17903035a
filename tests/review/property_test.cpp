// What holds of every evaluation, over random cases and evidence of a program with every kind of node.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "tests/review/rich_world.hpp"

namespace waymark::review {
namespace {

// Everything that can be asked of one case outside a range, as numbers that can be compared.
struct Answers {
  std::vector<values::Truth> truths;
  std::vector<Seen> values;
  std::vector<values::Status> statuses;
  Outcome outcome;
};

// All conditions that a criterion or a decision asks.
std::vector<ConditionId> asked_conditions(check::Program const& program) {
  std::vector<ConditionId> out;
  for (auto const& criterion : program.criteria) out.push_back(criterion.test);
  for (auto const& decision : program.decisions) {
    out.push_back(decision.when);
    for (auto const& row : decision.rows) {
      if (row.when != check::kNone) out.push_back(row.when);
    }
  }
  return out;
}

/// A world with the rich program, and the values that can be asked outside every range.
struct RichWorld : World {
  explicit RichWorld(bool incomplete) : values(build_rich(*this, incomplete)) {}
  std::vector<ValueId> values;
};

Answers answers(RichWorld& world, Run& run, std::uint32_t case_index) {
  Answers out;
  for (auto const id : asked_conditions(world.program)) out.truths.push_back(run.truth(id, {0, case_index}));
  for (auto const id : world.values) out.values.push_back(run.value(id, {0, case_index}));
  for (CriterionId id = 0; id < world.program.criteria.size(); ++id) out.statuses.push_back(run.status(id, case_index));
  out.outcome = run.outcomes()[case_index];
  return out;
}

bool same(Seen const& a, Seen const& b) {
  return compare(a.lowest, b.lowest) == 0 && compare(a.highest, b.highest) == 0 && a.may_apply == b.may_apply &&
         a.may_not_apply == b.may_not_apply;
}

void expect_same(Answers const& a, Answers const& b) {
  RC_ASSERT(a.truths == b.truths);
  RC_ASSERT(a.statuses == b.statuses);
  RC_ASSERT(std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(), same));
  RC_ASSERT(a.outcome.kind == b.outcome.kind);
  RC_ASSERT(a.outcome.row == b.outcome.row);
  RC_ASSERT(a.outcome.kept == b.outcome.kept);
  RC_ASSERT(a.outcome.fault == b.outcome.fault);
}

Answers of_one(CaseData const& data, EvidenceData const& evidence, bool incomplete) {
  RichWorld world(incomplete);
  add_evidence(world, evidence);
  add_case(world, data);
  return answers(world, world.run(), 0);
}

RC_GTEST_PROP(Evaluation, a_batch_of_n_equals_n_batches_of_one, ()) {
  auto const evidence = some_evidence();
  std::vector<CaseData> all;
  for (int n = *rc::gen::inRange(1, 6); n > 0; --n) all.push_back(some_case());
  RichWorld world(true);
  add_evidence(world, evidence);
  for (auto const& data : all) add_case(world, data);
  auto& run = world.run();
  for (std::uint32_t i = 0; i < all.size(); ++i) expect_same(answers(world, run, i), of_one(all[i], evidence, true));
}

RC_GTEST_PROP(Evaluation, the_order_in_which_questions_are_asked_never_matters, ()) {
  auto const evidence = some_evidence();
  auto const data = some_case();
  RichWorld world(true);
  add_evidence(world, evidence);
  add_case(world, data);
  auto const first = answers(world, world.run(), 0);
  auto& run = world.run();
  for (auto id = world.values.rbegin(); id != world.values.rend(); ++id) run.value(*id, {0, 0});
  static_cast<void>(run.outcomes());
  expect_same(first, answers(world, run, 0));
}

RC_GTEST_PROP(Evaluation, filling_in_one_missing_fact_only_narrows, ()) {
  auto const evidence = some_evidence();
  auto const before_data = some_case();
  auto const after_data = narrowed(before_data);
  if (!after_data) return;
  auto const before = of_one(before_data, evidence, false);
  auto const after = of_one(*after_data, evidence, false);
  for (std::size_t i = 0; i < before.truths.size(); ++i) RC_ASSERT((after.truths[i] & ~before.truths[i]) == 0);
  for (std::size_t i = 0; i < before.statuses.size(); ++i) {
    RC_ASSERT((after.statuses[i] & ~before.statuses[i]) == 0);
  }
  for (std::size_t i = 0; i < before.values.size(); ++i) {
    auto const& wide = before.values[i];
    auto const& narrow = after.values[i];
    RC_ASSERT(wide.may_apply || !narrow.may_apply);
    RC_ASSERT(wide.may_not_apply || !narrow.may_not_apply);
    if (!wide.may_apply || !narrow.may_apply) continue;
    RC_ASSERT(!(compare(narrow.lowest, wide.lowest) < 0));
    RC_ASSERT(!(compare(wide.highest, narrow.highest) < 0));
  }
  bool const decided = before.outcome.kind == Outcome::Kind::decided;
  if (decided) RC_ASSERT(after.outcome.kind == Outcome::Kind::decided);
}

RC_GTEST_PROP(Evaluation, the_order_of_rows_of_evidence_and_of_list_items_never_matters, ()) {
  auto evidence = some_evidence();
  auto data = some_case();
  auto const before = of_one(data, evidence, true);
  std::reverse(evidence.outlook.begin(), evidence.outlook.end());
  std::reverse(evidence.listed.begin(), evidence.listed.end());
  if (data.courses) std::reverse(data.courses->begin(), data.courses->end());
  if (data.lists.count("codes") != 0) std::reverse(data.lists["codes"].begin(), data.lists["codes"].end());
  expect_same(before, of_one(data, evidence, true));
}

}  // namespace
}  // namespace waymark::review
