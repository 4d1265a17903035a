// CSV as RFC 4180 means it: what is read, where it stood, and what is refused without losing the rest.
#include "engine/values/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/values/printable.hpp"
#include "engine/values/utf8.hpp"

namespace waymark::values {
namespace {

using testing::ElementsAre;
using Rows = std::vector<std::vector<std::string>>;

Rows read(std::string_view bytes, char separator = ',') {
  CsvReader reader(bytes, separator);
  Rows rows;
  for (CsvRow row; reader.next(row);) {
    EXPECT_FALSE(row.fault) << row.fault->message;
    EXPECT_EQ(row.cells.size(), row.places.size());
    rows.push_back(row.cells);
  }
  return rows;
}

TEST(Csv, ReadsPlainCells) {
  EXPECT_EQ(read("a,b\n1,2\n"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read("a,b\n1,2"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read(",\n"), (Rows{{"", ""}}));
  EXPECT_EQ(read(""), Rows{});
  EXPECT_EQ(read("a\n\nb\n"), (Rows{{"a"}, {""}, {"b"}}));
}

TEST(Csv, LinesEndInThreeWays) {
  EXPECT_EQ(read("a,b\r\nc,d\re,f\ng"), (Rows{{"a", "b"}, {"c", "d"}, {"e", "f"}, {"g"}}));
}

TEST(Csv, QuotedCellsHoldSeparatorsMarksAndLineEnds) {
  EXPECT_EQ(read("\"a,b\",\"say \"\"yes\"\"\",\"two\r\nlines\"\nx,\"\",y\n"),
            (Rows{{"a,b", "say \"yes\"", "two\r\nlines"}, {"x", "", "y"}}));
}

TEST(Csv, DropsAByteOrderMarkAndTakesOtherSeparators) {
  EXPECT_EQ(read("\xEF\xBB\xBF\"a\";b\n1,5;2\n", ';'), (Rows{{"a", "b"}, {"1,5", "2"}}));
  EXPECT_EQ(read("a\tb, c\n", '\t'), (Rows{{"a", "b, c"}}));
}

TEST(Csv, ASpreadsheetsTextFormulaIsItsText) {
  EXPECT_EQ(read("=\"01\",=\"01.0101\"\r\n=\"\",\"=\"\"01\"\"\"\n=1,=\"x\""),
            (Rows{{"01", "01.0101"}, {"", "=\"01\""}, {"=1", "x"}}));
  CsvReader reader("=\"a,b\"\n");
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_TRUE(row.fault);
}

TEST(Csv, PlacesCountCharactersOfThePhysicalLine) {
  CsvReader reader("\xEF\xBB\xBFn\xC3\xA4me,\"two\nlines\",x\ny,z\n");
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  ASSERT_EQ(row.places.size(), 3U);
  EXPECT_EQ(row.places[1].line, 1U);
  EXPECT_EQ(row.places[1].column, 6U);
  EXPECT_EQ(row.places[2].line, 2U);
  EXPECT_EQ(row.places[2].column, 8U);
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.line, 3U);
  EXPECT_EQ(row.places[1].column, 3U);
  EXPECT_FALSE(reader.next(row));
}

struct Refused {
  std::string bytes;
  std::uint64_t line;
  std::uint64_t column;
  std::string message;
};

TEST(Csv, RefusesOneRecordAndReadsTheOthers) {
  for (auto const& refused : std::vector<Refused>{
           {"a,b\"c,d\nlast,row\n", 1, 4, "A quotation mark stands inside a cell that does not begin with one."},
           {"\"a\"b,c\nlast,row\n", 1, 4, "Something stands between a closing quotation mark and the end of its cell."},
           {"a,\"b\nlast,row\n", 1, 3, "A quotation mark opens a cell here, and it is never closed."}}) {
    CsvReader reader(refused.bytes);
    CsvRow row;
    ASSERT_TRUE(reader.next(row));
    ASSERT_TRUE(row.fault) << refused.bytes;
    EXPECT_EQ(row.mended, refused.bytes.starts_with("a,b"));
    EXPECT_EQ(row.fault->message, refused.message);
    EXPECT_EQ(row.fault->place.line, refused.line);
    EXPECT_EQ(row.fault->place.column, refused.column);
    ASSERT_TRUE(reader.next(row));
    EXPECT_FALSE(row.fault);
    EXPECT_THAT(row.cells, ElementsAre("last", "row"));
    EXPECT_EQ(row.line, 2U);
    EXPECT_FALSE(reader.next(row));
  }
}

TEST(Csv, AMarkInsideACellCanBeReadAsText) {
  CsvReader reader("5\" pipe,x\n\"titled \"A, and B\" in \"\"C\"\"\",y\n\"a \"b\nc\",z\n\"a \"b\",\"open\n");
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_TRUE(row.fault && row.mended);
  EXPECT_THAT(row.cells, ElementsAre("5\" pipe", "x"));
  ASSERT_TRUE(reader.next(row));
  EXPECT_TRUE(row.fault && row.mended);
  EXPECT_THAT(row.cells, ElementsAre("titled \"A, and B\" in \"C\"", "y"));
  ASSERT_TRUE(reader.next(row));
  EXPECT_TRUE(row.fault && !row.mended);
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.line, 4U);
  EXPECT_TRUE(row.fault && row.mended);
  EXPECT_THAT(row.cells, ElementsAre("c\"", "z"));
  ASSERT_TRUE(reader.next(row));
  EXPECT_TRUE(row.fault && !row.mended);
  EXPECT_EQ(row.fault->place.column, 8U);
  EXPECT_FALSE(reader.next(row));
}

TEST(Csv, ACellThatGoesWrongOnALaterLineCostsItsOwnLineOnly) {
  CsvReader reader("1,\"a\n2,b\n3,\"c\",d\n");
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  ASSERT_TRUE(row.fault && !row.mended);
  EXPECT_EQ(row.fault->message, "A quotation mark opens a cell here, and the next one, on line 3, does not end it.");
  EXPECT_EQ(row.fault->place.line, 1U);
  ASSERT_TRUE(reader.next(row));
  EXPECT_FALSE(row.fault);
  EXPECT_THAT(row.cells, ElementsAre("2", "b"));
  ASSERT_TRUE(reader.next(row));
  EXPECT_THAT(row.cells, ElementsAre("3", "c", "d"));
}

TEST(Csv, ARowOfBlanksIsBlank) {
  CsvRow row;
  row.cells = {"", "  ", "\n"};
  EXPECT_TRUE(row.is_blank());
  row.cells.emplace_back("x");
  EXPECT_FALSE(row.is_blank());
}

RC_GTEST_PROP(Csv, WhatIsWrittenIsReadBack, (Rows const& drawn)) {
  auto const separator = *rc::gen::element(',', ';', '\t');
  auto const cell =
      rc::gen::container<std::string>(rc::gen::element('a', '"', ',', ';', '\t', '\n', '\r', ' ', '=', '\xC3'));
  Rows rows;
  std::string bytes;
  for (auto const& shape : drawn) {
    auto const cells = *rc::gen::container<std::vector<std::string>>(shape.size() + 1, cell);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i != 0) bytes.push_back(separator);
      bytes += write_csv_cell(cells[i], separator);
    }
    bytes += *rc::gen::element<std::string>("\n", "\r\n");
    rows.push_back(cells);
  }
  RC_ASSERT(read(bytes, separator) == rows);
}

