// A ledger as those who use it meet it: made, added to, opened again, read while it is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "engine/ledger/ledger.hpp"
#include "engine/ledger/sqlite.hpp"
#include "engine/ledger/verify.hpp"
#include "tests/ledger/sample.hpp"
#include "tests/ledger/shell.hpp"

namespace waymark::ledger {
namespace {

using sample::asked;
using sample::decide;
using sample::finding;
using sample::must;
using sample::Scratch;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// A file for each year, all signed by one key: a checkpoint of the one is none of the other.
TEST(LedgerFile, each_ledger_of_one_key_has_a_name_of_its_own) {
  Scratch const folder("ledger-names");
  std::set<std::string> names;
  for (auto const* name : {"2026.db", "2027.db"}) {
    auto question = asked(folder.file(name));
    question.salt = drawn_salt();
    must(Writer::open(question));
    names.insert(must(Reader::open(folder.file(name))).key().name);
    // Whoever opens it again draws another salt, and that changes nothing.
    question.salt = drawn_salt();
    must(Writer::open(question));
    names.insert(must(Reader::open(folder.file(name))).key().name);
    EXPECT_TRUE(must(verify({folder.file(name), std::nullopt, std::nullopt})).holds());
  }
  EXPECT_THAT(names, SizeIs(2));
  auto const other = must(must(Reader::open(folder.file("2027.db"))).checkpoint());
  EXPECT_FALSE(must(verify({folder.file("2026.db"), other, std::nullopt})).holds());
}

TEST(LedgerFile, begins_with_who_signs_and_a_checkpoint_over_it) {
  Scratch const folder("ledger-new");
  must(Writer::open(asked(folder.file("l.db"))));
  auto const reader = must(Reader::open(folder.file("l.db")));
  EXPECT_EQ(must(reader.size()), 1U);
  auto const genesis = must(reader.entry(0)).value();
  EXPECT_EQ(genesis.kind, "genesis");
  EXPECT_EQ(genesis.leaf, leaf_hash(genesis.body));
  auto const public_key = sample::key().verifier("x").public_bytes;
  auto const origin = "waymark.ledger/" + values::hex(values::sha256(public_key)).substr(0, 16);
  EXPECT_EQ(reader.key().text(), sample::key().verifier(origin).text());
  EXPECT_EQ(genesis.body, R"({"at":"2026-11-21T09:30:00Z","format":1,"group":0,"key":")" + reader.key().text() +
                              R"(","kind":"genesis","origin":")" + origin +
                              R"(","program":"waymark test","salt":"","semantics":0,"seq":0})");
  auto const checkpoint = must(reader.checkpoint());
  EXPECT_TRUE(checkpoint.signed_by(reader.key()));
  EXPECT_EQ(checkpoint.text, (Checkpoint{origin, 1, leaf_hash(genesis.body)}.text()));
}

TEST(LedgerFile, holds_what_was_committed) {
  Scratch const folder("ledger-holds");
  auto writer = must(Writer::open(asked(folder.file("l.db"))));
  ASSERT_FALSE(sample::publish(writer));
  ASSERT_FALSE(decide(writer, 1));
  ASSERT_FALSE(decide(writer, 2));
  EXPECT_EQ(writer.size(), 4U);
  auto const reader = must(Reader::open(folder.file("l.db")));
  EXPECT_EQ(must(reader.size()), 1U) << "nothing is recorded before commit";
  auto const note = must(writer.commit());
  EXPECT_EQ(must(reader.size()), 4U);
  EXPECT_EQ(must(reader.checkpoint()).written(), note.written());
  auto const second = must(reader.entry(3)).value();
  EXPECT_THAT(second.body, HasSubstr(R"("group":1,"kind":"decision")"));
  EXPECT_THAT(second.body, HasSubstr(R"("same":")" + values::hex(finding(2).same) + "\""));
  EXPECT_EQ(must(reader.blob(values::sha256(sample::submission(2)))), sample::submission(2));
  EXPECT_EQ(must(reader.blob(values::sha256("never kept"))), std::nullopt);
  EXPECT_EQ(must(reader.entry(4)), std::nullopt);
  EXPECT_THAT(must(reader.of_submission("P000002")), ElementsAre(3U));
  ASSERT_THAT(must(writer.decided(finding(2).same)), SizeIs(1));
  EXPECT_EQ(must(writer.decided(finding(2).same))[0].seq, 3U);
  EXPECT_THAT(must(writer.decided(finding(3).same)), IsEmpty());
  auto other = finding(2).same;
  other.bytes[31] ^= 1U;
  EXPECT_THAT(must(writer.decided(other)), IsEmpty()) << "its first eight bytes are those of another";
}

