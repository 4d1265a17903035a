// Recording and auditing from outside: what is recorded is printed, what is printed is recorded, and years later it
// comes out again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/commands/ledger_workspace.hpp"

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char const* kOne = R"({"id":"A","request":"new","decided":"2025-10-01","soc":"15-1252","enrollment":12})"
                             "\n";

TEST_F(Ledger, RecordsEachDecisionBeforeItIsPrinted) {
  Ran const ran = review();
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.err, AllOf(HasSubstr("made the key `ledger.db.key`"), HasSubstr("5 decisions recorded\n")));
  EXPECT_THAT(ran.out, HasSubstr("\"seq\":"));
  auto const key = fs::status(folder_ + "/ledger.db.key").permissions();
  EXPECT_EQ(key, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_THAT(verdict(), AllOf(HasSubstr("5 decisions"), Not(HasSubstr("BROKEN"))));
}

TEST_F(Ledger, TheSameReviewAgainIsNotASecondDecision) {
  auto const first = review();
  auto const again = review();
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(first.out, again.out);
  EXPECT_THAT(again.err, HasSubstr("0 decisions recorded, 5 recorded before"));
  auto const later = review({"--submissions", "good.jsonl", "--date", "2026-01-15"});
  EXPECT_THAT(later.err, HasSubstr("5 decisions recorded\n"));
  EXPECT_THAT(verdict(), HasSubstr("10 decisions"));
}

TEST_F(Ledger, WithoutAnOptionNothingIsRecorded) {
  run({"review", "policies/pathways.policy", "--submissions", "good.jsonl"});
  EXPECT_FALSE(fs::exists(folder_ + "/ledger.db"));
  Ran const none = run({"review", "policies/pathways.policy", "--submissions", "good.jsonl", "--record"});
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.err, HasSubstr("no ledger is named"));
}

TEST_F(Ledger, ABadSubmissionIsOnRecordToo) {
  Ran const ran = review({"--submissions", "-"}, std::string(kOne) + "{\"id\":\"B\",\n");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("\"outcome\":\"not reviewed\""));
  EXPECT_THAT(ran.err, HasSubstr("2 decisions recorded"));
  EXPECT_THAT(verdict(), AllOf(HasSubstr("2 submissions"), Not(HasSubstr("BROKEN"))));
  EXPECT_EQ(run({"audit", "replay", "ledger.db", "--all"}).code, 0);
}

TEST_F(Ledger, EveryFormatIsReplayedFromWhatWasReceived) {
  scratch_.write("a.csv",
                 "id,request,decided,soc,enrollment\nA,new,2025-10-01,15-1252,12\nB,new,2025-10-01,15-1252,3\n");
  scratch_.write("a.json",
                 "[" + std::string(kOne) + ",\n{\"id\":\"B\",\"request\":\"new\",\"decided\":\"2025-10-01\"}]");
  scratch_.write("a.toml",
                 "[[submission]]\nid = \"A\"\nrequest = \"new\"\ndecided = 2025-10-01\nenrollment = 12\n\n"
                 "[[submission]]\nid = \"B\"\nrequest = \"new\"\ndecided = 2025-10-01\nenrollment = 3\n");
  for (auto const* name : {"a.csv", "a.json", "a.toml"}) {
    Ran const ran = review({"--submissions", scratch_.path(name)});
    EXPECT_EQ(ran.code, 0) << name << ran.err;
  }
  Ran const replay = run({"audit", "replay", "ledger.db", "--all"});
  EXPECT_EQ(replay.code, 0) << replay.out << replay.err;
  EXPECT_THAT(replay.out, HasSubstr("6  identical"));
}

