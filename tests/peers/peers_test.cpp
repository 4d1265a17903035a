// The engine decides the speed workload exactly as a program written by hand for it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "engine/values/hash.hpp"
#include "tests/commands/program_run.hpp"
#include "tests/peers/workload.hpp"

namespace waymark::peers_test {
namespace {

namespace fs = std::filesystem;

class Scratch {
 public:
  explicit Scratch(std::string const& name)
      : path_(fs::temp_directory_path() / fmt::format("waymark-{}-{}", name, static_cast<void const*>(this))) {
    fs::create_directories(path_);
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(Scratch const&) = delete;
  Scratch& operator=(Scratch const&) = delete;
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

std::size_t divided(std::size_t count) {
  auto const* divisor = std::getenv("WAYMARK_CASES_DIVISOR");
  return divisor == nullptr ? count : count / static_cast<std::size_t>(std::atoi(divisor));
}

struct Compared {
  std::string by_engine, by_hand;
};

Compared decide(std::uint32_t tables_seed, std::uint32_t submissions_seed, std::size_t count) {
  Scratch const folder("peers");
  auto const tables = make_tables(tables_seed);
  write_tables(tables, folder.path());
  auto const submissions = make_submissions(tables, submissions_seed, count);
  Compared out;
  out.by_hand = "submission,outcome,criteria\n";
  {
    std::ofstream lines(folder.path() + "/submissions.jsonl");
    for (auto const& submission : submissions) {
      lines << submission.json << '\n';
      out.by_hand += decide_by_hand(submission, tables) + "\n";
    }
  }
  std::string const root = WAYMARK_ROOT;
  auto const ran = commands_test::run_program(
      {"review", root + "/tests/peers/peers.policy", "--workspace", root + "/tests/peers", "--evidence", folder.path(),
       "--submissions", folder.path() + "/submissions.jsonl", "--format", "csv", "--date", "2026-11-21"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  out.by_engine = ran.out;
  return out;
}

TEST(peers, the_measured_workload_gives_the_measured_decisions) {
  auto const count = divided(100'000);
  auto const [by_engine, by_hand] = decide(20240607, 777, count);
  ASSERT_EQ(by_engine.size(), by_hand.size());
  EXPECT_TRUE(by_engine == by_hand);
  if (count == 100'000) {
    EXPECT_EQ(values::hex(values::sha256(by_engine)),
              "f112d08079a39d77c68556d3429c5cdba24376b41291e21590c475dab9e30a9e");
  }
}

TEST(peers, other_seeds_agree_with_the_program_written_by_hand) {
  for (std::uint32_t const seed : {1U, 2U, 3U}) {
    auto const [by_engine, by_hand] = decide(20240607 + seed, 777 + 13 * seed, divided(20'000));
    EXPECT_TRUE(by_engine == by_hand) << "seed " << seed;
  }
}

}  // namespace
}  // namespace waymark::peers_test
