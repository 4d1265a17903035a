// Decisions: scan the rows, drop, keep, stop at the first yes (language.md, section 2).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using check::kNone;
using testing::ElementsAre;
using testing::IsEmpty;
using Kind = Outcome::Kind;

constexpr std::uint32_t kApprove = 0, kConditional = 1, kDeny = 2;

class Decisions : public testing::Test {
 protected:
  ConditionId asks(std::string const& name) { return world_.holds(world_.fact(name, yes_no_type())); }
  static check::Row row(std::uint32_t outcome, ConditionId when = kNone) {
    check::Row out;
    out.outcome = outcome;
    out.when = when;
    return out;
  }
  static check::Row needs_information(ConditionId when) {
    check::Row out;
    out.needs_information = true;
    out.when = when;
    return out;
  }
  void decision(std::vector<check::Row> rows, ConditionId when = kNone) {
    check::Decision made;
    made.when = when;
    made.rows = std::move(rows);
    world_.program.decisions.push_back(std::move(made));
  }
  World world_;
};

TEST_F(Decisions, the_first_row_that_is_yes) {
  decision({row(kDeny, asks("deny")), row(kConditional, asks("doubt")), row(kApprove)});
  world_.set("deny", 0);
  world_.set("doubt", 1);
  auto const outcome = world_.outcome();
  EXPECT_EQ(outcome.kind, Kind::decided);
  EXPECT_EQ(outcome.decision, 0U);
  EXPECT_EQ(outcome.row, 1U);
  EXPECT_THAT(outcome.kept, ElementsAre(1U));
}

TEST_F(Decisions, rows_that_cannot_be_told_are_kept_and_more_than_one_needs_information) {
  decision({row(kDeny, asks("deny")), row(kConditional, asks("doubt")), row(kApprove)});
  world_.set("doubt", 1);
  auto const outcome = world_.outcome();
  EXPECT_EQ(outcome.kind, Kind::needs_information);
  EXPECT_EQ(outcome.row, kNone);
  EXPECT_THAT(outcome.kept, ElementsAre(0U, 1U)) << "the scan stopped at the first yes";
}

TEST_F(Decisions, rows_that_are_no_or_do_not_apply_are_dropped) {
  auto const id = world_.criterion(asks("test"));
  world_.program.criteria[id].exempt = asks("exempt");
  auto const met = world_.add(check::CriterionState{id, grammar::State::met});
  decision({row(kDeny, met), row(kApprove)});
  world_.set("exempt", 1);
  EXPECT_EQ(world_.outcome().row, 1U);
  EXPECT_EQ(world_.outcome().kind, Kind::decided);
  world_.set("exempt", missing());
  world_.set("test", 0);
  EXPECT_EQ(world_.outcome().row, 1U) << "no or does not apply: dropped either way";
}

TEST_F(Decisions, two_kept_rows_that_are_the_same_are_one) {
  decision({row(kConditional, asks("a")), row(kConditional, asks("b"))});
  world_.set("b", 1);
  auto const outcome = world_.outcome();
  EXPECT_EQ(outcome.kind, Kind::decided);
  EXPECT_THAT(outcome.kept, ElementsAre(0U, 1U));
  EXPECT_EQ(outcome.row, 0U);
}

TEST_F(Decisions, rows_are_the_same_only_if_outcome_term_and_conditions_are) {
  auto first = row(kConditional, asks("a"));
  auto second = row(kConditional, asks("b"));
  first.term = check::Term{false, 1, values::TermUnit::years, 0, "for 1 year"};
  decision({first, second});
  world_.set("b", 1);
  EXPECT_EQ(world_.outcome().kind, Kind::needs_information);
  auto& rows = world_.program.decisions[0].rows;
  rows[1].term = rows[0].term;
  EXPECT_EQ(world_.outcome().kind, Kind::decided);
  rows[1].conditions.push_back({check::Term{false, 180, values::TermUnit::days, 0, ""}, "file an agreement"});
  EXPECT_EQ(world_.outcome().kind, Kind::needs_information);
  rows[0].conditions = rows[1].conditions;
  EXPECT_EQ(world_.outcome().kind, Kind::decided);
  rows[0].conditions[0].text = "file something else";
  EXPECT_EQ(world_.outcome().kind, Kind::needs_information);
}

