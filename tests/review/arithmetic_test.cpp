// Values are exact, and bounds are carried one operator at a time (language.md, section 2).
#include <gtest/gtest.h>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

// Two facts, `a` and `b`, and a value made of them.
class Arithmetic : public testing::Test {
 protected:
  Arithmetic() : a_(world_.fact("a", count_type())), b_(world_.fact("b", count_type())) {}

  std::string of(ValueId value, Datum a, Datum b = missing()) {
    world_.set("a", a);
    world_.set("b", b);
    return text(world_.seen(value));
  }
  ValueId percent_of_a(Steps percent) {
    return world_.add(check::PercentOf{world_.number(percent * 1'000'000, percent_type()), a_}, count_type(), true);
  }

  World world_;
  ValueId a_, b_;
};

TEST_F(Arithmetic, a_fact_is_exact_bounded_or_unknown) {
  EXPECT_EQ(of(a_, exactly(5)), "5");
  EXPECT_EQ(of(a_, between(0, 9)), "0..9");
  EXPECT_EQ(of(a_, at_least(208'000)), "208000..");
  EXPECT_EQ(of(a_, missing()), "?");
}

TEST_F(Arithmetic, what_is_missing_has_no_bounds_but_a_declared_range) {
  world_.field("a").lowest = 0;
  world_.field("a").highest = 100;
  world_.add_case();
  EXPECT_EQ(text(world_.seen(a_)), "0..100");
}

TEST_F(Arithmetic, sums_add_bounds) {
  auto const plus = world_.add(check::Sum{a_, b_, false}, count_type());
  auto const minus = world_.add(check::Sum{a_, b_, true}, count_type());
  EXPECT_EQ(of(plus, exactly(5), exactly(7)), "12");
  EXPECT_EQ(of(plus, between(1, 2), between(10, 20)), "11..22");
  EXPECT_EQ(of(plus, at_least(3), exactly(4)), "7..");
  EXPECT_EQ(of(plus, exactly(3), missing()), "?");
  EXPECT_EQ(of(minus, exactly(5), exactly(7)), "-2");
  EXPECT_EQ(of(minus, between(1, 2), between(10, 20)), "-19..-8");
  EXPECT_EQ(of(minus, exactly(3), at_least(4)), "..-1");
}

TEST_F(Arithmetic, each_occurrence_stands_on_its_own) {
  auto const minus = world_.add(check::Sum{a_, a_, true}, count_type());
  EXPECT_EQ(of(minus, between(1, 3)), "-2..2");
}

TEST_F(Arithmetic, times_keeps_bounds) {
  auto const yearly = world_.add(check::Times{a_, 2080}, count_type());
  EXPECT_EQ(of(yearly, exactly(15)), "31200");
  EXPECT_EQ(of(yearly, between(15, 16)), "31200..33280");
  EXPECT_EQ(of(yearly, at_least(15)), "31200..");
}

TEST_F(Arithmetic, a_share_is_kept_as_a_ratio) {
  EXPECT_EQ(of(percent_of_a(80), exactly(1201)), "4804/5");
  EXPECT_EQ(of(percent_of_a(80), between(10, 20)), "8..16");
  EXPECT_EQ(of(percent_of_a(80), at_least(10)), "8..");
}

TEST_F(Arithmetic, percent_of_multiplies_and_holds_at_zero) {
  EXPECT_EQ(of(percent_of_a(80), exactly(0)), "0");
  EXPECT_EQ(of(percent_of_a(0), exactly(7)), "0");
  EXPECT_EQ(of(percent_of_a(0), missing()), "0") << "0 percent of whatever number it is, is 0";
  auto const share = world_.add(check::PercentOf{b_, a_}, count_type(), true);
  EXPECT_EQ(of(share, exactly(0), missing()), "0") << "whatever the percentage, of nothing it is nothing";
}

TEST_F(Arithmetic, percent_of_minds_the_signs) {
  auto const share = world_.add(check::PercentOf{b_, a_}, count_type(), true);
  Steps const percent = 1'000'000;
  EXPECT_EQ(of(share, between(-10, 20), exactly(50 * percent)), "-5..10");
  EXPECT_EQ(of(share, between(10, 20), exactly(-50 * percent)), "-10..-5");
  EXPECT_EQ(of(share, between(-10, 20), between(-50 * percent, 100 * percent)), "-10..20");
  EXPECT_EQ(of(share, at_least(10), between(-50 * percent, 0)), "..0");
  EXPECT_EQ(of(share, at_least(10), between(0, 50 * percent)), "0..");
}

TEST_F(Arithmetic, as_a_percent_of_divides) {
  auto const rate = world_.add(check::AsPercentOf{a_, b_}, percent_type(), true);
  EXPECT_EQ(of(rate, exactly(1), exactly(3)), "100000000/3");
  EXPECT_EQ(of(rate, exactly(1), exactly(4)), "25000000");
  EXPECT_EQ(of(rate, between(1, 2), between(4, 8)), "12500000..50000000");
  EXPECT_EQ(of(rate, between(-2, 2), between(4, 8)), "-50000000..50000000");
  EXPECT_EQ(of(rate, exactly(1), exactly(-4)), "-25000000");
  EXPECT_EQ(of(rate, exactly(1), at_least(4)), "0..25000000");
  EXPECT_EQ(of(rate, at_least(1), exactly(4)), "25000000..");
}

TEST_F(Arithmetic, as_a_percent_of_is_unknown_where_the_whole_may_be_zero) {
  auto const rate = world_.add(check::AsPercentOf{a_, b_}, percent_type(), true);
  EXPECT_EQ(of(rate, exactly(1), exactly(0)), "?");
  EXPECT_EQ(of(rate, exactly(0), exactly(0)), "?");
  EXPECT_EQ(of(rate, exactly(1), between(0, 5)), "?");
  EXPECT_EQ(of(rate, exactly(1), between(-5, 5)), "?");
  EXPECT_EQ(of(rate, exactly(1), missing()), "?");
}

TEST_F(Arithmetic, the_greater_and_the_lesser_choose_bound_by_bound) {
  auto const greater = world_.add(check::Choose{true, a_, b_}, count_type());
  auto const lesser = world_.add(check::Choose{false, a_, b_}, count_type());
  EXPECT_EQ(of(greater, between(1, 10), exactly(5)), "5..10");
  EXPECT_EQ(of(lesser, between(1, 10), exactly(5)), "1..5");
  EXPECT_EQ(of(greater, missing(), exactly(5)), "5..");
  EXPECT_EQ(of(lesser, missing(), exactly(5)), "..5");
}

TEST_F(Arithmetic, the_greater_keeps_the_shape_of_what_it_chooses) {
  auto const greater = world_.add(check::Choose{true, world_.number(5), percent_of_a(20)}, count_type(), true);
  EXPECT_EQ(of(greater, exactly(10)), "5");
  EXPECT_EQ(of(greater, exactly(26)), "26/5");
}

TEST_F(Arithmetic, rounding_goes_to_the_nearest_multiple_halves_away_from_zero) {
  auto const rounded = world_.add(check::Rounded{percent_of_a(50), 10}, count_type());
  EXPECT_EQ(of(rounded, exactly(29)), "10");
  EXPECT_EQ(of(rounded, exactly(30)), "20");
  EXPECT_EQ(of(rounded, exactly(-30)), "-20");
  EXPECT_EQ(of(rounded, between(29, 30)), "10..20");
  EXPECT_EQ(of(rounded, missing()), "?");
}

TEST_F(Arithmetic, a_number_past_the_largest_makes_its_case_not_reviewed) {
  auto const plus = world_.add(check::Sum{a_, b_, false}, count_type(), false, "a plus b");
  world_.criterion(world_.at_least(plus, world_.number(1)));
  world_.add_case();
  world_.add_case();
  world_.set("a", exactly(values::kMaxSteps), 0);
  world_.set("b", exactly(1), 0);
  world_.set("a", exactly(values::kMaxSteps), 1);
  world_.set("b", exactly(0), 1);
  check::Decision decision;
  decision.rows.emplace_back();
  world_.program.decisions.push_back(decision);
  auto const outcomes = world_.run().outcomes();
  EXPECT_EQ(outcomes[0].kind, Outcome::Kind::not_reviewed);
  EXPECT_EQ(outcomes[0].fault, "The value of `a plus b` is too large a number to be exact.");
  EXPECT_EQ(outcomes[1].kind, Outcome::Kind::decided);
}

TEST_F(Arithmetic, dates_move_and_month_ends_clamp_down) {
  auto const date = world_.fact("date", date_type());
  auto const shift = [&](values::TermUnit unit, Steps count, bool minus) {
    auto const id = world_.add(check::DateShift{date, world_.number(count), unit, 0, minus}, date_type());
    world_.batch = {};
    world_.dates.clear();
    world_.set("date", exactly(day("2024-01-31")));
    auto const seen = world_.seen(id);
    EXPECT_TRUE(seen.exact());
    return values::write_date({static_cast<std::int32_t>(seen.lowest.numerator)});
  };
  EXPECT_EQ(shift(values::TermUnit::months, 1, false), "2024-02-29");
  EXPECT_EQ(shift(values::TermUnit::months, 2, true), "2023-11-30");
  EXPECT_EQ(shift(values::TermUnit::years, 1, false), "2025-01-31");
  EXPECT_EQ(shift(values::TermUnit::days, 30, false), "2024-03-01");
}

TEST_F(Arithmetic, working_days_beyond_the_calendar_of_holidays_cannot_be_told_and_spoil_nothing_else) {
  auto const date = world_.fact("date", date_type());
  auto const later =
      world_.add(check::DateShift{date, world_.number(2), values::TermUnit::working_days, 0, false}, date_type());
  world_.set("date", exactly(day("2026-12-24")));
  EXPECT_FALSE(is_finite(world_.seen(later).lowest)) << "there is no calendar";
  world_.program.vocabulary.calendar.holidays = {{static_cast<std::int32_t>(day("2026-12-25"))}};
  world_.program.vocabulary.calendar.through = values::Date{static_cast<std::int32_t>(day("2026-12-31"))};
  EXPECT_EQ(world_.seen(later).lowest.numerator, day("2026-12-29"));
  EXPECT_TRUE(world_.seen(later).exact());
  check::Row refer;
  check::Row approve = refer;
  approve.when = world_.at_least(later, date);
  check::Decision decision;
  decision.rows = {approve, refer};
  world_.program.decisions = {decision};
  EXPECT_EQ(world_.outcome().kind, Outcome::Kind::decided);
  world_.set("date", between(day("2026-12-24"), day("2026-12-30")));
  EXPECT_EQ(world_.seen(later).lowest.numerator, day("2026-12-29")) << "the earliest day is told";
  EXPECT_FALSE(is_finite(world_.seen(later).highest));
  world_.set("date", exactly(day("2026-12-30")));
  EXPECT_FALSE(is_finite(world_.seen(later).highest)) << "the calendar has ended";
  EXPECT_TRUE(world_.outcome().fault.empty()) << world_.outcome().fault;
}

TEST_F(Arithmetic, a_date_within_bounds_moves_with_both_of_them) {
  auto const date = world_.fact("date", date_type());
  auto const later =
      world_.add(check::DateShift{date, world_.number(1), values::TermUnit::months, 0, false}, date_type());
  world_.set("date", between(day("2024-01-01"), day("2024-01-31")));
  auto const seen = world_.seen(later);
  EXPECT_EQ(seen.lowest.numerator, day("2024-02-01"));
  EXPECT_EQ(seen.highest.numerator, day("2024-02-29"));
}

TEST_F(Arithmetic, what_is_computed_from_what_does_not_apply_does_not_apply) {
  auto const yes = world_.fact("exempt", yes_no_type());
  auto const figure = world_.figure(count_type(), {{check::kNone, a_}});
  world_.program.figures[figure].exempt = world_.holds(yes);
  auto const sum = world_.add(check::Sum{world_.figure_value(figure), b_, false}, count_type());
  world_.set("a", exactly(1));
  world_.set("b", exactly(2));
  world_.set("exempt", exactly(1));
  EXPECT_EQ(text(world_.seen(sum)), "-");
  world_.set("exempt", exactly(0));
  EXPECT_EQ(text(world_.seen(sum)), "3");
  world_.set("exempt", missing());
  EXPECT_EQ(text(world_.seen(sum)), "3 or -");
}

}  // namespace
}  // namespace waymark::review
