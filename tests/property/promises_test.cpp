// What docs/language.md promises of every policy, on random ones: what a missing fact may do, and what an order may
// not.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/environment.hpp"
#include "tests/property/changes.hpp"
#include "tests/property/comparison.hpp"

namespace waymark::property {
namespace {

constexpr std::size_t kCasesOfAWorld = 20;
constexpr Taste kPlain{false};  // without found, cannot be told, waivers and fallbacks

std::string where(std::size_t world, std::size_t case_index) {
  return fmt::format("WAYMARK_SEED={} world {} case {}: ", seed_of_run(), world, case_index);
}

std::vector<review::Outcome> outcomes(check::Program const& program, evidence::Evidence const& evidence,
                                      values::Symbols& symbols, std::vector<Submission> const& submissions) {
  auto const batch = batch_of(submissions, program.vocabulary);
  review::Plan const plan(program, evidence, symbols);
  review::Run run(plan, symbols, &batch, dates_of(submissions));
  auto const all = run.outcomes();
  std::vector<review::Outcome> out;
  for (std::size_t i = 0; i < all.size(); ++i) out.push_back(all[i]);
  return out;
}

/// The rows kept in each decision that may be the one, whatever the order of the decisions.
std::multiset<std::vector<std::uint32_t>> kept_of_open(review::Outcome const& outcome) {
  std::multiset<std::vector<std::uint32_t>> out;
  for (auto const& open : outcome.open) out.insert(open.kept);
  return out;
}

bool same(review::Outcome const& a, review::Outcome const& b) {
  return a.kind == b.kind && a.decision == b.decision && a.kept == b.kept && a.row == b.row &&
         kept_of_open(a) == kept_of_open(b);
}

/// Everything about one random world that a promise needs.
struct Trial {
  std::size_t number = 0;
  Random random;
  std::unique_ptr<RandomWorld> world;

  Trial(std::size_t n, Taste taste)
      : number(n),
        random(seed_of_part(seed_of_run() + 1, n)),
        world(some_world(seed_of_part(seed_of_run(), n), kCasesOfAWorld, taste)) {}
  std::vector<review::Outcome> outcomes() {
    return property::outcomes(world->program, world->evidence, world->symbols, world->submissions);
  }
};

template <class Each>
void for_every_trial(std::size_t all, Taste taste, Each const& each) {
  auto const count = tests::divided(all);
  for (std::size_t number = 0; number < count && !testing::Test::HasFailure(); ++number) {
    Trial trial(number, taste);
    each(trial);
  }
}

// With less known, what was decided stays as it was or needs information. Counts how often each came, so that a test in
// which nothing was ever decided fails.
struct WhatBecame {
  std::size_t stayed = 0, needs = 0;

