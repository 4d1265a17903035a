// A list that one policy decides is a Source of the next: what could not be told there cannot be told here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char const* kWords = R"(Vocabulary: words

Choice: outcome, best first
  approve, favourable
  return to the district

Record: program, key "id"
  occupation: SOC 2018
  occupations: list of SOC 2018, key "soc"

Source: wages, for occupation
  occupation: SOC 2018, column SOC, title column TITLE
  median wage: dollars per year, column WAGE
    Marks: "*" is suppressed

Source: well paid, for occupation
  Untold: where state is "cannot be told"
  occupation: SOC 2018, column code
)";

constexpr char const* kFirst = R"(Policy: what pays well
  Reviews: occupation
  Uses: words
  In force: from 2024-07-01

Threshold: wage floor, in dollars per year [illustrative]
  from 2024-07-01: $45,000 per year
  continues until changed

List: paying occupations [illustrative]
  Of: wages
  On it when: median wage is at least wage floor
)";

constexpr char const* kNext = R"(Policy: programs
  Reviews: program
  Uses: words
  In force: from 2024-07-01

Figure: how many, in occupations
  = number of occupation in well paid for the program's occupations

Threshold: two, in occupations [illustrative]
  from 2024-07-01: 2 occupations
  continues until changed

Criterion: pays [illustrative]
  Met when: occupation is in well paid

Criterion: two pay [illustrative]
  Met when: how many is at least two

Criterion: welders among them [illustrative]
  Met when: for any of well paid, the occupation is 51-4121

Decision: programs
  Approve when: pays is met
  Return to the district otherwise
)";

