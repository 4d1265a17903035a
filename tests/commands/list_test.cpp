// `list` from outside: members and titles, every member with whether it is on the list, and what a list loses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::Not;

constexpr char const* kFixture = "diagnostics/W911-list-codes-not-held";

Ran list(std::vector<std::string> const& more = {}) {
  std::vector<std::string> arguments = {"list", "programs.policy", "--date", "2020-09-01"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments, fixtures() / kFixture);
}

TEST(List, prints_codes_and_titles_as_csv) {
  Ran const ran = list();
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, "code,title\n48.0508,Welding Technology/Welder.\n");
}

TEST(List, shows_every_member_when_asked) {
  EXPECT_EQ(list({"--all"}).out,
            "code,title,on the list\n11.0201,\"Computer Programming, General.\",cannot be told\n"
            "11.0701,Computer Science.,cannot be told\n"
            "48.0508,Welding Technology/Welder.,yes\n");
  EXPECT_EQ(list({"--all", "--format", "json"}).out,
            R"({"list":"in-demand programs","members":[)"
            R"({"code":"11.0201","title":"Computer Programming, General.","on_the_list":"cannot be told"},)"
            R"({"code":"11.0701","title":"Computer Science.","on_the_list":"cannot be told"},)"
            R"({"code":"48.0508","title":"Welding Technology/Welder.","on_the_list":"yes"}]})"
            "\n");
  EXPECT_THAT(list({"--format", "text"}).out, HasSubstr("\n48.0508  Welding Technology/Welder.\n"));
}

TEST(List, says_what_codes_of_another_edition_cost) {
  EXPECT_THAT(list().err,
              HasSubstr("1 code of in-demand occupations is a SOC 2010 code, which crosswalk (SOC 2018) does not hold: "
                        "15-1132. 2 programs are missing from the list because of them."));
}

TEST(List, says_of_no_code_of_both_editions_that_it_is_of_another) {
  Scratch const scratch;
  std::string const there = scratch.copy(kFixture);
  scratch.write("W911-list-codes-not-held/in_demand.csv", "SOC\n15-1132\n51-4121\n29-1141\n");
  scratch.write("W911-list-codes-not-held/editions.csv",
                "SOC2010,SOC2018\n15-1132,15-1252\n51-4121,51-4121\n29-1141,29-1141\n");
  Ran const ran = run_program({"list", "programs.policy", "--date", "2020-09-01"}, there);
  EXPECT_THAT(ran.err, HasSubstr("1 code of in-demand occupations is a SOC 2010 code, which crosswalk (SOC 2018) does "
                                 "not hold: 15-1132. 2 programs are missing"));
  EXPECT_THAT(ran.err, HasSubstr("1 code of in-demand occupations is not in crosswalk (SOC 2018): 29-1141."));
}

TEST(List, names_codes_without_a_partner_where_no_crosswalk_is_at_hand) {
  Scratch const scratch;
  std::string const there = scratch.copy(kFixture);
  fs::remove(there + "/editions.csv");
  Ran const ran = run_program({"list", "programs.policy", "--date", "2020-09-01"}, there);
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("1 code of in-demand occupations is not in crosswalk (SOC 2018): 15-1132."));
}

TEST(List, is_silent_where_every_code_has_a_partner) {
  Scratch const scratch;
  std::string const there = scratch.copy(kFixture);
  scratch.write("W911-list-codes-not-held/in_demand.csv", "SOC\n15-1252\n");
  Ran const ran = run_program({"list", "programs.policy", "--date", "2020-09-01"}, there);
  EXPECT_EQ(ran.out, "code,title\n11.0201,\"Computer Programming, General.\"\n11.0701,Computer Science.\n");
  EXPECT_EQ(ran.err, "waymark: in-demand programs: 2 of 3\n");
}

// An empty list and none at all are two things.
TEST(List, cannot_be_drawn_up_without_a_release) {
  Scratch const scratch;
  std::string const there = scratch.copy(kFixture);
  scratch.write("W911-list-codes-not-held/evidence.toml", "");
  Ran const none = run_program({"list", "programs.policy", "--date", "2020-09-01"}, there);
  EXPECT_EQ(none.code, 4);
  EXPECT_EQ(none.out, "");
  EXPECT_THAT(none.err, HasSubstr("in-demand programs cannot be drawn up: no release of crosswalk is known on "
                                  "2020-09-01"));
  EXPECT_THAT(none.err, Not(HasSubstr("0 of 0")));
}

TEST(List, says_that_what_is_not_on_it_cannot_be_told_where_rows_were_lost) {
  Scratch const scratch;
  std::string const there = scratch.copy(kFixture);
  std::string const table = there + "/crosswalk.csv";
  scratch.write("W911-list-codes-not-held/crosswalk.csv", contents(table) + "not a code,Something,15-1252\n");
  Ran const ran = run_program({"list", "programs.policy", "--date", "2020-09-01"}, there);
  EXPECT_THAT(ran.err, HasSubstr("what is not on in-demand programs cannot be told: crosswalk has rows in"));
}

TEST(List, needs_a_list_that_is_in_force) {
  EXPECT_EQ(list({"--list", "in-demand program"}).code, 2);
  EXPECT_THAT(list({"--list", "in-demand program"}).err, HasSubstr("did you mean `in-demand programs`?"));
  EXPECT_EQ(list({"--list", "in-demand programs"}).code, 0);
  Ran const early = run_program({"list", "programs.policy", "--date", "2019-12-31"}, fixtures() / kFixture);
  EXPECT_EQ(early.code, 3);
  EXPECT_THAT(early.err, HasSubstr("the policy is not in force on 2019-12-31"));
  Ran const none = run_program({"list", "policies/pathways.policy"}, fixtures() / "commands/small");
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.err, HasSubstr("the policy has no List"));
  Ran const reviewed = run_program({"review", "programs.policy", "--submissions", "-"}, fixtures() / kFixture);
  EXPECT_EQ(reviewed.code, 2);
  EXPECT_THAT(reviewed.err, HasSubstr("it lists, and `waymark list` runs it"));
}

TEST(List, is_not_promised_of_a_policy_that_has_none) {
  Scratch const scratch;
  std::string const there = scratch.copy(kFixture);
  scratch.write("W911-list-codes-not-held/programs.policy",
                "Policy: programs in demand\n  Reviews: program\n  Uses: programs\n  In force: from 2020-01-01\n");
  Ran const ran = run_program({"review", "programs.policy", "--submissions", "-"}, there);
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("`programs.policy` has neither a Decision nor a List"));
  EXPECT_THAT(ran.err, Not(HasSubstr("waymark list")));
}

}  // namespace
}  // namespace waymark::commands_test
