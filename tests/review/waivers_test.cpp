// Who may grant a waiver, for how long, how often extended (language.md, section 2; docs/language.md, "Waivers").
#include <gtest/gtest.h>

#include "engine/review/waivers.hpp"
#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using values::date_of;
using values::kCannotBeTold;
using values::kNo;
using values::kYes;

// The review date is 2026-11-21.
class WaiverLimits : public testing::Test {
 protected:
  WaiverLimits() {
    check::Waiver made;
    made.name = "small school waiver";
    world_.program.waivers.push_back(made);
    in_force_ = world_.add(check::WaiverInForce{0, false});
    world_.add_case();
  }
  check::Waiver& waiver() { return world_.program.waivers[0]; }
  void may_grant(std::string const& key) { waiver().granted_by.push_back({key, key}); }
  void lasts(std::uint32_t count, values::TermUnit unit) {
    check::Term term;
    term.count = count;
    term.unit = unit;
    waiver().lasts = term;
  }
  void record(std::optional<values::Date> from, std::optional<values::Date> through, std::string grantor = "board") {
    world_.batch.waivers[0].push_back({waiver().name, std::move(grantor), "", "", from, through, std::nullopt});
  }
  values::Truth in_force() { return world_.truth(in_force_); }
  void clear() { world_.batch.waivers[0].clear(); }

  World world_;
  ConditionId in_force_ = 0;
};

TEST_F(WaiverLimits, granted_by_one_of_those_who_may_however_the_name_is_written) {
  may_grant("state board");
  may_grant("commissioner");
  record(date_of(2026, 7, 1), date_of(2027, 6, 30), "The  State BOARD");
  EXPECT_EQ(in_force(), kYes);
  clear();
  record(date_of(2026, 7, 1), date_of(2027, 6, 30), "District Office");
  EXPECT_EQ(in_force(), kNo);
  clear();
  record(date_of(2026, 7, 1), date_of(2027, 6, 30), "");
  EXPECT_EQ(in_force(), kCannotBeTold);
}

TEST_F(WaiverLimits, nobody_is_asked_who_granted_it_where_the_block_does_not_ask) {
  record(date_of(2026, 7, 1), date_of(2036, 6, 30), "");
  EXPECT_EQ(in_force(), kYes);
}

TEST_F(WaiverLimits, two_years_end_on_the_day_before_the_same_date) {
  lasts(2, values::TermUnit::years);
  record(date_of(2025, 7, 1), date_of(2027, 6, 30));
  EXPECT_EQ(in_force(), kYes);
  clear();
  record(date_of(2025, 7, 1), date_of(2027, 7, 1));
  EXPECT_EQ(in_force(), kNo);
  clear();
  record(std::nullopt, date_of(2027, 7, 1));
  EXPECT_EQ(in_force(), kCannotBeTold);
}

TEST_F(WaiverLimits, the_day_after_the_end_begins_an_extension_and_a_day_later_does_not) {
  waiver().extended = 0;
  record(date_of(2024, 7, 1), date_of(2026, 6, 30));
  record(date_of(2026, 7, 1), date_of(2028, 6, 30));
  EXPECT_EQ(in_force(), kNo);
  clear();
  record(date_of(2024, 7, 1), date_of(2026, 6, 29));
  record(date_of(2026, 7, 1), date_of(2028, 6, 30));
  EXPECT_EQ(in_force(), kYes);
}

TEST_F(WaiverLimits, what_overlaps_is_an_extension_and_the_grant_itself_holds) {
  waiver().extended = 0;
  record(date_of(2025, 7, 1), date_of(2026, 12, 31));
  record(date_of(2026, 7, 1), date_of(2028, 6, 30));
  EXPECT_EQ(in_force(), kYes) << "the first is no extension and still holds the date";
}

TEST_F(WaiverLimits, extensions_are_counted_in_the_order_of_their_days_not_of_their_records) {
  waiver().extended = 1;
  record(date_of(2026, 7, 1), date_of(2027, 6, 30));
  record(date_of(2024, 7, 1), date_of(2025, 6, 30));
  record(date_of(2025, 7, 1), date_of(2026, 6, 30));
  EXPECT_EQ(in_force(), kNo);
  waiver().extended = 2;
  EXPECT_EQ(in_force(), kYes);
}

TEST_F(WaiverLimits, the_same_days_twice_are_one_record) {
  waiver().extended = 0;
  record(date_of(2026, 7, 1), date_of(2027, 6, 30));
  record(date_of(2026, 7, 1), date_of(2027, 6, 30), "commissioner");
  EXPECT_EQ(in_force(), kYes);
}

