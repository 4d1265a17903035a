// Every trap of published tables, on texts small enough to see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample.hpp"

namespace waymark::evidence {
namespace {

using grammar::Code;
using sample::cell;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using vocabulary::Kind;

vocabulary::Source wages(std::vector<vocabulary::Mark> marks = {}) {
  return sample::source("wages", {sample::key("occupation", sample::soc(), "OCC_CODE")},
                        {sample::column("median wage", sample::dollars(), "A_MEDIAN", std::move(marks))});
}

sample::Read read_wages(std::string const& rows, std::vector<vocabulary::Mark> marks = {}) {
  return sample::read_one({}, wages(std::move(marks)), "OCC_CODE,A_MEDIAN\n" + rows);
}

// --- Layout -------------------------------------------------------------------------------------------------------

TEST(Tables, HeadersAreMatchedAsOnPaper) {
  auto const read = sample::read_one({}, wages(), "\xEF\xBB\xBF\"occ_code\",\" A_Median \"\n15-1252,100\n");
  EXPECT_EQ(cell(read, 0, {"15-1252"}), "10000") << read.said();
  auto source = wages();
  source.columns[0].column = "Median annual wage, 2024-34";
  auto const broken = sample::read_one({}, source,
                                       "OCC_CODE,\"Median annual\n\xC2\xA0wage, 2024\xE2\x80\x93"
                                       "34\"\n15-1252,100\n");
  EXPECT_EQ(cell(broken, 0, {"15-1252"}), "10000") << broken.said();
}

TEST(Tables, AMissingColumnIsAnErrorWithTheNearestHeader) {
  auto const near = sample::read_one({}, wages(), "OCC_CODE,A_MEDIAM,H_MEAN\n15-1252,1,2\n");
  ASSERT_EQ(near.errors.size(), 1U);
  EXPECT_EQ(near.errors[0].code, Code::evidence_column_missing);
  EXPECT_EQ(near.errors[0].file, "wages 2024.csv");
  EXPECT_EQ(near.errors[0].line, 1U);
  EXPECT_THAT(near.errors[0].message, HasSubstr("\"A_MEDIAN\""));
  EXPECT_THAT(near.errors[0].help, HasSubstr("\"A_MEDIAM\""));
  EXPECT_THAT(sample::read_one({}, wages(), "OCC_CODE,x,y\n").errors[0].help, HasSubstr("\"OCC_CODE\", \"x\", \"y\""));
  EXPECT_THAT(sample::read_one({}, wages(), "OCC_CODE;A_MEDIAN\n").errors[0].help, HasSubstr("separator"));
}

TEST(Tables, ATitleAboveTheHeaderIsSaid) {
  std::string const text = "Table 1.2,\n\"OCC_CODE\",A_MEDIAN\n15-1252,100\n";
  auto const wrong = sample::read_one({}, wages(), text);
  ASSERT_EQ(wrong.errors.size(), 2U);
  EXPECT_THAT(wrong.errors[0].help, HasSubstr("header_row = 2"));
  ReleaseEntry layout;
  layout.header_row = 2;
  EXPECT_EQ(cell(sample::read_one({}, wages(), text, layout), 0, {"15-1252"}), "10000");
  layout.header_row = 9;
  EXPECT_EQ(sample::read_one({}, wages(), text, layout).count(Code::evidence_header_missing), 1U);
  EXPECT_EQ(sample::read_one({}, wages(), "").count(Code::evidence_header_missing), 1U);
}

TEST(Tables, AHeaderThatStandsTwiceIsAnError) {
  EXPECT_EQ(read_wages("").errors.size(), 0U);
  EXPECT_EQ(sample::read_one({}, wages(), "OCC_CODE,A_MEDIAN,a_median\n").count(Code::evidence_column_twice), 1U);
}

TEST(Tables, FootersTitlesAndBlankRowsAreNoData) {
  auto source = wages();
  source.keys.insert(source.keys.begin(), sample::key("state", sample::text(), "State"));
  ReleaseEntry layout;
  layout.footer = "Printed on";
  auto const read = sample::read_one({}, source,
                                     "State,OCC_CODE,A_MEDIAN,Note\nOhio,15-1252,100,x\n,,,a note\n\nOnly a remark\n"
                                     "Printed on: 9/6/2022,,,\"odd\"quote\nOhio,15-1253,7,\n",
                                     layout);
  EXPECT_EQ(read.table().rows, 1U);
  EXPECT_THAT(read.errors, IsEmpty());
  EXPECT_EQ(read.count(Code::evidence_row_length), 1U) << read.said();
}

TEST(Tables, ARowOfAnotherLengthIsPassedOver) {
  auto const read = read_wages("15-1252\n15-1253,53,400\n15-1254,9,,\n");
  EXPECT_EQ(read.table().rows, 1U);
  EXPECT_EQ(cell(read, 0, {"15-1254"}), "900");
  ASSERT_EQ(read.count(Code::evidence_row_length), 2U);
  EXPECT_THAT(read.said(), HasSubstr("wages 2024.csv:3:0: The row has 3 cells and the header row 2"));
}

TEST(Tables, StrayQuotationMarksAreErrors) {
  auto const read = read_wages("15-1252,\"1\"2\n15-1253,100\n15-1254,\"1\n");
  EXPECT_EQ(read.table().rows, 1U);
  EXPECT_EQ(read.count(Code::evidence_row_unreadable), 2U);
  EXPECT_EQ(read.errors[0].line, 2U);
  EXPECT_EQ(read.errors[1].line, 4U);
}

TEST(Tables, AMarkThatIsNotDoubledIsTextWhereTheRowHasItsWidth) {
  auto const source = sample::source("programs", {sample::key("program", sample::cip(), "CIP", "Title")});
  auto const read =
      sample::read_one({}, source, "CIP,Title\n43,\"titled \"Protective\" in Canada\"\n44,\"a \"b\",\"c\"\n");
  EXPECT_EQ(read.table().rows, 1U);
  EXPECT_EQ(read.table().titles[0].at(read.symbols.find("43")), "titled \"Protective\" in Canada");
  EXPECT_EQ(read.count(Code::evidence_quote_as_text), 1U);
  EXPECT_EQ(read.count(Code::evidence_row_unreadable), 1U);
}

TEST(Tables, EncodingsAreSaidAndNotGuessed) {
  auto source = sample::source("areas", {sample::key("area", sample::text(), "Area")});
  auto const latin = std::string(
      "Area\nAlabama\nDo\xF1"
      "a Ana\n");
  auto const wrong = sample::read_one({}, source, latin);
  ASSERT_EQ(wrong.errors.size(), 1U);
  EXPECT_EQ(wrong.errors[0].code, Code::evidence_not_utf8);
  EXPECT_EQ(wrong.errors[0].line, 3U);
  EXPECT_EQ(wrong.errors[0].column, 3U);
  EXPECT_THAT(wrong.errors[0].help, HasSubstr("windows-1252"));
  ReleaseEntry layout;
  layout.encoding = "windows-1252";
  auto const right = sample::read_one({}, source, latin, layout);
  EXPECT_EQ(right.table()
                .rows_with(0, right.symbols.find("Do\xC3\xB1"
                                                 "a Ana"))
                .size(),
            1U);
  EXPECT_THAT(sample::read_one({}, source, "PK\x03\x04\xFF").errors[0].message, HasSubstr("spreadsheet"));
}

// --- Keys ---------------------------------------------------------------------------------------------------------

TEST(Tables, CodesAreNeverNumbers) {
  auto source = sample::source("programs", {sample::key("program", sample::cip(), "CIP")});
  auto const read = sample::read_one({}, source, "CIP\n\"=\"\"01.0101\"\"\"\n=\"01\"\n511020\n11.07\n99.9999\n");
  EXPECT_THAT(read.said(), IsEmpty());
  for (auto const* code : {"01", "01.0101", "51.1020", "11.07", "99.9999"}) {
    EXPECT_EQ(read.table().rows_with(0, read.symbols.find(code)).size(), 1U) << code;
  }
}

TEST(Tables, ACodeThatBecameADateIsNamed) {
  auto const read = read_wages("Nov-21,100\n11-Jan,100\n1/11/2021,100\n15-1252.00,100\n");
  EXPECT_EQ(read.table().rows, 1U);
  EXPECT_EQ(read.count(Code::evidence_code_became_date), 3U);
  EXPECT_THAT(read.said(),
              HasSubstr("wages 2024.csv:2:1: \"Nov-21\" stands in the column OCC_CODE where a code of SOC 2018 is "
                        "expected: a spreadsheet turned a code into a date. The row is passed over."));
}

TEST(Tables, UnreadableKeysAreNamedFiveTimesAndCounted) {
  std::string rows;
  for (int i = 0; i < 12; ++i) rows += "x" + std::to_string(i) + ",100\n";
  auto const read = read_wages(rows + ",100\n15-1252,100\n");
  EXPECT_EQ(read.table().rows, 1U);
  EXPECT_EQ(read.count(Code::evidence_key_unreadable), 6U);
  EXPECT_THAT(read.said(), HasSubstr("And 8 more like these."));
}

TEST(Tables, KeysOfOtherKinds) {
  auto vocabulary = sample::with_program_years();
  vocabulary.choices.push_back(sample::choice("region", {"Essex County"}));
  auto const source = sample::source(
      "rates",
      {sample::key("region", sample::of_kind(Kind::choice), "Area"),
       sample::key("year", sample::of_kind(Kind::year), "Year"), sample::key("level", sample::text(), "Level")},
      {sample::column("rate", sample::percent(), "Rate")});
  auto const read =
      sample::read_one(vocabulary, source,
                       "Area,Year,Level,Rate\n ESSEX COUNTY ,2020-2021, Grand  Total ,12.5%\n"
                       "Essex County,2021-22,Grand Total,13 %\nEssex County,2022-23,Grand Total,-0.5\n"
                       "Essex County,2020-2022,Grand Total,1\nBergen County,2022-23,x,1\nBergen County,2023-24,x,1\n"
                       "Kent,2022-23,x,1\n");
  EXPECT_EQ(cell(read, 0, {"Essex County", "2020-21", "grand total"}), "12500000");
  EXPECT_EQ(cell(read, 0, {"Essex County", "2021-22", "grand total"}), "13000000");
  EXPECT_EQ(cell(read, 0, {"Essex County", "2022-23", "grand total"}), "-500000");
  EXPECT_EQ(read.count(Code::evidence_key_unreadable), 1U) << read.said();
  EXPECT_EQ(read.count(Code::evidence_choice_unknown), 1U);
  EXPECT_THAT(read.said(), HasSubstr("column Area of 3 rows: Bergen County, Kent."));
  EXPECT_EQ(read.symbols.text(read.table().keys[0][0]), "Essex County");
}

TEST(Tables, AYearOfFourDigitsNeedsToSayWhich) {
  auto const vocabulary = sample::with_program_years();
  auto source = sample::source("rates", {sample::key("year", sample::of_kind(Kind::year), "Year")},
                               {sample::column("since", {sample::of_kind(Kind::year), {1, 1}}, "Since")});
  auto const in_full = sample::read_one(vocabulary, source, "Year,Since\n2025,2024-25\n2023-24,2025\n");
  EXPECT_EQ(in_full.table().rows, 1U);
  EXPECT_EQ(in_full.count(Code::evidence_key_unreadable), 1U);
  EXPECT_EQ(in_full.count(Code::evidence_cell_unreadable), 1U);
  EXPECT_THAT(in_full.said(), HasSubstr("It may be 2024-25 or 2025-26. Say in the Source which: `named by its first "
                                        "year` or `named by its last year`."));
  source.keys[0].named = vocabulary::YearNamed::by_last;
  source.columns[0].named = vocabulary::YearNamed::by_first;
  auto const said = sample::read_one(vocabulary, source, "Year,Since\n2025,2023\n2023-24,2022-23\n");
  EXPECT_THAT(said.evidence.warnings, IsEmpty()) << said.said();
  EXPECT_EQ(cell(said, 0, {"2024-25"}), "2023");
  EXPECT_EQ(cell(said, 0, {"2023-24"}), "2022");
}

// --- Values -------------------------------------------------------------------------------------------------------

TEST(Tables, NumbersAsAgenciesWriteThem) {
  auto const read = read_wages("11-0001,\"53,400\"\n11-0002,$53400.50\n11-0003,\" $ 1,000 \"\n11-0004,0\n");
  EXPECT_EQ(cell(read, 0, {"11-0001"}), "5340000");
  EXPECT_EQ(cell(read, 0, {"11-0002"}), "5340050");
  EXPECT_EQ(cell(read, 0, {"11-0003"}), "100000");
  EXPECT_EQ(cell(read, 0, {"11-0004"}), "0");
  EXPECT_THAT(read.evidence.warnings, IsEmpty()) << read.said();
}

TEST(Tables, ThousandsAreOfTheUnit) {
  vocabulary::Vocabulary vocabulary;
  auto source = wages();
  source.columns[0].quantity = sample::count(vocabulary, "openings per year", 1000);
  auto const read =
      sample::read_one(vocabulary, source, "OCC_CODE,A_MEDIAN\n11-0001,27.7\n11-0002,\"1,200\"\n11-0003,0.0005\n");
  EXPECT_EQ(cell(read, 0, {"11-0001"}), "27700");
  EXPECT_EQ(cell(read, 0, {"11-0002"}), "1200000");
  EXPECT_EQ(cell(read, 0, {"11-0003"}), "0..1");
}

TEST(Tables, MoreDecimalsThanTheUnitHasAreARange) {
  auto const read = read_wages("11-0001,17.660000000000004\n11-0002,5923.1666666667\n");
  EXPECT_EQ(cell(read, 0, {"11-0001"}), "1766..1767");
  EXPECT_EQ(cell(read, 0, {"11-0002"}), "592316..592317");
  EXPECT_EQ(read.count(Code::evidence_cell_too_fine), 2U);
  EXPECT_THAT(read.said(), HasSubstr("between $17.66 per year and $17.67 per year"));
  auto source = wages();
  source.columns[0].quantity = sample::percent();
  auto const negative = sample::read_one({}, source, "OCC_CODE,A_MEDIAN\n11-0001,-0.33333333333333333333\n");
  EXPECT_EQ(cell(negative, 0, {"11-0001"}), "-333334..-333333");
}

TEST(Tables, MarksAreWhatIsKnown) {
  auto const read = read_wages("11-0001,*\n11-0002,**\n11-0003, # \n11-0004,-99999\n11-0005,\">=$239,200\"\n11-0006,\n",
                               {sample::suppressed("*"),
                                sample::suppressed("**"),
                                sample::at_least("#", 23'920'000),
                                {"-99999", {values::Known::not_yet_published}},
                                sample::at_least(">=$239,200", 23'920'000)});
  EXPECT_EQ(cell(read, 0, {"11-0001"}), "suppressed by its source");
  EXPECT_EQ(cell(read, 0, {"11-0002"}), "suppressed by its source");
  EXPECT_EQ(cell(read, 0, {"11-0003"}), "23920000..");
  EXPECT_EQ(cell(read, 0, {"11-0004"}), "not yet published");
  EXPECT_EQ(cell(read, 0, {"11-0005"}), "23920000..");
  EXPECT_EQ(cell(read, 0, {"11-0006"}), "not covered by its source");
  EXPECT_THAT(read.evidence.warnings, IsEmpty()) << read.said();
  EXPECT_EQ(cell(read_wages("11-0006, \n", {sample::suppressed("")}), 0, {"11-0006"}), "suppressed by its source");
}

TEST(Tables, ACellThatIsNeitherIsSaidAndNeverZero) {
  auto const read = read_wages("11-0001,n/a\n11-0002,\"1,23\"\n11-0003,1e5\n11-0004,-5\n11-0005,99999999999999999\n");
  for (auto const* code : {"11-0001", "11-0002", "11-0003", "11-0004", "11-0005"}) {
    EXPECT_EQ(cell(read, 0, {code}), "not readable in its source") << code;
  }
  EXPECT_EQ(read.count(Code::evidence_cell_unreadable), 3U);
  EXPECT_EQ(read.count(Code::evidence_cell_outside), 2U);
  EXPECT_THAT(read.errors, IsEmpty());
  EXPECT_THAT(read.said(),
              HasSubstr("wages 2024.csv:2:9: \"n/a\" in the column A_MEDIAN cannot be read as dollars per year"));
}

TEST(Tables, ADeclaredRangeHolds) {
  auto source = wages({sample::at_least("#", 50)});
  source.columns[0].quantity = sample::percent();
  source.columns[0].lowest = 0;
  source.columns[0].highest = 100'000'000;
  auto const read =
      sample::read_one({}, source, "OCC_CODE,A_MEDIAN\n11-0001,100\n11-0002,101\n11-0003,-1\n11-0004,#\n11-0005,\n");
  EXPECT_EQ(cell(read, 0, {"11-0001"}), "100000000");
  EXPECT_EQ(cell(read, 0, {"11-0002"}), "not readable in its source");
  EXPECT_EQ(cell(read, 0, {"11-0003"}), "not readable in its source");
  EXPECT_EQ(cell(read, 0, {"11-0004"}), "50..100000000");
  EXPECT_EQ(read.table().columns[0].highest[4], 100'000'000);
  EXPECT_EQ(read.count(Code::evidence_cell_outside), 2U);
  source.columns[0].quantity = sample::dollars();
  source.columns[0].lowest = source.columns[0].highest = std::nullopt;
  source.columns[0].may_be_negative = true;
  EXPECT_EQ(cell(sample::read_one({}, source, "OCC_CODE,A_MEDIAN\n11-0001,-$5\n"), 0, {"11-0001"}), "-500");
}

TEST(Tables, ColumnsOfOtherKinds) {
  auto vocabulary = sample::with_program_years();
  vocabulary.choices.push_back(sample::choice("level", {"low", "high"}));
  auto const of = [](Kind kind) { return vocabulary::Quantity{sample::of_kind(kind), {}}; };
  auto const source = sample::source(
      "facts", {sample::key("id", sample::text(), "id")},
      {sample::column("level", of(Kind::choice), "level"), sample::column("annual", of(Kind::yes_no), "annual"),
       sample::column("day", of(Kind::date), "day"), sample::column("year", of(Kind::year), "year"),
       sample::column("title", of(Kind::text), "title"), sample::column("code", {sample::soc(), {}}, "code")});
  auto const read =
      sample::read_one(vocabulary, source,
                       "id,level,annual,day,year,title,code\na,HIGH,TRUE,1970-01-11,2024-25, Chief ,15-1252.00\n"
                       "b,middle,maybe,1/2/2024,24,,Nov-21\n");
  EXPECT_EQ(cell(read, 0, {"a"}), "1");
  EXPECT_EQ(cell(read, 1, {"a"}), "1");
  EXPECT_EQ(cell(read, 2, {"a"}), "10");
  EXPECT_EQ(cell(read, 3, {"a"}), "2024");
  EXPECT_EQ(cell(read, 4, {"a"}), std::to_string(read.symbols.find("chief")));
  EXPECT_EQ(cell(read, 5, {"a"}), std::to_string(read.symbols.find("15-1252")));
  for (std::size_t const column : {0U, 1U, 2U, 3U, 5U}) {
    EXPECT_EQ(cell(read, column, {"b"}), "not readable in its source");
  }
  EXPECT_EQ(cell(read, 4, {"b"}), "not covered by its source");
  EXPECT_EQ(read.count(Code::evidence_cell_unreadable), 4U) << read.said();
  EXPECT_EQ(read.count(Code::evidence_code_became_date), 1U);
}

// --- Rows ---------------------------------------------------------------------------------------------------------

TEST(Tables, FiltersKeepAndLeaveOut) {
  auto source = wages();
  source.rows = {{"Group", false, {"detailed", "Line item"}}, {"Area", true, {"Guam"}}};
  auto const read =
      sample::read_one({}, source,
                       "OCC_CODE,A_MEDIAN,Group,Area\n11-0001,1,Detailed,Ohio\n11-0002,1,line  item ,Ohio\n"
                       "11-0003,1,broad,Ohio\n11-0004,1,detailed,Guam\n");
  EXPECT_EQ(read.table().rows, 2U);
  EXPECT_EQ(cell(read, 0, {"11-0002"}), "100");
}

TEST(Tables, AFilterThatKeepsNothingIsSaid) {
  auto source = wages();
  source.rows = {{"Group", false, {"detail"}}};
  auto const read = sample::read_one({}, source, "OCC_CODE,A_MEDIAN,Group\n11-0001,1,detailed\n11-0002,1,broad\n");
  EXPECT_EQ(read.count(Code::evidence_no_rows), 1U);
  EXPECT_THAT(read.said(), HasSubstr("\"detailed\", \"broad\""));
  // A file that was cut off behind its header is as good as none: that a key has no row there is no answer.
  EXPECT_EQ(read_wages("").count(Code::evidence_no_rows), 1U);
  EXPECT_TRUE(read_wages("").evidence.releases[0].at(0).table.rows_lost);
}

TEST(Tables, EqualRowsAreOneAndDifferingRowsAreAnError) {
  EXPECT_EQ(read_wages("31-1120,100\n31-1120,100.00\n").table().rows, 1U);
  auto const read = sample::read_one(
      {}, wages(), "OCC_CODE,Group,A_MEDIAN\n31-1120,broad,100\n31-1120,detailed,200\n31-1120,total,100\n");
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].code, Code::evidence_rows_disagree);
  EXPECT_EQ(read.errors[0].line, 3U);
  EXPECT_EQ(read.errors[0].message, "Lines 2 and 3 are both about 31-1120, and differ in the column A_MEDIAN.");
  EXPECT_THAT(read.errors[0].help, HasSubstr("Rows: where Group is \"detailed\"."));
  EXPECT_THAT(read_wages("31-1120,1\n31-1120,2\n").errors[0].help, HasSubstr("further key"));
}

TEST(Tables, AListHoldsEachKeyOnce) {
  auto const source = sample::source("crosswalk", {sample::key("program", sample::cip(), "CIP", "Title"),
                                                   sample::key("occupation", sample::soc(), "SOC")});
  auto const read =
      sample::read_one({}, source,
                       "CIP,Title,SOC\n01.0000,Farms.,19-1011\n01.0000,Farms.,19-1012\n01.0000,Farms.,19-1011\n"
                       "01.0101, Other ,19-1011\n");
  EXPECT_EQ(read.table().rows, 3U);
  EXPECT_THAT(read.table().rows_with(1, read.symbols.find("19-1011")), ElementsAre(0, 2));
  EXPECT_THAT(read.table().rows_with(0, read.symbols.find("01.0000")), ElementsAre(0, 1));
  EXPECT_THAT(read.table().rows_with(0, values::Symbols::kUnknown), IsEmpty());
  EXPECT_EQ(read.table().titles[0].at(read.symbols.find("01.0101")), "Other");
  EXPECT_FALSE(read.table().row({read.symbols.find("01.0101"), read.symbols.find("19-1012")}));
  EXPECT_FALSE(read.table().row({read.symbols.find("01.0101")}));
}

}  // namespace
}  // namespace waymark::evidence
