// Files as their agencies publish them, where they are at hand: beside the project, or in the folder that the
// environment variable WAYMARK_REAL_DATA names. The figures here were counted apart from this reader.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/evidence/editions.hpp"
#include "sample.hpp"

namespace waymark::evidence {
namespace {

using grammar::Code;
using sample::cell;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using vocabulary::Kind;
using vocabulary::Per;

std::filesystem::path data_folder() {
  auto const* named = std::getenv("WAYMARK_REAL_DATA");
  return named != nullptr && *named != '\0' ? std::filesystem::path(named)
                                            : std::filesystem::path(WAYMARK_ROOT) / ".." / "shared" / "data";
}

values::Result<std::string, values::WorldError> from_disk(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return values::failure(values::WorldError{path + " is not there"});
  return std::string(std::istreambuf_iterator<char>(in), {});
}

class RealFiles : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(data_folder() / "bls-oews-2024-national"))
      GTEST_SKIP() << "no published files at hand";
  }

  ReleaseEntry& add(vocabulary::Source source, std::string file) {
    ReleaseEntry entry;
    entry.source = source.name;
    entry.name = "published";
    entry.file = std::move(file);
    manifest.path = "evidence.toml";
    manifest.folder = data_folder().string();
    manifest.releases.push_back(std::move(entry));
    vocabulary.sources.push_back(std::move(source));
    return manifest.releases.back();
  }
  sample::Read read() const { return sample::read(vocabulary, manifest, from_disk); }

  static std::size_t cells(Table const& table, std::size_t column, values::Known known) {
    auto const& all = table.columns.at(column).known;
    return static_cast<std::size_t>(std::count(all.begin(), all.end(), known));
  }

  vocabulary::Vocabulary vocabulary = sample::with_program_years();
  Manifest manifest;
};

