// `explain`, `schema` and `test` from outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string small() { return fixtures() / "commands" / "small"; }

Ran explain(std::vector<std::string> const& more, std::string const& id = "G4") {
  std::vector<std::string> arguments = {"explain", "policies/pathways.policy", "--submissions", "good.jsonl", "--id",
                                        id};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments, small());
}

TEST(Explain, gives_short_reasons_and_then_the_tree) {
  std::string const brief = explain({"--short"}).out;
  EXPECT_THAT(brief,
              AllOf(StartsWith("G4: deny\n"), HasSubstr("pay: $49,999 per year; asked: at least $50,000 per year")));
  std::string const both = explain({}).out;
  EXPECT_THAT(both, StartsWith(brief));
  EXPECT_THAT(both, AllOf(HasSubstr("\nsize: not met"), HasSubstr("margin: $1 per year below"), HasSubstr("May 2023")));
  EXPECT_EQ(both.find("G4: deny"), both.rfind("G4: deny"));
  EXPECT_THAT(explain({"--full"}).out, AllOf(StartsWith("G4: deny\n"), Not(HasSubstr("Because:")), EndsWith("\n")));
}

TEST(Explain, says_why_not) {
  Ran const ran = explain({"--why-not", "Approve"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("Why not approve"), HasSubstr("9 students; asked: at least 10 students")));
  EXPECT_THAT(explain({"--why-not", "approve", "--format", "json"}).out, StartsWith(R"({"why_not":[{)"));
}

Ran why_not(std::string const& outcome, std::vector<std::string> const& more = {}) {
  std::vector<std::string> arguments = {"explain", "pathways.policy", "--submissions", "submissions.jsonl", "--id",
                                        "P-004",   "--date",          "2026-11-21",    "--why-not",         outcome};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments, fixtures() / "new");
}

// The demand is not met, and the wage is suppressed: both stand in the way, and only the first can be mended.
TEST(Explain, says_of_what_cannot_be_told_what_is_not_known_and_no_way_to_mend_it) {
  Ran const ran = why_not("renew");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("labor market demand: not met"), HasSubstr("To fix: show 60 openings per year"),
                             HasSubstr("living wage: cannot be told"), HasSubstr("Not known: wages.median_wage for "),
                             HasSubstr("suppressed by its source"), Not(HasSubstr("name an occupation that pays"))));
  EXPECT_THAT(why_not("renew", {"--format", "json"}).out, HasSubstr(R"("not_known":[{"fact":"wages.median_wage")"));
}

TEST(Explain, takes_an_outcome_with_its_term) {
  EXPECT_EQ(why_not("Renew for 5 program years").out, why_not("renew").out);
  EXPECT_THAT(why_not("renew for 3 program years").err, HasSubstr("is no outcome of the policy"));
}

TEST(Explain, says_which_outcomes_there_are) {
  Ran const no_word = why_not("sunset");
  EXPECT_EQ(no_word.code, 2);
  EXPECT_EQ(no_word.out, "");
  EXPECT_THAT(no_word.err, AllOf(HasSubstr("`sunset` is no outcome of the policy"), HasSubstr("it has approve, ")));
  Ran const of_another = why_not("approve");
  EXPECT_EQ(of_another.code, 0);
  EXPECT_THAT(of_another.out, HasSubstr("No row of `renewal` gives \"approve\"."));
}

TEST(Explain, prints_json) {
  EXPECT_THAT(explain({"--format", "json"}).out,
              AllOf(StartsWith(R"({"submission":"G4")"), HasSubstr(R"("explanation":[)")));
  EXPECT_THAT(explain({"--format", "json", "--short"}).out, Not(HasSubstr(R"("explanation":[)")));
  EXPECT_THAT(explain({"--format", "json", "--full"}).out, AllOf(StartsWith("{"), HasSubstr(R"("parts":[)")));
}

