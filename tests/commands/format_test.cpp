// `format` from outside, and the diff that it shows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "engine/commands/line_diff.hpp"
#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

using commands::line_diff;
using testing::HasSubstr;

constexpr char const* kWild = "policy:   a list\nauthority: nobody\nIn   force: from 2024-07-01\n";
constexpr char const* kPlain = "Policy: a list\n  Authority: nobody\n  In force: from 2024-07-01\n";

TEST(Format, writes_the_one_layout) {
  Scratch const scratch;
  std::string const file = scratch.write("a.policy", kWild);
  Ran const ran = run_program({"format", file});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "1 file changed, 0 unchanged\n");
  EXPECT_EQ(contents(file), kPlain);
  EXPECT_EQ(run_program({"format", file}).err, "0 files changed, 1 unchanged\n");
}

TEST(Format, changes_nothing_when_asked_to_check) {
  Scratch const scratch;
  std::string const file = scratch.write("a.policy", kWild);
  Ran const ran = run_program({"format", "--check", file});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.out, file + "\n");
  EXPECT_EQ(contents(file), kWild);
  scratch.write("a.policy", kPlain);
  EXPECT_EQ(run_program({"format", "--check", file}).code, 0);
}

TEST(Format, shows_what_would_change) {
  Scratch const scratch;
  std::string const file = scratch.write("a.policy", kWild);
  Ran const ran = run_program({"format", "--diff", file});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr("\n-policy:   a list\n"));
  EXPECT_THAT(ran.out, HasSubstr("\n+Policy: a list\n"));
  EXPECT_EQ(run_program({"format", "--diff", "--check", file}).code, 1);
  EXPECT_EQ(contents(file), kWild);
}

TEST(Format, leaves_alone_what_it_cannot_read_whole) {
  Scratch const scratch;
  std::string const text = "Policy: a list\n  Authrity: nobody\n";
  std::string const file = scratch.write("a.policy", text);
  Ran const ran = run_program({"format", file});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("stays as it is: mend this first"));
  EXPECT_EQ(contents(file), text);
  EXPECT_EQ(run_program({"format", scratch.path("gone.policy")}).code, 3);
  EXPECT_EQ(run_program({"format", scratch.path()}).code, 3);
}

TEST(Format, keeps_rights_and_links) {
  Scratch const scratch;
  std::string const file = scratch.write("a.policy", kWild);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink(file, scratch.path("b.policy"));
  EXPECT_EQ(run_program({"format", scratch.path("b.policy")}).code, 0);
  EXPECT_TRUE(fs::is_symlink(scratch.path("b.policy")));
  EXPECT_EQ(contents(file), kPlain);
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(Format, takes_all_of_the_workspace) {
  Scratch const scratch;
  scratch.write("waymark.toml", "[workspace]\npolicies = [\".\"]\nvocabularies = [\".\"]\n");
  scratch.write("a.policy", kWild);
  scratch.write("inner/a.vocabulary", "vocabulary: words\n");
  EXPECT_EQ(run_program({"format"}, scratch.path()).err, "2 files changed, 0 unchanged\n");
  EXPECT_EQ(contents(scratch.path("inner/a.vocabulary")), "Vocabulary: words\n");
}

TEST(LineDiff, is_a_unified_diff) {
  EXPECT_EQ(line_diff("a", "1\n2\n", "1\n2\n"), "");
  EXPECT_EQ(line_diff("a", "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nfive\n6\n7\n8\n"),
            "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  EXPECT_EQ(line_diff("a", "", "1\n"), "--- a\n+++ a\n@@ -0,0 +1 @@\n+1\n");
  EXPECT_EQ(line_diff("a", "1\n", ""), "--- a\n+++ a\n@@ -1 +0,0 @@\n-1\n");
  EXPECT_EQ(line_diff("a", "1", "1\n"), "--- a\n+++ a\n@@ -1 +1 @@\n-1\n\\ No newline at end of file\n+1\n");
}

TEST(LineDiff, parts_what_lies_far_apart) {
  std::string before;
  for (int i = 0; i < 30; ++i) before += std::to_string(i) + "\n";
  std::string after = before;
  after.replace(after.find("\n5\n"), 3, "\nfive\n").replace(after.find("\n25\n"), 4, "\n");
  EXPECT_EQ(line_diff("a", before, after),
            "--- a\n+++ a\n@@ -3,7 +3,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
            "@@ -23,7 +23,6 @@\n 22\n 23\n 24\n-25\n 26\n 27\n 28\n");
}

}  // namespace
}  // namespace waymark::commands_test
