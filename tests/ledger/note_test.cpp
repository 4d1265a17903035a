// Notes, checkpoints, cosignatures and proofs: the examples of the C2SP texts and of other programs, round trips, and
// texts that are nearly right.
#include "engine/ledger/note.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/ledger/full_tree.hpp"

namespace waymark::ledger_test {
namespace {

using namespace ledger;

SigningKey key_of(char fill) { return SigningKey::of_seed(std::string(32, fill)); }

Checkpoint checkpoint_of(FullTree const& tree) { return {"ledger.example/2026", tree.size(), tree.root(tree.size())}; }

FullTree five() { return FullTree({"a", "b", "c", "d", "e"}); }

// The example of the Go checksum database, whose private key is published too.
constexpr std::string_view kPeter =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
constexpr std::string_view kPeterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

// P-256, with their keys: a checkpoint of Rekor and one of the Pixel log.
constexpr std::string_view kRekor =
    "Rekor\n798034\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n\n"
    "— rekor.sigstore.dev wNI9ajBEAiARInWIWyCdyG27CO6LPnPekyw20qO0YJfoaPaowGp/"
    "XgIgc+qEHS3+GKVClgqq20uDLet7MCoTURUCRdxwWBHHufk=\n";
constexpr std::string_view kRekorKey =
    "rekor.sigstore.dev+c0d23d6a+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0hrZLOC96l+"
    "smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc=";
constexpr std::string_view kPixel =
    "DEFAULT\n10\nbsWRucJU5xJPHb5eBdOm6+DM+VelCZBuvtI3sHERJ9Y=\n\n"
    "— pixel6_transparency_log kcFuMDBFAiEAhqMAP8P6qf6QxtUJhzMhbN+MbZ9dwfUHzGQJmffJHtoCIGD0cNe47dHWBoPwYdgBCepB06/"
    "+g5O1FmYjXl06owL4\n";
constexpr std::string_view kPixelKey =
    "pixel6_transparency_log+91c16e30+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN+"
    "4x0Jk1yTwvLFI9A4NDdGZcX0aiWVdWM5XJVy0M4VWD3AvyW5Q6Hs9A0mcDkpUoYgn+KKPNzFC0H3nN3q6JQ8=";

// The examples of signed-note, tlog-checkpoint and tlog-cosignature, whose keys are not published.
constexpr std::string_view kQuasimodo =
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3Z"
    "ekRwNtIc=\n";
constexpr std::string_view kSofa =
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+"
    "mbIUBkBIfZ+qnA==\n";

TEST(Note, OthersNotesAreReadAndVerified) {
  std::pair<std::string_view, std::string_view> const signed_notes[] = {
      {kPeter, kPeterKey}, {kRekor, kRekorKey}, {kPixel, kPixelKey}};
  for (auto const& [written, key] : signed_notes) {
    auto const note = Note::parse(written);
    ASSERT_TRUE(note) << written;
    EXPECT_EQ(note->written(), written);
    EXPECT_TRUE(note->signed_by(VerifierKey::parse(key).value())) << key;
  }
  EXPECT_FALSE(Note::parse(kPeter)->signed_by(VerifierKey::parse(kRekorKey).value()));
  EXPECT_EQ(Checkpoint::parse(Note::parse(kRekor)->text)->size, 798034U);
}

TEST(Note, TheExamplesOfTheFormatsAreRead) {
  auto const poem = Note::parse(kQuasimodo);
  ASSERT_TRUE(poem);
  EXPECT_EQ(poem->text, "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n");
  EXPECT_EQ(poem->signatures[0].name, "quasimodo.example/salvatore");
  EXPECT_EQ(poem->written(), kQuasimodo);

  auto const sofa = Note::parse(kSofa);
  ASSERT_TRUE(sofa);
  EXPECT_EQ(sofa->written(), kSofa);
  ASSERT_EQ(sofa->signatures.size(), 2U);
  auto const checkpoint = Checkpoint::parse(sofa->text);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->origin, "example.com/behind-the-sofa");
  EXPECT_EQ(checkpoint->size, 20852163U);
}

// The seed of PeterNeumann's published private key.
TEST(Note, SignsAsOthersDo) {
  auto const key = SigningKey::of_seed(of_base64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").value().substr(1));
  auto const note = Note::parse(kPeter).value();
  EXPECT_EQ(key.verifier("PeterNeumann").text(), kPeterKey);
  EXPECT_EQ(key.sign(note.text), note.signatures[0].bytes);
}

TEST(Note, ASignedCheckpointIsReadBack) {
  auto const checkpoint = checkpoint_of(five());
  for (auto const algorithm : {Algorithm::ed25519, Algorithm::p256}) {
    auto const key = SigningKey::make(algorithm);
    auto const note = sign(checkpoint, key, "ledger.example/2026");
    auto const again = Note::parse(note.written());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->written(), note.written());
    EXPECT_TRUE(again->signed_by(key.verifier("ledger.example/2026")));
    EXPECT_EQ(Checkpoint::parse(again->text), checkpoint);
  }
}

TEST(Note, OnlyTheKeyUnderItsNameCounts) {
  auto const note = sign(checkpoint_of(five()), key_of('a'), "ledger");
  EXPECT_TRUE(note.signed_by(key_of('a').verifier("ledger")));
  EXPECT_FALSE(note.signed_by(key_of('a').verifier("other")));
  EXPECT_FALSE(note.signed_by(key_of('b').verifier("ledger")));
  EXPECT_FALSE(note.signed_by(cosigner(key_of('a'), "ledger")));
}

TEST(Note, UnknownSignaturesArePassedOver) {
  auto note = sign(checkpoint_of(five()), key_of('a'), "ledger");
  note.signatures.insert(note.signatures.begin(), {"stranger", KeyId{1, 2, 3, 4}, "whatever"});
  note.signatures.push_back({"ledger", KeyId{1, 2, 3, 4}, "of another id"});
  note.signatures.push_back({"stranger", key_of('a').verifier("ledger").id(), "of another name"});
  auto const again = Note::parse(note.written());
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->signed_by(key_of('a').verifier("ledger")));
  EXPECT_FALSE(again->signed_by(key_of('b').verifier("stranger")));
}

