// `check` from outside: exit codes, streams, JSON, edits, pages, and files of which nothing can be read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char const* kPolicy =
    "Policy: a list\n  Authority: nobody\n  Reviews: cluster\n  Uses: clusters\n  In force: from 2024-07-01\n\n"
    "List: listed                                                                [illustrative]\n"
    "  Of: offered, by cluster\n  On it when: cluster is in wanted\n";
constexpr char const* kVocabulary =
    "Vocabulary: clusters\n\nSource: offered, for cluster     [nobody]\n  cluster: text, column cluster\n\n"
    "Source: wanted, for cluster      [nobody]\n  cluster: text, column cluster\n";
constexpr char const* kWorkspace = "[workspace]\npolicies = [\".\"]\nvocabularies = [\".\"]\n";

struct Small {
  Scratch scratch;
  Small() {
    scratch.write("waymark.toml", kWorkspace);
    scratch.write("a.policy", kPolicy);
    scratch.write("a.vocabulary", kVocabulary);
  }
};

TEST(Check, says_nothing_on_standard_output_of_files_in_order) {
  Small const small;
  Ran const ran = run_program({"check"}, small.scratch.path());
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "2 files: no errors\n");
}

TEST(Check, finds_the_workspace_of_the_file_that_is_named) {
  Small const small;
  Ran const ran = run_program({"check", small.scratch.path("a.policy")}, "/");
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
}

TEST(Check, takes_the_workspace_that_is_asked_for) {
  Small const small;
  Scratch const elsewhere;
  std::string const policy = elsewhere.write("b.policy", kPolicy);
  EXPECT_EQ(run_program({"check", policy}).code, 1);
  EXPECT_EQ(run_program({"check", policy, "--workspace", small.scratch.path()}).code, 0);
  EXPECT_EQ(run_program({"check", policy, "--workspace", small.scratch.path("waymark.toml")}).code, 0);
}

TEST(Check, says_once_what_a_file_in_no_workspace_uses) {
  Scratch const scratch;
  Ran const ran = run_program({"check", scratch.write("a.policy", kPolicy)});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("The file is in no workspace, so there is no vocabulary `clusters`."));
  EXPECT_EQ(ran.err, "1 file: 1 error\n");
}

TEST(Check, names_the_vocabulary_that_was_meant) {
  Small const small;
  std::string text = kPolicy;
  text.replace(text.find("Uses: clusters"), 14, "Uses: cluster");
  small.scratch.write("a.policy", text);
  Ran const ran = run_program({"check", "--format", "json"}, small.scratch.path());
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr(R"("help":"Did you mean `clusters`?")"));
  Ran const fixed = run_program({"check", "--fix"}, small.scratch.path());
  EXPECT_EQ(fixed.code, 0) << fixed.out;
  EXPECT_EQ(fixed.err, "1 fault mended\n2 files: no errors\n");
  EXPECT_EQ(contents(small.scratch.path("a.policy")), kPolicy);
}

TEST(Check, prints_json_with_places_in_characters) {
  Small const small;
  std::string text = kPolicy;
  text.replace(text.find("Authority: nobody"), 17, "Jurisdicton: é, è");
  small.scratch.write("a.policy", text);
  Ran const ran = run_program({"check", "--format", "json", "a.policy"}, small.scratch.path());
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, StartsWith(R"({"diagnostics":[{"code":"W105","severity":"error","message":")"));
  EXPECT_THAT(ran.out, HasSubstr(R"("file":"a.policy","line":2,"column":3,"end_line":2,"end_column":14)"));
  EXPECT_THAT(ran.out, AllOf(HasSubstr(R"("labels":[)"), HasSubstr(R"("help":)"), HasSubstr(R"("edit":)")));
  EXPECT_THAT(ran.out, EndsWith("]}\n"));
  EXPECT_EQ(run_program({"check", "--format", "json", "a.vocabulary"}, small.scratch.path()).out,
            "{\"diagnostics\":[]}\n");
}

TEST(Check, tells_a_vocabulary_of_its_own_faults) {
  Small const small;
  small.scratch.write("a.vocabulary", std::string(kVocabulary) + "\nChoice: colour\n");
  Ran const ran = run_program({"check", "a.vocabulary"}, small.scratch.path());
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("a.vocabulary:9:"));
}

