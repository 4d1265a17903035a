// A decision is never shown without what became of it, nor from a ledger that does not vouch for it: in explanations,
// letters and evidence packs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "engine/ledger/ledger.hpp"
#include "engine/ledger/members.hpp"
#include "tests/commands/ledger_workspace.hpp"

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char const* kOfficial = "R. Doe, appeals office (Example Code 9): the seats were counted twice";

class Since : public Ledger {
 protected:
  Since() { review(); }

  Ran explain(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"explain", "--ledger", "ledger.db", "G4"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
  std::string sql(std::string const& statements) const {
    auto const ran = run_words({"sqlite3", "ledger.db", statements}, folder_);
    EXPECT_EQ(ran.code, 0) << ran.err;
    return ran.out;
  }
  Ran python(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"python3", "-I", "-B"});
    return run_words(arguments, folder_);
  }
  Ran pack(std::string const& folder) const {
    Ran const made = run({"audit", "prove", "ledger.db", "G4", "--out", folder});
    EXPECT_EQ(made.code, 0) << made.err;
    return python({folder + "/verify.py", folder});
  }
};

TEST_F(Since, AnEvidencePackIsCheckedWithoutTheProgram) {
  Ran const held = pack("pack");
  EXPECT_EQ(held.code, 0) << held.out;
  EXPECT_THAT(held.out, AllOf(HasSubstr("ok    every entry that the decision names is in entries/"), HasSubstr("HOLDS"),
                              EndsWith("submission G4: deny\n")));
  EXPECT_THAT(contents(folder_ + "/pack/README.txt"),
              AllOf(StartsWith("Entry "), HasSubstr("Nothing that the ledger held when this pack was made")));
  EXPECT_EQ(run({"audit", "prove", "ledger.db", "G4", "--out", "pack"}).code, 2) << "nothing is overwritten";
  scratch_.write("small/pack/submission", "{}");
  Ran const changed = python({"pack/verify.py", "pack"});
  EXPECT_EQ(changed.code, 1);
  EXPECT_THAT(changed.out, HasSubstr("DOES NOT HOLD"));
}

TEST_F(Since, AnEvidencePackSaysWhatBecameOfTheDecision) {
  record("appeal", "G4");
  record("override", "G4", {"--outcome", "approve"});
  record("override", "G5", {"--outcome", "approve"});
  run({"record", "waiver", "ledger.db", "small school", "--submission", "G4", "--from", "2025-01-01", "--who",
       "A. Clerk", "--authority", "Order 7", "--reason", "an island"});
  Ran const held = pack("pack");
  EXPECT_EQ(held.code, 0) << held.out;
  EXPECT_THAT(held.out,
              AllOf(HasSubstr("since  entry 10 appeals this decision, by R. Doe"),
                    HasSubstr(std::string("since  entry 11 overrides this decision: outcome approve, by ") + kOfficial),
                    HasSubstr("since  entry 13 grants the waiver small school, by A. Clerk"),
                    Not(HasSubstr("entry 12")), EndsWith(": deny, OVERRIDDEN by entry 11: approve\n")));
  EXPECT_THAT(contents(folder_ + "/pack/README.txt"),
              HasSubstr("entry 11 overrides this decision: outcome approve\n  on "));
}

TEST_F(Since, AnEvidencePackHoldsWhatTheDecisionReadFromTheLedger) {
  run({"record", "waiver", "ledger.db", "small school", "--submission", "G4", "--from", "2025-01-01", "--who",
       "A. Clerk", "--authority", "Order 7", "--reason", "an island"});
  review();  // G4 again, with the waiver
  EXPECT_EQ(pack("pack").code, 0);
  auto const manifest = contents(folder_ + "/pack/manifest.json");
  EXPECT_THAT(contents(folder_ + "/pack/decision.json"), HasSubstr("\"from_ledger\":[10]"));
  // Somebody leaves it out and makes the manifest to fit.
  for (auto const* name : {"10.json", "10.proof"}) fs::remove(folder_ + "/pack/entries/" + name);
  scratch_.write(
      "small/fit.py",
      "import hashlib, json\n"
      "files = json.load(open('pack/manifest.json'))['files']\n"
      "files = {path: sha for path, sha in files.items() if '/10.' not in path}\n"
      "json.dump({'files': files}, open('pack/manifest.json', 'w'), sort_keys=True, separators=(',', ':'))\n");
  EXPECT_EQ(python({"fit.py"}).code, 0);
  Ran const short_of_one = python({"pack/verify.py", "pack"});
  EXPECT_EQ(short_of_one.code, 1);
  EXPECT_THAT(short_of_one.out,
              HasSubstr("FAIL  every entry that the decision names is in entries/: not in the pack: 10\n"));
}

