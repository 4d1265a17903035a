// What a policy reports, as every verb shows it; and a policy that does nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char const* kPaid =
    R"({"id":"D-1","reviewed":"2026-11-21","letters":2,"budget":5000,"completers":[{"low_income":"yes"},{"low_income":"no"}]})"
    "\n";
// Of one completer it is not known, so that the amount is not.
constexpr char const* kOpen =
    R"({"id":"D-2","reviewed":"2026-11-21","letters":1,"budget":5000,"completers":[{"low_income":"no"},{}]})"
    "\n";

class Reports : public testing::Test {
 protected:
  Ran run(std::vector<std::string> const& arguments, std::string const& input = "") const {
    return run_program(arguments, folder_, input);
  }
  Ran review(std::string const& policy, std::vector<std::string> const& more, std::string const& input) const {
    std::vector<std::string> arguments = {"review", policy, "--submissions", "-"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments, input);
  }

  Scratch scratch_;
  std::string folder_ = scratch_.copy("commands/amounts");
};

TEST_F(Reports, StandInEveryDecision) {
  Ran const ran = review("approval.policy", {"--explain", "full"}, kPaid);
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr(R"("outcome":"approve")"), HasSubstr(R"("reports":{"first_amount":"$2,500"})"),
                             HasSubstr(R"({"report":"first amount","result":"$2,500")"),
                             HasSubstr(R"("illustrative":["first amount"])")));
  Ran const untold =
      review("approval.policy", {}, R"({"id":"D","reviewed":"2026-11-21","letters":1,"budget":{"at_least":1000}})");
  EXPECT_THAT(untold.out,
              AllOf(HasSubstr(R"("outcome":"deny")"), HasSubstr(R"("reports":{"first_amount":"at least $500"})"),
                    HasSubstr(R"("needs":[{"fact":"budget")")))
      << "a bound is no amount, and what is missing is asked for";
}

TEST_F(Reports, StandInTheExplanation) {
  auto const file = scratch_.write("in.jsonl", kPaid);
  Ran const brief = run({"explain", "incentives.policy", "--submissions", file, "--id", "D-1", "--short"});
  EXPECT_EQ(brief.code, 0) << brief.err;
  EXPECT_THAT(brief.out, AllOf(StartsWith("D-1: reported\n"),
                               HasSubstr("  Reported:\n    - incentive: $2,200\n    - budget kept: yes\n")));
  Ran const full = run({"explain", "incentives.policy", "--submissions", file, "--id", "D-1", "--full"});
  EXPECT_THAT(full.out, AllOf(HasSubstr("\nletters sent: met"), HasSubstr("\nincentive: $2,200 [Example Code 9-2]\n"),
                              HasSubstr("sum owed: $2,200")));
  Ran const other = run({"explain", "incentives.policy", "--submissions", file, "--id", "D-1", "--why-not", "approve"});
  EXPECT_EQ(other.code, 2);
  EXPECT_THAT(other.err, HasSubstr("`approve` is no outcome of the policy"));
}

TEST_F(Reports, AreAllThatSomePoliciesGive) {
  Ran const csv = review("incentives.policy", {"--format", "csv", "--strict"}, std::string(kPaid) + kOpen);
  EXPECT_EQ(csv.out, "submission,outcome,criteria\nD-1,reported,T\nD-2,needs information,T\n");
  EXPECT_EQ(csv.code, 1) << "what is open is not settled";
  EXPECT_EQ(review("incentives.policy", {"--format", "csv", "--strict"}, kPaid).code, 0);
  Ran const records = review("incentives.policy", {}, std::string(kPaid) + kOpen);
  EXPECT_THAT(records.out,
              AllOf(HasSubstr(R"("outcome":"reported","conditions":[],"schedule":{},)"
                              R"("reports":{"incentive":"$2,200","budget_kept":"yes"},)"
                              R"("criteria":{"letters_sent":"met"})"),
                    HasSubstr(R"("reports":{"incentive":"between $2,000 and $2,200","budget_kept":"yes"})"),
                    HasSubstr(R"({"fact":"completers.low_income")")));
  Ran const table = review("incentives.policy", {"--format", "text"}, std::string(kPaid) + kOpen);
  EXPECT_THAT(table.out, AllOf(HasSubstr("incentive: $2,200 (and 1 more)"),
                               HasSubstr("\n2 submissions\n       1  reported\n       1  needs information\n")));
}

