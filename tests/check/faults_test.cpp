// One mistake, one message: what follows from a fault elsewhere is not said again, and what does not follow is.
#include <gtest/gtest.h>

#include "tests/check/reading.hpp"

namespace waymark::check {
namespace {

std::string words() { return text_of("fixtures/diagnostics/common.vocabulary"); }

std::string policy(std::string const& body) {
  return "Policy: test\n  Reviews: pathway\n  Uses: example pathways\n  In force: from 2024-07-01\n\n" + body;
}

std::string codes(std::string const& body) { return read_policy(words(), policy(body))->codes(); }

std::string replaced(std::string text, std::string const& from, std::string const& to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(Faults, AFigureWithAFaultIsNotReportedWhereItIsUsed) {
  EXPECT_EQ(codes("Figure: f, in students\n  = enrolment\n\nCriterion: a\n  Met when: f is more than 0 students\n\n"
                  "Criterion: b\n  Met when: all of g are met\n\nGroup: g\n  a\n"),
            "W202");
  EXPECT_EQ(codes("Figure: f, in openings per year\n  = enrollment\n\nCriterion: a\n  Met when: f is salary\n"),
            "W302");
  EXPECT_EQ(codes("Figure: f, in\n  = enrollment\n\nCriterion: a\n  Met when: f is more than 0 students\n"), "W203");
}

TEST(Faults, ANameThatIsNoneIsSaidWhereItIsGiven) {
  EXPECT_EQ(codes("Criterion: labs in place\n  Met when: labs is more than 0 labs\n\n"
                  "Decision: d\n  Approve when: labs in place is met\n  Refer to the board otherwise\n"),
            "W107");
}

TEST(Faults, WhatIsReportedIsAFigureThatIsThere) {
  auto const reporting = [](std::string const& names, std::string const& body) {
    return read_policy(words(), replaced(policy(body), "  In force", "  Reports: " + names + "\n  In force"));
  };
  std::string const figure = "Figure: amount paid, in students\n  = enrollment\n";
  EXPECT_EQ(reporting("amount paid", figure)->codes(), "") << "nothing else has to use it";
  auto const slip = reporting("amount payed", figure);
  EXPECT_EQ(slip->codes(), "W202");
  EXPECT_NE(slip->said().find("Did you mean `amount paid`?"), std::string::npos) << slip->said();
  auto const threshold = reporting("amounts paid", figure +
                                                       "\nThreshold: amounts paid, in students [C]\n"
                                                       "  from 2024-07-01: 3 students\n  continues until changed\n");
  EXPECT_EQ(threshold->codes().substr(0, 4), "W303");
  EXPECT_NE(threshold->said().find("Did you mean `amount paid`?"), std::string::npos) << threshold->said();
  EXPECT_EQ(reporting("amount paid, amount paid", figure)->codes(), "W219");
  EXPECT_EQ(reporting("amount paid", "Figure: amount paid, in students\n  = enrolment\n")->codes(), "W202")
      << "the figure's own fault alone";
}

TEST(Faults, AUnitOfNoVocabularyIsToldOfThoseThatThereAre) {
  auto const reading = read_policy(words(), policy("Threshold: x, in openings per month [C]\n"
                                                   "  from 2024-07-01: 3 openings per month\n"
                                                   "  continues until changed\n\nCriterion: a\n"
                                                   "  Met when: expected openings is at least x\n"));
  EXPECT_EQ(reading->codes(), "W302");
  EXPECT_NE(reading->said().find("No vocabulary counts in `openings per month`; there is `openings per year`."),
            std::string::npos)
      << reading->said();
}

// 2025 may be the program year that ends in it and the one that begins in it.
TEST(Faults, AnExampleSaysWhichYearItMeans) {
  std::string const criterion =
      "Criterion: a\n  Met when: in each of the last 2 program years, yearly openings is more than 0 openings per "
      "year\n"
      "\nExample: e\n  Given on 2026-11-21:\n    ";
  std::string const expect = "\n  Expect:\n    a: not met\n";
  auto const fact = read_policy(words(), policy(criterion + "yearly openings: 2025 0 openings per year" + expect));
  EXPECT_EQ(fact->codes(), "W509");
  EXPECT_NE(fact->said().find("`2025` may be 2024-25 or 2025-26"), std::string::npos) << fact->said();
  auto const value =
      read_policy(words(), policy(criterion + "the last decision: outcome approve, plan year 2025" + expect));
  EXPECT_NE(value->said().find("`2025` may be 2024-25 or 2025-26"), std::string::npos) << value->said();
  EXPECT_EQ(read_policy(words(), policy(criterion + "yearly openings: 2024-25 0 openings per year" + expect))->codes(),
            "");
}

TEST(Faults, AComparisonInOtherWordsIsNoName) {
  std::string const threshold =
      "Threshold: needed labs, in labs [C]\n  from 2024-07-01: 3 labs\n  continues until changed\n\n";
  for (auto const& [words_for, meant] :
       {std::pair("above", "`above` is written `more than`"), std::pair("below", "`below` is written `less than`"),
        std::pair("minimum", "`minimum` is written `at least`"),
        std::pair("atleast", "`atleast` is written `at least`")}) {
    auto const reading =
        read_policy(words(), policy(threshold + "Criterion: a\n  Met when: labs is " + words_for + " needed labs\n"));
    EXPECT_EQ(reading->codes(), "W111");
    EXPECT_NE(reading->said().find(meant), std::string::npos) << reading->said();
  }
  EXPECT_EQ(codes("Threshold: above all, in labs [C]\n  from 2024-07-01: 3 labs\n  continues until changed\n"), "W107")
      << "a reserved word";
  EXPECT_EQ(codes("Threshold: above labs, in labs [C]\n  from 2024-07-01: 3 labs\n  continues until changed\n\n"
                  "Criterion: a\n  Met when: labs is above labs\n"),
            "")
      << "a name that there is";
}

TEST(Faults, AThresholdWithAFaultIsNotReportedWhereItIsUsed) {
  EXPECT_EQ(codes("Threshold: t, in students [C]\n  from 2024-07-01: 3 books\n  continues until changed\n\n"
                  "Criterion: a\n  Met when: enrollment is at least t\n"),
            "W302");
  EXPECT_EQ(codes("Threshold: t, in students, by shape [C]\n  from 2024-07-01, round: 3 students\n"
                  "  from 2024-07-01, otherwise: 4 students\n  continues until changed\n\n"
                  "Criterion: a\n  Met when: enrollment is at least t\n"),
            "W202");
}

TEST(Faults, AGroupWithAFaultIsNotCounted) {
  EXPECT_EQ(codes("Criterion: a\n  Met when: request is new\n\nGroup: g\n  a\n  b\n\n"
                  "Decision: d\n  Approve when: at least 2 of g are met\n  Refer to the board otherwise\n"),
            "W202");
}

TEST(Faults, AListWithAFaultIsNotReportedWhereItIsUsed) {
  EXPECT_EQ(codes("List: l\n  Of: projection\n  On it when: annual openings is more than 0 openings per year\n\n"
                  "Criterion: a\n  Met when: for any occupation, occupation is in l\n\n"
                  "Decision: d\n  Approve when: a is met\n  Refer to the board otherwise\n"),
            "W206");
}

TEST(Faults, ManyCriteriaInACircleAreOneMessage) {
  EXPECT_EQ(
      codes("Criterion: a\n  Met when: b is met\n\nCriterion: b\n  Met when: c is met\n\n"
            "Criterion: c\n  Met when: all of g are met\n\nGroup: g\n  a\n\nCriterion: d\n  Met when: a is met\n"),
      "W211");
  EXPECT_EQ(codes("Criterion: a\n  Met when: f is yes\n\nFigure: f, yes or no\n  Yes when: a is met\n"), "W211");
}

TEST(Faults, ManyRowsBehindOtherwiseAreOneMessage) {
  EXPECT_EQ(codes("Decision: d\n  Approve otherwise\n  Renew when: request is new\n  Deny when: request is renewal\n"),
            "W502");
}

TEST(Faults, AVocabularysFaultIsSaidAndItsNamesAreForgiven) {
  auto const broken = replaced(words(), "  enrollment: students\n", "  enrollment: students, in heaps\n");
  auto const reading = read_policy(
      broken,
      policy("Criterion: a\n  Met when: enrollment is at least chairs\n\nCriterion: b\n  Met when: siez is new\n"));
  EXPECT_EQ(reading->codes(), "W203 W202") << reading->said();
}

TEST(Faults, AFieldThatTheGrammarCannotReadIsForgiven) {
  auto const broken = replaced(words(), "  enrollment: students\n", "  enrollment:\n");
  auto const reading = read_policy(broken, policy("Criterion: a\n  Met when: enrollment is more than 0 students\n\n"
                                                  "Criterion: b\n  Met when: siez is new\n"));
  EXPECT_EQ(reading->codes(), "W125 W202") << reading->said();
}

TEST(Faults, AUnitThatCannotBeReadLeavesThePolicyAlone) {
  auto const reading =
      read_policy(words() + "\nUnit: cent = dollars\n", policy("Criterion: b\n  Met when: siez is new\n"));
  EXPECT_EQ(reading->codes(), "W203") << reading->said();
}

TEST(Faults, AnUnknownSubjectHidesItsFieldsOnly) {
  auto const reading =
      read_policy(words(),
                  "Policy: test\n  Reviews: school\n  Uses: example pathways\n  In force: from 2024-07-01\n\n"
                  "Criterion: a\n  Met when any of:\n    - enrollment is more than 0 students\n"
                  "    - the school has a name\n    - for any occupation, occupation is within 15-0000\n\n"
                  "Decision: d\n  Aprove when: a is met\n  Refer to the board otherwise\n");
  EXPECT_EQ(reading->codes(), "W214 W503") << reading->said();
}

TEST(Faults, TheOrderOfBlocksNeverMatters) {
  std::string const figure = "Figure: f, in students\n  = enrollment plus g\n\n";
  std::string const other = "Figure: g, in students\n  = graduates\n\n";
  std::string const threshold =
      "Threshold: t, in students [C]\n  from 2024-07-01: 50 percent of f\n  continues until changed\n\n";
  std::string const criterion = "Criterion: a\n  Met when: graduates is at least t\n\n";
  auto const one = read_policy(words(), policy(figure + other + threshold + criterion));
  auto const two = read_policy(words(), policy(criterion + threshold + other + figure));
  ASSERT_EQ(one->said(), "");
  ASSERT_EQ(two->said(), "");
  for (auto const* name : {"f", "g"}) EXPECT_EQ(figure_of(one->program(), name), figure_of(two->program(), name));
  EXPECT_EQ(threshold_of(one->program(), "t"), threshold_of(two->program(), "t"));
  EXPECT_EQ(criterion_of(one->program(), "a"), criterion_of(two->program(), "a"));
}

TEST(Faults, ANewNameNeverChangesWhatAnOldPolicySays) {
  std::string const old = "Criterion: a\n  Met when: pathway type is emerging\n\n";
  auto const before = read_policy(words(), policy(old));
  auto const after =
      read_policy(words(), policy(old + "Figure: emerging, in students\n  = enrollment\n\n"
                                        "Criterion: standard\n  Met when: emerging is more than 0 students\n"));
  EXPECT_EQ(criterion_of(before->program(), "a"), criterion_of(after->program(), "a"));
  EXPECT_EQ(after->said(), "");
}

TEST(Faults, QuotedNamesAreNames) {
  auto const reading =
      read_policy(words(), policy("Figure: \"share of graduates\", in percent\n"
                                  "  = graduates as a percent of enrollment\n\n"
                                  "Criterion: a\n  Met when: \"share of graduates\" is at least 1 "
                                  "percent\n\nCriterion: b\n  Met when: region is \"North of River\"\n"));
  ASSERT_EQ(reading->said(), "");
  EXPECT_EQ(criterion_of(reading->program(), "a"), "met when figure share of graduates >= 1 percent\n");
  EXPECT_EQ(criterion_of(reading->program(), "b"), "met when fact region is one of \"North of River\"\n");
}

TEST(Faults, MembersOfAListGoByTheirKey) {
  auto const reading = read_policy(
      words(),
      policy("List: open fields\n  Of: state projections\n"
             "  On it when: annual openings is more than 0 openings per year\n\n"
             "Criterion: a\n  Met when: for any of open fields, occupation is within 15-0000\n\n"
             "Group: g\n  a\n\nDecision: d\n  Approve when: all of g are met\n  Refer to the board otherwise\n"));
  ASSERT_EQ(reading->said(), "");
  EXPECT_EQ(criterion_of(reading->program(), "a"),
            "met when for any list open field: member of list open field is within \"15-0000\"\n");
}

}  // namespace
}  // namespace waymark::check
