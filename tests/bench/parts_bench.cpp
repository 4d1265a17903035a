// What each part of the way from files to decisions costs: reading a policy, evidence and submissions; each kind of
// condition and of figure; writing an explanation.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "engine/explain/explain.hpp"
#include "tests/bench/prepared.hpp"
#include "tests/bench/scaled.hpp"

namespace {

using namespace waymark;
using namespace waymark::bench;

constexpr std::size_t kCriteria = 1'000;  // of some 10,000 lines
constexpr std::size_t kRows = 100'000;
constexpr std::size_t kSubmissions = 4'096;

void count(benchmark::State& state, char const* what, double each_time) {
  state.counters[what] = benchmark::Counter(each_time, benchmark::Counter::kIsIterationInvariantRate);
}

// --- Reading ---------------------------------------------------------------------------------------------------------

void policy_parsed(benchmark::State& state) {
  auto const text = scaled_policy(kCriteria);
  for (auto _ : state) {
    grammar::Sources sources;
    auto const id = sources.add("made.policy", text);
    benchmark::DoNotOptimize(grammar::parse(sources, id, grammar::FileKind::policy));
  }
  count(state, "lines", static_cast<double>(std::count(text.begin(), text.end(), '\n')));
}
BENCHMARK(policy_parsed)->Unit(benchmark::kMillisecond);

void policy_parsed_and_checked(benchmark::State& state) {
  auto const text = scaled_policy(kCriteria), words = scaled_vocabulary();
  for (auto _ : state) {
    grammar::Sources sources;
    benchmark::DoNotOptimize(checked(sources, words, text));
  }
  count(state, "lines", static_cast<double>(std::count(text.begin(), text.end(), '\n')));
}
BENCHMARK(policy_parsed_and_checked)->Unit(benchmark::kMillisecond);

void evidence_read(benchmark::State& state) {
  auto const file = workload_folder() + "/scaled.csv";
  std::ofstream(file) << scaled_wages(kRows);
  evidence::Manifest manifest;
  manifest.folder = workload_folder();
  manifest.releases.emplace_back();
  manifest.releases.back().source = "wages";
  manifest.releases.back().file = "scaled.csv";
  grammar::Sources sources;
  auto const policy = checked(sources, scaled_vocabulary(), scaled_policy(12));
  for (auto _ : state) {
    values::Symbols symbols;
    benchmark::DoNotOptimize(evidence_of(manifest, *policy.on(review_date()), symbols));
  }
  count(state, "rows", kRows);
}
BENCHMARK(evidence_read)->Unit(benchmark::kMillisecond);

std::string workload_policy() { return read_text(WAYMARK_ROOT "/tests/peers/peers.policy"); }

void submissions_read(benchmark::State& state) {
  Prepared prepared(workload_policy(), 1);
  auto const lines = submission_lines(kSubmissions);
  auto& symbols = prepared.symbols();
  for (auto _ : state) benchmark::DoNotOptimize(batch_of(lines, prepared.program(), symbols));
  count(state, "submissions", kSubmissions);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(lines.size()));
}
BENCHMARK(submissions_read)->Unit(benchmark::kMillisecond);

// --- Deciding --------------------------------------------------------------------------------------------------------

// A policy of `many` criteria that ask alike, each by its own threshold so that none is another's twin. `{0}` in the
// condition and in the figure is the criterion's number, `floor {0}` its threshold.
struct Kind {
  std::string unit, amount;  ///< of the threshold
  std::string condition;
  std::string figure = {};  ///< what `found {0}` is, where the condition asks for that
};

std::string policy_of(Kind const& kind, std::size_t many) {
  std::string out =
      "Policy: one kind\n  Authority: nobody\n  Reviews: pathway\n  Uses: benchmark pathways\n"
      "  In force: from 2020-01-01\n  Note: every number here is illustrative.\n\n";
  std::string members;
  for (std::size_t i = 0; i < many; ++i) {
    auto const word = fmt::format("q{:c}{:c}", static_cast<char>('b' + i / 20), static_cast<char>('b' + i % 20));
    auto const filled = [&](std::string const& text) { return fmt::format(fmt::runtime(text), word, i + 1); };
    out += filled("Threshold: floor {0}, in " + kind.unit + " [illustrative]\n  from 2020-01-01: " + kind.amount +
                  "\n  continues until changed\n\n");
    if (!kind.figure.empty()) out += filled("Figure: found {0}, " + kind.figure + "\n\n");
    out += filled("Criterion: check {0} [§ {1}]\n  Met when" + kind.condition + "\n\n");
    members += "  check " + word + "\n";
  }
  return out + "Group: checks made\n" + members +
         "\nDecision: pathway\n  Deny when: at least 3 of checks made are found not met\n"
         "  Conditional when: at least 1 of checks made are found not met\n  Approve otherwise\n";
}

