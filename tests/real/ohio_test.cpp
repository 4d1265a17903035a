// Ohio's method in its three forms, over one table: the nation's, which stands in for Ohio's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/real/published.hpp"

namespace waymark::real_test {
namespace {

using testing::HasSubstr;

commands_test::Ran in_demand_on(std::string const& date) {
  return run_program({"list", kRoot + "/rules/ohio/in-demand-jobs.policy", "--evidence",
                      kRoot + "/tests/real/ohio/evidence.toml", "--format", "csv", "--date", date});
}

// Counted apart, by a short program over the table's 832 line items: pay at the floor or above it, and openings or
// growth at (2017) or above (2019, 2021) theirs. Six have no published pay and enough openings or growth.
TEST(real_ohio, three_forms_give_three_lists_each_from_its_date_on) {
  NEEDS_REAL_DATA();
  struct Form {
    std::string first, last, words;
  };
  std::set<std::string> lists;
  for (auto const& form : {Form{"2017-01-01", "2018-12-31", "798 of 832; 6 cannot be told"},
                           Form{"2019-01-01", "2020-12-31", "760 of 832; 6 cannot be told"},
                           Form{"2021-01-01", "2026-11-21", "748 of 832; 6 cannot be told"}}) {
    auto const first = in_demand_on(form.first), last = in_demand_on(form.last);
    ASSERT_EQ(first.code, 0) << first.err;
    EXPECT_THAT(first.err, HasSubstr(form.words));
    EXPECT_EQ(first.out, last.out);
    lists.insert(first.out);
  }
  EXPECT_EQ(lists.size(), 3U);
}

}  // namespace
}  // namespace waymark::real_test
