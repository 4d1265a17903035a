// `test --coverage`: which conditions and thresholds of a policy no example guards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char const* kVocabulary = R"(Vocabulary: own

Choice: request
  new
  renewal

Choice: outcome, best first
  approve, favourable
  look again
  deny, adverse

Record: course
  credits: credits

Record: earlier decision
  date: date
  outcome: outcome
  kept: yes or no

Record: pathway, key "id"
  request: request
  program: CIP 2020
  occupation: SOC 2018
  occupations: list of SOC 2018
  courses: list of course
  enrollment: students
  completers: students
  begun: date
  last decision: earlier decision

Source: crosswalk, for program and occupation                               [invented]
  program: CIP 2020
  occupation: SOC 2018
  share: percent

Source: wages, for occupation                                               [invented]
  occupation: SOC 2018
  median wage: dollars per year
  growth: percent
)";

Ran covered(std::string const& rest, std::string const& reviewed = "pathway") {
  Scratch const scratch;
  scratch.write("own.vocabulary", kVocabulary);
  scratch.write("waymark.toml", "[workspace]\npolicies = [\"policies\"]\nvocabularies = [\"own.vocabulary\"]\n");
  scratch.write("policies/pathways.policy",
                "Policy: p\n  Reviews: " + reviewed + "\n  Uses: own\n  In force: from 2024-07-01\n\n" + rest);
  return run_program({"test", "--coverage"}, scratch.path());
}

std::string const kCovered =
    "Criterion: renewal\n  Met when any of:\n    - request is renewal\n    - enrollment is more than 0 students\n\n"
    "Decision: d\n  Approve when: renewal is met\n  Look again otherwise\n\n"
    "Example: a renewal\n  Given on 2026-11-21:\n    request: renewal\n    enrollment: 0 students\n"
    "  Expect: approve\n\n";
std::string const kOther =
    "Example: nobody\n  Given on 2026-11-21:\n    request: new\n    enrollment: 0 students\n  Expect: look again\n";

TEST(Coverage, says_what_no_example_tries) {
  Ran const ran = run_program({"test", "--coverage"}, fixtures() / "commands" / "small");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, StartsWith("policies/pathways.policy: coverage: 50 percent: 0 of 2 thresholds met and missed, "
                                  "6 of 10 conditions told from their opposite\n"));
  EXPECT_THAT(ran.out, HasSubstr("\n  thresholds.toml:3: `smallest enrollment`: never missed\n"));
  EXPECT_THAT(ran.out, HasSubstr(":22: `request is renewal`: no example would notice the opposite\n"));
}

// A Decision without `When:` has nothing to be asked before its rows.
TEST(Coverage, is_of_a_decision_of_every_case) {
  Ran const ran = covered(kCovered + kOther);
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  EXPECT_EQ(ran.out,
            "policies/pathways.policy: coverage: 100 percent: 0 of 0 thresholds met and missed, 4 of 4 conditions told "
            "from their opposite\n2 examples, 0 failed\n");
}

// `any of` with one item that holds: the other one could say the opposite.
TEST(Coverage, misses_an_item_that_no_example_turns_on) {
  Ran const ran = covered(kCovered);
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("coverage: 75 percent: "));
  EXPECT_THAT(ran.out,
              HasSubstr("policy:9: `enrollment is more than 0 students`: no example would notice the opposite"));
  EXPECT_THAT(ran.out, Not(HasSubstr("`request is renewal`")));
}

TEST(Coverage, counts_apart_what_the_policy_says_cannot_be_covered) {
  std::string policy = kCovered;
  policy.insert(policy.find("\nDecision"), "  Not coverable: nobody counts them yet\n");
  Ran const excused = covered(policy);
  EXPECT_EQ(excused.code, 0) << excused.out;
  EXPECT_THAT(excused.out, HasSubstr("coverage: 100 percent: 0 of 0 thresholds met and missed, 3 of 3 conditions told "
                                     "from their opposite; 1 not coverable\n"));
  EXPECT_THAT(excused.out, HasSubstr("policy:10: not coverable: nobody counts them yet\n"));
  Ran const idle = covered(policy + kOther);
  EXPECT_EQ(idle.code, 0);
  EXPECT_THAT(idle.out, HasSubstr("nobody counts them yet (but all of it is covered: leave this line out)\n"));
}

TEST(Coverage, does_not_take_an_excuse_for_nothing) {
  Ran const ran = covered("Criterion: renewal\n  Not coverable: it is new\n  Met when: request is renewal\n");
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("`Not coverable` stands under no condition"));
}

// --- Wherever a condition stands ----------------------------------------------------------------------------------

