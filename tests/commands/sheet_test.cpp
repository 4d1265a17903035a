// `waymark report sheet`: the page of a policy, as it is printed for people.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string const kNewJersey = std::string(WAYMARK_ROOT) + "/rules/new-jersey/pathways.policy";

std::string sheet(std::string const& date) {
  Ran const ran = run_program({"report", "sheet", kNewJersey, "--date", date});
  EXPECT_EQ(ran.code, 0) << ran.err;
  return ran.out;
}

std::string date(std::string const& text) { return "<span class=\"date\">" + text + "</span>"; }

TEST(Sheet, is_a_page_that_needs_nothing_else) {
  auto const page = sheet("2026-11-21");
  EXPECT_THAT(page, StartsWith("<!DOCTYPE html>\n<html lang=\"en\">"));
  EXPECT_THAT(page,
              AllOf(HasSubstr("<title>New Jersey approval of career and technical education programs: criteria as of "
                              "2026-11-21</title>"),
                    HasSubstr("@media print"), HasSubstr("Criteria in force on " + date("2026-11-21")),
                    HasSubstr("</html>\n")));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("http"))));
  std::size_t before = 0;
  for (std::string const& heading :
       {std::string("Criteria"), std::string("Groups of criteria"), std::string("What is decided"),
        std::string("Waivers"), "Thresholds in force on " + date("2026-11-21"),
        std::string("Earlier and coming thresholds"), std::string("How figures come about")}) {
    auto const at = page.find("<h2>" + heading + "</h2>");
    ASSERT_NE(at, std::string::npos) << heading;
    EXPECT_LT(before, at) << heading;
    before = at;
  }
}

TEST(Sheet, names_what_is_illustrative_before_all_else) {
  auto const page = sheet("2026-11-21");
  auto const note = page.find("<strong>Illustrative.</strong>");
  ASSERT_NE(note, std::string::npos);
  EXPECT_LT(note, page.find("<h2>"));
  EXPECT_THAT(page, AllOf(HasSubstr("<li>high wage</li>"), HasSubstr("<li>reapproval: phase out over ")));
  EXPECT_THAT(page, Not(HasSubstr("Decides on incomplete facts")));
}

// What is past is said, too: a window reads the row of each year's first day.
TEST(Sheet, has_the_thresholds_of_its_day_those_before_and_those_to_come) {
  auto const before = sheet("2025-11-21");
  EXPECT_THAT(before, HasSubstr("<td>12 students</td><td>from " + date("2022-07-01") + " through " +
                                date("2026-06-30") + "</td>"));
  EXPECT_THAT(before, HasSubstr("<td>15 students</td><td>from " + date("2026-07-01") + " (not yet)</td>"));
  auto const after = sheet("2026-11-21");
  EXPECT_THAT(after, HasSubstr("<td>12 students</td><td>from " + date("2022-07-01") + " through " + date("2026-06-30") +
                               " (past)</td>"));
  EXPECT_THAT(after, HasSubstr("<td>15 students</td><td>from " + date("2026-07-01") + "</td>"));
  EXPECT_LT(after.find("<td>15 students</td>"), after.find("Earlier and coming thresholds"));
  EXPECT_THAT(after, HasSubstr("<td>3 courses</td><td>from " + date("2024-07-01") +
                               "</td><td> <span class=\"from\">[N.J.A.C. "));
}

TEST(Sheet, has_criteria_and_rows_in_the_policys_words) {
  auto const page = sheet("2026-11-21");
  EXPECT_THAT(page,
              HasSubstr("Met when any of:<ul><li>all of:<ul><li>postsecondary credits is more than 0 credits</li>"));
  EXPECT_THAT(page,
              HasSubstr("<tr><td>1</td><td>approve for 5 program years</td><td>all of:<ul><li>need shown is yes</li>"));
  EXPECT_THAT(page, HasSubstr("advisory meetings, all of:<ul><li>minutes filed is yes</li>"));
  EXPECT_THAT(page,
              HasSubstr("To fix: name an occupation that pays high wage (80 percent of state mean wage) on average"));
  EXPECT_THAT(page, HasSubstr("Duty, within 180 days of the decision: meet every other requirement"));
  EXPECT_THAT(page, HasSubstr("<td>return to the district</td><td>otherwise</td>"));
}

TEST(Sheet, says_when_a_policy_decides_on_incomplete_facts) {
  Scratch const scratch;
  std::string const there = scratch.copy("commands/small");
  scratch.write("small/policies/pathways.policy",
                "Policy: a < b\n  Reviews: pathway\n  Uses: small\n  In force: from 2024-07-01\n\n"
                "Criterion: renewal\n  Met when: request is renewal\n\n"
                "Decision: d\n  Approve when: renewal is found met\n  Look again otherwise\n");
  Ran const ran = run_program({"report", "sheet", "policies/pathways.policy", "--date", "2026-11-21"}, there);
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("<strong>Decides on incomplete facts.</strong>"), HasSubstr("<h1>a &lt; b</h1>"),
                             HasSubstr("renewal is found met")));
}

TEST(Sheet, is_of_a_day_on_which_the_policy_is_in_force) {
  Ran const ran = run_program({"report", "sheet", kNewJersey, "--date", "2020-01-01"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("the policy is not in force on 2020-01-01"));
  EXPECT_EQ(run_program({"report", "sheet", kNewJersey, "--date", "2020-13-01"}).code, 2);
  EXPECT_EQ(run_program({"report", "sheet", "gone.policy"}).code, 3);
}

}  // namespace
}  // namespace waymark::commands_test
