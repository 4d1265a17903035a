// Windows over years (language.md, section 2, Time): the answer is yes or no when every way of resolving the unknown
// years gives it.
#include "engine/review/windows.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/reference/interpreter.hpp"
#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using check::kNone;
using grammar::Aggregate;
using values::kCannotBeTold;
using values::kDoesNotApply;
using values::kNo;
using values::kYes;
using values::Truth;

// The rule as it is written, for years that are resolved.
bool plainly(std::vector<Truth> const& years, std::uint32_t wanted, std::uint32_t last, bool measured) {
  std::vector<Truth> taken;
  for (auto const year : years) {
    if (measured && year == kDoesNotApply) continue;
    if (taken.size() < last) taken.push_back(year);
  }
  std::uint32_t yes = 0;
  for (auto const year : taken) yes += year == kYes ? 1U : 0U;
  return yes >= wanted;
}

Truth every_way(std::vector<Truth> const& years, std::size_t at, std::vector<Truth>& resolved, std::uint32_t wanted,
                std::uint32_t last, bool measured) {
  if (at == years.size()) return values::truth_of(plainly(resolved, wanted, last, measured));
  Truth out = 0;
  for (Truth bit : {kYes, kNo, kDoesNotApply}) {
    if (!values::may_be(years[at], bit)) continue;
    resolved.push_back(bit);
    out |= every_way(years, at + 1, resolved, wanted, last, measured);
    resolved.pop_back();
  }
  return out;
}

RC_GTEST_PROP(OverYears, gives_what_every_way_of_resolving_gives, ()) {
  auto const years = *rc::gen::resize(6, rc::gen::container<std::vector<Truth>>(rc::gen::inRange<Truth>(1, 8)));
  auto const last = *rc::gen::inRange<std::uint32_t>(1, 6);
  auto const wanted = *rc::gen::inRange<std::uint32_t>(1, last + 1);
  auto const measured = *rc::gen::arbitrary<bool>();
  std::vector<Truth> resolved;
  RC_ASSERT(over_years(years, wanted, last, measured) == every_way(years, 0, resolved, wanted, last, measured));
}

class Windows : public testing::Test {
 protected:
  // On 2026-11-21 the last program years that ended are 2025-26, 2024-25, 2023-24 …
  Windows() {
    years_ = world_.years(5);
    demand_ = world_.fact_each("demand", yes_no_type(), {{vocabulary::Dimension::Of::year, 0}});
    body_ = world_.holds(demand_);
  }
  Truth window(std::uint32_t wanted, std::uint32_t last, bool measured = false, std::uint32_t within = 0,
               ValueId after = kNone) {
    return world_.truth(world_.add(check::Windowed{wanted, last, measured, within, years_, after, body_}));
  }
  void set(std::vector<std::pair<int, Datum>> const& years) {
    world_.batch = {};
    world_.dates.clear();
    world_.add_case();
    for (auto const& [year, datum] : years) world_.set_year("demand", year, datum);
  }
  World world_;
  RangeId years_ = 0;
  ValueId demand_ = 0;
  ConditionId body_ = 0;
};

TEST_F(Windows, in_each_of_the_last_years_that_ended) {
  set({{2026, exactly(0)}, {2025, exactly(1)}, {2024, exactly(1)}, {2023, exactly(0)}});
  EXPECT_EQ(window(0, 2), kYes) << "2026-27 has not ended";
  EXPECT_EQ(window(0, 3), kNo);
  EXPECT_EQ(window(2, 3), kYes);
  EXPECT_EQ(window(3, 3), kNo);
}

TEST_F(Windows, a_year_that_ended_yesterday_has_ended) {
  world_.review_date = values::date_of(2026, 7, 1);
  set({{2025, exactly(1)}});
  EXPECT_EQ(window(0, 1), kYes);
  world_.review_date = values::date_of(2026, 6, 30);
  set({{2025, exactly(1)}, {2024, exactly(0)}});
  EXPECT_EQ(window(0, 1), kNo);
}

TEST_F(Windows, an_unpublished_or_suppressed_year_is_unknown_and_is_not_skipped) {
  set({{2025, missing(Known::suppressed)}, {2024, exactly(1)}});
  EXPECT_EQ(window(0, 2), kCannotBeTold);
  EXPECT_EQ(window(1, 2), kYes);
  EXPECT_EQ(window(0, 1), kCannotBeTold);
  EXPECT_EQ(window(0, 1, true), kCannotBeTold) << "measured skips only years in which it does not apply";
  set({{2024, exactly(0)}});
  EXPECT_EQ(window(0, 2), kNo);
}

