// Which file is read, whether it is the right one, and which release is the newest on a day.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/values/hash.hpp"
#include "sample.hpp"

namespace waymark::evidence {
namespace {

using grammar::Code;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char const* kRows =
    "OCC_CODE,OCC_TITLE,O_GROUP,TOT_EMP,A_MEDIAN\n15-1252,Developers,detailed,\"1,000\",100\n";

values::Date day(int year) { return values::date_of(year, 1, 1); }

TEST(Releases, AHashThatDoesNotFitIsAnErrorWithBoth) {
  sample::Given given;
  given.add("wages", kRows).sha256 = std::string(64, '0');
  auto const read = sample::read(sample::labor_market(), given);
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].code, Code::evidence_hash_differs);
  EXPECT_EQ(read.errors[0].file, "evidence.toml");
  EXPECT_EQ(read.errors[0].line, 1U);
  EXPECT_THAT(read.errors[0].message, HasSubstr(values::hex(values::sha256(kRows))));
  EXPECT_THAT(read.errors[0].message, HasSubstr(std::string(64, '0')));
  EXPECT_THAT(read.evidence.releases[0], IsEmpty());
}

TEST(Releases, ARightHashAndTheFileAreKept) {
  sample::Given given;
  given.add("wages", kRows).sha256 = values::hex(values::sha256(kRows));
  given.add("projections", "AREA,OCC_CODE,OPENINGS\n");
  auto const read = sample::read(sample::labor_market(), given);
  EXPECT_THAT(read.said(), HasSubstr("stands no row"));
  auto const& release = read.evidence.releases[0].at(0);
  EXPECT_EQ(release.sha256, values::hex(values::sha256(kRows)));
  EXPECT_EQ(release.bytes, std::string(kRows).size());
  EXPECT_EQ(release.path, "wages 2024.csv");
  EXPECT_EQ(release.table.titles[0].at(read.symbols.find("15-1252")), "Developers");
  EXPECT_EQ(sample::cell(read, 0, {"15-1252"}), "1000");
  EXPECT_EQ(sample::cell(read, 1, {"15-1252"}), "10000");
}

TEST(Releases, AMissingFileIsAnErrorOfTheManifest) {
  sample::Given given;
  given.add("wages", kRows).file = "../elsewhere/wages.csv";
  given.manifest.folder = "data/oews";
  auto const read = sample::read(sample::labor_market(), given);
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].code, Code::evidence_file_missing);
  EXPECT_EQ(read.errors[0].message, "data/elsewhere/wages.csv is not there.");
}

TEST(Releases, OnlyWhatIsWantedIsRead) {
  sample::Given given;
  given.add("wages", "not a table");
  given.add("unheard of", "not a table");
  values::Symbols symbols;
  auto const read = read_evidence(given.manifest, sample::labor_market(), {}, symbols, sample::in_memory(given.files));
  EXPECT_THAT(read.errors, IsEmpty());
  EXPECT_THAT(read.evidence.warnings, IsEmpty());
  EXPECT_EQ(read.evidence.releases.size(), 2U);
}

TEST(Releases, ASourceWithoutAReleaseIsSaid) {
  sample::Given given;
  given.add("wage", kRows);
  given.add("projections", "AREA,OCC_CODE,OPENINGS\n");
  auto const read = sample::read(sample::labor_market(), given);
  ASSERT_EQ(read.count(Code::evidence_no_release), 1U);
  EXPECT_THAT(read.said(), HasSubstr("source = \"wage\": write \"wages\""));
  EXPECT_THAT(sample::read(sample::labor_market(), sample::Given()).said(), IsEmpty());
}

TEST(Releases, TheNewestIsTheNewestThatIsKnown) {
  sample::Given given;
  given.add("wages", kRows, "2024").released = day(2025);
  given.add("wages", kRows, "always");
  given.add("wages", kRows, "2023").released = day(2024);
  auto const read = sample::read(sample::labor_market(), given);
  ASSERT_EQ(read.evidence.releases[0].size(), 3U);
  auto const newest = [&](values::Date date) { return read.evidence.newest(0, date)->entry.name; };
  EXPECT_EQ(newest(day(2023)), "always");
  EXPECT_EQ(newest(day(2024)), "2023");
  EXPECT_EQ(newest(values::add_days(day(2025), -1)), "2023");
  EXPECT_EQ(newest(day(2025)), "2024");
  EXPECT_EQ(newest(day(2030)), "2024");
  EXPECT_EQ(read.evidence.newest(1, day(2030)), nullptr);
  EXPECT_EQ(read.evidence.newest(7, day(2030)), nullptr);
}

TEST(Releases, NothingIsKnownBeforeItIsReleased) {
  sample::Given given;
  given.add("wages", kRows).released = day(2025);
  EXPECT_EQ(sample::read(sample::labor_market(), given).evidence.newest(0, day(2024)), nullptr);
}

}  // namespace
}  // namespace waymark::evidence