TEST_F(Decisions, needs_information_is_a_row_too) {
  decision({row(kDeny, asks("deny")), needs_information(asks("too little")), row(kApprove)});
  world_.set("deny", 0);
  world_.set("too little", 1);
  auto const outcome = world_.outcome();
  EXPECT_EQ(outcome.kind, Kind::needs_information);
  EXPECT_EQ(outcome.row, 1U);
  world_.set("too little", 0);
  EXPECT_EQ(world_.outcome().row, 2U);
  world_.set("too little", missing());
  EXPECT_EQ(world_.outcome().kind, Kind::needs_information);
  EXPECT_THAT(world_.outcome().kept, ElementsAre(1U, 2U));
}

class TwoDecisions : public Decisions {
 protected:
  TwoDecisions() {
    type_ = world_.choice("request", {"new", "renewal", "closure"});
    auto const request = world_.fact("request", type_);
    auto const is_new = world_.is(request, {world_.number(0, type_)});
    auto const renewal = world_.is(request, {world_.number(1, type_)});
    world_.program.conditions[is_new].text = "request is new";
    world_.program.conditions[renewal].text = "request is renewal";
    decision({row(kDeny, asks("bad")), row(kApprove)}, is_new);
    decision({row(kConditional)}, renewal);
  }
  vocabulary::Type type_;
};

TEST_F(TwoDecisions, the_one_whose_when_holds_is_scanned) {
  world_.set("request", 1);
  EXPECT_EQ(world_.outcome().decision, 1U);
  EXPECT_THAT(world_.outcome().open, IsEmpty());
  world_.set("request", 0);
  world_.set("bad", 0);
  EXPECT_EQ(world_.outcome().decision, 0U);
  EXPECT_EQ(world_.outcome().row, 1U);
}

TEST_F(TwoDecisions, no_when_holds_not_reviewed_with_that_reason) {
  world_.set("request", 2);
  auto const outcome = world_.outcome();
  EXPECT_EQ(outcome.kind, Kind::not_reviewed);
  EXPECT_EQ(outcome.fault, "No decision of the policy applies: request is new; request is renewal.");
  EXPECT_EQ(outcome.decision, kNone);
}

TEST_F(TwoDecisions, a_when_that_cannot_be_told_needs_information) {
  auto const outcome = world_.outcome();
  EXPECT_EQ(outcome.kind, Kind::needs_information);
  EXPECT_EQ(outcome.decision, kNone);
  ASSERT_EQ(outcome.open.size(), 2U) << "each decision that may be the one";
  EXPECT_EQ(outcome.open[0].decision, 0U);
  EXPECT_THAT(outcome.open[0].kept, ElementsAre(0U, 1U));
  EXPECT_EQ(outcome.open[1].decision, 1U);
  EXPECT_THAT(outcome.open[1].kept, ElementsAre(0U));
  EXPECT_TRUE(outcome.may_be_none) << "it may be a closure";
}

TEST_F(TwoDecisions, that_name_every_request_between_them_cannot_both_fail) {
  auto const request =
      std::get<check::Matches>(world_.program.conditions[world_.program.decisions[0].when].node).subject;
  decision({row(kDeny)}, world_.is(request, {world_.number(2, type_)}));
  auto const outcome = world_.outcome();
  EXPECT_EQ(outcome.kind, Kind::needs_information);
  EXPECT_EQ(outcome.open.size(), 3U);
  EXPECT_FALSE(outcome.may_be_none);
}