TEST(Explain, needs_one_submission_and_one_question) {
  EXPECT_EQ(explain({}, "G9").code, 1);
  EXPECT_THAT(explain({}, "G9").err, HasSubstr("no submission has the id `G9`"));
  EXPECT_EQ(explain({"--short", "--full"}).code, 2);
  EXPECT_EQ(run_program({"explain", "policies/pathways.policy", "--id", "G1"}, small()).code, 2);
}

TEST(Explain, tells_only_of_faults_that_concern_it) {
  Scratch const scratch;
  std::string const file = scratch.write("a.jsonl", "[]\n{\"id\":\"A\",\"enrollment\":\"many\"}\n");
  Ran const bad = run_program({"explain", "policies/pathways.policy", "--submissions", file, "--id", "A"}, small());
  EXPECT_EQ(bad.code, 1);
  EXPECT_THAT(bad.out, StartsWith("A: not reviewed: "));
  EXPECT_THAT(bad.err, AllOf(HasSubstr(":2:"), Not(HasSubstr(":1:"))));
  Ran const gone = run_program({"explain", "policies/pathways.policy", "--submissions", file, "--id", "B"}, small());
  EXPECT_THAT(gone.err, AllOf(HasSubstr(":2:"), HasSubstr(":1:")));
}

TEST(Schema, is_of_the_submission_or_of_the_decision) {
  Ran const submission = run_program({"schema", "policies/pathways.policy"}, small());
  EXPECT_EQ(submission.code, 0) << submission.err;
  EXPECT_THAT(submission.out, AllOf(HasSubstr("\"enrollment\""), HasSubstr("\"soc\""), EndsWith("}\n")));
  Ran const decision = run_program({"schema", "policies/pathways.policy", "--decision"}, small());
  EXPECT_EQ(decision.code, 0);
  EXPECT_THAT(decision.out, HasSubstr(R"("outcome": {"enum": ["approve", "deny", "look again", "needs information", )"
                                      R"("not reviewed"]})"));
  EXPECT_THAT(decision.out, AllOf(HasSubstr(R"("request": {"enum": ["new", "renewal"]})"),
                                  HasSubstr(R"("pay": {"$ref": "#/$defs/status"})")));
  EXPECT_EQ(run_program({"schema", "gone.policy"}, small()).code, 3);
}

TEST(Test, runs_every_example_of_the_workspace) {
  Ran const ran = run_program({"test"}, small());
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_EQ(ran.out, "1 example, 0 failed\n");
}

TEST(Test, names_what_failed_with_what_was_expected_and_why) {
  Scratch const scratch;
  std::string const there = scratch.copy("commands/small");
  std::string policy = contents(there + "/policies/pathways.policy");
  policy.replace(policy.rfind("for 5 program years"), 19, "for 4 program years");
  policy.replace(policy.rfind("size: met"), 9, "size: not met");
  scratch.write("small/policies/pathways.policy", policy);
  Ran const ran = run_program({"test"}, there);
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("policies/pathways.policy:35: failed: large and well paid\n"
                                 "  expected: approve for 4 program years\n  came:     approve for 5 program years\n"
                                 "  size: expected not met, came met\n"
                                 "  because:\n"));
  EXPECT_THAT(ran.out, testing::Not(HasSubstr("margin: exactly at the limit")));
  EXPECT_LE(std::count(ran.out.begin(), ran.out.end(), '\n'), 12 + 1) << ran.out;
  EXPECT_THAT(ran.out, EndsWith("1 example, 1 failed\n"));
  Ran const full = run_program({"test", "--full"}, there);
  EXPECT_EQ(full.code, 1);
  EXPECT_THAT(full.out, HasSubstr("margin: exactly at the limit"));
}

TEST(Test, does_not_run_what_has_errors) {
  Scratch const scratch;
  Ran const ran = run_program({"test", scratch.write("a.policy", "Polcy: x\n")});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.out, EndsWith("0 examples, 0 failed\n"));
}

}  // namespace
}  // namespace waymark::commands_test
