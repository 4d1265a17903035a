// Cases that stay in memory: what was looked up for them once serves again, and only where it would be found again.
#include <gtest/gtest.h>

#include <compare>

#include "engine/review/held.hpp"
#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using grammar::Aggregate;

constexpr auto kNone = check::kNone;

// Openings of a town, of which a policy wants so many.
struct Towns {
  World world;
  vocabulary::SourceId source = 0;
  ValueId openings = 0, wanted = 0;
  ConditionId enough = 0;

  explicit Towns(Aggregate aggregate = Aggregate::none) {
    auto const town = world.fact("town", text_type());
    world.fact("towns", list_of(text_type()));
    source = world.source("outlook", {text_type()}, {count_type()});
    check::KeyBinding const key =
        aggregate == Aggregate::none ? check::KeyBinding{town, {}} : check::KeyBinding{kNone, world.list_fact("towns")};
    openings = world.add(check::SourceLookup{aggregate, false, source, 0, {key}, {}}, count_type());
    wanted = world.number(50);
    enough = world.at_least(openings, wanted);
    world.criterion(enough);
    for (auto const* name : {"Dover", "Lewes"}) world.set_word("town", name, world.add_case());
    world.set_words("towns", {"Dover", "Lewes"}, 0);
    world.set_words("towns", {"Lewes", "Milford"}, 1);
  }

  void say(Steps dover, Steps lewes, std::optional<values::Date> released = std::nullopt) {
    world.release(source, {{{"Dover"}, {exactly(dover)}}, {{"Lewes"}, {exactly(lewes)}}}, released);
  }
  // In two releases; on the day `before` only the first is known.
  void say_twice() {
    say(40, 60, values::date_of(2025, 1, 1));
    say(70, 80, values::date_of(2026, 6, 1));
  }
  values::Date before = values::date_of(2026, 1, 1);
  // In the very place where the first table stands.
  evidence::Table& change_dover(Steps openings_there) {
    auto& table = world.evidence.releases[source].front().table;
    table.columns.front().lowest.front() = table.columns.front().highest.front() = openings_there;
    return table;
  }
};

struct Again {
  explicit Again(World& of)
      : world(of), plan(of.program, of.evidence, of.symbols), run(plan, of.symbols, &of.batch, of.dates) {}
  Run& on(HeldCases& held, values::Date date) {
    std::vector<values::Date> const dates(world.batch.size(), date);
    run.again(held, dates);
    return run;
  }
  Run& on(HeldCases& held) { return on(held, world.review_date); }

  World& world;
  Plan plan;
  Run run;
};

Steps lowest(Run& run, ValueId value, std::uint32_t case_index) {
  return static_cast<Steps>(run.value(value, {0, case_index}).lowest.numerator);
}

TEST(Held, another_policy_gets_what_was_looked_up_for_the_first) {
  Towns towns;
  towns.say(40, 60);
  HeldCases held(towns.world.batch);
  Again first(towns.world);
  EXPECT_EQ(first.on(held).truth(towns.enough, {0, 0}), values::kNo);
  EXPECT_EQ(first.run.truth(towns.enough, {0, 1}), values::kYes);

  // What is not looked up again is not seen to have changed.
  towns.change_dover(20);
  std::get<check::Constant>(towns.world.program.values[towns.wanted].node).steps = 30;
  Again second(towns.world);
  EXPECT_EQ(second.on(held).truth(towns.enough, {0, 0}), values::kYes);
  EXPECT_EQ(lowest(second.run, towns.openings, 0), 40);
  EXPECT_EQ(lowest(second.run, towns.openings, 1), 60);
}

TEST(Held, each_release_is_looked_up_by_itself) {
  Towns towns;
  towns.say_twice();
  HeldCases held(towns.world.batch);
  Again again(towns.world);
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(lowest(again.on(held, towns.before), towns.openings, 0), 40);
    EXPECT_EQ(lowest(again.on(held), towns.openings, 0), 70);
  }
}

TEST(Held, a_table_that_was_read_anew_is_another_table) {
  Towns towns;
  towns.say(40, 60);
  HeldCases held(towns.world.batch);
  EXPECT_EQ(lowest(Again(towns.world).on(held), towns.openings, 0), 40);
  towns.change_dover(90).index();
  EXPECT_EQ(lowest(Again(towns.world).on(held), towns.openings, 0), 90);
}

