// Figures that are lists: of what they may be made, where they may stand, and what is said of one that may not.
#include <gtest/gtest.h>

#include "tests/check/reading.hpp"

namespace waymark::check {
namespace {

std::unique_ptr<Reading> read(std::string const& body) {
  return read_policy(text_of("tests/check/constructs.vocabulary"),
                     "Policy: test\n  Reviews: pathway\n  Uses: test words\n  In force: from 2024-07-01\n\n" + body);
}

std::string const kRelated =
    "Figure: related occupations, list of SOC\n"
    "  = occupation in crosswalk for the pathway's program\n"
    "  If not covered by crosswalk: the pathway's occupations\n\n";

void expect_said(std::string const& body, std::string const& codes, std::string const& message) {
  auto const reading = read(body);
  EXPECT_EQ(reading->codes(), codes) << reading->said();
  EXPECT_NE(reading->said().find(message), std::string::npos) << reading->said();
}

TEST(ListFigures, AKeyOfASourceAListFieldOrAnotherOne) {
  auto const reading = read(kRelated +
                            "Figure: wanted, list of SOC\n  when request is new: related occupations\n"
                            "  otherwise: the pathway's occupations\n\n"
                            "Criterion: a\n  Met when: for any wanted, the wanted is in related occupations\n");
  ASSERT_EQ(reading->codes(), "") << reading->said();
  auto const& program = reading->program();
  EXPECT_NE(figure_of(program, "related occupations").find("every occupation"), std::string::npos)
      << figure_of(program, "related occupations");
  EXPECT_NE(figure_of(program, "wanted").find("otherwise"), 0U);
  EXPECT_NE(criterion_of(program, "a").find("each of figure related occupations"), std::string::npos)
      << criterion_of(program, "a");
}

// Also where the list stands below: names are collected before bodies are read.
TEST(ListFigures, AreUsedLikeAListField) {
  auto const reading = read(
      "Figure: openings, in openings per year, for each related occupation\n"
      "  = annual openings in state projections for the occupation\n\n"
      "Figure: openings together, in openings per year\n"
      "  = total of annual openings in state projections for the related occupations\n\n"
      "Figure: best openings, in openings per year\n  = highest of openings in related occupations\n\n"
      "Figure: how many, in occupations\n  = number of related occupations\n\n"
      "Criterion: a\n  Met when any of:\n    - for every related occupation, openings is more than 0 openings per "
      "year\n"
      "    - for any occupation, the occupation is in related occupations\n"
      "    - how many is more than 0 occupations\n    - best openings is more than 0 openings per year\n"
      "    - openings together is more than 0 openings per year\n\n" +
      kRelated);
  EXPECT_EQ(reading->codes(), "") << reading->said();
}

TEST(ListFigures, MayBeStatedInAnExample) {
  std::string const criterion =
      kRelated + "Criterion: a\n  Met when: for any occupation, the occupation is in related occupations\n\n";
  auto const example = [&](std::string const& stated) {
    return criterion + "Example: e\n  Given on 2026-11-21:\n    related occupations: " + stated +
           "\n  Expect:\n    a: cannot be told\n";
  };
  for (auto const* stated : {"15-1252, 29-1141", "none", "not submitted", "cannot be told"}) {
    EXPECT_EQ(read(example(stated))->codes(), "") << stated;
  }
  EXPECT_EQ(read(example("15-1252, 29-1141"))->program().examples.at(0).figures.at(0).members.size(), 2U);
  expect_said(example("nurses"), "W306", "`nurses` is not a SOC code");
  expect_said(criterion +
                  "Example: e\n  Given on 2026-11-21:\n    program: 11.0701\n  Expect:\n"
                  "    related occupations: 15-1252\n",
              "W509", "is a list, and cannot be expected");
}

TEST(ListFigures, AreOfTheCaseAsAWhole) {
  expect_said("Figure: f, list of SOC, for each program year\n  = the pathway's occupations\n", "W203",
              "there is one for each pathway only");
  expect_said("Figure: f, list of SOC\n  = the pathway's occupations\n  Does not apply when: request is new\n", "W209",
              "a list always applies");
  expect_said("Figure: f, list of occupations\n  = the pathway's occupations\n", "W203", "`f` cannot be a list of");
}

TEST(ListFigures, AreMadeOfAKeyThatIsNotGiven) {
  auto const made = [](std::string const& value) { return "Figure: f, list of SOC\n  = " + value + "\n"; };
  expect_said(made("region in crosswalk for the pathway's program"), "W202", "`crosswalk` has no key `region`");
  expect_said(made("annual openings in state projections"), "W202", "a list is made of a key");
  expect_said(made("occupation in projections"), "W216", "does not say for which region");
  expect_said(made("program in crosswalk for the pathway's occupations"), "W303", "needed here");
  expect_said(made("enrollment"), "W303", "needed here");
  expect_said(made("number of crosswalk for the pathway's program, the pathway's occupations"), "W303",
              "is not a list of SOC");
  expect_said(made("f"), "W211", "rests on itself");
}

TEST(ListFigures, DoNotRestOnThemselves) {
  expect_said(
      "Figure: f, list of SOC\n  when for any f, the f is 15-1252: the pathway's occupations\n"
      "  otherwise: the pathway's occupations\n",
      "W211", "rests on itself");
  expect_said(
      "Figure: f, list of SOC\n  = occupation in projections for g\n\n"
      "Figure: g, list of text\n  = region in projections for f\n",
      "W211", "rests on itself");
}

TEST(ListFigures, AreNotReported) {
  auto const reading = read_policy(text_of("tests/check/constructs.vocabulary"),
                                   "Policy: test\n  Reviews: pathway\n  Uses: test words\n  In force: from 2024-07-01\n"
                                   "  Reports: related occupations\n\n" +
                                       kRelated);
  EXPECT_EQ(reading->codes(), "W303") << reading->said();
}

// A List is the same for every case.
TEST(ListFigures, AreNoPartOfAList) {
  auto const reading =
      read(kRelated +
           "List: l\n  Of: in-demand occupations\n  On it when: the occupation is in related occupations\n\n"
           "Criterion: a\n  Met when: for any occupation, the occupation is in l\n");
  EXPECT_NE(reading->codes(), "") << reading->said();
}

}  // namespace
}  // namespace waymark::check