TEST(LedgerFile, finds_what_was_decided_about_a_subject_newest_first) {
  Scratch const folder("ledger-subject");
  sample::fill(folder.file("l.db"), 120, 7);
  auto const reader = must(Reader::open(folder.file("l.db")));
  EXPECT_THAT(must(reader.of_subject("program 3")), ElementsAre(105U, 55U, 5U));
  EXPECT_THAT(must(reader.of_subject("program 77")), IsEmpty());
}

TEST(LedgerFile, a_writer_goes_on_where_the_last_one_ended) {
  Scratch const folder("ledger-again");
  std::vector<std::uint64_t> const sizes = {3, 254, 255, 256, 257, 600};
  std::uint64_t next = 0;
  for (auto const size : sizes) {
    auto writer = must(Writer::open(asked(folder.file("l.db"))));
    while (writer.size() < size) ASSERT_FALSE(decide(writer, next++));
    must(writer.commit());
  }
  auto const reader = must(Reader::open(folder.file("l.db")));
  Frontier tree;
  ASSERT_FALSE(reader.each(0, [&](Entry const& entry) {
    EXPECT_EQ(entry.seq, tree.size());
    tree.add(leaf_hash(entry.body));
    auto const note = must(reader.checkpoint_before(tree.size())).value();
    auto const checkpoint = Checkpoint::parse(note.text).value();
    EXPECT_TRUE(checkpoint.size != tree.size() || checkpoint.root == tree.root()) << tree.size();
    return true;
  }));
  EXPECT_EQ(tree.size(), 600U);
  EXPECT_EQ(root_of(reader.nodes(), 600), tree.root());
  for (std::uint64_t const index : {0U, 1U, 255U, 256U, 511U, 599U}) {
    auto const proof = inclusion_proof(reader.nodes(), index, 600);
    EXPECT_TRUE(shows_inclusion(leaf_hash(must(reader.entry(index)).value().body), index, 600, proof, tree.root()));
  }
}

TEST(LedgerFile, each_begins_where_asked_and_stops_when_told) {
  Scratch const folder("ledger-each");
  sample::fill(folder.file("l.db"), 10, 10);
  auto const reader = must(Reader::open(folder.file("l.db")));
  std::vector<std::uint64_t> seen;
  ASSERT_FALSE(reader.each(4, [&](Entry const& entry) {
    seen.push_back(entry.seq);
    return seen.size() < 3;
  }));
  EXPECT_THAT(seen, ElementsAre(4U, 5U, 6U));
}

TEST(LedgerFile, the_same_bytes_are_kept_once) {
  Scratch const folder("ledger-once");
  auto writer = must(Writer::open(asked(folder.file("l.db"))));
  auto const first = must(writer.keep("the policy"));
  EXPECT_EQ(must(writer.keep("the policy")), first);
  must(writer.keep(""));
  must(writer.commit());
  EXPECT_EQ(shell(folder.file("l.db"), "SELECT count(*) FROM blob"), "2");
}

TEST(LedgerFile, rollback_drops_the_group_and_nothing_else) {
  Scratch const folder("ledger-rollback");
  auto writer = must(Writer::open(asked(folder.file("l.db"))));
  ASSERT_FALSE(decide(writer, 0));
  must(writer.commit());
  for (std::uint64_t i = 1; i < 300; ++i) ASSERT_FALSE(decide(writer, i));
  writer.rollback();
  EXPECT_EQ(writer.size(), 2U);
  EXPECT_THAT(must(writer.decided(finding(5).same)), IsEmpty());
  for (std::uint64_t i = 300; i < 700; ++i) ASSERT_FALSE(decide(writer, i));
  must(writer.commit());
  auto const verdict = must(verify({folder.file("l.db"), std::nullopt, std::nullopt}));
  EXPECT_TRUE(verdict.holds());
  EXPECT_EQ(verdict.entries, 402U);
}

TEST(LedgerFile, what_was_not_committed_goes_with_its_writer) {
  Scratch const folder("ledger-gone");
  {
    auto writer = must(Writer::open(asked(folder.file("l.db"))));
    ASSERT_FALSE(decide(writer, 0));
  }
  EXPECT_EQ(must(must(Reader::open(folder.file("l.db"))).size()), 1U);
}