// Of the same rows: each aggregate is another question.
TEST(Held, what_differs_in_what_is_asked_is_looked_up_by_itself) {
  Towns towns(Aggregate::total);
  towns.say(40, 60);
  auto& world = towns.world;
  auto const ask = [&](Aggregate aggregate, bool complete, std::uint32_t percentile = 50) {
    auto const column = aggregate == Aggregate::number ? kNone : 0;
    check::SourceLookup node{aggregate, complete, towns.source, column, {{kNone, world.list_fact("towns")}}, {}};
    node.percentile = percentile;
    return world.add(node, count_type());
  };
  std::vector<ValueId> const asked = {ask(Aggregate::total, false),          ask(Aggregate::total, true),
                                      ask(Aggregate::highest, false),        ask(Aggregate::lowest, false),
                                      ask(Aggregate::number, false),         ask(Aggregate::percentile, false, 10),
                                      ask(Aggregate::percentile, false, 90), ask(Aggregate::average, false)};
  for (auto const id : asked) world.criterion(world.at_least(id, world.number(1)));
  auto& fresh = world.run();
  HeldCases held(world.batch);
  Again again(world);
  for (int time = 0; time < 2; ++time) {
    auto& run = again.on(held);
    for (std::uint32_t i = 0; i < world.batch.size(); ++i) {
      for (auto const id : asked) {
        auto const a = run.value(id, {0, i});
        auto const b = fresh.value(id, {0, i});
        EXPECT_TRUE(std::is_eq(values::compare(a.lowest, b.lowest))) << id << " of case " << i;
        EXPECT_TRUE(std::is_eq(values::compare(a.highest, b.highest))) << id << " of case " << i;
      }
    }
  }
}

// A key that hangs on a threshold hangs on the policy.
TEST(Held, what_a_threshold_names_is_looked_up_for_each_policy) {
  Towns towns;
  towns.say(40, 60);
  auto& world = towns.world;
  auto const dover = world.word("Dover");
  auto const lewes = world.word("Lewes");
  auto const threshold = world.threshold({world.row("2020-01-01", dover)});
  auto const named = world.threshold_value(threshold, text_type());
  auto const openings =
      world.add(check::SourceLookup{Aggregate::none, false, towns.source, 0, {{named, {}}}, {}}, count_type());
  world.criterion(world.at_least(openings, towns.wanted));
  HeldCases held(world.batch);
  EXPECT_EQ(lowest(Again(world).on(held), openings, 0), 40);
  world.program.thresholds[threshold].rows.front().value = lewes;
  EXPECT_EQ(lowest(Again(world).on(held), openings, 0), 60);
}

TEST(Held, no_more_is_kept_than_is_worth_its_memory) {
  HeldFacts facts{cases::Batch()};
  std::vector<Steps> const found = {1, 2, 3};
  HeldLookup asked;
  for (std::uint64_t table = 1; table <= 1000; ++table) {
    asked.table = table;
    facts.keep(asked, Column::of(found));
  }
  asked.table = 1;
  ASSERT_NE(facts.lookup(asked), nullptr);
  EXPECT_EQ(facts.lookup(asked)->whole(2).lowest, 3);
  asked.table = 1000;
  EXPECT_EQ(facts.lookup(asked), nullptr);
}

// By other facts, or by the same in other places.
TEST(Held, other_keys_are_another_question) {
  World world;
  auto const a = world.fact("a", text_type());
  auto const b = world.fact("b", text_type());
  auto const source = world.source("outlook", {text_type(), text_type()}, {count_type(), count_type()});
  auto const ask = [&](ValueId x, ValueId y, std::uint32_t column) {
    auto const id =
        world.add(check::SourceLookup{Aggregate::none, false, source, column, {{x, {}}, {y, {}}}, {}}, count_type());
    world.criterion(world.at_least(id, world.number(1)));
    return id;
  };
  std::vector<ValueId> const all = {ask(a, b, 0), ask(b, a, 0), ask(a, b, 1), ask(a, a, 0), ask(b, b, 1)};
  world.add_case();
  world.set_word("a", "X", 0);
  world.set_word("b", "Y", 0);
  world.release(source, {{{"X", "Y"}, {exactly(1), exactly(2)}},
                         {{"Y", "X"}, {exactly(3), exactly(4)}},
                         {{"X", "X"}, {exactly(5), exactly(6)}},
                         {{"Y", "Y"}, {exactly(7), exactly(8)}}});
  HeldCases held(world.batch);
  Again again(world);
  std::vector<Steps> const want = {1, 3, 2, 5, 8};
  for (int time = 0; time < 2; ++time) {
    auto& run = again.on(held);
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(lowest(run, all[i], 0), want[i]) << i;
  }
}

TEST(Held, cases_may_move) {
  Towns towns;
  towns.say(40, 60);
  HeldCases one(towns.world.batch);
  Again again(towns.world);
  EXPECT_EQ(lowest(again.on(one), towns.openings, 0), 40);
  HeldCases two(std::move(one));
  EXPECT_EQ(lowest(again.on(two), towns.openings, 0), 40);
  EXPECT_EQ(lowest(again.on(two), towns.openings, 1), 60);
}

