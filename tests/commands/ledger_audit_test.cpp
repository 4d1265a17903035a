// What an auditor tried on a ledger, with write access to its file and with its key, and what is said of it now.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/commands/ledger_workspace.hpp"
#include "tests/ledger/insider.hpp"
#include "tests/ledger/shell.hpp"

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Auditor : public Ledger {
 protected:
  std::string file() const { return folder_ + "/ledger.db"; }
  std::string sql(std::string const& text) const { return ledger::shell(file(), text); }
  // Changes bodies, with the guard put back.
  void change(std::string const& update) const {
    auto const guard = sql("SELECT sql FROM sqlite_schema WHERE name = 'entry_kept_UPDATE'");
    ASSERT_EQ(sql("DROP TRIGGER entry_kept_UPDATE; " + update + "; " + guard), "");
  }
  // The same by somebody who signs it: what the verdict is then.
  std::string signed_change(std::string const& update) const {
    change(update);
    ledger::sign_anew(file());
    return verdict();
  }
  // The seq of a submission's decision.
  std::string seq(std::string const& id) const {
    return sql("SELECT seq FROM decided WHERE submission = '" + id + "'");
  }
  static std::string replaced(std::string const& from, std::string const& to, std::string const& where) {
    return "UPDATE entry SET body = replace(body, '" + from + "', '" + to + "') WHERE " + where;
  }
};

TEST_F(Auditor, NothingIsReadThatTheCheckpointDoesNotVouchFor) {
  review();
  change(replaced("\"outcome\":\"deny\"", "\"outcome\":\"approve\"", "seq = " + seq("G4")));
  for (auto const& words : {std::vector<std::string>{"audit", "replay", "ledger.db", "--all"},
                            std::vector<std::string>{"audit", "replay", "ledger.db", "--all", "--record"},
                            std::vector<std::string>{"audit", "query", "ledger.db"},
                            std::vector<std::string>{"audit", "export", "ledger.db", "--format", "ctdl"},
                            std::vector<std::string>{"audit", "prove", "ledger.db", "G4", "--out", "pack"},
                            std::vector<std::string>{"explain", "--ledger", "ledger.db", "G4"}}) {
    Ran const ran = run(words);
    EXPECT_EQ(ran.code, 5) << words[1] << ran.out << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("does not lead to the root of the signed checkpoint")) << words[1];
  }
}

TEST_F(Auditor, AnOverrideThatNobodySignedIsNotPublished) {
  review();
  auto const body = R"({"at":"2026-11-26T03:36:00Z","authority":"Code","concerns":)" + seq("G4") +
                    R"(,"group":9,"instead_of":"deny","kind":"override","outcome":"approve","reason":"x","seq":)" +
                    sql("SELECT max(seq) + 1 FROM entry") + R"(,"submission":"G4","who":"nobody"})";
  ASSERT_EQ(sql("INSERT INTO entry SELECT max(seq) + 1, 'override', '2026-11-26T03:36:00Z', '" + body +
                "', zeroblob(32) FROM entry"),
            "");
  EXPECT_EQ(run({"audit", "export", "ledger.db", "--format", "ctdl"}).code, 5);
  EXPECT_EQ(run({"audit", "query", "ledger.db", "--outcome", "approve"}).code, 5);
  EXPECT_EQ(review({"--submissions", "good.jsonl", "--date", "2026-02-02"}).code, 5);
}

TEST_F(Auditor, ADecisionRestsOnWhatCameBeforeIt) {
  review();
  auto const last = seq("G4");
  EXPECT_THAT(verdict(), Not(HasSubstr("BROKEN")));
  auto const read = sql("SELECT json_extract(body, '$.read') FROM entry WHERE seq = " + last);
  auto const one = "seq = " + last;
  auto const is_found = [&](std::string const& from, std::string const& to, std::string const& said) {
    fs::copy_file(file(), folder_ + "/kept.db", fs::copy_options::overwrite_existing);
    EXPECT_THAT(signed_change(replaced(from, to, one)), AllOf(HasSubstr("entry " + last), HasSubstr(said))) << to;
    fs::copy_file(folder_ + "/kept.db", file(), fs::copy_options::overwrite_existing);
  };
  is_found("\"rule\":1", "\"rule\":2", "rests on the rules of entry 2, which are none before it");
  is_found("\"read\":" + read, "\"read\":[2,99]", "read the evidence of entry 99, which is none before it");
  is_found("\"read\":" + read, "\"read\":[\"2\"]", "does not say which evidence was read");
  is_found("\"evidence\":{\"", "\"evidence\":{\"another ", "for `another ");
  is_found("\"evidence\":{", "\"evidence\":{\"a\":1,", "used the evidence of entry 1, which it had not read");
  is_found("\"as_of\":", "\"as_of\":1", "states that its run began");
  is_found("\"as_of\":", "\"as_og\":", "does not say by which rules, evidence and history");
  is_found("\"rule\":1", "\"rule\":\"1\"", "does not say by which rules, evidence and history");
}

TEST_F(Auditor, ARunCannotStateThatItBeganEarlier) {
  review();
  record("appeal", "G4");
  review({"--submissions", "good.jsonl", "--date", "2026-02-02"});
  auto const last = sql("SELECT max(seq) FROM decided");
  auto const as_of = sql("SELECT json_extract(body, '$.as_of') FROM entry WHERE seq = " + last);
  auto const earlier = std::to_string(std::stoi(as_of) - 1);
  EXPECT_THAT(signed_change(replaced("\"as_of\":" + as_of, "\"as_of\":" + earlier, "seq = " + last)),
              AllOf(HasSubstr("entry " + last), HasSubstr("began with " + earlier + " entries")));
}

