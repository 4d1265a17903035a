// Thresholds: which row is in force, for whom (language.md, section 2, Time).
#include <gtest/gtest.h>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

class Thresholds : public testing::Test {
 protected:
  std::string on(char const* date, ValueId value) {
    world_.batch = {};
    world_.dates.clear();
    world_.review_date = *values::read_date(date);
    world_.add_case();
    set_facts();
    return text(world_.seen(value));
  }
  virtual void set_facts() {}
  std::string fault_on(char const* date, ValueId value) {
    on(date, value);
    world_.criterion(world_.at_least(value, world_.number(0)));
    check::Decision decision;
    decision.rows.emplace_back();
    world_.program.decisions.push_back(decision);
    return world_.outcome().fault;
  }
  World world_;
};

TEST_F(Thresholds, the_last_row_that_began) {
  auto const value = world_.threshold_value(
      world_.threshold({world_.row("2026-07-01", world_.number(60)), world_.row("2024-07-01", world_.number(50))}));
  EXPECT_EQ(on("2024-07-01", value), "50");
  EXPECT_EQ(on("2026-06-30", value), "50");
  EXPECT_EQ(on("2026-07-01", value), "60");
}

TEST_F(Thresholds, the_last_day_is_included_and_past_its_end_it_is_an_error) {
  auto row = world_.row("2024-07-01", world_.number(50));
  row.through = *values::read_date("2025-06-30");
  auto const value = world_.threshold_value(world_.threshold({row}));
  EXPECT_EQ(on("2025-06-30", value), "50");
  EXPECT_EQ(fault_on("2025-07-01", value), "`threshold 0` has no value on 2025-07-01.");
}

TEST_F(Thresholds, before_the_first_row_it_is_an_error) {
  auto const value = world_.threshold_value(world_.threshold({world_.row("2024-07-01", world_.number(50))}));
  EXPECT_EQ(fault_on("2024-06-30", value), "`threshold 0` has no value on 2024-06-30.");
}

class ByClass : public Thresholds {
 protected:
  ByClass() {
    type_ = world_.choice("pathway type", {"standard", "accelerated", "emerging"});
    by_ = world_.fact("pathway type", type_);
    auto emerging = world_.row("2020-01-01", world_.number(25));
    emerging.otherwise = false;
    emerging.entry = 2;
    auto accelerated = world_.row("2020-01-01", world_.number(40));
    accelerated.otherwise = false;
    accelerated.entry = 1;
    auto later = emerging;
    later.from = *values::read_date("2026-01-01");
    later.value = world_.number(30);
    value_ = world_.threshold_value(
        world_.threshold({emerging, accelerated, later, world_.row("2020-01-01", world_.number(50)),
                          world_.row("2026-07-01", world_.number(60))},
                         by_));
  }
  void set_facts() override { world_.set("pathway type", class_); }

  Type type_;
  ValueId by_ = 0, value_ = 0;
  Datum class_ = missing();
};

TEST_F(ByClass, a_class_has_its_own_rows_and_the_others_share_the_rest) {
  class_ = exactly(2);
  EXPECT_EQ(on("2024-01-01", value_), "25");
  class_ = exactly(0);
  EXPECT_EQ(on("2024-01-01", value_), "50");
  class_ = exactly(1);
  EXPECT_EQ(on("2024-01-01", value_), "40");
}

TEST_F(ByClass, a_row_replaces_only_earlier_rows_of_the_same_class) {
  class_ = exactly(1);
  EXPECT_EQ(on("2027-01-01", value_), "40");
  class_ = exactly(2);
  EXPECT_EQ(on("2027-01-01", value_), "30");
  class_ = exactly(0);
  EXPECT_EQ(on("2027-01-01", value_), "60");
}

TEST_F(ByClass, an_unknown_class_is_anything_between_the_classes) {
  class_ = missing();
  EXPECT_EQ(on("2024-01-01", value_), "25..50");
  EXPECT_EQ(on("2027-01-01", value_), "30..60");
  class_ = between(1, 2);
  EXPECT_EQ(on("2024-01-01", value_), "25..40") << "the class is one of two";
}

