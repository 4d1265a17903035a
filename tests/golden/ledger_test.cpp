// Ledgers that a release build wrote: every later one, of whatever type (this test runs with optimisation, and without
// it under the sanitizers), opens them, verifies them, and comes to the same decisions by the same steps. A change on
// purpose of what a policy means makes them anew.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> ledgers() {
  std::vector<fs::path> out;
  for (auto const& entry : fs::directory_iterator(fixtures() / "ledgers")) {
    if (entry.path().extension() == ".db") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// `101 entries, 42 decisions, …`
std::size_t decisions_in(std::string const& verdict) {
  auto const end = verdict.find(" decisions");
  auto const begin = verdict.rfind(' ', end == 0 ? 0 : end - 1) + 1;
  return end == std::string::npos ? 0 : std::stoul(verdict.substr(begin, end - begin));
}

// Beside each stands its last checkpoint, which the test keeps as an auditor would.
TEST(GoldenLedgers, AreVerifiedAgainstTheCheckpointThatWasKept) {
  ASSERT_FALSE(ledgers().empty());
  Scratch const scratch;
  for (auto const& ledger : ledgers()) {
    SCOPED_TRACE(ledger.filename().string());
    auto const copy = scratch.write("ledger.db", contents(ledger));
    auto const anchor = fs::path(ledger).replace_extension(".checkpoint").string();
    Ran const verified = run_program({"audit", "verify", copy, "--anchor", anchor});
    EXPECT_EQ(verified.code, 0) << verified.out << verified.err;
    EXPECT_GT(decisions_in(verified.out), 0U) << verified.out;
  }
}

TEST(GoldenLedgers, AreDecidedAgain) {
  Scratch const scratch;
  for (auto const& ledger : ledgers()) {
    SCOPED_TRACE(ledger.filename().string());
    auto const copy = scratch.write("ledger.db", contents(ledger));
    Ran const replayed = run_program({"audit", "replay", copy, "--all"});
    EXPECT_EQ(replayed.code, 0) << replayed.out << replayed.err;
    auto const decisions = decisions_in(run_program({"audit", "verify", copy}).out);
    EXPECT_EQ(replayed.out, fmt::format("{0} decisions, as decided:\n{0:>10}  identical\n", decisions));
  }
}

}  // namespace
}  // namespace waymark::commands_test