class Measured : public Windows {
 protected:
  Measured() {
    auto const calculated = world_.fact_each("calculated", yes_no_type(), {{vocabulary::Dimension::Of::year, 0}});
    auto const figure = world_.yes_when(body_, {years_});
    world_.program.figures[figure].exempt = world_.holds(calculated, true);
    body_ = world_.holds(world_.figure_value(figure), true);  // debt burden passes is no
  }
  void set(std::vector<std::pair<int, std::pair<Datum, Datum>>> const& years) {
    world_.batch = {};
    world_.dates.clear();
    world_.add_case();
    for (auto const& [year, data] : years) {
      world_.set_year("demand", year, data.first);
      world_.set_year("calculated", year, data.second);
    }
  }
};

TEST_F(Measured, measured_skips_the_years_where_the_figure_does_not_apply) {
  auto const fails = std::pair(exactly(0), exactly(1));
  auto const passes = std::pair(exactly(1), exactly(1));
  auto const exempt = std::pair(exactly(0), exactly(0));
  set({{2025, fails}, {2024, exempt}, {2023, exempt}, {2022, fails}, {2021, passes}});
  EXPECT_EQ(window(2, 3, true, 5), kYes) << "2 of the last 3 measured within 5";
  EXPECT_EQ(window(2, 3, true, 3), kNo) << "only one was measured within 3";
  EXPECT_EQ(window(2, 3), kNo) << "not measured: only the last 3 years, of which two are not there";
  EXPECT_EQ(window(0, 3, true, 5), kNo);
}

// Without `within`: back to the first year of which anything is known, and before it years that may be anything.
TEST_F(Measured, without_within_it_looks_back_as_far_as_anything_is_known) {
  auto const fails = std::pair(exactly(0), exactly(1));
  auto const passes = std::pair(exactly(1), exactly(1));
  auto const exempt = std::pair(exactly(0), exactly(0));
  set({{2025, fails}, {2024, exempt}, {2023, exempt}, {2022, exempt}, {2021, exempt}, {2020, exempt}, {2010, fails}});
  EXPECT_EQ(window(0, 1, true), kYes);
  EXPECT_EQ(window(1, 2, true), kYes);
  EXPECT_EQ(window(0, 2, true), kCannotBeTold) << "2019-20 may be measured, with either answer";
  set({{2025, fails}, {2024, exempt}, {2023, exempt}, {2022, exempt}, {2021, exempt}, {2020, exempt}, {2019, fails}});
  EXPECT_EQ(window(0, 2, true), kYes) << "six years back";
  EXPECT_EQ(window(0, 2, true, 6), kNo);
  EXPECT_EQ(window(2, 2, true), kYes);
  EXPECT_EQ(window(0, 3, true), kCannotBeTold) << "nobody knows of the years before 2019-20";
  EXPECT_EQ(window(2, 3, true), kYes) << "whatever they are";
  EXPECT_EQ(window(3, 3, true), kCannotBeTold);
  set({{2025, fails}, {2024, passes}});
  EXPECT_EQ(window(0, 3, true), kNo) << "one year in the window surely is no";
  EXPECT_EQ(window(1, 3, true), kYes);
  EXPECT_EQ(window(2, 3, true), kCannotBeTold);
  EXPECT_EQ(window(3, 3, true), kNo);
  set({{2025, exempt}});
  EXPECT_EQ(window(1, 1, true), kCannotBeTold);
}

TEST_F(Measured, without_within_a_case_is_answered_alike_alone_and_beside_others) {
  auto const fails = std::pair(exactly(0), exactly(1));
  auto const exempt = std::pair(exactly(0), exactly(0));
  set({{2025, fails}, {2024, exempt}});
  auto const node = world_.add(check::Windowed{0, 2, true, 0, years_, kNone, body_});
  auto const alone = world_.truth(node);
  world_.add_case();
  for (int year = 1990; year < 2026; ++year) world_.set_year("demand", year, exactly(0));
  for (int year = 1990; year < 2026; ++year) world_.set_year("calculated", year, exactly(0));
  EXPECT_EQ(world_.truth(node), alone);
  EXPECT_EQ(alone, kCannotBeTold);
}

TEST_F(Measured, without_within_the_years_after_a_date_have_an_end) {
  auto const fails = std::pair(exactly(0), exactly(1));
  auto const exempt = std::pair(exactly(0), exactly(0));
  auto const plan_year = world_.fact("plan year", year_type());
  set({{2025, fails}, {2024, exempt}});
  auto const after = [&](Datum year) {
    world_.set("plan year", year);
    return window(0, 2, true, 0, plan_year);
  };
  EXPECT_EQ(after(exactly(2023)), kNo) << "of the two years after it one is measured";
  EXPECT_EQ(after(exactly(2022)), kCannotBeTold) << "2023-24 may be measured and no demand";
  EXPECT_EQ(after(exactly(1950)), kCannotBeTold);
  EXPECT_EQ(after(missing()), kCannotBeTold);
}

