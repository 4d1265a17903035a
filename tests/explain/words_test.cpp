// Values and margins in words.
#include "engine/explain/words.hpp"

#include <gtest/gtest.h>

#include "tests/explain/setting.hpp"

namespace waymark::explain {
namespace {

using values::Ratio;
using vocabulary::Kind;

review::Seen between(Ratio low, Ratio high) {
  review::Seen seen;
  seen.lowest = low;
  seen.highest = high;
  return seen;
}
review::Seen exactly(values::Steps steps) { return between({steps, 1}, {steps, 1}); }

class Words : public testing::Test {
 protected:
  Words() : policy_(fixture("approval.policy")), case_(*policy_, values::date_of(2026, 11, 21), R"({"id":"P-1"})") {}

  vocabulary::Type type_of(std::string_view field) {
    for (auto const& each : subject().program.vocabulary.fields) {
      if (each.name == field) return each.quantity.type;
    }
    return {};
  }
  vocabulary::Type money() {
    vocabulary::Type type;
    type.kind = Kind::money;
    type.per = vocabulary::Per::year;
    return type;
  }
  Subject subject() { return case_.subject(); }
  std::string seen(vocabulary::Type const& type, review::Seen const& value) {
    auto const one = subject();
    return seen_words(one, type, value);
  }
  /// The condition with this text as the program has it.
  check::Compare compare_of(std::string_view text) {
    for (auto const& condition : subject().program.conditions) {
      auto const* compare = std::get_if<check::Compare>(&condition.node);
      if (compare != nullptr && condition.text == text) return *compare;
    }
    ADD_FAILURE() << "no condition " << text;
    return {};
  }
  std::string margin(std::string_view text, review::Seen const& left, review::Seen const& right) {
    auto const one = subject();
    std::string out;
    append_margin(out, one, compare_of(text), left, right);
    return out;
  }

 private:
  std::unique_ptr<Policy> policy_;
  Case case_;
};

TEST_F(Words, OfCounts) {
  auto const students = type_of("enrollment");
  EXPECT_EQ(seen(students, exactly(1)), "1 student");
  EXPECT_EQ(seen(students, exactly(1412)), "1,412 students");
  EXPECT_EQ(seen(students, between({0, 1}, {9, 1})), "between 0 and 9 students");
  EXPECT_EQ(seen(students, between({12, 1}, values::kRatioNoHighest)), "at least 12 students");
  EXPECT_EQ(seen(students, between(values::kRatioNoLowest, {9, 1})), "at most 9 students");
  EXPECT_EQ(seen(students, between({25, 3}, {25, 3})), "about 8 students");
}

TEST_F(Words, WhatIsKnownOfAnyCountIsNoKnowledge) {
  EXPECT_EQ(seen(type_of("enrollment"), between({0, 1}, values::kRatioNoHighest)), "");
  EXPECT_EQ(seen(money(), {}), "");
}

TEST_F(Words, OfMoney) {
  EXPECT_EQ(seen(money(), between({23'920'000, 1}, values::kRatioNoHighest)), "at least $239,200 per year");
  EXPECT_EQ(seen(money(), between({100'00, 1}, {250'00, 1})), "between $100 and $250 per year");
}

TEST_F(Words, OfChoices) {
  EXPECT_EQ(seen(type_of("request"), exactly(1)), "renewal");
  EXPECT_EQ(seen(type_of("request"), between({0, 1}, {1, 1})), "");
}

TEST_F(Words, OfWhatDoesNotApply) {
  review::Seen none;
  none.may_apply = false;
  none.may_not_apply = true;
  EXPECT_EQ(seen(type_of("enrollment"), none), "does not apply");
  auto open = exactly(3);
  open.may_not_apply = true;
  EXPECT_EQ(seen(type_of("enrollment"), open), "3 students, or does not apply");
}

TEST_F(Words, MarginsSayTheWayAndTheUnit) {
  auto const demand = "regional openings is at least required openings";
  EXPECT_EQ(margin(demand, exactly(412), exactly(60)), "352 openings per year above");
  EXPECT_EQ(margin(demand, exactly(59), exactly(60)), "1 opening per year below");
  EXPECT_EQ(margin(demand, exactly(60), exactly(60)), "exactly at the limit");
  EXPECT_EQ(margin(demand, between({185, 2}, {185, 2}), exactly(60)), "about 33 openings per year above");
}

TEST_F(Words, MarginsOfRangesAreRanges) {
  auto const demand = "regional openings is at least required openings";
  EXPECT_EQ(margin(demand, between({30, 1}, {70, 1}), exactly(60)), "from 30 openings per year below to 10 above");
  EXPECT_EQ(margin(demand, between({63, 1}, {70, 1}), exactly(60)), "between 3 and 10 openings per year above");
  EXPECT_EQ(margin(demand, between({63, 1}, values::kRatioNoHighest), exactly(60)),
            "at least 3 openings per year above");
  EXPECT_EQ(margin(demand, between({0, 1}, values::kRatioNoHighest), exactly(60)), "");
  EXPECT_EQ(margin(demand, between({0, 1}, {9, 1}), exactly(60)), "between 51 and 60 openings per year below");
}

TEST_F(Words, MarginsOfPercentagesArePointsAndOfDatesDays) {
  EXPECT_EQ(margin("placement is at least required placement", exactly(65'000'000), exactly(70'000'000)),
            "5 percentage points below");
  auto const advice = "advisory meeting is on or after oldest meeting";
  auto const limit = values::date_of(2025, 7, 1).days;
  EXPECT_EQ(margin(advice, exactly(limit + 12), exactly(limit)), "12 days after");
  EXPECT_EQ(margin(advice, exactly(limit - 1), exactly(limit)), "1 day before");
}

TEST_F(Words, MarginsOfLargeSharesAreStillSaid) {
  auto const large = (values::Int128{1} << 100) + 1;
  EXPECT_NE(
      margin("regional openings is at least required openings", between({large, 100'000'007}, {large, 100'000'007}),
             between({large, 99'999'989}, {large, 99'999'989})),
      "");
}

TEST(Citations, KeepTheWordIllustrative) {
  EXPECT_EQ(citation_words({"C3, illustrative", true}), "C3, illustrative");
  EXPECT_EQ(citation_words({"C3", true}), "C3, illustrative");
  EXPECT_EQ(citation_words({"", true}), "illustrative");
  EXPECT_EQ(citation_words({"Example Code 1-2", false}), "Example Code 1-2");
}

TEST(Lists, AreReadAloud) {
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed({"a"}), "a");
  EXPECT_EQ(listed({"a", "b"}), "a and b");
  EXPECT_EQ(either({"a", "b", "c"}), "a, b or c");
}

}  // namespace
}  // namespace waymark::explain
