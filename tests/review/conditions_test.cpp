// Conditions are strong Kleene by interval arithmetic (language.md, section 2).
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using check::Order;
using grammar::Connective;
using values::kCannotBeTold;
using values::kDoesNotApply;
using values::kNo;
using values::kYes;

class Conditions : public testing::Test {
 protected:
  World world_;
};

TEST_F(Conditions, every_comparison_of_every_pair_within_the_bounds) {
  auto const left = world_.fact("left", count_type());
  auto const right = world_.fact("right", count_type());
  std::vector<std::pair<Order, bool (*)(Steps, Steps)>> const orders = {
      {Order::at_least, [](Steps a, Steps b) { return a >= b; }},
      {Order::at_most, [](Steps a, Steps b) { return a <= b; }},
      {Order::more_than, [](Steps a, Steps b) { return a > b; }},
      {Order::less_than, [](Steps a, Steps b) { return a < b; }},
      {Order::equal, [](Steps a, Steps b) { return a == b; }},
      {Order::not_equal, [](Steps a, Steps b) { return a != b; }}};
  std::vector<ConditionId> conditions;
  for (auto const& order : orders) conditions.push_back(world_.compare(order.first, left, right));
  for (Steps low = 0; low < 4; ++low) {
    for (Steps high = low; high < 4; ++high) {
      for (Steps other = 0; other < 4; ++other) {
        world_.set("left", between(low, high));
        world_.set("right", between(other, std::min<Steps>(other + 1, 3)));
        for (std::size_t i = 0; i < orders.size(); ++i) {
          values::Truth expected = 0;
          for (auto a = low; a <= high; ++a) {
            for (auto b = other; b <= std::min<Steps>(other + 1, 3); ++b) {
              expected |= values::truth_of(orders[i].second(a, b));
            }
          }
          EXPECT_EQ(world_.truth(conditions[i]), expected) << low << ".." << high << " and " << other << " by " << i;
        }
      }
    }
  }
}

TEST_F(Conditions, what_is_missing_cannot_be_told) {
  auto const fact = world_.fact("fact", count_type());
  for (auto const order :
       {Order::at_least, Order::at_most, Order::more_than, Order::less_than, Order::equal, Order::not_equal}) {
    auto const condition = world_.compare(order, fact, world_.number(0));
    EXPECT_EQ(world_.truth(condition), kCannotBeTold) << "counts are 0 or more only as a part of a total";
  }
}

TEST_F(Conditions, units_of_different_decimals_are_brought_to_one_scale) {
  auto const fact = world_.fact("fact", count_type());
  auto const condition = world_.add(check::Compare{Order::at_least, fact, world_.number(75), 10, 1});
  world_.set("fact", 7);
  EXPECT_EQ(world_.truth(condition), kNo) << "7 against 7.5";
  world_.set("fact", 8);
  EXPECT_EQ(world_.truth(condition), kYes);
  world_.set("fact", missing());
  EXPECT_EQ(world_.truth(condition), kCannotBeTold);
}

TEST_F(Conditions, shares_and_quotients_compare_exactly) {
  auto const part = world_.fact("part", count_type());
  auto const whole = world_.fact("whole", count_type());
  auto const share = world_.add(check::PercentOf{world_.number(60'000'000, percent_type()), whole}, count_type(), true);
  auto const condition = world_.at_least(part, share);
  world_.set("part", 3);
  world_.set("whole", 5);
  EXPECT_EQ(world_.truth(condition), kYes) << "3 of 5 is 60 percent, on the dot";
  world_.set("whole", 6);
  EXPECT_EQ(world_.truth(condition), kNo);
  auto const rate = world_.add(check::AsPercentOf{part, whole}, percent_type(), true);
  auto const third = world_.at_least(rate, world_.number(33'333'334, percent_type()));
  world_.set("part", 1);
  world_.set("whole", 3);
  EXPECT_EQ(world_.truth(third), kNo) << "a third is less than 33.333334 percent";
}

TEST_F(Conditions, the_largest_numbers_compare_exactly) {
  auto const a = world_.fact("a", count_type());
  auto const b = world_.fact("b", count_type());
  auto const rate = world_.add(check::AsPercentOf{a, b}, percent_type(), true);
  auto const share = world_.add(check::PercentOf{b, a}, count_type(), true);
  world_.set("a", values::kMaxSteps);
  world_.set("b", values::kMaxSteps - 1);
  EXPECT_EQ(world_.truth(world_.compare(Order::more_than, rate, world_.number(100'000'000, percent_type()))), kYes);
  EXPECT_EQ(world_.truth(world_.compare(Order::equal, share, share)), kYes);
}

