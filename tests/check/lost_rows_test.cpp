// A suppressed cell must refuse nobody: which adverse rows below a row that asks what is found are warned of (W518),
// and which are left alone.
#include <gtest/gtest.h>

#include <memory>
#include <sstream>
#include <string>

#include "tests/check/reading.hpp"

namespace waymark::check {
namespace {

std::unique_ptr<Reading> policy_with(std::string const& rows, std::string const& figures = "") {
  std::string text =
      "Policy: test\n  Reviews: pathway\n  Uses: example pathways\n  In force: from 2024-07-01\n\n"
      "Criterion: pay\n  Met when: salary is more than $0 per year\n\n"
      "Criterion: letters sent\n  Met when: employer letters is more than 0 letters\n\n"
      "Criterion: campus\n  Met when: articulation agreement is yes\n\n"
      "Group: core\n  pay\n  letters sent\n  campus\n\n"
      "Figure: well paid, yes or no\n  Yes when: pay is found met\n\n" +
      figures + "Decision: d\n" + rows + "  Refer to the board otherwise\n";
  return read_policy(text_of("fixtures/diagnostics/common.vocabulary"), text);
}

/// Without the blocks that these rows leave unused.
std::string codes_of(Reading const& checked) {
  std::istringstream stream(checked.codes());
  std::string out;
  for (std::string code; stream >> code;) {
    if (code != "W218") out += code;
  }
  return out;
}

struct Rows {
  char const* name;
  char const* rows;
};

class Warned : public testing::TestWithParam<Rows> {};
class Silent : public testing::TestWithParam<Rows> {};

TEST_P(Warned, of_a_refusal_by_what_is_not_known) {
  auto const checked = policy_with(GetParam().rows);
  EXPECT_EQ(codes_of(*checked), "W518") << checked->said();
}
TEST_P(Silent, where_nobody_can_be_refused_so) {
  auto const checked = policy_with(GetParam().rows);
  EXPECT_EQ(codes_of(*checked), "") << checked->said();
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Warned,
    testing::Values(
        Rows{"plain", "  Approve when: pay is found met\n  Deny when: campus is not met\n"},
        Rows{"found", "  Approve when: pay is found met\n  Deny when: campus is found not met\n"},
        Rows{"figure", "  Approve when: well paid is yes\n  Deny when: campus is not met\n"},
        Rows{"not_adverse", "  Refer to the board when: pay is found not met\n  Deny when: campus is not met\n"},
        Rows{"group", "  Approve when: at least 1 of core are found met\n  Deny when: campus is not met\n"},
        Rows{"told", "  Approve when none of:\n    - salary cannot be told\n  Deny when: campus is not met\n"},
        Rows{"one_of_two",
             "  Approve when any of:\n    - pay is found met\n    - letters sent is found met\n"
             "  Needs information when: pay cannot be told\n  Deny when: campus is not met\n"},
        Rows{"only_where_more_holds",
             "  Approve when: pay is found met\n  Needs information when all of:\n    - pay cannot be told\n"
             "    - request is new\n  Deny when: campus is not met\n"},
        Rows{"too_late",
             "  Approve when: pay is found met\n  Deny when: campus is not met\n"
             "  Needs information when: pay cannot be told\n"},
        Rows{"one_may_be_another",
             "  Approve when: pay is found met\n  Deny when: at least 1 of core are found not met\n"}),
    [](auto const& tested) { return tested.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Rows, Silent,
    testing::Values(
        Rows{"caught",
             "  Approve when: pay is found met\n  Needs information when: pay cannot be told\n"
             "  Deny when: campus is not met\n"},
        Rows{"caught_by_a_count",
             "  Approve when: at least 1 of core are found met\n"
             "  Needs information when: at least 1 of core cannot be told\n  Deny when: campus is not met\n"},
        Rows{"caught_by_one_of_a_list",
             "  Approve when: pay is found met\n  Needs information when any of:\n    - pay cannot be told\n"
             "    - campus cannot be told\n  Deny when: campus is not met\n"},
        Rows{"caught_by_a_plain_row",
             "  Approve when: pay is found met\n  Refer to the board when: pay is not met\n"
             "  Deny when: campus is not met\n"},
        Rows{"asked_by_the_row_itself",
             "  Approve when: pay is found met\n  Deny when all of:\n    - campus is not met\n    - pay is found not "
             "met\n"},
        Rows{"told_by_the_row_itself",
             "  Approve when: at least 1 of core are found met\n  Deny when: none of core are met\n"},
        Rows{"ruled_out_by_the_row_itself",
             "  Approve when: all of core are found met\n  Deny when: campus is not met\n"},
        Rows{"ruled_out_by_a_count",
             "  Approve when: all of core are found met\n  Deny when: at least 1 of core are found not met\n"},
        Rows{"for_other_requests",
             "  Approve when all of:\n    - request is new\n    - pay is found met\n"
             "  Deny when all of:\n    - request is renewal\n    - campus is not met\n"},
        Rows{"refusal_first", "  Deny when: campus is not met\n  Approve when: pay is found met\n"},
        Rows{"plain_rows_only", "  Approve when: pay is met\n  Deny when: campus is not met\n"}),
    [](auto const& tested) { return tested.param.name; });

TEST(LostRows, TheLineThatIsOfferedIsEnough) {
  auto const checked = policy_with("  Approve when: pay is found met\n  Deny when: campus is not met\n");
  EXPECT_NE(checked->said().find("`Needs information when: pay cannot be told`"), std::string::npos) << checked->said();
  auto const two = policy_with(
      "  Approve when any of:\n    - pay is found met\n    - letters sent is found met\n  Deny when: campus is not "
      "met\n");
  EXPECT_NE(two->said().find("`Needs information when any of:`, with the items `pay cannot be told` and `letters sent "
                             "cannot be told`"),
            std::string::npos)
      << two->said();
}

// Each figure names the one before it twice: asked anew each time, a hundred of them would be asked without end.
TEST(LostRows, AFigureThatManyNameIsAskedOnce) {
  std::string figures = "Figure: f 0, yes or no\n  Yes when: campus is not met\n\n";
  for (int i = 1; i < 90; ++i) {
    auto const before = "f " + std::to_string(i - 1);
    figures += "Figure: f " + std::to_string(i) + ", yes or no\n  Yes when all of:\n    - " + before +
               " is yes\n    - " + before + " is yes\n\n";
  }
  auto const checked = policy_with("  Approve when: pay is found met\n  Deny when: f 89 is yes\n", figures);
  EXPECT_EQ(codes_of(*checked), "W518") << checked->said();
}

}  // namespace
}  // namespace waymark::check