std::string const kMany = R"(
Threshold: many, in students                                                [illustrative]
  from 2024-07-01: 10 students
  continues until changed
)";
std::string const kDecision = R"(
Decision: d
  Approve when: c is met
  Deny otherwise
)";
std::string const kRelated = R"(
Figure: related occupations, list of SOC 2018
  when enrollment is at least many: occupation in crosswalk for the pathway's program
  otherwise: the pathway's occupations
)";

struct Standing {
  std::string name;
  std::string policy;
  std::string condition = "enrollment is at least many";
  std::string threshold = "many";
};
void PrintTo(Standing const& standing, std::ostream* out) { *out << standing.name; }

class EveryCondition : public testing::TestWithParam<Standing> {};

// Without any example nothing is covered, and all that is counted is listed.
TEST_P(EveryCondition, is_counted_with_its_threshold) {
  Ran const ran = covered(GetParam().policy + kMany);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr(": `" + GetParam().condition + "`: no example would notice the opposite\n"));
  EXPECT_THAT(ran.out, HasSubstr(": `" + GetParam().threshold + "`: not tried\n"));
}

std::vector<Standing> in_a_figure_that_is_a_list() {
  std::string const criterion = "\nCriterion: c\n  Met when: ";
  return {
      {"gone_through",
       kRelated + criterion + "for any related occupation, the related occupation is within 15-0000\n" + kDecision},
      {"looked_in", kRelated + criterion + "occupation is in related occupations\n" + kDecision},
      {"counted", kRelated + R"(
Figure: ways into work, in occupations
  = number of related occupations
)" + criterion + "ways into work is more than 0 occupations\n" +
                      kDecision},
      {"summed_up", kRelated + R"(
Figure: pay, in dollars per year, for each related occupation
  = median wage in wages for the related occupation

Figure: best pay, in dollars per year
  = highest of pay in related occupations
)" + criterion + "best pay is more than $0 per year\n" +
                        kDecision},
      {"as_a_key", kRelated + R"(
Figure: best pay, in dollars per year
  = highest of median wage in wages for the related occupations
)" + criterion + "best pay is more than $0 per year\n" +
                       kDecision},
      {"as_another_list", kRelated + R"(
Figure: suited occupations, list of SOC 2018
  = related occupations
)" + criterion + "for any suited occupation, the suited occupation is within 15-0000\n" +
                              kDecision},
      {"as_what_chooses_its_rows",
       R"(
Figure: related occupations, list of SOC 2018
  = occupation in crosswalk for the pathway's program where share is at least large share

Threshold: large share, in percent                                          [illustrative]
  from 2024-07-01: 20 percent
  continues until changed
)" + criterion +
           "for any related occupation, the related occupation is within 15-0000\n" + kDecision,
       "share is at least large share", "large share"},
  };
}

std::vector<Standing> behind_something_else() {
  std::string const pay = R"(
Criterion: c
  Met when: pay is more than $0 per year
)" + kDecision;
  std::string const some_students = R"(
Criterion: c
  Met when: completers is at least few
)" + kDecision;
  return {
      {"a_fallback", R"(
Figure: pay, in dollars per year
  = median wage in wages for the pathway's occupation
  If not covered by wages: assumed pay

Figure: assumed pay, in dollars per year
  when enrollment is at least many: $60,000 per year
  otherwise: $40,000 per year
)" + pay},
      {"an_exemption_of_a_figure", R"(
Figure: pay, in dollars per year
  Does not apply when: enrollment is at least many
  = median wage in wages for the pathway's occupation
)" + pay},
      {"an_exemption_of_a_criterion", R"(
Criterion: c
  Met when: request is new
  Does not apply when: enrollment is at least many
)" + kDecision},
      {"a_waiver", R"(
Waiver: small waiver
  Waives: c

Criterion: c
  Met when: request is new
  Waived when all of:
    - the small waiver is in force
    - enrollment is at least many
)" + kDecision},
      {"a_class_of_a_threshold", R"(
Figure: asked, in request
  when enrollment is at least many: new
  otherwise: renewal

Threshold: few, in students, by asked                                       [illustrative]
  from 2024-07-01, new: 4 students
  from 2024-07-01, otherwise: 2 students
  continues until changed
)" + some_students},
      {"what_dates_a_threshold", R"(
Figure: begun first, a date
  when enrollment is at least many: begun
  otherwise: the review date

Threshold: few, in students, dated by begun first                           [illustrative]
  from 2020-07-01: 4 students
  continues until changed
)" + some_students},
      {"what_members_are_compared_with", R"(
Figure: long course, in credits
  when enrollment is at least many: 4 credits
  otherwise: 2 credits

Figure: long courses, in courses
  = number of the pathway's courses where credits is at least long course

Criterion: c
  Met when: long courses is more than 0 courses
)" + kDecision},
      {"a_list", R"(
List: growing occupations                                                   [illustrative]
  Of: wages
  On it when: growth is at least large growth

Threshold: large growth, in percent                                         [illustrative]
  from 2024-07-01: 20 percent
  continues until changed

Criterion: c
  Met when: occupation is in growing occupations
)" + kDecision,
       "growth is at least large growth", "large growth"},
      {"what_is_remembered", R"(
Figure: large enough, yes or no
  Yes when: enrollment is at least many

Decision: d
  Approve when: request is new
    Remembers: kept = large enough
  Deny when: the last decision's kept is no
  Look again otherwise
)"},
  };
}

