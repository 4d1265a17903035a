// More than is counted, summed or joined at once: cases on one date, members of a list, criteria of a group. What comes
// to what is worked out by hand, and, where it takes no long time, given by the reference interpreter, too.
#include <gtest/gtest.h>

#include "tests/reference/interpreter.hpp"
#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using grammar::Aggregate;
using grammar::Connective;
using grammar::Quantifier;
using grammar::State;
using values::kNo;
using values::kYes;
using values::Truth;

std::string code(std::size_t nth) { return "code " + std::to_string(nth); }

class Large : public testing::Test {
 protected:
  reference::Interpreter judge(std::uint32_t case_index) {
    return {{world_.program, world_.evidence, world_.symbols, &world_.batch}, case_index, world_.review_date};
  }
  // Exact, and the same number.
  static void expect_both(Seen const& seen, reference::Extent const& judged, Steps number) {
    EXPECT_EQ(text(seen), std::to_string(number));
    EXPECT_TRUE(is_exact(judged) && *judged.lowest == number);
  }
  void expect_number(ValueId value, Steps number) {
    expect_both(world_.seen(value), judge(0).value(value, {}), number);
  }
  void expect_truth(ConditionId condition, Truth truth) {
    EXPECT_EQ(world_.truth(condition), truth);
    EXPECT_EQ(judge(0).truth(condition, {}), truth);
  }

  World world_;
};

// --- Cases ---------------------------------------------------------------------------------------------------------

// A lookup goes through the cases by how many codes each names, and counts them in stretches of 255.
class ManyCases : public Large {
 protected:
  static constexpr std::size_t kMostCodes = 9;  // more than are told apart

  ManyCases() {
    world_.fact("occupations", list_of(soc_type()));
    outlook_ = world_.source("outlook", {soc_type()}, {count_type()});
    std::vector<std::pair<std::vector<std::string>, std::vector<Datum>>> rows;
    for (std::size_t nth = 0; nth < kMostCodes; ++nth) rows.push_back({{code(nth)}, {exactly(Steps{1} << nth)}});
    world_.release(outlook_, rows);
  }

  // A case for each of these numbers, which names the first so many codes: each row is more than all before it.
  void expect_totals(std::vector<std::size_t> const& codes_of_cases) {
    for (auto const codes : codes_of_cases) {
      std::vector<std::string> names;
      for (std::size_t nth = 0; nth < codes; ++nth) names.push_back(code(nth));
      world_.set_words("occupations", names, world_.add_case());
    }
    check::KeyBinding const key{check::kNone, world_.list_fact("occupations")};
    auto const total = world_.add(check::SourceLookup{Aggregate::total, false, outlook_, 0, {key}, {}}, count_type());
    auto& run = world_.run();
    for (std::uint32_t i = 0; i < codes_of_cases.size(); ++i) {
      SCOPED_TRACE("case " + std::to_string(i));
      expect_both(run.value(total, {0, i}), judge(i).value(total, {}), (Steps{1} << codes_of_cases[i]) - 1);
    }
  }

  vocabulary::SourceId outlook_ = 0;
};

TEST_F(ManyCases, of_one_size) { expect_totals(std::vector<std::size_t>(600, 3)); }

TEST_F(ManyCases, of_every_size_in_every_stretch) {
  std::vector<std::size_t> codes_of_cases;
  for (std::size_t i = 0; i < 600; ++i) codes_of_cases.push_back(i * i % (kMostCodes + 1));
  expect_totals(codes_of_cases);
}

TEST_F(ManyCases, whose_sizes_change_where_a_stretch_ends) {
  std::vector<std::size_t> codes_of_cases(255, 1);
  codes_of_cases.resize(510, 2);
  codes_of_cases.resize(511, 1);
  codes_of_cases.resize(600, kMostCodes);
  expect_totals(codes_of_cases);
}

// --- Members of a list ---------------------------------------------------------------------------------------------

