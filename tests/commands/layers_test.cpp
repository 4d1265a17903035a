// Policies that build on others: found in the workspace, explained by layer, kept by the ledger.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/commands/ledger_workspace.hpp"

namespace waymark::commands_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string policy(std::string const& title, std::string const& builds_on, std::string const& more = "") {
  return "Policy: " + title + "\n  Reviews: pathway\n  Uses: small\n  Builds on: " + builds_on +
         "\n  In force: from 2024-07-01 through 2030-06-30\n" + more;
}

std::string const kState = R"(
Criterion: size                                                             [State Code 1]
  Met when: enrollment is at least state size

Threshold: state size, in students                                          [State Code 1]
  from 2024-07-01: 10 students
  continues until changed

Decision: approval                                                          [State Code 2]
  Approve when all of:
    - size is met
    - pay is met
  Look again otherwise

Example: large enough for the state, and not for what it builds on
  Given on 2026-10-01:
    request: new
    enrollment: 10 students
    median pay: $50,000 per year
  Expect: look again
    size: met
    pathways's size: not met
    pay: met
)";

class Layers : public Ledger {
 protected:
  void write_state() const {
    scratch_.write("small/policies/state.policy", policy("state approval", "pathways", kState));
  }
};

TEST_F(Layers, ask_together_and_are_named_by_explanations) {
  write_state();
  auto const checked = run({"check", "policies/state.policy"});
  EXPECT_EQ(checked.code, 0) << checked.err;
  auto const tested = run({"test", "policies/state.policy", "--coverage"});
  EXPECT_THAT(tested.out, AllOf(HasSubstr("1 example"), HasSubstr("0 failed"), Not(HasSubstr("pathways.policy:"))));
  auto const explained =
      run({"explain", "policies/state.policy", "--submissions", "good.jsonl", "--id", "G2", "--full"});
  EXPECT_EQ(explained.code, 0) << explained.err;
  EXPECT_THAT(explained.out, AllOf(HasSubstr("size (policies/pathways)"), HasSubstr("\nsize: met [State Code 1]")));
  auto const sheet = run({"report", "sheet", "policies/state.policy", "--date", "2026-11-21"});
  EXPECT_THAT(sheet.out, AllOf(HasSubstr("It builds on policies/pathways."), HasSubstr("size (policies/pathways)")));
}

// A decision asks for a criterion also through the class of a threshold, or through which list a Figure is.
TEST_F(Layers, are_asked_for_through_what_decisions_name) {
  std::string const by_threshold = R"(
Figure: kind, in request
  when pay is met: new
  otherwise: renewal

Threshold: state size, in students, by kind                                 [State Code 1]
  from 2024-07-01, new: 10 students
  from 2024-07-01, renewal: 20 students
  continues until changed
)";
  std::string const by_list = R"(
Figure: old codes, list of SOC 2010
  when pay is met: old occupation in SOC editions for the pathway's occupation
  otherwise: old occupation in SOC editions for "15-1252"
)";
  auto const checked = [&](std::string const& names, std::string const& size) {
    scratch_.write("small/policies/state.policy", policy("state approval", "pathways", names + R"(
Criterion: size                                                             [State Code 1]
  Met when: )" + size + R"(

Decision: approval                                                          [State Code 2]
  Approve when: size is met
  Look again otherwise
)"));
    return run({"check", "policies/state.policy"});
  };
  auto const threshold = checked(by_threshold, "enrollment is at least state size");
  EXPECT_EQ(threshold.code, 0) << threshold.out;
  auto const asked_of_members = checked(by_list, "for any old code, the old code is \"15-1132\"");
  EXPECT_EQ(asked_of_members.code, 0) << asked_of_members.out;
  auto const nowhere = checked(by_threshold + by_list, "request is renewal");
  EXPECT_EQ(nowhere.code, 1);
  EXPECT_THAT(nowhere.out, HasSubstr("No decision asks for `pay` of `policies/pathways`"));
}

