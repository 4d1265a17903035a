// Thresholds in TOML are the thresholds of a policy: the same rows, the same citations, spans in their own file.
#include <gtest/gtest.h>

#include "tests/check/reading.hpp"

namespace waymark::check {
namespace {

char const* const kWords =
    "Vocabulary: words\n\nChoice: kind\n  new\n  old\n\nRecord: pathway\n  kind: kind\n  size: students\n"
    "  started: date\n  pay: dollars per year\n  yearly size: students, for each program year\n";
char const* const kPolicy =
    "Policy: test\n  Reviews: pathway\n  Uses: words\n  In force: from 2024-07-01\n\n"
    "Criterion: a\n  Met when: size is at least required size\n";

std::string said(std::string_view toml, std::string_view policy = kPolicy) {
  return read_policy(kWords, policy, toml)->codes();
}

TEST(TomlThresholds, AreThoseOfAPolicy) {
  auto const in_toml = read_policy(kWords, kPolicy, R"(
[[threshold]]
name = "the required size"   # an article is skipped
unit = "students"
by = "kind"
citation = "Code 1, illustrative"
continues = true
[[threshold.row]]
from = 2024-07-01
class = "new"
value = "5 students"
[[threshold.row]]
from = 2024-07-01
through = 2025-06-30
value = "6 students"
[[threshold.row]]
from = 2025-07-01
class = "otherwise"
value = "7 students"
citation = "Code 2"
)");
  ASSERT_EQ(in_toml->said(), "");
  auto const in_policy =
      read_policy(kWords, std::string(kPolicy) +
                              "\nThreshold: required size, in students, by kind [Code 1, illustrative]\n"
                              "  from 2024-07-01, new: 5 students\n"
                              "  from 2024-07-01 through 2025-06-30: 6 students\n"
                              "  from 2025-07-01, otherwise: 7 students [Code 2]\n"
                              "  continues until changed\n");
  ASSERT_EQ(in_policy->said(), "");
  EXPECT_EQ(threshold_of(in_toml->program(), "required size"), threshold_of(in_policy->program(), "required size"));
  EXPECT_EQ(in_toml->program().illustrative, in_policy->program().illustrative);
}

TEST(TomlThresholds, MayBeDatesSharesAndYearly) {
  auto const reading =
      read_policy(kWords,
                  "Policy: test\n  Reviews: pathway\n  Uses: words\n  In force: from 2024-07-01\n\n"
                  "Criterion: a\n  Met when: started is on or after first day\n\nCriterion: b\n  Met when: pay is at "
                  "least pay floor\n\n"
                  "Figure: large, yes or no, for each program year\n  Yes when: yearly size is at least yearly floor\n",
                  R"(
[[threshold]]
name = "first day"
kind = "a date"
citation = "Code 1"
continues = true
row = [ { from = 2024-07-01, value = "2020-01-01" } ]

[[threshold]]
name = "pay floor"
unit = "dollars per year"
citation = "Code 1"
continues = true
[[threshold.row]]
from = 2024-07-01
value = "80 percent of pay"

[[threshold]]
name = "yearly floor"
unit = "students"
each = "program year"
citation = "Code 1"
continues = true
[[threshold.row]]
from = 2024-07-01
value = "90 percent of yearly size"
)");
  ASSERT_EQ(reading->said(), "");
  EXPECT_EQ(threshold_of(reading->program(), "first day"),
            "a date [Code 1]\nfrom 2024-07-01 otherwise: 2020-01-01 [Code 1]\n");
  EXPECT_EQ(threshold_of(reading->program(), "pay floor"),
            "dollars per year, ratio [Code 1]\nfrom 2024-07-01 otherwise: (80 percent of fact pay) [Code 1]\n");
  EXPECT_EQ(threshold_of(reading->program(), "yearly floor"),
            "students, ratio, for each years program year [Code 1]\n"
            "from 2024-07-01 otherwise: (90 percent of fact yearly size) [Code 1]\n");
}

TEST(TomlThresholds, ThatAPolicyDoesNotNameAreNotItsOwn) {
  auto const reading =
      read_policy(kWords, "Policy: test\n  Reviews: pathway\n  Uses: words\n  In force: from 2024-07-01\n",
                  "[[threshold]]\nname = \"other\"\nunit = \"hats\"\nby = \"a field that is not here\"\n");
  EXPECT_EQ(reading->said(), "");
  EXPECT_TRUE(reading->program().thresholds.empty());
}

TEST(TomlThresholds, PointToTheirOwnFile) {
  auto const reading =
      read_policy(kWords, kPolicy,
                  "# h\xC3\xB6he\r\n[[threshold]]\r\nname = \"required size\"\r\nunit = \"students\"\r\n"
                  "citation = \"\xC3\xA4 1\"\r\ncontinues = true\r\n[[threshold.row]]\r\n"
                  "from = 2024-07-01\r\nvalue = \"5 hats\"\r\n");
  ASSERT_EQ(reading->diagnostics.size(), 1U) << reading->said();
  auto const& span = reading->diagnostics.front().primary.span;
  EXPECT_EQ(reading->sources[span.file].path, "test.toml");
  EXPECT_EQ(reading->sources.text(span), "5 hats");
}

TEST(TomlThresholds, ClashWithThoseOfThePolicy) {
  EXPECT_EQ(said("[[threshold]]\nname = \"a\"\nunit = \"students\"\n",
                 "Policy: test\n  Reviews: pathway\n  Uses: words\n  In force: from 2024-07-01\n\n"
                 "Criterion: a\n  Met when: size is more than 0 students\n"),
            "W201");
}

TEST(TomlThresholds, SayWhatIsWrong) {
  std::string const whole = "[[threshold]]\nname = \"required size\"\nunit = \"students\"\ncitation = \"C\"\n";
  std::string const row = "[[threshold.row]]\nfrom = 2024-07-01\nvalue = \"5 students\"\n";
  EXPECT_EQ(said(whole + "continues = true\n" + row), "");
  EXPECT_EQ(said(whole + row), "W402");
  EXPECT_EQ(said(whole + "continues = \"true\"\n" + row), "W414");
  EXPECT_EQ(said(whole + "continues = true\n"), "W204");
  EXPECT_EQ(said(whole + "continues = true\nrow = 3\n"), "W414");
  EXPECT_EQ(said(whole + "continues = true\nkind = \"a date\"\n" + row), "W414");
  EXPECT_EQ(said(whole + "continues = true\n[[threshold.row]]\nvalue = \"5 students\"\n"), "W414");
  EXPECT_EQ(said(whole + "continues = true\n[[threshold.row]]\nfrom = 2024-07-01\n"), "W414");
  EXPECT_EQ(said(whole + "continues = true\n[[threshold.row]]\nfrom = 2024-07-01\nvalue = 5\n"), "W414");
  EXPECT_EQ(said(whole + "continues = true\n[[threshold.row]]\nfrom = 2024-07-01\nvalue = \"5 \\u0073tudents\"\n"),
            "W414");
  EXPECT_EQ(said(whole + "continues = true\n[[threshold.row]]\nfrom = 2024-07-01\nvalue = \"5 students plus\"\n"),
            "W108");
  EXPECT_EQ(said(whole + "continues = true\n[[threshold.row]]\nfrom = 2024-07-01T00:00:00\nvalue = \"5 students\"\n"),
            "W414");
  EXPECT_EQ(said("threshold = 1\n"), "W414");
  EXPECT_EQ(said("thresholds = 1\n"), "W413");
  EXPECT_EQ(said("[[threshold]]\nunit = \"students\"\n"), "W414");
  EXPECT_EQ(said("[[threshold]]\nname = \"size of it\"\nunit = \"students\"\n"), "W202 W414");
  EXPECT_EQ(said("[[threshold]]\nname = \"required size\"\ncitation = \"C\"\ncontinues = true\n" + row), "W203");
  EXPECT_EQ(said("[[threshold]\n"), "W412");
}

}  // namespace
}  // namespace waymark::check