TEST(Note, AWrongSignatureOfTheKeyMakesTheNoteWrong) {
  auto const key = key_of('a').verifier("ledger");
  auto const good = sign(checkpoint_of(five()), key_of('a'), "ledger");
  auto changed = good;
  changed.text[0] = 'L';
  EXPECT_FALSE(changed.signed_by(key));
  auto doubled = good;
  doubled.signatures.push_back({"ledger", key.id(), std::string(64, 'x')});
  EXPECT_FALSE(doubled.signed_by(key)) << "a right signature before it does not help";
  std::swap(doubled.signatures[0], doubled.signatures[1]);
  EXPECT_FALSE(doubled.signed_by(key));
}

TEST(Note, WhatIsNotExactlyANoteIsNotRead) {
  auto const good = sign(checkpoint_of(five()), key_of('a'), "ledger").written();
  ASSERT_TRUE(Note::parse(good));
  auto const text_end = good.find("\n\n") + 1;
  auto const text = good.substr(0, text_end), line = good.substr(text_end + 1);
  auto const signature = line.substr(line.rfind(' ') + 1, line.size() - line.rfind(' ') - 2);
  std::vector<std::string> const wrong = {
      "",
      "\n",
      "\n\n",
      text,
      text + "\n",
      text + line,
      good.substr(0, good.size() - 1),
      good + "\n",
      good + " ",
      good + "a line\n",
      good.substr(0, good.size() - 1) + " \n",
      good.substr(0, good.size() - 1) + "\r\n",
      text + "\n\n",
      text + "\n- ledger " + signature + "\n",
      text + "\n—ledger " + signature + "\n",
      text + "\n—  ledger " + signature + "\n",
      text + "\n— ledger  " + signature + "\n",
      text + "\n— led ger " + signature + "\n",
      text + "\n— led+ger " + signature + "\n",
      text + "\n— " + signature + "\n",
      text + "\n—  " + signature + "\n",
      text + "\n— ledger\n",
      text + "\n— ledger \n",
      text + "\n— ledger AQIDBA==\n",
      text + "\n— ledger " + signature.substr(1) + "\n",
      "a\tb\n\n" + line,
      std::string("a\0b\n\n", 5) + line,
      "a\xff\n\n" + line,
  };
  for (auto const& one : wrong) EXPECT_FALSE(Note::parse(one)) << one;
  std::string many = text + "\n";
  for (int i = 0; i < 100; ++i) many += line;
  EXPECT_TRUE(Note::parse(many));
  EXPECT_FALSE(Note::parse(many + line)) << "more signatures than anybody needs";
}