constexpr std::size_t kAlike = 100;

// One condition of a kind, for one submission: the time of a policy with a hundred, by a hundred.
void deciding(benchmark::State& state, Kind const& kind) {
  Prepared const prepared(policy_of(kind, kAlike), kSubmissions);
  for (auto _ : state) {
    auto run = prepared.run();
    benchmark::DoNotOptimize(run.outcomes());
  }
  state.counters["each"] =
      benchmark::Counter(static_cast<double>(kSubmissions * kAlike),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void add_kinds() {
  std::string const at_least = ": found {0} is at least floor {0}";
  std::string const here = " for the pathway's occupations, the pathway's region";
  std::map<std::string, Kind> const kinds = {
      {"condition/number", {"students", "{1} students", ": enrollment is at least floor {0}"}},
      {"condition/date", {"a date", "2{1:03}-07-01", ": last decided is on or after floor {0}"}},
      {"condition/choice", {"students", "{1} students", ": request is new"}},
      {"condition/share", {"students", "{1} percent of enrollment", ": concentrators is at least floor {0}"}},
      {"condition/all_of_two",
       {"students", "{1} students",
        " all of:\n    - enrollment is at least floor {0}\n    - the pathway has an articulation agreement"}},
      {"condition/any_of_two",
       {"students", "{1} students",
        " any of:\n    - enrollment is at least floor {0}\n    - the pathway has an articulation agreement"}},
      {"condition/every_group",
       {"students", "{1} students", ": for every student group, group size is less than floor {0}"}},
      {"figure/difference",
       {"percentage points", "{1} percentage points", ": for every student group, found {0} is at most floor {0}",
        "in percentage points, for each student group\n  = overall completion rate minus group completion rate"}},
      {"figure/lookup",
       {"dollars per hour", "${1} per hour", at_least,
        "in dollars per hour\n  = living wage in living wages for the pathway's region"}},
      {"figure/highest",
       {"dollars per hour", "${1} per hour", at_least,
        "in dollars per hour\n  = highest of median wage in wages" + here}},
      {"figure/total",
       {"openings per year", "{1} openings per year", at_least,
        "in openings per year\n  = total of annual openings in outlook" + here}},
      {"figure/complete_total",
       {"openings per year", "{1} openings per year", at_least,
        "in openings per year\n  = complete total of annual openings in outlook" + here}},
      {"figure/number_of",
       {"credentials", "{1} credentials", at_least,
        "in credentials\n  = number of priority credentials for the pathway's program, the pathway's credentials"}},
  };
  for (auto const& [name, kind] : kinds) {
    benchmark::RegisterBenchmark(name.c_str(), [kind = kind](benchmark::State& state) {
      deciding(state, kind);
    })->Unit(benchmark::kMillisecond);
  }
}

void workload_decided(benchmark::State& state) {
  Prepared const prepared(workload_policy(), kSubmissions);
  for (auto _ : state) {
    auto run = prepared.run();
    benchmark::DoNotOptimize(run.outcomes());
  }
  count(state, "decisions", kSubmissions);
}
BENCHMARK(workload_decided)->Unit(benchmark::kMillisecond);

// --- Explaining ------------------------------------------------------------------------------------------------------

// Whatever is asked of a run is computed once: the first round, which is not timed, has all of it.
void explained(benchmark::State& state, explain::Detail detail) {
  constexpr std::uint32_t kExplained = 64;
  Prepared const prepared(workload_policy(), kExplained);
  auto run = prepared.run();
  std::size_t bytes = 0;
  auto const all = [&] {
    bytes = 0;
    for (std::uint32_t i = 0; i < kExplained; ++i) {
      bytes +=
          explain::decision_json({run, prepared.program(), prepared.symbols(), prepared.batch(), i, {}}, {}, detail)
              .size();
    }
  };
  all();
  for (auto _ : state) all();
  count(state, "decisions", kExplained);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}
BENCHMARK_CAPTURE(explained, no_reasons, explain::Detail::none)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(explained, short_reasons, explain::Detail::short_reasons)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(explained, in_full, explain::Detail::full)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  add_kinds();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
