// One policy that asks every published table at once; `./run bench` times a process that decides by it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/real/published.hpp"

namespace waymark::real_test {
namespace {

TEST(real_every_table, registered_nurses_as_published) {
  NEEDS_REAL_DATA();
  auto const folder = fs::temp_directory_path() / "waymark-every-table";
  fs::create_directories(folder);
  auto const pathway = (folder / "pathway.jsonl").string();
  std::ofstream(pathway) << R"({"id": "nursing", "cip": "51.3801", "soc": ["29-1141"]})"
                         << "\n";
  auto const ran = run_program({"explain", kRoot + "/tests/real/every-table/every-table.policy", "--submissions",
                                pathway, "--id", "nursing", "--date", "2026-11-21"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  for (auto const* said :
       {"nursing: approve", "matched: 1 occupation", "national wage: $93,600 per year", "state wage: $111,030 per year",
        "area wage: $45.84 per hour", "189,100 openings per year"}) {
    EXPECT_THAT(ran.out, testing::HasSubstr(said));
  }
}

}  // namespace
}  // namespace waymark::real_test
