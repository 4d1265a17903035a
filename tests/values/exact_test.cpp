// Numbers as people write them who group thousands by a point, or who think in shares of one.
#include "engine/values/exact.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace waymark::values {
namespace {

constexpr Scale kDollars{100, 1};
constexpr Scale kThousandsOfDollars{100'000, 1};

TEST(Exact, APointBeforeThreeDigitsMayGroupThousands) {
  EXPECT_EQ(point_between_thousands("45.000", kDollars), "45,000");
  EXPECT_EQ(point_between_thousands("-118.400", kDollars), "-118,400");
  EXPECT_EQ(point_between_thousands("1.250", {1, 1}), "1,250");
  for (auto const* plain : {"45", "45.00", "45.0000", "0.500", "1200.500", "45,000", "1.2.300", "", "-", ".500"}) {
    EXPECT_EQ(point_between_thousands(plain, kDollars), "") << plain;
  }
  EXPECT_EQ(point_between_thousands("45.000", kThousandsOfDollars), "") << "a unit that has thousandths";
}

TEST(Exact, TwoDecimalsBelowOneMayBeAShare) {
  EXPECT_EQ(maybe_a_share("0.85"), "85");
  EXPECT_EQ(maybe_a_share("0.10"), "10");
  for (auto const* percent : {"0.04", "0.09", "0.5", "0.850", "1.85", "85", "0", "-0.85", ".85"}) {
    EXPECT_EQ(maybe_a_share(percent), "") << percent;
  }
}

// Digits alone are read by a way of their own; a point and a zero behind them leave it and change nothing.
RC_GTEST_PROP(Exact, DigitsAloneAreTheSameNumberAsWithAPoint, ()) {
  std::vector<Scale> const scales = {{1, 1}, {100, 1}, {100'000, 1}, {1'000'000, 1}, {1, 12}, {1, 7}};
  auto const digits = *rc::gen::inRange<std::size_t>(1, 20);
  auto const text = *rc::gen::container<std::string>(digits, rc::gen::inRange<char>('0', ':'));
  auto const scale = *rc::gen::elementOf(scales);
  auto const plain = read_decimal(text, scale);
  auto const pointed = read_decimal(text + ".0", scale);
  RC_ASSERT(plain.has_value() == pointed.has_value());
  if (plain) {
    RC_ASSERT(*plain == *pointed);
  } else {
    RC_ASSERT(plain.error() == pointed.error());
  }
}

}  // namespace
}  // namespace waymark::values