TEST(LedgerFile, a_commit_of_nothing_gives_the_last_checkpoint) {
  Scratch const folder("ledger-nothing");
  auto writer = must(Writer::open(asked(folder.file("l.db"))));
  auto const first = must(writer.commit());
  EXPECT_EQ(must(writer.commit()).written(), first.written());
}

TEST(LedgerFile, a_second_writer_is_refused_with_the_number_of_the_first) {
  Scratch const folder("ledger-second");
  auto first = std::make_unique<Writer>(must(Writer::open(asked(folder.file("l.db")))));
  std::filesystem::create_symlink(folder.file("l.db"), folder.file("alias.db"));
  for (auto const* name : {"l.db", "alias.db"}) {
    auto const second = Writer::open(asked(folder.file(name)));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, LedgerError::Kind::world);
    EXPECT_THAT(second.error().message,
                HasSubstr(fmt::format("another process ({}) is recording to the ledger", ::getpid())));
  }
  first.reset();
  EXPECT_TRUE(Writer::open(asked(folder.file("l.db"))));
}

TEST(LedgerFile, one_process_writes_while_another_reads) {
  Scratch const folder("ledger-processes");
  auto const path = folder.file("l.db");
  sample::fill(path, 5, 5);
  auto const child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto writer = must(Writer::open(asked(path)));
    for (std::uint64_t i = 5; i < 2000; ++i) {
      if (decide(writer, i) || (i % 20 == 19 && !writer.commit())) ::_exit(1);
    }
    ::_exit(0);
  }
  std::uint64_t seen = 0, looks = 0;
  for (int status = 0; ::waitpid(child, &status, WNOHANG) == 0; ++looks) {
    auto const reader = must(Reader::open(path));
    auto const checkpoint = Checkpoint::parse(must(reader.checkpoint()).text).value();
    EXPECT_GE(checkpoint.size, seen) << "what was seen once stays";
    seen = checkpoint.size;
    EXPECT_EQ(root_of(reader.nodes(), seen), checkpoint.root);
    EXPECT_TRUE(must(verify({path, std::nullopt, std::nullopt})).holds());
  }
  EXPECT_GT(looks, 2U);
  EXPECT_TRUE(must(verify({path, std::nullopt, std::nullopt})).holds());
  EXPECT_EQ(must(must(Reader::open(path)).size()), 2002U);
}

TEST(LedgerFile, two_processes_that_want_to_write_do_so_one_after_the_other) {
  Scratch const folder("ledger-two");
  auto const path = folder.file("l.db");
  sample::fill(path, 0, 1);
  std::vector<pid_t> children;
  for (std::uint64_t who = 0; who < 2; ++who) {
    children.push_back(::fork());
    ASSERT_GE(children.back(), 0);
    if (children.back() != 0) continue;
    for (std::uint64_t i = 0; i < 20;) {
      auto writer = Writer::open(asked(path));
      if (!writer) continue;  // the other one has it
      if (decide(*writer, 1000 * who + i++) || !writer->commit()) ::_exit(1);
    }
    ::_exit(0);
  }
  for (auto const child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  auto const verdict = must(verify({path, std::nullopt, std::nullopt}));
  EXPECT_TRUE(verdict.holds());
  EXPECT_EQ(verdict.decisions, 40U);
}

TEST(LedgerFile, another_key_is_refused) {
  Scratch const folder("ledger-key");
  must(Writer::open(asked(folder.file("l.db"))));
  auto other = asked(folder.file("l.db"));
  other.key = sample::key('z');
  auto const writer = Writer::open(other);
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().kind, LedgerError::Kind::world);
  EXPECT_THAT(writer.error().message, HasSubstr("it was begun with another key, waymark.ledger/"));
}

TEST(LedgerFile, a_key_over_p256_signs_as_well) {
  Scratch const folder("ledger-p256");
  auto other = asked(folder.file("l.db"));
  other.key = SigningKey::make(Algorithm::p256);
  {
    auto writer = must(Writer::open(other));
    ASSERT_FALSE(decide(writer, 1));
    must(writer.commit());
  }
  must(Writer::open(other));
  EXPECT_TRUE(must(verify({folder.file("l.db"), std::nullopt, std::nullopt})).holds());
}

