// Rows and cells are found by place where all cases have one review date. With a second date the walk finds them, one
// after the other and in 64 bits: both come to the same, and so do cases that stay in memory.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "engine/review/narrow.hpp"
#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using check::Order;
using grammar::Aggregate;
using Keys = std::vector<check::KeyBinding>;

std::array<std::string, 6> const kTowns = {"Dover", "Acton", "Perth", "Milan", "Essex", "Not there"};
constexpr int kUnknown = 6;  // beyond the towns
std::array<std::string, 3> const kColours = {"red", "blue", "green"};
constexpr std::size_t kCells = 15;  // of five towns in three colours

struct OneCase {
  std::vector<int> towns;
  bool and_more = false;
  int town = 0, colour = 0;
  Steps amount = 0;
};

struct Given {
  bool never_negative = false;
  bool declared = false;  // the column says what its cells are between
  bool rows_lost = false;
  std::vector<OneCase> cases;
  std::vector<Datum> cells, second_cells;  // of rows with the same keys, where there are two
  std::vector<bool> has_row;
  std::vector<std::uint8_t> untold;  // of the list; empty: all is told
};

OneCase some_case() {
  OneCase out;
  for (auto n = *rc::gen::element(0, 1, 2, 3, 4, 5, 6, 9, 33, 40); n > 0; --n) {
    out.towns.push_back(*rc::gen::inRange(0, kUnknown + 1));
  }
  out.and_more = *rc::gen::element(true, false, false, false);
  out.town = *rc::gen::inRange(0, kUnknown + 1);
  out.colour = *rc::gen::inRange(0, 4);
  out.amount =
      *rc::gen::element<Steps>(0, 1, -3, kMostNarrow, -kMostNarrow, kMostNarrow - 1, Steps{1} << 30, Steps{1} << 33);
  return out;
}

Datum some_cell(bool never_negative) {
  auto const size = *rc::gen::element<Steps>(0, 1, 5, 7, 100, Steps{1} << 29, Steps{1} << 30, kMostNarrow - 1);
  auto const steps = never_negative || *rc::gen::arbitrary<bool>() ? size : -size;
  switch (*rc::gen::inRange(0, 5)) {
    case 0: return missing();
    case 1: return between(steps, steps + 3);
    case 2: return at_least(steps);
    default: return exactly(steps);
  }
}

Given some_given() {
  Given out;
  out.never_negative = *rc::gen::arbitrary<bool>();
  out.declared = *rc::gen::arbitrary<bool>();
  out.rows_lost = *rc::gen::element(true, false, false);
  for (auto n = *rc::gen::inRange(1, 7); n > 0; --n) out.cases.push_back(some_case());
  for (std::size_t i = 0; i < kCells; ++i) {
    out.cells.push_back(some_cell(out.never_negative));
    out.second_cells.push_back(some_cell(out.never_negative));
    out.has_row.push_back(*rc::gen::element(true, true, true, false));
  }
  if (*rc::gen::arbitrary<bool>()) {
    out.untold = *rc::gen::container<std::vector<std::uint8_t>>(kCells, rc::gen::element<std::uint8_t>(0, 0, 0, 1));
  }
  return out;
}

struct Asking {
  Asking(Given const& given_world, bool second_date) : given(given_world) {
    make_record();
    make_lookups();
    make_conditions();
    for (auto const& one : given.cases) add(one);
    release();
    if (!second_date) return;
    world.add_case();
    world.dates.back() = values::date_of(2026, 11, 20);
  }

  Type number_type() const { return given.never_negative ? count_type() : percent_type(); }

  void make_record() {
    amount = world.fact("amount", number_type());
    world.field("amount").may_be_negative = true;
    town = world.fact("town", text_type());
    colours = world.choice("colour", {kColours.begin(), kColours.end()});
    colour = world.fact("colour", colours);
    world.fact("towns", list_of(text_type()));
  }

  void make_lookups() {
    measure = world.source("measure", {text_type(), colours}, {number_type()});
    auto& column = world.program.vocabulary.sources[measure].columns[0];
    column.may_be_negative = !given.never_negative;
    if (given.declared) column.lowest = given.never_negative ? 0 : -7;
    if (given.declared) column.highest = 1000;
    list = world.source("list", {text_type(), text_type()});
    check::KeyBinding const by_towns{check::kNone, world.list_fact("towns")};
    check::KeyBinding const by_town{town, std::nullopt};
    check::KeyBinding const by_colour{colour, std::nullopt};
    check::KeyBinding const of_perth{world.word("Perth"), std::nullopt};
    for (auto const& key : {by_towns, by_town, of_perth}) look_up_measure({key, by_colour});
    for (auto const& keys :
         {Keys{by_towns, by_town}, Keys{by_town, by_towns}, Keys{by_town, by_town}, Keys{of_perth, by_towns}}) {
      for (bool const complete : {false, true}) add_lookup({Aggregate::number, complete, list, check::kNone, keys, {}});
    }
  }
  void look_up_measure(Keys const& keys) {
    for (bool const complete : {false, true}) {
      for (auto const how : {Aggregate::highest, Aggregate::lowest, Aggregate::total, Aggregate::average}) {
        add_lookup({how, complete, measure, 0, keys, {}});
      }
      add_lookup({Aggregate::number, complete, measure, check::kNone, keys, {}});
    }
    add_lookup({Aggregate::none, false, measure, 0, keys, {}});
  }
  void add_lookup(check::SourceLookup const& node) {
    auto const type = node.aggregate == Aggregate::number ? count_type() : number_type();
    lookups.push_back(world.add(node, type, node.aggregate == Aggregate::average));
  }

