// Figures by cases, their exemption, and what stands in where a release has no row (language.md, section 2).
#include <gtest/gtest.h>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using check::kNone;
using grammar::Aggregate;
using values::kCannotBeTold;
using values::kDoesNotApply;
using values::kNo;
using values::kYes;

class Figures : public testing::Test {
 protected:
  std::string shown(check::FigureId figure) { return text(world_.seen(world_.figure_value(figure))); }
  World world_;
};

class ByCases : public Figures {
 protected:
  ByCases() {
    first_ = world_.fact("first", yes_no_type());
    second_ = world_.fact("second", yes_no_type());
    figure_ = world_.figure(count_type(), {{world_.holds(first_), world_.number(1)},
                                           {world_.holds(second_), world_.number(5)},
                                           {kNone, world_.number(3)}});
  }
  std::string with(Datum first, Datum second) {
    world_.set("first", first);
    world_.set("second", second);
    return shown(figure_);
  }
  ValueId first_ = 0, second_ = 0;
  check::FigureId figure_ = 0;
};

TEST_F(ByCases, the_first_case_that_is_yes) {
  EXPECT_EQ(with(exactly(1), exactly(1)), "1");
  EXPECT_EQ(with(exactly(0), exactly(1)), "5");
  EXPECT_EQ(with(exactly(0), exactly(0)), "3");
  EXPECT_EQ(with(exactly(1), missing()), "1");
}

TEST_F(ByCases, one_that_cannot_be_told_is_anything_between_its_value_and_what_follows) {
  EXPECT_EQ(with(missing(), exactly(1)), "1..5");
  EXPECT_EQ(with(missing(), exactly(0)), "1..3");
  EXPECT_EQ(with(exactly(0), missing()), "3..5");
  EXPECT_EQ(with(missing(), missing()), "1..5");
}

TEST_F(ByCases, which_case_was_used) {
  with(exactly(0), exactly(1));
  EXPECT_EQ(world_.run().used(figure_, {0, 0}).figure_case, 1U);
  with(exactly(0), exactly(0));
  EXPECT_EQ(world_.run().used(figure_, {0, 0}).figure_case, 2U);
  with(exactly(0), missing());
  EXPECT_EQ(world_.run().used(figure_, {0, 0}).figure_case, std::nullopt);
}

TEST_F(ByCases, a_when_that_does_not_apply_counts_as_no) {
  auto const exempt = world_.fact("exempt", yes_no_type());
  auto const inner = world_.yes_when(world_.holds(first_));
  world_.program.figures[inner].exempt = world_.holds(exempt);
  auto const figure = world_.figure(
      count_type(), {{world_.holds(world_.figure_value(inner)), world_.number(1)}, {kNone, world_.number(3)}});
  world_.set("first", 1);
  world_.set("exempt", 1);
  EXPECT_EQ(shown(figure), "3");
  world_.set("exempt", missing());
  EXPECT_EQ(shown(figure), "1..3");
}

TEST_F(ByCases, without_an_otherwise_nothing_is_known) {
  auto const figure = world_.figure(count_type(), {{world_.holds(first_), world_.number(1)}});
  world_.set("first", 1);
  EXPECT_EQ(shown(figure), "1");
  world_.set("first", 0);
  EXPECT_EQ(shown(figure), "?");
}

TEST_F(ByCases, two_different_texts_are_anything) {
  auto const figure = world_.figure(text_type(), {{world_.holds(first_), world_.word("a")}, {kNone, world_.word("b")}});
  auto const is_c = world_.is(world_.figure_value(figure), {world_.word("c")});
  world_.set("first", missing());
  EXPECT_EQ(world_.truth(is_c), kCannotBeTold);
  world_.set("first", 1);
  EXPECT_EQ(world_.truth(is_c), kNo);
}

TEST_F(ByCases, a_fault_of_a_value_that_is_not_used_harms_nobody) {
  auto const huge =
      world_.add(check::Sum{world_.number(values::kMaxSteps), world_.number(values::kMaxSteps), false}, count_type());
  auto const figure = world_.figure(count_type(), {{world_.holds(first_), huge}, {kNone, world_.number(3)}});
  world_.criterion(world_.at_least(world_.figure_value(figure), world_.number(1)));
  check::Decision decision;
  decision.rows.emplace_back();
  world_.program.decisions.push_back(decision);
  world_.set("first", 0);
  EXPECT_EQ(world_.outcome().kind, Outcome::Kind::decided);
  world_.set("first", missing());
  EXPECT_EQ(world_.outcome().kind, Outcome::Kind::not_reviewed);
}

