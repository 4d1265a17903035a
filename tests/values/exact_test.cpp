// Numbers as people write them who group thousands by a point, or who think in shares of one.
#include "engine/values/exact.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace waymark::values
