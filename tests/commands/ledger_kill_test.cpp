// `review --ledger` killed at any moment: what it had printed is on record, the ledger is whole, and running it again
// decides nothing twice.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "engine/ledger/ledger.hpp"
#include "engine/ledger/verify.hpp"
#include "tests/commands/program_run.hpp"
#include "tests/environment.hpp"

namespace waymark::commands_test {
namespace {

constexpr std::size_t kKills = 200;
// Two whole groups of 4,096, as one thread commits them, and a part of a third.
constexpr int kSubmissions = 8'300;

pid_t start(std::vector<std::string> words, std::string const& folder, std::string const& out) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  words.insert(words.begin(), WAYMARK_BINARY);
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t child = 0;
  EXPECT_EQ(posix_spawn(&child, WAYMARK_BINARY, &actions, nullptr, pointers.data(), environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  return child;
}

// Ids and seqs of the lines that were printed to their end.
std::vector<std::pair<std::string, std::uint64_t>> acknowledged(std::string const& out) {
  std::vector<std::pair<std::string, std::uint64_t>> all;
  std::istringstream lines(out.substr(0, out.rfind('\n') + 1));
  for (std::string line; std::getline(lines, line);) {
    auto const seq = line.rfind("\"seq\":");
    EXPECT_NE(seq, std::string::npos) << line;
    auto const id = line.substr(15, line.find('"', 15) - 15);
    all.emplace_back(id, std::stoull(line.substr(seq + 6)));
  }
  return all;
}

TEST(LedgerKill, NothingThatWasPrintedIsLost) {
  Scratch const scratch;
  auto const folder = scratch.copy("commands/small");
  {
    std::ofstream lines(folder + "/many.jsonl");
    for (int i = 0; i < kSubmissions; ++i) {
      lines << R"({"id":"K)" << i << R"(","request":"new","decided":"2025-10-01","soc":"15-1252","enrollment":)"
            << i % 40 << "}\n";
    }
  }
  std::vector<std::string> const review = {"review",        "policies/pathways.policy",
                                           "--submissions", "many.jsonl",
                                           "--ledger",      "ledger.db",
                                           "--explain",     "none",
                                           "--format",      "jsonl",
                                           "--threads",     "1"};
  auto const ledger = folder + "/ledger.db";
  auto const forget = [&] {
    for (auto const* tail : {"", "-wal", "-shm", ".writer", ".key"}) std::filesystem::remove(ledger + tail);
  };
  auto const begun = std::chrono::steady_clock::now();
  ASSERT_EQ(run_program(review, folder).code, 0);
  std::chrono::duration<double, std::micro> const whole_run = std::chrono::steady_clock::now() - begun;
  forget();
  std::mt19937 random(20261121);
  // A run goes on where the one before it was killed, so that two thirds of the time are enough to get to every place.
  std::uniform_real_distribution<double> moment(0, whole_run.count() * 2 / 3);
  auto const kills = tests::divided(kKills);
  int between_groups = 0;  // left some decisions on record, and not all
  for (std::size_t kill_number = 0; kill_number < kills; ++kill_number) {
    auto const out = scratch.path("out");
    auto const child = start(review, folder, out);
    std::this_thread::sleep_for(std::chrono::microseconds(static_cast<std::int64_t>(moment(random))));
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    auto const printed = acknowledged(contents(out));
    if (!std::filesystem::exists(ledger) || std::filesystem::file_size(ledger) == 0) {
      EXPECT_TRUE(printed.empty());
      continue;
    }
    auto const verdict = ledger::verify({ledger, std::nullopt, std::nullopt});
    if (!verdict) {
      // Killed before the first commit: there is no ledger yet.
      EXPECT_TRUE(printed.empty()) << verdict.error().message;
      continue;
    }
    EXPECT_TRUE(verdict->holds()) << "after kill " << kill_number;
    auto const reader = ledger::Reader::open(ledger);
    ASSERT_TRUE(reader) << reader.error().message;
    for (auto const& [id, seq] : printed) {
      auto const entry = reader->entry(seq);
      ASSERT_TRUE(entry && *entry) << id;
      ASSERT_NE((*entry)->body.find("\"submission\":\"" + id + "\""), std::string::npos) << id;
    }
    bool const all = verdict->decisions == static_cast<std::uint64_t>(kSubmissions);
    between_groups += WIFSIGNALED(status) && verdict->decisions > 0 && !all ? 1 : 0;
    if (all || kill_number % 5 == 4) forget();
  }
  RecordProperty("between_groups", between_groups);
  EXPECT_GE(between_groups, kills / 4) << "too few runs were cut off between two groups";
  auto const whole = run_program(review, folder);
  EXPECT_EQ(whole.code, 0) << whole.err;
  std::set<std::uint64_t> seqs;
  for (auto const& [id, seq] : acknowledged(whole.out)) seqs.insert(seq);
  EXPECT_EQ(seqs.size(), static_cast<std::size_t>(kSubmissions)) << "each submission has one decision of its own";
  auto const verdict = ledger::verify({ledger, std::nullopt, std::nullopt});
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(verdict->holds());
  EXPECT_EQ(verdict->decisions, static_cast<std::uint64_t>(kSubmissions));
}

// While one process holds the ledger open to record, a second one is refused with what is the matter; readers are not.
TEST(LedgerKill, ASecondWriterIsRefusedAndReadersAreNot) {
  Scratch const scratch;
  auto const folder = scratch.copy("commands/small");
  std::vector<std::string> const review = {
      "review", "policies/pathways.policy", "--submissions", "good.jsonl", "--ledger", "ledger.db"};
  ASSERT_EQ(run_program(review, folder).code, 0);
  auto const key = ledger::SigningKey::of_pem(contents(folder + "/ledger.db.key"));
  ASSERT_TRUE(key);
  auto const writer = ledger::Writer::open(
      {folder + "/ledger.db", *key, [] { return std::string("2026-11-21T09:30:00Z"); }, "a test", 0});
  ASSERT_TRUE(writer) << writer.error().message;
  auto const second = run_program(review, folder);
  EXPECT_EQ(second.code, 4);
  EXPECT_EQ(second.out, "");
  EXPECT_NE(second.err.find("is recording to the ledger"), std::string::npos) << second.err;
  EXPECT_EQ(run_program({"audit", "verify", "ledger.db"}, folder).code, 0);
  EXPECT_EQ(run_program({"audit", "query", "ledger.db"}, folder).code, 0);
}

}  // namespace
}  // namespace waymark::commands_test