TEST_F(ByClass, the_row_in_force_is_named_where_it_can_be) {
  class_ = exactly(2);
  on("2027-01-01", value_);
  EXPECT_EQ(world_.run().threshold_row(0, {0, 0}), 2U);
  class_ = missing();
  on("2027-01-01", value_);
  EXPECT_EQ(world_.run().threshold_row(0, {0, 0}), std::nullopt);
}

TEST_F(ByClass, classes_that_are_texts) {
  auto const region = world_.fact("region", text_type());
  auto essex = world_.row("2020-01-01", world_.number(100));
  essex.otherwise = false;
  essex.text = "Essex County";
  auto const value =
      world_.threshold_value(world_.threshold({essex, world_.row("2020-01-01", world_.number(80))}, region));
  class_ = exactly(0);
  on("2024-01-01", value);
  world_.set_word("region", "essex county");
  EXPECT_EQ(text(world_.seen(value)), "100");
  world_.set_word("region", "Hudson County");
  EXPECT_EQ(text(world_.seen(value)), "80");
  world_.set("region", missing());
  EXPECT_EQ(text(world_.seen(value)), "80..100");
}

TEST_F(Thresholds, a_class_without_a_value_is_an_error_only_for_its_cases) {
  auto const type = world_.choice("request", {"new", "renewal"});
  auto const by = world_.fact("request", type);
  auto renewal = world_.row("2020-01-01", world_.number(60));
  renewal.otherwise = false;
  renewal.entry = 1;
  auto const value = world_.threshold_value(world_.threshold({renewal}, by));
  world_.criterion(world_.at_least(value, world_.number(0)));
  check::Decision decision;
  decision.rows.emplace_back();
  world_.program.decisions.push_back(decision);
  for (std::uint32_t i = 0; i < 2; ++i) {
    world_.add_case();
    world_.set("request", exactly(i), i);
  }
  EXPECT_EQ(world_.outcome(0).kind, Outcome::Kind::not_reviewed);
  EXPECT_EQ(world_.outcome(1).kind, Outcome::Kind::decided);
}

// What a class is worth past the end of its rows nobody knows: the other classes do not answer for it.
TEST_F(Thresholds, an_unknown_class_of_which_one_has_no_row_in_force_cannot_be_told) {
  auto const type = world_.choice("request", {"new", "renewal"});
  auto const by = world_.fact("request", type);
  auto renewal = world_.row("2020-01-01", world_.number(5));
  renewal.otherwise = false;
  renewal.entry = 1;
  auto fresh = world_.row("2020-01-01", world_.number(9));
  fresh.otherwise = false;
  fresh.entry = 0;
  fresh.through = *values::read_date("2025-06-30");
  auto const value = world_.threshold_value(world_.threshold({renewal, fresh}, by));
  EXPECT_EQ(on("2025-06-30", value), "5..9");
  EXPECT_EQ(on("2025-07-01", value), "?");
  EXPECT_EQ(world_.run().threshold_row(0, {0, 0}), std::nullopt);
  EXPECT_EQ(fault_on("2025-07-01", value), "");
  EXPECT_EQ(fault_on("2019-12-31", value), "`threshold 0` has no value on 2019-12-31.") << "none of them has a row";
}

TEST_F(Thresholds, an_unknown_text_of_which_one_has_no_row_in_force_cannot_be_told) {
  auto const region = world_.fact("region", text_type());
  auto essex = world_.row("2020-01-01", world_.number(100));
  essex.otherwise = false;
  essex.text = "Essex County";
  auto others = world_.row("2020-01-01", world_.number(80));
  others.through = *values::read_date("2025-06-30");
  auto const value = world_.threshold_value(world_.threshold({essex, others}, region));
  EXPECT_EQ(on("2025-06-30", value), "80..100");
  EXPECT_EQ(on("2025-07-01", value), "?");
}