TEST(LedgerFile, other_files_are_refused_and_stay_as_they_are) {
  Scratch const folder("ledger-other");
  shell(folder.file("other.db"), "CREATE TABLE mine(x); INSERT INTO mine VALUES (1)");
  std::ofstream(folder.file("text")) << "a line of text that is no database, and long enough to have a head. "
                                     << std::string(200, '.') << "\n";
  shell(folder.file("later.db"), "PRAGMA application_id=1464683569; PRAGMA user_version=2; CREATE TABLE entry(x)");
  std::pair<char const*, char const*> const refused[] = {{"other.db", "is not a ledger"},
                                                         {"text", "this is no ledger, and no SQLite database"},
                                                         {"later.db", "is a ledger of format 2"}};
  for (auto const& [name, why] : refused) {
    auto const size = std::filesystem::file_size(folder.file(name));
    auto const writer = Writer::open(asked(folder.file(name)));
    ASSERT_FALSE(writer);
    EXPECT_THAT(writer.error().message, HasSubstr(why));
    auto const reader = Reader::open(folder.file(name));
    ASSERT_FALSE(reader);
    EXPECT_THAT(reader.error().message, HasSubstr(why));
    EXPECT_EQ(reader.error().kind, LedgerError::Kind::world);
    EXPECT_FALSE(verify({folder.file(name), std::nullopt, std::nullopt})) << name;
    EXPECT_EQ(std::filesystem::file_size(folder.file(name)), size);
  }
  EXPECT_FALSE(Reader::open(folder.file("not there")));
  EXPECT_FALSE(std::filesystem::exists(folder.file("not there")));
  auto const nowhere = Writer::open(asked(folder.file("no/such/folder/l.db")));
  ASSERT_FALSE(nowhere);
  EXPECT_THAT(nowhere.error().message, HasSubstr("No such file or directory"));
}

TEST(LedgerFile, a_limit_and_a_file_that_is_none_are_no_damage) {
  for (int const code : {SQLITE_TOOBIG, SQLITE_NOTADB, SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_NOMEM}) {
    EXPECT_TRUE((SqlError{code, ""}.of_the_world())) << code;
  }
  for (int const code : {SQLITE_CORRUPT, SQLITE_CONSTRAINT_TRIGGER, SQLITE_IOERR_SHORT_READ}) {
    EXPECT_FALSE((SqlError{code, ""}.of_the_world())) << code;
  }
}

TEST(LedgerFile, a_creation_that_was_cut_before_its_commit_is_begun_again) {
  Scratch const folder("ledger-cut");
  shell(folder.file("l.db"), "PRAGMA journal_mode=WAL");
  auto const reader = Reader::open(folder.file("l.db"));
  ASSERT_FALSE(reader);
  EXPECT_THAT(reader.error().message, HasSubstr("is not a ledger: it is empty"));
  must(Writer::open(asked(folder.file("l.db"))));
  EXPECT_TRUE(must(verify({folder.file("l.db"), std::nullopt, std::nullopt})).holds());
}

TEST(LedgerFile, is_read_in_a_folder_that_cannot_be_written) {
  Scratch const folder("ledger-frozen");
  sample::fill(folder.file("l.db"), 5, 5);
  std::filesystem::permissions(folder.file(""), std::filesystem::perms(0555));
  auto const child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    // Root may write everywhere, so nobody reads.
    if (::geteuid() == 0 && ::setuid(65534) != 0) ::_exit(2);
    auto const reader = Reader::open(folder.file("l.db"));
    bool const whole = reader && reader->size() == 7U && verify({folder.file("l.db"), std::nullopt, std::nullopt});
    ::_exit(whole ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  std::filesystem::permissions(folder.file(""), std::filesystem::perms(0755));
}

TEST(LedgerFile, names_with_signs_of_addresses_are_names) {
  Scratch const folder("ledger-names");
  for (auto const* name : {"file:l.db", "l.db?mode=memory", "l #1%20.db", ":memory:"}) {
    sample::fill(folder.file(name), 2, 2);
    EXPECT_EQ(must(must(Reader::open(folder.file(name))).size()), 4U) << name;
    EXPECT_TRUE(std::filesystem::exists(folder.file(name)));
  }
}

TEST(LedgerFile, an_entry_that_is_too_long_is_refused_and_the_group_stays) {
  Scratch const folder("ledger-canonical");
  auto writer = must(Writer::open(asked(folder.file("l.db"))));
  ASSERT_FALSE(decide(writer, 1));
  Object too_long;
  too_long.text("note", std::string(std::size_t{1} << 20U, 'x'));
  auto const first = writer.append("waiver", too_long);
  ASSERT_FALSE(first);
  EXPECT_THAT(first.error().message, HasSubstr("this waiver cannot be recorded: it is longer than 1 MiB"));
  ASSERT_FALSE(decide(writer, 2));
  must(writer.commit());
  EXPECT_EQ(must(verify({folder.file("l.db"), std::nullopt, std::nullopt})).entries, 3U);
}

TEST(LedgerFile, nothing_is_added_to_a_ledger_that_is_made_otherwise) {
  Scratch const folder("ledger-schema");
  sample::fill(folder.file("l.db"), 3, 3);
  shell(folder.file("l.db"), "CREATE TRIGGER swallow BEFORE INSERT ON blob BEGIN SELECT RAISE(IGNORE); END");
  auto const opened = Writer::open(asked(folder.file("l.db")));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, LedgerError::Kind::integrity);
  EXPECT_THAT(opened.error().message, HasSubstr("the trigger `swallow` is none of a ledger's"));
  shell(folder.file("l.db"), "DROP TRIGGER swallow; DROP INDEX decided_by_subject; CREATE TABLE decided_too(x)");
  EXPECT_FALSE(Writer::open(asked(folder.file("l.db"))));
  shell(folder.file("l.db"), "DROP TABLE decided_too");
  must(Writer::open(asked(folder.file("l.db"))));
  EXPECT_TRUE(must(verify({folder.file("l.db"), std::nullopt, std::nullopt})).holds())
      << "the search table is made anew";
}

