// Each construct of the language as the Program says it: constructs.policy holds one of each, with its vocabulary.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/check/reading.hpp"

namespace waymark::check {
namespace {

class Constructs : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    reading_ =
        read_policy(text_of("tests/check/constructs.vocabulary"), text_of("tests/check/constructs.policy")).release();
  }
  static void TearDownTestSuite() { delete reading_; }
  static Program const& program() { return reading_->program(); }
  static Reading* reading_;
};
Reading* Constructs::reading_ = nullptr;

TEST_F(Constructs, HaveNoErrors) { EXPECT_FALSE(grammar::has_errors(reading_->diagnostics)) << reading_->said(); }

TEST_F(Constructs, ThresholdsByClassTextAndYear) {
  EXPECT_EQ(threshold_of(program(), "required openings"),
            "openings per year, by fact pathway type [T1]\n"
            "from 2024-07-01 entry 1: 25 openings per year [T1]\n"
            "from 2024-07-01 otherwise: 50 openings per year [T1]\n");
  EXPECT_EQ(threshold_of(program(), "needed"),
            "students, by fact region [T3]\n"
            "from 2024-07-01 through 2025-06-30 \"Essex County\": 5 students [T3]\n"
            "from 2025-07-01 \"Essex County\": 6 students [T3]\n"
            "from 2024-07-01 otherwise: 7 students [T3]\n");
  EXPECT_EQ(threshold_of(program(), "level"),
            "percent, for each years program year [T6]\nfrom 2024-07-01 otherwise: 3 percent [T6]\n");
  EXPECT_EQ(threshold_of(program(), "start day"), "a date [T4]\nfrom 2024-07-01 otherwise: 2023-01-01 [T4]\n");
}

TEST_F(Constructs, ThresholdsByStepsAndOfAnotherDate) {
  EXPECT_EQ(threshold_of(program(), "stepped"),
            "credits, by fact graduates [T9]\n"
            "from 2024-07-01 ..100: 1 credit [T9]\n"
            "from 2024-07-01 101..200: 2 credits [T9]\n"
            "from 2024-07-01 201..: 3 credits [T9]\n");
  EXPECT_EQ(threshold_of(program(), "cohort level"),
            "percent, dated by fact cohort [T8]\nfrom 2020-07-01 otherwise: 3 percent [T8]\n");
  EXPECT_EQ(criterion_of(program(), "planned"),
            "met when all of (present last decision; fact rate >= threshold plan level)\n")
      << "without a last decision there is no plan level";
}

TEST_F(Constructs, AShareMakesItsThresholdOne) {
  EXPECT_EQ(threshold_of(program(), "floor"),
            "dollars per hour, ratio [T2]\n"
            "from 2024-07-01 otherwise: greater($15 per hour, (80 percent of fact wage)) [T2]\n");
}

TEST_F(Constructs, FiguresLookUpAndFallBack) {
  EXPECT_EQ(figure_of(program(), "openings"),
            "openings per year\n"
            "= total[annual openings in projections for each of fact occupations, fact region where column growth >= 0 "
            "percent]\n"
            "not covered by projections: total[annual openings in state projections for each of fact occupations]\n");
  EXPECT_EQ(figure_of(program(), "one"),
            "openings per year\n= the[annual openings in state projections for \"15-1252\"]\n");
  EXPECT_EQ(figure_of(program(), "occupation openings"),
            "openings per year, for each field occupation\n"
            "= the[annual openings in state projections for member of field occupation]\n");
  EXPECT_EQ(figure_of(program(), "mean"),
            "openings per year, ratio\n= average[annual openings in state projections for each of fact occupations]\n");
  EXPECT_TRUE(program().has_fallbacks);
}

TEST_F(Constructs, FiguresGoThroughListsAndYears) {
  EXPECT_EQ(figure_of(program(), "counted"), "occupations\n= number[field occupation]\n");
  EXPECT_EQ(figure_of(program(), "credit sum"), "credits\n= total[fact courses.credits over field course]\n");
  EXPECT_EQ(
      figure_of(program(), "advanced credits"),
      "credits\n= total[fact courses.credits over field course where fact courses.advanced, fact courses.title is "
      "one of fact region]\n");
  EXPECT_EQ(figure_of(program(), "four years"),
            "openings per year\n= total[fact yearly openings over last 4 of years program year]\n");
  EXPECT_EQ(figure_of(program(), "last level"),
            "openings per year\n= (fact yearly openings in fact last decision.plan year)\n");
  EXPECT_EQ(figure_of(program(), "gap"),
            "percentage points, for each choice student group\n= (fact rate - fact group rate)\n");
}

