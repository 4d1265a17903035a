// What single lines become: values, conditions, facts.
#include <gtest/gtest.h>

#include "reading.hpp"

namespace waymark::grammar {
namespace {

/// A value, read and printed again.
std::string value(std::string const& text) {
  Reading const reading("Figure: f\n  = " + text + "\n");
  EXPECT_EQ(reading.messages(), "") << text;
  return reading.parsed.diagnostics.empty() ? print(reading.body<Value>(0, 0)) : "";
}
Condition condition(std::string const& text) {
  Reading const reading("Criterion: c\n  Met when: " + text + "\n");
  EXPECT_EQ(reading.messages(), "") << text;
  return reading.parsed.diagnostics.empty() ? reading.body<Condition>(0, 0) : Condition{};
}
template <class Node>
Node node(std::string const& text) {
  auto const read = condition(text);
  EXPECT_EQ(print(read), text);
  auto const* const found = std::get_if<Node>(&read.node);
  EXPECT_NE(found, nullptr) << text;
  return found == nullptr ? Node{} : *found;
}
std::optional<FactValue> fact(std::string const& text, std::string* messages = nullptr) {
  Sources sources;
  auto const file = sources.add("fact", text);
  Diagnostics diagnostics;
  auto out = read_fact_value(sources, {file, 0, static_cast<std::uint32_t>(text.size())}, diagnostics);
  for (auto const& diagnostic : diagnostics) {
    if (messages != nullptr) *messages += render(diagnostic, sources);
  }
  return out;
}

TEST(Values, AreReadAsWritten) {
  for (char const* const text : {
           "25 openings per year",
           "$12.00 per hour",
           "-$1,200.50",
           "60 percent",
           "10 percentage points",
           "2024-07-01",
           "2024-25",
           "15-1252",
           "11.0701",
           "the pathway's region",
           "\"Certified Nurse Aide (CNA)\"",
           "80 percent of regional median wage",
           "a plus b minus c",
           "a plus b as a percent of c",
           "the greater of 5 openings and 20 percent of x",
           "x rounded to the nearest 10 openings",
           "total of completers in the last 4 award years",
           "number of priority credentials for the pathway's program, the pathway's credentials",
           "complete total of annual openings in outlook for the pathway's occupations, the pathway's region",
           "highest of median wage in wages for x where employment is at least 100 and year is 2024",
           "total of credits in the pathway's courses",
           "75th percentile of median wage in wages for the pathway's occupations",
           "complete 1st percentile of completers in the last 4 award years",
           "\"75th percentile wage\" in wages for x",
           "living wage in living wages for the pathway's region",
           "adopted level in 2024-25",
           "adopted level in the last decision's plan year",
           "grade 10 credits",
           "work-based learning hours",
       }) {
    EXPECT_EQ(value(text), text);
  }
}

TEST(Values, OrdinalsTakeAnyEndingAndArePrintedWithTheirOwn) {
  EXPECT_EQ(value("the 2th percentile of x"), "2nd percentile of x");
  EXPECT_EQ(value("93th percentile of x"), "93rd percentile of x");
  EXPECT_EQ(value("12nd PERCENTILE of x"), "12th percentile of x");
  EXPECT_EQ(value("21st percentile of x"), "21st percentile of x");
  EXPECT_EQ(value("50th percentile of x"), "50th percentile of x") << "and not the median";
  EXPECT_EQ(Reading("Figure: f\n  = 0th percentile of x\n").codes(), "W112 ");
  EXPECT_EQ(Reading("Figure: f\n  = 100th percentile of x\n").codes(), "W112 ");
}

TEST(Values, ChainsLeanLeft) {
  Reading const reading("Figure: f\n  = a minus b plus c\n");
  auto const& plus = std::get<Plus>(reading.body<Value>(0, 0).node);
  EXPECT_FALSE(plus.minus);
  EXPECT_TRUE(std::get<Plus>(plus.left->node).minus);
}

TEST(Values, AYearFollowsInOnlyWhereItIsOne) {
  auto const node_of = [](std::string const& text) {
    Reading const reading("Figure: f\n  = " + text + "\n");
    return reading.body<Value>(0, 0).node;
  };
  EXPECT_TRUE(std::holds_alternative<InYear>(node_of("level in the last program year")));
  EXPECT_TRUE(std::holds_alternative<InYear>(node_of("level in plan year")));
  EXPECT_TRUE(std::holds_alternative<Box<Lookup>>(node_of("level in wages for x")));
  EXPECT_TRUE(std::holds_alternative<Box<Lookup>>(node_of("level in last year's wages for x")));
}

TEST(Values, AmountsKeepTheirParts) {
  Reading const reading("Figure: f\n  = $1,200.50 per hour\n");
  auto const& amount = std::get<Amount>(reading.body<Value>(0, 0).node);
  EXPECT_EQ(amount.kind, Amount::Kind::money);
  EXPECT_EQ(amount.digits, "1,200.50");
  EXPECT_EQ(amount.unit.key, "per hour");
  EXPECT_EQ(value("60%"), "60 percent");
  EXPECT_EQ(value("-5 openings"), "-5 openings");
}

TEST(Conditions, OfEveryKind) {
  EXPECT_EQ(node<Is>("x is at least 5 openings").comparison.comparator, Comparator::at_least);
  EXPECT_EQ(node<Is>("x is on or before 2024-07-01").comparison.comparator, Comparator::on_or_before);
  EXPECT_EQ(node<Is>("x is between 5 and 10").comparison.operands.size(), 2U);
  EXPECT_TRUE(node<Is>("x is not one of a, \"b c\", 15-1252").comparison.negated);
  EXPECT_EQ(node<Is>("x is not in critical occupations").comparison.comparator, Comparator::in_list);
  EXPECT_EQ(node<Is>("program is within 48.05").comparison.comparator, Comparator::within);
  EXPECT_EQ(node<Is>("an emerging occupation waiver is not in force").comparison.comparator, Comparator::in_force);
  EXPECT_EQ(node<IsState>("wage is found not met").state, State::found_not_met);
  EXPECT_EQ(node<IsState>("wage cannot be told").state, State::cannot_be_told);
  EXPECT_TRUE(node<Is>("wage is not met").comparison.negated);
  EXPECT_TRUE(node<Has>("the pathway has not an articulation agreement").negated);
  EXPECT_TRUE(node<Is>("credits are at least 3").comparison.plural);
}

TEST(Conditions, CountsOfAGroup) {
  EXPECT_EQ(node<GroupCount>("at least 2 of core are met").count, 2U);
  EXPECT_EQ(node<GroupCount>("all of core are found met").state, State::found_met);
  EXPECT_EQ(node<GroupCount>("at least 2 of core are waived").state, State::waived);
  EXPECT_EQ(node<GroupCount>("none of core are not met").connective, Connective::none);
  EXPECT_EQ(node<GroupCount>("at least 1 of core cannot be told").state, State::cannot_be_told);
  EXPECT_FALSE(node<GroupCount>("at least 1 of core is met").plural);
}

TEST(Conditions, Prefixes) {
  EXPECT_EQ(node<Quantified>("for at least 2 of the pathway's courses, credit is yes").count, 2U);
  EXPECT_EQ(node<Quantified>("for more than half of courses, credit is yes").quantifier, Quantifier::more_than_half);
  EXPECT_EQ(node<Quantified>("for any of the pathway's courses, credit is yes").quantifier, Quantifier::any);
  auto const window =
      node<Windowed>("in at least 2 of the last 3 measured award years within 5 award years after 2024-07-01, x is no");
  EXPECT_EQ(window.at_least, 2U);
  EXPECT_TRUE(window.measured);
  EXPECT_EQ(window.within, 5U);
  EXPECT_EQ(window.after.size(), 1U);
  EXPECT_EQ(window.years.key, "award years");
  EXPECT_EQ(node<Windowed>("in each of the last 2 program years, for every group, x is yes").at_least, 0U);
}

TEST(Conditions, ListsUnderAPrefix) {
  Reading const reading(
      "Criterion: c\n  Met when: for every student group, any of:\n    - x is y [Code 1]\n    - at least 2 of:\n"
      "      -- a is b\n      -- c is d\n");
  ASSERT_EQ(reading.messages(), "");
  auto const& quantified = std::get<Quantified>(reading.body<Condition>(0, 0).node);
  auto const& list = std::get<Junction>(quantified.body->node);
  ASSERT_EQ(list.items.size(), 2U);
  EXPECT_EQ(list.items[0].citation->text, "Code 1");
  EXPECT_EQ(std::get<Junction>(list.items[1].node).items.size(), 2U);
}

TEST(Rows, OfDecisions) {
  Reading const reading(
      "Decision: d\n  Phase out over 2 program years when: x is y\n  Renew for 5 program years when all of:\n    - x "
      "is y\n"
      "  Renew with conditions for 1 program year when: x is y   [Code 1]\n    Condition, within 180 days: do {x}\n"
      "    Condition: do more\n    Remembers: plan year = the last program year\n  Refer to the board otherwise\n"
      "    Recommends: phase out\n");
  ASSERT_EQ(reading.messages(), "");
  auto const& row = reading.body<OutcomeRow>(0, 0);
  EXPECT_EQ(row.outcome.key, "phase out");
  EXPECT_EQ(row.term->word, "over");
  EXPECT_EQ(row.term->count, 2U);
  EXPECT_EQ(row.term->unit.key, "program years");
  EXPECT_EQ(reading.clause(0, 2).citation->text, "Code 1");
  EXPECT_EQ(reading.body<ConditionWithin>(0, 3).within->count, 180U);
  EXPECT_EQ(reading.body<ConditionWithin>(0, 3).text.shown.size(), 1U);
  EXPECT_FALSE(reading.body<ConditionWithin>(0, 4).within);
  EXPECT_EQ(reading.body<Remembers>(0, 5).name.key, "plan year");
  EXPECT_FALSE(reading.body<OutcomeRow>(0, 6).when);
}

TEST(Rows, AnOutcomeIsAnyWordsUpToItsTerm) {
  Reading const reading(
      "Decision: d\n  Return for revision for 5 years when: x is y\n  Return for revision otherwise\n\n"
      "Example: e\n  Given:\n    x: y\n  Expect: not reviewed\n");
  ASSERT_EQ(reading.messages(), "");
  EXPECT_EQ(reading.body<OutcomeRow>(0, 0).outcome.key, "return for revision");
  EXPECT_EQ(reading.body<OutcomeRow>(0, 0).term->count, 5U);
  EXPECT_EQ(reading.body<OutcomeRow>(0, 1).outcome.key, "return for revision");
  EXPECT_EQ(reading.body<Expect>(1, 2).outcome.key, "not reviewed");
}

TEST(Rows, OfThresholds) {
  Reading const reading(
      "Threshold: t, in openings\n  from 2024-07-01 through 2025-06-30, Essex County: 5 openings\n"
      "  from 2024-07-01, \"a, b\": 5 openings\n  from 2024-07-01, otherwise: 6 openings [illustrative]\n"
      "  continues until changed\n");
  ASSERT_EQ(reading.messages(), "");
  EXPECT_EQ(reading.body<ThresholdRow>(0, 0).period.through, "2025-06-30");
  EXPECT_EQ(reading.body<ThresholdRow>(0, 0).of_class.key, "essex county");
  EXPECT_EQ(reading.body<ThresholdRow>(0, 1).of_class.key, "a, b");
  EXPECT_TRUE(reading.body<ThresholdRow>(0, 2).otherwise);
  EXPECT_TRUE(reading.clause(0, 2).citation->illustrative);
  EXPECT_EQ(reading.clause(0, 3).kind, ClauseKind::continues);
}

TEST(Vocabularies, FieldsAndColumns) {
  Reading const reading(
      "Source: wages, for area and occupation [BLS OEWS]\n  Rows: where O_GROUP is \"detailed\" and X is not \"a\" or "
      "\"b\"\n"
      "  area: column AREA_TITLE\n  jobs: jobs, column \"Employment, 2024\"\n"
      "    Marks: \"*\" and \"**\" are suppressed; \"#\" is at least $239,200 per year\n  Lists all: SOC 2018\n\n"
      "Unit: cent = $0.01\n\nUnit: graduate, at most 1 decimal\n\nCalendar: school\n  program year: starts 07-01\n"
      "  Through: 2035-12-31\n  Holidays: 2026-11-26, 2026-12-25\n\nRecord: pathway, key \"id\"\n"
      "  rate: percent, for each student group, key \"rates.{student group}\"\n  Ignored: lea, sequence_courses\n",
      FileKind::vocabulary);
  ASSERT_EQ(reading.messages(), "");
  EXPECT_TRUE(reading.body<RowFilters>(0, 0).filters.at(1).negated);
  EXPECT_EQ(reading.body<Declared>(0, 1).parts.at(0).written, "column AREA_TITLE");
  EXPECT_EQ(reading.body<Declared>(0, 2).parts.at(1).quoted, "Employment, 2024");
  auto const& marks = reading.body<Marks>(0, 3).rules;
  ASSERT_EQ(marks.size(), 2U);
  EXPECT_EQ(marks[0].marks.size(), 2U);
  EXPECT_EQ(marks[1].meaning.kind, FactValue::Kind::at_least);
  EXPECT_EQ(reading.body<Names>(0, 4).names.at(0).text, "SOC 2018");
  EXPECT_TRUE(reading.block(1).equals);
  EXPECT_EQ(reading.block(2).parts.at(0).words, "at most 1 decimal");
  EXPECT_EQ(reading.body<DateRange>(3, 1).through, "2035-12-31");
  EXPECT_EQ(reading.body<Values>(3, 2).values.size(), 2U);
  EXPECT_EQ(reading.body<Declared>(4, 0).parts.at(2).quoted, "rates.{student group}");
  EXPECT_EQ(reading.body<Names>(4, 1).names.at(1).text, "sequence_courses");
}

// Found by the policy fuzzer: the sign stands within a quoted name.
TEST(Vocabularies, AnEqualsSignWithinQuotesIsPartOfAName) {
  Reading const reading("Unit: \"a=b\"\n", FileKind::vocabulary);
  EXPECT_EQ(reading.messages(), "");
  EXPECT_FALSE(reading.block(0).equals);
}

TEST(Facts, OfEveryKind) {
  EXPECT_EQ(fact("412 openings per year")->values.size(), 1U);
  EXPECT_EQ(fact("15-1252, 15-1212")->values.size(), 2U);
  EXPECT_EQ(fact("at least $208,000 per year")->kind, FactValue::Kind::at_least);
  EXPECT_EQ(fact("between 0 and 9 students")->values.size(), 2U);
  EXPECT_EQ(fact("not submitted")->kind, FactValue::Kind::not_submitted);
  EXPECT_EQ(fact("suppressed")->kind, FactValue::Kind::suppressed);
  EXPECT_EQ(fact("not on the list")->kind, FactValue::Kind::not_on_the_list);
  EXPECT_EQ(fact("met")->kind, FactValue::Kind::met);
  EXPECT_EQ(fact("met target")->kind, FactValue::Kind::values);
  EXPECT_EQ(fact("2 met, 1 not met")->counts.size(), 2U);
  std::string messages;
  EXPECT_FALSE(fact("at least", &messages));
  EXPECT_EQ(messages,
            "fact:1:9: error[W108]: after `at least` a value is needed, such as `25 openings per year`\n"
            "1 | at least\n  |         ^\n");
}

TEST(Names, FoldTheSame) {
  EXPECT_EQ(name_key("The  Labor\xC2\xA0Market Demand"), "labor market demand");
  EXPECT_EQ(name_key("refer to the board"), "refer to board");
  EXPECT_EQ(name_key("Grade A"), "grade a");
  EXPECT_EQ(name_key("\xC3\x89TAT"), "\xC3\xA9tat");
  EXPECT_EQ(data_key("projected annual openings"), "projected_annual_openings");
  EXPECT_EQ(data_key("work-based learning"), "work_based_learning");
  EXPECT_TRUE(is_reserved("least"));
  EXPECT_FALSE(is_reserved("per"));
}

TEST(Bounds, DepthIsOneMessage) {
  auto const nested = [](char const* words, char const* end, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += words;
    return out + end;
  };
  EXPECT_EQ(Reading("Figure: f\n  = " + nested("10 percent of ", "x", 100'000) + "\n").codes(), "W123 ");
  EXPECT_EQ(Reading("Figure: f\n  = " + nested("the greater of ", "x", 100'000) + "\n").codes(), "W123 ");
  EXPECT_EQ(Reading("Figure: f\n  = " + nested("x plus ", "x", 100'000) + "\n").codes(), "W123 ");
  EXPECT_EQ(Reading("Criterion: f\n  Met when: " + nested("for any x, ", "x is y", 100'000) + "\n").codes(), "W123 ");
  EXPECT_EQ(Reading("Figure: f\n  = " + nested("[", "", 100'000) + "\n").codes(), "W115 ");
  EXPECT_EQ(Reading("Figure: f\n  = " + nested("x plus ", "x", 1'000) + "\n").codes(), "");
}

}  // namespace
}  // namespace waymark::grammar