TEST_F(TwoDecisions, a_fault_in_any_that_may_apply_is_said_of_the_case) {
  auto const big = world_.number(values::kMaxSteps);
  auto const huge = world_.at_least(world_.add(check::Sum{big, big, false}, count_type()), big);
  auto& rows = world_.program.decisions[1].rows;
  rows.insert(rows.begin(), row(kDeny, huge));
  EXPECT_EQ(world_.outcome().kind, Kind::not_reviewed);
  world_.set("request", 0);
  EXPECT_EQ(world_.outcome().kind, Kind::needs_information) << "the other one is not asked for";
}

TEST_F(TwoDecisions, one_when_that_cannot_be_told_beside_others_that_are_no) {
  world_.set("request", between(1, 2));
  world_.set("bad", 0);
  auto const outcome = world_.outcome();
  EXPECT_EQ(outcome.kind, Kind::needs_information);
  ASSERT_EQ(outcome.open.size(), 1U);
  EXPECT_EQ(outcome.open[0].decision, 1U);
  EXPECT_THAT(outcome.open[0].kept, ElementsAre(0U));
  EXPECT_TRUE(outcome.may_be_none);
  EXPECT_EQ(outcome.row, kNone);
}

TEST_F(Decisions, a_case_that_could_not_be_read_is_not_reviewed_and_stops_no_other) {
  decision({row(kApprove)});
  world_.add_case();
  world_.add_case();
  world_.batch.origins[0].fault = "line 3: not a number";
  EXPECT_EQ(world_.outcome(0).kind, Kind::not_reviewed);
  EXPECT_EQ(world_.outcome(0).fault, "line 3: not a number");
  EXPECT_EQ(world_.outcome(1).kind, Kind::decided);
}

TEST_F(Decisions, a_fault_below_the_row_that_decides_harms_nobody) {
  auto const big = world_.number(values::kMaxSteps);
  auto const huge = world_.at_least(world_.add(check::Sum{big, big, false}, count_type()), big);
  decision({row(kDeny, asks("deny")), row(kConditional, huge), row(kApprove)});
  world_.set("deny", 1);
  EXPECT_EQ(world_.outcome().kind, Kind::decided);
  world_.set("deny", 0);
  EXPECT_EQ(world_.outcome().kind, Kind::not_reviewed);
}

TEST_F(Decisions, without_any_a_policy_may_report) {
  auto const figure = world_.figure(count_type(), {{kNone, world_.fact("owed", count_type())}});
  world_.program.figures[figure].exempt = asks("exempt");
  world_.program.reports = {world_.figure_value(figure)};
  world_.set("exempt", 0);
  world_.set("owed", between(3, 9));
  EXPECT_EQ(world_.outcome().kind, Kind::needs_information) << "a bound is no amount";
  world_.set("owed", 3);
  EXPECT_EQ(world_.outcome().kind, Kind::reported);
  EXPECT_EQ(world_.outcome().fault, "");
  world_.set("owed", missing());
  world_.set("exempt", 1);
  EXPECT_EQ(world_.outcome().kind, Kind::reported) << "that there is none is told, too";
  decision({row(kApprove)});
  world_.set("exempt", 0);
  EXPECT_EQ(world_.outcome().kind, Kind::decided) << "a Decision decides, whatever is reported";
}

TEST_F(Decisions, what_is_reported_is_asked_for_so_its_fault_is_the_cases) {
  auto const big = world_.number(values::kMaxSteps);
  auto const figure = world_.figure(count_type(), {{kNone, world_.add(check::Sum{big, big, false}, count_type())}});
  decision({row(kApprove)});
  EXPECT_EQ(world_.outcome().kind, Kind::decided);
  world_.program.reports = {world_.figure_value(figure)};
  EXPECT_EQ(world_.outcome().kind, Kind::not_reviewed);
}

TEST_F(Decisions, a_policy_without_decisions_makes_none) {
  world_.criterion(asks("test"));
  world_.set("test", 1);
  EXPECT_EQ(world_.outcome().kind, Kind::not_reviewed);
  EXPECT_EQ(world_.outcome().fault, "The policy makes no decision.");
  EXPECT_EQ(world_.run().status(0, 0), values::kMet);
}

}  // namespace
}  // namespace waymark::review