TEST_F(Conditions, a_choice_is_one_of_the_options) {
  auto const type = world_.choice("request", {"new", "renewal", "change"});
  auto const fact = world_.fact("request", type);
  auto const is_new = world_.is(fact, {world_.number(0, type)});
  auto const one_of = world_.is(fact, {world_.number(0, type), world_.number(2, type)});
  auto const is_not = world_.is(fact, {world_.number(0, type)}, true);
  world_.set("request", 0);
  EXPECT_EQ(world_.truth(is_new), kYes);
  EXPECT_EQ(world_.truth(is_not), kNo);
  world_.set("request", 2);
  EXPECT_EQ(world_.truth(is_new), kNo);
  EXPECT_EQ(world_.truth(one_of), kYes);
  world_.set("request", missing());
  EXPECT_EQ(world_.truth(is_new), kCannotBeTold);
  EXPECT_EQ(world_.truth(is_not), kCannotBeTold);
}

TEST_F(Conditions, texts_match_by_what_they_say) {
  auto const fact = world_.fact("region", text_type());
  auto const condition = world_.is(fact, {world_.word("Essex County")});
  world_.set_word("region", "ESSEX  county");
  EXPECT_EQ(world_.truth(condition), kYes);
  world_.set_word("region", "Sussex County");
  EXPECT_EQ(world_.truth(condition), kNo);
}

TEST_F(Conditions, a_code_is_within_its_group) {
  auto const fact = world_.fact("program", cip_type());
  auto const within = [&](char const* group, bool negated) {
    return world_.add(check::Within{fact, world_.word(group, cip_type()), negated});
  };
  world_.set_word("program", "48.0508");
  EXPECT_EQ(world_.truth(within("48.05", false)), kYes);
  EXPECT_EQ(world_.truth(within("48", false)), kYes);
  EXPECT_EQ(world_.truth(within("48.0508", false)), kYes);
  EXPECT_EQ(world_.truth(within("48.06", false)), kNo);
  EXPECT_EQ(world_.truth(within("48.06", true)), kYes);
  world_.set("program", missing());
  EXPECT_EQ(world_.truth(within("48.05", false)), kCannotBeTold);
}

TEST_F(Conditions, a_fact_list_holds_or_does_not_and_a_missing_one_cannot_be_told) {
  auto const fact = world_.fact("program", soc_type());
  world_.fact("programs", list_of(soc_type()));
  auto const condition = world_.add(check::InList{fact, world_.list_fact("programs"), false});
  world_.set_word("program", "15-1252");
  EXPECT_EQ(world_.truth(condition), kCannotBeTold);
  world_.set_words("programs", {});
  EXPECT_EQ(world_.truth(condition), kNo);
  world_.set_words("programs", {"15-1212", "15-1252"});
  EXPECT_EQ(world_.truth(condition), kYes);
  world_.set_word("program", "11-1011");
  EXPECT_EQ(world_.truth(condition), kNo);
  world_.set("program", missing());
  EXPECT_EQ(world_.truth(condition), kCannotBeTold);
}

TEST_F(Conditions, nothing_is_in_an_empty_list_also_what_is_unknown) {
  auto const fact = world_.fact("program", soc_type());
  world_.fact("programs", list_of(soc_type()));
  auto const condition = world_.add(check::InList{fact, world_.list_fact("programs"), false});
  world_.set_words("programs", {});
  EXPECT_EQ(world_.truth(condition), kNo);
}

TEST_F(Conditions, a_list_source_says_no_by_absence_and_nothing_without_a_release) {
  auto const fact = world_.fact("program", cip_type());
  auto const source = world_.source("approved programs", {cip_type()});
  check::ListUse use;
  use.of = check::ListUse::Of::source;
  use.which = source;
  auto const condition = world_.add(check::InList{fact, use, false});
  auto const negated = world_.add(check::InList{fact, use, true});
  world_.set_word("program", "48.0508");
  EXPECT_EQ(world_.truth(condition), kCannotBeTold);
  world_.release(source, {{{"11.0701"}, {}}});
  EXPECT_EQ(world_.truth(condition), kNo);
  EXPECT_EQ(world_.truth(negated), kYes);
  world_.set_word("program", "11.0701");
  EXPECT_EQ(world_.truth(condition), kYes);
}

TEST_F(Conditions, yes_or_no_holds) {
  auto const fact = world_.fact("agreement", yes_no_type());
  auto const has = world_.holds(fact);
  auto const has_not = world_.holds(fact, true);
  world_.set("agreement", 1);
  EXPECT_EQ(world_.truth(has), kYes);
  EXPECT_EQ(world_.truth(has_not), kNo);
  world_.set("agreement", 0);
  EXPECT_EQ(world_.truth(has), kNo);
  world_.set("agreement", missing());
  EXPECT_EQ(world_.truth(has), kCannotBeTold);
  EXPECT_EQ(world_.truth(has_not), kCannotBeTold);
}