TEST(Note, CheckpointsHaveThreeLines) {
  auto const root = base64(Hash{}.raw());
  EXPECT_EQ(Checkpoint::parse("a ledger\n0\n" + root + "\n"), (Checkpoint{"a ledger", 0, Hash{}}));
  EXPECT_EQ(Checkpoint::parse("a\n18446744073709551615\n" + root + "\n")->size, ~std::uint64_t{0});
  std::vector<std::string> const wrong = {"",
                                          "a\n",
                                          "a\n5\n",
                                          "a\n5\n" + root,
                                          "\n5\n" + root + "\n",
                                          "a\n05\n" + root + "\n",
                                          "a\n+5\n" + root + "\n",
                                          "a\n-5\n" + root + "\n",
                                          "a\n5 \n" + root + "\n",
                                          "a\n\n" + root + "\n",
                                          "a\n0x5\n" + root + "\n",
                                          "a\n18446744073709551616\n" + root + "\n",
                                          "a\n5\n" + root + " \n",
                                          "a\n5\n" + root.substr(4) + "\n",
                                          "a\n5\n" + root + "\nmore\n",
                                          "a\n5\n" + root + "\n\n",
                                          "a\r\n5\r\n" + root + "\r\n",
                                          "a\n5\n" + base64("short") + "\n"};
  for (auto const& one : wrong) EXPECT_FALSE(Checkpoint::parse(one)) << one;
}

constexpr std::int64_t kNoon = 1795262400;  // 2026-11-21 12:00

TEST(Note, ACosignatureSaysWhen) {
  auto note = sign(checkpoint_of(five()), key_of('a'), "ledger");
  auto const witness = cosigner(key_of('w'), "auditor.example/w1");
  EXPECT_EQ(note.cosigned_by(witness), std::nullopt);
  cosign(note, key_of('w'), "auditor.example/w1", kNoon);
  auto const again = Note::parse(note.written());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->cosigned_by(witness), kNoon);
  EXPECT_TRUE(again->signed_by(key_of('a').verifier("ledger")));
  EXPECT_EQ(again->cosigned_by(cosigner(key_of('v'), "auditor.example/w1")), std::nullopt);
  EXPECT_EQ(again->cosigned_by(key_of('w').verifier("auditor.example/w1")), std::nullopt) << "a signer's key";
  cosign(note, key_of('w'), "auditor.example/w1", kNoon + 60);
  EXPECT_EQ(note.cosigned_by(witness), kNoon + 60);
}

// The message and the bytes that tlog-cosignature lays down, put together here by hand.
TEST(Note, ACosignatureIsOfTheFormatsMessage) {
  Note note{"example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", {}};
  cosign(note, key_of('w'), "witness", 1679315147);
  auto const& signature = note.signatures.at(0);
  EXPECT_EQ(signature.bytes.substr(0, 8), std::string("\0\0\0\0\x64\x18\x50\xCB", 8));
  EXPECT_EQ(signature.bytes.substr(8), key_of('w').sign("cosignature/v1\ntime 1679315147\n" + note.text));
  auto const hash = values::sha256({"witness\n", "\x04", key_of('w').verifier("witness").public_bytes});
  EXPECT_EQ(std::string(signature.key.begin(), signature.key.end()), hash.raw().substr(0, 4));
}

