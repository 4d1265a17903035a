// Asking a ledger, and publishing what it approves: by names that are there, and with what is not in force left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/commands/ledger_workspace.hpp"

namespace waymark::commands_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Asking : public Ledger {
 protected:
  Ran query(std::vector<std::string> const& asked) const {
    std::vector<std::string> arguments = {"audit", "query", "ledger.db", "--format", "csv"};
    arguments.insert(arguments.end(), asked.begin(), asked.end());
    return run(arguments);
  }
  long found(std::vector<std::string> const& asked) const {
    auto const out = query(asked).out;
    return std::count(out.begin(), out.end(), '\n') - 1;
  }
  Ran approvals(std::string const& day = "2026-11-21") const {
    return run({"audit", "export", "ledger.db", "--format", "ctdl", "--in-force-on", day});
  }
};

TEST_F(Asking, FindsDecisionsByWhatTheySay) {
  review();
  EXPECT_EQ(found({}), 5);
  EXPECT_EQ(found({"--outcome", "Approve"}), 2);
  EXPECT_EQ(found({"--outcome", "approve", "--submission", "G1"}), 1);
  EXPECT_EQ(found({"--criterion", "size=not met"}), 2);
  EXPECT_EQ(found({"--vintage", "wages=May 2023"}) + found({"--vintage", "May 2024"}), 5);
  EXPECT_EQ(found({"--from", "2030-01-01"}), 0);
  EXPECT_EQ(query({"--from", "yesterday"}).code, 2);
  EXPECT_EQ(found({"--policy", "small approval"}), 5);
}

TEST_F(Asking, WhatHasNoReviewDateHasTheDayOnWhichItWasRecorded) {
  review();
  record("appeal", "G4");
  EXPECT_EQ(found({"--kind", "appeal", "--from", "2000-01-01"}), 1);
  EXPECT_EQ(found({"--kind", "appeal", "--from", "2000-01-01", "--through", "9999-12-31"}), 1);
  EXPECT_EQ(found({"--kind", "appeal", "--through", "2000-01-01"}), 0);
}

TEST_F(Asking, ANameThatNothingOnRecordHasIsSaid) {
  review();
  auto const said = [&](std::vector<std::string> const& asked) { return query(asked).err; };
  EXPECT_THAT(said({"--outcome", "aprove"}),
              HasSubstr("nothing on record has the outcome `aprove`\n  = help: the nearest is `approve`"));
  EXPECT_THAT(said({"--criterion", "sise=not met"}),
              HasSubstr("nothing on record has the criterion `sise`\n  = help: the nearest is `size`"));
  EXPECT_THAT(said({"--policy", "Small aproval"}), HasSubstr("the nearest is `small approval`"));
  EXPECT_THAT(said({"--region", "Nowhere"}), HasSubstr("nothing on record has the region `Nowhere`"));
  EXPECT_THAT(said({"--vintage", "May 2042"}), HasSubstr("the nearest is `May 202"));
  EXPECT_THAT(said({"--waiver", "small school"}), HasSubstr("nothing on record has the waiver `small school`"));
  // A name that is there and meets nothing is no mistake.
  EXPECT_THAT(said({"--outcome", "approve", "--criterion", "size=waived"}), Not(HasSubstr("nothing on record")));
  EXPECT_THAT(said({"--outcome", "deny", "--submission", "G1"}), Not(HasSubstr("nothing on record")));
  EXPECT_EQ(query({"--criterion", "size=nearly met"}).code, 2);
}

TEST_F(Asking, AVersionOfTheRulesIsNamedByItsEntryOrItsHash) {
  review();
  auto const bodies = run({"audit", "query", "ledger.db", "--kind", "rule", "--format", "json"}).out;
  auto const at = bodies.find("\"policy_sha256\":\"") + 17;
  EXPECT_EQ(found({"--rule", bodies.substr(at, 8)}), 5);
  EXPECT_EQ(found({"--rule", bodies.substr(at, 64)}), 5);
  EXPECT_EQ(found({"--rule", "1"}), 5);
  Ran const brief = query({"--rule", "abc1"});
  EXPECT_EQ(brief.code, 2);
  EXPECT_THAT(brief.err, HasSubstr("the first 8 or more digits"));
  EXPECT_THAT(query({"--rule", "ffffffffff"}).err, HasSubstr("nothing on record has the version of rules"));
}

TEST_F(Asking, ACellThatASpreadsheetWouldRunIsMadeText) {
  review({"--submissions", "-"}, "{\"id\":\"=HYPERLINK(1)\",\"request\":\"new\",\"decided\":\"2025-10-01\"}\n");
  EXPECT_THAT(query({}).out, HasSubstr(",'=HYPERLINK(1),"));
}

