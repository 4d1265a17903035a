// Criteria: a status is a set of what is possible; groups count them; waivers are recorded (language.md, section 2).
#include <gtest/gtest.h>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using grammar::Connective;
using grammar::State;
using values::kCannotBeTold;
using values::kDoesNotApply;
using values::kNo;
using values::kYes;

// One criterion with a test, an exemption and a waiver, each a fact.
class Criteria : public testing::Test {
 protected:
  Criteria() {
    id_ = world_.criterion(world_.holds(world_.fact("test", yes_no_type())));
    world_.program.criteria[id_].exempt = world_.holds(world_.fact("exempt", yes_no_type()));
    world_.program.criteria[id_].waived = world_.holds(world_.fact("waived", yes_no_type()));
  }
  std::string status(Datum exempt, Datum test, Datum waived) {
    world_.set("exempt", exempt);
    world_.set("test", test);
    world_.set("waived", waived);
    return std::string(values::status_words(world_.run().status(id_, 0)));
  }
  values::Truth is(State state) { return world_.truth(world_.add(check::CriterionState{id_, state})); }
  World world_;
  CriterionId id_ = 0;
};

TEST_F(Criteria, first_whether_it_applies_then_the_test_then_the_waiver) {
  auto const yes = exactly(1);
  auto const no = exactly(0);
  EXPECT_EQ(status(yes, no, yes), "does not apply");
  EXPECT_EQ(status(no, yes, yes), "met") << "waived only where it would not be met";
  EXPECT_EQ(status(no, no, yes), "waived");
  EXPECT_EQ(status(no, no, no), "not met");
  EXPECT_EQ(status(no, no, missing()), "cannot be told") << "a failing test with a waiver that cannot be told";
  EXPECT_EQ(status(no, missing(), no), "cannot be told");
  EXPECT_EQ(status(no, missing(), yes), "met") << "whichever way the test goes; whether by the waiver cannot be told";
  EXPECT_EQ(is(State::waived), kCannotBeTold);
  EXPECT_EQ(status(missing(), yes, no), "cannot be told");
}

TEST_F(Criteria, the_table_of_states) {
  struct Row {
    Datum exempt, test, waived;
    values::Truth met, not_met, found_met, found_not_met, untold, waived_alone;
  };
  auto const yes = exactly(1);
  auto const no = exactly(0);
  for (auto const& row :
       {Row{no, yes, no, kYes, kNo, kYes, kNo, kNo, kNo}, Row{no, no, yes, kYes, kNo, kYes, kNo, kNo, kYes},
        Row{no, no, no, kNo, kYes, kNo, kYes, kNo, kNo},
        Row{no, missing(), no, kCannotBeTold, kCannotBeTold, kNo, kNo, kYes, kNo},
        Row{yes, no, no, kDoesNotApply, kDoesNotApply, kNo, kNo, kNo, kDoesNotApply}}) {
    status(row.exempt, row.test, row.waived);
    EXPECT_EQ(is(State::met), row.met);
    EXPECT_EQ(is(State::not_met), row.not_met);
    EXPECT_EQ(is(State::found_met), row.found_met);
    EXPECT_EQ(is(State::found_not_met), row.found_not_met);
    EXPECT_EQ(is(State::cannot_be_told), row.untold);
    EXPECT_EQ(is(State::waived), row.waived_alone);
  }
}

TEST_F(Criteria, not_met_when_is_met_where_it_is_no) {
  world_.program.criteria[id_].not_met_when = true;
  auto const no = exactly(0);
  EXPECT_EQ(status(no, exactly(1), no), "not met");
  EXPECT_EQ(status(no, exactly(0), no), "met");
  EXPECT_EQ(status(no, missing(), no), "cannot be told");
}

