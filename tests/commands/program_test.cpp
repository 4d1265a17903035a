// The command line from inside, with verbs made for the test: what a verb may take, and what is said when it is not
// given.
#include "engine/commands/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

namespace waymark::commands {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Asked {
  std::string policy;
  std::vector<std::string> submissions;
  std::string format = "text";
  std::optional<std::uint32_t> threads;
  std::optional<std::string> date;
  bool strict = false;
};

struct Outcome {
  int code;
  std::string err;
  Asked asked;
};

Outcome run_line(std::vector<std::string> const& arguments) {
  auto const asked = std::make_shared<Asked>();
  Verb const judge = {"judge", "Judges", [asked](Options& options) -> Run {
                        options.value("POLICY", asked->policy, "The policy", Need::required);
                        options.values("--submissions", asked->submissions, "What is judged");
                        options.choice("--format", asked->format, {"text", "jsonl"}, "How it is printed");
                        options.value("--threads", asked->threads, "How many at once");
                        options.value("--date", asked->date, "As of");
                        options.flag("--strict", asked->strict, "Say so if not");
                        return [] { return ExitCode::done; };
                      }};
  Verb const list = {"list", "Lists", [](Options&) -> Run { return [] { return ExitCode::integrity; }; }};
  Verb const store = {"store", "Stores", {}, {list}};
  testing::internal::CaptureStderr();
  int const code = run({judge, store}, arguments);
  return {code, testing::internal::GetCapturedStderr(), *asked};
}

TEST(Options, fill_what_the_verb_named) {
  Outcome const ran = run_line({"judge", "--submissions", "a", "nj.policy", "--submissions", "-", "--format", "jsonl",
                                "--threads", "2", "--date=2026-11-21", "--strict"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.asked.policy, "nj.policy");
  EXPECT_THAT(ran.asked.submissions, ElementsAre("a", "-"));
  EXPECT_EQ(ran.asked.format, "jsonl");
  EXPECT_EQ(ran.asked.threads, 2U);
  EXPECT_EQ(ran.asked.date, "2026-11-21");
  EXPECT_TRUE(ran.asked.strict);
}

TEST(Options, keep_what_they_had_when_not_given) {
  Outcome const ran = run_line({"judge", "nj.policy"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.asked.submissions, IsEmpty());
  EXPECT_EQ(ran.asked.format, "text");
  EXPECT_EQ(ran.asked.threads, std::nullopt);
  EXPECT_EQ(ran.asked.date, std::nullopt);
}

TEST(Options, that_are_wrong_are_usage_errors) {
  for (std::vector<std::string> const& line : std::vector<std::vector<std::string>>{
           {"judge"},
           {"judge", "p", "--format", "xml"},
           {"judge", "p", "--threads", "-1"},
           {"judge", "p", "--threads", "many"},
           {"judge", "p", "--date"},
           {"judge", "p", "q"},
       }) {
    Outcome const ran = run_line(line);
    EXPECT_EQ(ran.code, 2) << testing::PrintToString(line);
    EXPECT_THAT(ran.err, HasSubstr("`waymark judge --help`")) << testing::PrintToString(line);
  }
}

TEST(Verbs, of_a_verb_run_and_return_their_exit_code) { EXPECT_EQ(run_line({"store", "list"}).code, 5); }

TEST(Verbs, an_argument_may_be_called_like_a_verb) { EXPECT_EQ(run_line({"judge", "store"}).asked.policy, "store"); }

TEST(Verbs, of_a_verb_are_named_when_missing_or_misspelt) {
  Outcome const missing = run_line({"store"});
  EXPECT_EQ(missing.code, 2);
  EXPECT_THAT(missing.err, HasSubstr("`waymark store` needs a verb: list\n"));
  Outcome const wrong = run_line({"store", "lst"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("`waymark store` has no verb `lst`; did you mean `list`?\n"));
}

}  // namespace
}  // namespace waymark::commands
