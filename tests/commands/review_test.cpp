// `review` from outside: records, CSV, table, exit codes, dates, epochs, evidence, and submissions that are bad.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "tests/commands/program_run.hpp"

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string small() { return fixtures() / "commands" / "small"; }

Ran review(std::vector<std::string> const& more, std::string const& input = "") {
  std::vector<std::string> arguments = {"review", "policies/pathways.policy"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments, small(), input);
}

Ran review_lines(std::string const& lines, std::vector<std::string> more = {}) {
  more.insert(more.end(), {"--submissions", "-", "--format", "csv"});
  return review(more, lines);
}

constexpr char const* kOne = R"({"id":"A","request":"new","decided":"2025-10-01","soc":"15-1252","enrollment":12})"
                             "\n";

TEST(Review, prints_csv_with_one_letter_a_criterion) {
  Ran const ran = review({"--submissions", "good.jsonl", "--format", "csv"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "submission,outcome,criteria\nG1,approve,TT\nG2,look again,FT\nG3,approve,TT\nG4,deny,FF\n"
            "G5,needs information,TU\n");
  EXPECT_EQ(ran.err, "");
}

// A record spells out what the CSV says in letters; the two are written by different code.
std::string csv_of_record(std::string const& record) {
  auto const text_of = [&](std::string const& key, std::size_t from) {
    auto const at = record.find("\"" + key + "\":\"", from) + key.size() + 4;
    return record.substr(at, record.find('"', at) - at);
  };
  std::string letters;
  auto at = record.find("\"criteria\":{");
  auto const end = at == std::string::npos ? at : record.find('}', at);
  for (at = at == end ? end : record.find(":\"", at + 11); at < end; at = record.find(":\"", at + 1)) {
    auto const status = record.substr(at + 2, record.find('"', at + 2) - at - 2);
    letters += status == "met"              ? 'T'
               : status == "not met"        ? 'F'
               : status == "waived"         ? 'W'
               : status == "does not apply" ? 'N'
                                            : 'U';
  }
  return text_of("submission", 0) + "," + text_of("outcome", 0) + "," + letters + "\n";
}

TEST(Review, says_the_same_in_csv_as_in_records) {
  auto const root = fixtures().parent_path();
  std::vector<std::string> const year = {
      "review",     "rules/new-jersey/pathways.policy", "--submissions", "fixtures/new-jersey/year.jsonl",
      "--evidence", "fixtures/new-jersey/evidence",     "--date",        "2026-11-21",
      "--format"};
  auto const in_format = [&](std::string const& format) {
    auto arguments = year;
    arguments.push_back(format);
    return run_program(arguments, root).out;
  };
  std::string from_records = "submission,outcome,criteria\n";
  std::istringstream records(in_format("jsonl"));
  for (std::string record; std::getline(records, record);) from_records += csv_of_record(record);
  EXPECT_EQ(in_format("csv"), from_records);
}

TEST(Review, prints_records_a_line_each_where_no_format_is_asked_for) {
  Ran const ran = review({"--submissions", "good.jsonl"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith(R"({"submission":"G1","policy":"small approval","policy_sha256":")"));
  EXPECT_THAT(ran.out, HasSubstr(R"("date":"2025-10-01","request":"new","outcome":"approve","until":"2031-06-30")"));
  EXPECT_THAT(ran.out, HasSubstr(R"("evidence":{"wages":"May 2024"})"));
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 5);
}

TEST(Review, explains_as_much_as_is_asked_for) {
  std::string const none = review({"--submissions", "good.jsonl", "--explain", "none"}).out;
  std::string const brief = review({"--submissions", "good.jsonl", "--explain", "short"}).out;
  std::string const full = review({"--submissions", "good.jsonl", "--explain", "full"}).out;
  EXPECT_THAT(none, AllOf(HasSubstr(R"("because":[])"), Not(HasSubstr(R"("explanation":)"))));
  EXPECT_THAT(brief, AllOf(HasSubstr(R"("because":["size:)"), Not(HasSubstr(R"("explanation":)"))));
  EXPECT_THAT(full, HasSubstr(R"("explanation":[{"criterion":"size")"));
}

TEST(Review, prints_a_table_with_counts_and_evidence) {
  Ran const ran = review({"--submissions", "good.jsonl", "--format", "text"});
  EXPECT_THAT(ran.out, StartsWith("submission  request  outcome            until       reason\n"
                                  "----------  -------  -----------------  ----------  "));
  EXPECT_THAT(ran.out, HasSubstr("\nG1          new      approve            2031-06-30  size: 12 students"));
  EXPECT_THAT(ran.out, HasSubstr("\n5 submissions\n       2  approve\n       1  look again\n       1  deny\n"
                                 "       1  needs information\nevidence: wages, May 2023, May 2024\n"));
}

TEST(Review, is_strict_when_asked) {
  EXPECT_EQ(review({"--submissions", "good.jsonl", "--strict"}).code, 1);
  EXPECT_EQ(review({"--submissions", "-", "--strict"}, kOne).code, 0);
}

TEST(Review, reads_every_format) {
  Scratch const scratch;
  std::string const csv = scratch.write("a.csv", "id,request,decided,soc,enrollment\nA,new,2025-10-01,15-1252,12\n");
  std::string const json =
      scratch.write("a.json", R"([{"id":"A","request":"new","decided":"2025-10-01","soc":"15-1252","enrollment":12}])");
  std::string const toml = scratch.write(
      "a.toml", "id = \"A\"\nrequest = \"new\"\ndecided = 2025-10-01\nsoc = \"15-1252\"\nenrollment = 12\n");
  for (std::string const& path : {csv, json, toml}) {
    Ran const ran = review({"--submissions", path, "--format", "csv"});
    EXPECT_EQ(ran.code, 0) << path << ran.err;
    EXPECT_EQ(ran.out, "submission,outcome,criteria\nA,approve,TT\n") << path;
  }
  Ran const several = review({"--submissions", csv, "--submissions", "-", "--format", "csv"}, kOne);
  EXPECT_EQ(several.out, "submission,outcome,criteria\nA,approve,TT\nA,approve,TT\n");
}

TEST(Review, puts_a_record_in_the_place_of_what_cannot_be_read) {
  Ran const ran = review_lines(std::string("{\"id\":\"B\",\n") + kOne + "[]\n{\"id\":\"C\",\"enrollment\":\"many\"}\n");
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.out, "submission,outcome,criteria\n,not reviewed,\nA,approve,TT\n,not reviewed,\nC,not reviewed,\n");
  EXPECT_THAT(ran.err, AllOf(HasSubstr("standard input:1:1: error[W801]: "),
                             HasSubstr("standard input:3:1: error[W802]"), HasSubstr("standard input:4:24: error[W8")));
  Ran const record = review({"--submissions", "-"}, "[]\n");
  EXPECT_THAT(record.out,
              HasSubstr(R"("outcome":"not reviewed","message":"This line holds a list, not a submission.")"));
}

TEST(Review, warns_once_of_an_unknown_key) {
  std::string const line = R"({"id":"A","requst":"new","contact":"x"})"
                           "\n";
  Ran const ran = review_lines(line + line + line, {"--date", "2025-10-01"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.err, AllOf(HasSubstr("warning[W807]"), HasSubstr("request"), Not(HasSubstr("contact"))));
  EXPECT_EQ(ran.err.find("W807"), ran.err.rfind("W807"));
}

TEST(Review, is_by_the_date_asked_for_else_the_submissions_else_today) {
  EXPECT_THAT(review_lines(kOne).out, HasSubstr("A,approve,TT"));
  EXPECT_THAT(review_lines(kOne, {"--date", "2026-10-01"}).out, HasSubstr("A,look again,FT"));
  Ran const undated = review({"--submissions", "-"}, R"({"id":"A","request":"new"})");
  EXPECT_THAT(undated.err, HasSubstr("1 submission without a review date of its own is reviewed as of today, "));
  EXPECT_THAT(undated.err, HasSubstr("in universal time"));
  Ran const wrong = review_lines(kOne, {"--date", "2026-13-01"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("--date: `2026-13-01` is not a day"));
}

TEST(Review, takes_the_policy_as_it_stands_on_each_date) {
  std::string lines;
  for (char const* date : {"2024-07-01", "2026-06-30", "2026-07-01", "2030-06-30", "2024-06-30", "2030-07-01"}) {
    lines += std::string(R"({"id":")") + date + R"(","request":"new","soc":"15-1252","enrollment":12,"decided":")" +
             date + "\"}\n";
  }
  Ran const ran = review_lines(lines);
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.out,
            "submission,outcome,criteria\n2024-07-01,deny,TF\n2026-06-30,approve,TT\n2026-07-01,look again,FT\n"
            "2030-06-30,look again,FT\n2024-06-30,not reviewed,\n2030-07-01,not reviewed,\n");
  Ran const record = review({"--submissions", "-", "--date", "2030-07-01"}, kOne);
  EXPECT_THAT(record.out,
              HasSubstr(R"("outcome":"not reviewed","message":"the policy is not in force on 2030-07-01")"));
}

TEST(Review, uses_the_newest_release_that_was_known) {
  EXPECT_THAT(review({"--submissions", "good.jsonl", "--format", "csv", "--known-on", "2025-04-01"}).out,
              HasSubstr("\nG1,deny,TF\n"));
  EXPECT_THAT(review({"--submissions", "good.jsonl", "--format", "csv", "--known-on", "2025-04-02"}).out,
              HasSubstr("\nG1,approve,TT\n"));
  EXPECT_EQ(review({"--submissions", "good.jsonl", "--known-on", "spring"}).code, 2);
}

// A table of SOC 2018 is at hand; of CIP 2020 there is none.
TEST(Review, names_codes_outside_their_edition_and_the_table_that_says_so) {
  std::string const there = fixtures() / "diagnostics" / "W835-code-outside-edition";
  auto const run = [&](std::vector<std::string> const& more) {
    std::vector<std::string> arguments = {"review",        "pay.policy", "--date",    "2020-09-01",
                                          "--submissions", "-",          "--threads", "1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(arguments, there,
                       R"({"id":"A","soc":["15-1132","51-4121"],"cip":"99.9999"})"
                       "\n");
  };
  Ran const record = run({"--format", "jsonl"});
  EXPECT_THAT(record.out, HasSubstr(R"("needs":[{"fact":"soc","for":"","why":"15-1132, a code outside SOC 2018"}])"));
  EXPECT_THAT(record.out, HasSubstr(R"("soc_table":"SOC 2018")"));
  EXPECT_THAT(record.err, HasSubstr("Submission A gives as occupations the code 15-1132, which is outside SOC 2018."));
  EXPECT_THAT(record.err, Not(HasSubstr("99.9999")));
  Ran const full = run({"--format", "text", "--explain", "full"});
  EXPECT_THAT(full.out,
              HasSubstr("15-1132: cannot be told: a code outside SOC 2018\n      from SOC table (BLS), SOC 2018"));
  EXPECT_THAT(full.out, HasSubstr("evidence: SOC table, SOC 2018\n"));
}

TEST(Review, names_the_first_fifty_codes_outside_their_edition) {
  std::string lines;
  for (int i = 0; i < 52; ++i) lines += R"({"id":"A)" + std::to_string(i) + "\",\"soc\":[\"15-1132\"]}\n";
  Ran const ran = run_program({"review", "pay.policy", "--date", "2020-09-01", "--submissions", "-", "--format", "csv"},
                              fixtures() / "diagnostics" / "W835-code-outside-edition", lines);
  EXPECT_THAT(ran.err, HasSubstr("Submission A49 gives"));
  EXPECT_THAT(ran.err, Not(HasSubstr("Submission A50 gives")));
  EXPECT_THAT(ran.err, HasSubstr("2 more codes are outside their editions."));
}

TEST(Review, names_codes_without_a_row_and_their_edition) {
  Ran const ran = review_lines(R"({"id":"A","request":"new","soc":"15-1132","enrollment":12})"
                               "\n",
                               {"--date", "2025-10-01"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr("A,needs information,TU"));
  EXPECT_THAT(ran.err,
              HasSubstr("occupation 15-1132 has no row in wages (May 2024): 1 submission could not be told because "
                        "of it (15-1132 is a SOC 2010 code; SOC 2018 calls it 15-1252)"));
}

TEST(Review, exits_with_3_where_the_policy_or_the_submissions_cannot_be_used) {
  Scratch const scratch;
  EXPECT_EQ(run_program({"review", "gone.policy", "--submissions", "-"}, small()).code, 3);
  EXPECT_EQ(run_program({"review", small(), "--submissions", "-"}).code, 3);
  EXPECT_EQ(run_program({"review", scratch.write("bad.policy", "Polcy: x\n"), "--submissions", "-"}).code, 3);
  EXPECT_EQ(review({"--submissions", "gone.jsonl"}).code, 3);
  EXPECT_EQ(review({"--submissions", scratch.path()}).code, 3);
  EXPECT_EQ(review({"--submissions", scratch.write("a.xlsx", "")}).code, 3);
  Ran const both = review({"--submissions", "good.jsonl", "--submissions", "gone.jsonl", "--format", "csv"});
  EXPECT_EQ(both.code, 3);
  EXPECT_EQ(both.out, "") << "nothing is decided where not everything can be";
}

TEST(Review, exits_with_4_where_evidence_fails) {
  Scratch const scratch;
  EXPECT_EQ(review({"--submissions", "good.jsonl", "--evidence", "gone"}).code, 4);
  Ran const empty = review({"--submissions", "good.jsonl", "--evidence", scratch.path()});
  EXPECT_EQ(empty.code, 4);
  EXPECT_THAT(empty.err, AllOf(HasSubstr("W701"), HasSubstr("wages_2023.csv")));
  std::string const there = scratch.copy("commands/small");
  fs::remove(there + "/evidence/wages_2023.csv");
  EXPECT_EQ(run_program({"review", there + "/policies/pathways.policy", "--submissions", "good.jsonl"}, there).code, 4);
  scratch.write("small/evidence/wages_2023.csv", "OCC_CODE,OCC_TITLE,MEDIAN\n15-1252,x,1\n");
  Ran const column = run_program({"review", there + "/policies/pathways.policy", "--submissions", "good.jsonl"}, there);
  EXPECT_EQ(column.code, 4);
  EXPECT_THAT(column.err, AllOf(HasSubstr("W712"), HasSubstr("A_MEDIAN")));
}

TEST(Review, looks_up_files_by_their_names_in_a_folder_without_a_manifest) {
  Scratch const scratch;
  for (char const* name : {"wages_2023.csv", "wages_2024.csv", "editions.csv"}) {
    scratch.write(name, contents(fs::path(small()) / "evidence" / name));
  }
  Ran const ran = review({"--submissions", "good.jsonl", "--format", "csv", "--evidence", scratch.path()});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, review({"--submissions", "good.jsonl", "--format", "csv"}).out);
}

TEST(Review, needs_to_be_told_the_submissions) {
  EXPECT_EQ(review({}).code, 2);
  EXPECT_EQ(review({"--submissions", "-", "--format", "xml"}).code, 2);
}

TEST(Review, gives_the_same_hashes_wherever_the_workspace_lies) {
  Scratch const scratch;
  std::string const there = scratch.copy("commands/small");
  Ran const moved =
      run_program({"review", there + "/policies/pathways.policy", "--submissions", there + "/good.jsonl"}, "/");
  EXPECT_EQ(moved.out, review({"--submissions", "good.jsonl"}).out);
  // Another layout is another file, and the same program.
  std::string const policy = contents(there + "/policies/pathways.policy");
  scratch.write("small/policies/pathways.policy", policy + "\n\n");
  Ran const blank = run_program({"review", "policies/pathways.policy", "--submissions", "good.jsonl"}, there);
  auto const part = [](std::string const& text, std::string const& key) { return text.substr(text.find(key), 85); };
  EXPECT_NE(part(blank.out, "\"policy_sha256\""), part(moved.out, "\"policy_sha256\""));
  EXPECT_EQ(part(blank.out, "\"program_sha256\""), part(moved.out, "\"program_sha256\""));
}

}  // namespace
}  // namespace waymark::commands_test
