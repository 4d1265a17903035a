// What a ledger knows of earlier years: nobody but the ledger says it, and running a review again changes none of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "tests/commands/program_run.hpp"
#include "tests/ledger/insider.hpp"
#include "tests/ledger/shell.hpp"

namespace waymark::commands_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// A pathway below the wage floor: renewed with conditions in its first year, phased out in the next.
constexpr char const* kLow2025 = R"({"id":"A-25","reviewed":"2025-11-01","program_number":"S-1","wage":30000})"
                                 "\n";
constexpr char const* kLow2026 = R"({"id":"A-26","reviewed":"2026-11-01","program_number":"S-1","wage":30000})"
                                 "\n";

class History : public testing::Test {
 protected:
  Ran run(std::vector<std::string> const& arguments, std::string const& input = "") const {
    return run_program(arguments, folder_, input);
  }
  Ran review(std::string const& submissions, std::string const& format = "csv") const {
    return run({"review", "renewal.policy", "--ledger", "ledger.db", "--submissions", "-", "--format", format},
               submissions);
  }
  Ran record(std::vector<std::string> arguments) const {
    for (auto const* more : {"--who", "A. Clerk", "--authority", "Order 7", "--reason", "as was heard"}) {
      arguments.emplace_back(more);
    }
    arguments.insert(arguments.begin(), "record");
    return run(arguments);
  }
  // The bodies of all decisions about a submission, in the ledger's order.
  std::string bodies(std::string const& submission) const {
    return run({"audit", "query", "ledger.db", "--submission", submission, "--format", "json"}).out;
  }
  void expect_whole() const {
    Ran const verified = run({"audit", "verify", "ledger.db"});
    EXPECT_EQ(verified.code, 0) << verified.out;
    Ran const replayed = run({"audit", "replay", "ledger.db", "--all"});
    EXPECT_EQ(replayed.code, 0) << replayed.out << replayed.err;
  }

  Scratch scratch_;
  std::string folder_ = scratch_.copy("commands/history");
};

TEST_F(History, AnEarlierDecisionIsAFactOfTheNextReview) {
  EXPECT_THAT(review(kLow2025).out, HasSubstr("A-25,renew with conditions,"));
  EXPECT_THAT(review(kLow2026).out, HasSubstr("A-26,phase out,"));
  expect_whole();
}

TEST_F(History, WhatARowRemembersIsAFactOfTheNextReview) {
  Ran const first = review(kLow2025, "jsonl");
  EXPECT_THAT(first.out, HasSubstr(R"("remembers":{"plan_year":"2024-25"})"));
  EXPECT_THAT(bodies("A-25"), HasSubstr(R"("remembers":{"plan_year":"2024-25"})"));
  Ran const second = review(kLow2026, "jsonl");
  EXPECT_THAT(second.out, HasSubstr(R"("schedule":{"last_intake":"2028-06-30","closure":"2029-06-30"})"));
  EXPECT_THAT(bodies("A-26"), AllOf(HasSubstr(R"("plan_year":"2024-25")"),
                                    HasSubstr(R"("schedule":{"closure":"2029-06-30","last_intake":"2028-06-30"})")));
  expect_whole();
}

TEST_F(History, ADecisionThatWasOverriddenRemembersNothing) {
  review(kLow2025);
  record({"override", "ledger.db", "A-25", "--outcome", "renew"});
  review(kLow2026);
  EXPECT_THAT(bodies("A-26"), Not(HasSubstr(R"("plan_year":"2024-25")")));
  expect_whole();
}

TEST_F(History, ASubmissionCannotSayWhatWasDecidedBesideTheRecord) {
  review(R"({"id":"A-25","reviewed":"2025-11-01","program_number":"S-1"})");  // the wage cannot be told
  record({"override", "ledger.db", "A-25", "--outcome", "renew"});
  Ran const ran = review(R"({"id":"A-26","reviewed":"2026-11-01","program_number":"S-1","wage":30000,)"
                         R"("last_decision":{"outcome":"phase_out","living_wage":true,"until":"2099-01-01"}})");
  auto const body = bodies("A-26");
  EXPECT_THAT(body, AllOf(HasSubstr(R"("last_decision":{"date":"2025-11-01","outcome":"renew"})"),
                          Not(HasSubstr("2099-01-01")), Not(HasSubstr("\"living_wage\":true"))));
  EXPECT_THAT(ran.err, HasSubstr("warning: what 1 submission states of `last decision` does not count (A-26)"));
  expect_whole();
}

