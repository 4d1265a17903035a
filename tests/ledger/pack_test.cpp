// What is in a pack, and what verify.py says of good ones, of each thing that may be wrong, and of an auditor's own
// key, checkpoint and witness.
#include "engine/ledger/pack.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/ledger/made_pack.hpp"
#include "tests/ledger/verifier.hpp"

namespace waymark::ledger_test {
namespace {

using namespace ledger;
class Pack : public testing::Test {
 protected:
  Random random_{20261121};
  MadeLedger ledger_{random_, {}};
  PackFolder folder_;

  Verified verified(Files const& files, std::vector<std::string> const& options = {}) {
    auto const name = "p" + std::to_string(written_++);
    folder_.write_pack(name, files);
    return verify(folder_, {name}, options);
  }
  // What verify.py says of a pack that somebody changed and whose manifest they made to fit.
  std::string said_of(Files files) {
    remake_manifest(files);
    auto const ran = verified(files);
    EXPECT_EQ(ran.code, 1) << ran.out;
    return ran.out;
  }

 private:
  int written_ = 0;
};

bool has(std::string const& text, std::string const& words) { return text.find(words) != std::string::npos; }

TEST_F(Pack, HoldsTheEntriesTheirProofsAndWhatWasAdded) {
  auto asked = ledger_.asked();
  asked.related.push_back(asked.related.front());
  auto const files = make_pack(ledger_.source(), asked);
  ASSERT_TRUE(files) << files.error().message;
  std::vector<std::string> paths;
  for (auto const& file : *files) paths.push_back(file.path);
  EXPECT_TRUE(std::is_sorted(paths.begin(), paths.end()));
  for (auto const* path : {"README.txt", "checkpoint.txt", "decision.json", "evidence/rows.jsonl", "key.txt",
                           "manifest.json", "proof.txt", "rules/0.policy", "submission", "verify.py"}) {
    EXPECT_TRUE(std::find(paths.begin(), paths.end(), path) != paths.end()) << path;
  }
  auto of = *files;
  EXPECT_EQ(at(of, "decision.json"), ledger_.bodies()[asked.decision]);
  EXPECT_TRUE(EntryProof::parse(at(of, "proof.txt"))->proves(at(of, "decision.json"), ledger_.source().key));
  auto again = of;
  remake_manifest(again);
  EXPECT_EQ(again, of) << "the manifest is of all files and nothing else";
}

TEST_F(Pack, IsNotMadeOfALedgerThatIsNotAsItWasRecorded) {
  auto asked = ledger_.asked();
  asked.decision = 20;
  auto const beyond = make_pack(ledger_.source(), asked);
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().kind, LedgerError::Kind::world);
  EXPECT_EQ(beyond.error().message, "there is no entry 20 under the newest checkpoint, which is of 20 entries");

  auto changed = ledger_.source();
  changed.entry = [](std::uint64_t) -> LedgerResult<std::optional<Entry>> { return Entry{0, "", "", "{}", {}}; };
  auto const refused = make_pack(changed, ledger_.asked());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, LedgerError::Kind::integrity);
  EXPECT_TRUE(has(refused.error().message, "does not lead to the root of the signed checkpoint"));

  auto strange = ledger_.source();
  strange.key = SigningKey::of_seed(std::string(32, 'x')).verifier("ledger.example/2026");
  EXPECT_EQ(make_pack(strange, ledger_.asked()).error().message,
            "the newest checkpoint is not signed by the ledger's key");

  asked = ledger_.asked();
  asked.kept_size = 21;
  EXPECT_EQ(make_pack(ledger_.source(), asked).error().message,
            "the checkpoint that was kept is of 21 entries; the ledger has 20");
}