TEST_F(Ledger, ReplaysUnderOtherRules) {
  review();
  auto policy = contents(folder_ + "/policies/pathways.policy");
  auto const at = policy.find("$50,000");
  ASSERT_NE(at, std::string::npos);
  scratch_.write("small/policies/pathways.policy", policy.replace(at, 7, "$900,000"));
  Ran const ran =
      run({"audit", "replay", "ledger.db", "--all", "--rules", "policies/pathways.policy", "--date", "2025-10-01"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("from approve to"));
  EXPECT_EQ(run({"audit", "replay", "ledger.db", "--all"}).code, 0) << "what was recorded stands";
}

TEST_F(Ledger, ExplainsWhatWasRecordedWithoutTheFiles) {
  review();
  auto const before = run({"explain", "policies/pathways.policy", "--submissions", "good.jsonl", "--id", "G4"}).out;
  fs::remove_all(folder_ + "/policies");
  fs::remove_all(folder_ + "/evidence");
  Ran const ran = run({"explain", "--ledger", "ledger.db", "G4"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, before);
  EXPECT_EQ(run({"explain", "--ledger", "ledger.db", "nobody"}).code, 1);
}

TEST_F(Ledger, WritesALetterByATemplateThatStaffMayEdit) {
  review();
  Ran const own = run({"explain", "--ledger", "ledger.db", "G4", "--letter"});
  EXPECT_EQ(own.code, 0) << own.err;
  EXPECT_THAT(own.out, AllOf(HasSubstr("About submission G4"), HasSubstr("\n    deny"), HasSubstr("asked: "),
                             HasSubstr("How to appeal"), HasSubstr("waymark.ledger/")));
  scratch_.write("small/letter.mustache", "Dear {{submission}}: {{outcome}} & that is all.\n");
  scratch_.write("small/waymark.toml", contents(folder_ + "/waymark.toml") + "\nletter = \"letter.mustache\"\n");
  EXPECT_EQ(run({"explain", "--ledger", "ledger.db", "G4", "--letter"}).out, "Dear G4: deny & that is all.\n");
}

TEST_F(Ledger, WhatPeopleDecideIsAddedAndNothingIsChanged) {
  review();
  EXPECT_EQ(record("appeal", "G4").code, 0);
  EXPECT_EQ(record("override", "G4", {"--outcome", "approve"}).code, 0);
  Ran const unknown = record("override", "G4", {"--outcome", "aprove"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("its outcomes are approve, look again, deny"));
  scratch_.write("right.jsonl",
                 "{\"id\":\"G2\",\"request\":\"renewal\",\"decided\":\"2026-10-01\",\"soc\":\"15-1252\","
                 "\"enrollment\":12}\n");
  EXPECT_EQ(record("correction", "G2", {"--submission", scratch_.path("right.jsonl")}).code, 0);
  EXPECT_EQ(record("appeal", "nobody").code, 1);
  Ran const kinds = run({"audit", "query", "ledger.db", "--kind", "all", "--format", "csv"});
  EXPECT_THAT(kinds.out, AllOf(HasSubstr(",appeal,G4,"), HasSubstr(",override,G4,"), HasSubstr(",correction,G2,")));
  Ran const corrected = run({"audit", "replay", "ledger.db", "G2", "--corrected"});
  EXPECT_EQ(corrected.code, 0) << corrected.err;
  EXPECT_THAT(corrected.out, HasSubstr("look again, now approve"));
  EXPECT_THAT(run({"audit", "replay", "ledger.db", "--all", "--corrected"}).out, HasSubstr("1 decision, corrected"));
  EXPECT_THAT(run({"explain", "--ledger", "ledger.db", "G4", "--letter"}).out,
              HasSubstr("This decision was overridden"));
  EXPECT_THAT(verdict(), Not(HasSubstr("BROKEN")));
}

TEST_F(Ledger, AReleaseIsFoundBySourcesNamedBeyondAscii) {
  auto const replace = [&](std::string const& file, std::string const& from, std::string const& to) {
    auto text = contents(folder_ + "/" + file);
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
    scratch_.write("small/" + file, text);
  };
  replace("small.vocabulary", "Source: wages,", "Source: \"relevé\",");
  replace("policies/pathways.policy", "median wage in wages", "median wage in \"relevé\"");
  replace("evidence/evidence.toml", "source   = \"wages\"", "source   = \"relevé\"");
  ASSERT_EQ(review().code, 0);
  EXPECT_THAT(run({"audit", "query", "ledger.db", "--vintage", "relevé=May 2024"}).err, HasSubstr("4 entries"));
}

TEST_F(Ledger, ACutTailIsFoundWithTheWitness) {
  review({"--submissions", "-"}, kOne);
  fs::copy_file(folder_ + "/ledger.db", folder_ + "/shorter.db");
  review();
  Ran const first = run({"audit", "witness", "ledger.db", "--state", "kept.txt"});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_EQ(run({"audit", "verify", "ledger.db", "--anchor", "kept.txt"}).code, 0);
  EXPECT_EQ(run({"audit", "verify", "shorter.db"}).code, 0);
  Ran const cut = run({"audit", "verify", "shorter.db", "--anchor", "kept.txt"});
  EXPECT_EQ(cut.code, 5);
  EXPECT_THAT(cut.out, HasSubstr("append-only: BROKEN"));
  EXPECT_EQ(run({"audit", "witness", "shorter.db", "--state", "kept.txt"}).code, 5);
}

TEST_F(Ledger, WaiversGrantedOnRecordCount) {
  // The fixture's policy has no waiver: one that is granted is said to waive nothing.
  review();
  Ran const granted = run({"record", "waiver", "ledger.db", "small school", "--submission", "G4", "--from",
                           "2025-01-01", "--who", "A. Clerk", "--authority", "Order 7", "--reason", "an island"});
  EXPECT_EQ(granted.code, 0) << granted.err;
  Ran const again = review();
  EXPECT_THAT(again.err, HasSubstr("the policy has no waiver `small school`"));
  EXPECT_THAT(again.err, HasSubstr("1 decision recorded, 4 recorded before"));
  EXPECT_THAT(again.err, HasSubstr("1 of them was decided before, for the same review date"));
}

TEST_F(Ledger, AWaiversValueIsTakenWhereOneRuleOnRecordTakesIt) {
  auto const policy = contents(folder_ + "/policies/pathways.policy");
  for (std::string const unit : {"percent", "percentage points"}) {
    scratch_.write("small/policies/pathways.policy",
                   policy + "\nThreshold: required growth, in " + unit + " [Rule 1]\n  from 2000-07-01: -1 " + unit +
                       "\n  continues until changed\n\nWaiver: growth waiver [Rule 1]\n  Waives: required growth\n");
    ASSERT_EQ(review().code, 0);
  }
  auto const grant = [&](std::string const& value) {
    return record("waiver", "growth waiver", {"--submission", "G4", "--from", "2025-01-01", "--value=" + value});
  };
  Ran const taken = grant("-3 percent");
  EXPECT_EQ(taken.code, 0) << taken.err;
  EXPECT_THAT(taken.err, HasSubstr("warning: --value: a rule on record does not take it: `-3 percent` cannot stand for "
                                   "`required growth`, and the threshold is in percentage points."));
  Ran const refused = grant("5 students");
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr("--value: `5 students` cannot stand for `required growth`"));
}

TEST_F(Ledger, MistakesOfPeopleAreSaidBeforeTheyStandForEver) {
  review();
  auto const record = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "record");
    words.insert(words.end(), {"--who", "A. Clerk", "--authority", "Order 7", "--reason", "why not"});
    return run(words);
  };
  Ran const stranger = record({"waiver", "ledger.db", "smal school", "--submission", "G99", "--from", "2025-01-01"});
  EXPECT_EQ(stranger.code, 0);
  EXPECT_THAT(stranger.err, AllOf(HasSubstr("nothing on record is the submission `G99`"),
                                  HasSubstr("no policy on record has a waiver called `smal school`")));
  Ran const same = record({"override", "ledger.db", "G4", "--outcome", "deny"});
  EXPECT_EQ(same.code, 2);
  EXPECT_THAT(same.err, HasSubstr("`deny` is what holds for entry"));
  Ran const nowhere = run({"review", "policies/pathways.policy", "--submissions", "good.jsonl", "--ledger", ""});
  EXPECT_EQ(nowhere.code, 2);
  EXPECT_THAT(nowhere.err, HasSubstr("--ledger: nothing is said after it"));
  EXPECT_EQ(nowhere.out, "");
  Ran const folder = run({"review", "policies/pathways.policy", "--submissions", "good.jsonl", "--ledger", folder_});
  EXPECT_EQ(folder.code, 4);
  EXPECT_THAT(folder.err, HasSubstr("is a folder, and no ledger"));
  Ran const other =
      run({"review", "policies/pathways.policy", "--submissions", "good.jsonl", "--ledger", "good.jsonl"});
  EXPECT_EQ(other.code, 4);
  EXPECT_THAT(other.err, HasSubstr("this is no ledger"));
}