// A lookup of which a list of codes is the key; the sum of its parts is kept in one word while there are 512 at most.
class ManyParts : public Large {
 protected:
  ManyParts() {
    world_.fact("occupations", list_of(soc_type()));
    outlook_ = world_.source("outlook", {soc_type()}, {count_type()});
  }
  void ask_for_all(std::vector<Steps> const& cells) {
    std::vector<std::pair<std::vector<std::string>, std::vector<Datum>>> rows;
    std::vector<std::string> codes;
    for (auto const cell : cells) {
      codes.push_back(code(codes.size()));
      rows.push_back({{codes.back()}, {exactly(cell)}});
    }
    world_.set_words("occupations", codes);
    world_.release(outlook_, rows);
  }
  ValueId lookup(Aggregate aggregate) {
    check::KeyBinding const key{check::kNone, world_.list_fact("occupations")};
    return world_.add(check::SourceLookup{aggregate, false, outlook_, 0, {key}, {}}, count_type(),
                      aggregate == Aggregate::average, "openings");
  }
  vocabulary::SourceId outlook_ = 0;
};

class SoManyParts : public ManyParts, public testing::WithParamInterface<std::size_t> {};

TEST_P(SoManyParts, are_aggregated_as_few_are) {
  auto const parts = static_cast<Steps>(GetParam());
  std::vector<Steps> cells;
  for (Steps nth = 1; nth <= parts; ++nth) cells.push_back(2 * nth);
  ask_for_all(cells);
  auto const of = [&](Aggregate aggregate) { return text(world_.seen(lookup(aggregate))); };
  EXPECT_EQ(of(Aggregate::total), std::to_string(parts * (parts + 1)));
  EXPECT_EQ(of(Aggregate::number), std::to_string(parts));
  EXPECT_EQ(of(Aggregate::highest), std::to_string(2 * parts));
  EXPECT_EQ(of(Aggregate::lowest), std::to_string(2));
  EXPECT_EQ(of(Aggregate::average), std::to_string(parts + 1));
  EXPECT_EQ(of(Aggregate::median), std::to_string(2 * ((parts + 1) / 2)));
}
INSTANTIATE_TEST_SUITE_P(Large, SoManyParts, testing::Values(511, 512, 513, 700));

// 2,048 of the largest number come to 2^64 - 2,048, which in one word is -2,048.
TEST_F(ManyParts, whose_sum_is_too_large_are_a_fault_and_no_small_number) {
  ask_for_all(std::vector<Steps>(2048, values::kMaxSteps));
  auto const total = lookup(Aggregate::total);
  world_.criterion(world_.at_least(total, world_.number(1)));
  world_.program.decisions.emplace_back().rows.emplace_back();
  EXPECT_EQ(text(world_.seen(total)), "?");
  EXPECT_EQ(world_.outcome().fault, "The value of `openings` is too large a number to be exact.");
}

// 700 courses of 1 to 700 credits, the last hundred of a higher level. Conditions of members are joined 512 at a time.
class ManyMembers : public Large {
 protected:
  ManyMembers() {
    world_.nested("courses", true, {{"credits", count_type()}, {"level", count_type()}});
    courses_ = world_.members("courses");
    credits_ = world_.nested_fact("courses", "credits");
    level_ = world_.nested_fact("courses", "level");
    world_.add_case();
    std::vector<std::vector<Datum>> courses;
    for (Steps nth = 1; nth <= 700; ++nth) courses.push_back({exactly(nth), exactly(nth > 600 ? 2 : 1)});
    world_.set_members("courses", courses);
  }
  ConditionId credits(Steps least) { return world_.at_least(credits_, world_.number(least)); }
  ConditionId level(Steps least) { return world_.at_least(level_, world_.number(least)); }
  // Of how many courses the condition holds.
  void expect_so_many(ConditionId condition, std::uint32_t count) {
    auto const of = [&](Quantifier quantifier, std::uint32_t wanted = 0) {
      return world_.quantified(quantifier, courses_, condition, wanted);
    };
    expect_truth(of(Quantifier::any), count > 0 ? kYes : kNo);
    expect_truth(of(Quantifier::every), count == 700 ? kYes : kNo);
    expect_truth(of(Quantifier::more_than_half), count > 350 ? kYes : kNo);
    expect_truth(of(Quantifier::at_least, count), kYes);
    expect_truth(of(Quantifier::at_least, count + 1), kNo);
  }