class ListRelease : public testing::Test {
 protected:
  ListRelease() {
    scratch_.write("waymark.toml",
                   "[workspace]\npolicies = [\"first.policy\", \"next.policy\"]\n"
                   "vocabularies = [\"words.vocabulary\"]\nevidence = \"evidence.toml\"\n");
    scratch_.write("words.vocabulary", kWords);
    scratch_.write("first.policy", kFirst);
    scratch_.write("next.policy", kNext);
    scratch_.write("wages.csv",
                   "SOC,TITLE,WAGE\n15-1252,Software Developers,\"118,400\"\n51-4121,Welders,*\n"
                   "35-2014,Cooks,\"33,700\"\n");
    scratch_.write(
        "evidence.toml",
        "[[release]]\nsource = \"wages\"\nname = \"May 2024\"\nfile = \"wages.csv\"\nreleased = 2025-04-02\n");
    scratch_.write("programs.jsonl", R"({"id":"A","occupation":"15-1252","soc":["15-1252","51-4121"]})"
                                     "\n"
                                     R"({"id":"B","occupation":"51-4121","soc":["15-1252","35-2014"]})"
                                     "\n"
                                     R"({"id":"C","occupation":"35-2014","soc":["35-2014"]})"
                                     "\n");
  }
  Ran run(std::vector<std::string> const& words) const { return run_program(words, scratch_.path()); }
  Ran release(std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"list",      "first.policy",  "--date",   "2026-07-01",
                                      "--release", "evidence.toml", "--source", "well paid"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  Scratch scratch_;
};

TEST_F(ListRelease, keeps_what_could_not_be_told_from_one_policy_to_the_next) {
  Ran const made = release();
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_EQ(made.out, "well_paid-2026-07-01.csv\n");
  EXPECT_EQ(contents(scratch_.path("well_paid-2026-07-01.csv")),
            "code,title,state\n15-1252,Software Developers,on the list\n51-4121,Welders,cannot be told\n");
  EXPECT_THAT(contents(scratch_.path("evidence.toml")),
              AllOf(HasSubstr("source = \"well paid\"\nname = \"2026-07-01\"\n"), HasSubstr("released = 2026-07-01\n"),
                    HasSubstr("decided_by = { policy = \"what pays well\", sha256 = \""),
                    HasSubstr("read = [\"wages, May 2024, sha256 ")));
  Ran const decided =
      run({"review", "next.policy", "--submissions", "programs.jsonl", "--date", "2026-11-21", "--format", "csv"});
  EXPECT_EQ(decided.out,
            "submission,outcome,criteria\nA,approve,TUU\nB,needs information,UFU\nC,return to the district,FFU\n")
      << decided.err;
}

TEST_F(ListRelease, the_next_policys_explanation_names_list_vintage_and_policy) {
  release();
  Ran const why =
      run({"explain", "next.policy", "--submissions", "programs.jsonl", "--id", "B", "--date", "2026-11-21", "--full"});
  EXPECT_THAT(why.out, AllOf(HasSubstr("not told by the policy that decided the list"),
                             HasSubstr("well paid (decided by what pays well), 2026-07-01")));
}

TEST_F(ListRelease, the_ledger_keeps_by_whom_it_was_decided) {
  release();
  Ran const decided = run(
      {"review", "next.policy", "--submissions", "programs.jsonl", "--date", "2026-11-21", "--ledger", "ledger.db"});
  EXPECT_EQ(decided.code, 0) << decided.err;
  EXPECT_THAT(run({"audit", "query", "ledger.db", "--kind", "evidence", "--format", "json"}).out,
              HasSubstr(R"("decided_by":{"date":"2026-07-01","policy":"what pays well")"));
  Ran const replayed = run({"audit", "replay", "ledger.db", "--all"});
  EXPECT_EQ(replayed.code, 0) << replayed.out << replayed.err;
  EXPECT_THAT(run({"explain", "--ledger", "ledger.db", "B", "--full"}).out,
              HasSubstr("well paid (decided by what pays well), 2026-07-01"));
}

TEST_F(ListRelease, is_not_read_by_a_source_that_would_take_the_untold_for_members) {
  release();
  std::string words = kWords;
  std::string const untold = "  Untold: where state is \"cannot be told\"\n";
  ASSERT_NE(words.find(untold), std::string::npos);
  words.erase(words.find(untold), untold.size());
  scratch_.write("words.vocabulary", words);
  Ran const decided =
      run({"review", "next.policy", "--submissions", "programs.jsonl", "--date", "2026-11-21", "--format", "csv"});
  EXPECT_NE(decided.code, 0) << decided.out;
  EXPECT_EQ(decided.out, "");
  EXPECT_THAT(decided.err, AllOf(HasSubstr("well_paid-2026-07-01.csv:3:"),
                                 HasSubstr("error[W705]: The policy that decided this list"),
                                 HasSubstr("Add to the Source well paid: Untold: where state is \"cannot be told\".")));
}

TEST_F(ListRelease, before_it_is_known_nothing_is_known_of_it) {
  release({"--released", "2027-01-01", "--name", "first"});
  Ran const decided =
      run({"review", "next.policy", "--submissions", "programs.jsonl", "--date", "2026-11-21", "--format", "csv"});
  EXPECT_THAT(decided.out, HasSubstr("\nA,needs information,UUU\n"));
}

TEST_F(ListRelease, is_not_written_twice_nor_without_a_date_nor_where_rows_are_lost) {
  ASSERT_EQ(release().code, 0);
  Ran const again = release();
  EXPECT_EQ(again.code, 2);
  EXPECT_THAT(again.err, HasSubstr("has a release `2026-07-01` of `well paid` already"));
  EXPECT_EQ(release({"--name", "again"}).code, 0);
  EXPECT_EQ(run({"list", "first.policy", "--release", "evidence.toml"}).code, 2);
  scratch_.write("wages.csv", "SOC,TITLE,WAGE\n15-1252,Software Developers,\"118,400\"\n1x,Welders,*\n");
  Ran const lost = release({"--name", "lost"});
  EXPECT_NE(lost.code, 0);
  EXPECT_THAT(contents(scratch_.path("evidence.toml")), Not(HasSubstr("lost")));
}

}  // namespace
}  // namespace waymark::commands_test
