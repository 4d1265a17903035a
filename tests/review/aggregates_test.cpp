// Aggregates by bounds, against every way of choosing the parts (language.md: a total of counts that already passes,
// passes).
#include "engine/review/aggregates.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>

namespace waymark::review {
namespace {

using grammar::Aggregate;

using Parts = std::vector<PartOf<Steps>>;

Parts some_parts() {
  auto const part = rc::gen::exec([] {
    auto const low = *rc::gen::inRange<Steps>(-3, 4);
    auto const width = *rc::gen::elementOf(std::vector<Steps>{0, 0, 1, 2});
    return PartOf<Steps>{low, low + width, *rc::gen::element(false, false, true)};
  });
  return *rc::gen::resize(4, rc::gen::container<Parts>(part));
}

// What an aggregate of exact numbers is; nothing where it is unknown.
std::optional<Ratio> plainly(Aggregation const& how, std::vector<Steps> numbers) {
  std::sort(numbers.begin(), numbers.end());
  Int128 sum = 0;
  for (auto const n : numbers) sum += n;
  if (how.aggregate == Aggregate::total) return Ratio{sum, 1};
  if (how.aggregate == Aggregate::number) return Ratio{static_cast<Int128>(numbers.size()), 1};
  if (numbers.empty()) return std::nullopt;
  switch (how.aggregate) {
    case Aggregate::highest: return values::ratio_of(numbers.back());
    case Aggregate::lowest: return values::ratio_of(numbers.front());
    case Aggregate::average: return Ratio{sum, static_cast<Steps>(numbers.size())};
    case Aggregate::percentile:
      // The first that has so many of a hundred at or below it.
      for (std::size_t at = 0; at < numbers.size(); ++at) {
        if ((at + 1) * 100 >= how.percentile * numbers.size()) return values::ratio_of(numbers[at]);
      }
      return std::nullopt;
    default: return values::ratio_of(numbers[(numbers.size() + 1) / 2 - 1]);  // the nearest rank to one half
  }
}

struct Extremes {
  std::optional<Ratio> least, most;
  bool unknown = false;
};

// Every part there or not, where it may be missing, and every whole number within its bounds.
void every_way(Aggregation const& how, Parts const& parts, std::size_t at, std::vector<Steps>& numbers, Extremes& out) {
  if (at == parts.size()) {
    auto const one = plainly(how, numbers);
    out.unknown = out.unknown || !one;
    if (!one) return;
    out.least = out.least ? smaller(*out.least, *one) : *one;
    out.most = out.most ? larger(*out.most, *one) : *one;
    return;
  }
  if (parts[at].may_be_missing) every_way(how, parts, at + 1, numbers, out);
  for (auto n = parts[at].lowest; n <= parts[at].highest; ++n) {
    numbers.push_back(n);
    every_way(how, parts, at + 1, numbers, out);
    numbers.pop_back();
  }
}

bool same(Ratio a, Ratio b) { return values::compare(a, b) == 0; }

class OfParts : public testing::TestWithParam<Aggregation> {};

TEST_P(OfParts, bounds_are_the_least_and_the_most_of_every_way) {
  auto const how = GetParam();
  EXPECT_TRUE(rc::check([how] {
    WholeParts parts{some_parts(), false};
    Extremes expected;
    std::vector<Steps> numbers;
    every_way(how, parts.parts, 0, numbers, expected);
    auto const found = aggregated(how, parts);
    if (expected.unknown) {
      RC_ASSERT(same(found.lowest, values::kRatioNoLowest));
      RC_ASSERT(same(found.highest, values::kRatioNoHighest));
    } else {
      RC_ASSERT(same(found.lowest, *expected.least));
      RC_ASSERT(same(found.highest, *expected.most));
    }
  }));
}

TEST_P(OfParts, order_never_matters) {
  auto const how = GetParam();
  EXPECT_TRUE(rc::check([how] {
    WholeParts const parts{some_parts(), false};
    auto turned = parts;
    std::reverse(turned.parts.begin(), turned.parts.end());
    auto const a = aggregated(how, parts);
    auto const b = aggregated(how, turned);
    RC_ASSERT(same(a.lowest, b.lowest));
    RC_ASSERT(same(a.highest, b.highest));
  }));
}

TEST_P(OfParts, complete_is_exact_or_unknown_in_full) {
  auto const how = GetParam();
  EXPECT_TRUE(rc::check([how] {
    WholeParts const parts{some_parts(), false};
    bool const exact = std::all_of(parts.parts.begin(), parts.parts.end(), [](auto const& part) {
      return !part.may_be_missing && part.lowest == part.highest;
    });
    auto whole = how;
    whole.complete = true;
    auto const complete = aggregated(whole, parts);
    auto const plain = aggregated(how, parts);
    RC_ASSERT(same(complete.lowest, exact ? plain.lowest : values::kRatioNoLowest));
    RC_ASSERT(same(complete.highest, exact ? plain.highest : values::kRatioNoHighest));
  }));
}

INSTANTIATE_TEST_SUITE_P(Aggregates, OfParts,
                         testing::Values(Aggregation{Aggregate::total}, Aggregation{Aggregate::number},
                                         Aggregation{Aggregate::highest}, Aggregation{Aggregate::lowest},
                                         Aggregation{Aggregate::average}, Aggregation{Aggregate::median},
                                         Aggregation{Aggregate::percentile, false, false, 1},
                                         Aggregation{Aggregate::percentile, false, false, 34},
                                         Aggregation{Aggregate::percentile, false, false, 50},
                                         Aggregation{Aggregate::percentile, false, false, 75},
                                         Aggregation{Aggregate::percentile, false, false, 99}));

std::string bounds(RatioBounds const& b) {
  auto const one = [](Ratio r) {
    return values::is_finite(r) ? values::write_decimal(r.numerator / r.denominator, 0, 0, false) : std::string();
  };
  return one(b.lowest) + ".." + one(b.highest);
}

TEST(Aggregates, only_as_a_part_of_a_total_a_missing_count_is_0_or_more) {
  auto const unknown = PartOf<Steps>{values::kNoLowest, values::kNoHighest, false};
  WholeParts const parts{{{40, 40, false}, unknown}, false};
  EXPECT_EQ(bounds(aggregated({Aggregate::total, false, true}, parts)), "40..");
  EXPECT_EQ(bounds(aggregated({Aggregate::total, false, false}, parts)), "..") << "it may be negative";
  EXPECT_EQ(bounds(aggregated({Aggregate::lowest, false, true}, parts)), "..40");
  EXPECT_EQ(bounds(aggregated({Aggregate::highest, false, true}, parts)), "40..");
  EXPECT_EQ(bounds(aggregated({Aggregate::average, false, true}, parts)), "..");
  EXPECT_EQ(bounds(aggregated({Aggregate::total, true, true}, parts)), "..") << "complete";
}

TEST(Aggregates, an_unknown_number_of_parts) {
  WholeParts const parts{{{40, 41, false}}, true};
  EXPECT_EQ(bounds(aggregated({Aggregate::total, false, true}, parts)), "40..");
  EXPECT_EQ(bounds(aggregated({Aggregate::total, false, false}, parts)), "..");
  EXPECT_EQ(bounds(aggregated({Aggregate::number, false, true}, parts)), "1..");
  EXPECT_EQ(bounds(aggregated({Aggregate::highest, false, true}, parts)), "40..");
  EXPECT_EQ(bounds(aggregated({Aggregate::lowest, false, true}, parts)), "..41");
  EXPECT_EQ(bounds(aggregated({Aggregate::average, false, true}, parts)), "..");
  EXPECT_EQ(bounds(aggregated({Aggregate::median, false, true}, parts)), "..");
}

TEST(Aggregates, a_percentile_is_the_member_at_the_nearest_rank) {
  WholeParts ten;
  for (Steps n = 1; n <= 10; ++n) ten.parts.push_back({n * 10, n * 10, false});
  auto const at = [&](std::uint32_t percentile) {
    return bounds(aggregated({Aggregate::percentile, false, false, percentile}, ten));
  };
  EXPECT_EQ(at(1), "10..10");
  EXPECT_EQ(at(10), "10..10");
  EXPECT_EQ(at(11), "20..20");
  EXPECT_EQ(at(50), "50..50") << "as the median, the lower of two";
  EXPECT_EQ(at(90), "90..90");
  EXPECT_EQ(at(91), "100..100");
  EXPECT_EQ(at(99), "100..100");
  ten.parts.back().may_be_missing = true;
  EXPECT_EQ(at(90), "90..90") << "the ninth of nine or of ten";
  EXPECT_EQ(at(95), "90..100");
}

TEST(Aggregates, of_ratios_the_ends_and_the_median) {
  RatioParts const parts{{{{1, 3}, {1, 3}, false}, {{1, 2}, {1, 2}, false}, {{2, 5}, {2, 5}, false}}, false};
  auto const highest = aggregated({Aggregate::highest, false, false}, parts);
  auto const median = aggregated({Aggregate::median, false, false}, parts);
  EXPECT_TRUE(same(highest.lowest, {1, 2}));
  EXPECT_TRUE(same(median.highest, {2, 5}));
}

}  // namespace
}  // namespace waymark::review
