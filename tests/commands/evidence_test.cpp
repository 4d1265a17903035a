// `evidence`, `new` and the workspace's part of `doctor`, from outside; hashes written into manifests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "engine/commands/manifest_pins.hpp"
#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

using commands::with_pins;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char const* kWages2023 = "wages         May 2023  2024-04-03  2     ";

TEST(Evidence, lists_every_release) {
  Ran const ran = run_program({"evidence", "list"}, fixtures() / "commands/small");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("source        release   released    rows  sha256      file\n"));
  EXPECT_THAT(ran.out, HasSubstr(std::string(kWages2023) + "not pinned  evidence/wages_2023.csv\n"));
}

TEST(Evidence, shows_a_release_as_it_is_read) {
  Ran const ran = run_program({"evidence", "show", "wages"}, fixtures() / "commands/small");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("wages, May 2024, released 2025-04-02, 3 rows\nevidence/wages_2024.csv\n"));
  EXPECT_THAT(ran.out, AllOf(HasSubstr("\n15-1252     Software Developers"), HasSubstr("at least $239,200 per year\n"),
                             HasSubstr("suppressed by its source\n"),
                             HasSubstr("mark: \"*\" in A_MEDIAN: suppressed by its source\n")));
  Ran const one = run_program({"evidence", "show", "Wages", "--release", "May 2023", "--key", "15-1252"},
                              fixtures() / "commands/small");
  EXPECT_THAT(one.out, AllOf(HasSubstr("$49,999 per year"), Not(HasSubstr("51-4121"))));
  Ran const none = run_program({"evidence", "show", "wage"}, fixtures() / "commands/small");
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.err, HasSubstr("did you mean `wages`?"));
}

TEST(Evidence, pins_what_is_there_and_finds_what_was_changed) {
  Scratch const scratch;
  std::string const there = scratch.copy("commands/small");
  std::string const before = contents(there + "/evidence/evidence.toml");
  Ran const pinned = run_program({"evidence", "pin"}, there);
  EXPECT_EQ(pinned.code, 0) << pinned.err;
  EXPECT_EQ(pinned.err, "3 releases pinned, 0 already\n");
  std::string const after = contents(there + "/evidence/evidence.toml");
  EXPECT_THAT(after, HasSubstr("file     = \"wages_2023.csv\"\nsha256   = \""));
  EXPECT_EQ(run_program({"evidence", "pin"}, there).err, "0 releases pinned, 3 already\n");
  EXPECT_THAT(run_program({"evidence", "list"}, there).out, HasSubstr(std::string(kWages2023) + "pinned"));

  scratch.write("small/evidence/wages_2023.csv", "OCC_CODE,OCC_TITLE,A_MEDIAN\n15-1252,x,1\n");
  Ran const review = run_program({"review", "policies/pathways.policy", "--submissions", "good.jsonl"}, there);
  EXPECT_EQ(review.code, 4);
  EXPECT_THAT(review.err, HasSubstr("W702"));
  EXPECT_EQ(run_program({"evidence", "list"}, there).code, 4);
  EXPECT_EQ(run_program({"doctor"}, there).code, 4);
  Ran const again = run_program({"evidence", "pin"}, there);
  EXPECT_EQ(again.code, 4);
  EXPECT_THAT(again.err, HasSubstr("--replace pins what is there now"));
  EXPECT_EQ(contents(there + "/evidence/evidence.toml"), after);
  EXPECT_EQ(run_program({"evidence", "pin", "--replace"}, there).code, 0);
  EXPECT_EQ(run_program({"evidence", "list"}, there).code, 0);
}

TEST(Evidence, finds_releases_that_are_stale) {
  std::string const there = fixtures() / "commands/small";
  Ran const replaced = run_program({"evidence", "stale", "--date", "2026-11-21"}, there);
  EXPECT_EQ(replaced.code, 0) << replaced.err;
  EXPECT_THAT(replaced.out, HasSubstr("wages   May 2023  2024-04-03  replaced by May 2024  evidence/wages_2023.csv\n"));
  EXPECT_THAT(replaced.out, Not(HasSubstr("wages_2024.csv")));
  EXPECT_EQ(replaced.err, "as of 2026-11-21: 0 changed, 0 too old, 1 replaced\n");
  // The newer one is not known yet.
  Ran const early = run_program({"evidence", "stale", "--date", "2025-04-01", "--older-than", "1 year"}, there);
  EXPECT_EQ(early.out, "");
  EXPECT_EQ(early.err, "as of 2025-04-01: 0 changed, 0 too old, 0 replaced\n");
}

TEST(Evidence, counts_age_from_the_day_of_release) {
  std::string const there = fixtures() / "commands/small";
  auto const on = [&](char const* date, char const* age, bool strict) {
    std::vector<std::string> arguments = {"evidence", "stale", "--date", date, "--older-than", age};
    if (strict) arguments.emplace_back("--strict");
    return run_program(arguments, there);
  };
  EXPECT_EQ(on("2026-10-02", "18 months", true).code, 0);
  Ran const old = on("2026-10-03", "18 months", true);
  EXPECT_EQ(old.code, 1);
  EXPECT_THAT(old.out, HasSubstr("May 2024  2025-04-02  nothing newer         evidence/wages_2024.csv\n"));
  EXPECT_EQ(old.err, "as of 2026-10-03: 0 changed, 1 too old, 1 replaced\n");
  EXPECT_EQ(on("2026-10-03", "18 months", false).code, 0);
  EXPECT_EQ(on("2026-10-03", "549 days", true).code, 0);
  EXPECT_EQ(on("2026-10-03", "548 days", true).code, 1);
  for (char const* const wrong : {"18", "months", "0 days", "-1 years", "18 weeks", "1.5 years", "99999999999 days"}) {
    Ran const ran = on("2026-10-03", wrong, false);
    EXPECT_EQ(ran.code, 2) << wrong;
    EXPECT_THAT(ran.err, HasSubstr("write it as \"18 months\""));
  }
}