class Groups : public testing::Test {
 protected:
  Groups() {
    std::vector<CriterionId> criteria;
    for (auto const* name : {"a", "b", "c", "d"}) {
      auto const id = world_.criterion(world_.holds(world_.fact(name, yes_no_type())));
      world_.program.criteria[id].exempt = world_.holds(world_.fact(std::string(name) + " exempt", yes_no_type()));
      criteria.push_back(id);
    }
    group_ = world_.group(criteria);
  }
  // T met, F not met, U cannot be told, N does not apply.
  void set(std::string const& letters) {
    for (std::size_t i = 0; i < letters.size(); ++i) {
      std::string const name(1, static_cast<char>('a' + static_cast<int>(i)));
      world_.set(name, letters[i] == 'U' ? missing() : exactly(letters[i] == 'T' ? 1 : 0));
      world_.set(name + " exempt", exactly(letters[i] == 'N' ? 1 : 0));
    }
  }
  values::Truth count(Connective connective, State state, std::uint32_t n = 0) {
    return world_.truth(world_.group_count(group_, connective, state, n));
  }
  World world_;
  check::GroupId group_ = 0;
};

TEST_F(Groups, counts_of_met_criteria) {
  set("TTFU");
  EXPECT_EQ(count(Connective::at_least, State::met, 2), kYes);
  EXPECT_EQ(count(Connective::at_least, State::met, 3), kCannotBeTold);
  EXPECT_EQ(count(Connective::at_least, State::met, 4), kNo);
  EXPECT_EQ(count(Connective::all, State::met), kNo);
  EXPECT_EQ(count(Connective::none, State::met), kNo);
  EXPECT_EQ(count(Connective::any, State::not_met), kYes);
}

TEST_F(Groups, one_that_does_not_apply_is_dropped_and_n_is_never_lowered) {
  set("TTNN");
  EXPECT_EQ(count(Connective::all, State::met), kYes);
  EXPECT_EQ(count(Connective::at_least, State::met, 3), kNo);
  EXPECT_EQ(count(Connective::none, State::not_met), kYes);
  set("NNNN");
  EXPECT_EQ(count(Connective::all, State::met), kDoesNotApply);
  EXPECT_EQ(count(Connective::at_least, State::found_met, 1), kNo) << "found is yes or no of every criterion";
}

TEST_F(Groups, found_and_untold_are_two_valued) {
  set("TFUU");
  EXPECT_EQ(count(Connective::at_least, State::found_not_met, 1), kYes);
  EXPECT_EQ(count(Connective::at_least, State::found_not_met, 2), kNo);
  EXPECT_EQ(count(Connective::at_least, State::cannot_be_told, 2), kYes);
  EXPECT_EQ(count(Connective::at_least, State::cannot_be_told, 3), kNo);
  EXPECT_EQ(count(Connective::none, State::found_met), kNo);
  EXPECT_EQ(count(Connective::all, State::found_met), kNo);
}

TEST_F(Groups, how_they_stand) {
  set("TFUN");
  auto const counts = world_.run().count(group_, 0);
  EXPECT_EQ(counts.met, 1U);
  EXPECT_EQ(counts.not_met, 1U);
  EXPECT_EQ(counts.untold, 1U);
  EXPECT_EQ(counts.not_applying, 1U);
}

TEST_F(Groups, what_an_example_states_of_a_group_replaces_the_counts) {
  world_.with_stated = true;
  check::Example::StatedGroup told;
  told.group = group_;
  told.met = 2;
  world_.stated.groups = {told};
  EXPECT_EQ(count(Connective::at_least, State::met, 2), kYes);
  EXPECT_EQ(count(Connective::at_least, State::met, 3), kCannotBeTold) << "the two others may be untold";
  EXPECT_EQ(count(Connective::at_least, State::not_met, 3), kNo);
  EXPECT_EQ(count(Connective::at_least, State::found_met, 3), kNo) << "exactly two were stated to be met";
  EXPECT_EQ(count(Connective::at_least, State::found_not_met, 2), kCannotBeTold);
  world_.stated.groups[0].not_met = 2;
  EXPECT_EQ(count(Connective::at_least, State::met, 3), kNo);
  EXPECT_EQ(count(Connective::at_least, State::not_met, 2), kYes);
  EXPECT_EQ(count(Connective::all, State::met), kNo);
}

TEST_F(Groups, what_an_example_states_of_a_criterion_is_not_reviewed) {
  set("FFFF");
  world_.with_stated = true;
  world_.stated.criteria = {{1, values::kMet}};
  EXPECT_EQ(world_.run().status(1, 0), values::kMet);
  EXPECT_EQ(count(Connective::any, State::met), kYes);
}

