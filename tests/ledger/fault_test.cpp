// The disk gives an error or is full, or there is no memory, at one call after the other of a short life of a ledger:
// each call that fails is an error and no half record, what was acknowledged stays, and afterwards work goes on.
// WAYMARK_FAULT_STEP=1 takes every single call. A life comes to some 500 calls of the disk, some 180 of which can find
// it full, so that every third call of these is taken even by slow builds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>

#include "engine/ledger/verify.hpp"
#include "tests/environment.hpp"
#include "tests/ledger/power_cut_vfs.hpp"
#include "tests/ledger/sample.hpp"

namespace waymark::ledger {
namespace {

using sample::asked;
using sample::must;

/// SQLite's memory, which is at an end when it is told to be.
class Memory {
 public:
  Memory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual());
    auto failing = usual();
    failing.xMalloc = [](int size) { return due() ? nullptr : usual().xMalloc(size); };
    failing.xRealloc = [](void* old, int size) { return due() ? nullptr : usual().xRealloc(old, size); };
    sqlite3_config(SQLITE_CONFIG_MALLOC, &failing);
    sqlite3_initialize();
  }
  ~Memory() {
    mend();
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &usual());
    sqlite3_initialize();
  }
  Memory(Memory const&) = delete;
  Memory& operator=(Memory const&) = delete;

  static void fail_at(std::uint64_t call, bool lasting) { state() = State{call, lasting, false}; }
  static void mend() { state() = State{}; }
  static bool has_failed() { return state().failed; }

 private:
  struct State {
    std::uint64_t left = 0;  // 0: none is to fail
    bool lasting = false, failed = false;
  };
  static State& state() {
    static State one;
    return one;
  }
  static sqlite3_mem_methods& usual() {
    static sqlite3_mem_methods one;
    return one;
  }
  static bool due() {
    auto& now = state();
    if (now.left == 0 || --now.left != 0) return false;
    if (now.lasting) now.left = 1;
    return now.failed = true;
  }
};

struct Life {
  std::optional<Note> acknowledged;
  std::optional<LedgerError> error;
  std::uint64_t next = 0;
};

// Two writers, three groups each; ends with the first error.
void live(std::string const& path, Life& life) {
  for (int writers = 0; writers < 2; ++writers) {
    auto writer = Writer::open(asked(path));
    if (!writer) {
      life.error = writer.error();
      return;
    }
    for (int group = 0; group < 3; ++group) {
      for (int i = 0; i < 3 && !life.error; ++i) life.error = sample::decide(*writer, life.next++);
      auto note = life.error ? LedgerResult<Note>(values::failure(*life.error)) : writer->commit();
      if (!note) {
        life.error = note.error();
        EXPECT_FALSE(writer->append("waiver", Object())) << "half a group would be recorded";
        return;
      }
      life.acknowledged = *note;
    }
  }
}

void expect_whole(std::string const& path, Life const& life, std::string const& what) {
  if (!life.acknowledged) must(Writer::open(asked(path)));
  auto const verdict = verify({path, life.acknowledged, std::nullopt});
  ASSERT_TRUE(verdict) << what << ": " << verdict.error().message;
  for (auto const* list : {&verdict->integrity, &verdict->append_only, &verdict->completeness}) {
    ASSERT_THAT(*list, testing::IsEmpty()) << what << ": " << list->front().what;
  }
}

struct Fault {
  char const* name;
  int code;  // 0: memory
  bool lasting;
};

void break_life(Disk& disk, Fault const& fault, std::uint64_t call) {
  if (fault.code == 0) {
    Memory::fail_at(call, fault.lasting);
  } else {
    disk.fail_at(call, fault.code, fault.lasting);
  }
}
bool mended(Disk& disk, Fault const& fault) {
  bool const failed = fault.code == 0 ? Memory::has_failed() : disk.has_failed();
  Memory::mend();
  disk.mend();
  return failed;
}