TEST_F(Reports, StandInTheSchemaAndOnTheSheet) {
  Ran const schema = run({"schema", "incentives.policy", "--decision"});
  EXPECT_EQ(schema.code, 0) << schema.err;
  EXPECT_THAT(schema.out,
              AllOf(HasSubstr(R"("outcome": {"enum": ["reported", "needs information", "not reviewed"]})"),
                    HasSubstr(R"("reports": {"type": "object", "properties": {"incentive": {"type": "string"}, )"
                              R"("budget_kept": {"type": "string"}}, "additionalProperties": false})")));
  EXPECT_THAT(run({"schema", "approval.policy", "--decision"}).out, Not(HasSubstr("\"reported\"")));
  Ran const sheet = run({"report", "sheet", "incentives.policy", "--date", "2026-11-21"});
  EXPECT_THAT(sheet.out,
              HasSubstr("<h2>What is reported</h2>\n<p>What is said of a case carries these figures.</p>\n<ul>\n"
                        "<li>incentive</li>\n<li>budget kept</li>\n</ul>"));
}

TEST_F(Reports, AreOnRecord) {
  Ran const ran = review("incentives.policy", {"--ledger", "ledger.db"}, std::string(kPaid) + kOpen);
  EXPECT_EQ(ran.code, 0) << ran.err;
  Ran const body = run({"audit", "query", "ledger.db", "--submission", "D-1", "--format", "json"});
  EXPECT_THAT(body.out, HasSubstr(R"("reports":{"budget_kept":"yes","incentive":"$2,200"})"));
  EXPECT_EQ(run({"audit", "verify", "ledger.db"}).code, 0);
  Ran const replayed = run({"audit", "replay", "ledger.db", "--all"});
  EXPECT_EQ(replayed.code, 0) << replayed.out << replayed.err;
  Ran const again = review("incentives.policy", {"--ledger", "ledger.db"}, std::string(kPaid) + kOpen);
  EXPECT_THAT(again.err, HasSubstr("0 decisions recorded, 2 recorded before"));
  Ran const letter = run({"explain", "--ledger", "ledger.db", "D-1", "--letter"});
  EXPECT_EQ(letter.code, 0) << letter.err;
  EXPECT_THAT(letter.out, HasSubstr("What goes with it:\n\n  * incentive: $2,200\n  * budget kept: yes\n"));
  Ran const approvals = run({"audit", "export", "ledger.db", "--format", "ctdl", "--in-force-on", "2026-11-21"});
  EXPECT_THAT(approvals.err, HasSubstr("0 approvals in force")) << "to report is not to approve";
  Ran const overridden = run({"record", "override", "ledger.db", "D-1", "--outcome", "approve", "--who", "A. Clerk",
                              "--authority", "Order 7", "--reason", "as was heard"});
  EXPECT_EQ(overridden.code, 2);
  EXPECT_THAT(overridden.err, HasSubstr("the policy has no Decision: it reports"));
}

TEST_F(Reports, AreNotMeantByAnOutcomeOfThatName) {
  for (auto const* file : {"incentives.vocabulary", "approval.policy"}) {
    auto text = contents(folder_ + "/" + file);
    auto const word = std::string(file) == "approval.policy" ? std::string("Approve for") : std::string("approve,");
    scratch_.write(std::string("amounts/") + file, text.replace(text.find(word), 7, "reported"));
  }
  Ran const ran = review("approval.policy", {"--ledger", "ledger.db", "--format", "csv"}, kPaid);
  EXPECT_EQ(ran.out, "submission,outcome,criteria\nD-1,reported,T\n") << ran.err;
  Ran const approvals = run({"audit", "export", "ledger.db", "--format", "ctdl", "--in-force-on", "2026-11-21"});
  EXPECT_THAT(approvals.err, HasSubstr("1 approval in force"));
}

TEST_F(Reports, AreTriedByExamples) {
  Ran const whole = run({"test", "incentives.policy", "--coverage"});
  EXPECT_THAT(whole.out, AllOf(HasSubstr("2 examples, 0 failed"), Not(HasSubstr("low income is yes")),
                               Not(HasSubstr("sum owed is at most budget"))));
}

TEST_F(Reports, OrADecisionOrAListIsNeeded) {
  auto text = contents(folder_ + "/incentives.policy");
  auto const line = text.find("  Reports:");
  text.erase(line, text.find('\n', line) - line + 1);
  scratch_.write("amounts/incentives.policy", text.substr(0, text.find("Example:")));
  Ran const ran = review("incentives.policy", {}, kPaid);
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("has neither a Decision nor a List, and reports nothing"));
}

}  // namespace
}  // namespace waymark::commands_test