// An id that clears the screen and writes a verdict of its own.
TEST_F(Asking, WhatASubmissionSaysDoesNotReachTheTerminal) {
  review(
      {"--submissions", "-"},
      R"({"id":"\u001b[2J\u001b[HX\nentry 7, X: identical\u009b","request":"new","decided":"2025-10-01","soc":"15-1252","enrollment":12})"
      "\n");
  auto const shown = [&](std::vector<std::string> const& arguments) {
    Ran const ran = run(arguments);
    EXPECT_EQ(ran.code, 0) << ran.err;
    auto const all = ran.out + ran.err;
    EXPECT_THAT(all, AllOf(HasSubstr("?[2J?[HX?entry 7, X: identical?"), Not(HasSubstr("\x1b")),
                           Not(HasSubstr("\u009b")), Not(HasSubstr("\nentry 7, X"))))
        << arguments.front();
  };
  auto const bodies = run({"audit", "query", "ledger.db", "--format", "json"}).out;
  auto const at = bodies.rfind("\"seq\":") + 6;
  auto const seq = bodies.substr(at, bodies.find_first_not_of("0123456789", at) - at);
  shown({"audit", "query", "ledger.db"});
  shown({"audit", "replay", "ledger.db", seq});
  shown({"explain", "--ledger", "ledger.db", seq});
  shown({"explain", "--ledger", "ledger.db", seq, "--letter"});
}

TEST_F(Asking, AnExportIsVerifiedByItsLines) {
  review();
  Ran const ran = run({"audit", "export", "ledger.db", "--checkpoint", "checkpoint.txt", "--blobs", "blobs"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  scratch_.write("small/journal.jsonl", ran.out);
  // RFC 6962, section 2.1, with the standard library alone; and each blob under its hash.
  scratch_.write("small/check.py", R"(
import base64, hashlib, json, os, sys

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def root(leaves):
    if len(leaves) < 2:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1", root(leaves[:half]), root(leaves[half:]))

bodies = open(sys.argv[1], "rb").read().split(b"\n")[:-1]
origin, size, expected = open("checkpoint.txt", encoding="utf-8").read().split("\n")[:3]
assert [json.loads(body)["seq"] for body in bodies] == list(range(int(size)))
assert root([sha(b"\0", body) for body in bodies]) == base64.b64decode(expected)
names = os.listdir("blobs")
assert all(sha(open("blobs/" + name, "rb").read()).hex() == name for name in names)
assert all(json.loads(body)["received"]["sha256"] in names for body in bodies if b'"decision"' in body)
)");
  auto const checked = [&](std::string const& journal) {
    return run_words({"python3", "-I", "-B", "check.py", journal}, folder_);
  };
  Ran const holds = checked("journal.jsonl");
  EXPECT_EQ(holds.code, 0) << holds.err;
  auto forged = ran.out;
  forged.replace(forged.find("\"deny\""), 6, "\"denY\"");
  scratch_.write("small/forged.jsonl", forged);
  EXPECT_THAT(checked("forged.jsonl").err, HasSubstr("AssertionError"));
}

TEST_F(Asking, ApprovalsInForceAndNoOthersArePublished) {
  review();  // G1 and G3 are approved, for five program years; G4 is denied
  Ran const two = approvals();
  EXPECT_EQ(two.code, 0) << two.err;
  EXPECT_THAT(two.out, AllOf(HasSubstr("\"@type\":\"ceterms:ApproveAction\""), HasSubstr("urn:waymark:submission:G1"),
                             HasSubstr("urn:waymark:submission:G3"), Not(HasSubstr("deny")), Not(HasSubstr("G4"))));
  EXPECT_THAT(two.err, HasSubstr("2 approvals in force on 2026-11-21\n"));

  record("override", "G1", {"--outcome", "deny"});
  record("override", "G4", {"--outcome", "approve"});
  Ran const overridden = approvals();
  EXPECT_THAT(overridden.out, AllOf(Not(HasSubstr("submission:G1")), HasSubstr("submission:G3"),
                                    HasSubstr("\"@id\":\"urn:waymark:override:11\""), HasSubstr("submission:G4"),
                                    Not(HasSubstr("deny"))));
  EXPECT_THAT(overridden.err, HasSubstr("2 approvals in force on 2026-11-21; left out: 1 overridden\n"));

  // G3 is reviewed again and not approved.
  review({"--submissions", "-"},
         R"({"id":"G3","request":"renewal","decided":"2026-11-01","soc":"29-1229","enrollment":2})"
         "\n");
  Ran const superseded = approvals();
  EXPECT_THAT(superseded.out, Not(HasSubstr("submission:G3")));
  EXPECT_THAT(superseded.err, HasSubstr("1 approval in force on 2026-11-21; left out: 1 overridden, 1 superseded\n"));
  EXPECT_THAT(approvals("2026-10-31").out, HasSubstr("submission:G3"));
  EXPECT_THAT(approvals("2025-01-01").err, HasSubstr("0 approvals in force on 2025-01-01; left out: "));
  EXPECT_EQ(run({"audit", "export", "ledger.db", "--in-force-on", "2026-11-21"}).code, 2);
}

TEST_F(Asking, AnApprovalEndsWithItsTerm) {
  review();
  Ran const later = approvals("2045-01-01");
  EXPECT_THAT(later.out, Not(HasSubstr("ApproveAction")));
  EXPECT_THAT(later.err, HasSubstr("0 approvals in force on 2045-01-01; left out: 2 expired\n"));
}

TEST_F(Asking, AnIdInAUriIsEncoded) {
  review({"--submissions", "-"},
         R"({"id":"A b/c#\u00e9","request":"new","decided":"2025-10-01","soc":"15-1252","enrollment":12})"
         "\n");
  EXPECT_THAT(approvals().out, HasSubstr("\"urn:waymark:submission:A%20b%2Fc%23%C3%A9\""));
}

TEST_F(Asking, ApprovalsDoNotVanishWithTheRulesThatTellThem) {
  review();
  auto const gone =
      run_words({"sqlite3", "ledger.db",
                 "DROP TRIGGER blob_kept_DELETE; DELETE FROM blob WHERE CAST(bytes AS TEXT) LIKE 'Policy:%'"},
                folder_);
  ASSERT_EQ(gone.code, 0) << gone.err;
  Ran const ran = approvals();
  EXPECT_EQ(ran.code, 5);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("is an approval cannot be told"));
}

}  // namespace
}  // namespace waymark::commands_test
