// A policy that is cut in two, what it asks below and what it decides above, decides as the whole does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/check/lines.hpp"
#include "tests/commands/program_run.hpp"

namespace waymark::rules_test {
namespace {

namespace fs = std::filesystem;
using check_test::lines_of;
using commands_test::contents;
using commands_test::run_program;
using commands_test::Scratch;

// The two files; a note or an empty line goes with the block above it.
struct Cut {
  std::string below, above;
  std::size_t examples = 0;
};
Cut cut(std::string const& policy, std::string const& layer) {
  Cut out;
  std::string block;
  for (auto const& line : lines_of(policy)) {
    auto const colon = line.find(':');
    if (!line.empty() && line.front() != ' ' && colon != std::string::npos) block = line.substr(0, colon);
    bool const decides = block == "Decision" || block == "Example";
    if (line.starts_with("Example:")) ++out.examples;
    if (!decides) out.below += line + "\n";
    if (decides || block == "Policy") out.above += line + "\n";
    if (line.starts_with("  Reviews:")) out.above += "  Builds on: " + layer + "\n";
  }
  return out;
}

TEST(layers, a_policy_cut_in_two_decides_as_the_whole_does) {
  Scratch const scratch;
  fs::copy(std::string(WAYMARK_ROOT) + "/rules", scratch.path("rules"), fs::copy_options::recursive);
  std::vector<fs::path> policies;
  for (auto const& entry : fs::recursive_directory_iterator(scratch.path("rules"))) {
    if (entry.path().extension() == ".policy") policies.push_back(entry.path());
  }
  EXPECT_GT(policies.size(), 10U);
  for (auto const& path : policies) {
    auto const inside = fs::relative(path, scratch.path("rules")).replace_extension().string();
    SCOPED_TRACE(inside);
    auto const [below, above, examples] = cut(contents(path), inside + "-below");
    scratch.write("rules/" + inside + "-below.policy", below);
    scratch.write("rules/" + inside + ".policy", above);
    auto const ran = run_program({"test", inside + ".policy"}, scratch.path("rules"));
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
    EXPECT_THAT(ran.out, testing::HasSubstr(std::to_string(examples) + " example"));
  }
}

}  // namespace
}  // namespace waymark::rules_test