TEST(LedgerFile, the_search_table_is_made_anew_where_it_was_dropped) {
  Scratch const folder("ledger-search");
  sample::fill(folder.file("l.db"), 30, 10);
  auto const before =
      shell(folder.file("l.db"), "SELECT group_concat(seq || submission || subject || same) FROM decided");
  shell(folder.file("l.db"), "DROP TABLE decided");
  must(Writer::open(asked(folder.file("l.db"))));
  EXPECT_EQ(shell(folder.file("l.db"), "SELECT group_concat(seq || submission || subject || same) FROM decided"),
            before);
  shell(folder.file("l.db"), "UPDATE decided SET subject = 'another'");
  EXPECT_FALSE(must(Writer::open(asked(folder.file("l.db")))).rebuild_search());
  EXPECT_EQ(shell(folder.file("l.db"), "SELECT group_concat(seq || submission || subject || same) FROM decided"),
            before);
  EXPECT_TRUE(must(verify({folder.file("l.db"), std::nullopt, std::nullopt})).holds());
}

TEST(LedgerFile, nothing_is_added_to_a_ledger_whose_end_was_changed) {
  Scratch const folder("ledger-end");
  sample::fill(folder.file("l.db"), 30, 10);
  shell(folder.file("l.db"), "DROP TRIGGER entry_kept_DELETE; DELETE FROM entry WHERE seq = 31");
  auto const writer = Writer::open(asked(folder.file("l.db")));
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().kind, LedgerError::Kind::integrity);
}

// The guard rails: what a mistake in another program, or in ours, runs into.
TEST(LedgerFile, guards_refuse_what_is_no_addition) {
  Scratch const folder("ledger-guards");
  sample::fill(folder.file("l.db"), 30, 10);
  for (std::string const sql : {
           "UPDATE entry SET at = 'x' WHERE seq = 3",
           "DELETE FROM entry WHERE seq = 31",
           "INSERT INTO entry VALUES (33, 'rule', 'x', '{}', "
           "zeroblob(32))",
           "INSERT INTO entry VALUES (3, 'rule', 'x', '{}', zeroblob(32))",
           "INSERT OR REPLACE INTO entry VALUES (3, 'rule', 'x', '{}', zeroblob(32))",
           "REPLACE INTO checkpoint VALUES (2, 'x')",
           "DELETE FROM checkpoint",
           "UPDATE checkpoint SET note = 'x'",
           "UPDATE blob SET bytes = x'00'",
           "DELETE FROM blob",
           "INSERT OR REPLACE INTO blob SELECT sha256, x'00' FROM blob LIMIT 1",
           "UPDATE tile SET hashes = zeroblob(length(hashes) + 32)",
           "UPDATE tile SET hashes = hashes",
           "UPDATE tile SET position = 1",
           "INSERT INTO tile VALUES (0, 2, zeroblob(32))",
           "DELETE FROM tile",
           "INSERT INTO entry VALUES (32, 'gossip', 'x', '{}', zeroblob(32))",
           "INSERT INTO entry VALUES (32, 'rule', 'x', '{}', zeroblob(31))",
       }) {
    EXPECT_THAT(shell(folder.file("l.db"), "PRAGMA recursive_triggers=ON; " + sql), HasSubstr("failed:")) << sql;
  }
  EXPECT_TRUE(must(verify({folder.file("l.db"), std::nullopt, std::nullopt})).holds());
}

}  // namespace
}  // namespace waymark::ledger