TEST_F(Ledger, ACorrectionIsSomethingElseAndNothingOfItIsLostUnseen) {
  review();
  scratch_.write("small/right.jsonl", R"({"id":"G4","request":"new","decided":"2025-03-01","socc":"15-1252"})"
                                      "\n");
  Ran const right = run({"record", "correction", "ledger.db", "G4", "--submission", "right.jsonl", "--who", "A. Clerk",
                         "--authority", "Order 7", "--reason", "typed wrong"});
  EXPECT_EQ(right.code, 0) << right.err;
  EXPECT_THAT(right.err, HasSubstr("socc"));
  scratch_.write("small/g4.jsonl",
                 R"({"id":"G4","request":"renewal","decided":"2025-03-01","soc":"15-1252","enrollment":9})"
                 "\n");
  Ran const same = run({"record", "correction", "ledger.db", "G4", "--submission", "g4.jsonl", "--who", "A. Clerk",
                        "--authority", "Order 7", "--reason", "typed wrong"});
  EXPECT_EQ(same.code, 2);
  EXPECT_THAT(same.err, HasSubstr("is what was decided in entry"));
}

TEST_F(Ledger, ErrorsHaveTheirExitCodes) {
  scratch_.write("small/text.db", "this is no ledger\n");
  scratch_.write("small/page.db", std::string(5000, 'x'));
  scratch_.write("small/empty.db", "");
  for (std::vector<std::string> const& verb :
       {std::vector<std::string>{"audit", "verify"}, {"audit", "query"}, {"audit", "export"}}) {
    auto const said = [&](std::string const& file) {
      Ran const ran = run({verb[0], verb[1], file});
      EXPECT_EQ(ran.code, 4) << verb[1] << " " << file << ran.err;
      EXPECT_EQ(ran.out, "");
      return ran.err;
    };
    EXPECT_THAT(said("nowhere.db"), HasSubstr("the ledger `nowhere.db` is not there\n"));
    EXPECT_THAT(said("policies"), HasSubstr("`policies` is a folder, and no ledger\n"));
    EXPECT_THAT(said("text.db"), HasSubstr("this is no ledger"));
    EXPECT_THAT(said("page.db"), HasSubstr("this is no ledger"));
    EXPECT_THAT(said("empty.db"), HasSubstr("is not a ledger: it is empty"));
  }
  review();
  fs::remove(folder_ + "/ledger.db.key");
  Ran const keyless = review();
  EXPECT_EQ(keyless.code, 4);
  EXPECT_EQ(keyless.out, "");
  EXPECT_THAT(keyless.err, HasSubstr("without it nothing can be recorded"));
}