  void look(Trial const& trial, std::size_t i, review::Outcome const& before, review::Outcome const& after,
            std::string const& what) {
    using Kind = review::Outcome::Kind;
    if (before.kind == Kind::reported) {
      EXPECT_TRUE(after.kind == Kind::reported || after.kind == Kind::needs_information)
          << where(trial.number, i) << what << " turned " << shown(before) << " into " << shown(after);
    }
    if (before.kind != Kind::decided) return;
    if (after.kind == Kind::needs_information) {
      ++needs;
      return;
    }
    ++stayed;
    auto const& rows = trial.world->program.decisions[before.decision].rows;
    bool const alike = after.kind == Kind::decided && after.decision == before.decision &&
                       rows[after.kept.front()].shown == rows[before.kept.front()].shown;
    EXPECT_TRUE(alike) << where(trial.number, i) << what << " turned " << shown(before) << " into " << shown(after)
                       << "\n"
                       << described(*trial.world);
  }
};

TEST(Promises, a_missing_fact_never_turns_one_outcome_into_another) {
  WhatBecame became;
  for_every_trial(600, kPlain, [&](Trial& trial) {
    auto const before = trial.outcomes();
    for (int again = 0; again < 6; ++again) {
      auto fewer = trial.world->submissions;
      for (auto& submission : fewer) {
        submission = without_one_fact(submission, trial.world->words, trial.random).value_or(submission);
      }
      auto const after = outcomes(trial.world->program, trial.world->evidence, trial.world->symbols, fewer);
      for (std::size_t i = 0; i < before.size(); ++i) became.look(trial, i, before[i], after[i], "a fact left out");
    }
  });
  EXPECT_GT(became.stayed, 0U);
  EXPECT_GT(became.needs, 0U);
}

TEST(Promises, a_suppressed_cell_never_turns_one_outcome_into_another) {
  WhatBecame became;
  for_every_trial(2400, kPlain, [&](Trial& trial) {
    auto const before = trial.outcomes();
    for (int again = 0; again < 6; ++again) {
      auto const less = without_one_cell(trial.world->evidence, trial.world->program, trial.random);
      if (!less) continue;
      auto const after = outcomes(trial.world->program, *less, trial.world->symbols, trial.world->submissions);
      for (std::size_t i = 0; i < before.size(); ++i) became.look(trial, i, before[i], after[i], "a cell left out");
    }
  });
  EXPECT_GT(became.stayed, 0U);
  EXPECT_GT(became.needs, 0U);
}

TEST(Promises, a_batch_is_as_many_batches_of_one) {
  for_every_trial(300, {}, [&](Trial& trial) {
    auto const together = trial.outcomes();
    for (std::size_t i = 0; i < together.size(); ++i) {
      auto const alone =
          outcomes(trial.world->program, trial.world->evidence, trial.world->symbols, {trial.world->submissions[i]});
      EXPECT_TRUE(same(together[i], alone.front()))
          << where(trial.number, i) << shown(together[i]) << " alone " << shown(alone.front());
    }
  });
}

TEST(Promises, the_order_of_the_input_does_not_matter) {
  for_every_trial(300, {}, [&](Trial& trial) {
    auto const before = trial.outcomes();
    auto backwards = trial.world->submissions;
    std::reverse(backwards.begin(), backwards.end());
    auto after = outcomes(trial.world->program, trial.world->evidence, trial.world->symbols, backwards);
    std::reverse(after.begin(), after.end());
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_TRUE(same(before[i], after[i]))
          << where(trial.number, i) << shown(before[i]) << " then " << shown(after[i]);
    }
  });
}

TEST(Promises, the_order_of_list_members_and_of_published_rows_does_not_matter) {
  for_every_trial(300, {}, [&](Trial& trial) {
    auto const before = trial.outcomes();
    auto shuffled = trial.world->submissions;
    for (auto& submission : shuffled) {
      submission = with_lists_shuffled(submission, trial.world->words, trial.random);
    }
    auto const rows = with_rows_shuffled(trial.world->evidence, trial.random);
    auto const after = outcomes(trial.world->program, rows, trial.world->symbols, shuffled);
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_TRUE(same(before[i], after[i]))
          << where(trial.number, i) << shown(before[i]) << " then " << shown(after[i]);
    }
  });
}

TEST(Promises, the_order_of_criteria_thresholds_and_items_does_not_matter) {
  for_every_trial(300, {}, [&](Trial& trial) {
    auto& world = *trial.world;
    auto const changed = reordered(world.program, trial.random);
    auto const batch = batch_of(world.submissions, world.words);
    review::Plan const plan(world.program, world.evidence, world.symbols);
    review::Plan const other_plan(changed.program, world.evidence, world.symbols);
    review::Run before(plan, world.symbols, &batch, dates_of(world.submissions));
    review::Run after(other_plan, world.symbols, &batch, dates_of(world.submissions));
    for (std::uint32_t i = 0; i < batch.size(); ++i) {
      auto const& first = before.outcomes()[i];
      auto const& second = after.outcomes()[i];
      EXPECT_EQ(first.kind, second.kind) << where(trial.number, i);
      EXPECT_EQ(first.kept, second.kept) << where(trial.number, i);
      EXPECT_EQ(kept_of_open(first), kept_of_open(second)) << where(trial.number, i);
      for (check::CriterionId id = 0; id < world.program.criteria.size(); ++id) {
        EXPECT_EQ(before.status(id, i), after.status(changed.criteria[id], i)) << where(trial.number, i);
      }
    }
  });
}

}  // namespace
}  // namespace waymark::property