TEST(Evidence, finds_files_that_are_not_those_that_were_pinned) {
  Scratch const scratch;
  std::string const there = scratch.copy("commands/small");
  ASSERT_EQ(run_program({"evidence", "pin"}, there).code, 0);
  scratch.write("small/evidence/wages_2023.csv", "OCC_CODE,OCC_TITLE,A_MEDIAN\n15-1252,x,1\n");
  fs::remove(there + "/evidence/editions.csv");
  Ran const ran = run_program({"evidence", "stale", "--date", "2026-11-21"}, there);
  EXPECT_EQ(ran.code, 4);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("differs from its sha256"), HasSubstr("cannot be read")));
  EXPECT_EQ(ran.err, "as of 2026-11-21: 2 changed, 0 too old, 1 replaced\n");
}

TEST(Evidence, needs_a_manifest) {
  EXPECT_EQ(run_program({"evidence", "list"}, "/").code, 4);
  EXPECT_EQ(run_program({"evidence", "list", "--evidence", "/gone"}, "/").code, 4);
}

TEST(Pins, leave_everything_else_as_it_was) {
  std::string const text =
      "# kept\n[[release]]  # the first\nsource = \"a\"\n\tfile = \"a.csv\" # kept\nname = \"x\"\n\n"
      "[[release]]\nsource = \"b\"\nsha256 = \"old\"\nfile = \"b.csv\"\n[release.marks]\n\"*\" = { }";
  EXPECT_EQ(
      with_pins(text, {{2, "1"}, {7, "2"}}),
      "# kept\n[[release]]  # the first\nsource = \"a\"\n\tfile = \"a.csv\" # kept\n\tsha256 = \"1\"\nname = \"x\"\n\n"
      "[[release]]\nsource = \"b\"\nsha256 = \"2\"\nfile = \"b.csv\"\n[release.marks]\n\"*\" = { }");
  EXPECT_EQ(with_pins("release = [{ file = \"a\" }]\n", {{1, "1"}}), "");
}

TEST(New, writes_a_workspace_that_works) {
  Scratch const scratch;
  std::string const folder = scratch.path("mine/own");
  Ran const made = run_program({"new", folder});
  EXPECT_EQ(made.code, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr(folder + "/waymark.toml\n"));
  EXPECT_EQ(run_program({"check"}, folder).code, 0);
  EXPECT_EQ(run_program({"format", "--check"}, folder).code, 0);
  Ran const tested = run_program({"test", "--coverage"}, folder);
  EXPECT_EQ(tested.code, 0) << tested.out;
  EXPECT_THAT(tested.out,
              HasSubstr("coverage: 100 percent: 4 of 4 thresholds met and missed, 19 of 19 conditions told from their "
                        "opposite\n"));
  Ran const reviewed = run_program(
      {"review", "pathways.policy", "--submissions", "submissions.jsonl", "--date", "2026-11-21", "--format", "csv"},
      folder);
  EXPECT_EQ(reviewed.code, 0) << reviewed.err;
  EXPECT_EQ(reviewed.out,
            "submission,outcome,criteria\nP-001,approve,TTT\nP-002,renew,TTT\nP-003,renew with conditions,TFF\n"
            "P-004,phase out,FUT\nP-005,needs information,UUT\n");
  EXPECT_EQ(run_program({"doctor"}, folder).code, 0);
}

TEST(New, refuses_a_folder_that_has_files) {
  Scratch const scratch;
  scratch.write("own/notes.txt", "x");
  Ran const ran = run_program({"new", scratch.path("own")});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("has files in it"));
  EXPECT_EQ(run_program({"new", scratch.path("own/notes.txt")}).code, 2);
  fs::create_directory(scratch.path("empty"));
  EXPECT_EQ(run_program({"new", scratch.path("empty")}).code, 0);
}

TEST(Doctor, looks_into_the_workspace) {
  Scratch const scratch;
  std::string const there = scratch.copy("commands/small");
  Ran const good = run_program({"doctor"}, there);
  EXPECT_EQ(good.code, 0) << good.out;
  EXPECT_THAT(good.out,
              AllOf(HasSubstr("1 policy, 2 vocabularies"), HasSubstr("wages, May 2023: "), HasSubstr("is not pinned")));
  fs::remove(there + "/evidence/wages_2023.csv");
  Ran const gone = run_program({"doctor"}, there);
  EXPECT_EQ(gone.code, 4);
  EXPECT_THAT(gone.out, HasSubstr("evidence/wages_2023.csv cannot be read"));
}

}  // namespace
}  // namespace waymark::commands_test
