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

TEST(Exact, IsWrittenAsPeopleWriteIt) {
  EXPECT_EQ(write_decimal(0, 0, 0, true), "0");
  EXPECT_EQ(write_decimal(0, 2, 2, true), "0.00");
  EXPECT_EQ(write_decimal(5, 2, 0, true), "0.05");
  EXPECT_EQ(write_decimal(999, 0, 0, true), "999");
  EXPECT_EQ(write_decimal(-1000, 0, 0, true), "-1,000");
  EXPECT_EQ(write_decimal(1'234'567'890, 2, 0, true), "12,345,678.9");
  EXPECT_EQ(write_decimal(1'234'567'890, 2, 2, false), "12345678.90");
  EXPECT_EQ(write_decimal(10'000'000, 6, 0, true), "10");
  EXPECT_EQ(write_decimal((Int128{1} << 64) * 10, 1, 0, true), "18,446,744,073,709,551,616");
}

// The digits first, then the point, then the commas.
std::string written_slowly(Int128 steps, std::uint32_t decimals, std::uint32_t keep, bool commas) {
  std::string digits;
  for (auto rest = steps; rest != 0; rest /= 10) {
    auto const digit = static_cast<int>(rest % 10);
    digits.insert(digits.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
  }
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  auto whole = digits.substr(0, digits.size() - decimals);
  auto fraction = digits.substr(whole.size());
  while (fraction.size() > keep && fraction.ends_with('0')) fraction.pop_back();
  for (auto at = whole.size(); commas && at > 3; at -= 3) whole.insert(at - 3, ",");
  return (steps < 0 ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
}

RC_GTEST_PROP(Exact, EveryNumberIsWrittenAsItsDigitsSay, ()) {
  auto const decimals = *rc::gen::inRange<std::uint32_t>(0, 8);
  auto const keep = *rc::gen::inRange<std::uint32_t>(0, decimals + 1);
  auto const commas = *rc::gen::arbitrary<bool>();
  Int128 steps = *rc::gen::arbitrary<std::int64_t>();
  auto const times = *rc::gen::element<std::int64_t>(1, 10, 1000, 1'000'000, 1'000'000'000'000'000);
  steps *= times;
  RC_ASSERT(write_decimal(steps, decimals, keep, commas) == written_slowly(steps, decimals, keep, commas));
}

}  // namespace
}  // namespace waymark::values