// At most 20, from 21 through 50, more than 50; from 2026 on 21 through 40 and more than 40.
class BySteps : public Thresholds {
 protected:
  BySteps() {
    auto const step = [&](char const* from, char const* through, Steps lowest, Steps highest, Steps value) {
      auto row = world_.row(from, world_.number(value));
      if (through != nullptr) row.through = *values::read_date(through);
      row.otherwise = false;
      row.step = check::Step{lowest, highest};
      return row;
    };
    auto const by = world_.fact("students", count_type());
    value_ = world_.threshold_value(world_.threshold(
        {step("2020-01-01", nullptr, values::kNoLowest, 20, 1), step("2020-01-01", "2025-12-31", 21, 50, 3),
         step("2020-01-01", "2025-12-31", 51, values::kNoHighest, 5), step("2026-01-01", nullptr, 21, 40, 4),
         step("2026-01-01", "2026-12-31", 41, values::kNoHighest, 6)},
        by));
  }
  void set_facts() override { world_.set("students", students_); }
  std::string with(Datum students, char const* date = "2024-01-01") {
    students_ = students;
    return on(date, value_);
  }

  ValueId value_ = 0;
  Datum students_ = missing();
};

TEST_F(BySteps, each_number_stands_in_one_step) {
  EXPECT_EQ(with(exactly(0)), "1");
  EXPECT_EQ(with(exactly(20)), "1");
  EXPECT_EQ(with(exactly(21)), "3");
  EXPECT_EQ(with(exactly(50)), "3");
  EXPECT_EQ(with(exactly(51)), "5");
}

TEST_F(BySteps, new_steps_from_a_date_on) {
  EXPECT_EQ(with(exactly(45), "2025-12-31"), "3");
  EXPECT_EQ(with(exactly(45), "2026-01-01"), "6");
  EXPECT_EQ(with(exactly(20), "2026-01-01"), "1");
}

TEST_F(BySteps, a_number_that_is_not_known_stands_in_each_step_that_it_may_be_in) {
  EXPECT_EQ(with(between(18, 30)), "1..3");
  EXPECT_EQ(with(between(30, 60)), "3..5");
  EXPECT_EQ(with(between(22, 30)), "3");
  EXPECT_EQ(with(missing()), "1..5");
  EXPECT_EQ(with(between(10, 60), "2027-01-01"), "?") << "the last step has ended";
  EXPECT_EQ(with(between(10, 40), "2027-01-01"), "1..4");
}

TEST_F(BySteps, past_the_end_of_its_step_it_is_an_error) {
  students_ = exactly(41);
  EXPECT_EQ(fault_on("2027-01-01", value_), "`threshold 0` has no value on 2027-01-01.");
}

class DatedBy : public Thresholds {
 protected:
  DatedBy() {
    auto last = world_.row("2025-07-01", world_.number(9));
    last.through = *values::read_date("2026-06-30");
    auto const id = world_.threshold({world_.row("2020-07-01", world_.number(6)), last});
    world_.program.thresholds[id].dated_by = world_.fact("start", date_type());
    value_ = world_.threshold_value(id);
  }
  void set_facts() override { world_.set("start", start_); }
  static Datum day(char const* text) { return exactly(values::read_date(text)->days); }
  static Datum days(char const* first, char const* last) {
    return between(values::read_date(first)->days, values::read_date(last)->days);
  }
  std::string from(Datum start) {
    start_ = start;
    return on("2030-01-01", value_);
  }

  ValueId value_ = 0;
  Datum start_ = missing();
};

TEST_F(DatedBy, another_date_than_that_of_the_review) {
  EXPECT_EQ(from(day("2025-06-30")), "6");
  EXPECT_EQ(from(day("2025-07-01")), "9");
  EXPECT_EQ(from(day("2026-06-30")), "9");
}

