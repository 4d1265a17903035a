// Somebody changes a ledger, thousands of times in as many ways. Every change to what it holds is found, and where the
// change is to an entry, that entry is named. WAYMARK_TAMPERS sets how many, WAYMARK_TAMPER_SEED where they begin.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "engine/ledger/verify.hpp"
#include "tests/environment.hpp"
#include "tests/ledger/sample.hpp"
#include "tests/ledger/tamper.hpp"

namespace waymark::ledger {
namespace {

using sample::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string in_words(LedgerResult<Verdict> const& verdict) {
  if (!verdict) return verdict.error().message;
  std::string out;
  for (auto const* list : {&verdict->integrity, &verdict->append_only, &verdict->completeness}) {
    for (auto const& one : *list) out += (one.seq ? fmt::format("{}: ", *one.seq) : "-: ") + one.what + "\n";
  }
  return out;
}

LedgerResult<Verdict> look(Subject const& subject, std::optional<Note> anchor = std::nullopt) {
  return verify({subject.path(), std::move(anchor), std::nullopt});
}

class Tamper : public testing::Test {
 protected:
  Subject subject{300, 20261121};
};

TEST_F(Tamper, untouched_copies_pass) {
  auto const verdict = must(look(subject, subject.last()));
  EXPECT_TRUE(verdict.holds()) << in_words(verdict);
  EXPECT_EQ(verdict.entries, subject.entries().size());
  EXPECT_EQ(verdict.checkpoints, subject.checkpoints().size());
  EXPECT_EQ(verdict.decisions, 300U);
  EXPECT_EQ(verdict.submissions, 300U);
  EXPECT_EQ(verdict.blobs, 301U);
  EXPECT_EQ(verdict.anchor_size, subject.entries().size());
  EXPECT_GT(subject.checkpoints().size(), 8U);
  EXPECT_GT(subject.entries().size(), 256U) << "more than one tile";
  subject.query("VACUUM");
  EXPECT_TRUE(must(look(subject, subject.last())).holds());
  subject.change("");
  EXPECT_TRUE(must(look(subject)).holds()) << "guards taken away and put back";
}

TEST_F(Tamper, every_change_to_content_is_found) {
  auto const count = tests::number_in_environment("WAYMARK_TAMPERS", tests::divided(3000));
  auto const seed = tests::number_in_environment("WAYMARK_TAMPER_SEED", 20261121);
  auto const content = subject.content();
  ASSERT_TRUE(content);
  std::uint64_t without_effect = 0;  // such as a tile put in its own place: there is nothing to be found
  for (std::uint64_t i = 0; i < count + without_effect; ++i) {
    std::mt19937_64 random(seed + i);
    subject.restore();
    auto const change = tamper(subject, random);
    if (subject.content() == content) {
      ASSERT_LT(++without_effect, count) << "half of all changes change nothing";
      continue;
    }
    auto const verdict = look(subject);
    ASSERT_TRUE(!verdict || !verdict->holds()) << "seed " << seed + i << ": " << change.what << " was not found";
    if (!change.first) continue;
    ASSERT_TRUE(verdict) << "seed " << seed + i << ": " << change.what << "\n" << verdict.error().message;
    ASSERT_EQ(verdict->first_broken(), change.first) << "seed " << seed + i << ": " << change.what << "\n"
                                                     << in_words(verdict);
  }
  RecordProperty("without_effect", static_cast<int>(without_effect));
  EXPECT_LT(without_effect, count / 4);
}

// Everything that says how long the ledger was is cut with it: from inside, this is a ledger like any other.
TEST_F(Tamper, a_cut_tail_is_found_with_the_anchor) {
  auto const sizes = subject.checkpoints();
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
    subject.restore();
    auto const size = sizes[i];
    std::string sql = fmt::format(
        "DELETE FROM entry WHERE seq >= {0}; DELETE FROM decided WHERE seq >= {0}; DELETE FROM checkpoint WHERE size > "
        "{0}; DELETE FROM blob WHERE NOT EXISTS (SELECT 1 FROM entry WHERE instr(body, lower(hex(sha256))));",
        size);
    for (std::uint64_t level = 0, count = size; level < 3; ++level, count /= 256) {
      sql += fmt::format(
          "DELETE FROM tile WHERE level = {0} AND position * 256 >= {1};"
          "UPDATE tile SET hashes = CAST(substr(hashes, 1, 32 * ({1} - position * 256)) AS BLOB) "
          "WHERE level = {0} AND position = {1} / 256;",
          level, count);
    }
    ASSERT_EQ(subject.change(sql), "");
    auto const alone = must(look(subject));
    EXPECT_TRUE(alone.holds()) << size << "\n" << in_words(alone);
    auto const anchored = must(look(subject, subject.last()));
    EXPECT_THAT(anchored.integrity, IsEmpty());
    ASSERT_THAT(anchored.append_only, SizeIs(1));
    EXPECT_EQ(anchored.append_only[0].seq, size);
    EXPECT_THAT(anchored.append_only[0].what, HasSubstr(fmt::format("{} are now", size)));
  }
}

TEST_F(Tamper, each_kind_of_change_is_told_in_its_own_words) {
  auto const body = [&](std::string const& set) { return "UPDATE entry SET " + set + " WHERE seq = 20"; };
  std::pair<std::string, std::string> const cases[] = {
      {body("body = replace(body, 'decision', 'decisiom')"), "20: its body is not the one that was recorded"},
      {body("leaf = zeroblob(32)"), "20: its leaf is not the hash of its body"},
      {body("kind = 'waiver'"), "20: it is kept as `waiver`, and its body states another kind"},
      {body("at = '2020-01-01T00:00:00Z'"),
       "20: it is kept as of 2020-01-01T00:00:00Z, and its body states another time"},
      {"DELETE FROM entry WHERE seq = 20", "20: it is missing"},
      {"DELETE FROM entry WHERE seq BETWEEN 20 AND 25", "20: it is missing, and so are all up to 25"},
      {"DELETE FROM entry; DELETE FROM checkpoint; DELETE FROM tile; DELETE FROM blob; DELETE FROM decided",
       "0: it is missing: every ledger begins with one"},
      {"UPDATE entry SET seq = -5 WHERE seq = 20", "-: an entry stands before the first one, at -5"},
      {"DELETE FROM decided WHERE seq = 20", "20: the search table does not know it"},
      {"UPDATE decided SET subject = 'x' WHERE seq = 20", "20: the search table says otherwise than its body"},
      {"UPDATE decided SET seq = 1 WHERE seq = 20", "1: the search table knows it as a decision, and it is none"},
      {"DROP TABLE decided", "-: the table `decided` is missing or made otherwise"},
      {"DROP INDEX decided_by_same", "-: the index `decided_by_same` is missing or made otherwise"},
      {"CREATE TABLE more(x)", "-: the table `more` is none of a ledger's"},
      {"CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM blob; END",
       "-: the trigger `t` is none of a ledger's"},
      {"DELETE FROM tile WHERE level = 1", "the tree holds no hash over it at level 1 of its tiles"},
      {"INSERT INTO tile VALUES (2, 0, zeroblob(32))", "tile 0 of level 2 holds hashes of entries that are not there"},
      {"DELETE FROM checkpoint WHERE size = 1", "0: the checkpoint over the first 1 entries is missing"},
      {"UPDATE checkpoint SET note = 'x' WHERE size = 1",
       "0: the checkpoint over the first 1 entries is no signed note"},
      {"UPDATE checkpoint SET size = 2 WHERE size = 1", "the checkpoint over the first 2 entries speaks of 1"},
      {"INSERT INTO checkpoint VALUES (9999, 'x')", "it is missing: there is a checkpoint over 9999 entries"},
      {"INSERT INTO blob VALUES (zeroblob(32), x'00')", "the bytes kept as 000000"},
      {"DELETE FROM blob WHERE bytes = CAST('the policy' AS BLOB)", "1: the bytes that it names are missing: "},
  };
  for (auto const& [sql, words] : cases) {
    subject.restore();
    ASSERT_EQ(subject.change(sql), "") << sql;
    EXPECT_THAT(in_words(look(subject)), HasSubstr(words)) << sql;
  }
}

// Whoever asks for what was decided about a subject, or for waivers, asks an index. One that leaves a row out has the
// same statement in the schema, and the tables are as they were.
TEST_F(Tamper, an_index_that_hides_an_entry_is_found) {
  auto const hide = [&](std::string const& index, std::string const& but) {
    auto const statement = subject.query("SELECT sql FROM sqlite_schema WHERE name = '" + index + "'");
    auto const set = [&](std::string const& sql) {
      return "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace('" + sql +
             "', char(96), char(39)) WHERE name = '" + index + "'; PRAGMA writable_schema=RESET;";
    };
    auto quoted = statement;
    std::replace(quoted.begin(), quoted.end(), '\'', '`');
    EXPECT_EQ(subject.query(set(quoted + but) + "REINDEX " + index + ";" + set(quoted)), "");
    EXPECT_EQ(subject.query("SELECT sql FROM sqlite_schema WHERE name = '" + index + "'"), statement);
  };
  hide("entry_by_kind", " AND seq <> 1");
  EXPECT_EQ(in_words(look(subject)), "1: the index `entry_by_kind` does not know it\n");
  for (auto const* index : {"decided_by_subject", "decided_by_submission", "decided_by_same"}) {
    subject.restore();
    hide(index, " WHERE seq <> 20");
    EXPECT_THAT(in_words(look(subject)),
                HasSubstr(fmt::format("-: the index `{}` does not lead to every decision", index)));
  }
}

TEST_F(Tamper, a_signature_that_somebody_adds_to_a_checkpoint_is_found) {
  ASSERT_EQ(subject.change("UPDATE checkpoint SET note = note || '— witness.example AAAAAAAA' || char(10)"), "");
  EXPECT_THAT(in_words(look(subject)), HasSubstr("has more signatures than the ledger's"));
}

TEST_F(Tamper, guards_that_are_not_put_back_are_missed) {
  subject.query("DROP TRIGGER entry_kept_DELETE");
  EXPECT_EQ(in_words(look(subject)), "-: the trigger `entry_kept_DELETE` is missing or made otherwise\n");
}

TEST_F(Tamper, a_ledger_made_anew_under_another_key_is_found_with_the_pinned_one) {
  auto const key = must(Reader::open(subject.path())).key();
  auto other = sample::asked(subject.path() + "2");
  other.key = sample::key('z');
  std::filesystem::create_directories(std::filesystem::path(subject.path()).parent_path());
  { must(Writer::open(other)); }
  EXPECT_TRUE(must(verify({other.path, std::nullopt, std::nullopt})).holds());
  auto const verdict = verify({other.path, std::nullopt, key});
  EXPECT_EQ(must(verdict).first_broken(), 0U);
  EXPECT_THAT(in_words(verdict), HasSubstr("0: it names the key waymark.ledger/"));
  auto const anchored = verify({other.path, subject.last(), std::nullopt});
  EXPECT_THAT(in_words(anchored), HasSubstr("the anchor is of another ledger"));
  std::filesystem::remove_all(std::filesystem::path(subject.path()).parent_path());
}

TEST_F(Tamper, an_anchor_that_was_forged_is_told) {
  auto const origin = must(Reader::open(subject.path())).key().name;
  auto const forged = sign(Checkpoint{origin, 5, Hash()}, sample::key('z'), origin);
  EXPECT_THAT(in_words(look(subject, forged)), HasSubstr("the ledger's key did not sign the anchor"));
  auto const other_history = sign(Checkpoint{origin, 5, Hash()}, sample::key(), origin);
  EXPECT_EQ(in_words(look(subject, other_history)),
            "-: the first 5 entries are not those that were there when the anchor was kept\n");
}

TEST_F(Tamper, only_so_many_findings_are_told_and_the_lowest_of_them) {
  subject.change("UPDATE entry SET leaf = zeroblob(32)");
  auto const verdict = must(verify({subject.path(), std::nullopt, std::nullopt, 3}));
  ASSERT_THAT(verdict.integrity, SizeIs(3));
  EXPECT_EQ(verdict.integrity[0].seq, 0U);
  EXPECT_EQ(verdict.integrity[2].seq, 2U);
}

TEST_F(Tamper, damaged_pages_are_told_with_how_far_the_entries_could_be_read) {
  auto const root = std::stoull(subject.query("SELECT rootpage FROM sqlite_schema WHERE name = 'entry'"));
  // The page of the tree that lists the leaves: its third child becomes page 0, which is none.
  auto& bytes = subject.bytes();
  auto const page = (root - 1) * 8192;
  auto const cell =
      page + static_cast<unsigned char>(bytes[page + 16]) * 256U + static_cast<unsigned char>(bytes[page + 17]);
  for (std::size_t i = 0; i < 4; ++i) bytes[cell + i] = '\0';
  auto const verdict = must(look(subject));
  ASSERT_THAT(verdict.integrity, testing::Not(IsEmpty()));
  EXPECT_GT(verdict.entries, 5U);
  EXPECT_EQ(verdict.integrity[0].seq, verdict.entries);
  EXPECT_THAT(verdict.integrity[0].what, HasSubstr("entries could be read, and from here on none can"));
}

}  // namespace
}  // namespace waymark::ledger
