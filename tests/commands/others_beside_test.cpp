// What is said of a case is its own: whatever others are reviewed with it, and whatever is not there to be read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char const* kWorkspace = "[workspace]\npolicies = [\"p.policy\"]\nvocabularies = [\"v.vocabulary\"]\n";
constexpr char const* kHead = "Policy: test\n  Reviews: pathway\n  Uses: words\n  In force: from 2020-07-01\n\n";

// A table by region, a choice, that has no row of the east.
class ByRegion : public testing::Test {
 protected:
  ByRegion() {
    folder_.write("waymark.toml", std::string(kWorkspace) + "evidence = \"evidence.toml\"\n");
    folder_.write("evidence.toml",
                  "[[release]]\nsource = \"pay\"\nname = \"2026\"\nfile = \"pay.csv\"\nperiod = \"2026\"\n"
                  "released = 2026-01-01\n");
    folder_.write("pay.csv", "REGION,YEAR,PAY\nNorth,2025-26,50000\n");
    folder_.write("v.vocabulary",
                  "Vocabulary: words\n\nChoice: outcome, best first\n  approve, favourable\n  deny, adverse\n\n"
                  "Choice: region\n  north, key \"North\"\n  east, key \"East\"\n\n"
                  "Record: pathway, key \"id\"\n  district: text\n  region: region\n\n"
                  "Source: pay, for region\n  region: region, column REGION\n"
                  "  median wage: dollars per year, column PAY\n");
    folder_.write("p.policy",
                  std::string(kHead) +
                      "Figure: wage, in dollars per year\n  = median wage in pay for the pathway's region\n\n"
                      "Criterion: pays [illustrative]\n  Met when: wage is more than $0 per year\n\n"
                      "Decision: d [illustrative]\n  Approve when: pays is met\n  Deny otherwise\n");
  }
  // Of the first of these submissions.
  std::string said(std::string const& lines) {
    auto const ran = run_program({"review", "p.policy", "--submissions", "-", "--date", "2026-11-21", "--format",
                                  "jsonl", "--explain", "full", "--threads", "1"},
                                 folder_.path(), lines);
    return ran.out.substr(0, ran.out.find('\n'));
  }
  Scratch folder_;
};

TEST_F(ByRegion, WhatOthersSubmitNamesNoKey) {
  std::string const one = "{\"id\":\"1\",\"district\":\"a\",\"region\":\"East\"}\n";
  auto const alone = said(one);
  EXPECT_THAT(alone, HasSubstr("\"for\":\"east\""));
  EXPECT_THAT(alone, Not(HasSubstr("unknown")));
  EXPECT_EQ(said(one + "{\"id\":\"2\",\"district\":\"east\",\"region\":\"North\"}\n"), alone);
  EXPECT_THAT(said("{\"id\":\"1\",\"district\":\"a\",\"region\":\"North\"}\n"),
              HasSubstr("{\"what\":\"north\",\"result\":\"$50,000 per year\""));
}

// Of two decisions that are both open, each shows what stands behind its rows, as far as they were asked.
TEST(OpenDecisions, ShowWhatTheyRestOn) {
  Scratch folder;
  folder.write("waymark.toml", kWorkspace);
  folder.write("v.vocabulary",
               "Vocabulary: words\n\nChoice: request\n  new\n  renewal\n\nChoice: outcome, best first\n"
               "  approve, favourable\n  renew, favourable\n  refer to the board\n\n"
               "Record: pathway, key \"id\"\n  request: request\n  letters: letters\n  credits: credits\n");
  folder.write("p.policy", std::string(kHead) +
                               "Threshold: needed, in letters [illustrative]\n  from 2020-07-01: 2 letters\n"
                               "  continues until changed\n\n"
                               "Figure: letters found, in letters\n  = letters plus 1 letter\n\n"
                               "Decision: first [illustrative]\n  When: request is new\n"
                               "  Approve when: credits is more than 0 credits\n"
                               "  Refer to the board when: letters found is at least needed\n"
                               "  Approve for 2 years otherwise\n\n"
                               "Decision: second [illustrative]\n  When: request is renewal\n"
                               "  Renew when: letters found is at least needed\n  Refer to the board otherwise\n");
  auto const one = folder.write("s.jsonl", "{\"id\":\"A\",\"letters\":1,\"credits\":3}\n");
  auto const ran =
      run_program({"explain", "p.policy", "--submissions", one, "--id", "A", "--date", "2026-11-21"}, folder.path());
  EXPECT_THAT(ran.out, HasSubstr("letters plus 1 letter")) << ran.err;
  EXPECT_THAT(ran.out, Not(HasSubstr("shown above")));
}

// The pipe that wakes the program at Ctrl-C is not read for it.
TEST(StandardInput, ThatIsClosedIsSaid) {
  auto const ran = run_words({"sh", "-c",
                              "exec timeout 60 " WAYMARK_BINARY " review '" +
                                  (fixtures() / "commands" / "small" / "policies" / "pathways.policy").string() +
                                  "' --submissions - --date 2026-11-21 <&-"});
  EXPECT_EQ(ran.code, 4) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("W833"));
}

}  // namespace
}  // namespace waymark::commands_test