TEST_F(Auditor, AnOverrideCanBeTakenBack) {
  review();
  EXPECT_EQ(record("override", "G4", {"--outcome", "approve"}).code, 0);
  EXPECT_EQ(record("override", "G4", {"--outcome", "approve"}).code, 2);
  EXPECT_EQ(record("override", "G4", {"--outcome", "deny"}).code, 0);
}

TEST_F(Auditor, ARecordThatTheLedgerDoesNotHoldIsNotPrinted) {
  review();
  change(replaced("\"line\":4", "\"line\":3", "seq = " + seq("G4")));
  Ran const again = review();
  EXPECT_EQ(again.code, 5);
  EXPECT_EQ(again.out, "");
}

TEST_F(Auditor, ATimeIsATime) {
  review();
  EXPECT_THAT(signed_change("UPDATE entry SET body = replace(body, at, 'zzz'), at = 'zzz' WHERE seq = 2"),
              HasSubstr("its body states no time"));
}

TEST_F(Auditor, AViewWithoutEndIsNotRead) {
  review();
  ASSERT_EQ(sql("ALTER TABLE checkpoint RENAME TO c2; CREATE VIEW checkpoint(size, note) AS WITH RECURSIVE r(x) AS "
                "(SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT x, (SELECT note FROM c2) FROM r"),
            "");
  EXPECT_EQ(run({"audit", "verify", "ledger.db"}).code, 5);
  EXPECT_EQ(run({"audit", "query", "ledger.db"}).code, 5);
  EXPECT_EQ(run({"audit", "replay", "ledger.db", "--all"}).code, 5);
}

// The index of what is kept has lost its rows: nothing would be found by its hash.
TEST_F(Auditor, TheIndexOfWhatIsKeptLeadsToAllOfIt) {
  review();
  auto const page = sql("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_blob_1'");
  auto const size = std::stol(sql("PRAGMA page_size"));
  ASSERT_EQ(sql("PRAGMA wal_checkpoint(TRUNCATE)").rfind("failed", 0), std::string::npos);
  std::fstream bytes(file(), std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekp((std::stol(page) - 1) * size + 3);  // how many cells the page has
  bytes.write("\0\0", 2);
  bytes.close();
  EXPECT_THAT(verdict(), HasSubstr("the index of the table `blob` does not lead to everything that is kept"));
}

TEST_F(Auditor, WhatWasTakenOutOfTheSearchTableIsNotDecidedTwice) {
  review();
  ASSERT_EQ(sql("DELETE FROM decided WHERE submission = 'G4'"), "");
  EXPECT_THAT(review().err, HasSubstr("0 decisions recorded, 5 recorded before"));
}

TEST_F(Auditor, WhoAsksForOneDecisionIsNotGivenAnother) {
  review();
  ASSERT_EQ(sql("UPDATE decided SET submission = 'G4' WHERE submission = 'G5'"), "");
  Ran const given = run({"audit", "prove", "ledger.db", "G4", "--out", "pack"});
  EXPECT_EQ(given.code, 5);
  EXPECT_THAT(given.err, HasSubstr("is about `G4`, and it is not"));
}

TEST_F(Auditor, ANumberOfAnyLengthStopsNobody) {
  review();
  signed_change(replaced("\"read\":[", "\"read\":[99999999999999999999999,", "kind = 'decision'"));
  EXPECT_THAT(verdict(), HasSubstr("its body is not canonical"));
  EXPECT_LE(run({"audit", "replay", "ledger.db", "--all"}).code, 5);
  EXPECT_LE(run({"audit", "prove", "ledger.db", "G4", "--out", "pack"}).code, 5);
}

TEST_F(Auditor, TheWritersLockIsNoWayToAnotherFile) {
  scratch_.write("small/precious", "precious");
  fs::create_symlink("precious", folder_ + "/ledger.db.writer");
  EXPECT_EQ(review().code, 4);
  std::ifstream in(folder_ + "/precious");
  std::string text;
  in >> text;
  EXPECT_EQ(text, "precious");
}

TEST_F(Auditor, SubmissionsThatAreTooLongAreEachDecidedAndReplayed) {
  auto const long_line = [](std::string const& id) {
    return R"({"id":")" + id + R"(","contact":")" + std::string(std::size_t{17} << 20U, 'x') + "\"}\n";
  };
  scratch_.write("small/long.jsonl", long_line("A") + long_line("B") + R"({"id":"C","request":"new"})" + "\n");
  Ran const ran = review({"--submissions", "long.jsonl", "--date", "2026-01-15", "--format", "csv"});
  EXPECT_THAT(ran.err, AllOf(HasSubstr("3 decisions recorded"), Not(HasSubstr("recorded before"))));
  EXPECT_THAT(verdict(), AllOf(HasSubstr("3 decisions"), Not(HasSubstr("BROKEN"))));
  EXPECT_THAT(run({"audit", "replay", "ledger.db", "--all"}).out, HasSubstr("3  identical"));
}

TEST_F(Auditor, ASpreadsheetRunsNothingOfAReview) {
  scratch_.write("small/ids.jsonl", R"({"id":"=cmd|' /C calc'!A0","request":"new"})"
                                    "\n"
                                    R"({"id":"a\u001b[31mred","request":"new"})"
                                    "\n");
  auto const out = review({"--submissions", "ids.jsonl", "--date", "2026-01-15", "--format", "csv"}).out;
  EXPECT_THAT(out, AllOf(HasSubstr("\n'=cmd"), HasSubstr("a?[31mred"), Not(HasSubstr("\x1b"))));
}

}  // namespace
}  // namespace waymark::commands_test