TEST_F(Ledger, TwoNamesOfOneFileAreNoTwoLedgers) {
  review();
  fs::create_hard_link(folder_ + "/ledger.db", folder_ + "/other.db");
  Ran const ran = review();
  EXPECT_EQ(ran.code, 4);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("has another name, too (a hard link)"));
  fs::remove(folder_ + "/other.db");
  EXPECT_EQ(review().code, 0);
}

TEST_F(Ledger, WhatIsRecordedForEverIsNotEmpty) {
  review();
  for (auto const* option : {"--who", "--authority", "--reason"}) {
    std::vector<std::string> words = {"record", "appeal", "ledger.db", "G1"};
    for (auto const* one : {"--who", "--authority", "--reason"}) {
      words.emplace_back(one);
      words.emplace_back(std::string(one) == option ? " " : "as said");
    }
    Ran const ran = run(words);
    EXPECT_EQ(ran.code, 2) << option;
    EXPECT_THAT(ran.err, HasSubstr(std::string(option) + " is empty"));
  }
}

TEST_F(Ledger, AWitnessDoesNotStartAnewFromAStateThatWasCut) {
  review();
  ASSERT_EQ(run({"audit", "witness", "ledger.db", "--state", "seen", "--name", "w"}).code, 0);
  auto const state = contents(folder_ + "/seen");
  scratch_.write(fs::path(folder_).filename().string() + "/seen", state.substr(0, state.find("\n\n") + 1));
  Ran const ran = run({"audit", "witness", "ledger.db", "--state", "seen", "--name", "w"});
  EXPECT_EQ(ran.code, 5) << ran.out << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("was cut: it names no checkpoint"));
}

TEST_F(Ledger, AReleaseThatIsReadOtherwiseMakesAnotherReview) {
  EXPECT_THAT(review().err, HasSubstr("5 decisions recorded"));
  auto const manifest = contents(folder_ + "/evidence/evidence.toml");
  auto renamed = manifest;
  renamed.replace(renamed.find("\"May 2024\""), 10, "\"May 2099\"");
  scratch_.write(fs::path(folder_).filename().string() + "/evidence/evidence.toml", renamed);
  Ran const again = review();
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_THAT(again.err, Not(HasSubstr("0 decisions recorded")));
}

TEST_F(Ledger, AReleaseThatWasPutOutAgainIsWhatItWasLastKnownToBe) {
  review();
  auto const folder = fs::path(folder_).filename().string();
  auto const file = std::string("/evidence/wages_2024.csv");
  scratch_.write(folder + file, contents(folder_ + file) + "11-1011,Chief Executives,90000\n");
  ASSERT_EQ(review().code, 0);
  Ran const known = run({"audit", "replay", "ledger.db", "--all", "--known-on", "2999-01-01"});
  EXPECT_THAT(known.out, Not(HasSubstr("cannot be replayed"))) << known.out;
}

TEST_F(Ledger, AKeyThatLiesOpenIsSaidOnce) {
  EXPECT_THAT(review().err, Not(HasSubstr("anybody on this machine")));
  fs::permissions(folder_ + "/ledger.db.key", fs::perms::others_read, fs::perm_options::add);
  Ran const open = review();
  EXPECT_EQ(open.code, 0);
  auto const words = std::string("anybody on this machine can read the key `ledger.db.key`");
  auto const first = open.err.find(words);
  ASSERT_NE(first, std::string::npos) << open.err;
  EXPECT_EQ(open.err.find(words, first + 1), std::string::npos);
}

}  // namespace
}  // namespace waymark::commands_test
