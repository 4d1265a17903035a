// Blocks and logical lines: what begins a line, what continues one, and what Word makes of either.
#include <gtest/gtest.h>

#include "reading.hpp"

namespace waymark::grammar {
namespace {

/// The dump of a text that has no faults.
std::string tree(std::string text, FileKind kind = FileKind::policy) {
  Reading const reading(std::move(text), kind);
  EXPECT_EQ(reading.messages(), "");
  return dump(reading.parsed.file);
}

TEST(Layout, IndentationAndCaseMeanNothing) {
  auto const plain = tree("Criterion: wage\n  Met when any of:\n    - x is y\n    - y is z\n");
  EXPECT_EQ(tree("  CRITERION: wage\nmet WHEN any  OF :\n- x is y\n- y\n  is\n      z\n"), plain);
}

TEST(Layout, WordsHabitsAreReadAsMeant) {
  auto const plain =
      tree("Criterion: wage\n  Met when any of:\n    - all of:\n      -- x's a is \"b c\"\n    - y is z\n");
  EXPECT_EQ(tree("\xEF\xBB\xBF"
                 "Criterion:\xC2\xA0wage\r\n\r\n\tMet when any\xC2\xA0of:\r\n\xE2\x80\xA2 all of:\r\n"
                 "\xE2\x80\x93 x\xE2\x80\x99s a is \xE2\x80\x9C"
                 "b c\xE2\x80\x9D\r\n\xE2\x80\xA2\ty is z\r\n"),
            plain);
}

TEST(Layout, SpansPointIntoTheOriginalBytes) {
  std::string const text =
      "\xEF\xBB\xBF"
      "Criterion:\xC2\xA0wage\r\n  Met when:\xC2\xA0x is\r\n    \xE2\x80\x9Cy z\xE2\x80\x9D  [Code 1]\r\n";
  Reading const reading(text);
  ASSERT_EQ(reading.messages(), "");
  EXPECT_EQ(reading.sources.text(reading.block(0).name.span), "wage");
  auto const& condition = reading.body<Condition>(0, 0);
  EXPECT_EQ(reading.sources.text(condition.span), "x is\r\n    \xE2\x80\x9Cy z\xE2\x80\x9D");
  auto const& is = std::get<Is>(condition.node);
  EXPECT_EQ(reading.sources.text(is.subject.span), "x");
  EXPECT_EQ(reading.sources.text(is.comparison.operands.at(0).span), "\xE2\x80\x9Cy z\xE2\x80\x9D");
  EXPECT_EQ(reading.sources.text(reading.clause(0, 0).citation->span), "[Code 1]");
  EXPECT_EQ(reading.sources.text(reading.clause(0, 0).label), "Met when");
}

TEST(Layout, AColonCountsOnlyWhereItParts) {
  Reading const reading(
      "Policy: a\n  Authority: see {x} at 10:30, \"so: it is\" [20 U.S.C. 2343: may]\n  Reviews: pathway\n");
  EXPECT_EQ(reading.messages(), "");
  EXPECT_EQ(reading.clause(0, 0).citation->text, "20 U.S.C. 2343: may");
}

TEST(Layout, TextGoesOnOverUnknownLabels) {
  Reading const reading(
      "Criterion: a\n  To fix: do this\n    and note: it may take long\n    or that.\n  Met when: x is y\n");
  EXPECT_EQ(reading.messages(), "");
  EXPECT_EQ(reading.body<Text>(0, 0).text, "do this and note: it may take long or that.");
  // … but not over a label that is nearly known.
  EXPECT_EQ(Reading("Criterion: a\n  To fix: do this\n  Met whn: x is y\n").codes(), "W105 ");
}

TEST(Layout, NotesMayStandAnywhere) {
  Reading const reading(
      "Note: first\nNote: second\n\nCriterion: a\n  Note: third\n  Met when all of:\n    - x is y\n  Note: between: "
      "so\n"
      "    - y is z\n");
  ASSERT_EQ(reading.messages(), "");
  ASSERT_EQ(reading.parsed.file.blocks.size(), 3U);
  EXPECT_EQ(reading.block(1).kind, BlockKind::note);
  ASSERT_EQ(reading.block(2).clauses.size(), 3U);
  auto const& list = std::get<Junction>(reading.body<Condition>(2, 1).node);
  EXPECT_EQ(list.items.size(), 2U);
}

TEST(Layout, HeadsGoOn) {
  Reading const reading(
      "Threshold: required openings, in openings per year,\n    by pathway type\n    [Code 1]\n"
      "  from 2024-07-01: 5 openings\n    per year\n");
  ASSERT_EQ(reading.messages(), "");
  EXPECT_EQ(reading.block(0).parts.size(), 2U);
  EXPECT_EQ(reading.block(0).citation->text, "Code 1");
}

TEST(Layout, EntriesAreALineEach) {
  Reading const reading(
      "Choice: outcome, best first\n  approve\n  phase out, adverse\n  \"refer (board)\", key \"ref\"\n",
      FileKind::vocabulary);
  ASSERT_EQ(reading.messages(), "");
  ASSERT_EQ(reading.block(0).clauses.size(), 3U);
  EXPECT_EQ(reading.body<Names>(0, 1).parts.at(0).words, "adverse");
  EXPECT_EQ(reading.body<Names>(0, 2).parts.at(0).quoted, "ref");
}

TEST(Layout, ExamplesTakeAnyLabel) {
  Reading const reading(
      "Example: a\n  Given on 2026-11-21:\n    wages for 15-1252 in Essex County: median wage $50,000 per year,\n      "
      "mean"
      " suppressed; x\n  Expect: renew for 5 years\n    wage: met\n");
  ASSERT_EQ(reading.messages(), "");
  auto const& fact = reading.body<Fact>(0, 1);
  EXPECT_EQ(fact.keys.size(), 2U);
  ASSERT_EQ(fact.groups.size(), 2U);
  ASSERT_EQ(fact.groups[0].size(), 2U);
  EXPECT_EQ(reading.sources.text(fact.groups[0][0]), "median wage $50,000 per year");
  EXPECT_EQ(reading.clause(0, 3).kind, ClauseKind::expectation);
}

TEST(Layout, EmptyFilesAreEmpty) {
  EXPECT_EQ(tree(""), "");
  EXPECT_EQ(tree("\n\r\n  \xC2\xA0\n"), "");
}

}  // namespace
}  // namespace waymark::grammar
