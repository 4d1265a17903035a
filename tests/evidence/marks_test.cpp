// Marks' meanings in the words of the language, and whose words win.
#include "engine/evidence/marks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample.hpp"

namespace waymark::evidence {
namespace {

using grammar::Code;
using testing::HasSubstr;
using testing::IsEmpty;
using values::Known;
using vocabulary::Kind;

class MarkMeanings : public testing::Test {
 protected:
  MarkMeanings() {
    vocabulary = sample::with_program_years();
    vocabulary.choices.push_back(sample::choice("level", {"low", "high"}));
    students = sample::count(vocabulary, "students").type;
    vocabulary.derived_units.push_back({"cent per hour", {hourly, {1, 1}}});
  }

  std::string read(std::string const& words, vocabulary::Type const& type) const {
    auto const meaning = read_mark_meaning(words, type, vocabulary);
    if (!meaning) return meaning.error();
    Table table;
    table.columns.push_back({{meaning->lowest}, {meaning->highest}, {meaning->known}});
    return sample::cell(table, 0, 0);
  }

  vocabulary::Vocabulary vocabulary;
  vocabulary::Type yearly = sample::dollars().type;
  vocabulary::Type hourly = sample::dollars(vocabulary::Per::hour).type;
  vocabulary::Type students;
};

TEST_F(MarkMeanings, Reasons) {
  EXPECT_EQ(read("suppressed", yearly), "suppressed by its source");
  EXPECT_EQ(read("not yet published", students), "not yet published");
  EXPECT_EQ(read("not covered", students), "not covered by its source");
  EXPECT_EQ(read("withdrawn", students), "withdrawn");
}

TEST_F(MarkMeanings, AmountsAndRanges) {
  EXPECT_EQ(read("at least $208,000 per year", yearly), "20800000..");
  EXPECT_EQ(read("at least $99.84 per hour", hourly), "9984..");
  EXPECT_EQ(read("at least 9,984 cents per hour", hourly), "9984..");
  EXPECT_EQ(read("between 0 and 9 students", students), "0..9");
  EXPECT_EQ(read("between 0 students and 9 students", students), "0..9");
  EXPECT_EQ(read("at most 5 percent", sample::percent().type), "..5000000");
  EXPECT_EQ(read("0 students", students), "0");
  EXPECT_EQ(read("no", sample::of_kind(Kind::yes_no)), "0");
  EXPECT_EQ(read("high", sample::of_kind(Kind::choice)), "1");
}

TEST_F(MarkMeanings, WhatDoesNotFitIsSaid) {
  EXPECT_THAT(read("at least $208,000", yearly), HasSubstr("dollars per year"));
  EXPECT_THAT(read("at least $100 per hour", yearly), HasSubstr("dollars per year"));
  EXPECT_THAT(read("at least 5 percent", students), HasSubstr("students"));
  EXPECT_THAT(read("between 9 and 0 students", students), HasSubstr("begins above its end"));
  EXPECT_THAT(read("at least $1.0055 per year", yearly), HasSubstr("more digits"));
  EXPECT_THAT(read("at least $208.000 per year", yearly), HasSubstr("a comma groups thousands, 208,000"));
  EXPECT_THAT(read("met", students), HasSubstr("A mark can mean"));
  EXPECT_THAT(read("low", students), HasSubstr("students"));
  EXPECT_THAT(read("middle", sample::of_kind(Kind::choice)), HasSubstr("not one of level"));
  EXPECT_FALSE(read("", students).empty());
  EXPECT_FALSE(read("?!", students).empty());
}

constexpr char const* kRows = "OCC_CODE,A_MEDIAN,A_MEAN\n11-1011,#,#\n11-1021,*,*\n";

sample::Read read_with(std::vector<ReleaseEntry::ColumnMarks> marks) {
  auto const dollars = sample::dollars();
  auto const source = sample::source(
      "wages", {sample::key("occupation", sample::soc(), "OCC_CODE")},
      {sample::column("median wage", dollars, "A_MEDIAN", {sample::suppressed("*"), sample::at_least("#", 100)}),
       sample::column("mean wage", dollars, "A_MEAN", {sample::suppressed("*"), sample::at_least("#", 100)})});
  ReleaseEntry layout;
  layout.marks = std::move(marks);
  return sample::read_one({}, source, kRows, layout);
}

TEST(Marks, AReleasesMarksWinAndTheOthersStay) {
  auto const read =
      read_with({{"a_median", {{"#", "at least $3 per year"}}}, {"A_*", {{"#", "at least $2 per year"}}}});
  EXPECT_THAT(read.said(), IsEmpty());
  EXPECT_EQ(sample::cell(read, 0, {"11-1011"}), "300..");
  EXPECT_EQ(sample::cell(read, 1, {"11-1011"}), "200..");
  EXPECT_EQ(sample::cell(read, 0, {"11-1021"}), "suppressed by its source");
}

TEST(Marks, AMeaningThatDoesNotFitIsAnErrorOfTheManifest) {
  auto const read = read_with({{"A_MEAN", {{"#", "at least $3 per hour"}}, 7}});
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].code, Code::manifest_mark_meaning);
  EXPECT_EQ(read.errors[0].file, "evidence.toml");
  EXPECT_EQ(read.errors[0].line, 7U);
  EXPECT_THAT(read.errors[0].help, HasSubstr("per year"));
}

TEST(Marks, MarksForNoColumnAreSaid) {
  auto const read = read_with({{"H_*", {{"#", "suppressed"}}, 7}});
  EXPECT_EQ(read.count(Code::evidence_marks_unused), 1U);
  EXPECT_THAT(read.errors, IsEmpty());
}

}  // namespace
}  // namespace waymark::evidence