TEST_F(RealFiles, NationalWages2024) {
  auto const hourly = sample::dollars(Per::hour);
  std::vector<vocabulary::Mark> const yearly_marks = {sample::suppressed("*"), sample::at_least("#", 23'920'000)};
  std::vector<vocabulary::Mark> const hourly_marks = {sample::suppressed("*"), sample::at_least("#", 11'500)};
  auto const people = sample::count(vocabulary, "people");
  add(sample::source("wages", {sample::key("occupation", sample::soc(), "OCC_CODE", "OCC_TITLE")},
                     {sample::column("employment", people, "TOT_EMP"),
                      sample::column("hourly median", hourly, "H_MEDIAN", hourly_marks),
                      sample::column("median wage", sample::dollars(), "A_MEDIAN", yearly_marks),
                      sample::column("annual only", {sample::of_kind(Kind::yes_no), {}}, "ANNUAL")},
                     {{"O_GROUP", false, {"detailed"}}}),
      "bls-oews-2024-national/national_M2024_dl.csv");
  auto const read = this->read();
  ASSERT_THAT(read.said(), IsEmpty());
  auto const& table = read.table();
  EXPECT_EQ(table.rows, 831U);
  EXPECT_EQ(cells(table, 1, values::Known::bounded), 17U);
  EXPECT_EQ(cells(table, 1, values::Known::suppressed), 59U);
  EXPECT_EQ(cells(table, 2, values::Known::bounded), 17U);
  EXPECT_EQ(cells(table, 2, values::Known::suppressed), 5U);
  EXPECT_EQ(cells(table, 3, values::Known::exactly), 59U);
  EXPECT_EQ(cell(read, 0, {"15-1252"}), "1654440");
  EXPECT_EQ(cell(read, 1, {"15-1252"}), "6398");
  EXPECT_EQ(cell(read, 2, {"15-1252"}), "13308000");
  EXPECT_EQ(cell(read, 2, {"29-1211"}), "23920000..");
  EXPECT_EQ(cell(read, 2, {"27-2011"}), "suppressed by its source");
  EXPECT_EQ(table.titles[0].at(read.symbols.find("15-1252")), "Software Developers");
}

TEST_F(RealFiles, NationalWagesWithoutAFilterHoldEqualRowsOnly) {
  add(sample::source("wages", {sample::key("occupation", sample::soc(), "OCC_CODE")},
                     {sample::column("median wage", sample::dollars(), "A_MEDIAN",
                                     {sample::suppressed("*"), sample::at_least("#", 23'920'000)})}),
      "bls-oews-2024-national/national_M2024_dl.csv");
  auto const read = this->read();
  EXPECT_THAT(read.said(), IsEmpty());
  EXPECT_EQ(read.table().rows, 1403U - 7U);  // 31-1120 and six more are broad and detailed
}

TEST_F(RealFiles, StateWages2023) {
  add(sample::source(
          "wages",
          {sample::key("area", sample::text(), "AREA_TITLE"), sample::key("occupation", sample::soc(), "OCC_CODE")},
          {sample::column("mean wage", sample::dollars(), "A_MEAN",
                          {sample::suppressed("*"), sample::at_least("#", 23'920'000)})}),
      "bls-oews-2023-state/state_M2023_means_semicolon.csv")
      .separator = ';';
  auto const read = this->read();
  ASSERT_THAT(read.said(), IsEmpty());
  EXPECT_EQ(read.table().rows, 37'676U);
  EXPECT_EQ(cells(read.table(), 0, values::Known::suppressed), 635U);
  EXPECT_EQ(cells(read.table(), 0, values::Known::bounded), 73U);
  EXPECT_EQ(cell(read, 0, {"new jersey", "15-1252"}), "13497000");
  EXPECT_EQ(read.table().rows_with(1, read.symbols.find("15-1252")).size(), 53U);
}

TEST_F(RealFiles, NewJerseyRowsThatASpreadsheetSpoiled) {
  auto& entry = add(sample::source("wages", {sample::key("occupation", sample::soc(), "OCC_CODE")},
                                   {sample::column("mean wage", sample::dollars(), "A_MEAN", {sample::suppressed("*")}),
                                    sample::column("median wage", sample::dollars(), "A_MEDIAN",
                                                   {sample::suppressed("*"), sample::at_least("#", 23'920'000)})}),
                    "bls-oews-2023-state/oes_estimates_NJ_native_19rows.csv");
  entry.marks = {{"A_*", {{"#", "at least $207,660 per year"}}}};  // an older year with another top code
  auto const read = this->read();
  ASSERT_THAT(read.errors, IsEmpty());
  EXPECT_EQ(read.table().rows, 5U);
  EXPECT_EQ(read.count(Code::evidence_code_became_date), 14U);
  EXPECT_EQ(read.evidence.warnings.size(), 14U);
  EXPECT_THAT(read.said(),
              HasSubstr(":7:54: \"Nov-11\" stands in the column OCC_CODE where a code of SOC 2018 is expected"));
  EXPECT_EQ(cell(read, 1, {"11-1011"}), "20766000..");
  EXPECT_EQ(cell(read, 0, {"11-1031"}), "suppressed by its source");
}

TEST_F(RealFiles, Projections2024To2034) {
  auto const jobs = sample::count(vocabulary, "jobs", 1000);
  auto const openings = sample::count(vocabulary, "openings per year", 1000);
  auto& entry = add(
      sample::source(
          "projections",
          {sample::key("occupation", sample::soc(), "2024 National Employment Matrix code",
                       "2024 National Employment Matrix title")},
          {sample::column("employment", jobs, "Employment, 2024"),
           sample::column("openings", openings, "Occupational openings, 2024-34 annual average"),
           sample::column("growth", sample::percent(), "Employment change, percent, 2024-34"),
           sample::column("median wage", sample::dollars(), "median annual wage, dollars, 2024[1]",
                          {sample::at_least(">=$239,200", 23'920'000), {"\xE2\x80\x94", {values::Known::suppressed}}})},
          {{"Occupation type", false, {"Line item"}}}),
      "bls-ep-2024-34/table_1_2.csv");
  entry.header_row = 2;
  entry.footer = "Footnotes:";
  auto const read = this->read();
  ASSERT_THAT(read.said(), IsEmpty());
  EXPECT_EQ(read.table().rows, 832U);
  EXPECT_EQ(cell(read, 0, {"15-1252"}), "1693800");
  EXPECT_EQ(cell(read, 1, {"15-1252"}), "115200");
  EXPECT_EQ(cell(read, 2, {"15-1252"}), "15800000");
  EXPECT_EQ(cell(read, 3, {"29-1022"}), "23920000..");
  EXPECT_EQ(cells(read.table(), 3, values::Known::bounded), 17U);
  EXPECT_EQ(cells(read.table(), 3, values::Known::suppressed), 6U);
  EXPECT_EQ(read.table().titles[0].at(read.symbols.find("53-7199")), "Material moving workers, all other");
}

TEST_F(RealFiles, ProjectionsSayWhereTheirHeaderStands) {
  add(sample::source("projections", {sample::key("occupation", sample::soc(), "2024 National Employment Matrix code")}),
      "bls-ep-2024-34/table_1_2.csv");
  auto const read = this->read();
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_THAT(read.errors[0].help, HasSubstr("header_row = 2"));
}

TEST_F(RealFiles, ProgramsAndOccupations) {
  auto programs = sample::source("programs", {sample::key("program", sample::cip(), "CIPCode", "CIPTitle")});
  programs.lists_all = sample::cip();
  add(sample::source("crosswalk", {sample::key("program", sample::cip(), "CIP2020Code", "CIP2020Title"),
                                   sample::key("occupation", sample::soc(), "SOC2018Code", "SOC2018Title")}),
      "nces-cip2020-soc2018/CIP2020_SOC2018_Crosswalk.csv");
  add(programs, "nces-cip2020-soc2018/CIPCode2020.csv");
  auto const read = this->read();
  ASSERT_THAT(read.errors, IsEmpty());
  EXPECT_EQ(read.evidence.warnings.size(), 1U);
  EXPECT_EQ(read.count(Code::evidence_quote_as_text), 1U);  // "Security and Protective Services", as NCES publishes it
  EXPECT_EQ(read.table(0).rows, 6097U);
  EXPECT_EQ(read.table(0).titles[0].size(), 2143U);
  EXPECT_EQ(read.table(0).titles[1].size(), 868U);
  EXPECT_EQ(read.table(0).rows_with(1, read.symbols.find("99-9999")).size(), 194U);
  EXPECT_EQ(read.table(0).rows_with(0, read.symbols.find("99.9999")).size(), 180U);
  EXPECT_EQ(read.table(1).rows, 2848U);
  EXPECT_TRUE(read.table(1).row({read.symbols.find("01.0101")}));
  EXPECT_TRUE(read.table(1).row({read.symbols.find("01")}));
}

TEST_F(RealFiles, NewJerseyInDemandLists) {
  add(sample::source("occupations", {sample::key("occupation", sample::soc(), "SOC", "OCCUPATIONTITLE")}),
      "nj-in-demand/in_demand_socs.csv");
  add(sample::source("programs", {sample::key("program", sample::cip(), "CIP", "CIPTitle")}),
      "nj-in-demand/in_demand_cips.csv");
  add(sample::source("crosswalk", {sample::key("occupation", sample::soc(), "SOC2018Code"),
                                   sample::key("program", sample::cip(), "CIP2020Code")}),
      "nj-in-demand/soc2018_cip2020_crosswalk.csv");
  add(sample::source("exceptions",
                     {sample::key("occupation", sample::soc(), "SOC"), sample::key("county", sample::text(), "COUNTY"),
                      sample::key("program", sample::cip(), "CIP")}),
      "nj-in-demand/local_exceptions_20200701.csv");
  auto const read = this->read();
  ASSERT_THAT(read.said(), IsEmpty());
  EXPECT_EQ(read.table(0).rows, 109U);
  EXPECT_EQ(read.table(1).rows, 722U);
  EXPECT_EQ(read.table(2).rows, 6093U);
  EXPECT_EQ(read.table(3).rows, 5U);

  // New Jersey's own finding, by hand: the programs of its occupations are its list, without the placeholder.
  std::vector<values::Symbol> found;
  for (auto const occupation : read.table(0).keys[0]) {
    for (auto const row : read.table(2).rows_with(0, occupation)) found.push_back(read.table(2).keys[1][row]);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  found.erase(std::remove(found.begin(), found.end(), read.symbols.find("99.9999")), found.end());
  auto listed = read.table(1).keys[0];
  std::sort(listed.begin(), listed.end());
  EXPECT_EQ(found, listed);
}

TEST_F(RealFiles, EditionsOfOccupations) {
  auto table = sample::source("soc", {sample::key("occupation", sample::soc(), "SOCCode", "SOCTitle")});
  table.lists_all = sample::soc();
  add(table, "nj-in-demand/soc2018_definitions.csv");
  add(sample::source("renamed", {sample::key("old", sample::soc(2010), "SOCCode2010"),
                                 sample::key("new", sample::soc(), "SOCCode2018")}),
      "nj-in-demand/soc2010_to_2018_crosswalk.csv");
  add(sample::source("in demand", {sample::key("occupation", sample::soc(), "SOC")}),
      "nj-in-demand/in_demand_socs.csv");
  auto const read = this->read();
  ASSERT_THAT(read.said(), IsEmpty());
  EXPECT_EQ(read.table(0).rows, 1447U);
  EXPECT_EQ(read.table(1).rows, 900U);
  Editions const editions(vocabulary, read.evidence, values::date_of(2024, 1, 1));
  auto const symbol = [&](char const* code) { return read.symbols.find(code); };
  EXPECT_EQ(editions.table(sample::soc(), symbol("15-1132")), false);
  EXPECT_EQ(editions.edition_of(values::CodeSystem::soc, symbol("15-1132"), 2018), 2010);
  EXPECT_THAT(editions.successors(values::CodeSystem::soc, symbol("15-1132"), 2010, 2018),
              ElementsAre(symbol("15-1252"), symbol("15-1253")));
  // 11 of the 109 are codes of 2010.
  auto const& in_demand = read.table(2).keys[0];
  EXPECT_EQ(std::count_if(in_demand.begin(), in_demand.end(),
                          [&](auto code) { return editions.table(sample::soc(), code) == false; }),
            11);
}

TEST_F(RealFiles, WashingtonWages2022) {
  auto year = sample::key("year", sample::of_kind(Kind::year), "Year");
  year.named = vocabulary::YearNamed::by_first;  // the file has 2022
  add(sample::source(
          "wages",
          {sample::key("area", sample::text(), "Area name"), sample::key("occupation", sample::soc(), "SOC code"),
           year},
          {sample::column("average wage", sample::dollars(Per::hour), "Average wage", {sample::suppressed("")}),
           sample::column("annual wage", sample::dollars(), "Annual wage", {sample::suppressed("")})}),
      "wa-oews-2022/oews-washington.csv");
  auto const read = this->read();
  ASSERT_THAT(read.said(), IsEmpty());
  EXPECT_EQ(read.table().rows, 6920U);
  EXPECT_EQ(cell(read, 0, {"Washington", "11-1011", "2022-23"}), "13442");
  EXPECT_EQ(cell(read, 0, {"Washington", "11-1031", "2022-23"}), "suppressed by its source");
  EXPECT_EQ(cell(read, 1, {"Washington", "11-1031", "2022-23"}), "11938000");
}

TEST_F(RealFiles, PerkinsConcentrators) {
  auto const students = sample::count(vocabulary, "students");
  add(sample::source(
          "concentrators",
          {sample::key("state", sample::text(), "State"), sample::key("year", sample::of_kind(Kind::year), "Year"),
           sample::key("level", sample::text(), "Education Type"),
           sample::key("group", sample::text(), "Student Population")},
          {sample::column("total", students, "Total Number Of Students", {sample::suppressed("n/a")})}),
      "perkins-cte-enrollment/CTE_Concentrators_Enrollment_Report_2020-21.csv")
      .footer = "Printed on";
  auto const read = this->read();
  ASSERT_THAT(read.said(), IsEmpty());
  EXPECT_EQ(read.table().rows, 2354U);  // a blank row and the footer are the other two
  EXPECT_EQ(cells(read.table(), 0, values::Known::suppressed), 212U);
  EXPECT_EQ(cell(read, 0, {"Ohio", "2020-21", "Secondary", "Grand Total"}), "83256");
}

TEST_F(RealFiles, OutcomesByProvider) {
  std::vector<vocabulary::Mark> const marks = {sample::suppressed("-99999")};
  add(sample::source(
          "outcomes",
          {sample::key("provider", sample::text(), "providerid"), sample::key("program", sample::cip(), "cipcode")},
          {sample::column("employed", {sample::of_kind(Kind::percent), {100'000'000, 1}}, "PerEmployed2", marks),
           sample::column("quarterly wage", sample::dollars(Per::once), "AvgQuarterlyWage2", marks)}),
      "nj-in-demand/outcomes_schcip.csv");
  auto const read = this->read();
  EXPECT_THAT(read.errors, IsEmpty()) << read.said();
  EXPECT_EQ(cell(read, 0, {"27", "51.1020"}), "80000000");
  EXPECT_EQ(cell(read, 0, {"27", "52.0301"}), "71428571..71428572");  // published as 0.714285714285714
  EXPECT_EQ(cell(read, 1, {"27", "52.0301"}), "501300");
  EXPECT_EQ(cell(read, 1, {"6", "51.1020"}), "suppressed by its source");
  EXPECT_EQ(read.count(Code::evidence_cell_unreadable), 0U);
}

}  // namespace
}  // namespace waymark::evidence