TEST_F(DatedBy, a_date_that_is_not_known) {
  EXPECT_EQ(from(days("2025-06-01", "2025-08-01")), "6..9");
  EXPECT_EQ(from(days("2024-06-01", "2024-08-01")), "6");
  EXPECT_EQ(from(days("2020-06-01", "2020-08-01")), "?") << "it may lie before the first row";
  EXPECT_EQ(from(days("2026-06-01", "2026-08-01")), "?") << "it may lie past the end of the last";
  EXPECT_EQ(from(missing()), "?");
}

TEST_F(DatedBy, surely_outside_of_all_rows_it_is_an_error) {
  start_ = day("2020-06-30");
  EXPECT_EQ(fault_on("2030-01-01", value_), "`threshold 0` has no value on 2020-06-30.");
  start_ = days("2026-07-01", "2026-08-01");
  EXPECT_EQ(fault_on("2030-01-01", value_), "`threshold 0` has no value on any date by which it may be dated.");
  start_ = missing();
  EXPECT_EQ(fault_on("2030-01-01", value_), "");
}

TEST_F(Thresholds, a_value_may_be_a_share_of_a_figure) {
  auto const fact = world_.fact("wage", count_type());
  auto const share = world_.add(check::PercentOf{world_.number(80'000'000, percent_type()), fact}, count_type(), true);
  auto const id = world_.threshold({world_.row("2020-01-01", share)});
  world_.program.thresholds[id].ratio = true;
  auto const value = world_.add(check::ThresholdRef{id}, count_type(), true);
  world_.set("wage", 1201);
  EXPECT_EQ(text(world_.seen(value)), "4804/5");
}

TEST_F(Thresholds, rows_of_whole_numbers_and_of_shares_stand_together) {
  auto const fact = world_.fact("wage", count_type());
  auto const share = world_.add(check::PercentOf{world_.number(50'000'000, percent_type()), fact}, count_type(), true);
  auto const type = world_.choice("kind", {"plain", "shared"});
  auto const by = world_.fact("kind", type);
  auto plain = world_.row("2020-01-01", world_.number(7));
  plain.otherwise = false;
  plain.entry = 0;
  auto const value = world_.threshold_value(world_.threshold({plain, world_.row("2020-01-01", share)}, by));
  world_.set("wage", 5);
  EXPECT_EQ(text(world_.seen(value)), "5/2..7");
  world_.set("kind", 0);
  EXPECT_EQ(text(world_.seen(value)), "7");
  world_.set("kind", 1);
  EXPECT_EQ(text(world_.seen(value)), "5/2");
}

TEST_F(Thresholds, inside_a_yearly_figure_it_is_the_one_in_force_on_the_first_day_of_the_year) {
  auto const years = world_.years(3);
  auto const openings = world_.fact_each("openings", count_type(), {{vocabulary::Dimension::Of::year, 0}});
  auto const required = world_.threshold_value(
      world_.threshold({world_.row("2000-01-01", world_.number(50)), world_.row("2024-07-01", world_.number(60))}));
  auto const enough = world_.yes_when(world_.at_least(openings, required), {years});
  auto const body = world_.holds(world_.figure_value(enough));
  auto const window = world_.add(check::Windowed{1, 2, false, 0, years, check::kNone, body});
  // 2026-11-21: the last two years that ended are 2025-26 and 2024-25, both with 60; 2023-24 began with 50.
  world_.set_year("openings", 2025, exactly(55));
  world_.set_year("openings", 2024, exactly(59));
  world_.set_year("openings", 2023, exactly(55));
  EXPECT_EQ(world_.truth(window), values::kNo);
  world_.program.conditions[window].node = check::Windowed{1, 3, false, 0, years, check::kNone, body};
  EXPECT_EQ(world_.truth(window), values::kYes);
  EXPECT_EQ(text(world_.seen(required)), "60") << "elsewhere on the review date";
}

}  // namespace
}  // namespace waymark::review