// From a ledger's file, as the program makes it.
TEST_F(Pack, OfALedgersFileHolds) {
  auto const path = folder_.path("state.ledger");
  auto writer = sample::must(Writer::open(sample::asked(path)));
  auto const rule_text = sample::must(writer.keep("the policy"));
  Object file;
  file.text("path", "pathways.policy").text("sha256", values::hex(rule_text));
  auto const rule = sample::must(writer.append("rule", Object().put("files", list_json({file.json()}))));
  sample::must(writer.commit());
  auto const submission = sample::must(writer.keep(sample::submission(1)));
  Object received;
  received.text("sha256", values::hex(submission));
  Object fields;
  fields.text("outcome", "renew").put("received", received.json()).number("rule", static_cast<std::int64_t>(rule));
  auto const decision = sample::must(writer.append_decision(fields, sample::finding(1)));
  sample::must(writer.commit());

  auto const reader = sample::must(Reader::open(path));
  PackAsked asked;
  asked.decision = decision;
  asked.related = {rule};
  asked.kept_size = rule + 1;
  asked.files = {{"submission", sample::submission(1)}, {"rules/pathways.policy", "the policy"}};
  auto const source = sample::must(pack_source(reader));
  auto const files = sample::must(make_pack(source, asked));
  folder_.write("kept.txt", sample::must(reader.checkpoint_before(rule + 1))->written());
  auto const ran = verified(files, {"--checkpoint", folder_.path("kept.txt"), "--key", reader.key().text()});
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_TRUE(ran.has("HOLDS  " + folder_.path("p0") + ": entry 2 of 2026-11-21T09:30:00Z: submission P000001: renew"))
      << ran.out;
}

TEST_F(Pack, HoldsByItself) {
  auto const ran = verified(ledger_.pack());
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_TRUE(ran.has("ok    the decision stands in the ledger under the checkpoint\n")) << ran.out;
  EXPECT_TRUE(ran.has("note  the key is the pack's own: compare it with the one that is published: "));
  EXPECT_TRUE(ran.has("evidence/rows.jsonl is an extract and not proved"));
  EXPECT_FALSE(ran.has("FAIL"));
}

TEST_F(Pack, EachFileIsCheckedAgainstWhatProvesIt) {
  auto const good = ledger_.pack();
  auto const entry = std::to_string(ledger_.asked().related[1]);
  auto files = good;
  at(files, "decision.json").replace(at(files, "decision.json").find("approved"), 8, "declined");
  EXPECT_TRUE(
      has(said_of(files), "FAIL  the decision stands in the ledger under the checkpoint: the entry does not lead"));
  files = good;
  at(files, "submission") += " ";
  EXPECT_TRUE(has(said_of(files), "FAIL  the submission is the one that was decided: its SHA-256 is not"));
  files = good;
  at(files, "rules/0.policy") += " ";
  EXPECT_TRUE(has(said_of(files), "a file in rules/ is not the one that was in force"));
  files = good;
  for (auto& file : files) {
    if (file.path == "rules/0.policy") file.path = "rules/another.policy";
  }
  EXPECT_TRUE(has(said_of(files), "a file in rules/ is not the one that was in force")) << "under another's name";
  files = good;
  at(files, "rules/more.policy") = "more";
  EXPECT_TRUE(has(said_of(files), "a file in rules/ is not the one that was in force"));
  files = good;
  at(files, "letter.txt") = "The outcome was changed to renew.";
  EXPECT_TRUE(has(said_of(files), "FAIL  each of them is a file that a pack has: of no pack: letter.txt"));
  files = good;
  std::erase_if(files, [](PackFile const& file) { return file.path == "rules/0.policy"; });
  EXPECT_TRUE(has(said_of(files), "a text that was in force is not in rules/"));
  files = good;
  at(files, "entries/" + entry + ".json") += " ";
  EXPECT_TRUE(has(said_of(files), "FAIL  entry " + entry + " stands in the ledger under the checkpoint"));
  files = good;
  std::erase_if(files, [&](PackFile const& file) { return file.path.starts_with("entries/" + entry + "."); });
  EXPECT_TRUE(has(said_of(files), "the entry of the release used for source 0, " + entry + ", is not in the pack"));
  files = good;
  at(files, "entries/note.txt") = "a stranger";
  EXPECT_TRUE(has(said_of(files), "FAIL  every file in entries/ belongs to an entry: entries/note.txt"));
  files = good;
  at(files, "decision.json") = at(files, "entries/" + entry + ".json");
  at(files, "proof.txt") = at(files, "entries/" + entry + ".proof");
  EXPECT_TRUE(has(said_of(files), "the entry is no decision"));
}