TEST_F(Since, AnExplanationSaysWhatBecameOfTheDecision) {
  auto const before = explain().out;
  record("appeal", "G4");
  record("override", "G4", {"--outcome", "approve"});
  record("correction", "G4");
  Ran const text = explain({"--short"});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, StartsWith("entry 10 appeals this decision\n  on "));
  EXPECT_THAT(text.out, AllOf(HasSubstr("entry 11 overrides this decision: outcome approve\n  on "),
                              HasSubstr(std::string(" by ") + kOfficial + "\n"),
                              HasSubstr("entry 12 says that this decision rests on wrong facts\n")));
  EXPECT_THAT(explain().out, EndsWith("\n\n" + before));
  Ran const json = explain({"--format", "json"});
  EXPECT_THAT(json.out, AllOf(HasSubstr(",\"as_recorded\":true,\"since\":[{\"at\":"),
                              HasSubstr("\"instead_of\":\"deny\""), EndsWith("}]}\n")));
  EXPECT_THAT(explain({"--letter"}).out, HasSubstr("This decision was overridden"));
}

// The ledger again, written by its own key, but with another comparison in G4's trace.
void retell_trace(std::string const& from, std::string const& to, ledger::SigningKey const& key) {
  auto const reader = ledger::Reader::open(from);
  ASSERT_TRUE(reader);
  auto writer = ledger::Writer::open({to, key, [] { return std::string("2026-11-21T09:30:00Z"); }, "a test", 0});
  ASSERT_TRUE(writer) << writer.error().message;
  auto const keep = [&](std::string const& hex) {
    auto const hash = values::hash_of_hex(hex);
    auto const blob = hash ? reader->blob(*hash) : ledger::LedgerResult<std::optional<std::string>>();
    if (blob && *blob) writer->keep(**blob);
  };
  auto const failed = reader->each(1, [&](ledger::Entry const& entry) {
    ledger::Body const body(entry.body);
    ledger::Object fields;
    for (auto const& [key_of, json] : body.members()) {
      if (std::string_view("at group kind seq same subject submission").find(key_of) != std::string_view::npos)
        continue;
      auto changed = json;
      if (key_of == "found" && body.text("submission") == "G4") changed.replace(changed.find(">="), 2, "<=");
      fields.put(key_of, changed);
    }
    keep(body.text("sha256").value_or(""));
    keep(body.object("received").text("sha256").value_or(""));
    for (auto const& file : body.items("files")) keep(ledger::Body(file).text("sha256").value_or(""));
    if (entry.kind != "decision") return writer->append(entry.kind, std::move(fields)).has_value();
    ledger::Finding const finding{body.text("submission").value_or(""), body.text("subject").value_or(""),
                                  values::hash_of_hex(body.text("same").value_or("")).value_or(ledger::Hash())};
    return writer->append_decision(std::move(fields), finding).has_value();
  });
  ASSERT_FALSE(failed);
  ASSERT_TRUE(writer->commit());
}

TEST_F(Since, AnotherTraceIsSaidAndNeverStandsInALetter) {
  auto const key = ledger::SigningKey::of_pem(contents(folder_ + "/ledger.db.key"));
  ASSERT_TRUE(key);
  retell_trace(folder_ + "/ledger.db", folder_ + "/other.db", *key);
  for (auto const* tail : {"", "-wal", "-shm"}) fs::remove(folder_ + "/ledger.db" + tail);
  fs::rename(folder_ + "/other.db", folder_ + "/ledger.db");
  EXPECT_THAT(verdict(), Not(HasSubstr("BROKEN")));
  EXPECT_EQ(run({"audit", "replay", "ledger.db", "G4"}).code, 1);
  Ran const text = explain();
  EXPECT_EQ(text.code, 1);
  EXPECT_THAT(text.out, AllOf(HasSubstr("but not by the steps that are on record"), HasSubstr("G4: deny")));
  EXPECT_THAT(text.err, HasSubstr("`waymark audit replay ledger.db "));
  EXPECT_THAT(explain({"--format", "json"}).out, HasSubstr("\"as_recorded\":false"));
  Ran const letter = explain({"--letter"});
  EXPECT_EQ(letter.code, 1);
  EXPECT_EQ(letter.out, "");
  EXPECT_THAT(letter.err, HasSubstr("no letter is written about it"));
}