TEST(Check, opens_what_it_is_told_to_or_exits_with_3) {
  Small const small;
  std::string const folder = small.scratch.path();
  for (char const* name : {"gone.policy", "gone.vocabulary"}) {
    Ran const ran = run_program({"check", name}, folder);
    EXPECT_EQ(ran.code, 3);
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr("cannot be opened: there is no such file"));
    EXPECT_THAT(ran.err, Not(HasSubstr("no errors"))) << "of what was not read nothing is known";
  }
  Ran const given_folder = run_program({"check", folder});
  EXPECT_EQ(given_folder.code, 3);
  EXPECT_THAT(given_folder.err, HasSubstr("it is a folder, not a file"));
  EXPECT_EQ(run_program({"check", "--workspace", "/"}, folder).code, 3);
  // One that is not there does not keep the others from being checked.
  small.scratch.write("bad.policy", "Polcy: x\n");
  Ran const both = run_program({"check", "gone.policy", "bad.policy"}, folder);
  EXPECT_EQ(both.code, 3);
  EXPECT_THAT(both.out, HasSubstr("bad.policy:1:1"));
}

TEST(Check, without_a_file_and_a_workspace_is_a_usage_error) {
  Ran const ran = run_program({"check"}, "/");
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("name a file, or go into a workspace"));
}

TEST(Check, explains_codes) {
  EXPECT_THAT(run_program({"check", "--explain", "W101"}).out, StartsWith("# W101"));
  Ran const wrong = run_program({"check", "--explain", "W1O1"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("there is no diagnostic `W1O1`; did you mean `W101`?"));
}

TEST(Check, says_that_a_file_is_not_utf8) {
  Scratch const scratch;
  Ran const ran = run_program({"check", scratch.write("a.policy", "Policy: caf\xE9\n")});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("a.policy:1:12: error[W101]"));
  EXPECT_EQ(ran.err, "1 file: 1 error\n");
}

// Curly quotes, dashes, bullets, no-break spaces, CRLF and a byte order mark: read as meant.
TEST(Check, reads_what_word_makes_of_a_policy) {
  Small const small;
  std::string const word =
      "\xEF\xBB\xBFPolicy: a list\r\n  Authority: nobody\u2019s\r\n  Reviews: cluster\r\n  Uses:\u00A0"
      "clusters\r\n"
      "  In force: from 2024-07-01\r\n\r\nList: listed [illustrative]\r\n  Of: offered, by cluster\r\n"
      "  On it when all of:\r\n    \u2022 cluster is in \u201Cwanted\u201D\r\n    \u2022 any of:\r\n"
      "      \u2013 cluster is in wanted\r\n      \u2014 cluster is \u201Chealth\u201D\r\n";
  small.scratch.write("a.policy", word);
  Ran const ran = run_program({"check", "a.policy"}, small.scratch.path());
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_EQ(run_program({"format", "a.policy"}, small.scratch.path()).code, 0);
  std::string const plain = contents(small.scratch.path("a.policy"));
  EXPECT_THAT(plain, AllOf(StartsWith("Policy: a list\n"), HasSubstr("\n    - any of:\n      -- "),
                           Not(HasSubstr("\r")), HasSubstr("cluster is \"health\"")));
}

TEST(Check, survives_anything) {
  Scratch const scratch;
  std::string const brackets(100'000, '(');
  std::string const quotes(100'000, '"');
  std::string deep = "Policy: x\n  Met when: ";
  for (int i = 0; i < 100'000; ++i) deep += "the greater of 1 and ";
  for (std::string const& text : {"Policy: " + brackets, "Policy: x\n  Uses: " + std::string(100'000, '['),
                                  "Figure: x\n  = " + brackets, quotes, deep, std::string(1000, '\0')}) {
    Ran const ran = run_program({"check", scratch.write("a.policy", text)});
    EXPECT_THAT(ran.code, testing::AnyOf(0, 1)) << text.substr(0, 40);
    EXPECT_THAT(ran.err, StartsWith("1 file: "));
  }
}

TEST(Check, survives_50_megabytes_on_one_line) {
  Scratch const scratch;
  Ran const ran = run_program({"check", scratch.write("a.policy", "Note: " + std::string(50'000'000, 'x'))});
  EXPECT_EQ(ran.code, 1);
  EXPECT_LT(ran.out.size(), 10'000U);
}

}  // namespace
}  // namespace waymark::commands_test