TEST_F(History, WhereTheLedgerHoldsNothingNobodyElseSaysOtherwise) {
  Ran const ran =
      review(R"({"id":"A-26","reviewed":"2026-11-01","program_number":"S-1","last_decision":{"outcome":"renew"}})"
             "\n"
             R"({"id":"B-26","reviewed":"2026-11-01","program_number":"S-2","last_decision":"none"})"
             "\n"
             R"({"id":"C-26","reviewed":"2026-11-01","program_number":"S-3","last_decision":{"outcome":"renew"}})");
  for (auto const* id : {"A-26", "B-26", "C-26"}) EXPECT_THAT(bodies(id), HasSubstr(R"("last_decision":"none")"));
  EXPECT_THAT(ran.err, HasSubstr("what 2 submissions state of `last decision` does not count (A-26 and 1 more)"));
}

TEST_F(History, AListThatOneSubmissionStatesTakesNothingFromTheOthers) {
  review(kLow2025);
  Ran const ran = review(std::string(kLow2026) + R"({"id":"B-26","reviewed":"2026-11-01","program_number":"S-2",)"
                                                 R"("earlier_decisions":[{"outcome":"renew","living_wage":true}]})");
  EXPECT_THAT(bodies("A-26"), HasSubstr(R"("earlier_decisions":[{"date":"2025-11-01",)"));
  EXPECT_THAT(bodies("B-26"), HasSubstr(R"("earlier_decisions":[])"));
  EXPECT_THAT(ran.err, HasSubstr("what 1 submission states of `earlier decisions` does not count (B-26)"));
  expect_whole();
}

TEST_F(History, WhatCouldNotBeToldCountsOnceSomebodyHasDecidedIt) {
  EXPECT_THAT(review(R"({"id":"A-25","reviewed":"2025-11-01","program_number":"S-1"})").out,
              HasSubstr("A-25,needs information,"));
  record({"override", "ledger.db", "A-25", "--outcome", "renew with conditions"});
  EXPECT_THAT(review(kLow2026).out, HasSubstr("A-26,phase out,"));
  EXPECT_THAT(bodies("A-26"), HasSubstr(R"("outcome":"renew_with_conditions"}])"));
  expect_whole();
}

TEST_F(History, AWaiverOfOneSubmissionIsNoneOfAPathwayThatIsNamedAlike) {
  record(
      {"waiver", "ledger.db", "wage waiver", "--submission", "S-1", "--from", "2025-01-01", "--through", "2030-01-01"});
  review("");  // makes the ledger
  ASSERT_EQ(record({"waiver", "ledger.db", "wage waiver", "--submission", "S-1", "--from", "2025-01-01", "--through",
                    "2030-01-01"})
                .code,
            0);
  EXPECT_THAT(review(kLow2025).out, HasSubstr("A-25,renew with conditions,"));
  ASSERT_EQ(record({"waiver", "ledger.db", "wage waiver", "--about", "S-1", "--from", "2026-01-01", "--through",
                    "2030-01-01"})
                .code,
            0);
  EXPECT_THAT(review(kLow2026).out, HasSubstr("A-26,renew,W"));
}

// The policy asks who grants its waiver, for how long, how often extended.
TEST_F(History, AWaiverThatItsBlockDoesNotAllowIsWarnedOfAndIsNotInForce) {
  auto const policy = folder_ + "/renewal.policy";
  auto text = contents(policy);
  auto const at = text.find("  Waives: ");
  ASSERT_NE(at, std::string::npos);
  text.insert(at,
              "  Granted by: State Board, Commissioner  [Order 7]\n  Lasts: at most 2 years  [Order 7]\n"
              "  Extended: at most 1 time  [Order 7]\n");
  std::ofstream(policy, std::ios::binary) << text;
  review(kLow2025);
  auto const grant = [&](std::string const& by, std::string const& from, std::string const& through) {
    Ran const ran = record({"waiver", "ledger.db", "wage waiver", "--about", "S-1", "--grantor", by, "--from", from,
                            "--through", through});
    EXPECT_EQ(ran.code, 0) << ran.err;
    return ran.err;
  };
  EXPECT_THAT(grant("District Office", "2026-07-01", "2027-06-30"),
              HasSubstr("the waiver is not in force: only State Board or Commissioner may grant it"));
  EXPECT_THAT(review(kLow2026).out, HasSubstr("A-26,phase out,"));
  Ran const explained = run({"explain", "--ledger", "ledger.db", "A-26"});
  EXPECT_THAT(explained.out, AllOf(HasSubstr("granted by District Office from 2026-07-01 through 2027-06-30"),
                                   HasSubstr("only State Board or Commissioner may grant it")));
  EXPECT_THAT(grant("State Board", "2026-07-01", "2029-06-30"),
              HasSubstr("the waiver is not in force: it may last at most 2 years, through 2028-06-30"));
  EXPECT_EQ(grant("State Board", "2022-07-01", "2024-06-30"), "");
  EXPECT_EQ(grant("the commissioner", "2024-07-01", "2026-06-30"), "");
  EXPECT_THAT(grant("State Board", "2026-07-01", "2028-06-30"),
              HasSubstr("the waiver is not in force: it is extension 2, and it may be extended at most 1 time"));
  EXPECT_THAT(review(kLow2026).out, HasSubstr("A-26,phase out,"));
  auto const other = R"({"id":"B-26","reviewed":"2026-11-01","program_number":"S-2","wage":30000})";
  review(other);
  Ran const good = record({"waiver", "ledger.db", "wage waiver", "--about", "S-2", "--grantor", "the commissioner",
                           "--from", "2026-07-01", "--through", "2028-06-30"});
  EXPECT_EQ(good.err, "");
  EXPECT_THAT(review(other).out, HasSubstr("B-26,renew"));
  expect_whole();
}