TEST_F(Since, NoLetterFromALedgerThatDoesNotVouchForIt) {
  auto const whole = contents(folder_ + "/ledger.db");
  EXPECT_EQ(explain({"--letter"}).code, 0);
  // What nobody would see in the letter, nor a replay: on which line the submission stood.
  sql("DROP TRIGGER entry_kept_UPDATE;"
      "UPDATE entry SET body = replace(body, '\"line\":4', '\"line\":3') WHERE body LIKE '%\"G4\"%'");
  Ran const changed = explain({"--letter"});
  EXPECT_EQ(changed.code, 5);
  EXPECT_EQ(changed.out, "");
  EXPECT_THAT(changed.err, HasSubstr("does not lead to the root of the signed checkpoint"));
  sql("UPDATE entry SET body = replace(body, '\"line\":3', '\"line\":4') WHERE body LIKE '%\"G4\"%'");
  EXPECT_EQ(explain({"--letter"}).code, 0);
  sql("DROP TRIGGER checkpoint_kept_UPDATE;"
      "UPDATE checkpoint SET note = replace(note, char(10) || '10' || char(10), char(10) || '11' || char(10))");
  Ran const unsigned_one = explain({"--letter"});
  EXPECT_EQ(unsigned_one.code, 5);
  EXPECT_THAT(unsigned_one.err, HasSubstr("not one that the ledger's key signed"));
  sql("UPDATE checkpoint SET note = replace(note, char(10) || '11' || char(10), char(10) || 'x' || char(10))");
  Ran const none = explain({"--letter"});
  EXPECT_EQ(none.code, 5) << none.out;
  EXPECT_EQ(none.out, "");
}

TEST_F(Since, ALetterHasTheWholeKeyAndNoGaps) {
  auto const letter = explain({"--letter"}).out;
  auto key = sql("SELECT json_extract(body, '$.key') FROM entry WHERE seq = 0");
  EXPECT_THAT(letter, HasSubstr("\n    key:  " + key));
  EXPECT_THAT(letter, Not(HasSubstr("\n\n\n")));
  record("override", "G4", {"--outcome", "approve"});
  EXPECT_THAT(explain({"--letter"}).out, AllOf(HasSubstr("overridden"), Not(HasSubstr("\n\n\n"))));
}

TEST_F(Since, AFaultInATemplateHasItsLine) {
  scratch_.write("small/waymark.toml", contents(folder_ + "/waymark.toml") + "\nletter = \"letter.mustache\"\n");
  for (auto const& [text, words] :
       {std::pair("Dear\n\n{{#fault}} closed\n", "letter.mustache:3: the template of letters cannot be used: un"),
        std::pair("Dear\n{{/fault}}\n", "letter.mustache:2: the template of letters cannot be used: un"),
        std::pair("{{#until}}\n{{#fault}} closed\n{{/until}}\n", "the template of letters cannot be used: un"),
        std::pair("Dear\n\n\n{{outcome\n",
                  "letter.mustache:4: the template of letters cannot be used: `{{outcome` is not closed"),
        std::pair("Dear {{date\n{{outcome}}\n",
                  "letter.mustache:1: the template of letters cannot be used: `{{date` is not closed"),
        std::pair("Dear {{date}\n{{outcome}}\n", "`{{date}` is not closed"),
        std::pair("Dear\n{{outcom}}\n",
                  "letter.mustache:2: the template of letters cannot be used: nothing is called `outcom`; the nearest "
                  "is `outcome`"),
        std::pair("{{#has_unmett}}x{{/has_unmett}}", "nothing is called `has_unmett`"),
        std::pair("{{facts.nosuch}}", "nothing is called `facts.nosuch`"),
        std::pair("{{> other}}", "is of no use in a letter"), std::pair("{{unmet}}", "`unmet` is a list: {{#unmet}}"),
        std::pair("{{{#until}}}", "nothing is called `#until`"),
        std::pair(" \n", "letter.mustache:1: the template of letters cannot be used: it is empty")}) {
    scratch_.write("small/letter.mustache", text);
    Ran const bad = explain({"--letter"});
    EXPECT_EQ(bad.code, 3);
    EXPECT_EQ(bad.out, "");
    EXPECT_THAT(bad.err, HasSubstr(std::string(words))) << text;
  }
  // What was submitted may be used, and what is not there is left out.
  scratch_.write("small/letter.mustache", "{{! a {{note}}{{facts.request}}{{{ outcome }}}{{#fault}}never{{/fault}}\n");
  EXPECT_EQ(explain({"--letter"}).code, 0);
}

}  // namespace
}  // namespace waymark::commands_test
