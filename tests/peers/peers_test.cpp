// The engine decides the speed workload exactly as plain code does, and as the program that is as fast as can be.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "engine/values/hash.hpp"
#include "tests/commands/program_run.hpp"
#include "tests/environment.hpp"
#include "tests/peers/workload.hpp"

namespace waymark::peers_test {
namespace {

using commands_test::run_program;
using commands_test::run_words;
using commands_test::Scratch;

// One line of the explaining mode as the line of CSV that it explains.
std::string outline(std::string_view json) {
  auto const after = [&](std::string_view key) {
    json.remove_prefix(std::min(json.size(), json.find(key) + key.size()));
    return std::string(json.substr(0, json.find('"')));
  };
  static std::map<std::string, char> const letters = {{"met", 'T'}, {"not-met", 'F'}, {"unknown", 'U'}};
  auto line = after("{\"id\":\"");
  line += "," + after("\"outcome\":\"") + ",";
  for (int i = 0; i < 12; ++i) line += letters.at(after("\"result\":\""));
  return line;
}

std::string outlines(std::string_view explained) {
  std::string out = "submission,outcome,criteria\n";
  for (auto end = explained.find('\n'); end != std::string_view::npos; end = explained.find('\n')) {
    out += outline(explained.substr(0, end)) + "\n";
    explained.remove_prefix(end + 1);
  }
  return out;
}

struct Compared {
  std::string by_engine, by_hand;
  std::map<std::string, std::string> by_fast_program;  ///< by its mode
};

Compared decide(std::uint32_t tables_seed, std::uint32_t submissions_seed, std::size_t count) {
  Scratch const folder;
  auto const tables = make_tables(tables_seed);
  write_tables(tables, folder.path());
  auto const lines = folder.path("submissions.jsonl");
  write_submissions(tables, submissions_seed, count, lines);
  Compared out;
  out.by_hand = "submission,outcome,criteria\n";
  for (auto const& submission : make_submissions(tables, submissions_seed, count)) {
    out.by_hand += decide_by_hand(submission, tables) + "\n";
  }
  std::string const root = WAYMARK_ROOT;
  auto const ran =
      run_program({"review", root + "/tests/peers/peers.policy", "--workspace", root + "/tests/peers", "--evidence",
                   folder.path(), "--submissions", lines, "--format", "csv", "--date", "2026-11-21"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  out.by_engine = ran.out;
  for (auto const* mode : {"dome2e", "fast", "cols", "explain"}) {
    auto const printed = folder.path("printed");
    auto const fast = run_words({HAND_WRITTEN_BINARY, mode, folder.path(), lines, printed});
    EXPECT_EQ(fast.code, 0) << fast.err;
    auto const text = commands_test::contents(printed);
    out.by_fast_program[mode] = mode == std::string("explain") ? outlines(text) : text;
  }
  return out;
}

void expect_agreement(Compared const& compared) {
  ASSERT_EQ(compared.by_engine.size(), compared.by_hand.size());
  EXPECT_TRUE(compared.by_engine == compared.by_hand);
  for (auto const& [mode, printed] : compared.by_fast_program) EXPECT_TRUE(printed == compared.by_hand) << mode;
}

TEST(peers, the_measured_workload_gives_the_measured_decisions) {
  auto const count = tests::divided(100'000);
  auto const compared = decide(kMeasuredTables, kMeasuredSubmissions, count);
  expect_agreement(compared);
  if (count == 100'000) {
    EXPECT_EQ(values::hex(values::sha256(compared.by_engine)),
              "f112d08079a39d77c68556d3429c5cdba24376b41291e21590c475dab9e30a9e");
  }
}

TEST(peers, other_seeds_agree_with_the_programs_written_by_hand) {
  for (std::uint32_t const seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(seed);
    expect_agreement(decide(kMeasuredTables + seed, kMeasuredSubmissions + 13 * seed, tests::divided(20'000)));
  }
}

// The program that guesses reads a line that is not as it guessed by the tree, and so the same.
TEST(peers, lines_that_are_not_as_guessed_are_read_all_the_same) {
  Scratch const folder;
  auto const tables = make_tables(kMeasuredTables);
  write_tables(tables, folder.path());
  std::string lines;
  auto submissions = make_submissions(tables, kMeasuredSubmissions, 200);
  for (std::size_t i = 0; i < submissions.size(); ++i) {
    auto& json = submissions[i].json;
    if (i % 3 == 0) {  // a key that is guessed early comes last
      auto const at = json.find(",\"kind\":\"");
      auto const kind = json.substr(at, json.find('"', at + 9) + 1 - at);
      json.erase(at, kind.size());
      json.insert(json.size() - 1, kind);
    }
    lines += json + "\n";
  }
  auto const file = folder.write("lines.jsonl", lines);
  auto const by_guess = folder.path("guessed"), by_tree = folder.path("tree");
  EXPECT_EQ(run_words({HAND_WRITTEN_BINARY, "fast", folder.path(), file, by_guess}).code, 0);
  EXPECT_EQ(run_words({HAND_WRITTEN_BINARY, "dome2e", folder.path(), file, by_tree}).code, 0);
  auto const expected = commands_test::contents(by_tree);
  EXPECT_EQ(std::count(expected.begin(), expected.end(), '\n'), 201);
  EXPECT_EQ(commands_test::contents(by_guess), expected);
}

}  // namespace
}  // namespace waymark::peers_test
