// The shipped policies: clean, laid out, with passing examples; and the fixture year, decision by decision.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <vector>

#include "tests/check/lines.hpp"
#include "tests/commands/program_run.hpp"

namespace waymark::rules_test {
namespace {

namespace fs = std::filesystem;
using check_test::lines_of;
using commands_test::contents;
using commands_test::run_program;

std::string const kRoot = WAYMARK_ROOT;
std::string const kYear = kRoot + "/fixtures/new-jersey/year.jsonl";

std::string review(std::string const& submissions, std::string const& input = "") {
  return run_program({"review", kRoot + "/rules/new-jersey/pathways.policy", "--submissions", submissions, "--evidence",
                      kRoot + "/fixtures/new-jersey/evidence", "--date", "2026-11-21", "--format", "csv"},
                     "", input)
      .out;
}

std::vector<std::string> rule_files() {
  std::vector<std::string> out;
  for (auto const& entry : fs::recursive_directory_iterator(kRoot + "/rules")) {
    auto const ending = entry.path().extension();
    if (ending == ".policy" || ending == ".vocabulary") out.push_back(entry.path().string());
  }
  return out;
}

TEST(rules, are_without_a_message_and_laid_out) {
  for (auto const& file : rule_files()) {
    auto const checked = run_program({"check", file});
    EXPECT_EQ(checked.code, 0) << checked.err << checked.out;
    EXPECT_EQ(run_program({"format", "--check", file}).code, 0) << file;
  }
}

TEST(rules, examples_hold) {
  for (auto const& file : rule_files()) {
    if (fs::path(file).extension() != ".policy") continue;
    auto const tested = run_program({"test", file});
    EXPECT_EQ(tested.code, 0) << tested.out << tested.err;
  }
}

TEST(new_jersey, the_fixture_year) { EXPECT_EQ(review(kYear), contents(kRoot + "/fixtures/new-jersey/decisions.csv")); }

std::string explain(std::string const& id, std::vector<std::string> const& more) {
  std::vector<std::string> arguments = {"explain",       kRoot + "/rules/new-jersey/pathways.policy",
                                        "--submissions", kYear,
                                        "--evidence",    kRoot + "/fixtures/new-jersey/evidence",
                                        "--date",        "2026-11-21",
                                        "--id",          id};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments).out;
}

// The list has 31-1014, what SOC 2010 calls nursing assistants; the submission has 31-1131, what SOC 2018 does.
TEST(new_jersey, nobody_is_denied_because_the_list_has_the_code_of_another_edition) {
  auto const record = explain("NJ-2026-010", {"--format", "json", "--short"});
  for (auto const* part :
       {R"("outcome":"needs information")",
        "whether 31-1131 Nursing Assistants is in in-demand occupations cannot be told: 2020 list has 31-1014, its "
        "code "
        "in SOC 2010",
        R"({"fact":"in_demand_occupations","for":"31-1131","why":"a code outside the edition that is asked for: 2020 )"
        R"(list has 31-1014, its code in SOC 2010"})"}) {
    EXPECT_NE(record.find(part), std::string::npos) << part << "\n" << record;
  }
}

TEST(new_jersey, a_review_warns_once_of_a_list_with_codes_of_another_edition) {
  auto const ran = run_program({"review", kRoot + "/rules/new-jersey/pathways.policy", "--submissions", kYear,
                                "--evidence", kRoot + "/fixtures/new-jersey/evidence", "--date", "2026-11-21"});
  auto const first = ran.err.find("warning[W911]");
  ASSERT_NE(first, std::string::npos) << ran.err;
  EXPECT_EQ(ran.err.find("warning[W911]", first + 1), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("2 codes of in-demand occupations are SOC 2010 codes, and no SOC 2018 codes: 15-1132, "
                         "31-1014."),
            std::string::npos)
      << ran.err;
}

TEST(new_jersey, a_review_without_evidence_says_how_to_bring_it) {
  auto const ran = run_program(
      {"review", kRoot + "/rules/new-jersey/pathways.policy", "--submissions", kYear, "--date", "2026-11-21"});
  EXPECT_EQ(ran.code, 4);
  EXPECT_NE(ran.err.find("the workspace ships no evidence"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("--evidence names the folder of the released files, or a manifest"), std::string::npos);
}

// The pieces of `{"a": 1, "b": [..]}`, one a key at the top.
std::vector<std::string> pieces(std::string const& object) {
  std::vector<std::string> out(1);
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 1; i + 1 < object.size(); ++i) {
    auto const c = object[i];
    if (c == '"' && object[i - 1] != '\\') quoted = !quoted;
    if (!quoted) depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    if (c == ',' && depth == 0 && !quoted) {
      out.emplace_back();
    } else {
      out.back().push_back(c);
    }
  }
  return out;
}

std::map<std::string, std::string> outcomes_of(std::string const& csv) {
  std::map<std::string, std::string> out;
  for (auto const& line : lines_of(csv)) {
    auto const first = line.find(',');
    out[line.substr(0, first)] = line.substr(first + 1, line.find(',', first + 1) - first - 1);
  }
  return out;
}

// Leaving out one fact of a decided case gives the same outcome or `needs information`. A waiver is no fact: one that
// is not on record is not in force, and the policy says so.
TEST(new_jersey, leaving_out_a_fact_never_turns_a_decision) {
  auto const decided = outcomes_of(review(kYear));
  std::string shorter;
  std::map<std::string, std::string> original;  // id of the shorter one -> outcome of the whole
  std::size_t number = 0;
  for (auto const& line : lines_of(contents(kYear))) {
    auto const parts = pieces(line);
    constexpr std::size_t kIdAt = 8;  // {"id": "
    if (line.size() < kIdAt) continue;
    auto const id = line.substr(kIdAt, line.find('"', kIdAt) - kIdAt);
    auto const outcome = decided.find(id);
    if (outcome == decided.end() || outcome->second == "not reviewed") continue;
    for (std::size_t left_out = 1; left_out < parts.size(); ++left_out) {
      if (parts[left_out].find("\"waivers\"") != std::string::npos) continue;
      auto const name = "T" + std::to_string(++number);
      shorter += "{\"id\":\"" + name + "\"";
      for (std::size_t i = 1; i < parts.size(); ++i) {
        if (i != left_out) shorter += "," + parts[i];
      }
      shorter += "}\n";
      original[name] = outcome->second;
    }
  }
  ASSERT_GT(number, 500U);
  auto const again = outcomes_of(review("-", shorter));
  for (auto const& [name, outcome] : original) {
    auto const& now = again.at(name);
    EXPECT_TRUE(now == outcome || now == "needs information") << name << ": " << outcome << " became " << now;
  }
}

}  // namespace
}  // namespace waymark::rules_test
