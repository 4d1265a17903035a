// `check --format sarif`: the whole text is golden, and every place in it is that of `--format json`.
// WAYMARK_UPDATE=1 rewrites expected.sarif.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "engine/commands/version.hpp"
#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::filesystem::path folder() { return fixtures() / "commands/sarif"; }

// The version changes with each release, and the pages of the codes have tests of their own.
std::string without_version(std::string text) {
  std::string const version = "\"version\":\"" + commands::program_version() + "\"";
  if (auto const at = text.find(version); at != std::string::npos)
    text.replace(at, version.size(), "\"version\":\"…\"");
  for (auto at = text.find("\"markdown\":\""); at != std::string::npos; at = text.find("\"markdown\":\"", at + 1)) {
    auto const begin = at + std::string("\"markdown\":\"").size();
    auto end = begin;
    while (text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
    text.replace(begin, end - begin, "…");
  }
  return text;
}

TEST(Sarif, is_golden) {
  Ran const ran = run_program({"check", "--format", "sarif"}, folder());
  EXPECT_EQ(ran.code, 1);
  std::string const text = without_version(ran.out);
  if (std::getenv("WAYMARK_UPDATE") != nullptr) std::ofstream(folder() / "expected.sarif", std::ios::binary) << text;
  EXPECT_EQ(text, contents(folder() / "expected.sarif"));
}

// What 2.1.0 demands of a log, a run, a driver, a result and a change.
TEST(Sarif, has_what_the_standard_demands) {
  std::string const out = run_program({"check", "--format", "sarif"}, folder()).out;
  for (char const* const needed :
       {R"("version":"2.1.0","runs":[{"tool":{"driver":{"name":"waymark","version":")",
        R"("columnKind":"unicodeCodePoints")", R"("ruleId":"W105","ruleIndex":0,"level":"error","message":{"text":")",
        R"({"uri":"%C3%A9t%C3%A9%201.policy"},"region":{"startLine":2,"startColumn":3,"endLine":2,"endColumn":14}})",
        R"("deletedRegion":{"startLine":2,"startColumn":3,"endLine":2,"endColumn":14},)"
        R"("insertedContent":{"text":"Jurisdiction"}}])",
        R"("relatedLocations":[{"message":{"text":")"}) {
    EXPECT_THAT(out, HasSubstr(needed));
  }
  EXPECT_THAT(out, Not(HasSubstr("helpUri")));  // must be absolute, and the pages have no address
}

TEST(Sarif, of_files_in_order_has_no_results) {
  Ran const ran = run_program({"check", "--format", "sarif", "days.vocabulary"}, fixtures() / "commands/small");
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr(R"("rules":[]}},"columnKind":"unicodeCodePoints","results":[]}]})"));
}

TEST(Sarif, names_a_file_elsewhere_by_its_address) {
  Scratch const scratch;
  std::string const path = scratch.write("a b.policy", "Polcy: x\n");
  Ran const ran = run_program({"check", "--format", "sarif", path}, "/");
  EXPECT_THAT(ran.out, HasSubstr("\"uri\":\"file:///"));
  EXPECT_THAT(ran.out, HasSubstr("/a%20b.policy\""));
}

}  // namespace
}  // namespace waymark::commands_test
