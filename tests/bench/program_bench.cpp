// What the program itself costs on the speed workload (tests/peers): processor time of a whole run, user and system, on
// one thread. Recording is the difference of two: `review_recorded` less `review`.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/peers/workload.hpp"

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSubmissions = 100'000;
constexpr int kTimes = 3;

struct Workload {
  fs::path folder = fs::temp_directory_path() / fmt::format("waymark-program-bench-{}", ::getpid());
  Workload() {
    fs::create_directories(folder);
    using namespace waymark::peers_test;
    auto const tables = make_tables(kMeasuredTables);
    write_tables(tables, folder.string());
    write_submissions(tables, kMeasuredSubmissions, kSubmissions, submissions());
  }
  ~Workload() { fs::remove_all(folder); }
  std::string submissions() const { return (folder / "submissions.jsonl").string(); }
  std::string ledger() const { return (folder / "ledger.db").string(); }
  void forget_ledger() const {
    for (auto const* suffix : {"", "-wal", "-shm", ".key", ".writer"}) fs::remove(ledger() + suffix);
  }
  std::vector<std::string> review() const {
    std::string const peers = WAYMARK_ROOT "/tests/peers";
    return {"review",     peers + "/peers.policy", "--workspace", peers,      "--evidence", folder.string(), "--date",
            "2026-11-21", "--submissions",         submissions(), "--format", "csv",        "--threads",     "1"};
  }
};

Workload const& workload() {
  static Workload const made;
  return made;
}

double seconds(timeval const& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// Runs the program and gives its processor time; what it prints is of no interest here.
double run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), WAYMARK_PROGRAM);
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  auto const child = ::fork();
  if (child == 0) {
    auto const nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::execv(WAYMARK_PROGRAM, pointers.data());
    std::_Exit(127);
  }
  int status = 0;
  rusage used{};
  if (::wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::fprintf(stderr, "%s %s failed\n", WAYMARK_PROGRAM, arguments[1].c_str());
    std::exit(1);
  }
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void tell(benchmark::State& state) {
  state.counters["per_decision"] = benchmark::Counter(
      static_cast<double>(kSubmissions), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void review(benchmark::State& state) {
  auto const& data = workload();
  for (auto _ : state) state.SetIterationTime(run(data.review()));
  tell(state);
}
BENCHMARK(review)->Iterations(kTimes)->Unit(benchmark::kMillisecond)->UseManualTime();

void review_recorded(benchmark::State& state) {
  auto const& data = workload();
  auto recorded = data.review();
  recorded.insert(recorded.end(), {"--ledger", data.ledger()});
  for (auto _ : state) {
    data.forget_ledger();
    state.SetIterationTime(run(recorded));
  }
  tell(state);
}
BENCHMARK(review_recorded)->Iterations(kTimes)->Unit(benchmark::kMillisecond)->UseManualTime();

void audit_verify(benchmark::State& state) {
  auto const& data = workload();
  for (auto _ : state) state.SetIterationTime(run({"audit", "verify", data.ledger()}));
  tell(state);
}
BENCHMARK(audit_verify)->Iterations(kTimes)->Unit(benchmark::kMillisecond)->UseManualTime();

}  // namespace

BENCHMARK_MAIN();