auto const kName = [](auto const& one) { return one.param.name; };
INSTANTIATE_TEST_SUITE_P(of_a_list, EveryCondition, testing::ValuesIn(in_a_figure_that_is_a_list()), kName);
INSTANTIATE_TEST_SUITE_P(behind, EveryCondition, testing::ValuesIn(behind_something_else()), kName);

// --- What tries a threshold ---------------------------------------------------------------------------------------

std::string example(std::string const& title, std::string const& given, std::string const& outcome) {
  return "\nExample: " + title + "\n  Given on 2026-11-21:\n" + given + "  Expect: " + outcome + "\n";
}

// Where a Figure is a list, both of its lists must be tried where they differ.
TEST(Coverage, of_a_list_by_cases_needs_an_example_of_each_case) {
  std::string const policy = kMany + kRelated + R"(
Criterion: c
  Met when: for any related occupation, the related occupation is within 15-0000
)" + kDecision;
  std::string const pathway =
      "    program: 11.0701\n    occupations: 29-1141\n    crosswalk for 11.0701 in 15-1252: share 20 percent\n";
  auto const large = example("the program's list", pathway + "    enrollment: 10 students\n", "approve");
  auto const small = example("the pathway's list", pathway + "    enrollment: 9 students\n", "deny");
  EXPECT_THAT(covered(policy + large).out, AllOf(HasSubstr(": `many`: never missed\n"), HasSubstr("0 failed")));
  Ran const both = covered(policy + large + small);
  EXPECT_EQ(both.code, 0) << both.out << both.err;
  EXPECT_THAT(both.out, HasSubstr("1 of 1 threshold met and missed, 4 of 4 conditions told from their opposite\n"));
}

std::string const kFilters = R"(
Threshold: low, in credits                                                  [illustrative]
  from 2024-07-01: 2 credits
  continues until changed

Threshold: high, in credits                                                 [illustrative]
  from 2024-07-01: 4 credits
  continues until changed

Threshold: enough, in courses                                               [illustrative]
  from 2024-07-01: 2 courses
  continues until changed

Figure: middling, in courses
  = number of the pathway's courses where credits is between low and high

Criterion: c
  Met when: middling is at least enough
)" + kDecision;

// That the filter is noticed says nothing yet of a limit that no course is beyond.
TEST(Coverage, of_a_filter_needs_a_member_on_each_side_of_each_limit) {
  auto const within = example("both", "    courses: credits 2 credits; credits 4 credits\n", "approve");
  auto const below = example("one is small", "    courses: credits 1 credit; credits 4 credits\n", "deny");
  auto const above = example("one is large", "    courses: credits 2 credits; credits 5 credits\n", "deny");
  Ran const one_side = covered(kFilters + within + below);
  EXPECT_EQ(one_side.code, 1) << one_side.err;
  EXPECT_THAT(one_side.out, AllOf(HasSubstr("2 of 3 thresholds met and missed, 3 of 3 conditions told from their"),
                                  HasSubstr(": `high`: never missed\n"), HasSubstr("0 failed")));
  EXPECT_EQ(covered(kFilters + within + below + above).code, 0);
}

std::string const kRows = kMany + R"(
Figure: asked growth, in percent
  when enrollment is at least many: 4 percent
  otherwise: 2 percent

Threshold: small growth, in percent                                         [illustrative]
  from 2024-07-01: 1 percent
  continues until changed

Figure: growing, in occupations
  = number of wages for the pathway's occupations where growth is at least asked growth

Figure: steady, in occupations
  = number of wages for the pathway's occupations where growth is at least small growth

Criterion: c
  Met when: growing is more than 0 occupations

Criterion: no decline
  Met when: steady is more than 0 occupations

Decision: d
  Approve when all of:
    - c is met
    - no decline is met
  Deny otherwise
)";
std::string const kWage = "    wages for 15-1252: median wage $50,000 per year, growth ";

