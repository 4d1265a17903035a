// Reviewing what is in memory again allocates nothing: of the speed workload (tests/peers), batch by batch. This
// program counts what `new` hands out; it is by itself so that no other test is slowed or deceived.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "engine/commands/reviewer.hpp"
#include "tests/peers/workload.hpp"

namespace {
std::atomic<std::size_t> handed_out = 0;
}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
  ++handed_out;
  if (auto* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, std::nothrow_t const& /*tag*/) noexcept {
  ++handed_out;
  return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }

namespace waymark::allocations_test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatch = 512;
constexpr std::size_t kBatches = 8;

std::vector<cases::Batch> batches_of(std::string const& lines, cases::Setting const& setting) {
  auto const reader = cases::open(cases::Format::json_lines, "submissions", cases::pull_from(lines), setting);
  std::vector<cases::Batch> out;
  for (;;) {
    auto batch = cases::empty_batch(setting.record, setting.vocabulary);
    while (batch.size() < kBatch && reader->read(batch, kBatch - batch.size())) {
    }
    if (batch.size() == 0) return out;
    out.push_back(std::move(batch));
  }
}

void expect_no_allocations(bool stay_in_memory) {
  auto const folder = fs::temp_directory_path() / fmt::format("waymark-allocations-{}", ::getpid());
  fs::create_directories(folder);
  auto const tables = peers_test::make_tables(20240607);
  peers_test::write_tables(tables, folder.string());
  std::string const peers = WAYMARK_ROOT "/tests/peers";
  auto const prepared = commands::prepare({peers + "/peers.policy", peers, folder.string(), "2026-11-21", ""});
  fs::remove_all(folder);
  ASSERT_NE(prepared.reviewer, nullptr);
  auto& reviewer = *prepared.reviewer;
  std::string lines;
  auto const submissions = peers_test::make_submissions(tables, 777, kBatch * kBatches);
  for (auto const& one : submissions) lines += one.json + "\n";
  auto const batches = batches_of(lines, reviewer.case_setting());
  std::vector<review::HeldCases> held(batches.begin(), batches.end());
  std::vector<values::Date> const dates(kBatch, *reviewer.date);
  auto const& decisions = reviewer.program().decisions;
  auto const& outcomes = reviewer.program().vocabulary.choices[reviewer.program().outcomes].entries;

  review::Run run(reviewer.plans.front(), reviewer.symbols, &batches.front(), dates);
  for (int round = 0; round < 3; ++round) {
    for (std::size_t b = 0; b < batches.size(); ++b) {
      auto const before = handed_out.load();
      stay_in_memory ? run.again(held[b], dates) : run.again(&batches[b], dates);
      auto const decided = run.outcomes();
      if (round == 0) continue;
      EXPECT_EQ(handed_out.load() - before, 0U) << "round " << round << ", batch " << b;
      // What it decides is what it should: nothing is saved by deciding nothing.
      for (std::size_t i = 0; i < decided.size(); ++i) {
        auto const& one = decided[i];
        auto const& by_hand = peers_test::decide_by_hand(submissions[b * kBatch + i], tables);
        auto const named = one.kind == review::Outcome::Kind::needs_information
                               ? std::string("needs information")
                               : outcomes[decisions[one.decision].rows[one.row].outcome].shown;
        ASSERT_NE(by_hand.find("," + named + ","), std::string::npos) << by_hand << " is not " << named;
      }
    }
  }
}

TEST(Again, allocates_nothing) { expect_no_allocations(false); }
TEST(Again, allocates_nothing_for_cases_that_stay_in_memory) { expect_no_allocations(true); }

}  // namespace
}  // namespace waymark::allocations_test