TEST_F(WaiverLimits, what_was_never_in_force_is_not_extended) {
  waiver().extended = 0;
  may_grant("board");
  record(date_of(2024, 7, 1), date_of(2026, 6, 30), "district");
  record(date_of(2026, 7, 1), date_of(2028, 6, 30));
  EXPECT_EQ(in_force(), kYes);
  clear();
  lasts(2, values::TermUnit::years);
  record(date_of(2023, 7, 1), date_of(2026, 6, 30));
  record(date_of(2026, 7, 1), date_of(2028, 6, 30));
  EXPECT_EQ(in_force(), kYes);
}

TEST_F(WaiverLimits, an_extension_too_many_counts_for_those_after_it) {
  waiver().extended = 1;
  for (int year = 2023; year <= 2026; ++year) record(date_of(year, 7, 1), date_of(year + 1, 6, 30));
  auto const grants =
      grants_of(waiver(), world_.program.vocabulary.calendar, world_.batch.waivers[0], world_.review_date);
  EXPECT_EQ(grants.back().fewest, 3U);
  EXPECT_EQ(in_force(), kNo);
}

TEST_F(WaiverLimits, a_record_that_may_count_leaves_it_open_and_one_that_cannot_matter_does_not) {
  waiver().extended = 0;
  may_grant("board");
  record(date_of(2024, 7, 1), date_of(2026, 6, 30), "");
  record(date_of(2026, 7, 1), date_of(2028, 6, 30));
  EXPECT_EQ(in_force(), kCannotBeTold);
  waiver().extended = 1;
  EXPECT_EQ(in_force(), kYes);
  waiver().extended = 0;
  clear();
  record(std::nullopt, date_of(2026, 6, 30));
  record(date_of(2026, 7, 1), date_of(2028, 6, 30));
  EXPECT_EQ(in_force(), kCannotBeTold);
  clear();
  record(date_of(2028, 7, 1), std::nullopt);
  record(date_of(2026, 7, 1), date_of(2028, 6, 30));
  EXPECT_EQ(in_force(), kYes) << "it begins later";
}

// A threshold of 15, waived for one case; one criterion asks whether the fact reaches it.
class WaivedThreshold : public testing::Test {
 protected:
  WaivedThreshold() {
    threshold_ = world_.threshold({world_.row("2020-07-01", world_.number(15))});
    check::Waiver made;
    made.name = "rural waiver";
    made.threshold = threshold_;
    world_.program.waivers.push_back(made);
    world_.program.thresholds[threshold_].waived_by = {0};
    value_ = world_.threshold_value(threshold_);
    enrollment_ = world_.fact("enrollment", count_type());
    id_ = world_.criterion(world_.at_least(enrollment_, value_));
    world_.add_case();
  }
  void record(std::optional<Steps> value, std::optional<values::Date> through = date_of(2027, 6, 30)) {
    cases::WaiverOnRecord made;
    made.waiver = "rural waiver";
    made.from = date_of(2026, 7, 1);
    made.through = through;
    made.value = value;
    world_.batch.waivers[0].push_back(made);
  }
  std::string status(Datum enrollment) {
    world_.set("enrollment", enrollment);
    return std::string(values::status_words(world_.run().status(id_, 0)));
  }

  World world_;
  check::ThresholdId threshold_ = 0;
  ValueId value_ = 0, enrollment_ = 0;
  CriterionId id_ = 0;
};

TEST_F(WaivedThreshold, what_is_met_only_by_it_is_waived_and_what_is_met_anyway_is_met) {
  EXPECT_EQ(status(exactly(9)), "not met");
  record(5);
  EXPECT_EQ(status(exactly(9)), "waived");
  EXPECT_EQ(status(exactly(20)), "met");
  EXPECT_EQ(status(exactly(4)), "not met");
}

TEST_F(WaivedThreshold, a_waiver_that_has_ended_leaves_the_threshold_as_it_is) {
  record(5, date_of(2026, 11, 20));
  EXPECT_EQ(status(exactly(9)), "not met");
}

TEST_F(WaivedThreshold, what_cannot_be_told_of_the_waiver_cannot_be_told_of_the_criterion) {
  record(5, std::nullopt);
  EXPECT_EQ(status(exactly(9)), "cannot be told");
  EXPECT_EQ(status(exactly(20)), "met");
  EXPECT_EQ(status(exactly(4)), "not met");
}