TEST_F(Constructs, OneOfSeveralSharesIsAShare) {
  EXPECT_EQ(figure_of(program(), "middle share"),
            "percent, ratio\n= median[figure yearly share over last 3 of years program year]\n");
}

TEST_F(Constructs, APercentileIsOneOfThem) {
  EXPECT_EQ(figure_of(program(), "upper share"),
            "percent, ratio\n= 75th percentile[figure yearly share over last 3 of years program year]\n");
  EXPECT_EQ(figure_of(program(), "long courses"),
            "credits\n= 90th percentile[fact courses.credits over field course]\n");
  EXPECT_EQ(figure_of(program(), "poor places"),
            "openings per year\n= 1st percentile[annual openings in state projections for each of fact occupations]\n");
}

TEST_F(Constructs, WhatIsReportedIsAFigureOfTheCase) {
  ASSERT_EQ(program().reports.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    auto const& value = program().values[program().reports[i]];
    auto const& figure = program().figures[std::get<FigureRef>(value.node).figure];
    EXPECT_EQ(figure.name, i == 0 ? "due" : "graduate share") << "in the order in which they are named";
    EXPECT_EQ(value.type, figure.type);
  }
}

TEST_F(Constructs, FiguresComputeByCases) {
  EXPECT_EQ(figure_of(program(), "cased wage"),
            "dollars per hour\n"
            "fact request is one of new -> fact wage\n"
            "= lesser(fact wage, $20 per hour)\n");
  EXPECT_EQ(figure_of(program(), "due"), "a date\n= (fact started + 180 days of unit 0)\n");
  EXPECT_EQ(figure_of(program(), "graduate share"), "percent\n= round((fact enrollment / fact enrollment), 1000000)\n");
  EXPECT_EQ(figure_of(program(), "strong"),
            "yes or no, for each years program year\n"
            "yes when all of (fact yearly openings >= threshold required openings; fact request is one of renewal)\n"
            "exempt when fact pathway type is one of emerging\n");
}

TEST_F(Constructs, CriteriaApplyAreWaivedAndAreMended) {
  EXPECT_EQ(criterion_of(program(), "dated"),
            "met when fact started >= threshold start day\n"
            "exempt when fact registered apprenticeship\n"
            "waived when waiver hardship waiver\n");
  EXPECT_EQ(criterion_of(program(), "demand"),
            "met when figure openings >= threshold required openings [C1]\n"
            "shows threshold required openings\n"
            "shows fact region\n");
  EXPECT_EQ(criterion_of(program(), "other"), "met when criterion demand met\n");
}

TEST_F(Constructs, HourlyPayMeetsYearlyPayThroughAFullTimeYear) {
  EXPECT_EQ(criterion_of(program(), "yearly pay"), "met when fact salary > (figure cased wage * 2080)\n");
}

TEST_F(Constructs, WindowsCloseTheirPrefix) {
  EXPECT_EQ(criterion_of(program(), "history"), "met when in each of the last 2 years program year: figure strong\n");
  EXPECT_EQ(criterion_of(program(), "history two"),
            "met when all of (present last decision; in 2 of the last 3 measured within 5 years program year after "
            "fact last decision.date: figure strong)\n");
  EXPECT_EQ(criterion_of(program(), "reports"),
            "not met when in each of the last 2 years program year after 2024-25: not fact good report\n");
  auto const years = std::find_if(program().ranges.begin(), program().ranges.end(),
                                  [](Range const& range) { return range.of == Range::Of::years; });
  EXPECT_EQ(years->horizon, 5U);
}

TEST_F(Constructs, QuantifiersNameMembersAndTheirFields) {
  EXPECT_EQ(criterion_of(program(), "gaps"),
            "met when for every choice student group: figure gap <= threshold allowed gap\n");
  EXPECT_EQ(criterion_of(program(), "listed"),
            "met when for any field occupation: member of field occupation is in each of source in-demand "
            "occupations\n");
  EXPECT_EQ(criterion_of(program(), "mainly listed"),
            "met when for more than half of field occupation: figure occupation openings >= 1 opening per year\n");
  EXPECT_EQ(criterion_of(program(), "courses done"),
            "met when for at least 2 of field course: all of (fact courses.credits >= 1 credit; fact "
            "courses.advanced)\n");
}

