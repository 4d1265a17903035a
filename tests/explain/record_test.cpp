// The record of a decision: its keys and their order, what stands in it, and what is left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/explain/json_check.hpp"
#include "tests/explain/setting.hpp"

namespace waymark::explain {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

RecordContext const kContext{"aa11", "bb22"};
values::Date const kDate = values::date_of(2026, 11, 21);

std::string const kRenewal = R"({"id":"P-17","kind":"renewal","soc":["15-1252","15-1212"],"region":"Essex County",
  "articulation":true,"enrollment":40,"graduates":20,"placed_graduates":13,"apprenticeship":false,
  "pathway_type":"standard","last_meeting":"2026-05-02","openings":{"2024-25":70,"2025-26":75}})";

std::string record_of(std::string const& submission, Detail detail = Detail::short_reasons) {
  auto const policy = fixture("approval.policy");
  Case one(*policy, kDate, submission);
  return decision_json(one.subject(), kContext, detail);
}

TEST(Record, HasItsKeysInTheirOrder) {
  auto const record = record_of(kRenewal);
  ASSERT_TRUE(is_json(record)) << record;
  EXPECT_THAT(keys_of(record), ElementsAre("submission", "policy", "policy_sha256", "program_sha256", "date", "request",
                                           "outcome", "until", "conditions", "schedule", "criteria", "because", "needs",
                                           "evidence", "illustrative"));
  EXPECT_THAT(record, HasSubstr(R"("submission":"P-17","policy":"State of Example approval of career pathways")"));
  EXPECT_THAT(record, HasSubstr(R"("policy_sha256":"aa11","program_sha256":"bb22","date":"2026-11-21")"));
}

TEST(Record, OfAnOpenQuestionSaysWhatItCouldBe) {
  auto const record = record_of(R"({"id":"P-20","kind":"new","region":"Essex County","soc":["15-1252"]})");
  ASSERT_TRUE(is_json(record)) << record;
  EXPECT_THAT(keys_of(record), ElementsAre("submission", "policy", "policy_sha256", "program_sha256", "date", "request",
                                           "outcome", "conditions", "schedule", "criteria", "because", "needs",
                                           "evidence", "possible", "illustrative"));
  EXPECT_THAT(record, HasSubstr(R"("outcome":"needs information")"));
  EXPECT_THAT(record, HasSubstr(R"("possible":["approve","refer to the board"])"));
}

TEST(Record, SaysWhatARowRecommends) {
  auto const record = record_of(R"({"id":"P-21","kind":"renewal","region":"Essex County","soc":["51-4121"],
    "apprenticeship":false,"employer_letters":0,"pathway_type":"standard","last_decision":null,
    "openings":{"2024-25":70,"2025-26":75}})");
  EXPECT_THAT(record, HasSubstr(R"("outcome":"refer to the board")"));
  EXPECT_THAT(record, HasSubstr(R"("recommends":"phase out")"));
}

TEST(Record, SaysWhatIsMissingByItsKeyInTheSubmissionOrInTheRelease) {
  auto const record = record_of(kRenewal);
  EXPECT_THAT(record, HasSubstr(R"({"fact":"rates.all","for":"","why":"not submitted"})"));
  EXPECT_THAT(record, HasSubstr(R"({"fact":"rates.econ","for":"economically disadvantaged","why":"not submitted"})"));
  // One wage is suppressed, but the other passes the floor by itself.
  EXPECT_THAT(record, Not(HasSubstr("15-1212 in Essex County")));
}

TEST(Record, NamesTheReleasesThatWereRead) {
  auto const record = record_of(kRenewal);
  EXPECT_THAT(record, HasSubstr(R"("wages":"May 2024")"));
  EXPECT_THAT(record, HasSubstr(R"("projections":"2024-2034")"));
  EXPECT_THAT(record, Not(HasSubstr("statewide")));
}

TEST(Record, NamesTheFallbackWhereOneIsRead) {
  auto const record = record_of(R"({"id":"P-18","kind":"new","soc":["29-1215"],"region":"Essex County"})");
  EXPECT_THAT(record, HasSubstr(R"("state_projections":"2024-2034 statewide")"));
}

TEST(Record, WhatRestsOnNoSourceIsNamed) {
  EXPECT_THAT(record_of(kRenewal), HasSubstr(R"("illustrative":["wage floor","allowed gap"])"));
}

TEST(Record, WithoutReasonsKeepsItsKeys) {
  auto const record = record_of(kRenewal, Detail::none);
  EXPECT_THAT(record, HasSubstr(R"("because":[])"));
  EXPECT_EQ(keys_of(record), keys_of(record_of(kRenewal)));
}

TEST(Record, InFullEndsWithTheProofs) {
  auto const record = record_of(kRenewal, Detail::full);
  ASSERT_TRUE(is_json(record)) << record;
  EXPECT_EQ(keys_of(record).back(), "explanation");
  EXPECT_THAT(record,
              HasSubstr(R"("explanation":[{"criterion":"labor market demand","result":"met","asked":"any of: )"));
  EXPECT_THAT(record, HasSubstr(R"({"decision":"renewal","result":)"));
  EXPECT_THAT(record, HasSubstr("15-1252 Software Developers in Essex County"));
}

TEST(Record, OfWhatCannotBeReadIsShort) {
  auto const record = record_of(R"({"id":"P-19","kind":"renewal","enrollment":"many"})");
  ASSERT_TRUE(is_json(record)) << record;
  EXPECT_THAT(keys_of(record),
              ElementsAre("submission", "policy", "policy_sha256", "program_sha256", "date", "outcome", "message"));
  EXPECT_THAT(record, HasSubstr(R"("outcome":"not reviewed","message":")"));
}

}  // namespace
}  // namespace waymark::explain
