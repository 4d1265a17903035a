// Quantifiers over members: known, unknown, and those that may not be there (language.md, section 2).
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using check::kNone;
using check::Range;
using grammar::Aggregate;
using grammar::Quantifier;
using values::kCannotBeTold;
using values::kDoesNotApply;
using values::kNo;
using values::kYes;

class Quantifiers : public testing::Test {
 protected:
  Quantifiers() {
    world_.fact("codes", list_of(soc_type()));
    codes_ = world_.members("codes");
    auto const member = world_.add(check::Member{codes_}, soc_type());
    body_ = world_.is(member, {world_.word("15-1252", soc_type())});
  }
  values::Truth of(Quantifier quantifier, std::uint32_t count = 0) {
    return world_.truth(world_.quantified(quantifier, codes_, body_, count));
  }
  World world_;
  RangeId codes_ = 0;
  ConditionId body_ = 0;
};

TEST_F(Quantifiers, over_known_members) {
  world_.set_words("codes", {"11-1011", "15-1252", "15-1253"});
  EXPECT_EQ(of(Quantifier::any), kYes);
  EXPECT_EQ(of(Quantifier::every), kNo);
  EXPECT_EQ(of(Quantifier::at_least, 1), kYes);
  EXPECT_EQ(of(Quantifier::at_least, 2), kNo);
  EXPECT_EQ(of(Quantifier::more_than_half), kNo);
}

TEST_F(Quantifiers, empty_lists_any_is_no_and_every_does_not_apply) {
  world_.set_words("codes", {});
  EXPECT_EQ(of(Quantifier::any), kNo);
  EXPECT_EQ(of(Quantifier::every), kDoesNotApply);
  EXPECT_EQ(of(Quantifier::at_least, 1), kNo);
  EXPECT_EQ(of(Quantifier::at_least, 0), kYes);
  EXPECT_EQ(of(Quantifier::more_than_half), kNo);
  auto const number = world_.add(check::ListAggregate{Aggregate::number, false, codes_, kNone}, count_type());
  EXPECT_EQ(text(world_.seen(number)), "0");
  auto const highest =
      world_.add(check::ListAggregate{Aggregate::highest, false, codes_, world_.number(3)}, count_type());
  EXPECT_EQ(text(world_.seen(highest)), "?");
}

TEST_F(Quantifiers, a_list_that_is_missing_has_any_number_of_members) {
  EXPECT_EQ(of(Quantifier::any), kCannotBeTold);
  EXPECT_EQ(of(Quantifier::every), kYes | kNo | kDoesNotApply);
  EXPECT_EQ(of(Quantifier::at_least, 1), kCannotBeTold);
  EXPECT_EQ(of(Quantifier::at_least, 0), kYes);
  EXPECT_EQ(of(Quantifier::more_than_half), kCannotBeTold);
  auto const number = world_.add(check::ListAggregate{Aggregate::number, false, codes_, kNone}, count_type());
  EXPECT_EQ(text(world_.seen(number)), "0..");
  auto const total = world_.add(check::ListAggregate{Aggregate::total, false, codes_, world_.number(3)}, count_type());
  EXPECT_EQ(text(world_.seen(total)), "0..");
}

TEST_F(Quantifiers, a_member_that_cannot_be_told) {
  world_.set_list("codes", {exactly(world_.symbols.intern("15-1252")), missing()});
  EXPECT_EQ(of(Quantifier::any), kYes);
  EXPECT_EQ(of(Quantifier::every), kCannotBeTold);
  EXPECT_EQ(of(Quantifier::at_least, 2), kCannotBeTold);
  auto const number = world_.add(check::ListAggregate{Aggregate::number, false, codes_, kNone}, count_type());
  EXPECT_EQ(text(world_.seen(number)), "2");
}

TEST_F(Quantifiers, a_condition_that_does_not_read_the_member) {
  auto const outside = world_.holds(world_.fact("outside", yes_no_type()));
  auto const any = world_.quantified(Quantifier::any, codes_, outside);
  world_.set("outside", 1);
  world_.set_words("codes", {"15-1252"});
  EXPECT_EQ(world_.truth(any), kYes);
  world_.set("outside", 0);
  EXPECT_EQ(world_.truth(any), kNo);
}

TEST_F(Quantifiers, a_range_within_itself_means_the_inner_member) {
  world_.set_words("codes", {"11-1011", "15-1252"});
  auto const inner = world_.quantified(Quantifier::every, codes_, body_);
  EXPECT_EQ(world_.truth(world_.quantified(Quantifier::any, codes_, inner)), kNo);
}

TEST_F(Quantifiers, members_of_two_ranges_at_once) {
  auto const type = world_.choice("group", {"a", "b"});
  auto const groups = world_.range(Range::Of::choice, type.which);
  auto const size = world_.fact_each("size", count_type(), {{vocabulary::Dimension::Of::choice, type.which}});
  auto const large = world_.at_least(size, world_.number(10));
  auto const both = world_.junction(grammar::Connective::all, {large, body_});
  auto const nested = world_.quantified(Quantifier::every, groups, world_.quantified(Quantifier::any, codes_, both));
  auto const turned = world_.quantified(Quantifier::any, codes_, world_.quantified(Quantifier::every, groups, both));
  world_.set_words("codes", {"11-1011", "15-1252"});
  world_.set("size", exactly(10), 0, 0);
  world_.set("size", exactly(12), 0, 1);
  EXPECT_EQ(world_.truth(nested), kYes);
  EXPECT_EQ(world_.truth(turned), kYes);
  world_.set("size", exactly(9), 0, 1);
  EXPECT_EQ(world_.truth(nested), kNo);
  EXPECT_EQ(world_.truth(turned), kNo);
}