// A threshold that is waived for one pathway, with a value of its own.
TEST_F(History, AThresholdIsWaivedForOnePathwayWithTheValueOnRecord) {
  auto const policy = folder_ + "/renewal.policy";
  std::ofstream(policy, std::ios::binary | std::ios::app)
      << "\nWaiver: rural wage waiver  [Order 7]\n  Waives: required wage\n  Granted by: State Board\n";
  review(kLow2025);
  auto const grant = [&](std::string const& value) {
    return record({"waiver", "ledger.db", "rural wage waiver", "--about", "S-1", "--grantor", "State Board", "--from",
                   "2026-07-01", "--through", "2027-06-30", "--value", value});
  };
  Ran const wrong = grant("5 students");
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("`5 students` cannot stand for `required wage`"));
  EXPECT_EQ(grant("$25,000 per year").code, 0);
  EXPECT_THAT(review(kLow2026).out, HasSubstr("A-26,renew,W"));
  EXPECT_THAT(bodies("A-26"), HasSubstr(R"("value":"$25,000 per year")"));
  Ran const why = run({"explain", "--ledger", "ledger.db", "A-26", "--full"});
  EXPECT_THAT(why.out, AllOf(HasSubstr("at least $25,000 per year, waived from $"),
                             HasSubstr("rural wage waiver, on record: granted by State Board from 2026-07-01")));
  expect_whole();
}

