// By what a row of a Source may be found.
#include <gtest/gtest.h>

#include "tests/check/reading.hpp"

namespace waymark::check {
namespace {

std::string const kWords =
    "Vocabulary: words\n\nChoice: outcome, best first\n  renew, favourable\n  phase out, adverse\n\n"
    "Record: course\n  title: text\n  code: SOC 2018\n  codes: list of SOC 2018\n\n"
    "Record: pathway, key \"id\"\n  codes: list of SOC 2018\n  main course: course\n  courses: list of course\n\n"
    "Source: wages, for occupation\n  occupation: SOC 2018, column OCC\n  median wage: dollars per year, column WAGE\n";

std::unique_ptr<Reading> pay_for(std::string const& key, std::string const& each) {
  return read_policy(kWords,
                     "Policy: test\n  Reviews: pathway\n  Uses: words\n  In force: from 2024-07-01\n\n"
                     "Figure: pay, in dollars per year" +
                         each + "\n  = highest of median wage in wages for " + key + "\n\n" +
                         "Criterion: pays\n  Met when: " + (each.empty() ? "" : "for every course, ") +
                         "pay is more than $0 per year\n");
}

TEST(Keys, AreOneValueOrAListOfTheReviewedRecord) {
  EXPECT_EQ(pay_for("the pathway's codes", "")->codes(), "") << pay_for("the pathway's codes", "")->said();
}

// It would be looked for by a value that is none: the first code that came along.
TEST(Keys, AreNoListOfAMemberOrOfARecordWithin) {
  for (auto const& [key, each] :
       {std::pair("the course's codes", ", for each course"), std::pair("the main course's codes", "")}) {
    auto const reading = pay_for(key, each);
    EXPECT_EQ(reading->codes(), "W303") << reading->said();
    EXPECT_NE(reading->said().find("is a list of its own, and a row is found by one value"), std::string::npos)
        << reading->said();
  }
}

}  // namespace
}  // namespace waymark::check