TEST(Note, AChangedCosignatureIsWrong) {
  auto note = sign(checkpoint_of(five()), key_of('a'), "ledger");
  auto const witness = cosigner(key_of('w'), "w1");
  cosign(note, key_of('w'), "w1", kNoon);
  for (std::size_t i = 0; i < note.signatures[1].bytes.size(); ++i) {
    auto changed = note;
    changed.signatures[1].bytes[i] = static_cast<char>(changed.signatures[1].bytes[i] ^ 0x80);
    EXPECT_EQ(changed.cosigned_by(witness), std::nullopt) << i;
  }
  auto plain = note;
  plain.signatures[1].bytes = key_of('w').sign(note.text);
  EXPECT_EQ(plain.cosigned_by(witness), std::nullopt) << "a signature without a time";
  auto no_bytes = note;
  no_bytes.signatures[1].bytes = "12345678";
  EXPECT_EQ(no_bytes.cosigned_by(witness), std::nullopt);
}

EntryProof proof_of(FullTree const& tree, std::uint64_t index) {
  return {index, inclusion_proof(tree.nodes(), index, tree.size()), sign(checkpoint_of(tree), key_of('a'), "ledger")};
}

TEST(EntryProof, ProvesItsEntryAndNoOther) {
  auto const tree = five();
  auto const key = key_of('a').verifier("ledger");
  std::vector<std::string> const bodies = {"a", "b", "c", "d", "e"};
  for (std::uint64_t index = 0; index < tree.size(); ++index) {
    auto const written = proof_of(tree, index).written();
    auto const proof = EntryProof::parse(written);
    ASSERT_TRUE(proof);
    EXPECT_EQ(proof->written(), written);
    for (auto const& body : bodies) EXPECT_EQ(proof->proves(body, key), body == bodies[index]);
    EXPECT_FALSE(proof->proves(bodies[index], key_of('b').verifier("ledger")));
  }
  auto not_a_checkpoint = proof_of(tree, 0);
  not_a_checkpoint.checkpoint = Note{"a text\n", {{"ledger", key.id(), key_of('a').sign("a text\n")}}};
  EXPECT_FALSE(not_a_checkpoint.proves("a", key));
}

TEST(EntryProof, IsWrittenAsTlogProofSays) {
  auto const tree = FullTree({"a", "b"});
  auto const written = proof_of(tree, 1).written();
  EXPECT_EQ(written.substr(0, written.find("\n\n") + 2),
            "c2sp.org/tlog-proof@v1\nindex 1\n" + base64(leaf_hash("a").raw()) + "\n\n");
  EXPECT_TRUE(Note::parse(written.substr(written.find("\n\n") + 2)));
}

TEST(EntryProof, WhatIsNotExactlyAProofIsNotRead) {
  auto const good = proof_of(five(), 2).written();
  ASSERT_TRUE(EntryProof::parse(good));
  auto const with = [&](std::string const& from, std::string const& to) {
    auto text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  auto const hash = base64(leaf_hash("d").raw()) + "\n";
  std::vector<std::string> const wrong = {"",
                                          good.substr(1),
                                          with("@v1", "@v2"),
                                          with("@v1\n", "@v1 \n"),
                                          with("@v1\n", "@v1\nextra YWdl\n"),
                                          with("index 2", "index 02"),
                                          with("index 2", "index"),
                                          with("index 2", "index  2"),
                                          with("index 2", "index -2"),
                                          with("index 2\n", ""),
                                          with(hash, hash.substr(0, hash.size() - 1) + " \n"),
                                          with(hash, "short\n"),
                                          with(hash, "\n"),
                                          with("\n\n", "\n"),
                                          good.substr(0, good.find("\n\n") + 2),
                                          good.substr(0, good.find("\n\n") + 1),
                                          good + "\n"};
  for (auto const& one : wrong) EXPECT_FALSE(EntryProof::parse(one)) << one;
  std::string long_path = "c2sp.org/tlog-proof@v1\nindex 0\n";
  for (int i = 0; i < 65; ++i) long_path += hash;
  EXPECT_FALSE(EntryProof::parse(long_path + good.substr(good.find("\n\n") + 1)));
}

}  // namespace
}  // namespace waymark::ledger_test
