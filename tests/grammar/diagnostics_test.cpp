// Every message about reading text: a file that triggers it and nothing else, its exact words, its page, and an edit
// that mends it. WAYMARK_UPDATE=1 writes the expected words anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <set>
#include <vector>

#include "reading.hpp"

namespace waymark::grammar {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> fixtures() {
  std::vector<fs::path> out;
  for (auto const& entry : fs::directory_iterator(root() / "fixtures" / "diagnostics")) {
    auto const name = entry.path().filename().string();
    auto const extension = entry.path().extension();
    if (name.starts_with("W1") && (extension == ".policy" || extension == ".vocabulary")) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

Reading read_fixture(fs::path const& path, std::string text) {
  return Reading(std::move(text), kind_of(path), "fixtures/diagnostics/" + path.filename().string());
}

std::string code_of(fs::path const& path) { return path.filename().string().substr(0, 4); }

class Fixture : public testing::TestWithParam<fs::path> {};

TEST_P(Fixture, SaysExactlyThis) {
  auto const reading = read_fixture(GetParam(), file_text(GetParam()));
  EXPECT_EQ(reading.codes(), code_of(GetParam()) + " ");
  auto expected = GetParam();
  expected.replace_extension(".expected");
  if (std::getenv("WAYMARK_UPDATE") != nullptr) {
    std::ofstream(expected, std::ios::binary) << reading.messages();
  }
  EXPECT_EQ(reading.messages(), file_text(expected));
}

TEST_P(Fixture, ItsEditMendsIt) {
  auto text = file_text(GetParam());
  auto const reading = read_fixture(GetParam(), text);
  ASSERT_FALSE(reading.parsed.diagnostics.empty());
  auto const& edit = reading.parsed.diagnostics.front().edit;
  if (!edit) return;
  text.replace(edit->span.begin, edit->span.end - edit->span.begin, edit->replacement);
  EXPECT_EQ(read_fixture(GetParam(), text).messages(), "") << text;
}

std::string test_name(testing::TestParamInfo<fs::path> const& info) {
  auto name = info.param.stem().string();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(Diagnostics, Fixture, testing::ValuesIn(fixtures()), test_name);

TEST(Diagnostics, EveryCodeHasItsFixtureAndItsPage) {
  // A file of more than four gigabytes, and one with more than fifty faults, are no fixtures.
  std::set<std::string> const without{"W124", "W126"};
  std::set<std::string> covered;
  for (auto const& path : fixtures()) covered.insert(code_of(path));
  for (auto const& entry : code_entries()) {
    auto const id = std::string(entry.id);
    if (!id.starts_with("W1")) continue;
    EXPECT_EQ(covered.contains(id), !without.contains(id)) << id;
    auto const page = file_text(root() / "docs" / "diagnostics" / (id + ".md"));
    EXPECT_TRUE(page.starts_with("# " + id + ": " + std::string(entry.title) + "\n")) << id;
  }
}

TEST(Diagnostics, CodesAreSortedAndUnique) {
  auto const& entries = code_entries();
  auto const ordered = [](CodeEntry const& a, CodeEntry const& b) { return a.code < b.code; };
  EXPECT_TRUE(std::is_sorted(entries.begin(), entries.end(), ordered));
  EXPECT_EQ(std::adjacent_find(entries.begin(), entries.end(),
                               [](CodeEntry const& a, CodeEntry const& b) { return a.code == b.code; }),
            entries.end());
}

TEST(Diagnostics, SpeakNoCompiler) {
  for (auto const& path : fixtures()) {
    auto const reading = read_fixture(path, file_text(path));
    for (auto const& diagnostic : reading.parsed.diagnostics) {
      auto const said = diagnostic.message + " " + diagnostic.help;
      for (char const* const word :
           {"token", "parse", "identifier", "expression", "null", "boolean", "scope", "literal"}) {
        EXPECT_EQ(said.find(word), std::string::npos) << said;
      }
    }
  }
}

TEST(Diagnostics, TwoMistakesGiveTwoMessages) {
  Reading const reading(
      "Criterion: wage\n  Met when any of:\n    - wage is at least\n    - growth is more than 0 percent\n"
      "    - growth at least 5 percent\n  To fix: show {wage}.\n");
  EXPECT_EQ(reading.codes(), "W108 W111 ");
}

TEST(Diagnostics, ABrokenHeadKeepsItsNameAndItsClauses) {
  Reading const reading("Threshold: growth by region, in percent\n  from 2024-07-01: 3 percent\n");
  EXPECT_EQ(reading.codes(), "W107 ");
  EXPECT_EQ(reading.block(0).name.key, "growth by region");
  EXPECT_TRUE(reading.block(0).faulty);
  EXPECT_EQ(reading.clause(0, 0).kind, ClauseKind::threshold_row);
}

TEST(Diagnostics, ItemsUnderABrokenClauseAreStillRead) {
  EXPECT_EQ(Reading("Criterion: a\n  Mett when any of:\n    - x is y\n    - x is\n").codes(), "W105 W108 ");
  EXPECT_EQ(Reading("Criterion: a\n  Met when all of:\n    - any off:\n      -- x is y\n").codes(), "W111 ");
}

TEST(Diagnostics, AWholeListIsReportedOnce) {
  EXPECT_EQ(Reading("Criterion: a\n  Met when all of:\n    \xE2\x80\x93 x is y\n    \xE2\x80\x93 y is z\n").codes(),
            "W119 ");
  EXPECT_EQ(Reading("Criterion: a\n  Met when: x is y\n    - x is y\n    - y is z\n").codes(), "W119 ");
}

TEST(Diagnostics, AForgottenColonIsSeen) {
  EXPECT_EQ(Reading("Criterion: a\n  Met when x is y\n  To fix: b\n").codes(), "W111 ");
  EXPECT_EQ(Reading("Decision: a\n  Deny when all of\n    - x is y\n  Approve otherwise\n").codes(), "W111 ");
  EXPECT_EQ(Reading("Criterion: a\n  Met when: x is y\n\nCriterion b\n  Met when: x is y\n").codes(), "W111 ");
}

/// The codes of a text of which one edit leaves nothing to say.
std::string mended_by_one_edit(std::string text, FileKind kind = FileKind::policy) {
  Reading const reading(text, kind);
  auto const& edit = reading.parsed.diagnostics.at(0).edit;
  EXPECT_TRUE(edit) << reading.messages();
  if (edit) text.replace(edit->span.begin, edit->span.end - edit->span.begin, edit->replacement);
  EXPECT_EQ(Reading(text, kind).messages(), "") << text;
  return reading.codes();
}

TEST(Diagnostics, AHeadWithItsColonInTheWrongPlaceIsOneMistake) {
  std::string const before = "Threshold: x, in labs [C]\n  from 2024-07-01: 3 labs\n\n";
  std::string const met = "\n  Met when: labs is at least x\n";
  EXPECT_EQ(mended_by_one_edit(before + "Criterion need:" + met), "W111 ");
  EXPECT_EQ(mended_by_one_edit(before + "Criterion need: [Code 1]" + met), "W111 ");
  EXPECT_EQ(mended_by_one_edit("Criterion need:" + met), "W111 ");
  EXPECT_EQ(mended_by_one_edit(before + "Criterion, need" + met), "W111 ");
  EXPECT_EQ(mended_by_one_edit(before + "Criterion; need [Code 1]" + met), "W111 ");
  EXPECT_EQ(mended_by_one_edit("Threshold x, in labs:\n  from 2024-07-01: 3 labs\n"), "W111 ");
  EXPECT_EQ(mended_by_one_edit("Policy, test\n  Reviews: pathway\n"), "W111 ");
  EXPECT_EQ(mended_by_one_edit("Policy test\n  Reviews: pathway\n"), "W111 ");
  EXPECT_EQ(Reading(before + "Criterion need:" + met).block(1).name.text, "need");
}

TEST(Diagnostics, AMisspelledHeadWithoutItsColonIsOneMistake) {
  std::string const before = "Criterion: a\n  Met when: x is y\n  To fix: do it.\n\n";
  EXPECT_EQ(mended_by_one_edit(before + "Citeria need\n  Met when: x is y\n"), "W103 ");
  EXPECT_EQ(mended_by_one_edit(before + "Threshhold, x, in labs [C]\n  from 2024-07-01: 3 labs\n"), "W103 ");
  EXPECT_EQ(mended_by_one_edit("Polcy test\n  Reviews: pathway\n"), "W103 ");
  // … but not where it is prose, or an entry.
  EXPECT_EQ(Reading("Note: first\n\nPolices of the board\n").codes(), "");
  EXPECT_EQ(Reading(before + "Lists are kept by the board.\n").codes(), "");
  EXPECT_EQ(Reading("Choice: jobs\n\nofficer\n\nPolice officer\n", FileKind::vocabulary).codes(), "");
}

TEST(Diagnostics, ACommaForTheColonOfAClauseIsSeen) {
  EXPECT_EQ(mended_by_one_edit("Policy: test\n  Authority, 20 U.S.C. 2343\n  Reviews: pathway\n"), "W111 ");
  EXPECT_EQ(mended_by_one_edit("Policy: test\n  In force: from 2024-07-01\n  Authority, Code 1\n"), "W111 ");
  EXPECT_EQ(mended_by_one_edit("Criterion: a\n  Met when, x is y\n"), "W111 ");
  EXPECT_EQ(Reading("Criterion: a\n  To fix: ask the board and the\n    Authority, in time.\n").codes(), "");
}

TEST(Diagnostics, AForgottenCommaInAHeadIsSeen) {
  std::string const row = " [C]\n  from 2024-07-01: 3 labs\n";
  EXPECT_EQ(mended_by_one_edit("Threshold: x in labs" + row), "W111 ");
  EXPECT_EQ(mended_by_one_edit("Threshold: x in labs, by pathway type" + row), "W111 ");
  EXPECT_EQ(mended_by_one_edit("Figure: x in labs, for each student group\n  = labs\n"), "W111 ");
  // Where the rest of the head says it, the word stands in the name.
  EXPECT_EQ(mended_by_one_edit("Threshold: labs in place, in labs" + row), "W107 ");
  EXPECT_EQ(mended_by_one_edit("Figure: labs in place, yes or no\n  Yes when: x is y\n"), "W107 ");
}

TEST(Diagnostics, ANameThatIsNoneIsSaidWhereItIsGiven) {
  std::string const criterion = "Criterion: need of x\n  Met when: y is z\n\n";
  EXPECT_EQ(Reading(criterion + "Decision: d\n  Deny when: need of x is met\n  Approve otherwise\n").codes(), "W107 ");
  EXPECT_EQ(Reading(criterion + "Group: g\n  need of x\n").codes(), "W107 ");
  EXPECT_EQ(Reading(criterion + "Group: g\n  need of y\n").codes(), "W107 W107 ") << "another one";
}

// A column may have any name; a line that goes on as only a clause does is that clause.
TEST(Diagnostics, AMisspelledClauseIsNoColumn) {
  std::string const source = "Source: s, for occupation\n  occupation: SOC\n  wage: percent\n";
  auto const codes = [&](std::string const& line) { return Reading(source + line, FileKind::vocabulary).codes(); };
  EXPECT_EQ(codes("  Mark: \"*\" is suppressed\n"), "W105 ");
  EXPECT_EQ(codes("  Row: area is \"MSA\"\n"), "W105 ");
  EXPECT_EQ(codes("  List all: SOC 2018\n"), "W105 ");
  EXPECT_EQ(codes("  mark: percent, column MARK\n"), "");
  EXPECT_EQ(codes("  row: percent\n"), "");
  EXPECT_EQ(Reading("Calendar: c\n  Holiday: 2026-11-26\n", FileKind::vocabulary).codes(), "W105 ");
}

TEST(Diagnostics, AForgottenColonBehindFreeTextIsSeen) {
  std::string const criterion = "Criterion: a\n  Met when: x is y\n  To fix: show b.\n";
  EXPECT_EQ(Reading(criterion + "  Does not apply when request is renewal\n").codes(), "W111 ");
  EXPECT_EQ(Reading(criterion + "  In force from 2025-07-01 through 2026-06-30\n").codes(), "W111 ");
  EXPECT_EQ(Reading(criterion + "  Authority Example Code 1-2\n").codes(), "W128 ");
  EXPECT_EQ(Reading(criterion + "\nCriterion early college\n  Met when: x is y\n").codes(), "W111 ");
  EXPECT_EQ(Reading(criterion + "Criterion early college [illustrative]\n  Met when: x is y\n").codes(), "W111 ");
  EXPECT_EQ(Reading(criterion + "Group required set\n").codes(), "W128 ");
  EXPECT_EQ(Reading(criterion + "\nGroup required set\n  a\n").codes(), "W111 ");
  std::string const decision = "Decision: a\n  Renew when: x is y\n    Condition, within 180 days: file the plan.\n";
  EXPECT_EQ(Reading(decision + "  Phase out over 2 program years when x is z\n  Deny otherwise\n").codes(), "W111 ");
  EXPECT_EQ(Reading(decision + "  Deny when x is z\n  Deny otherwise\n").codes(), "W128 ");
  EXPECT_EQ(Reading(decision + "    Condition, within 30 days file it\n  Deny otherwise\n").codes(), "W111 ");
  EXPECT_EQ(Reading(decision + "      Deny when x is z\n  Deny otherwise\n").codes(), "W128 ");
  EXPECT_EQ(Reading("Decision: a\n  Note: as the board has it.\n      Approve with conditions when x is z\n"
                    "  Deny otherwise\n")
                .codes(),
            "W128 ");
  for (auto const* const fallback : {"If not covered by projections x", "If not published by state wages, x"}) {
    Reading const reading(std::string("Figure: a, in openings\n  = x\n  Note: b.\n      ") + fallback + "\n");
    EXPECT_EQ(reading.codes(), "W128 ") << fallback;
    ASSERT_TRUE(reading.parsed.diagnostics.front().edit);
    auto text = reading.sources[0].text;
    auto const& edit = *reading.parsed.diagnostics.front().edit;
    EXPECT_EQ(Reading(text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.replacement)).codes(), "");
  }
  EXPECT_EQ(Reading("Threshold: a, in percent [b]\n  Authority: c\n  from 2024-07-01 25 percent\n").codes(), "W111 ");
  EXPECT_EQ(Reading("Policy: a\n  In force from 2024-07-01\n").codes(), "W111 ");
}

TEST(Diagnostics, ProseThatGoesOnIsText) {
  EXPECT_EQ(Reading("Criterion: a\n  Met when: x is y\n  To fix: the program is\n    met when it shows its offers,\n"
                    "    from 2024-07-01 on, in force\n    or not.\n    Schedule a visit with the board.\n")
                .codes(),
            "");
  EXPECT_EQ(Reading("Note: what the\nThreshold block holds.\n").codes(), "");
  EXPECT_EQ(Reading("Decision: a\n  Deny otherwise\n    Condition, within 30 days: file the plan,\n      when it is"
                    " there. Ask the board\n      when it is not.\n")
                .codes(),
            "");
}

TEST(Diagnostics, NoShippedPolicyReadsLikeAForgottenColon) {
  std::size_t files = 0;
  for (auto const* folder : {"rules", "fixtures/new", "fixtures/new-jersey", "fixtures/explanations"}) {
    for (auto const& entry : fs::recursive_directory_iterator(root() / folder)) {
      auto const extension = entry.path().extension();
      if (extension != ".policy" && extension != ".vocabulary") continue;
      EXPECT_EQ(Reading(file_text(entry.path()), kind_of(entry.path())).codes(), "") << entry.path();
      ++files;
    }
  }
  EXPECT_GT(files, 3U);
}

TEST(Diagnostics, AnEditIsNoGuess) {
  auto const edit = [](std::string const& text) {
    Reading const reading(text);
    if (reading.parsed.diagnostics.empty()) return std::string("nothing said");
    auto const& found = reading.parsed.diagnostics.front().edit;
    return found && !found->is_guess ? found->replacement : std::string();
  };
  auto const date = [&](std::string const& written) {
    return edit("Criterion: a [b]\n  Met when: x is y\n  In force: from " + written + "\n");
  };
  EXPECT_EQ(date("7/31/2026"), "2026-07-31");
  EXPECT_EQ(date("7/7/2026"), "2026-07-07");
  for (auto const* const unclear : {"13/7/2026", "2/30/2026", "1/7/2026", "2026-2-30"}) EXPECT_EQ(date(unclear), "");
  Reading const either("Criterion: a [b]\n  Met when: x is y\n  In force: from 03/04/2026\n");
  EXPECT_THAT(either.messages(), testing::HasSubstr("`03/04/2026` may be 2026-03-04 or 2026-04-03"));
  EXPECT_EQ(edit("Threshold: required openings in openings per year [b]\n  from 2024-07-01: 2 openings\n"), "");
  EXPECT_EQ(edit("Criterion: a [b]\n  Met when: x must be at least y\n"), "is");
  EXPECT_EQ(edit("Criterion: a [b]\n  Met when: x equals or exceeds y\n"), "is at least");
}

TEST(Diagnostics, UnknownBlocksSwallowTheirLines) {
  EXPECT_EQ(Reading("Criterion: a\n  Met when: x is y\n\nRule: b\n  if x then\n  y: z\n\nGroup: c\n  a\n").codes(),
            "W103 ");
}

TEST(Diagnostics, AMisspelledBlockIsReadAsTheOneThatWasMeant) {
  Reading const reading("Criterion: a\n  Met when: x is y\n\nGruop: c\n  a\n  is b\n\nLst: d\n  Of: e\n");
  EXPECT_EQ(reading.codes(), "W103 W107 W103 ");
  ASSERT_EQ(reading.parsed.file.blocks.size(), 3U);
  EXPECT_EQ(reading.block(1).kind, BlockKind::group);
  EXPECT_EQ(reading.block(2).kind, BlockKind::list);
  EXPECT_TRUE(reading.parsed.file.faulty);
}

TEST(Diagnostics, AnUnknownBlockKeepsItsName) {
  Reading const reading("Criterion: a\n  Met when: x is y\n\nRule: high wage, in dollars\n  y: z\n");
  EXPECT_EQ(reading.codes(), "W103 ");
  ASSERT_EQ(reading.parsed.file.blocks.size(), 2U);
  EXPECT_EQ(reading.block(1).kind, BlockKind::broken);
  EXPECT_EQ(reading.block(1).name.key, "high wage");
}

TEST(Diagnostics, ABlockWithoutItsColonEndsAGroup) {
  EXPECT_EQ(Reading("Group: c\n  a\n  b\n\nDecision d\n  Deny when: x is y\n  Approve otherwise\n").codes(), "W111 ");
}

// Read as it was meant, with the edit made.
std::string with_edits(std::string text) {
  for (int i = 0; i < 4; ++i) {
    Reading const reading(text);
    if (reading.parsed.diagnostics.empty()) return text;
    auto const& diagnostic = reading.parsed.diagnostics.front();
    if (diagnostic.code != Code::citation_in_round_brackets || !diagnostic.edit) return reading.messages();
    text.replace(diagnostic.edit->span.begin, diagnostic.edit->span.end - diagnostic.edit->span.begin,
                 diagnostic.edit->replacement);
  }
  return text;
}

TEST(Diagnostics, BlanksInACitationChangeNothing) {
  auto const threshold = [](std::string const& citation) {
    return Reading("Threshold: t, in dollars per year " + citation +
                   "\n  from 2024-07-01: $5 per year\n  continues until changed\n");
  };
  EXPECT_EQ(threshold("[illustr$tive]").codes(), "W409 ");
  EXPECT_EQ(threshold("[  illustr$tive" + std::string(40, ' ') + "]").codes(), "W409 ");
  EXPECT_EQ(threshold("[illustr$tive" + std::string(40, '\0') + "]").codes(), "W409 ");
}

TEST(Diagnostics, ACitationInRoundBracketsIsOfferedInSquareOnes) {
  EXPECT_EQ(with_edits("Criterion: high wage (N.J.A.C. 6A:19-3.1)\n  Met when all of:\n    - x is y (Code 1(b)(2))\n"
                       "    - y is z\n"),
            "Criterion: high wage [N.J.A.C. 6A:19-3.1]\n  Met when all of:\n    - x is y [Code 1(b)(2)]\n"
            "    - y is z\n");
  EXPECT_EQ(with_edits("Threshold: t, in dollars per year (\xC2\xA7 4)\n  from 2024-07-01: $5 per year (illustrative)\n"
                       "  continues until changed\n"),
            "Threshold: t, in dollars per year [\xC2\xA7 4]\n  from 2024-07-01: $5 per year [illustrative]\n"
            "  continues until changed\n");
  EXPECT_EQ(with_edits("Decision: d\n  Deny when: x is y (N.J.A.C. 6A:19)\n  Approve otherwise (N.J.A.C. 6A:20)\n"),
            "Decision: d\n  Deny when: x is y [N.J.A.C. 6A:19]\n  Approve otherwise [N.J.A.C. 6A:20]\n");
}

TEST(Diagnostics, RoundBracketsInTitlesAndTextAreText) {
  Reading const reading(
      "Policy: approval (2024)\n  Authority: Code 1 (2)\n  Note: see Code 3 (4)\n\nCriterion: a [Code 1(a)]\n"
      "  Met when: x is \"y (2)\"\n  To fix: show it (form 4)\n\nExample: a case (no. 5)\n  Given on 2026-11-21:\n"
      "    x: y\n  Expect:\n    a: met\n");
  EXPECT_EQ(reading.messages(), "");
}

TEST(Diagnostics, WhatSpreadsheetsSayIsUnderstood) {
  auto const mended = [](std::string line) {
    Reading const reading("Criterion: a\n  Met when: " + line + "\n");
    auto const& all = reading.parsed.diagnostics;
    if (all.size() != 1 || !all.front().edit) return reading.messages();
    auto text = reading.sources[0].text;
    auto const& edit = *all.front().edit;
    text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.replacement);
    return Reading(text).messages() + text.substr(text.find(": ", 12) + 2);
  };
  EXPECT_EQ(mended("x >= y"), "x is at least y\n");
  EXPECT_EQ(mended("x \xE2\x89\xA4 5 openings"), "x is at most 5 openings\n");
  EXPECT_EQ(mended("x exceeds y"), "x is more than y\n");
  EXPECT_EQ(mended("x is greater than y"), "x is more than y\n");
  EXPECT_EQ(mended("x is fewer than 5"), "x is less than 5\n");
  EXPECT_EQ(mended("annual_openings is y"), "annual openings is y\n");
  EXPECT_EQ(mended("in the last 3 years, x is y"), "in each of the last 3 years, x is y\n");
  EXPECT_EQ(mended("in each of the last 3 years x is y"), "in each of the last 3 years, x is y\n");
  EXPECT_EQ(mended("for each course, x is y"), "for every course, x is y\n");
  EXPECT_EQ(mended("at least two of core are met"), "at least 2 of core are met\n");
  EXPECT_EQ(mended("x is one of a or b"), "x is one of a, b\n");
}

TEST(Diagnostics, OtherWordingsAreUnderstood) {
  auto const mended = [](std::string const& text) {
    Reading const reading(text);
    auto const& all = reading.parsed.diagnostics;
    if (all.size() != 1 || !all.front().edit) return reading.messages();
    auto out = reading.sources[0].text;
    auto const& edit = *all.front().edit;
    out.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.replacement);
    return Reading(out).messages() + edit.replacement;
  };
  auto const condition = [&](std::string const& line) { return mended("Criterion: a\n  Met when: " + line + "\n"); };
  for (auto const* const words : {"less then y", "no more than y", "at lest y", "over y", ">= y"}) {
    EXPECT_THAT(condition(std::string("x is ") + words),
                testing::AnyOf("less than", "at most", "at least", "more than"))
        << words;
  }
  EXPECT_EQ(condition("x is over y"), "more than");
  EXPECT_EQ(condition("x is no less than y"), "at least");
  EXPECT_EQ(condition("1 of need are met"), "at least 1 of");
  EXPECT_EQ(condition("in 2 of the last 3 years, x is y"), "at least 2 of");
  for (auto const& [head, meant] :
       {std::pair("two of the following:", "at least 2 of"), std::pair("at least 2 of the following:", "at least 2 of"),
        std::pair("either of:", "any of"), std::pair("one of:", "at least 1 of"), std::pair("any one of:", "any of"),
        std::pair("all the following:", "all of"), std::pair("at least two of:", "2")}) {
    EXPECT_EQ(condition(std::string(head) + "\n    - x is y\n    - z is y"), meant) << head;
  }
  for (auto const* const lasting :
       {"continue until changed", "until further notice", "continuing until it is changed"}) {
    EXPECT_EQ(mended(std::string("Threshold: a, in labs [b]\n  from 2024-07-01: 2 labs\n  ") + lasting + "\n"),
              "continues until changed");
  }
}

TEST(Diagnostics, FiftyAreEnough) {
  std::string text = "Criterion: a\n";
  for (int i = 0; i < 80; ++i) text += "  Met when: x is\n";
  Reading const reading(text);
  ASSERT_EQ(reading.parsed.diagnostics.size(), 51U);
  EXPECT_EQ(reading.parsed.diagnostics.back().message, "and 30 more");
}

TEST(Diagnostics, CaretsCountCharactersAndNotBytes) {
  Reading const reading("Policy: \xC3\x89tat\n  Autorit\xC3\xA9: x\n");
  EXPECT_THAT(reading.messages(), testing::HasSubstr("test.policy:2:3: error[W105]"));
  EXPECT_THAT(reading.messages(), testing::HasSubstr("  |   ^^^^^^^^"));
}

TEST(Diagnostics, NearWordsAreFound) {
  EXPECT_EQ(nearest("Critereon", {"Criterion", "Choice"}), "Criterion");
  EXPECT_EQ(nearest("whn", {"when"}), "when");
  EXPECT_EQ(nearest("form", {"from"}), "from");
  EXPECT_EQ(nearest("wage", {"size"}), "");
  EXPECT_EQ(nearest("", {"a"}), "");
}

}  // namespace
}  // namespace waymark::grammar