TEST(Held, of_cases_of_several_dates_nothing_is_kept) {
  Towns towns;
  towns.say_twice();
  HeldCases held(towns.world.batch);
  Again again(towns.world);
  std::vector<values::Date> const mixed = {towns.before, towns.world.review_date};
  again.run.again(held, mixed);
  EXPECT_EQ(lowest(again.run, towns.openings, 0), 40);
  EXPECT_EQ(lowest(again.run, towns.openings, 1), 80);
  EXPECT_EQ(lowest(again.on(held, towns.before), towns.openings, 1), 60);
  again.run.again(held, mixed);
  EXPECT_EQ(lowest(again.run, towns.openings, 1), 80);
}

TEST(Held, a_total_that_is_too_large_is_a_fault_each_time) {
  Towns towns(Aggregate::total);
  towns.say(values::kMaxSteps, values::kMaxSteps);
  auto& world = towns.world;
  auto& fresh = world.run();
  auto const fault = [&](review::Run& run, std::uint32_t i) { return run.outcomes()[i].fault; };
  std::string const want = fault(fresh, 0);
  EXPECT_NE(want, "");
  HeldCases held(world.batch);
  Again again(world);
  for (int time = 0; time < 3; ++time) EXPECT_EQ(fault(again.on(held), 0), want) << time;
}

TEST(Held, a_filter_is_another_question) {
  Towns towns(Aggregate::total);
  towns.say(40, 60);
  auto& world = towns.world;
  auto const column = world.add(check::RowColumn{towns.source, 0}, count_type());
  auto const big = world.at_least(column, world.number(50));
  check::SourceLookup node{Aggregate::total, false, towns.source, 0, {{kNone, world.list_fact("towns")}}, {}};
  node.where.push_back({0, big});
  auto const filtered = world.add(node, count_type());
  world.criterion(world.at_least(filtered, world.number(1)));
  HeldCases held(world.batch);
  Again again(world);
  for (int time = 0; time < 2; ++time) {
    auto& run = again.on(held);
    EXPECT_EQ(lowest(run, towns.openings, 0), 100);
    EXPECT_EQ(lowest(run, filtered, 0), 60);
  }
}

TEST(Held, a_code_that_a_later_table_does_not_list_is_unknown) {
  World world;
  auto const code = world.fact("code", soc_type(2018));
  auto const source = world.source("outlook", {soc_type(2018)}, {count_type()});
  auto const all = world.source("occupations", {soc_type(2018)});
  world.program.vocabulary.sources[all].lists_all = soc_type(2018);
  auto const openings =
      world.add(check::SourceLookup{Aggregate::none, false, source, 0, {{code, {}}}, {}}, count_type());
  world.criterion(world.at_least(openings, world.number(50)));
  world.add_case();
  world.set_word("code", "11-1011", 0);
  world.release(source, {{{"11-1011"}, {exactly(40)}}});
  world.release(all, {{{"11-1021"}, {}}}, values::date_of(2026, 6, 1));
  HeldCases held(world.batch);
  Again again(world);
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(text(again.on(held, values::date_of(2026, 1, 1)).value(openings, {0, 0})), "40");
    EXPECT_EQ(text(again.on(held, values::date_of(2026, 11, 21)).value(openings, {0, 0})), "?");
  }
}

// Where a cell may be below 0 a total has another least end.
TEST(Held, what_may_be_negative_is_another_question) {
  Towns towns(Aggregate::total);
  towns.world.release(towns.source, {{{"Dover"}, {missing()}}, {{"Lewes"}, {exactly(60)}}});
  auto& world = towns.world;
  HeldCases held(world.batch);
  EXPECT_EQ(lowest(Again(world).on(held), towns.openings, 0), 60);
  world.program.vocabulary.sources[towns.source].columns.front().may_be_negative = true;
  EXPECT_EQ(text(Again(world).on(held).value(towns.openings, {0, 0})), "?");
}

// A plan from before a table was changed has what it was, and gives it to nobody else.
TEST(Held, an_outdated_plan_is_by_itself) {
  Towns towns;
  towns.say(40, 60);
  HeldCases held(towns.world.batch);
  Again outdated(towns.world);
  towns.change_dover(90).index();
  static_cast<void>(lowest(outdated.on(held), towns.openings, 0));
  EXPECT_EQ(lowest(Again(towns.world).on(held), towns.openings, 0), 90);
}

}  // namespace
}  // namespace waymark::review