RC_GTEST_FIXTURE_PROP(Measured, without_within_it_is_what_the_reference_interpreter_gives, ()) {
  auto const plan_year = world_.fact("plan year", year_type());
  auto const any = [] {
    auto const value = *rc::gen::inRange<Steps>(0, 3);
    return value == 2 ? missing(Known::suppressed) : exactly(value);
  };
  std::vector<std::pair<int, std::pair<Datum, Datum>>> years;
  for (int year = 2025; year > 2018; --year) {
    if (*rc::gen::arbitrary<bool>()) years.push_back({year, {any(), any()}});
  }
  set(years);
  auto const last = *rc::gen::inRange<std::uint32_t>(1, 5);
  auto const wanted = *rc::gen::inRange<std::uint32_t>(0, last + 1);
  auto const after = *rc::gen::inRange<Steps>(2012, 2028);
  if (after < 2027) world_.set("plan year", exactly(after));
  auto const node = world_.add(check::Windowed{wanted, last, true, 0, years_, plan_year, body_});
  reference::Interpreter const plainly({world_.program, world_.evidence, world_.symbols, &world_.batch}, 0,
                                       world_.review_date);
  RC_ASSERT(world_.truth(node) == plainly.truth(node, {}));
  auto const without = world_.add(check::Windowed{wanted, last, true, 0, years_, kNone, body_});
  RC_ASSERT(world_.truth(without) == plainly.truth(without, {}));
}

RC_GTEST_PROP(OverYears, the_years_without_end_are_those_of_any_longer_tail, ()) {
  auto years = *rc::gen::resize(4, rc::gen::container<std::vector<Truth>>(rc::gen::inRange<Truth>(1, 8)));
  auto const last = *rc::gen::inRange<std::uint32_t>(1, 5);
  auto const wanted = *rc::gen::inRange<std::uint32_t>(1, last + 1);
  years.resize(years.size() + last, kAnyYear);
  auto const answer = over_years(years, wanted, last, true);
  years.resize(years.size() + *rc::gen::inRange<std::size_t>(1, 20), kAnyYear);
  RC_ASSERT(over_years(years, wanted, last, true) == answer);
}

TEST_F(Measured, a_window_with_fewer_years_in_each_is_no_and_at_least_counts_those_there_are) {
  auto const fails = std::pair(exactly(0), exactly(1));
  auto const exempt = std::pair(exactly(0), exactly(0));
  set({{2025, fails}, {2024, exempt}, {2023, exempt}, {2022, exempt}, {2021, exempt}});
  EXPECT_EQ(window(0, 2, true, 5), kNo);
  EXPECT_EQ(window(1, 2, true, 5), kYes);
  EXPECT_EQ(window(0, 1, true, 5), kYes);
}

TEST_F(Windows, after_a_year) {
  auto const plan_year = world_.fact("plan year", year_type());
  set({{2025, exactly(1)}, {2024, exactly(1)}, {2023, exactly(1)}});
  world_.set("plan year", exactly(2023));
  EXPECT_EQ(window(0, 2, false, 0, plan_year), kYes);
  EXPECT_EQ(window(0, 3, false, 0, plan_year), kNo) << "only two years come after it";
  EXPECT_EQ(window(1, 3, false, 0, plan_year), kYes);
  world_.set("plan year", exactly(2025));
  EXPECT_EQ(window(1, 3, false, 0, plan_year), kNo);
  world_.set("plan year", missing());
  EXPECT_EQ(window(0, 2, false, 0, plan_year), kCannotBeTold);
  EXPECT_EQ(window(1, 3, false, 0, plan_year), kCannotBeTold);
}

TEST_F(Windows, after_a_date_come_the_years_that_begin_after_it) {
  auto const since = world_.fact("since", date_type());
  set({{2025, exactly(1)}, {2024, exactly(1)}, {2023, exactly(1)}});
  world_.set("since", exactly(day("2024-06-30")));
  EXPECT_EQ(window(0, 2, false, 0, since), kYes);
  EXPECT_EQ(window(0, 3, false, 0, since), kNo);
  world_.set("since", exactly(day("2024-07-01")));
  EXPECT_EQ(window(0, 2, false, 0, since), kNo);
}

