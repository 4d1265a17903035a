// Figures that are lists: what one was found to be, by which release, and what it lacks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/explain/outcome.hpp"
#include "tests/explain/setting.hpp"

namespace waymark::explain {
namespace {

using testing::HasSubstr;

values::Date const kDate = values::date_of(2026, 11, 21);

Policy const& policy() {
  static auto const checked = policy_of(
      read_text("fixtures/explanations/pathways.vocabulary"),
      "Policy: small\n  Reviews: pathway\n  Uses: example pathways\n  In force: from 2024-07-01\n\n"
      "Figure: wanted, list of text\n  when request is new: credential in priority credentials for the pathway's "
      "program\n"
      "  otherwise: the pathway's credentials\n\n"
      "Criterion: leads there\n"
      "  Met when: for any credential, the credential is in wanted\n\n"
      "Decision: d\n  Approve when: leads there is met\n  Refer to the board otherwise\n");
  return *checked;
}

std::string needs_of(std::string const& submission) {
  Case one(policy(), kDate, submission);
  std::string out;
  for (auto const& need : needs(one.subject())) {
    out +=
        (out.empty() ? "" : "; ") + need.fact + (need.for_what.empty() ? "" : " for " + need.for_what) + " " + need.why;
  }
  return out;
}

std::string text_of(std::string const& submission) {
  Case one(policy(), kDate, submission);
  return full_text(one.subject());
}

TEST(ListFigures, AreSaidWithTheReleaseThatTheyComeFrom) {
  auto const said = text_of(R"({"id":"P","kind":"new","cip":"11.0701","credentials":["CompTIA Security+"]})");
  EXPECT_THAT(said, HasSubstr("wanted: CompTIA Security+"));
  EXPECT_THAT(said, HasSubstr("credential in priority credentials for the pathway's program"));
  EXPECT_THAT(said, HasSubstr("State Board list"));
}

TEST(ListFigures, NameTheFactsOnWhichAnUnknownListHangs) {
  EXPECT_EQ(needs_of(R"({"id":"P","kind":"new","credentials":["CompTIA Security+"]})"), "cip not submitted");
  EXPECT_EQ(needs_of(R"({"id":"P","cip":"11.0701","credentials":["CompTIA Security+"]})"), "");
  EXPECT_EQ(needs_of(R"({"id":"P","cip":"11.0701","credentials":["CNA"]})"), "kind not submitted");
  EXPECT_EQ(needs_of(R"({"id":"P","kind":"new","cip":"11.0701","credentials":["CNA"]})"), "");
}

TEST(ListFigures, SayWhatIsNotKnownOfThem) {
  auto const said = text_of(R"({"id":"P","kind":"new","credentials":["CNA"]})");
  EXPECT_THAT(said, HasSubstr("wanted: cannot be told: not submitted"));
  auto const either = text_of(R"({"id":"P","cip":"11.0701","credentials":["CNA"]})");
  EXPECT_THAT(either, HasSubstr("perhaps CNA and perhaps CompTIA Security+"));
}

TEST(ListFigures, SayWhereItCannotBeToldWhetherTheFallbackIsUsed) {
  auto const second =
      policy_of(read_text("fixtures/explanations/pathways.vocabulary"),
                "Policy: small\n  Reviews: pathway\n  Uses: example pathways\n  In force: from 2024-07-01\n\n"
                "Figure: wanted, list of text\n  = credential in priority credentials for the pathway's program\n"
                "  If not covered by priority credentials: the pathway's credentials\n\n"
                "Criterion: leads there\n  Met when: for any of wanted, the wanted is \"CNA\"\n\n"
                "Decision: d\n  Approve when: leads there is met\n  Refer to the board otherwise\n");
  Case one(*second, kDate, R"({"id":"P","kind":"new","credentials":["CNA"]})");
  auto const said = full_text(one.subject());
  EXPECT_THAT(said, HasSubstr("leads there: cannot be told"));
  EXPECT_THAT(said, HasSubstr("whether priority credentials has a row for what is asked cannot be told; if not,"));
  std::string facts;
  for (auto const& need : needs(one.subject())) facts += need.fact + ' ' + need.why + ';';
  EXPECT_EQ(facts, "cip not submitted;");
}

}  // namespace
}  // namespace waymark::explain