TEST_F(Figures, yes_or_no_and_its_exemption) {
  auto const fact = world_.fact("fact", yes_no_type());
  auto const exempt = world_.fact("exempt", yes_no_type());
  auto const figure = world_.yes_when(world_.holds(fact));
  world_.program.figures[figure].exempt = world_.holds(exempt);
  auto const is_yes = world_.holds(world_.figure_value(figure));
  auto const is_no = world_.holds(world_.figure_value(figure), true);
  auto const with = [&](Datum f, Datum e) {
    world_.set("fact", f);
    world_.set("exempt", e);
    return world_.truth(is_yes);
  };
  EXPECT_EQ(with(exactly(1), exactly(0)), kYes);
  EXPECT_EQ(world_.truth(is_no), kNo);
  EXPECT_EQ(with(exactly(0), exactly(0)), kNo);
  EXPECT_EQ(with(missing(), exactly(0)), kCannotBeTold);
  EXPECT_EQ(with(exactly(1), exactly(1)), kDoesNotApply);
  EXPECT_EQ(world_.truth(is_no), kDoesNotApply);
  EXPECT_EQ(with(exactly(1), missing()), kYes | kDoesNotApply);
}

TEST_F(Figures, for_each_member_of_a_choice) {
  auto const type = world_.choice("group", {"a", "b", "c"});
  auto const groups = world_.range(check::Range::Of::choice, type.which);
  auto const rate = world_.fact_each("rate", count_type(), {{vocabulary::Dimension::Of::choice, type.which}});
  auto const overall = world_.fact("overall", count_type());
  auto const gap =
      world_.figure(count_type(), {{kNone, world_.add(check::Sum{overall, rate, true}, count_type())}}, {groups});
  auto const small = world_.compare(check::Order::at_most, world_.figure_value(gap), world_.number(10));
  auto const every = world_.quantified(grammar::Quantifier::every, groups, small);
  auto const highest =
      world_.add(check::ListAggregate{Aggregate::highest, false, groups, world_.figure_value(gap)}, count_type());
  world_.set("overall", 90);
  world_.set("rate", exactly(85), 0, 0);
  world_.set("rate", exactly(80), 0, 1);
  world_.set("rate", exactly(95), 0, 2);
  EXPECT_EQ(world_.truth(every), kYes);
  EXPECT_EQ(text(world_.seen(highest)), "10");
  world_.set("rate", missing(), 0, 1);
  EXPECT_EQ(world_.truth(every), kCannotBeTold);
  world_.set("rate", exactly(79), 0, 0);
  EXPECT_EQ(world_.truth(every), kNo);
}

TEST_F(Figures, a_member_that_does_not_apply_is_no_part_of_an_aggregate) {
  auto const type = world_.choice("group", {"a", "b"});
  auto const groups = world_.range(check::Range::Of::choice, type.which);
  auto const rate = world_.fact_each("rate", count_type(), {{vocabulary::Dimension::Of::choice, type.which}});
  auto const size = world_.fact_each("size", count_type(), {{vocabulary::Dimension::Of::choice, type.which}});
  auto const figure = world_.figure(count_type(), {{kNone, rate}}, {groups});
  world_.program.figures[figure].exempt = world_.compare(check::Order::less_than, size, world_.number(10));
  auto const lowest =
      world_.add(check::ListAggregate{Aggregate::lowest, false, groups, world_.figure_value(figure)}, count_type());
  world_.set("rate", exactly(50), 0, 0);
  world_.set("rate", exactly(70), 0, 1);
  world_.set("size", exactly(5), 0, 0);
  world_.set("size", exactly(20), 0, 1);
  EXPECT_EQ(text(world_.seen(lowest)), "70");
  world_.set("size", missing(), 0, 0);
  EXPECT_EQ(text(world_.seen(lowest)), "50..70");
}

class Fallbacks : public Figures {
 protected:
  Fallbacks() {
    regional_ = world_.source("projections", {soc_type(), text_type()}, {count_type()});
    state_ = world_.source("state projections", {soc_type()}, {count_type()});
    region_ = world_.fact("region", text_type());
    world_.fact("occupations", list_of(soc_type()));
    check::KeyBinding const codes{kNone, world_.list_fact("occupations")};
    auto const regional = world_.add(
        check::SourceLookup{Aggregate::total, false, regional_, 0, {codes, {region_, std::nullopt}}, {}}, count_type());
    auto const whole_state =
        world_.add(check::SourceLookup{Aggregate::total, false, state_, 0, {codes}, {}}, count_type());
    figure_ = world_.figure(count_type(), {{kNone, regional}});
    fallback_ = whole_state;
    world_.release(state_, {{{"15-1252"}, {exactly(900)}}, {{"15-1253"}, {exactly(50)}}});
    world_.release(regional_, {{{"15-1252", "Essex"}, {missing(Known::suppressed)}},
                               {{"15-1253", "Essex"}, {exactly(7)}},
                               {{"15-1254", "Essex"}, {missing(Known::not_yet_published)}}});
    world_.set_word("region", "Essex");
  }
  std::string with(bool published, std::vector<std::string> const& occupations) {
    world_.program.figures[figure_].fallback = check::Figure::Fallback{published, regional_, fallback_};
    world_.batch = {};
    world_.dates.clear();
    world_.set_word("region", "Essex");
    world_.set_words("occupations", occupations);
    auto const out = shown(figure_);
    return out + (world_.run().used(figure_, {0, 0}).fallback ? " by fallback" : "");
  }
  vocabulary::SourceId regional_ = 0, state_ = 0;
  ValueId region_ = 0, fallback_ = 0;
  check::FigureId figure_ = 0;
};