TEST_F(Constructs, ChoicesCodesAndTexts) {
  EXPECT_EQ(criterion_of(program(), "edu"), "met when fact education >= high school\n");
  EXPECT_EQ(criterion_of(program(), "ages"), "met when fact program is within \"48.05\"\n");
  EXPECT_EQ(criterion_of(program(), "type"),
            "met when none of (fact pathway type is one of standard, emerging; fact region is not one of \"Essex "
            "County\")\n");
  EXPECT_EQ(criterion_of(program(), "cohort ok"), "met when fact cohort = program year -1\n");
  EXPECT_EQ(criterion_of(program(), "due soon"), "met when figure due > review date\n");
}

TEST_F(Constructs, WithoutAnEarlierDecisionAConditionOnItIsNo) {
  EXPECT_EQ(criterion_of(program(), "memory"),
            "met when all of (present last decision; fact last decision.outcome is one of renew, approve)\n");
  EXPECT_EQ(criterion_of(program(), "back again"),
            "met when all of (present last decision; review date >= figure return day)\n");
  EXPECT_EQ(criterion_of(program(), "back later"), "met when review date >= figure latest day\n")
      << "one of its cases needs no earlier decision";
}

TEST_F(Constructs, DecisionsHaveRowsTermsAndConditions) {
  EXPECT_EQ(decision_of(program(), "new ones"),
            "when fact request is one of new\n"
            "deny when all of (at least 2 of group core found not met; criterion demand found not met)\n"
            "approve for 5 program years (unit 4) when all of group core met\n"
            "  condition for 180 days (unit 0): file it\n"
            "  condition: keep it\n"
            "needs information when any of (at least 1 of group core cannot be told; untold fact wage)\n"
            "conditional otherwise\n"
            "  recommends deny\n");
  EXPECT_TRUE(program().decides_on_incomplete_facts);
  EXPECT_EQ(program().decisions.size(), 2U);
}

TEST_F(Constructs, ExamplesStateAndExpect) {
  ASSERT_EQ(program().examples.size(), 1U);
  auto const& example = program().examples.front();
  EXPECT_EQ(example.outcome, "approve");
  ASSERT_TRUE(example.term);
  EXPECT_EQ(example.term->count, 5U);
  EXPECT_EQ(values::write_date(example.date), "2026-11-21");
  ASSERT_EQ(example.facts.size(), 14U);
  EXPECT_EQ(example.facts[1].values.size(), 2U);
  EXPECT_EQ(example.facts[1].values[0].text, "15-1252");
  EXPECT_EQ(example.facts[2].year, 2024);
  EXPECT_EQ(example.facts[5].values[0].known, values::Known::not_submitted);
  EXPECT_EQ(example.facts[6].entry, 0U);
  EXPECT_EQ(example.facts[6].year, 2024);
  EXPECT_EQ(example.facts[11].member_row, 1U);
  auto const& wage = example.facts[13].values.front();
  EXPECT_EQ(wage.known, values::Known::bounded);
  EXPECT_EQ(wage.lowest, 1000);
  EXPECT_EQ(wage.highest, 1250);
  ASSERT_EQ(example.rows.size(), 2U);
  EXPECT_THAT(example.rows[0].keys, testing::ElementsAre("15-1252", "Essex County"));
  EXPECT_EQ(example.rows[0].columns.size(), 2U);
  ASSERT_EQ(example.figures.size(), 3U);
  EXPECT_EQ(example.figures[0].value.lowest, 412);
  EXPECT_EQ(example.criteria.size(), 1U);
  EXPECT_EQ(example.groups.front().met, 2U);
  EXPECT_FALSE(example.waivers.front().in_force);
  EXPECT_EQ(example.statuses.size(), 1U);
  EXPECT_EQ(example.expected_figures.size(), 1U);
}

TEST_F(Constructs, SourcesThatAreReadAreNamed) {
  std::vector<std::string> names;
  for (auto const id : program().sources) names.push_back(program().vocabulary.sources[id].name);
  EXPECT_THAT(names, testing::ElementsAre("projections", "state projections", "in-demand occupations"));
}

}  // namespace
}  // namespace waymark::check