  RangeId courses_ = 0;
  ValueId credits_ = 0, level_ = 0;
};

TEST_F(ManyMembers, are_asked_to_the_last) {
  expect_so_many(credits(700), 1);
  expect_so_many(credits(1), 700);
  expect_so_many(credits(351), 350);
  expect_so_many(credits(350), 351);
}

TEST_F(ManyMembers, are_asked_several_things_to_the_last) {
  expect_so_many(world_.junction(Connective::all, {credits(400), level(2)}), 100);
  expect_so_many(world_.junction(Connective::any, {credits(351), level(2)}), 350);
  expect_so_many(world_.junction(Connective::any, {credits(350), level(2)}), 351);
  expect_so_many(world_.junction(Connective::none, {credits(700), level(3)}), 699);
  expect_so_many(world_.junction(Connective::none, {credits(701), level(3)}), 700);
  expect_so_many(world_.junction(Connective::at_least, {credits(1), credits(691), level(2)}, 2), 100);
  expect_so_many(world_.junction(Connective::at_least, {credits(1), credits(691), level(2)}, 3), 10);
}

TEST_F(ManyMembers, are_aggregated_as_few_are) {
  auto const of_credits = [&](Aggregate aggregate, std::vector<ConditionId> where) {
    return world_.add(check::ListAggregate{aggregate, false, courses_, credits_, std::move(where)}, count_type(),
                      aggregate == Aggregate::average);
  };
  expect_number(of_credits(Aggregate::total, {}), 700 * 701 / 2);
  expect_number(of_credits(Aggregate::highest, {}), 700);
  expect_number(of_credits(Aggregate::median, {}), 350);
  expect_number(of_credits(Aggregate::total, {level(2)}), 100 * (601 + 700) / 2);
  expect_number(of_credits(Aggregate::lowest, {level(2)}), 601);
  expect_number(of_credits(Aggregate::average, {level(2), credits(700)}), 700);
  auto const number = check::ListAggregate{Aggregate::number, false, courses_, check::kNone, {level(2)}};
  expect_number(world_.add(number, count_type()), 100);
}

// --- Criteria of a group -------------------------------------------------------------------------------------------

// The first criterion is met from 1 thing on, the second from 2, and so on; how many are met is counted in one byte.
class ManyCriteria : public Large, public testing::WithParamInterface<std::uint32_t> {
 protected:
  ManyCriteria() {
    auto const things = world_.fact("things", count_type());
    std::vector<CriterionId> criteria;
    for (Steps nth = 1; nth <= GetParam(); ++nth) {
      criteria.push_back(world_.criterion(world_.at_least(things, world_.number(nth))));
    }
    group_ = world_.group(criteria);
  }
  void expect_so_many(State state, std::uint32_t count) {
    auto const of = [&](Connective connective, std::uint32_t wanted = 0) {
      return world_.group_count(group_, connective, state, wanted);
    };
    expect_truth(of(Connective::any), count > 0 ? kYes : kNo);
    expect_truth(of(Connective::none), count > 0 ? kNo : kYes);
    expect_truth(of(Connective::all), count == GetParam() ? kYes : kNo);
    expect_truth(of(Connective::at_least, count), kYes);
    expect_truth(of(Connective::at_least, count + 1), kNo);
  }

  check::GroupId group_ = 0;
};

TEST_P(ManyCriteria, are_counted_to_the_last) {
  for (auto const met : {0U, 1U, 44U, 254U, 255U, 256U, 300U}) {
    if (met > GetParam()) continue;
    SCOPED_TRACE(std::to_string(met) + " met");
    world_.set("things", exactly(met));
    for (auto const state : {State::met, State::found_met}) expect_so_many(state, met);
    for (auto const state : {State::not_met, State::found_not_met}) expect_so_many(state, GetParam() - met);
    expect_so_many(State::cannot_be_told, 0);
  }
  world_.set("things", missing());
  expect_so_many(State::cannot_be_told, GetParam());
  expect_so_many(State::found_met, 0);
}
INSTANTIATE_TEST_SUITE_P(Large, ManyCriteria, testing::Values(254U, 255U, 256U, 300U));

}  // namespace
}  // namespace waymark::review
