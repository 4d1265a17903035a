// A disk that is full in the middle of a run: the run ends with exit code 4, what was printed is on record and nothing
// else, and the same command goes on where there is room again. A limit on the size of a file stands for the disk: past
// it a write fails as it does there, and no rights are needed to set it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "engine/ledger/verify.hpp"
#include "tests/commands/ledger_workspace.hpp"

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::Not;

constexpr std::size_t kSubmissions = 10'000;

class FullDisk : public Ledger {
 protected:
  FullDisk() {
    std::ofstream lines(folder_ + "/many.jsonl");
    for (std::size_t i = 0; i < kSubmissions; ++i) {
      lines << R"({"id":"K)" << i << R"(","request":"new","decided":"2025-10-01","soc":"15-1252","enrollment":)"
            << i % 40 << "}\n";
    }
  }
  // `kilobytes`: the most that a file may have, or `unlimited`.
  Ran review_within(std::string const& kilobytes) const {
    return run_words({"bash", "-c", "trap '' XFSZ; ulimit -f " + kilobytes + R"(; exec "$@")", "bash", WAYMARK_BINARY,
                      "review", "policies/pathways.policy", "--submissions", "many.jsonl", "--ledger", "ledger.db",
                      "--format", "csv", "--threads", "1"},
                     folder_);
  }
  std::size_t decisions_on_record() const {
    auto const verdict = ledger::verify({folder_ + "/ledger.db", std::nullopt, std::nullopt});
    EXPECT_TRUE(verdict) << verdict.error().message;
    if (!verdict) return 0;
    EXPECT_TRUE(verdict->holds());
    EXPECT_EQ(verdict->decisions, verdict->submissions);
    return verdict->decisions;
  }
};

std::size_t printed_by(Ran const& ran) {
  auto const lines = static_cast<std::size_t>(std::count(ran.out.begin(), ran.out.end(), '\n'));
  return lines == 0 ? 0 : lines - 1;  // without the heading
}

TEST_F(FullDisk, WhatWasPrintedIsOnRecordAndNothingElse) {
  std::size_t between_groups = 0;
  ASSERT_EQ(review_within("unlimited").code, 0);
  auto const whole = fs::file_size(folder_ + "/ledger.db") / 1024;
  for (auto const kilobytes :
       {std::uintmax_t{40}, whole / 10, whole * 3 / 10, whole / 2, whole * 7 / 10, whole * 9 / 10}) {
    SCOPED_TRACE(std::to_string(kilobytes) + " of " + std::to_string(whole) + " KiB");
    for (auto const* tail : {"", "-wal", "-shm", ".writer", ".key"}) fs::remove(folder_ + "/ledger.db" + tail);
    Ran const full = review_within(std::to_string(kilobytes));
    EXPECT_EQ(full.code, 4) << full.err;
    EXPECT_THAT(full.err, HasSubstr("ledger.db: "));
    // Before the first group there may be no ledger at all.
    if (printed_by(full) > 0) {
      ++between_groups;
      EXPECT_THAT(full.err, HasSubstr(std::to_string(printed_by(full)) + " decisions recorded"));
      EXPECT_EQ(decisions_on_record(), printed_by(full));
    } else {
      EXPECT_THAT(full.err, Not(HasSubstr("4096 decisions recorded")));
    }
    Ran const again = review_within("unlimited");
    EXPECT_EQ(again.code, 0) << again.err;
    EXPECT_EQ(printed_by(again), kSubmissions);
    EXPECT_EQ(decisions_on_record(), kSubmissions);
  }
  EXPECT_GE(between_groups, 2U) << "no run got as far as its first group";
}

}  // namespace
}  // namespace waymark::commands_test
