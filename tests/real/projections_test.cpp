// The ranked tables of the Bureau of Labor Statistics, made again from the table that they are taken from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/real/published.hpp"

namespace waymark::real_test {
namespace {

using Codes = std::set<std::string>;

// The first SOC code of each line; the total of all occupations is none.
Codes published(std::string const& table) {
  Codes out;
  for (auto const& line : lines_of(contents(data_folder() + "/bls-ep-2024-34/" + table))) {
    for (std::size_t at = 0; at + 9 <= line.size(); ++at) {
      auto const code = line.substr(at + 1, 7);
      bool const is_code = line[at] == ',' && line[at + 3] == '-' && line[at + 8] == ',' &&
                           code.find_first_not_of("0123456789-") == std::string::npos;
      if (!is_code) continue;
      if (code != "00-0000") out.insert(code);
      break;
    }
  }
  return out;
}

struct Listed {
  Codes on, untold;
  std::size_t off = 0;
};

Listed listed(std::string const& list) {
  auto const ran = run_program(
      {"list", kRoot + "/tests/real/projections/occupations.policy", "--list", list, "--all", "--date", "2026-11-21"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  Listed out;
  for (auto const& line : lines_of(ran.out)) {
    auto const code = line.substr(0, line.find(','));
    if (line.ends_with(",yes")) out.on.insert(code);
    if (line.ends_with(",cannot be told")) out.untold.insert(code);
    if (line.ends_with(",no")) ++out.off;
  }
  return out;
}

TEST(real_projections, the_thirty_of_each_table) {
  NEEDS_REAL_DATA();
  for (auto const& [list, table] :
       std::vector<std::pair<std::string, std::string>>{{"fastest growing", "table_1_3.csv"},
                                                        {"largest job growth", "table_1_4.csv"},
                                                        {"largest decline", "table_1_6.csv"}}) {
    auto const got = listed(list);
    EXPECT_EQ(got.on, published(table)) << list;
    EXPECT_EQ(got.on.size(), 30U) << list;
    EXPECT_EQ(got.untold, Codes{}) << list;
    EXPECT_EQ(got.off, 802U) << list;
  }
}

// Three occupations decline by 13.6 percent, for one place. The Bureau prints one of them: by more decimals than it
// publishes.
TEST(real_projections, a_tie_that_the_published_table_cannot_settle) {
  NEEDS_REAL_DATA();
  auto const got = listed("fastest declining");
  auto const all = published("table_1_5.csv");
  ASSERT_EQ(all.size(), 30U);
  EXPECT_EQ(got.on.size(), 29U);
  EXPECT_EQ(got.untold, (Codes{"49-2096", "51-4034", "51-4193"}));
  auto with_the_tie = got.on;
  with_the_tie.insert("51-4034");
  EXPECT_EQ(with_the_tie, all);
}

}  // namespace
}  // namespace waymark::real_test