TEST_F(Conditions, untold_is_two_valued) {
  auto const fact = world_.fact("fact", count_type());
  auto const untold = world_.add(check::Untold{fact});
  world_.set("fact", 5);
  EXPECT_EQ(world_.truth(untold), kNo);
  world_.set("fact", between(5, 6));
  EXPECT_EQ(world_.truth(untold), kYes);
  world_.set("fact", missing());
  EXPECT_EQ(world_.truth(untold), kYes);
}

TEST_F(Conditions, untold_of_a_list_asks_whether_it_was_submitted) {
  auto const list = world_.fact("codes", list_of(soc_type()));
  auto const untold = world_.add(check::Untold{list});
  EXPECT_EQ(world_.truth(untold), kYes);
  world_.set_words("codes", {"15-1252"});
  EXPECT_EQ(world_.truth(untold), kNo);
}

TEST_F(Conditions, untold_of_a_yes_or_no_figure) {
  auto const fact = world_.fact("fact", count_type());
  auto const figure = world_.yes_when(world_.at_least(fact, world_.number(10)));
  auto const untold = world_.add(check::Untold{world_.figure_value(figure)});
  world_.set("fact", between(11, 20));
  EXPECT_EQ(world_.truth(untold), kNo) << "the count cannot be told exactly, the answer can";
  world_.set("fact", between(9, 20));
  EXPECT_EQ(world_.truth(untold), kYes);
}

TEST_F(Conditions, lists_of_conditions_by_their_connective) {
  std::vector<ConditionId> items;
  for (auto const* name : {"a", "b", "c"}) items.push_back(world_.holds(world_.fact(name, yes_no_type())));
  auto const all = world_.junction(Connective::all, items);
  auto const any = world_.junction(Connective::any, items);
  auto const none = world_.junction(Connective::none, items);
  auto const two = world_.junction(Connective::at_least, items, 2);
  auto const set = [&](Datum a, Datum b, Datum c) {
    world_.set("a", a);
    world_.set("b", b);
    world_.set("c", c);
  };
  set(exactly(1), exactly(1), missing());
  EXPECT_EQ(world_.truth(all), kCannotBeTold);
  EXPECT_EQ(world_.truth(any), kYes);
  EXPECT_EQ(world_.truth(none), kNo);
  EXPECT_EQ(world_.truth(two), kYes);
  set(exactly(0), exactly(1), missing());
  EXPECT_EQ(world_.truth(all), kNo);
  EXPECT_EQ(world_.truth(two), kCannotBeTold);
  set(exactly(0), exactly(0), missing());
  EXPECT_EQ(world_.truth(any), kCannotBeTold);
  EXPECT_EQ(world_.truth(none), kCannotBeTold);
  EXPECT_EQ(world_.truth(two), kNo);
}

class DoesNotApply : public Conditions {
 protected:
  // A criterion that does not apply where the fact `exempt` is yes, and is met where `met` is.
  DoesNotApply() {
    auto const id = world_.criterion(world_.holds(world_.fact("met", yes_no_type())));
    world_.program.criteria[id].exempt = world_.holds(world_.fact("exempt", yes_no_type()));
    state_ = world_.add(check::CriterionState{id, grammar::State::met});
    other_ = world_.holds(world_.fact("other", yes_no_type()));
    world_.set("exempt", 1);
  }
  ConditionId state_ = 0, other_ = 0;
};

TEST_F(DoesNotApply, the_item_is_dropped_from_its_list) {
  world_.set("other", 1);
  EXPECT_EQ(world_.truth(world_.junction(Connective::all, {state_, other_})), kYes);
  EXPECT_EQ(world_.truth(world_.junction(Connective::none, {state_, other_})), kNo);
  world_.set("other", 0);
  EXPECT_EQ(world_.truth(world_.junction(Connective::any, {state_, other_})), kNo);
}

TEST_F(DoesNotApply, n_is_never_lowered) {
  world_.set("other", 1);
  EXPECT_EQ(world_.truth(world_.junction(Connective::at_least, {state_, other_}, 2)), kNo);
  EXPECT_EQ(world_.truth(world_.junction(Connective::at_least, {state_, other_}, 1)), kYes);
}

TEST_F(DoesNotApply, a_list_with_nothing_left_does_not_apply) {
  EXPECT_EQ(world_.truth(world_.junction(Connective::all, {state_, state_})), kDoesNotApply);
  EXPECT_EQ(world_.truth(world_.junction(Connective::any, {state_})), kDoesNotApply);
  EXPECT_EQ(world_.truth(world_.junction(Connective::at_least, {state_}, 1)), kDoesNotApply);
}

}  // namespace
}  // namespace waymark::review