// Of a text without quotation marks: cells lie between separators and line ends, and a column is a character.
RC_GTEST_PROP(Csv, ACellStandsWhereItIsSaidToStand, ()) {
  auto const pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "a", "bc", ",", "\n", "\r", "\r\n", " ", "\u00f1", "\u2014", "eight or more letters"));
  std::string text;
  for (auto const& piece : pieces) text += piece;
  CsvReader reader(text);
  CsvRow row;
  std::uint64_t line = 1;
  std::size_t at = 0;
  while (at < text.size()) {
    auto const end = std::min(text.find_first_of("\r\n", at), text.size());
    std::vector<std::string> cells;
    std::vector<std::uint64_t> columns;
    for (auto begin = at; begin <= end;) {
      auto const stop = std::min(text.find(',', begin), end);
      cells.push_back(text.substr(begin, stop - begin));
      columns.push_back(count_characters(std::string_view(text).substr(at, begin - at)) + 1);
      begin = stop + 1;
    }
    RC_ASSERT(reader.next(row));
    RC_ASSERT(row.cells == cells);
    RC_ASSERT(row.line == line);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      RC_ASSERT(row.places[i].line == line);
      RC_ASSERT(row.places[i].column == columns[i]);
    }
    at = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
    ++line;
  }
  RC_ASSERT(!reader.next(row));
}

RC_GTEST_PROP(Csv, EveryTextIsReadToItsEnd, ()) {
  auto const bytes =
      *rc::gen::container<std::string>(rc::gen::element('a', '"', ',', '\n', '\r', ' ', '=', '\xEF', '\xBB', '\xBF'));
  CsvReader reader(bytes);
  std::uint64_t last = 0;
  for (CsvRow row; reader.next(row); last = row.line) {
    RC_ASSERT(row.line > last);
    RC_ASSERT(row.cells.size() == row.places.size());
    RC_ASSERT(!row.cells.empty());
  }
}

// What is written as it stands is what would be written so anyway.
RC_GTEST_PROP(Csv, AnIdIsWrittenAsTheRulesOfACellSayIt, ()) {
  auto const letter = rc::gen::oneOf(rc::gen::element('a', 'Z', '0', '-', '_', '/', ' ', ',', '"', '=', '\n', '\xC3'),
                                     rc::gen::arbitrary<char>());
  auto const text = *rc::gen::container<std::string>(letter);
  bool runs = false;
  for (std::string_view const sign : {"=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"}) {
    runs = runs || text.starts_with(sign);
  }
  std::string out = "before,";
  append_safe_csv_cell(out, text);
  RC_ASSERT(out == "before," + write_csv_cell((runs ? "'" : "") + one_line(text)));
}

}  // namespace
}  // namespace waymark::values