TEST_F(Windows, the_last_program_year) {
  auto const last = world_.add(check::RunningYear{0, -1}, year_type());
  EXPECT_EQ(text(world_.seen(last)), "2025");
  auto const in_last = world_.add(check::InYear{demand_, years_, last}, yes_no_type());
  set({{2025, exactly(1)}});
  EXPECT_EQ(world_.truth(world_.holds(in_last)), kYes);
}

class Yearly : public testing::Test {
 protected:
  Yearly() {
    years_ = world_.years(2);
    completers_ = world_.fact_each("completers", count_type(), {{vocabulary::Dimension::Of::year, 0}});
    for (int year = 2015; year <= 2025; ++year) world_.set_year("completers", year, exactly(year - 2000));
  }
  World world_;
  RangeId years_ = 0;
  ValueId completers_ = 0;
};

TEST_F(Yearly, an_aggregate_over_the_last_years) {
  auto const total = world_.add(check::YearsAggregate{Aggregate::total, false, years_, 4, completers_}, count_type());
  EXPECT_EQ(text(world_.seen(total)), std::to_string(25 + 24 + 23 + 22));
}

TEST_F(Yearly, inside_a_yearly_figure_it_counts_back_from_that_year) {
  auto const total = world_.add(check::YearsAggregate{Aggregate::total, false, years_, 4, completers_}, count_type());
  auto const figure = world_.figure(count_type(), {{kNone, total}}, {years_});
  auto const body = world_.at_least(world_.figure_value(figure), world_.number(24 + 23 + 22 + 21));
  auto const window = world_.add(check::Windowed{0, 2, false, 0, years_, kNone, body});
  EXPECT_EQ(world_.truth(window), kYes);
  auto const three = world_.add(check::Windowed{0, 3, false, 0, years_, kNone, body});
  EXPECT_EQ(world_.truth(three), kNo);
}

TEST_F(Yearly, in_a_year_gives_a_figure_of_any_year_and_nothing_where_the_year_is_unknown) {
  auto const year = world_.fact("baseline", year_type());
  auto const doubled = world_.add(check::Times{completers_, 2}, count_type());
  auto const figure = world_.figure(count_type(), {{kNone, doubled}}, {years_});
  auto const in_year = world_.add(check::InYear{world_.figure_value(figure), years_, year}, count_type());
  world_.batch = {};
  world_.dates.clear();
  for (std::uint32_t i = 0; i < 3; ++i) {
    world_.add_case();
    for (int y = 2015; y <= 2025; ++y) world_.set_year("completers", y, exactly(y - 2000), i);
  }
  world_.set("baseline", exactly(2016), 0);
  world_.set("baseline", exactly(2025), 2);
  EXPECT_EQ(text(world_.seen(in_year, 0)), "32") << "far older than any window looks";
  EXPECT_EQ(text(world_.seen(in_year, 1)), "?");
  EXPECT_EQ(text(world_.seen(in_year, 2)), "50");
}

TEST_F(Yearly, for_each_choice_and_year) {
  auto const type = world_.choice("group", {"a", "b"});
  auto const groups = world_.range(check::Range::Of::choice, type.which);
  auto const rate = world_.fact_each(
      "rate", count_type(), {{vocabulary::Dimension::Of::choice, type.which}, {vocabulary::Dimension::Of::year, 0}});
  auto const good = world_.at_least(rate, world_.number(5));
  auto const window = world_.add(check::Windowed{0, 2, false, 0, years_, kNone, good});
  auto const every = world_.quantified(grammar::Quantifier::every, groups, window);
  auto const turned = world_.add(
      check::Windowed{0, 2, false, 0, years_, kNone, world_.quantified(grammar::Quantifier::every, groups, good)});
  world_.batch = {};
  world_.dates.clear();
  world_.add_case();
  for (std::uint32_t entry = 0; entry < 2; ++entry) {
    world_.set_year("rate", 2025, exactly(6), 0, entry);
    world_.set_year("rate", 2024, exactly(5), 0, entry);
  }
  EXPECT_EQ(world_.truth(every), kYes);
  EXPECT_EQ(world_.truth(turned), kYes);
  auto& run = world_.run();
  auto const second = run.members(groups, {0, 0})[1];
  auto const years = run.members(years_, second);
  ASSERT_EQ(years.size(), 2U);
  EXPECT_EQ(run.member(years[0]), 2025);
  EXPECT_EQ(text(run.value(rate, years[1])), "5");
  EXPECT_EQ(run.member(run.outer(years[0])), 1);
}

}  // namespace
}  // namespace waymark::review
