// A great many recorded decisions, decided again under every setting of the machine that must not matter.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/commands/program_run.hpp"
#include "tests/environment.hpp"
#include "tests/peers/workload.hpp"

namespace waymark::peers_test {
namespace {

using commands_test::run_program;
using commands_test::Scratch;
using testing::HasSubstr;

TEST(replay, recorded_decisions_come_out_identical_whatever_the_machine_is_set_to) {
  Scratch const scratch;
  auto const count = tests::divided(100'000);
  auto const tables = make_tables(kMeasuredTables);
  write_tables(tables, scratch.path());
  write_submissions(tables, kMeasuredSubmissions, count, scratch.path("submissions.jsonl"));
  std::string const root = WAYMARK_ROOT;
  auto const ledger = scratch.path("ledger.db");
  auto const recorded = run_program({"review", root + "/tests/peers/peers.policy", "--workspace", root + "/tests/peers",
                                     "--evidence", scratch.path(), "--submissions", scratch.path("submissions.jsonl"),
                                     "--format", "csv", "--date", "2026-11-21", "--ledger", ledger});
  ASSERT_EQ(recorded.code, 0) << recorded.err;
  EXPECT_THAT(recorded.err, HasSubstr(std::to_string(count) + " decisions recorded"));
  struct Setting {
    std::vector<std::string> environment;
    std::string threads;
  };
  for (auto const& setting :
       {Setting{{"LC_ALL=C", "TZ=UTC"}, "1"}, Setting{{"LC_ALL=de_DE.UTF-8", "TZ=Asia/Kolkata"}, "2"},
        Setting{{"LANG=tr_TR.UTF-8", "TZ=America/St_Johns"}, "7"}}) {
    auto const replayed = run_program({"audit", "replay", ledger, "--all", "--threads", setting.threads}, "", "", "",
                                      setting.environment);
    EXPECT_EQ(replayed.code, 0) << replayed.out << replayed.err;
    EXPECT_THAT(replayed.out, HasSubstr(std::to_string(count) + "  identical\n"));
  }
  auto const verified = run_program({"audit", "verify", ledger});
  EXPECT_EQ(verified.code, 0) << verified.out;
}

}  // namespace
}  // namespace waymark::peers_test
