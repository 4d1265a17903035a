// The policies by which the language was designed: what this version understands of them, and what it says of the rest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/check/reading.hpp"

namespace waymark::check {
namespace {

TEST(Drafts, TheSpeedWorkloadIsUnderstoodWhole) {
  auto const reading = read_policy(text_of("tests/peers/peers.vocabulary"), text_of("tests/peers/peers.policy"));
  EXPECT_EQ(reading->said(), "");
  auto const& program = reading->program();
  EXPECT_EQ(program.criteria.size(), 12U);
  EXPECT_EQ(program.decisions.size(), 2U);
  EXPECT_EQ(program.groups.size(), 2U);
  EXPECT_TRUE(program.decides_on_incomplete_facts);
  EXPECT_FALSE(program.has_fallbacks);
}

char const* const kPerkinsWords = R"(Vocabulary: Perkins accountability

Choice: indicator
  graduation rate
  placement

Choice: outcome, best first
  take no action
  keep plan
  new plan
  sanction referral, adverse

Record: earlier decision
  outcome: outcome
  plan year: program year

Record: measured indicator, key "id"
  recipient: text
  indicator: indicator
  performance: percent, for each program year
  adopted level: percent, for each program year
  last decision: earlier decision
)";

char const* const kPerkins = R"(Policy: federal Perkins improvement plans
  Authority: 20 U.S.C. 2343
  Reviews: measured indicator
  Uses: Perkins accountability
  In force: from 2020-07-01

Figure: level, in percent, for each program year
  when open plan is yes: adopted level in the last decision's plan year
  otherwise: adopted level

Figure: open plan, yes or no
  Yes when: the last decision's outcome is one of new plan, keep plan

Threshold: acceptable performance, in percent, for each program year        [20 U.S.C. 2343(a)]
  from 2020-07-01: 90 percent of level
  continues until changed

Figure: good year, yes or no, for each program year
  Yes when: performance is at least acceptable performance

Decision: accountability
  Sanction referral when all of:                                           [20 U.S.C. 2343(a)(3): may]
    - open plan is yes
    - in each of the last 2 program years after the last decision's plan year, good year is no
    Recommends: withhold funds
  Keep plan when: open plan is yes
    Remembers: plan year = the last decision's plan year
  New plan when: in each of the last 1 program years, good year is no
    Remembers: plan year = the last program year
  Take no action otherwise
)";

TEST(Drafts, PerkinsIsUnderstood) {
  auto const reading = read_policy(kPerkinsWords, kPerkins);
  EXPECT_EQ(reading->codes(), "") << reading->said();
}

TEST(Drafts, PerkinsWithoutItsMemory) {
  std::string policy = kPerkins;
  for (auto at = policy.find("    Remembers"); at != std::string::npos; at = policy.find("    Remembers")) {
    policy.erase(at, policy.find('\n', at) + 1 - at);
  }
  auto const reading = read_policy(kPerkinsWords, policy);
  ASSERT_EQ(reading->said(), "");
  EXPECT_EQ(threshold_of(reading->program(), "acceptable performance"),
            "percent, ratio, for each years program year [20 U.S.C. 2343(a)]\n"
            "from 2020-07-01 otherwise: (90 percent of figure level) [20 U.S.C. 2343(a)]\n");
  EXPECT_EQ(figure_of(reading->program(), "level"),
            "percent, for each years program year\n"
            "figure open plan -> (fact adopted level in fact last decision.plan year)\n= fact adopted level\n");
  EXPECT_EQ(decision_of(reading->program(), "accountability"),
            "when nothing\n"
            "sanction referral when all of (figure open plan; all of (present last decision; in each of the last 2 "
            "years program year after fact last decision.plan year: not figure good year))\n"
            "  recommends withhold funds\n"
            "keep plan when figure open plan\n"
            "new plan when in each of the last 1 years program year: not figure good year\n"
            "take no action otherwise\n");
}

TEST(Drafts, OklahomaRanksWithinEachEducation) {
  auto const reading = read_policy(R"(Vocabulary: Oklahoma occupations

Choice: education
  uncredentialed
  high school
  award

Source: projections, for occupation
  occupation: SOC 2018
  forecast growth: percent, may be negative
  median wage: dollars per hour
  education: education
)",
                                   R"(Policy: Oklahoma critical occupations, method A
  Reviews: occupation
  Uses: Oklahoma occupations
  In force: from 2016-01-01 through 2019-12-31                              [illustrative]

Threshold: wage floor, in dollars per hour                                 [method A]
  from 2016-01-01: $12.00 per hour
  continues until changed

Threshold: education places, in occupations, by education                   [illustrative]
  from 2016-01-01, uncredentialed: 5 occupations
  from 2016-01-01, otherwise: 25 occupations
  continues until changed

List: critical occupations
  Of: candidates
  Highest: education places, by forecast growth, for each education
  Ties: cannot be told

List: candidates
  Of: projections
  On it when all of:
    - forecast growth is at least 0 percent
    - median wage is at least wage floor
    - education is not uncredentialed
)");
  ASSERT_EQ(reading->said(), "");
  EXPECT_EQ(list_of(reading->program(), "critical occupations"),
            "SOC 2018 of list candidates, by occupation\non it when nothing\nleft out \n"
            "highest threshold education places by column forecast growth for each column education, ties cannot be "
            "told\n");
}

TEST(Drafts, EarningsByAwardYear) {
  auto const reading = read_policy(R"(Vocabulary: earnings

Calendar: federal
  award year: starts 07-01

Choice: program group
  undergraduate
  graduate

Choice: outcome, best first
  eligible
  outside coverage
  ineligible, adverse

Record: program
  annual earnings: dollars per year, for each award year
  annual loan payment: dollars per year, for each award year
  debt measure calculated: yes or no, for each award year
  completers: students, for each program group, for each award year
)",
                                   R"(Policy: gainful employment
  Reviews: program
  Uses: earnings
  In force: from 2024-07-01

Threshold: annual limit, in dollars per year, for each award year           [34 CFR 668.402]
  from 2024-07-01: 8 percent of annual earnings
  continues until changed

Threshold: reportable group, in students                                    [34 CFR 668.605]
  from 2024-07-01: 30 students
  continues until changed

Figure: debt burden passes, yes or no, for each award year                  [34 CFR 668.402]
  Yes when any of:
    - annual loan payment is at most annual limit
    - annual loan payment is at most $0 per year
  Does not apply when: debt measure calculated is no

Figure: four-year completers, in students, for each program group
  = total of completers in the last 4 award years

Criterion: debt burden                                                      [34 CFR 668.602]
  Not met when: in at least 2 of the last 3 measured award years within 5 award years, debt burden passes is no

Decision: yearly status
  Outside coverage when: for every of the program's program groups, four-year completers is less than reportable group
  Ineligible when: debt burden is not met
  Eligible otherwise
)");
  ASSERT_EQ(reading->said(), "");
  EXPECT_EQ(criterion_of(reading->program(), "debt burden"),
            "not met when in 2 of the last 3 measured within 5 years award year: not figure debt burden passes "
            "[34 CFR 668.602]\n");
  EXPECT_EQ(figure_of(reading->program(), "four-year completers"),
            "students, for each choice program group\n= total[fact completers over last 4 of years award year]\n");
}

}  // namespace
}  // namespace waymark::check