  void make_conditions() {
    values = lookups;
    for (auto const lookup : lookups) {
      if (world.program.values[lookup].ratio) continue;
      for (bool const minus : {false, true}) {
        values.push_back(world.add(check::Sum{lookup, amount, minus}, number_type()));
      }
      for (auto const order : {Order::at_least, Order::more_than, Order::equal}) {
        conditions.push_back(world.add(check::Compare{order, lookup, amount, 1, 3}));
        conditions.push_back(world.compare(order, lookup, world.number(2, number_type())));
      }
    }
  }

  void add(OneCase const& one) {
    auto const i = world.add_case();
    world.set("amount", exactly(one.amount), i);
    if (one.town != kUnknown) world.set_word("town", kTowns.at(static_cast<std::size_t>(one.town)), i);
    if (one.colour != 3) world.set("colour", exactly(one.colour), i);
    std::vector<Datum> towns;
    for (auto const each : one.towns) {
      auto const word = [&] { return world.symbols.intern(kTowns.at(static_cast<std::size_t>(each))); };
      towns.push_back(each == kUnknown ? missing() : exactly(word()));
    }
    world.set_list("towns", towns, i);
    if (one.and_more) world.batch.facts.fields[world.position("towns")].list_known[i] = Known::not_told;
  }

  void release() {
    std::vector<std::pair<std::vector<std::string>, std::vector<Datum>>> rows, of_list;
    for (std::size_t i = 0; i < kCells; ++i) {
      if (!given.has_row[i]) continue;
      std::vector<std::string> const keys = {kTowns.at(i % 5), kColours.at(i / 5)};
      rows.push_back({keys, {given.cells[i]}});
      if (i % 4 == 0) rows.push_back({keys, {given.second_cells[i]}});
      of_list.push_back({{kTowns.at(i % 5), kTowns.at(i / 5)}, {}});
    }
    world.release(measure, rows).table.rows_lost = given.rows_lost;
    auto& table = world.release(list, of_list).table;
    table.rows_lost = given.rows_lost;
    if (given.untold.empty()) return;
    table.untold.assign(given.untold.begin(), given.untold.begin() + static_cast<std::ptrdiff_t>(table.rows));
  }

  Given const& given;
  World world;
  Type colours;
  ValueId amount = 0, town = 0, colour = 0;
  vocabulary::SourceId measure = 0, list = 0;
  std::vector<ValueId> lookups, values;
  std::vector<ConditionId> conditions;
};

void expect_same_parts(std::vector<Part> const& a, std::vector<Part> const& b) {
  RC_ASSERT(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    RC_ASSERT(a[i].row == b[i].row);
    RC_ASSERT(a[i].known == b[i].known);
    RC_ASSERT(a[i].may_be_missing == b[i].may_be_missing);
    RC_ASSERT(text(a[i].value) == text(b[i].value));
  }
}

// The two worlds have the same nodes.
void expect_same(Asking const& of, Run& a, Run& b) {
  for (std::uint32_t i = 0; i < of.given.cases.size(); ++i) {
    Frame const at{0, i};
    for (auto const id : of.values) RC_ASSERT(text(a.value(id, at)) == text(b.value(id, at)));
    for (auto const id : of.conditions) RC_ASSERT(a.truth(id, at) == b.truth(id, at));
    for (auto const id : of.lookups) expect_same_parts(a.parts(id, at), b.parts(id, at));
  }
}

RC_GTEST_PROP(ByPlace, is_found_what_the_walk_finds, ()) {
  auto const given = *rc::gen::resize(rc::kNominalSize, rc::gen::exec(some_given));
  Asking by_place(given, false);
  Asking walked(given, true);
  auto& found = by_place.world.run();
  expect_same(by_place, found, walked.world.run());

  Plan const plan(by_place.world.program, by_place.world.evidence, by_place.world.symbols);
  HeldCases made(by_place.world.batch);
  HeldCases held(std::move(made));
  Run again(plan, by_place.world.symbols, &held.batch(), by_place.world.dates);
  for (int time = 0; time < 2; ++time) {
    again.again(held, by_place.world.dates);
    expect_same(by_place, again, found);
  }
}

TEST(ByPlace, no_cases_are_reviewed_as_well_as_some) {
  World world;
  auto const a = world.fact("a", count_type());
  world.fact("towns", list_of(text_type()));
  auto const source = world.source("outlook", {text_type()}, {count_type()});
  Keys const keys = {{check::kNone, world.list_fact("towns")}};
  auto const many = world.add(check::SourceLookup{Aggregate::total, false, source, 0, keys, {}}, count_type());
  world.criterion(world.compare(Order::at_least, world.add(check::Sum{a, many, false}, count_type()), world.number(3)));
  world.release(source, {{{"Dover"}, {exactly(3)}}});
  world.add_case();
  Plan const plan(world.program, world.evidence, world.symbols);
  HeldCases none(cases::empty_batch(0, world.program.vocabulary));
  HeldCases one(world.batch);
  review::Run run(plan, world.symbols, &world.batch, world.dates);
  for (int time = 0; time < 2; ++time) {
    run.again(none, {});
    EXPECT_EQ(run.statuses(0).size(), 0U);
    EXPECT_EQ(run.outcomes().size(), 0U);
    run.again(one, world.dates);
    EXPECT_EQ(run.statuses(0).size(), 1U);
  }
}

}  // namespace
}  // namespace waymark::review
