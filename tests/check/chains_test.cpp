// Definitions that name each other in a long row: up to 200, more are told of, and no number of them fells the checker.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/check/reading.hpp"

namespace waymark::check {
namespace {

std::string words() { return text_of("fixtures/diagnostics/common.vocabulary"); }

std::string policy(std::vector<std::string> const& blocks) {
  std::string out = "Policy: test\n  Reviews: pathway\n  Uses: example pathways\n  In force: from 2024-07-01\n\n";
  for (auto const& block : blocks) out += block + "\n";
  return out;
}

std::string named(int number) { return "link " + std::to_string(number); }

/// Figures of which each names the one before it: the first stands on a fact.
std::vector<std::string> figures(int count) {
  std::vector<std::string> out;
  for (int i = 1; i <= count; ++i) {
    auto const of = i == 1 ? std::string("enrollment") : named(i - 1);
    out.push_back("Figure: " + named(i) + ", in students\n  = " + of + "\n");
  }
  return out;
}

std::vector<std::string> yes_or_no(int count) {
  std::vector<std::string> out;
  for (int i = 1; i <= count; ++i) {
    auto const of = i == 1 ? std::string("request is new") : named(i - 1) + " is yes";
    out.push_back("Figure: " + named(i) + ", yes or no\n  Yes when: " + of + "\n");
  }
  return out;
}

std::vector<std::string> criteria(int count) {
  std::vector<std::string> out;
  for (int i = 1; i <= count; ++i) {
    auto const of = i == 1 ? std::string("request is new") : named(i - 1) + " is met";
    out.push_back("Criterion: " + named(i) + "\n  Met when: " + of + "\n");
  }
  return out;
}

std::vector<std::string> thresholds(int count) {
  std::vector<std::string> out;
  for (int i = 1; i <= count; ++i) {
    auto const of = i == 1 ? std::string("5 students") : named(i - 1);
    out.push_back("Threshold: " + named(i) + ", in students [C]\n  from 2024-07-01: " + of +
                  "\n  continues until changed\n");
  }
  out.push_back("Criterion: end\n  Met when: enrollment is at least " + named(count) + "\n");
  return out;
}

std::vector<std::string> lists(int count) {
  std::vector<std::string> out;
  for (int i = 1; i <= count; ++i) {
    auto const of = i == 1 ? std::string("state projections, by occupation") : named(i - 1);
    out.push_back("List: " + named(i) + "\n  Of: " + of +
                  "\n  On it when: annual openings is more than 0 openings per year\n");
  }
  return out;
}

std::string codes(std::vector<std::string> const& blocks) { return read_policy(words(), policy(blocks))->codes(); }

std::vector<std::string> reversed(std::vector<std::string> blocks) {
  std::reverse(blocks.begin(), blocks.end());
  return blocks;
}

TEST(Chains, MayHaveTwoHundredLinks) {
  EXPECT_EQ(codes(figures(200)), "");
  EXPECT_EQ(codes(reversed(figures(200))), "");
  EXPECT_EQ(codes(yes_or_no(200)), "");
  EXPECT_EQ(codes(criteria(200)), "");
  EXPECT_EQ(codes(reversed(criteria(200))), "");
  EXPECT_EQ(codes(thresholds(199)), "");
  EXPECT_EQ(codes(lists(200)), "");
  EXPECT_EQ(codes(reversed(lists(200))), "");
}

TEST(Chains, OfMoreAreToldOfOnceInAnyOrder) {
  EXPECT_EQ(codes(figures(201)), "W220");
  EXPECT_EQ(codes(reversed(figures(201))), "W220");
  EXPECT_EQ(codes(yes_or_no(201)), "W220");
  EXPECT_EQ(codes(reversed(yes_or_no(201))), "W220");
  EXPECT_EQ(codes(criteria(201)), "W220");
  EXPECT_EQ(codes(reversed(criteria(201))), "W220");
  EXPECT_EQ(codes(thresholds(201)), "W220");
  EXPECT_EQ(codes(reversed(thresholds(201))), "W220");
  EXPECT_EQ(codes(lists(201)), "W220");
  EXPECT_EQ(codes(reversed(lists(201))), "W220");
}

TEST(Chains, GoThroughAllKindsOfDefinitions) {
  auto blocks = figures(150);
  for (auto const& one : criteria(150)) {
    auto text = one;
    for (auto at = text.find("link"); at != std::string::npos; at = text.find("link", at + 1))
      text.replace(at, 4, "step");
    blocks.push_back(text);
  }
  EXPECT_EQ(codes(blocks), "") << "two chains, each short enough";
  auto& first = blocks[150];
  first.replace(first.find("request is new"), 14, "link 150 is more than 0 students");
  EXPECT_EQ(codes(blocks), "W220");
}

TEST(Chains, OfAnyLengthAreAnswered) {
  EXPECT_EQ(codes(figures(12'000)), "W220");
  EXPECT_EQ(codes(reversed(figures(12'000))), "W220");
  EXPECT_EQ(codes(criteria(12'000)), "W220");
  EXPECT_EQ(codes(reversed(criteria(40'000))), "W220");
  EXPECT_EQ(codes(reversed(lists(12'000))), "W220");
}

TEST(Chains, LongCirclesAreCirclesToo) {
  auto blocks = criteria(12'000);
  auto& first = blocks.front();
  first.replace(first.find("request is new"), 14, named(12'000) + " is met");
  EXPECT_EQ(codes(blocks), "W211 W220");
}

TEST(Chains, ManyFiguresThatNameNoOtherAreNone) {
  std::vector<std::string> blocks;
  for (int i = 0; i < 10'000; ++i) blocks.push_back("Figure: " + named(i) + ", in students\n  = enrollment\n");
  EXPECT_EQ(codes(blocks), "");
}

// Each figure names two before it: the ways through them are more than anyone can walk.
TEST(Chains, FiguresThatManyNameAreReadOnce) {
  std::vector<std::string> blocks;
  for (int i = 0; i < 200; ++i) {
    blocks.push_back(i < 2 ? "Figure: " + named(i) + ", yes or no\n  Yes when: request is new\n"
                           : "Figure: " + named(i) + ", yes or no\n  Yes when any of:\n    - " + named(i - 1) +
                                 " is yes\n    - " + named(i - 2) + " is no\n");
  }
  blocks.push_back("Decision: d\n  Deny when: link 199 is yes\n  Refer to the board otherwise\n");
  EXPECT_EQ(codes(blocks), "");
}

}  // namespace
}  // namespace waymark::check