class Waivers : public testing::Test {
 protected:
  Waivers() {
    check::Waiver waiver;
    waiver.name = "emerging occupation waiver";
    world_.program.waivers.push_back(waiver);
    in_force_ = world_.add(check::WaiverInForce{0, false});
    not_in_force_ = world_.add(check::WaiverInForce{0, true});
    world_.add_case();
  }
  void record(std::optional<values::Date> from, std::optional<values::Date> through,
              std::string const& name = "emerging occupation waiver") {
    world_.batch.waivers[0].push_back({name, "the board", "", "", from, through, std::nullopt});
  }
  World world_;
  ConditionId in_force_ = 0, not_in_force_ = 0;
};

TEST_F(Waivers, a_waiver_that_is_not_on_record_is_not_in_force) {
  EXPECT_EQ(world_.truth(in_force_), kNo);
  EXPECT_EQ(world_.truth(not_in_force_), kYes);
  record(values::date_of(2026, 1, 1), values::date_of(2027, 1, 1), "another waiver");
  EXPECT_EQ(world_.truth(in_force_), kNo);
}

TEST_F(Waivers, in_force_from_and_through_both_included) {
  record(world_.review_date, world_.review_date);
  EXPECT_EQ(world_.truth(in_force_), kYes);
}

TEST_F(Waivers, over_or_not_yet_begun) {
  record(values::date_of(2020, 1, 1), values::date_of(2026, 11, 20));
  record(values::date_of(2026, 11, 22), values::date_of(2027, 1, 1));
  EXPECT_EQ(world_.truth(in_force_), kNo);
}

TEST_F(Waivers, a_date_that_is_not_given_cannot_be_told) {
  record(values::date_of(2026, 1, 1), std::nullopt);
  EXPECT_EQ(world_.truth(in_force_), kCannotBeTold);
  record(std::nullopt, values::date_of(2026, 1, 1));
  EXPECT_EQ(world_.truth(in_force_), kCannotBeTold);
  record(values::date_of(2026, 1, 1), values::date_of(2027, 1, 1));
  EXPECT_EQ(world_.truth(in_force_), kYes);
}

TEST_F(Waivers, what_an_example_states) {
  world_.with_stated = true;
  world_.stated.waivers = {{0, true}};
  EXPECT_EQ(world_.truth(in_force_), kYes);
}

TEST(Present, where_history_is_known_and_holds_no_earlier_decision_it_is_no) {
  World world;
  auto const position = world.nested("last decision", false, {{"plan year", year_type()}});
  auto const plan_year = world.nested_fact("last decision", "plan year");
  auto const present = world.add(check::Present{position});
  auto const recent = world.at_least(plan_year, world.number(2024, year_type()));
  auto const both = world.junction(Connective::all, {present, recent});
  world.add_case();
  auto& column = world.batch.facts.fields[position];
  EXPECT_EQ(world.truth(both), kCannotBeTold);
  column.presence[0] = cases::FieldColumn::Presence::none;
  EXPECT_EQ(world.truth(both), kNo);
  column.presence[0] = cases::FieldColumn::Presence::there;
  EXPECT_EQ(world.truth(both), kCannotBeTold);
  column.members[0].fields[0].values.lowest[0] = 2025;
  column.members[0].fields[0].values.highest[0] = 2025;
  EXPECT_EQ(world.truth(both), kYes);
}

TEST(Present, where_there_is_one_it_leaves_the_answer_to_what_it_guards) {
  World world;
  auto const position = world.nested("last decision", false, {{"plan year", year_type()}});
  auto const present = world.add(check::Present{position});
  auto const floor = world.figure(year_type(), {{check::kNone, world.number(2024, year_type())}});
  auto const exempt = world.fact("exempt", yes_no_type());
  world.program.figures[floor].exempt = world.holds(exempt);
  auto const recent = world.at_least(world.nested_fact("last decision", "plan year"), world.figure_value(floor));
  auto const both = world.junction(Connective::all, {present, recent});
  world.add_case();
  world.set("exempt", exactly(1));
  world.batch.facts.fields[position].presence[0] = cases::FieldColumn::Presence::there;
  EXPECT_EQ(world.truth(both), values::kDoesNotApply);
  world.batch.facts.fields[position].presence[0] = cases::FieldColumn::Presence::none;
  EXPECT_EQ(world.truth(both), kNo);
}

}  // namespace
}  // namespace waymark::review