// Points within one field: members that a filter surely leaves out are no parts, one that it may leave out may be
// missing.
TEST_F(Quantifiers, members_of_which_a_filter_keeps_some) {
  world_.nested("courses", true, {{"credits", count_type()}, {"level", count_type()}});
  auto const courses = world_.members("courses");
  auto const credits = world_.nested_fact("courses", "credits");
  auto const high = world_.at_least(world_.nested_fact("courses", "level"), world_.number(2));
  auto const of = [&](Aggregate aggregate, bool complete, ValueId what) {
    return world_.add(check::ListAggregate{aggregate, complete, courses, what, {high}}, count_type());
  };
  auto const total = of(Aggregate::total, false, credits);
  auto const complete = of(Aggregate::total, true, credits);
  auto const lowest = of(Aggregate::lowest, false, credits);
  auto const number = of(Aggregate::number, false, kNone);
  auto const anew = [&] {
    world_.batch = {};
    world_.dates.clear();
    world_.add_case();
  };
  world_.set_members("courses", {{exactly(3), exactly(1)}, {exactly(4), exactly(2)}, {exactly(5), exactly(3)}});
  EXPECT_EQ(text(world_.seen(total)), "9");
  EXPECT_EQ(text(world_.seen(complete)), "9");
  EXPECT_EQ(text(world_.seen(lowest)), "4");
  EXPECT_EQ(text(world_.seen(number)), "2");
  anew();
  world_.set_members("courses", {{exactly(3), missing()}, {exactly(4), exactly(2)}, {missing(), exactly(1)}});
  EXPECT_EQ(text(world_.seen(total)), "4..7");
  EXPECT_EQ(text(world_.seen(complete)), "?");
  EXPECT_EQ(text(world_.seen(lowest)), "3..4");
  EXPECT_EQ(text(world_.seen(number)), "1..2");
  anew();
  world_.set_members("courses", {{exactly(3), exactly(1)}});
  EXPECT_EQ(text(world_.seen(total)), "0");
  EXPECT_EQ(text(world_.seen(lowest)), "?") << "of nothing";
}

TEST_F(Quantifiers, members_that_are_records) {
  world_.nested("courses", true, {{"credits", count_type()}, {"level", count_type()}});
  auto const courses = world_.members("courses");
  auto const credits = world_.nested_fact("courses", "credits");
  auto const level = world_.nested_fact("courses", "level");
  auto const total = world_.add(check::ListAggregate{Aggregate::total, false, courses, credits}, count_type());
  auto const high = world_.at_least(level, world_.number(2));
  auto const any = world_.quantified(Quantifier::any, courses, high);
  world_.set_members("courses", {{exactly(3), exactly(1)}, {exactly(4), missing()}});
  EXPECT_EQ(text(world_.seen(total)), "7");
  EXPECT_EQ(world_.truth(any), kCannotBeTold);
  auto& run = world_.run();
  ASSERT_EQ(run.members(courses, {0, 0}).size(), 2U);
  auto const frame = run.members(courses, {0, 0})[1];
  EXPECT_EQ(text(run.value(credits, frame)), "4");
  EXPECT_EQ(run.known(level, frame), Known::not_submitted);
  EXPECT_EQ(run.outer(frame).row, 0U);
  EXPECT_EQ(run.case_of(frame), 0U);
}

TEST_F(Quantifiers, a_member_that_may_not_be_on_its_list_may_not_be_there) {
  // A List of occupations; which of them are on it hangs on a cell that is suppressed.
  auto const source = world_.source("projections", {soc_type()}, {count_type()});
  world_.release(
      source, {{{"15-1252"}, {missing(Known::suppressed)}}, {{"15-1253"}, {exactly(10)}}, {{"11-1011"}, {exactly(1)}}});
  check::List list;
  list.source = source;
  list.member = soc_type();
  list.on_it = world_.at_least(world_.add(check::RowColumn{source, 0}, count_type()), world_.number(5));
  world_.program.lists.push_back(list);
  auto const range = world_.range(Range::Of::list, 0);
  auto const member = world_.add(check::Member{range}, soc_type());
  auto const is = [&](char const* code) { return world_.is(member, {world_.word(code, soc_type())}); };
  EXPECT_EQ(world_.truth(world_.quantified(Quantifier::any, range, is("15-1252"))), kCannotBeTold);
  EXPECT_EQ(world_.truth(world_.quantified(Quantifier::any, range, is("15-1253"))), kYes);
  EXPECT_EQ(world_.truth(world_.quantified(Quantifier::any, range, is("11-1011"))), kNo);
  EXPECT_EQ(world_.truth(world_.quantified(Quantifier::every, range, is("15-1253"))), kCannotBeTold);
  auto const number = world_.add(check::ListAggregate{Aggregate::number, false, range, kNone}, count_type());
  EXPECT_EQ(text(world_.seen(number)), "1..2");
}

TEST_F(Quantifiers, members_of_a_list_source) {
  auto const source = world_.source("centers", {text_type()});
  auto const range = world_.range(Range::Of::source_list, source);
  auto const member = world_.add(check::Member{range}, text_type());
  auto const any = world_.quantified(Quantifier::any, range, world_.is(member, {world_.word("Essex")}));
  EXPECT_EQ(world_.truth(any), kCannotBeTold) << "no release";
  world_.release(source, {{{"Hudson"}, {}}, {{"Essex"}, {}}});
  EXPECT_EQ(world_.truth(any), kYes);
  auto& run = world_.run();
  auto const frames = run.members(range, {0, 0});
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(world_.symbols.text(static_cast<values::Symbol>(run.member(frames[0]))), "Essex");
}

}  // namespace
}  // namespace waymark::review
