// Columns that fit in 32 bits are kept in 32 bits: what is computed of them is what is computed of the same in 64.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "engine/review/column.hpp"
#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using check::Order;
using grammar::Aggregate;

constexpr Steps kFar = Steps{1} << 50;  // in no 32 bits, and several times as much is still exact
constexpr std::array kRegions = {"Essex", "Union", "Salem"};
constexpr std::array kTowns = {"Dover", "Acton", "Perth", "Milan"};

// Small numbers; some that fit, but not their sum or several times as much; some that do not fit.
enum class Size { small, fitting, any };

Steps some_steps(Size size) {
  constexpr auto kEdge = Steps{1} << 31;
  auto const small = *rc::gen::inRange<Steps>(-12, 13);
  if (size == Size::small || *rc::gen::arbitrary<bool>()) return small;
  std::vector<Steps> large = {kEdge / 2, kEdge / 2 + 5, -kEdge / 2, kEdge / 5, kEdge - 9, -kEdge + 9};
  if (size == Size::any)
    large.insert(large.end(), {kEdge - 2, kEdge - 1, kEdge, -kEdge + 2, -kEdge, -kEdge - 1, 3 * kEdge});
  return *rc::gen::elementOf(large) + small % 3;
}
Datum some_datum(Size size) {
  auto const low = some_steps(size);
  switch (*rc::gen::inRange(0, 6)) {
    case 0: return missing();
    case 1: return at_least(low);
    case 2: return between(low, low + *rc::gen::inRange<Steps>(0, 9));
    default: return exactly(low);
  }
}

struct OneCase {
  Datum a, b;
  int choice = 0, region = 0;
  std::vector<int> towns;
};
struct Given {
  std::vector<OneCase> cases;
  std::vector<std::array<Datum, 2>> cells;  // by region and town; a few have no row
  std::vector<bool> has_row;
};

Given some_given() {
  Given out;
  auto const size = *rc::gen::element(Size::small, Size::fitting, Size::any);
  for (int n = *rc::gen::inRange(1, 9); n > 0; --n) {
    OneCase one{some_datum(size), some_datum(size), *rc::gen::inRange(0, 2), *rc::gen::inRange(0, 3), {}};
    for (int town = 0; town < 4; ++town) {
      if (*rc::gen::arbitrary<bool>()) one.towns.push_back(town);
    }
    out.cases.push_back(std::move(one));
  }
  for (std::size_t i = 0; i < kRegions.size() * kTowns.size(); ++i) {
    out.cells.push_back({some_datum(size), some_datum(size)});
    out.has_row.push_back(*rc::gen::element(true, true, true, false));
  }
  return out;
}

// Everything of which the engine has a loop of its own. `far`: one case and one row more, so that nothing fits.
struct Asking {
  explicit Asking(Given const& given, bool far) {
    make();
    for (auto const& one : given.cases) add(one);
    std::vector<std::pair<std::vector<std::string>, std::vector<Datum>>> rows;
    for (std::size_t i = 0; i < given.cells.size(); ++i) {
      if (!given.has_row[i]) continue;
      rows.push_back(
          {{kTowns[i % kTowns.size()], kRegions[i / kTowns.size()]}, {given.cells[i][0], given.cells[i][1]}});
    }
    if (far) {
      add({exactly(kFar), exactly(-kFar), 0, 0, {0}});
      rows.push_back({{"Nowhere", "Nowhere"}, {exactly(kFar), exactly(-kFar)}});
    }
    world.release(source, rows);
  }

  void make() {
    auto const signed_type = percent_type();
    auto const a = world.fact("a", signed_type);
    auto const b = world.fact("b", signed_type);
    for (auto const* name : {"a", "b"}) world.field(name).may_be_negative = true;
    auto const choice = world.fact("choice", world.choice("colour", {"red", "blue"}));
    auto const region = world.fact("region", text_type());
    world.fact("towns", list_of(text_type()));
    source = world.source("outlook", {text_type(), text_type()}, {percent_type(), percent_type()});
    for (auto& column : world.program.vocabulary.sources[source].columns) column.may_be_negative = true;

    auto const of_class = world.threshold_value(
        world.threshold({world.row("2020-01-01", world.number(4, signed_type)), row_of_blue()}, choice), signed_type);
    std::vector<ValueId> sides = {a, b, world.number(5, signed_type), world.number(kFar, signed_type), of_class};
    for (bool const minus : {false, true}) sides.push_back(world.add(check::Sum{a, b, minus}, signed_type));
    sides.push_back(world.add(check::Sum{a, sides[2], true}, signed_type));
    sides.push_back(world.add(check::PercentOf{world.number(80'000'000, signed_type), b}, signed_type, true));
    sides.push_back(world.add(check::PercentOf{world.number(300'000'000, signed_type), a}, signed_type, true));
    for (std::uint32_t column = 0; column < 2; ++column) {
      for (auto const aggregate : {Aggregate::highest, Aggregate::lowest, Aggregate::total}) {
        sides.push_back(lookup(aggregate, column, false, region));
        sides.push_back(lookup(aggregate, column, true, region));
      }
    }
    sides.push_back(lookup(Aggregate::number, check::kNone, false, region));
    values = sides;
    for (auto const left : sides) {
      for (auto const order :
           {Order::at_least, Order::at_most, Order::more_than, Order::less_than, Order::equal, Order::not_equal}) {
        for (auto const right : {sides[1], sides[2], of_class}) {
          conditions.push_back(world.compare(order, left, right));
          conditions.push_back(world.add(check::Compare{order, left, right, 3, 1}));
          conditions.push_back(world.add(check::Compare{order, left, right, 5, 7}));
        }
      }
    }
    for (Steps const option : {Steps{1}, Steps{-kMostNarrow}, Steps{kMostNarrow + 1}, -kMostNarrow - 1, kFar}) {
      conditions.push_back(world.is(a, {world.number(option, signed_type)}));
    }
  }
  check::ThresholdRow row_of_blue() {
    auto out = world.row("2020-01-01", world.number(6, percent_type()));
    out.entry = 1;
    out.otherwise = false;
    return out;
  }
  ValueId lookup(Aggregate aggregate, std::uint32_t column, bool complete, ValueId region) {
    std::vector<check::KeyBinding> const keys = {{check::kNone, world.list_fact("towns")}, {region, std::nullopt}};
    bool const counts = aggregate == Aggregate::number;
    return world.add(check::SourceLookup{aggregate, complete, source, column, keys, {}},
                     counts ? count_type() : percent_type());
  }
  void add(OneCase const& one) {
    auto const i = world.add_case();
    world.set("a", one.a, i);
    world.set("b", one.b, i);
    world.set("choice", exactly(one.choice), i);
    world.set_word("region", kRegions[static_cast<std::size_t>(one.region)], i);
    std::vector<std::string> towns;
    for (auto const town : one.towns) towns.emplace_back(kTowns[static_cast<std::size_t>(town)]);
    world.set_words("towns", towns, i);
  }

