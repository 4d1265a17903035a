// A policy over time: blocks that come and go, and what is said once although it is wrong on many days.
#include <gtest/gtest.h>

#include "tests/check/reading.hpp"

namespace waymark::check {
namespace {

char const* const kWords =
    "Vocabulary: words\n\nChoice: outcome\n  approve\n  deny, adverse\n\nRecord: pathway\n  size: students\n"
    "  request: text\n";

std::string policy(std::string const& body) {
  return "Policy: test\n  Reviews: pathway\n  Uses: words\n  In force: from 2024-07-01 through 2029-06-30\n\n" + body;
}

TEST(Periods, BlocksOfOneNameFollowEachOther) {
  auto const reading = read_policy(kWords, policy("Criterion: a [C]\n  In force: from 2024-07-01 through 2026-06-30\n"
                                                  "  Met when: size is more than 0 students\n\n"
                                                  "Criterion: a [C]\n  In force: from 2026-07-01\n"
                                                  "  Met when: size is more than 1 student\n"));
  ASSERT_EQ(reading->said(), "");
  ASSERT_EQ(reading->checked.epochs.size(), 2U);
  auto const& first = *reading->checked.on(values::date_of(2026, 6, 30));
  auto const& second = *reading->checked.on(values::date_of(2026, 7, 1));
  EXPECT_EQ(criterion_of(first, "a"), "met when fact size > 0 students [C]\n");
  EXPECT_EQ(criterion_of(second, "a"), "met when fact size > 1 student [C]\n");
  EXPECT_EQ(values::write_date(*first.through), "2026-06-30");
  EXPECT_EQ(values::write_date(second.from), "2026-07-01");
  EXPECT_EQ(values::write_date(*second.through), "2029-06-30");
  EXPECT_EQ(reading->checked.on(values::date_of(2024, 6, 30)), nullptr);
  EXPECT_EQ(reading->checked.on(values::date_of(2029, 7, 1)), nullptr);
}

TEST(Periods, AFaultOfManyEpochsIsSaidOnce) {
  auto const reading =
      read_policy(kWords, policy("Criterion: a\n  In force: from 2025-07-01\n  Met when: size is new\n\n"
                                 "Criterion: b\n  Met when: siez is more than 0 students\n"));
  EXPECT_EQ(reading->codes(), "W202 W202") << reading->said();
}

TEST(Periods, AGapBetweenBlocksIsOneMessage) {
  auto const reading = read_policy(kWords, policy("Criterion: a\n  In force: from 2024-07-01 through 2025-06-30\n"
                                                  "  Met when: size is more than 0 students\n\n"
                                                  "Criterion: a\n  In force: from 2026-07-01\n"
                                                  "  Met when: size is more than 1 student\n"));
  EXPECT_EQ(reading->codes(), "W406") << reading->said();
}

TEST(Periods, AnExampleIsReadOnItsDay) {
  auto const reading = read_policy(
      kWords, policy("Criterion: a\n  In force: from 2026-07-01\n  Met when: size is more than 0 students\n\n"
                     "Example: later\n  Given on 2026-08-01:\n    size: 3 students\n  Expect:\n    a: met\n\n"
                     "Example: earlier\n  Given on 2025-08-01:\n    size: 3 students\n  Expect:\n    a: met\n"));
  EXPECT_EQ(reading->codes(), "W406") << reading->said();
}

char const* const kYearlyWords =
    "Vocabulary: words\n\nRecord: pathway\n  size: students\n  graduates: students, for each program year\n";

std::string with_old_row(std::string const& asks) {
  return policy(
      "Threshold: t, in students [C]\n  from 2020-07-01 through 2023-06-30: 2 students\n"
      "  from 2023-07-01: 3 students\n  continues until changed\n\n" +
      asks);
}

TEST(Periods, ARowThatEndedBeforeThePolicyBeganIsNamedOnce) {
  auto const never = read_policy(
      kYearlyWords, with_old_row("Criterion: a\n  Met when: size is at least t\n\n"
                                 "Criterion: b\n  In force: from 2026-07-01\n  Met when: size is at least t\n"));
  EXPECT_EQ(never->codes(), "W416") << never->said();
  EXPECT_FALSE(never->checked.epochs.empty());
}

TEST(Periods, ARowToWhichAWindowLooksBackIsNeeded) {
  auto const by_figure = read_policy(
      kYearlyWords, with_old_row("Figure: f, yes or no, for each program year\n  Yes when: graduates is at least t\n\n"
                                 "Criterion: a\n  Met when: in each of the last 3 program years, f is yes\n"));
  EXPECT_EQ(by_figure->said(), "");
  auto const later = read_policy(
      kYearlyWords, with_old_row("Criterion: b\n  Met when: size is at least t\n\n"
                                 "Criterion: a\n  In force: from 2026-07-01\n"
                                 "  Met when: in each of the last 3 program years, graduates is at least t\n"));
  EXPECT_EQ(later->said(), "");
}

TEST(Periods, OfARowThatStandsBesideAnotherFaultNothingMoreIsSaid) {
  auto const gap = read_policy(
      kYearlyWords, policy("Threshold: t, in students [C]\n  from 2020-07-01 through 2023-06-30: 2 students\n"
                           "  from 2024-07-01: 3 students\n  continues until changed\n\n"
                           "Criterion: b\n  Met when: size is at least t\n"));
  EXPECT_EQ(gap->codes(), "W403") << gap->said();
}

TEST(Periods, AThresholdMayBeginAndEndWithItsUse) {
  auto const reading = read_policy(
      kWords, policy("Threshold: large size, in students [T]\n  In force: from 2026-07-01\n"
                     "  from 2026-07-01: 5 students\n  continues until changed\n\n"
                     "Criterion: a\n  In force: from 2026-07-01\n  Met when: size is at least smallest size\n"));
  // One mistake: the threshold is called something else where it is used.
  EXPECT_EQ(reading->codes(), "W202") << reading->said();
  EXPECT_NE(reading->said().find("nothing uses this one"), std::string::npos) << reading->said();
}

TEST(Periods, APolicyWithoutADateIsReadAllTheSame) {
  auto const reading =
      read_policy(kWords,
                  "Policy: test\n  Reviews: pathway\n  Uses: words\n\nThreshold: needed, in students [T]\n"
                  "  from 2024-07-01: 5 students\n  continues until changed\n\n"
                  "Criterion: a\n  Met when: size is at least neded\n");
  EXPECT_EQ(reading->codes(), "W405 W202") << reading->said();
}

}  // namespace
}  // namespace waymark::check
