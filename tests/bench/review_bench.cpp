// What deciding alone costs on the speed workload (tests/peers): 100,000 submissions that stand in memory, in batches,
// reviewed again and again by one run.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/commands/reviewer.hpp"
#include "tests/peers/workload.hpp"

namespace {

namespace fs = std::filesystem;
using namespace waymark;

constexpr std::size_t kSubmissions = 100'000;

// The same policy with thresholds of twice the number or share; those that are dates stay.
check::Program with_other_thresholds(check::Program program) {
  std::set<check::ValueId> numbers;
  for (auto const& threshold : program.thresholds) {
    for (auto const& row : threshold.rows) {
      auto const* share = std::get_if<check::PercentOf>(&program.values[row.value].node);
      numbers.insert(share == nullptr ? row.value : share->by);
    }
  }
  for (auto const id : numbers) {
    auto* number = std::get_if<check::Constant>(&program.values[id].node);
    if (number != nullptr && program.values[id].type.kind != vocabulary::Kind::date) number->steps *= 2;
  }
  return program;
}

struct Workload {
  std::unique_ptr<commands::Reviewer> reviewer;
  std::string lines;
  check::Program changed;
  std::optional<review::Plan> changed_plan;

  Workload() {
    auto const folder = fs::temp_directory_path() / fmt::format("waymark-review-bench-{}", ::getpid());
    fs::create_directories(folder);
    auto const tables = peers_test::make_tables(20240607);
    peers_test::write_tables(tables, folder.string());
    std::string const peers = WAYMARK_ROOT "/tests/peers";
    reviewer = commands::prepare({peers + "/peers.policy", peers, folder.string(), "2026-11-21", ""}).reviewer;
    fs::remove_all(folder);
    if (!reviewer) std::exit(1);
    for (auto const& one : peers_test::make_submissions(tables, 777, kSubmissions)) lines += one.json + "\n";
    changed = with_other_thresholds(reviewer->program());
    changed_plan.emplace(changed, reviewer->evidence, reviewer->symbols);
  }

  std::vector<review::HeldCases> held(std::size_t size) {
    auto const reader =
        cases::open(cases::Format::json_lines, "submissions", cases::pull_from(lines), reviewer->case_setting());
    std::vector<review::HeldCases> out;
    for (;;) {
      auto batch = cases::empty_batch(reviewer->program().record, reviewer->program().vocabulary);
      while (batch.size() < size && reader->read(batch, size - batch.size())) {
      }
      if (batch.size() == 0) return out;
      out.emplace_back(std::move(batch));
    }
  }
};

Workload& workload() {
  static Workload made;
  return made;
}

// Under two policies in turn that differ in their thresholds, as whoever weighs a change does. By how many submissions
// stand in a batch.
void review_again(benchmark::State& state) {
  auto const& reviewer = *workload().reviewer;
  auto all = workload().held(static_cast<std::size_t>(state.range(0)));
  auto const& first = all.front().batch();
  std::vector<values::Date> const dates(first.size(), *reviewer.date);
  std::array runs = {review::Run(reviewer.plans.front(), reviewer.symbols, &first, dates),
                     review::Run(*workload().changed_plan, reviewer.symbols, &first, dates)};
  for (auto& cases : all) {  // so that what is kept is there when the time begins
    runs.front().again(cases, std::span(dates).first(cases.batch().size()));
    benchmark::DoNotOptimize(runs.front().outcomes());
  }
  std::size_t turn = 0;
  for (auto _ : state) {
    auto& run = runs.at(turn++ % runs.size());
    for (auto& cases : all) {
      run.again(cases, std::span(dates).first(cases.batch().size()));
      benchmark::DoNotOptimize(run.outcomes());
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(kSubmissions) * state.iterations());
}
BENCHMARK(review_again)->RangeMultiplier(2)->Range(128, 16384)->Unit(benchmark::kMillisecond);

// Of batches that do not stay: their facts are made into columns each time, as in a review of a file.
void review_batches(benchmark::State& state) {
  auto const& reviewer = *workload().reviewer;
  auto const all = workload().held(static_cast<std::size_t>(state.range(0)));
  std::vector<values::Date> const dates(all.front().batch().size(), *reviewer.date);
  review::Run run(reviewer.plans.front(), reviewer.symbols, &all.front().batch(), dates);
  for (auto _ : state) {
    for (auto const& cases : all) {
      run.again(&cases.batch(), std::span(dates).first(cases.batch().size()));
      benchmark::DoNotOptimize(run.outcomes());
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(kSubmissions) * state.iterations());
}
BENCHMARK(review_batches)->Arg(1024)->Unit(benchmark::kMillisecond);

// The same submissions over and over, so that they stand in the nearest caches: what is left is the work itself.
void review_one_batch_again(benchmark::State& state) {
  auto const& reviewer = *workload().reviewer;
  auto all = workload().held(static_cast<std::size_t>(state.range(0)));
  auto& cases = all.front();
  std::vector<values::Date> const dates(cases.batch().size(), *reviewer.date);
  review::Run run(reviewer.plans.front(), reviewer.symbols, &cases.batch(), dates);
  for (auto _ : state) {
    run.again(cases, dates);
    benchmark::DoNotOptimize(run.outcomes());
  }
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(review_one_batch_again)->RangeMultiplier(2)->Range(128, 4096)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