// Every `step`-th call of the life is made to fail, up to the first that the life does not come to.
void break_at_each_call(Fault const& fault, std::uint64_t step) {
  sample::Scratch const folder("fault");
  std::uint64_t failed = 0, told = 0;
  for (std::uint64_t call = 1;; call += step) {
    Disk disk(call);
    disk.force("wal_autocheckpoint", "20");
    Life life;
    break_life(disk, fault, call);
    live(folder.file("l.db"), life);
    bool const came_to_it = mended(disk, fault);
    auto const what = fmt::format("{} at call {}", fault.name, call);
    if (!came_to_it) {
      EXPECT_FALSE(life.error) << what << ": " << life.error->message;
      break;
    }
    ++failed;
    told += life.error ? 1U : 0U;
    EXPECT_TRUE(!life.error || life.error->kind == LedgerError::Kind::world) << what << ": " << life.error->message;
    expect_whole(folder.file("l.db"), life, what);
    if (testing::Test::HasFatalFailure()) return;
    Life later{life.acknowledged, std::nullopt, 1000};
    live(folder.file("l.db"), later);
    EXPECT_FALSE(later.error) << what << ", and later: " << later.error->message;
    expect_whole(folder.file("l.db"), later, what + ", and later");
    if (testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(failed, 10U) << fault.name;
  EXPECT_GT(told, failed / 3) << fault.name << ": SQLite can do without some calls, not without most";
}

std::uint64_t step(std::uint64_t usual, std::uint64_t largest) {
  return tests::number_in_environment("WAYMARK_FAULT_STEP", std::min(usual * 1000 / tests::divided(1000), largest));
}
std::uint64_t disk_step() { return step(1, 3); }
std::uint64_t memory_step() { return step(23, 500); }

TEST(Fault, the_disk_gives_an_error_once) { break_at_each_call({"error", SQLITE_IOERR, false}, disk_step()); }
TEST(Fault, the_disk_gives_errors_from_some_call_on) {
  break_at_each_call({"errors", SQLITE_IOERR, true}, disk_step());
}
TEST(Fault, the_disk_is_full_for_a_moment) { break_at_each_call({"full", SQLITE_FULL, false}, disk_step()); }
TEST(Fault, the_disk_is_full_from_some_call_on) { break_at_each_call({"full", SQLITE_FULL, true}, disk_step()); }
TEST(Fault, there_is_no_memory_for_a_moment) {
  Memory const memory;
  break_at_each_call({"no memory", 0, false}, memory_step());
}
TEST(Fault, there_is_no_memory_from_some_call_on) {
  Memory const memory;
  break_at_each_call({"no memory", 0, true}, memory_step());
}

TEST(Fault, a_writer_goes_on_after_an_error_once_its_group_is_dropped) {
  sample::Scratch const folder("fault-on");
  Disk disk(1);
  auto writer = must(Writer::open(asked(folder.file("l.db"))));
  ASSERT_FALSE(sample::decide(writer, 1));
  must(writer.commit());
  for (std::uint64_t i = 2; i < 5; ++i) ASSERT_FALSE(sample::decide(writer, i));
  disk.fail_at(1, SQLITE_FULL, true);
  auto const full = writer.commit();
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().kind, LedgerError::Kind::world);
  EXPECT_THAT(full.error().message, testing::EndsWith("database or disk is full"));
  disk.mend();
  EXPECT_EQ(writer.size(), 2U);
  EXPECT_FALSE(writer.append("waiver", Object())) << "not before the caller has taken note";
  EXPECT_FALSE(writer.commit());
  writer.rollback();
  for (std::uint64_t i = 2; i < 5; ++i) ASSERT_FALSE(sample::decide(writer, i));
  auto const note = must(writer.commit());
  auto const verdict = must(verify({folder.file("l.db"), note, std::nullopt}));
  EXPECT_TRUE(verdict.holds());
  EXPECT_EQ(verdict.decisions, 4U);
}

TEST(Fault, verification_says_that_the_disk_failed_and_not_that_the_ledger_is_broken) {
  sample::Scratch const folder("fault-verify");
  Disk disk(1);
  sample::fill(folder.file("l.db"), 40, 10);
  std::uint64_t told = 0;
  for (std::uint64_t call = 1;; ++call) {
    disk.fail_at(call, SQLITE_IOERR, true);
    auto const verdict = verify({folder.file("l.db"), std::nullopt, std::nullopt});
    auto const failed = disk.has_failed();
    disk.mend();
    if (!failed) break;
    ASSERT_FALSE(verdict) << call;
    EXPECT_EQ(verdict.error().kind, LedgerError::Kind::world) << verdict.error().message;
    ++told;
  }
  EXPECT_GT(told, 10U);
}

}  // namespace
}  // namespace waymark::ledger
