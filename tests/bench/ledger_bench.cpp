// What recording and verifying cost: bodies of 1.2 KB, submissions of 0.6 KB, on the disk that TMPDIR is on. Recording
// is timed as it is used, with the sync of each commit; its processor time is what it costs beside the disk.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "engine/ledger/verify.hpp"

namespace {

using namespace waymark::ledger;
namespace fs = std::filesystem;

constexpr std::uint64_t kVerified = 100'000;

template <class T>
T must(LedgerResult<T> result) {
  if (result) return *std::move(result);
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}

struct Scratch {
  fs::path path = fs::temp_directory_path() / fmt::format("waymark-bench-{}", ::getpid());
  Scratch() { fs::create_directories(path); }
  ~Scratch() { fs::remove_all(path); }
  std::string file() const { return (path / "l.db").string(); }
};

Writer writer_of(std::string path) {
  return must(Writer::open({std::move(path), SigningKey::of_seed(std::string(32, 'b')),
                            [] { return std::string("2026-11-21T09:30:00Z"); }, "waymark bench", 0}));
}

void decide(Writer& writer, std::uint64_t number) {
  auto const submission = fmt::format("{:0600}", number);
  auto const kept = must(writer.keep(submission));
  Object criteria;
  for (int i = 0; i < 24; ++i) criteria.text(fmt::format("criterion_{:02}", i), "cannot be told");
  Object fields;
  fields.put("received", Object().text("sha256", waymark::values::hex(kept)).json());
  fields.put("criteria", criteria.json()).text("outcome", "renew").text("note", std::string(90, 'x'));
  must(writer.append_decision(std::move(fields), {fmt::format("P{:08}", number), fmt::format("P{:08}", number), kept}));
}

void record(benchmark::State& state) {
  Scratch const folder;
  auto writer = writer_of(folder.file());
  auto const group = static_cast<std::uint64_t>(state.range(0));
  std::uint64_t number = 0;
  for (auto _ : state) {
    for (std::uint64_t i = 0; i < group; ++i) decide(writer, number++);
    must(writer.commit());
  }
  auto const decisions = static_cast<double>(state.iterations()) * static_cast<double>(group);
  state.counters["per_decision"] =
      benchmark::Counter(decisions, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  auto const body = must(must(Reader::open(folder.file())).entry(1)).value().body;
  state.counters["body_bytes"] = static_cast<double>(body.size());
}
BENCHMARK(record)->Arg(100)->Iterations(500)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();
BENCHMARK(record)->Arg(2048)->Iterations(25)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();

void verify_whole(benchmark::State& state) {
  Scratch const folder;
  {
    auto writer = writer_of(folder.file());
    for (std::uint64_t i = 0; i < kVerified; ++i) {
      decide(writer, i);
      if (i % 2048 == 2047 || i + 1 == kVerified) must(writer.commit());
    }
  }
  for (auto _ : state) {
    if (!must(verify({folder.file(), std::nullopt, std::nullopt})).holds()) state.SkipWithError("it does not hold");
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(kVerified) * state.iterations());
}
BENCHMARK(verify_whole)->Iterations(3)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