TEST_F(History, FactsNamedBeyondAsciiAreFoundAgain) {
  review(R"({"id":"A-25","reviewed":"2025-11-01","program_number":"S-1","wage":30000,"salaire_médian":50000})");
  review(kLow2026);
  EXPECT_THAT(bodies("A-26"), HasSubstr(R"("salaire_m%C3%A9dian":"50000)"));
  EXPECT_THAT(bodies("A-26"), HasSubstr(R"("median_was_reached":"met")"));
}

TEST_F(History, SubmissionsThatNothingIdentifiesHaveNoHistoryInCommon) {
  review(R"({"reviewed":"2025-11-01","wage":30000})");
  EXPECT_THAT(review(R"({"reviewed":"2026-11-01","wage":30000})").out, HasSubstr(",renew with conditions,"));
}

TEST_F(History, ALedgerOfANewYearTakesOverWhatTheLastOneKnows) {
  review(std::string(kLow2025) + R"({"id":"B-25","reviewed":"2025-11-01","program_number":"S-2","wage":50000})");
  record({"override", "ledger.db", "B-25", "--outcome", "renew with conditions"});
  record({"waiver", "ledger.db", "wage waiver", "--about", "S-3", "--from", "2025-01-01", "--through", "2030-01-01"});
  auto const next = [&](std::string const& submissions) {
    return run({"review", "renewal.policy", "--ledger", "2026.db", "--submissions", "-", "--format", "csv"},
               submissions);
  };
  Ran const taken = record({"history", "2026.db", "--from", "ledger.db"});
  EXPECT_EQ(taken.code, 0) << taken.err;
  EXPECT_THAT(taken.out, HasSubstr("3 entries taken over from waymark.ledger/"));
  Ran const ran =
      next(std::string(kLow2026) + R"({"id":"B-26","reviewed":"2026-11-01","program_number":"S-2","wage":30000})"
                                   "\n"
                                   R"({"id":"C-26","reviewed":"2026-11-01","program_number":"S-3","wage":30000})");
  EXPECT_THAT(ran.out, AllOf(HasSubstr("A-26,phase out,"), HasSubstr("B-26,phase out,"), HasSubstr("C-26,renew,")));
  EXPECT_THAT(ran.err, Not(HasSubstr("holds no earlier decision")));
  EXPECT_THAT(record({"history", "2026.db", "--from", "ledger.db"}).out, HasSubstr("0 entries"));
  record({"override", "ledger.db", "A-25", "--outcome", "renew"});
  EXPECT_THAT(record({"history", "2026.db", "--from", "ledger.db"}).out, HasSubstr("1 entry"));
  EXPECT_THAT(next(kLow2026).out, HasSubstr("A-26,renew with conditions,"));
  EXPECT_THAT(record({"history", "ledger.db", "--from", "ledger.db"}).out, HasSubstr("0 entries"));
  Ran const verified = run({"audit", "verify", "2026.db"});
  EXPECT_EQ(verified.code, 0) << verified.out;
  EXPECT_EQ(run({"audit", "replay", "2026.db", "--all"}).code, 0);
  // And so on, from year to year.
  record({"history", "2027.db", "--from", "2026.db"});
  Ran const third = run({"review", "renewal.policy", "--ledger", "2027.db", "--submissions", "-", "--format", "jsonl"},
                        R"({"id":"A-27","reviewed":"2027-11-01","program_number":"S-1","wage":30000})");
  auto const body = run({"audit", "query", "2027.db", "--format", "json"}).out;
  EXPECT_THAT(body, AllOf(HasSubstr(R"("date":"2026-11-01")"), HasSubstr(R"("date":"2025-11-01")"))) << third.err;
}

TEST_F(History, ALedgerThatHoldsNoEarlierDecisionSaysSo) {
  EXPECT_THAT(review(kLow2025).err, HasSubstr("`ledger.db` holds no earlier decision"));
  EXPECT_THAT(review(kLow2026).err, Not(HasSubstr("holds no earlier decision")));
}

// While the second review runs, the first year is not to be found; afterwards all is as it was, and verify holds. What
// the ledger held when the run began tells it.
TEST_F(History, WhatWasHiddenWhileAReviewRanIsSeenByReplay) {
  review(kLow2025);
  auto const ledger = folder_ + "/ledger.db";
  ASSERT_EQ(ledger::shell(ledger, "UPDATE decided SET subject = 'hidden'"), "");
  EXPECT_THAT(review(kLow2026).out, HasSubstr("A-26,renew with conditions,"));
  ASSERT_EQ(ledger::shell(ledger, "UPDATE decided SET subject = 'S-1'"), "");
  EXPECT_EQ(run({"audit", "verify", "ledger.db"}).code, 0);
  Ran const replayed = run({"audit", "replay", "ledger.db", "--all"});
  EXPECT_EQ(replayed.code, 5) << replayed.out << replayed.err;
  EXPECT_THAT(replayed.out, AllOf(HasSubstr("differs"), HasSubstr("from_ledger")));
  for (auto const& words : {std::vector<std::string>{"explain", "--ledger", "ledger.db", "A-26", "--letter"},
                            std::vector<std::string>{"audit", "prove", "ledger.db", "A-26", "--out", "pack"}}) {
    Ran const shown = run(words);
    EXPECT_NE(shown.code, 0) << words.front();
    EXPECT_EQ(shown.out, "");
    EXPECT_THAT(shown.err, HasSubstr("the ledger held other entries about its pathway")) << words.front();
  }
}

TEST_F(History, AReplayOfADayKnowsNothingThatWasRecordedLater) {
  review(kLow2025);
  review(kLow2026);
  Ran const known = run({"audit", "replay", "ledger.db", "A-26", "--known-on", "2999-01-01"});
  EXPECT_THAT(known.out, HasSubstr("identical: phase out"));
  // As if the rules had been recorded years ago, and the decision of the first year only now.
  EXPECT_EQ(ledger::shell(folder_ + "/ledger.db",
                          "DROP TRIGGER entry_kept_UPDATE;"
                          "UPDATE entry SET body = replace(body, at, '2020-01-01T00:00:00Z') WHERE kind = 'rule';"
                          "UPDATE entry SET body = replace(body, at, '2030-01-01T00:00:00Z') WHERE kind = 'decision';"
                          "UPDATE entry SET at = json_extract(body, '$.at')"),
            "");
  ledger::sign_anew(folder_ + "/ledger.db");
  Ran const then = run({"audit", "replay", "ledger.db", "A-26", "--known-on", "2021-01-01"});
  EXPECT_THAT(then.out, HasSubstr("phase out, now renew with conditions"));
}

TEST_F(History, ACorrectionHoldsTheOneSubmissionThatItCorrects) {
  review(kLow2025);
  auto const correct = [&](std::string const& name, std::string const& text) {
    return record({"correction", "ledger.db", "A-25", "--submission", scratch_.write(name, text)});
  };
  for (auto const& [name, text, why] :
       {std::tuple("empty.jsonl", "", "it holds 0 submissions"),
        std::tuple("two.jsonl", "{\"id\":\"A-25\"}\n{\"id\":\"B\"}\n", "it holds 2 submissions"),
        std::tuple("other.jsonl", "{\"id\":\"B\"}\n", "it is submission `B`"),
        std::tuple("bad.jsonl", "{\"id\":\"A-25\",\"wage\":\"many\"}\n", "many")}) {
    Ran const ran = correct(name, text);
    EXPECT_EQ(ran.code, 3) << name;
    EXPECT_THAT(ran.err, HasSubstr(why));
  }
  EXPECT_EQ(correct("right.jsonl", R"({"id":"A-25","program_number":"S-1","wage":50000})").code, 0);
  EXPECT_THAT(run({"audit", "replay", "ledger.db", "A-25", "--corrected"}).out, HasSubstr("now renew"));
  expect_whole();
}

TEST_F(History, EachSubmissionOfAFileIsReplayedAsItself) {
  auto const file = scratch_.write("a.toml",
                                   "[[submission]]\nid = \"A\"\nreviewed = 2025-11-01\nwage = 50000\n\n"
                                   "[[submission]]\nid = \"B\"\nreviewed = 2050-11-01\nwage = 50000\n\n"
                                   "[[submission]]\nid = \"C\"\nreviewed = 2025-11-01\nwage = \"many\"\n\n"
                                   "[[submission]]\nid = \"D\"\nreviewed = 2025-11-01\nwage = \"few\"\n");
  run({"review", "renewal.policy", "--ledger", "ledger.db", "--submissions", file});
  Ran const replayed = run({"audit", "replay", "ledger.db", "--all"});
  EXPECT_EQ(replayed.code, 0) << replayed.out;
  EXPECT_THAT(replayed.out, HasSubstr("4  identical"));
}

TEST_F(History, TheSameFileAgainDecidesNothingTwice) {
  // Two years of one pathway in one file: the second knew nothing of the first when it was decided.
  auto const both = std::string(kLow2025) + kLow2026;
  auto const first = review(both, "jsonl");
  EXPECT_THAT(first.err, HasSubstr("2 decisions recorded\n"));
  auto const again = review(both, "jsonl");
  EXPECT_EQ(again.out, first.out);
  EXPECT_THAT(again.err, HasSubstr("0 decisions recorded, 2 recorded before"));
  expect_whole();
}

TEST_F(History, WhatPeopleHaveDecidedSinceMakesANewDecision) {
  auto const both = std::string(kLow2025) + kLow2026;
  review(both);
  record({"override", "ledger.db", "A-25", "--outcome", "renew"});
  Ran const overridden = review(both);
  EXPECT_THAT(overridden.err, HasSubstr("1 decision recorded, 1 recorded before"));
  EXPECT_THAT(bodies("A-26"),
              HasSubstr(R"("last_decision":{"date":"2025-11-01","living_wage":false,"outcome":"renew")"));
  record({"waiver", "ledger.db", "wage waiver", "--submission", "A-26", "--from", "2026-01-01", "--through",
          "2027-01-01"});
  EXPECT_THAT(review(both).err, HasSubstr("1 decision recorded, 1 recorded before"));
  EXPECT_THAT(review(both).err, HasSubstr("0 decisions recorded, 2 recorded before"));
  expect_whole();
}

TEST_F(History, AnInterruptedRunGoesOnWithWhatItHadRecorded) {
  review(kLow2025);
  auto const both = std::string(kLow2025) + kLow2026;
  Ran const ran = review(both);
  EXPECT_THAT(ran.err, HasSubstr("1 decision recorded, 1 recorded before"));
  EXPECT_THAT(ran.out, HasSubstr("A-26,phase out,"));
  EXPECT_EQ(review(both).out, ran.out);
  expect_whole();
}

// What was decided, changed and signed by somebody who has the key.
void change_bodies(std::string const& ledger, std::string const& from, std::string const& to) {
  auto const trigger = ledger::shell(ledger, "SELECT sql FROM sqlite_schema WHERE name = 'entry_kept_UPDATE'");
  EXPECT_EQ(ledger::shell(ledger, "DROP TRIGGER entry_kept_UPDATE; UPDATE entry SET body = replace(body, '" + from +
                                      "', '" + to + "') WHERE kind = 'decision'; " + trigger),
            "");
  ledger::sign_anew(ledger);
}

TEST_F(History, WhatIsPrintedIsWhatIsOnRecord) {
  review(kLow2025);
  change_bodies(folder_ + "/ledger.db", R"("outcome":"renew with conditions")", R"("outcome":"renew")");
  Ran const ran = review(kLow2025);
  EXPECT_EQ(ran.code, 5);
  EXPECT_THAT(ran.out, Not(HasSubstr("A-25")));
  EXPECT_THAT(ran.err, HasSubstr("decided as `renew`, and it comes out as `renew with conditions`"));
  Ran const proof = run({"audit", "prove", "ledger.db", "A-25", "--out", "pack"});
  EXPECT_EQ(proof.code, 5);
  EXPECT_THAT(proof.err, HasSubstr("was decided as `renew` and comes out as `renew with conditions`"));
}

TEST_F(History, WhatADecisionIsFoundByIsDecidedAgain) {
  review(kLow2025);
  change_bodies(folder_ + "/ledger.db", R"("subject":"S-1")", R"("subject":"S-9")");
  Ran const subject = run({"audit", "replay", "ledger.db", "--all"});
  EXPECT_EQ(subject.code, 1);
  EXPECT_THAT(subject.out, HasSubstr("  subject\n    then: \"S-9\"\n    now:  \"S-1\""));
  change_bodies(folder_ + "/ledger.db", R"("same":")", R"("same":"0)");
  EXPECT_THAT(run({"audit", "replay", "ledger.db", "--all"}).out, HasSubstr("  same\n"));
}

TEST_F(History, ARecordUnderAnotherSemanticsNumberIsNamed) {
  review(kLow2025);
  EXPECT_THAT(run({"audit", "replay", "ledger.db", "--all"}).err, Not(HasSubstr("semantics")));
  change_bodies(folder_ + "/ledger.db", R"("semantics":0)", R"("semantics":7)");
  EXPECT_THAT(run({"audit", "replay", "ledger.db", "--all"}).err,
              HasSubstr("1 decision was recorded under semantics number 7; this program decides by number 0, and what "
                        "number 0 means may still change"));
}

TEST_F(History, ADecisionThatIsTooLongForALedgerStopsNobody) {
  auto const long_text = std::string(1'100'000, 'x');
  auto const line = [](std::string const& id, std::string const& more) {
    return R"({"id":")" + id + R"(","reviewed":"2025-11-01","wage":50000)" + more + "}\n";
  };
  auto const lines = line("A", "") + line("B", R"(,"title":")" + long_text + "\"") +
                     line("C", R"(,"program_number":")" + long_text + "\"") + line(long_text, "") +
                     line("D", R"(,"waivers":[{"waiver":"wage waiver","reason":")" + long_text + "\"}]") +
                     line("E", R"(,"salaire_médian":")" + long_text + "\"") + line("F", "");
  Ran const ran = review(lines);
  EXPECT_EQ(ran.code, 1) << ran.err.substr(0, 2000);
  EXPECT_THAT(ran.err, HasSubstr("7 decisions recorded"));
  EXPECT_THAT(ran.out, AllOf(HasSubstr("A,renew"), HasSubstr("\nB,not reviewed,\n"), HasSubstr("\nC,not reviewed,\n"),
                             HasSubstr("\nD,not reviewed,\n"), HasSubstr("\nF,renew")));
  EXPECT_THAT(bodies("B"), AllOf(HasSubstr("would be longer than the 983040 bytes"), Not(HasSubstr("\"facts\""))));
  EXPECT_THAT(run({"explain", "--ledger", "ledger.db", "B"}).out, HasSubstr("not reviewed"));
  EXPECT_THAT(review(lines).err, HasSubstr("0 decisions recorded, 7 recorded before"));
  expect_whole();
}

}  // namespace
}  // namespace waymark::commands_test