TEST_F(WaivedThreshold, a_record_without_its_value_cannot_be_told) {
  record(std::nullopt);
  EXPECT_EQ(status(exactly(9)), "cannot be told");
}

TEST_F(WaivedThreshold, records_that_differ_leave_anything_between_them) {
  record(5);
  record(8);
  EXPECT_EQ(status(exactly(9)), "waived");
  EXPECT_EQ(status(exactly(6)), "cannot be told");
  EXPECT_EQ(status(exactly(4)), "not met");
}

TEST_F(WaivedThreshold, an_enrollment_that_is_not_known_may_be_met_waived_or_not_met) {
  record(5);
  world_.set("enrollment", missing());
  EXPECT_EQ(world_.run().status(id_, 0), values::kMet | values::kWaived | values::kNotMet);
}

TEST_F(WaivedThreshold, what_rests_on_a_criterion_that_is_waived_is_waived) {
  record(5);
  auto const other = world_.criterion(world_.add(check::CriterionState{id_, grammar::State::met}));
  world_.set("enrollment", exactly(9));
  EXPECT_EQ(values::status_words(world_.run().status(other, 0)), "waived");
}

TEST_F(WaivedThreshold, another_case_has_the_thresholds_own_value) {
  record(5);
  world_.add_case();
  world_.set("enrollment", exactly(9), 0);
  world_.set("enrollment", exactly(9), 1);
  auto& run = world_.run();
  EXPECT_EQ(values::status_words(run.status(id_, 0)), "waived");
  EXPECT_EQ(values::status_words(run.status(id_, 1)), "not met");
}

// A waiver only helps: what passes by the threshold's own value is met, whatever is on record.
TEST_F(WaivedThreshold, what_passes_anyway_is_met_without_a_waiver) { EXPECT_EQ(status(exactly(16)), "met"); }

TEST_F(WaivedThreshold, what_passes_anyway_is_met_where_the_waiver_asks_more) {
  record(20);
  EXPECT_EQ(status(exactly(16)), "met");
  EXPECT_EQ(status(exactly(20)), "met");
  EXPECT_EQ(status(exactly(9)), "not met");
}

TEST_F(WaivedThreshold, what_passes_anyway_is_met_where_the_waiver_does_not_say_its_value) {
  record(std::nullopt);
  EXPECT_EQ(status(exactly(16)), "met");
}

TEST_F(WaivedThreshold, what_passes_anyway_is_met_where_the_waiver_may_have_ended) {
  record(20, std::nullopt);
  EXPECT_EQ(status(exactly(16)), "met");
  EXPECT_EQ(status(exactly(9)), "not met");
}

TEST_F(WaivedThreshold, what_is_not_met_when_is_met_where_it_is_not_so_by_the_own_value) {
  world_.program.criteria[id_].not_met_when = true;
  record(5);
  EXPECT_EQ(status(exactly(9)), "met");
  EXPECT_EQ(status(exactly(16)), "not met");
  world_.batch.waivers[0].clear();
  record(20);
  EXPECT_EQ(status(exactly(16)), "waived");
}

TEST_F(WaivedThreshold, what_does_not_apply_by_the_own_value_is_not_failed_by_the_waivers) {
  auto& criterion = world_.program.criteria[id_];
  criterion.exempt = world_.at_least(enrollment_, value_);
  criterion.test = world_.at_least(enrollment_, world_.number(30));
  record(20);
  EXPECT_EQ(status(exactly(16)), "does not apply");
  EXPECT_EQ(status(exactly(9)), "not met");
  world_.batch.waivers[0].clear();
  record(5);
  EXPECT_EQ(status(exactly(9)), "does not apply");
  record(5, std::nullopt);
  EXPECT_EQ(status(exactly(16)), "does not apply");
}

TEST_F(WaivedThreshold, whether_another_criterion_is_waived_is_asked_of_the_record) {
  record(5);
  auto const waived = world_.add(check::CriterionState{id_, grammar::State::waived});
  auto const relies = world_.criterion(waived);
  auto const relies_not = world_.criterion(waived);
  world_.program.criteria[relies_not].not_met_when = true;
  world_.set("enrollment", exactly(9));
  auto& run = world_.run();
  EXPECT_EQ(values::status_words(run.status(relies, 0)), "met");
  EXPECT_EQ(values::status_words(run.status(relies_not, 0)), "not met");
}

}  // namespace
}  // namespace waymark::review