// A change below is a change of the program, and what was decided before it can still be decided again as it was.
TEST_F(Layers, are_kept_with_what_was_decided_by_them) {
  write_state();
  auto const reviewed =
      run({"review", "policies/state.policy", "--ledger", "ledger.db", "--submissions", "good.jsonl"});
  EXPECT_EQ(reviewed.code, 0) << reviewed.err;
  auto const before = contents(folder_ + "/policies/pathways.policy");
  auto after = before;
  after.replace(after.find("$50,000"), 7, "$90,000");
  scratch_.write("small/policies/pathways.policy", after);
  auto const replayed = run({"audit", "replay", "ledger.db", "--all"});
  EXPECT_EQ(replayed.code, 0) << replayed.out << replayed.err;
  auto const again = run({"review", "policies/state.policy", "--ledger", "ledger.db", "--submissions", "good.jsonl"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(run({"audit", "replay", "ledger.db", "--all"}).code, 0);
  EXPECT_EQ(run({"audit", "verify", "ledger.db"}).code, 0);
}

TEST_F(Layers, are_found_by_their_path_or_the_end_of_it) {
  auto const said = [&](std::string const& builds_on) {
    scratch_.write("small/policies/state.policy", policy("state approval", builds_on));
    auto const ran = run({"check", "policies/state.policy"});
    return ran.out + ran.err;
  };
  EXPECT_THAT(said("policies/pathways"), HasSubstr("no errors"));
  EXPECT_THAT(said("policies/pathway"), AllOf(HasSubstr("error[W221]: The workspace has no policy `policies/pathway`"),
                                              HasSubstr("Did you mean `policies/pathways`?")));
  EXPECT_THAT(said("federal/perkins"), HasSubstr("by its path below the workspace's folder"));
  scratch_.write("small/policies/other/pathways.policy", contents(folder_ + "/policies/pathways.policy"));
  EXPECT_THAT(said("pathways"), AllOf(HasSubstr("error[W221]: Several policies are called `pathways`"),
                                      HasSubstr("policies/other/pathways")));
  EXPECT_THAT(said("other/pathways"), HasSubstr("no errors"));
}

TEST_F(Layers, must_be_sound_themselves) {
  scratch_.write("small/policies/state.policy", policy("state approval", "policies/district"));
  scratch_.write("small/policies/district.policy", policy("district approval", "policies/state"));
  auto const circle = run({"check", "policies/state.policy"});
  EXPECT_EQ(circle.code, 1);
  EXPECT_THAT(circle.out, HasSubstr("error[W222]"));
  scratch_.write("small/policies/district.policy", policy("district approval", "pathways", "\nCriterion: empty\n"));
  auto const faulty = run({"check", "policies/state.policy"});
  EXPECT_EQ(faulty.code, 1);
  EXPECT_THAT(faulty.out, AllOf(HasSubstr("error[W222]: `policies/district` has errors of its own"),
                                HasSubstr("waymark check policies/district.policy")));
}

TEST_F(Layers, stand_on_layers_in_turn) {
  write_state();
  scratch_.write("small/policies/district.policy", policy("district approval", "policies/state", R"(
Decision: approval
  Approve when: all of state are met
  Look again otherwise

Example: all three ask
  Given on 2026-10-01:
    pathways's size: met
    state's size: not met
    pay: met
  Expect: look again
)"));
  auto const checked = run({"check", "policies/district.policy"});
  EXPECT_EQ(checked.code, 0) << checked.err;
  EXPECT_THAT(run({"test", "policies/district.policy"}).out, HasSubstr("0 failed"));
}

// Federal and state policies that are called alike are told apart by more of their paths.
TEST_F(Layers, of_one_name_are_told_apart) {
  auto const base = [&](std::string const& folder, std::string const& students) {
    scratch_.write("small/policies/" + folder + "/base.policy",
                   "Policy: " + folder +
                       " base\n  Reviews: pathway\n  Uses: small\n  In force: from 2024-07-01\n\n"
                       "Threshold: minimum, in students                              [" +
                       folder + " 1]\n  from 2024-07-01: " + students +
                       " students\n  continues until changed\n\n"
                       "Criterion: seats                                             [" +
                       folder +
                       " 1]\n"
                       "  Met when: enrollment is at least minimum\n");
  };
  base("federal", "5");
  base("state", "20");
  scratch_.write("small/policies/district.policy", policy("district", "federal/base, state/base", R"(
Group: core
  seats

Criterion: own                                                              [District 1]
  Met when: enrollment is at least "state/base"'s minimum

Decision: approval
  Approve when: at least 1 of core are met
  Look again when: all of "federal/base" are met
  Deny otherwise

Example: the two criteria of one name count as one
  Given on 2026-10-01:
    enrollment: 19 students
  Expect: look again
    own: not met
    "federal/base"'s seats: met

Example: both
  Given on 2026-10-01:
    enrollment: 20 students
  Expect: approve
)"));
  auto const ran = run({"test", "policies/district.policy"});
  EXPECT_THAT(ran.out, HasSubstr("2 examples, 0 failed")) << ran.out << ran.err;
}

TEST_F(Layers, alone_may_waive_what_they_ask) {
  scratch_.write("small/policies/state.policy", policy("state approval", "pathways", R"(
Waiver: hardship                                                            [State Code 3]
  Waives: wage floor
)"));
  auto const ran = run({"check", "policies/state.policy"});
  EXPECT_THAT(ran.out, HasSubstr("error[W222]: `wage floor` belongs to a policy below"));
}

}  // namespace
}  // namespace waymark::commands_test
