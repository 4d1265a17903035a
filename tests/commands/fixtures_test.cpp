// Each diagnostic of a workspace, and of what `review` finds out only while it decides, has a folder of fixtures that
// triggers it; what is printed there is golden. WAYMARK_UPDATE=1 rewrites expected.txt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "grammar/diagnostic.hpp"
#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> words_of(std::string const& line) {
  std::istringstream stream(line);
  return {std::istream_iterator<std::string>(stream), {}};
}

// `check`, or what the file `command` says; both streams, for warnings stand on the second.
std::string shown_by(fs::path const& folder) {
  std::vector<std::string> arguments = words_of(contents(folder / "command"));
  if (arguments.empty()) arguments = {"check"};
  Ran const ran = run_program(arguments, folder);
  return ran.out + ran.err;
}

// The folder of a code: its name begins with the code.
fs::path folder_of(std::string_view code) {
  for (fs::directory_entry const& entry : fs::directory_iterator(fixtures() / "diagnostics")) {
    if (entry.is_directory() && entry.path().filename().string().starts_with(std::string(code) + "-")) return entry;
  }
  return {};
}

std::vector<std::string> codes_of_workspaces() {
  std::vector<std::string> codes;
  for (grammar::CodeEntry const& entry : grammar::code_entries()) {
    if (entry.id.starts_with("W9") || entry.id == "W835") codes.emplace_back(entry.id);
  }
  return codes;
}

class WorkspaceDiagnostics : public testing::TestWithParam<std::string> {};

TEST_P(WorkspaceDiagnostics, are_golden) {
  fs::path const folder = folder_of(GetParam());
  ASSERT_FALSE(folder.empty()) << "no fixture for " << GetParam();
  std::string const shown = shown_by(folder);
  EXPECT_THAT(shown, testing::HasSubstr("[" + GetParam() + "]"));
  if (std::getenv("WAYMARK_UPDATE") != nullptr) std::ofstream(folder / "expected.txt", std::ios::binary) << shown;
  EXPECT_EQ(shown, contents(folder / "expected.txt"));
}

TEST_P(WorkspaceDiagnostics, have_a_page) {
  Ran const ran = run_program({"check", "--explain", GetParam()});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, testing::StartsWith("# " + GetParam() + ": "));
}

INSTANTIATE_TEST_SUITE_P(All, WorkspaceDiagnostics, testing::ValuesIn(codes_of_workspaces()),
                         [](auto const& tested) { return tested.param; });

}  // namespace
}  // namespace waymark::commands_test
