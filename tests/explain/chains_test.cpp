// Explanations of policies whose definitions name each other in a long row.
#include <gtest/gtest.h>

#include "tests/explain/json_check.hpp"
#include "tests/explain/setting.hpp"

namespace waymark::explain {
namespace {

// The longest chain that check allows, of figures that each name two others: the ways through it are beyond counting.
TEST(LongChains, AreExplainedLinkByLink) {
  std::string body;
  for (int i = 0; i < 198; ++i) {
    body += "Figure: link " + std::to_string(i) + ", yes or no\n  Yes when";
    body += i < 2 ? ": articulation agreement is yes\n\n"
                  : " any of:\n    - link " + std::to_string(i - 1) + " is yes\n    - link " + std::to_string(i - 2) +
                        " is yes\n\n";
  }
  body += "Criterion: a\n  Met when: link 197 is yes\n\n";
  body += "Decision: d\n  Approve when: a is met\n  Refer to the board otherwise\n";
  auto const policy =
      policy_of(read_text("fixtures/explanations/pathways.vocabulary"),
                "Policy: chain\n  Reviews: pathway\n  Uses: example pathways\n  In force: from 2024-07-01\n\n" + body);
  for (auto const* given : {R"("articulation":true)", R"("articulation":false)", R"("cip":"11.0701")"}) {
    Case one(*policy, values::date_of(2026, 11, 21), std::string(R"({"id":"P",)") + given + "}");
    auto const subject = one.subject();
    EXPECT_FALSE(full_text(subject).empty());
    EXPECT_FALSE(why_not_text(subject, "deny").empty());
    EXPECT_TRUE(is_json(decision_json(subject, {"a", "b"}, Detail::full)));
  }
  Case unknown(*policy, values::date_of(2026, 11, 21), R"({"id":"P"})");
  auto const missing = needs(unknown.subject());
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing.front().fact, "articulation");
}

}  // namespace
}  // namespace waymark::explain
