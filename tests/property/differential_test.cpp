// The engine against the reference interpreter on 100,000 random pairs of a policy and a case. A difference is told
// with the seed, the number of the world and the case; WAYMARK_WORLD runs one world alone and prints its policy.
// WAYMARK_WORLDS and WAYMARK_CASES_OF_A_WORLD draw more policies with fewer cases each: 100000 with 1.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "tests/environment.hpp"
#include "tests/property/comparison.hpp"
#include "tests/property/worlds.hpp"

namespace waymark::property {
namespace {

std::size_t cases_of_a_world() { return tests::number_in_environment("WAYMARK_CASES_OF_A_WORLD", 50); }
std::size_t all_worlds() { return tests::number_in_environment("WAYMARK_WORLDS", 2000); }
constexpr std::size_t kParts = 8;  // of the worlds, each a test by itself: they run side by side
constexpr std::size_t kToldAtMost = 15;

std::string where(std::size_t world, std::size_t case_index) {
  return fmt::format("WAYMARK_SEED={} WAYMARK_WORLDS={} WAYMARK_CASES_OF_A_WORLD={} WAYMARK_WORLD={} case {}: ",
                     seed_of_run(), all_worlds(), cases_of_a_world(), world, case_index);
}

bool asked_for_one_world() { return std::getenv("WAYMARK_WORLD") != nullptr; }

/// Calls `each` with the number of every world of this run from `first` on, or with the one that was asked for.
template <class Each>
void for_every_world(std::size_t first, std::size_t all, Each const& each) {
  auto const asked = tests::number_in_environment("WAYMARK_WORLD", first);
  if (asked < first || asked >= first + all) return;
  if (asked_for_one_world()) return static_cast<void>(each(asked));
  auto const end = first + tests::divided(all);
  for (auto number = first; number < end; ++number) {
    if (!each(number)) return;
  }
}

// What follows from a difference hides it now and then: in some worlds every condition is compared, in a few every
// value.
Depth depth_in(std::size_t world) {
  if (asked_for_one_world() || world % 20 == 0) return Depth::values;
  return world % 4 == 1 ? Depth::conditions : Depth::answers;
}

// A run that was about other submissions before: the same in another order, now and then fewer, so that of all that it
// kept some serves again and some does not. It must answer as if it had just been made.
struct ReviewedBefore {
  ReviewedBefore(RandomWorld& world, review::Plan const& plan, std::size_t number)
      : submissions(world.submissions.rbegin(), world.submissions.rend()) {
    if (number % 4 == 1 && submissions.size() > 1) submissions.pop_back();
    batch = batch_of(submissions, world.words);
    run.emplace(plan, world.symbols, &batch, dates_of(submissions));
    static_cast<void>(run->outcomes());
    reference::World const judged{world.program, world.evidence, world.symbols, &batch};
    static_cast<void>(difference(judged, *run, 0, Depth::conditions));
  }

  std::vector<Submission> submissions;
  cases::Batch batch;
  std::optional<review::Run> run;
};

class Differential : public testing::TestWithParam<std::size_t> {};

TEST_P(Differential, engine_and_reference_agree) {
  std::size_t told = 0;
  for_every_world(GetParam() * all_worlds() / kParts, all_worlds() / kParts, [&](std::size_t number) {
    auto const world = some_world(seed_of_part(seed_of_run(), number), cases_of_a_world(), {});
    auto const batch = batch_of(world->submissions, world->words);
    review::Plan const plan(world->program, world->evidence, world->symbols);
    reference::World const judged{world->program, world->evidence, world->symbols, &batch};
    review::Run made(plan, world->symbols, &batch, dates_of(world->submissions));
    std::optional<ReviewedBefore> before;
    if (number % 2 == 1) before.emplace(*world, plan, number);
    if (before) before->run->again(&batch, dates_of(world->submissions));
    auto& run = before ? *before->run : made;
    // Now and then of cases that stay in memory, whose columns another review made already.
    std::optional<review::HeldCases> held;
    if (number % 4 >= 2) {
      held.emplace(batch);
      review::Run other(plan, world->symbols, &held->batch(), dates_of(world->submissions));
      // Now and then all of them on one date, which is not everyone's.
      auto dates = dates_of(world->submissions);
      if (number % 8 >= 4) std::fill(dates.begin(), dates.end(), dates.back());
      other.again(*held, dates);
      static_cast<void>(other.outcomes());
      run.again(*held, dates_of(world->submissions));
    }
    for (std::uint32_t i = 0; i < batch.size(); ++i) {
      auto const found = difference(judged, run, i, depth_in(number));
      if (!found) continue;
      ADD_FAILURE() << where(number, i) << *found
                    << (asked_for_one_world() ? "\n" + described(*world) + described(*world, i) : "");
      ++told;
      break;
    }
    return told < kToldAtMost;
  });
}

INSTANTIATE_TEST_SUITE_P(part, Differential, testing::Range(std::size_t{0}, kParts));

// Policies that only list: no cases, one date.
TEST(DifferentialLists, of_policies_that_only_list) {
  for_every_world(0, all_worlds() / 4, [&](std::size_t number) {
    auto const world = some_world(seed_of_part(seed_of_run(), number), 1, {.lists_only = true});
    auto const& program = world->program;
    auto const date = world->submissions.front().date;
    review::Plan const plan(program, world->evidence, world->symbols);
    review::Run run(plan, world->symbols, nullptr, {date});
    reference::Interpreter const judge({program, world->evidence, world->symbols}, 0, date);
    for (check::ListId id = 0; id < program.lists.size(); ++id) {
      auto engine = run.list(id, date);
      std::erase_if(engine, [](auto const& member) { return member.second == values::kNo; });
      auto judged = judge.list(id).value_or(std::map<values::Symbol, values::Truth>());
      std::erase_if(judged, [](auto const& member) { return member.second == values::kNo; });
      EXPECT_EQ(engine, judged) << where(number, 0) << program.lists[id].shown << "\n" << described(*world);
    }
    return !testing::Test::HasFailure();
  });
}

}  // namespace
}  // namespace waymark::property
