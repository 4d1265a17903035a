// The program from outside: --version, --help, doctor, and what it says to a wrong command line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Version, names_the_program_its_semantics_and_every_library) {
  Ran const ran = run_program({"--version"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, StartsWith("waymark 0.1.0\nsemantics 0\n"));
  for (char const* library : {"fmt ", "toml++ ", "simdjson ", "SQLite ", "OpenSSL ", "Boost ", "compiled by "}) {
    EXPECT_THAT(ran.out, HasSubstr(std::string("\n") + library));
  }
  EXPECT_EQ(ran.err, "");
}

TEST(Help, stands_on_the_program_and_on_every_verb) {
  EXPECT_THAT(run_program({"--help"}).out, AllOf(HasSubstr("doctor"), HasSubstr("--version")));
  Ran const verb = run_program({"doctor", "--help"});
  EXPECT_EQ(verb.code, 0);
  EXPECT_THAT(verb.out, AllOf(HasSubstr("waymark doctor"), HasSubstr("--workspace")));
}

TEST(Help, is_a_verb_too) { EXPECT_EQ(run_program({"help", "doctor"}).out, run_program({"doctor", "--help"}).out); }

TEST(Output, that_cannot_be_written_is_exit_code_4) {
  Ran const ran = run_program({"--version"}, "", "", "/dev/full");
  EXPECT_EQ(ran.code, 4);
  EXPECT_EQ(ran.err, "waymark: standard output could not be written\n");
}

TEST(Usage, a_command_line_without_a_verb_shows_the_help_on_standard_error) {
  Ran const ran = run_program({});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("doctor"));
}

TEST(Usage, an_unknown_verb_names_the_nearest) {
  Ran const ran = run_program({"docter"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "waymark: `waymark` has no verb `docter`; did you mean `doctor`?\n"
            "  = help: `waymark --help` shows what it takes\n");
}

TEST(Usage, an_unknown_option_names_the_nearest) {
  Ran const ran = run_program({"doctor", "--workspce", "."});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err,
            "waymark: `waymark doctor` has no option `--workspce`; did you mean `--workspace`?\n"
            "  = help: `waymark doctor --help` shows what it takes\n");
}

TEST(Usage, an_argument_too_many_is_named) {
  Ran const ran = run_program({"doctor", "everything"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, StartsWith("waymark: `everything` is one argument too many for `waymark doctor`\n"));
}

TEST(Doctor, says_what_this_machine_has) {
  Ran const ran = run_program({"doctor"}, "/");
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("SQLite"), HasSubstr("locale"), HasSubstr("no waymark.toml in `/`")));
}

TEST(Doctor, finds_the_workspace_above) {
  std::string const folder = testing::TempDir() + "doctor_above";
  std::filesystem::create_directories(folder + "/inner");
  std::ofstream(folder + "/waymark.toml") << "[workspace]\n";
  EXPECT_THAT(run_program({"doctor"}, folder + "/inner").out, HasSubstr("doctor_above/waymark.toml\n"));
  EXPECT_EQ(run_program({"doctor", "--workspace", folder}).code, 0);
  EXPECT_EQ(run_program({"doctor", "--workspace", folder + "/inner"}).code, 4);
  std::filesystem::remove_all(folder);
}

TEST(Doctor, a_workspace_that_was_named_and_is_not_there_is_wrong) {
  EXPECT_EQ(run_program({"doctor", "--workspace", "/"}).code, 4);
}

}  // namespace
}  // namespace waymark::commands_test
