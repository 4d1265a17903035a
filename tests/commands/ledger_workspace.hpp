// Tests of what is on record begin from a workspace with a ledger in it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {

// A workspace of its own, with a ledger in it.
class Ledger : public testing::Test {
 protected:
  Ran run(std::vector<std::string> const& arguments, std::string const& input = "") const {
    return run_program(arguments, folder_, input);
  }
  Ran review(std::vector<std::string> more = {}, std::string const& input = "") const {
    std::vector<std::string> arguments = {"review", "policies/pathways.policy", "--ledger", "ledger.db"};
    if (more.empty()) more = {"--submissions", "good.jsonl"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments, input);
  }
  // `record KIND ledger.db DECISION`, by one official.
  Ran record(std::string const& kind, std::string const& decision, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"record",      kind,
                                          "ledger.db",   decision,
                                          "--who",       "R. Doe, appeals office",
                                          "--authority", "Example Code 9",
                                          "--reason",    "the seats were counted twice"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
  std::string verdict() const { return run({"audit", "verify", "ledger.db"}).out; }

  Scratch scratch_;
  std::string folder_ = scratch_.copy("commands/small");
};

}  // namespace waymark::commands_test
