// Ledgers that earlier builds wrote: every later one opens them, verifies them and decides again what is in them. What
// comes out must be the same from semantics number 1 on; 0 says that it may still change.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "engine/commands/version.hpp"
#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;

std::vector<fs::path> ledgers() {
  std::vector<fs::path> out;
  for (auto const& entry : fs::directory_iterator(fixtures() / "ledgers")) {
    if (entry.path().extension() == ".db") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
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
    EXPECT_THAT(verified.out, HasSubstr("42 decisions"));
  }
}

TEST(GoldenLedgers, AreDecidedAgain) {
  Scratch const scratch;
  for (auto const& ledger : ledgers()) {
    SCOPED_TRACE(ledger.filename().string());
    auto const copy = scratch.write("ledger.db", contents(ledger));
    Ran const replayed = run_program({"audit", "replay", copy, "--all"});
    EXPECT_EQ(replayed.out.find("cannot be replayed"), std::string::npos) << replayed.out;
    EXPECT_THAT(replayed.out, HasSubstr("42 decisions, as decided:"));
    if (commands::kSemantics >= 1) {
      EXPECT_EQ(replayed.code, 0) << replayed.out;
    }
  }
}

}  // namespace
}  // namespace waymark::commands_test
