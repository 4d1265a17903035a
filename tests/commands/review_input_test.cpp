// `review` under load and under bad weather: threads, locales, time zones, huge lines, and input that comes while it
// runs.
#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <utility>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

std::string small() { return fixtures() / "commands" / "small"; }

std::string line_of(std::size_t i) {
  char const* const codes[] = {"15-1252", "29-1229", "51-4121", "15-1132"};
  if (i % 97 == 0) return "{\"id\":\"bad\n";
  return "{\"id\":\"P" + std::to_string(i) + "\",\"request\":\"" + (i % 3 == 0 ? "new" : "renewal") +
         "\",\"decided\":\"202" + std::to_string(4 + i % 6) + "-10-01\",\"soc\":\"" + codes[i % 4] +
         "\",\"enrollment\":" + std::to_string(i % 20) + "}\n";
}

std::string many_lines(std::size_t count) {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) lines += line_of(i);
  return lines;
}

TEST(Review, prints_the_same_with_any_number_of_threads) {
  Scratch const scratch;
  // Many batches; explanations take their time under sanitizers, and need fewer.
  for (auto const& [format, lines] :
       std::vector<std::pair<char const*, std::size_t>>{{"csv", 20'000}, {"jsonl", 10'000}, {"text", 10'000}}) {
    std::string const file = scratch.write(fmt::format("{}.jsonl", format), many_lines(lines));
    std::vector<std::string> const line = {
        "review", "policies/pathways.policy", "--submissions", file, "--format", format, "--threads"};
    auto with = [&](char const* threads) {
      std::vector<std::string> arguments = line;
      arguments.emplace_back(threads);
      return run_program(arguments, small());
    };
    Ran const one = with("1");
    EXPECT_EQ(one.code, 1);
    for (char const* threads : {"2", "4"}) {
      Ran const several = with(threads);
      EXPECT_EQ(several.out, one.out) << format << " " << threads;
      EXPECT_EQ(several.err, one.err) << format << " " << threads;
    }
  }
}

TEST(Review, prints_the_same_in_any_locale_and_time_zone) {
  std::vector<std::string> const line = {"review", "policies/pathways.policy", "--submissions", "good.jsonl"};
  std::string const plain = run_program(line, small()).out;
  for (std::vector<std::string> const& environment :
       std::vector<std::vector<std::string>>{{"LANG=de_DE.UTF-8", "LC_ALL=de_DE.UTF-8"},
                                             {"LC_ALL=tr_TR.UTF-8"},
                                             {"TZ=Pacific/Kiritimati"},
                                             {"TZ=America/New_York"}}) {
    EXPECT_EQ(run_program(line, small(), "", "", environment).out, plain) << testing::PrintToString(environment);
  }
}

TEST(Review, survives_a_line_of_50_megabytes) {
  Ran const ran = run_program({"review", "policies/pathways.policy", "--submissions", "-", "--format", "csv"}, small(),
                              "{\"id\":\"" + std::string(50'000'000, 'x') + "\"}\n" + line_of(1));
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, StartsWith("submission,outcome,criteria\n,not reviewed,\nP1,"));
  EXPECT_THAT(ran.err, HasSubstr("W804"));
}

TEST(Review, survives_nesting_without_end) {
  Ran const ran = run_program({"review", "policies/pathways.policy", "--submissions", "-", "--format", "csv"}, small(),
                              std::string(100'000, '[') + "\n{\"id\":" + std::string(100'000, '{') + "\n" + line_of(1));
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, StartsWith("submission,outcome,criteria\n,not reviewed,\n,not reviewed,\nP1,"));
}

TEST(Review, says_that_submissions_are_not_utf8) {
  Ran const ran = run_program({"review", "policies/pathways.policy", "--submissions", "-", "--format", "csv"}, small(),
                              "{\"id\":\"caf\xE9\"}\n" + line_of(1));
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("W803"));
}

TEST(Review, says_that_a_csv_has_no_header_that_fits) {
  Scratch const scratch;
  Ran const ran = run_program({"review", "policies/pathways.policy", "--submissions",
                               scratch.write("a.csv", "name,colour\nx,red\n"), "--format", "csv"},
                              small());
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.out, "submission,outcome,criteria\n,not reviewed,\n") << "nothing is decided from nothing";
  EXPECT_THAT(ran.err, HasSubstr("W829"));
}

