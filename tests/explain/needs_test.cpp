// What is missing: behind every undecided criterion something, behind a decision that can be told nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/explain/outcome.hpp"
#include "engine/values/truth.hpp"
#include "tests/explain/json_check.hpp"
#include "tests/explain/setting.hpp"

namespace waymark::explain {
namespace {

values::Date const kDate = values::date_of(2026, 11, 21);

Policy const& policy() {
  static auto const checked = fixture("approval.policy");
  return *checked;
}

/// A submission in which each fact is there, missing or given as null, as the dice say.
std::string any_submission() {
  std::vector<std::string> const facts = {
      R"("kind":"renewal")",
      R"("kind":"new")",
      R"("soc":["15-1252","15-1212"])",
      R"("soc":["51-4121"])",
      R"("soc":["29-1215"])",
      R"("soc":[])",
      R"("region":"Essex County")",
      R"("region":"Nowhere")",
      R"("apprenticeship":true)",
      R"("articulation":false)",
      R"("employer_letters":4)",
      R"("enrollment":12)",
      R"("enrollment":40)",
      R"("graduates":0)",
      R"("graduates":20)",
      R"("placed_graduates":13)",
      R"("pathway_type":"emerging")",
      R"("pathway_type":"standard")",
      R"("last_meeting":"2025-07-01")",
      R"("rates":{"all":80,"female":60,"econ":79.5})",
      R"("counts":{"female":30,"econ":5,"el":12})",
      R"("openings":{"2024-25":30,"2025-26":20})",
      R"("openings":{"2025-26":90})",
      R"("last_decision":{"outcome":"renew with conditions","date":"2025-11-21"})",
      R"("last_decision":null)",
      R"("cip":"11.0701","credentials":["CompTIA Security+"])",
  };
  auto const key_of = [](std::string const& fact) { return fact.substr(0, fact.find(':')); };
  std::string out = R"({"id":"P-1")";
  std::string last;
  for (auto const& fact : facts) {
    if (!*rc::gen::arbitrary<bool>() || key_of(fact) == last) continue;
    last = key_of(fact);
    out += "," + fact;
  }
  return out + "}";
}

std::unique_ptr<Policy> small_policy(std::string const& body) {
  return policy_of(
      read_text("fixtures/explanations/pathways.vocabulary"),
      "Policy: small\n  Reviews: pathway\n  Uses: example pathways\n  In force: from 2024-07-01\n\n" + body);
}

/// `last_decision not submitted; projections for 15-1252 not yet published`
std::string needs_of(Policy const& policy, values::Date date, std::string const& submission) {
  Case one(policy, date, submission);
  std::string out;
  for (auto const& need : needs(one.subject())) {
    if (!out.empty()) out += "; ";
    out += need.fact + (need.for_what.empty() ? "" : " for " + need.for_what) + " " + need.why;
  }
  return out;
}

std::vector<std::string> possible_of(Policy const& policy, std::string const& submission) {
  Case one(policy, kDate, submission);
  return possible(one.subject());
}

// Whether the Decision applies at all is what hangs on the request.
TEST(Needs, NameWhatTheWhenOfADecisionHangsOn) {
  auto const one = small_policy(
      "Criterion: a\n  Met when: articulation agreement is yes\n\n"
      "Decision: d\n  When: request is renewal\n  Renew when: a is met\n  Refer to the board otherwise\n");
  EXPECT_EQ(needs_of(*one, kDate, R"({"id":"P","articulation":true})"), "kind not submitted");
  EXPECT_EQ(needs_of(*one, kDate, R"({"id":"P","articulation":true,"kind":"renewal"})"), "");
  auto const two = small_policy(
      "Decision: d\n  When: request is renewal\n  Renew when: articulation agreement is yes\n"
      "  Refer to the board otherwise\n\n"
      "Decision: e\n  When all of:\n    - request is new\n    - registered apprenticeship is yes\n"
      "  Approve when: articulation agreement is yes\n  Refer to the board otherwise\n");
  EXPECT_EQ(needs_of(*two, kDate, R"({"id":"P","articulation":true})"),
            "kind not submitted; apprenticeship not submitted")
      << "of each decision that may apply";
}

// Which decision applies hangs on the request, and either may be the one: the order in which they stand does not
// matter.
TEST(Needs, AndPossibleOutcomesAreThoseOfEveryDecisionThatMayApply) {
  std::string const first =
      "Decision: first\n  When: request is new\n  Approve when: articulation agreement is yes\n"
      "  Refer to the board otherwise\n\n";
  std::string const second =
      "Decision: second\n  When: request is renewal\n"
      "  Phase out over 2 program years when: registered apprenticeship is no\n  Refer to the board otherwise\n\n";
  auto const one = small_policy(first + second);
  auto const other = small_policy(second + first);
  std::string const submission = R"({"id":"P","articulation":true})";
  EXPECT_EQ(needs_of(*one, kDate, submission), "kind not submitted; apprenticeship not submitted");
  EXPECT_EQ(needs_of(*other, kDate, submission), "kind not submitted; apprenticeship not submitted");
  EXPECT_THAT(possible_of(*one, submission), testing::ElementsAre("approve", "phase out", "refer to the board"));
  EXPECT_THAT(possible_of(*other, submission), testing::ElementsAre("phase out", "refer to the board", "approve"));
  EXPECT_THAT(possible_of(*one, R"({"id":"P","kind":"new"})"), testing::ElementsAre("approve", "refer to the board"));
  auto const renewals = small_policy(second);
  EXPECT_THAT(possible_of(*renewals, R"({"id":"P","apprenticeship":true})"),
              testing::ElementsAre("refer to the board", "not reviewed"))
      << "of a new pathway this policy says nothing";
  Case open(*one, kDate, submission);
  EXPECT_THAT(full_text(open.subject()), testing::HasSubstr("phase out over 2 program years")) << "with its rows";
}

// A criterion on which no kept row rests would settle nothing; beside an outcome it would complete the record.
TEST(Needs, AreThoseOfTheKeptRowsWhereInformationIsNeeded) {
  std::string const criteria =
      "Criterion: support\n  Met when: employer letters is more than 0 letters\n\n"
      "Criterion: credit\n  Met when: articulation agreement is yes\n\n";
  auto const policy =
      small_policy(criteria + "Decision: d\n  Approve when: support is met\n  Refer to the board otherwise\n");
  EXPECT_EQ(needs_of(*policy, kDate, R"({"id":"P"})"), "employer_letters not submitted");
  EXPECT_EQ(needs_of(*policy, kDate, R"({"id":"P","employer_letters":1})"), "articulation not submitted");
}

// Rows that ask what is found are always yes or no: the facts behind them are needed all the same.
TEST(Needs, NameWhatARowAsksThatSpeaksOfWhatIsFound) {
  auto const policy = small_policy(
      "Criterion: support\n  Met when: employer letters is more than 0 letters\n\n"
      "Criterion: credit\n  Met when: articulation agreement is yes\n\n"
      "Decision: d\n  Approve when: support is found met\n"
      "  Needs information when: credit cannot be told\n  Refer to the board otherwise\n");
  EXPECT_EQ(needs_of(*policy, kDate, R"({"id":"P"})"), "employer_letters not submitted; articulation not submitted");
  EXPECT_EQ(needs_of(*policy, kDate, R"({"id":"P","employer_letters":0})"), "articulation not submitted");
}

// The vocabulary of these policies has no calendar of holidays.
TEST(Needs, NameTheCalendarThatWorkingDaysAreCountedBy) {
  auto const policy = small_policy(
      "Figure: deadline, a date\n  = advisory meeting plus 10 working days\n\n"
      "Criterion: soon\n  Met when: deadline is on or after advisory meeting\n\n"
      "Decision: d\n  Approve when: soon is met\n  Refer to the board otherwise\n");
  EXPECT_EQ(needs_of(*policy, kDate, R"({"id":"P","last_meeting":"2025-07-01"})"),
            "calendar for advisory meeting plus 10 working days not covered by the calendar of holidays");
  EXPECT_EQ(needs_of(*policy, kDate, R"({"id":"P"})"), "last_meeting not submitted");
}

TEST(Needs, NameTheSourceThatAListIsMadeOf) {
  std::string const criteria =
      "Criterion: a\n  Met when: for any of the pathway's occupations, occupation is in wanted\n\n"
      "Decision: d\n  Approve when: a is met\n  Refer to the board otherwise\n\n";
  auto const list = small_policy(
      criteria + "List: wanted\n  Of: outlook, by occupation\n  On it when: growth is more than 0 percent\n");
  std::string const submission = R"({"id":"P","soc":["15-1252"]})";
  EXPECT_EQ(needs_of(*list, kDate, submission), "");
  auto const before = values::date_of(2025, 11, 21);
  EXPECT_EQ(needs_of(*list, before, submission), "outlook for 15-1252 not yet published");
  auto const of_list = small_policy(criteria +
                                    "List: wanted\n  Of: growing\n  On it when: growth is at least 0 percent\n\n"
                                    "List: growing\n  Of: outlook, by occupation\n"
                                    "  On it when: growth is more than 0 percent\n");
  EXPECT_EQ(needs_of(*of_list, before, submission), "outlook for 15-1252 not yet published");
}

// A place hangs on what is not known of the member, and of the others that may stand above it.
TEST(Needs, NameWhatAPlaceInARankHangsOn) {
  auto const ranked = [](std::string const& ranking) {
    return small_policy(
        "Criterion: a\n  Met when: for any of the pathway's occupations, occupation is in leaders\n\n"
        "Decision: d\n  Approve when: a is met\n  Refer to the board otherwise\n\n"
        "List: leaders [illustrative]\n  Of: outlook\n" +
        ranking);
  };
  auto const highest = ranked("  Highest: 1, by growth\n  Ties: out\n");
  std::string const welder = R"({"id":"P","soc":["51-4121"]})";
  EXPECT_EQ(needs_of(*highest, kDate, welder), "");
  Case one(*highest, kDate, welder);
  EXPECT_THAT(short_text(one.subject()), testing::HasSubstr("is not in leaders: place 3; the highest 1 by growth"));
  Case leader(*highest, kDate, R"({"id":"P","soc":["15-1212"]})");
  EXPECT_THAT(short_text(leader.subject()), testing::HasSubstr("is in leaders: place 1; the highest 1 by growth"));
  // All three are of one size.
  auto const tie = ranked("  Highest: 1, by size\n  Ties: cannot be told\n\nFigure: size, in percent\n  = 5 percent\n");
  EXPECT_EQ(needs_of(*tie, kDate, welder), "leaders for 51-4121 it ties for the last place");
}

// A window without an end that is not full hangs on a year of which nothing is known.
TEST(Needs, NameTheYearBeforeAllThatAreKnown) {
  auto const policy = small_policy(
      "Figure: open class, yes or no, for each program year\n  Yes when: completers is more than 1 student\n"
      "  Does not apply when: completers is 0 students\n\n"
      "Criterion: a\n  Met when: in each of the last 2 measured program years, open class is yes\n\n"
      "Decision: d\n  Approve when: a is met\n  Refer to the board otherwise\n");
  EXPECT_EQ(needs_of(*policy, kDate, R"({"id":"P","completers":{"2025-26":9,"2024-25":0}})"),
            "completers.2023-24 not submitted");
  EXPECT_EQ(needs_of(*policy, kDate, R"({"id":"P","completers":{"2025-26":9,"2024-25":0,"2020-21":5}})"),
            "completers.2023-24 not submitted; completers.2022-23 not submitted; completers.2021-22 not submitted");
  EXPECT_EQ(needs_of(*policy, kDate, R"({"id":"P","completers":{"2025-26":9,"2024-25":0,"2023-24":5}})"), "");
  Case one(*policy, kDate, R"({"id":"P","completers":{"2025-26":9,"2024-25":0}})");
  EXPECT_THAT(full_text(one.subject()), testing::HasSubstr("years before 2024-25 are not known"));
}

// A window that surely has all of its years looks no further back.
TEST(Needs, NameNoYearBeforeThoseThatAWindowTakes) {
  auto const policy = small_policy(
      "Figure: open class, yes or no, for each program year\n  Yes when: completers is more than 1 student\n"
      "  Does not apply when: completers is 0 students\n\n"
      "Criterion: a\n  Met when: in each of the last 2 measured program years within 5 program years, open class is "
      "yes\n\n"
      "Decision: d\n  Approve when: a is met\n  Refer to the board otherwise\n");
  EXPECT_EQ(needs_of(*policy, kDate, R"({"id":"P","completers":{"2025-26":9,"2024-25":{"at_least":1}}})"),
            "completers.2024-25 known within a range only");
  EXPECT_EQ(needs_of(*policy, kDate, R"({"id":"P","completers":{"2025-26":9,"2023-24":5}})"),
            "completers.2024-25 not submitted")
      << "2025-26 and 2023-24 surely are taken";
  EXPECT_EQ(needs_of(*policy, kDate, R"({"id":"P","completers":{"2025-26":9,"2021-22":5}})"),
            "completers.2024-25 not submitted; completers.2023-24 not submitted; completers.2022-23 not submitted");
}

RC_GTEST_PROP(Needs, AreThereExactlyWhenSomethingCannotBeTold, ()) {
  auto const submission = any_submission();
  Case one(policy(), kDate, submission);
  auto const subject = one.subject();
  auto const& outcome = subject.run.outcomes()[0];
  RC_PRE(outcome.kind != review::Outcome::Kind::not_reviewed);
  bool open = false;
  bool const decided = outcome.kind == review::Outcome::Kind::decided;
  for (check::CriterionId id = 0; decided && id < subject.program.criteria.size(); ++id) {
    open = open || !values::can_be_told_status(subject.run.status(id, 0));
  }
  auto const look_at_rows = [&](std::uint32_t decision, std::vector<std::uint32_t> const& kept) {
    for (auto const row : kept) {
      auto const when = subject.program.decisions[decision].rows[row].when;
      open = open || (when != check::kNone && !values::can_be_told(subject.run.truth(when, {0, 0})));
    }
  };
  look_at_rows(outcome.decision, outcome.kept);
  for (auto const& may : outcome.open) {
    auto const when = subject.program.decisions[may.decision].when;
    open = open || !values::can_be_told(subject.run.truth(when, {0, 0}));
    look_at_rows(may.decision, may.kept);
  }
  RC_LOG() << submission;
  RC_ASSERT(needs(subject).empty() == !open);
}

RC_GTEST_PROP(Records, AreAlwaysJson, ()) {
  auto const submission = any_submission();
  Case one(policy(), kDate, submission);
  auto const record = decision_json(one.subject(), {"a", "b"}, Detail::full);
  RC_LOG() << submission << "\n" << record;
  RC_ASSERT(is_json(record));
  RC_ASSERT(record.find('\n') == std::string::npos);
}

RC_GTEST_PROP(Texts, KeepTheirWidthAndSayTheOutcomeFirst, ()) {
  auto const submission = any_submission();
  Case one(policy(), kDate, submission);
  auto const subject = one.subject();
  for (auto const& text : {short_text(subject), full_text(subject), why_not_text(subject, "renew")}) {
    RC_LOG() << submission << "\n" << text;
    RC_ASSERT(text.starts_with("P-1: "));
    std::size_t begin = 0;
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
      RC_ASSERT(end - begin <= 110U);
      RC_ASSERT(end == begin || text[end - 1] != ' ');
      begin = end + 1;
    }
    RC_ASSERT(begin == text.size());
  }
}

RC_GTEST_PROP(Because, SpeaksOfEveryDecidedCase, ()) {
  Case one(policy(), kDate, any_submission());
  auto const subject = one.subject();
  RC_PRE(subject.run.outcomes()[0].kind == review::Outcome::Kind::decided);
  RC_ASSERT(!because(subject).empty());
}

}  // namespace
}  // namespace waymark::explain