TEST_F(Pack, AForgedLedgerIsFoundByTheKeyThatTheAuditorKeeps) {
  Random other(7);
  MadeLedger const forged(other, {});
  auto const kept = ledger_.source().key.text();
  EXPECT_EQ(verified(ledger_.pack(), {"--key", kept}).code, 0);
  auto const by_itself = verified(forged.pack());
  EXPECT_EQ(by_itself.code, 0) << "its own key fits";
  auto const ran = verified(forged.pack(), {"--key", kept});
  EXPECT_EQ(ran.code, 1);
  EXPECT_TRUE(
      ran.has("FAIL  the key of key.txt is the one that you keep: the pack's key is not the one that you keep"));
  auto swapped = forged.pack();
  at(swapped, "key.txt") = kept + "\n";
  EXPECT_TRUE(has(said_of(swapped), "FAIL  the checkpoint is signed by that key: the checkpoint is not signed by"));
  EXPECT_EQ(verified(ledger_.pack(), {"--key", "no key"}).code, 2);
}

TEST_F(Pack, TheLedgerIsHeldAgainstACheckpointThatTheAuditorKeeps) {
  for (std::uint64_t const size : {0U, 1U, 2U, 7U, 8U, 13U, 16U, 19U, 20U}) {
    folder_.write("kept.txt", ledger_.checkpoint(size).written());
    auto asked = ledger_.asked();
    asked.kept_size = size;
    auto const ran = verified(make_pack(ledger_.source(), asked).value(), {"--checkpoint", folder_.path("kept.txt")});
    EXPECT_EQ(ran.code, 0) << size << ran.out;
    EXPECT_TRUE(ran.has("ok    the ledger only adds to your checkpoint"));
  }
  auto const without = verified(ledger_.pack(), {"--checkpoint", folder_.path("kept.txt")});
  EXPECT_EQ(without.code, 0) << "of the same size: no proof is needed";
  folder_.write("kept.txt", ledger_.checkpoint(9).written());
  EXPECT_TRUE(verified(ledger_.pack(), {"--checkpoint", folder_.path("kept.txt")}).has("there is no consistency.txt"));
}

TEST_F(Pack, ARewrittenLedgerIsFoundByTheCheckpointThatTheAuditorKeeps) {
  auto const rewritten = [&](std::uint64_t size) {
    auto bodies = ledger_.bodies();
    bodies[2] += " ";
    FullTree const tree(bodies);
    return sign({"ledger.example/2026", size, tree.root(size)}, ledger_.key(), "ledger.example/2026").written();
  };
  for (std::uint64_t const size : {3U, 4U, 8U, 13U, 20U}) {
    folder_.write("kept.txt", rewritten(size));
    auto asked = ledger_.asked();
    asked.kept_size = size;
    auto const ran = verified(make_pack(ledger_.source(), asked).value(), {"--checkpoint", folder_.path("kept.txt")});
    EXPECT_EQ(ran.code, 1);
    EXPECT_TRUE(ran.has("the ledger is not what it was at " + std::to_string(size) + " entries")) << ran.out;
  }
}

TEST_F(Pack, SignaturesThatAreNotCheckedAreNamed) {
  auto const witness_key = SigningKey::of_seed(std::string(32, 'w'));
  auto source = ledger_.source();
  cosign(source.checkpoint, witness_key, "auditor.example/w1", 1795262400);
  auto const files = make_pack(source, ledger_.asked()).value();
  auto const ran = verified(files);
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_TRUE(ran.has("note  a signature of auditor.example/w1 was not checked: give its key with --witness"));
  auto const checked = verified(files, {"--witness", cosigner(witness_key, "auditor.example/w1").text()});
  EXPECT_EQ(checked.code, 0) << checked.out;
  EXPECT_TRUE(checked.has("ok    the witness auditor.example/w1 has cosigned"));
  EXPECT_FALSE(checked.has("was not checked"));
  auto const other = SigningKey::of_seed(std::string(32, 'v'));
  EXPECT_EQ(verified(files, {"--witness", cosigner(other, "auditor.example/w1").text()}).code, 1);
}

}  // namespace
}  // namespace waymark::ledger_test