TEST(Review, says_that_not_all_ids_were_compared) {
  Scratch const scratch;
  std::string lines;
  for (std::size_t i = 0; i < 70'000; ++i) {
    // The last is the first again, long forgotten.
    lines += fmt::format("{{\"id\":\"{:01000}\"}}\n", i < 69'999 ? i : 0);
  }
  auto const one = scratch.write("one.jsonl", lines);
  auto const other = scratch.write("other.jsonl", lines.substr(lines.size() - 2 * 1010));
  Ran const ran = run_program(
      {"review", "policies/pathways.policy", "--submissions", one, "--submissions", other, "--format", "csv"}, small());
  auto const twice = ran.err.find("warning[W824]");
  ASSERT_NE(twice, std::string::npos) << ran.err.substr(0, 1000);
  EXPECT_THAT(ran.err.substr(0, twice), EndsWith("other.jsonl:1: "));
  auto const said = ran.err.find("other.jsonl: warning[W836]: After 65,536 different ids");
  ASSERT_NE(said, std::string::npos) << ran.err.substr(ran.err.size() - 1000);
  EXPECT_EQ(ran.err.find("W836", said + 30), std::string::npos) << "said once";
}

// The program with pipes at its ends.
class Live {
 public:
  explicit Live(std::vector<std::string> arguments) {
    std::array<int, 2> in = {};
    std::array<int, 2> out = {};
    EXPECT_EQ(pipe2(in.data(), O_CLOEXEC), 0);
    EXPECT_EQ(pipe2(out.data(), O_CLOEXEC), 0);
    arguments.insert(arguments.begin(), WAYMARK_BINARY);
    std::vector<char*> argv;
    for (std::string& word : arguments) argv.push_back(word.data());
    argv.push_back(nullptr);
    child_ = fork();
    if (child_ == 0) {
      dup2(in[0], 0);
      dup2(out[1], 1);
      if (chdir(small().c_str()) == 0) execv(WAYMARK_BINARY, argv.data());
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    in_ = in[1];
    out_ = out[0];
  }
  Live(Live const&) = delete;
  Live& operator=(Live const&) = delete;
  ~Live() {
    close_input();
    close_output();
    if (child_ > 0) wait();
  }

  void send(std::string const& text) const { EXPECT_EQ(write(in_, text.data(), text.size()), ssize_t(text.size())); }
  // What comes within ten seconds, up to the line that begins with `last`.
  std::string receive(std::string const& last) const {
    std::string text;
    pollfd asked = {out_, POLLIN, 0};
    while (("\n" + text).find("\n" + last) == std::string::npos && poll(&asked, 1, 10'000) > 0) {
      std::array<char, 4096> piece = {};
      ssize_t const count = read(out_, piece.data(), piece.size());
      if (count <= 0) break;
      text.append(piece.data(), static_cast<std::size_t>(count));
    }
    return text;
  }
  void interrupt() const { kill(child_, SIGINT); }
  void close_input() {
    if (in_ >= 0) close(in_);
    in_ = -1;
  }
  void close_output() {
    if (out_ >= 0) close(out_);
    out_ = -1;
  }
  int wait() {
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t child_ = 0;
  int in_ = -1;
  int out_ = -1;
};

std::vector<std::string> const kLive = {"review", "policies/pathways.policy", "--submissions", "-", "--format", "csv"};

TEST(Review, decides_lines_as_they_arrive) {
  Live live(kLive);
  EXPECT_EQ(live.receive("criteria\n"), "submission,outcome,criteria\n");  // before anything is sent
  live.send(line_of(1));
  EXPECT_THAT(live.receive("P1,"), StartsWith("P1,"));
  live.send(line_of(2) + line_of(3) + "\n\n" + line_of(4).substr(0, 20));
  EXPECT_THAT(live.receive("P3,"), AllOf(HasSubstr("P2,"), HasSubstr("P3,")));
  live.send(line_of(4).substr(20));
  live.close_input();
  EXPECT_THAT(live.receive("never"), StartsWith("P4,"));
  EXPECT_EQ(live.wait(), 0);
}

// No line is sent before the one above it has been decided: what waited for more would wait for ever.
TEST(Review, decides_each_line_before_the_next_is_sent) {
  for (auto const* threads : {"1", "2"}) {
    auto arguments = kLive;
    arguments.insert(arguments.end(), {"--threads", threads});
    Live live(arguments);
    for (std::size_t i = 1; i <= 20; ++i) {
      live.send(line_of(i));
      auto const id = "P" + std::to_string(i) + ",";
      ASSERT_THAT("\n" + live.receive(id), HasSubstr("\n" + id)) << threads << " threads";
    }
    live.close_input();
    EXPECT_EQ(live.wait(), 0);
  }
}

TEST(Review, keeps_what_was_decided_when_it_is_interrupted) {
  // Whichever thread waits for the next line, and whichever the signal comes to.
  for (auto const* threads : {"1", "2", "3"}) {
    auto arguments = kLive;
    arguments.insert(arguments.end(), {"--threads", threads});
    Live live(arguments);
    live.send(line_of(1));
    EXPECT_THAT(live.receive("P1,"), HasSubstr("\nP1,"));
    live.send(line_of(2).substr(0, 20));  // never sent to its end, and so not told of
    usleep(200'000);
    live.interrupt();
    EXPECT_EQ(live.receive("never"), "") << threads;
    EXPECT_EQ(live.wait(), 130) << threads;
  }
}

TEST(Review, ends_quietly_when_nobody_reads) {
  Live live(kLive);
  live.close_output();
  live.send(many_lines(50));
  live.close_input();
  EXPECT_EQ(live.wait(), 128 + SIGPIPE);
}

}  // namespace
}  // namespace waymark::commands_test
