// Which conditions the policy's words alone settle. That they settle them as a case does is compared wherever a golden
// decision is explained.
#include "engine/explain/illustrative.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/explain/setting.hpp"

namespace waymark::explain {
namespace {

using testing::Field;
using testing::IsEmpty;
using testing::IsNull;
using testing::Pointee;

std::unique_ptr<Policy> policy_with(std::string const& blocks, std::string const& test) {
  return policy_of(read_text("fixtures/explanations/pathways.vocabulary"),
                   "Policy: small\n  Reviews: pathway\n  Uses: example pathways\n  In force: from 2024-07-01\n\n" +
                       blocks + "\nCriterion: asked\n  Met when: " + test +
                       "\n\nDecision: d\n  Approve when: asked is met\n  Refer to the board otherwise\n");
}

void expect_behind(std::string const& blocks, std::string const& test,
                   testing::Matcher<Illustrative::Names const*> const& matcher) {
  auto const policy = policy_with(blocks, test);
  auto const& program = *policy->checked.epochs.front().program;
  Illustrative const illustrative(program);
  EXPECT_THAT(illustrative.behind(program.criteria.front().test), matcher) << blocks << test;
}

std::string const kFloor =
    "Threshold: floor, in students [illustrative]\n  from 2024-07-01: 15 students\n  continues until changed\n";

TEST(Illustrative, IsSettledByWhatEveryCaseMeets) {
  expect_behind("", "request is new", Pointee(Field(&Illustrative::Names::all, IsEmpty())));
  expect_behind(kFloor, "enrollment is at least floor",
                Pointee(Field(&Illustrative::Names::words, "illustrative: floor")));
  expect_behind(kFloor + "\nFigure: entry size, in students\n  = floor\n", "enrollment is at least entry size",
                Pointee(Field(&Illustrative::Names::words, "illustrative: floor")));
}

TEST(Illustrative, IsLeftToTheCaseThatMeetsSomeOfIt) {
  expect_behind(
      "Threshold: floor, in students [State law]\n  from 2024-07-01: 15 students\n"
      "  from 2026-07-01: 20 students [illustrative]\n  continues until changed\n",
      "enrollment is at least floor", IsNull());
  expect_behind(kFloor + "\nFigure: entry size, in students\n  when request is new: floor\n  otherwise: 10 students\n",
                "enrollment is at least entry size", IsNull());
}

TEST(Illustrative, IsLeftToTheCaseWhereThereIsMoreThanIsKept) {
  std::string blocks, sum;
  for (char c = 'a'; c <= 'z'; ++c) {
    for (char const d : {'q', 'x'}) {
      auto const name = std::string("floor ") + c + d;
      blocks += "Threshold: " + name +
                ", in students [illustrative]\n  from 2024-07-01: 1 student\n  continues until changed\n\n";
      sum += (sum.empty() ? "" : " plus ") + name;
    }
  }
  expect_behind(blocks + "Figure: entry size, in students\n  = " + sum + "\n", "enrollment is at least entry size",
                IsNull());
}

}  // namespace
}  // namespace waymark::explain