TEST_F(Fallbacks, if_not_covered_is_no_row_for_any_of_the_bound_keys) {
  EXPECT_EQ(with(false, {"15-1253"}), "7");
  EXPECT_EQ(with(false, {"15-1253", "15-9999"}), "7..") << "one key has a row";
  EXPECT_EQ(with(false, {"15-1252"}), "0..") << "there is a row, it is suppressed";
  EXPECT_EQ(with(false, {"15-9999"}), "0.. by fallback");
  EXPECT_EQ(with(false, {}), "0") << "no key was asked for";
}

TEST_F(Fallbacks, if_not_published_is_no_row_or_suppressed) {
  EXPECT_EQ(with(true, {"15-1252"}), "900 by fallback");
  EXPECT_EQ(with(true, {"15-1252", "15-1254"}), "900.. by fallback");
  EXPECT_EQ(with(true, {"15-1252", "15-1253"}), "7..") << "one cell is published";
  EXPECT_EQ(with(true, {"15-9999"}), "0.. by fallback");
}

TEST_F(Fallbacks, never_from_what_a_submission_lacks) {
  with(false, {"15-9999"});
  world_.set("region", missing());
  EXPECT_EQ(shown(figure_), "0..");
  EXPECT_FALSE(world_.run().used(figure_, {0, 0}).fallback);
  EXPECT_TRUE(world_.run().used(figure_, {0, 0}).may_be_fallback);
  world_.batch = {};
  world_.dates.clear();
  world_.set_word("region", "Essex");
  EXPECT_FALSE(world_.run().used(figure_, {0, 0}).fallback) << "the occupations were not submitted";
}

// A list whose number is 0 or 1, and 5 where it has no row.
class FallbackOfAList : public Figures {
 protected:
  FallbackOfAList() {
    list_ = world_.source("priority", {soc_type()});
    auto const code = world_.fact("occupation", soc_type());
    auto const number = world_.add(
        check::SourceLookup{Aggregate::number, false, list_, kNone, {{code, std::nullopt}}, {}}, count_type());
    figure_ = world_.figure(count_type(), {{kNone, number}});
    world_.program.figures[figure_].fallback = check::Figure::Fallback{false, list_, world_.number(5, count_type())};
    world_.add_case();
  }
  void released() {
    world_.release(list_, {{{"15-1252"}, {}}, {{"51-4121"}, {}}});
    world_.evidence.releases[list_].front().table.untold = {0, 1};
  }
  std::string of(char const* code) {
    world_.set_word("occupation", code);
    return shown(figure_);
  }
  vocabulary::SourceId list_ = 0;
  check::FigureId figure_ = 0;
};

TEST_F(FallbackOfAList, is_possible_where_the_list_does_not_tell) {
  released();
  EXPECT_EQ(of("15-1252"), "1");
  EXPECT_EQ(of("29-1141"), "5");
  EXPECT_TRUE(world_.run().used(figure_, {0, 0}).fallback);
  EXPECT_EQ(of("51-4121"), "0..5");
  EXPECT_FALSE(world_.run().used(figure_, {0, 0}).fallback);
  EXPECT_TRUE(world_.run().used(figure_, {0, 0}).may_be_fallback);
}

TEST_F(FallbackOfAList, is_possible_where_the_submission_lacks_the_key) {
  released();
  EXPECT_EQ(shown(figure_), "0..5");
  EXPECT_TRUE(world_.run().used(figure_, {0, 0}).may_be_fallback);
}

TEST_F(FallbackOfAList, is_possible_before_the_release_and_where_it_lost_rows) {
  EXPECT_EQ(of("29-1141"), "0..5");
  released();
  world_.evidence.releases[list_].front().table.rows_lost = true;
  EXPECT_EQ(of("29-1141"), "0..5");
  EXPECT_EQ(of("15-1252"), "1") << "what it holds is sure";
}

TEST_F(Fallbacks, it_looks_below_aggregates_too) {
  auto const type = world_.choice("level", {"one", "two"});
  auto const levels = world_.range(check::Range::Of::choice, type.which);
  auto const inner = world_.program.figures[figure_].cases[0].value;
  auto const outer = world_.add(check::ListAggregate{Aggregate::total, false, levels, inner}, count_type());
  world_.program.figures[figure_].cases[0].value = outer;
  EXPECT_EQ(with(false, {"15-1253"}), "14");
  EXPECT_EQ(with(false, {"15-9999"}), "0.. by fallback");
}

}  // namespace
}  // namespace waymark::review