// The same of the rows of a Source; and of a limit that hangs on the case.
TEST(Coverage, of_a_filter_of_rows_needs_a_row_on_each_side) {
  auto const given = [](std::string const& enrollment, std::string const& growth) {
    return "    enrollment: " + enrollment + "\n    occupations: 15-1252\n" + kWage + growth + "\n";
  };
  auto const small = example("small", given("9 students", "3 percent"), "approve");
  auto const large = example("large", given("10 students", "3 percent"), "deny");
  Ran const one_side = covered(kRows + small + large);
  EXPECT_EQ(one_side.code, 1) << one_side.err;
  EXPECT_THAT(one_side.out,
              AllOf(HasSubstr(": `small growth`: never missed\n"), Not(HasSubstr("`many`")), HasSubstr("0 failed")));
  auto const shrinking = example("shrinking", given("9 students", "0 percent"), "deny");
  Ran const both = covered(kRows + small + large + shrinking);
  EXPECT_EQ(both.code, 0) << both.out;
}

TEST(Coverage, counts_a_threshold_by_which_another_finds_its_class) {
  std::string const policy = kMany + R"(
Figure: counted enrollment, in students
  = the greater of enrollment and many

Threshold: few completers, in students, by counted enrollment               [illustrative]
  from 2024-07-01, at most 12 students: 2 students
  from 2024-07-01, more than 12 students: 4 students
  continues until changed

Criterion: c
  Met when: completers is at least few completers
)" + kDecision;
  EXPECT_THAT(covered(policy).out, AllOf(HasSubstr("0 of 2 thresholds"), HasSubstr(": `many`: not tried\n")));
}

TEST(Coverage, counts_a_threshold_that_is_a_choice_or_a_code) {
  std::string const policy = R"(
Threshold: kind, a request                                                  [illustrative]
  from 2024-07-01: new
  continues until changed

Threshold: field, a SOC 2018                                                [illustrative]
  from 2024-07-01: 15-0000
  continues until changed

Criterion: c
  Met when all of:
    - request is kind
    - occupation is within field
)" + kDecision;
  EXPECT_THAT(covered(policy).out, AllOf(HasSubstr(": `kind`: not tried\n"), HasSubstr(": `field`: not tried\n")));
  auto const given = [](std::string const& request, std::string const& occupation) {
    return "    request: " + request + "\n    occupation: " + occupation + "\n";
  };
  Ran const tried = covered(policy + example("as asked", given("new", "15-1252"), "approve") +
                            example("another kind", given("renewal", "15-1252"), "deny") +
                            example("another field", given("new", "29-1141"), "deny"));
  EXPECT_EQ(tried.code, 0) << tried.out << tried.err;
}

// Each member that an example names is asked what it is ranked by, and beside whom.
TEST(Coverage, tries_what_parts_the_ranks) {
  Ran const ran = covered(R"(
Threshold: places, in occupations                                           [illustrative]
  from 2024-07-01: 1 occupation
  continues until changed

Threshold: large growth, in percent                                         [illustrative]
  from 2024-07-01: 3 percent
  continues until changed

Figure: kind, in request
  when growth is at least large growth: new
  otherwise: renewal

List: leaders                                                               [illustrative]
  Of: wages
  Highest: places, by median wage, for each kind
  Ties: out

Example: a place for each kind
  Given on 2026-11-21:
    wages for 15-1252: median wage $50,000 per year, growth 3 percent
    wages for 15-1253: median wage $40,000 per year, growth 2 percent
    wages for 15-1254: median wage $30,000 per year, growth 2 percent
  Expect:
    "15-1252": on the list
    "15-1253": on the list
    "15-1254": not on the list
)",
                          "occupation");
  EXPECT_THAT(ran.out, AllOf(HasSubstr("2 of 2 thresholds met and missed"), HasSubstr("0 failed"))) << ran.err;
}

// Rows of one outcome differ by what else they say.
TEST(Coverage, notices_what_a_row_says_beside_its_outcome) {
  auto const decided = [](std::string const& first, std::string const& second) {
    return covered(
        "Figure: urgent, yes or no\n  Yes when: request is new\n\nDecision: d\n  Look again when: request is new\n" +
        first + "  Look again otherwise\n" + second + example("a new one", "    request: new\n", "look again"));
  };
  EXPECT_EQ(decided("", "").code, 1);
  for (std::string const more : {"    Condition, within 90 days: a syllabus is sent in\n",
                                 "    Schedule: last intake after 1 year\n", "    Remembers: kept = urgent\n"}) {
    Ran const ran = decided(more, "");
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  }
  Ran const ran = decided("    Condition, within 90 days: a syllabus is sent in\n",
                          "    Condition, within 180 days: a syllabus is sent in\n");
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
}

}  // namespace
}  // namespace waymark::commands_test