  World world;
  vocabulary::SourceId source = 0;
  std::vector<ValueId> values;
  std::vector<ConditionId> conditions;
};

bool same(Seen const& x, Seen const& y) { return text(x) == text(y); }

void expect_same(Asking& one, Run& of_one, Asking& other, Run& of_other, std::size_t cases) {
  for (std::uint32_t i = 0; i < cases; ++i) {
    for (std::size_t v = 0; v < one.values.size(); ++v) {
      RC_ASSERT(same(of_one.value(one.values[v], {0, i}), of_other.value(other.values[v], {0, i})));
    }
    for (std::size_t c = 0; c < one.conditions.size(); ++c) {
      RC_ASSERT(of_one.truth(one.conditions[c], {0, i}) == of_other.truth(other.conditions[c], {0, i}));
    }
  }
}

RC_GTEST_PROP(Narrow, what_fits_in_32_bits_comes_to_the_same_in_64, ()) {
  auto const given = *rc::gen::resize(rc::kNominalSize, rc::gen::exec(some_given));
  Asking as_it_is(given, false);
  Asking in_64_bits(given, true);
  expect_same(as_it_is, as_it_is.world.run(), in_64_bits, in_64_bits.world.run(), given.cases.size());
}

RC_GTEST_PROP(Narrow, cases_that_stay_in_memory_come_to_the_same_again_and_again, ()) {
  auto const given = *rc::gen::resize(rc::kNominalSize, rc::gen::exec(some_given));
  Asking made(given, false);
  auto& run = made.world.run();
  Plan const plan(made.world.program, made.world.evidence, made.world.symbols);
  HeldCases held(made.world.batch);
  Run again(plan, made.world.symbols, &held.batch(), made.world.dates);
  for (int time = 0; time < 2; ++time) {
    again.again(held, made.world.dates);
    expect_same(made, run, made, again, given.cases.size());
  }
}

// Where so many times as much is just the number that stands for no end, it is not taken for one.
TEST(Narrow, what_comes_to_the_number_of_no_end_is_a_number) {
  World world;
  auto const a = world.fact("a", points_type());
  world.field("a").may_be_negative = true;
  auto const far_below = world.number(-(Steps{1} << 52), points_type());
  auto const at_least = world.add(check::Compare{Order::at_least, far_below, a, 2048, 1});
  auto const less_than = world.add(check::Compare{Order::less_than, far_below, a, 2048, 1});
  world.add_case();
  world.set("a", exactly(-5));
  world.add_case();
  EXPECT_EQ(world.truth(at_least), values::kNo);
  EXPECT_EQ(world.truth(less_than), values::kYes);
}

TEST(Narrow, steps_are_narrow_up_to_the_last_that_is_not_an_end) {
  Memory memory;
  auto const limit = [&](std::vector<Steps> const& steps) {
    auto const made = narrow_steps(steps, memory);
    if (!made) return Steps{-1};
    for (std::size_t i = 0; i < steps.size(); ++i) EXPECT_EQ(as_steps(made->steps[i]), steps[i]);
    return made->limit;
  };
  EXPECT_GE(limit({0, 5, -6}), 6);
  EXPECT_GE(limit({values::kNoLowest, 3, values::kNoHighest}), 3);
  EXPECT_LE(limit({values::kNoLowest, 3, values::kNoHighest}), 4) << "no end is no number";
  EXPECT_EQ(limit({kMostNarrow - 1}), kMostNarrow);
  EXPECT_EQ(limit({-kMostNarrow}), kMostNarrow);
  for (auto const far :
       {kMostNarrow + 1, -kMostNarrow - 1, kMostNarrow + 2, -kMostNarrow - 2, Steps{1} << 32, -(Steps{1} << 32),
        (Steps{1} << 32) + 1, (Steps{1} << 52) + 7, values::kMaxSteps, -values::kMaxSteps}) {
    EXPECT_EQ(limit({far}), -1) << far;
    EXPECT_EQ(limit({1, far, values::kNoLowest}), -1) << far;
  }
}

}  // namespace
}  // namespace waymark::review
