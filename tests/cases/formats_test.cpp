// The four formats: the same submission gives the same facts, lines come as they arrive, and bad input costs no other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cases/json.hpp"
#include "engine/cases/reader_base.hpp"
#include "tests/cases/sample.hpp"

namespace waymark::cases {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// `W801 2:7`, one a diagnostic.
std::vector<std::string> places(sample::Outcome const& out) {
  std::vector<std::string> found;
  for (auto const& one : out.diagnostics) {
    found.push_back(fmt::format("W{} {}:{}", static_cast<int>(one.code), one.line, one.column));
  }
  return found;
}

TEST(Formats, AreKnownByTheirEndings) {
  EXPECT_EQ(format_of("a/b.jsonl"), Format::json_lines);
  EXPECT_EQ(format_of("b.ndjson"), Format::json_lines);
  EXPECT_EQ(format_of("B.JSON"), Format::json);
  EXPECT_EQ(format_of("b.x.csv"), Format::csv);
  EXPECT_EQ(format_of("b.toml"), Format::toml);
  EXPECT_EQ(format_of("b.xlsx"), std::nullopt);
  EXPECT_EQ(format_of("folder.csv/readme"), std::nullopt);
  EXPECT_EQ(format_of(""), std::nullopt);
}

TEST(Formats, GiveTheSameFacts) {
  std::string const object =
      R"({"id":"P1","kind":"renewal","cip":"11.0701","soc":["15-1252","29-1141"],"region":"Essex County",)"
      R"("articulation":true,"credentials":["CR-1","CR-2"],"enrollment":1200,"tuition":1500.25,"graduates":7.5,)"
      R"("satisfaction":85,"growth_permille":-35,"last_decided":"2024-02-29","first_year":"2024-25",)"
      R"("rates":{"all":900,"econ":850},"group_size":{"el":3},"completers":{"2023-24":12,"2024-25":14},)"
      R"("group_completers":{"el":{"2024-25":1}},"credits":{"at_most":9},)"
      R"("last_decision":{"outcome":"renew","date":"2024-05-01"}})";
  std::string const csv =
      "rates.econ,id,kind,cip,soc,region,articulation,credentials,enrollment,tuition,graduates,satisfaction,"
      "growth_permille,last_decided,first_year,rates.all,group_size.el,completers.2023-24,completers.2024-25,"
      "group_completers.el.2024-25,credits.at_most,last_decision.outcome,last_decision.date,rates.male\n"
      "850,P1,Renewal,11.0701,29-1141|15-1252,Essex County,yes,CR-1; CR-2,\"1,200\",\"$1,500.25\",7.5,85%,"
      "-35,2024-02-29,2024-25,900,3,12,14,1,9,renew,2024-05-01,\n";
  std::string const toml = R"(
[[submission]]
id = "P1"
kind = "renewal"
cip = "11.0701"
soc = ["15-1252", "29-1141"]
region = "Essex County"
articulation = true
credentials = ["CR-1", "CR-2"]
enrollment = 1_200
tuition = 1_500.25
graduates = 7.5
satisfaction = 85
growth_permille = -35
last_decided = 2024-02-29
first_year = "2024-25"
rates.all = 900
rates.econ = 850
group_size.el = 3
completers = { 2023-24 = 12, 2024-25 = 14 }
credits = { at_most = 9 }
last_decision = { outcome = "renew", date = 2024-05-01 }
[submission.group_completers.el]
"2024-25" = 1
)";
  auto const lines = sample::read(Format::json_lines, object + "\n");
  ASSERT_EQ(lines.rendered(), "");
  EXPECT_THAT(lines.rows(), ElementsAre(testing::StartsWith("P1: request: renewal; program: 11.0701")));
  for (auto const& [format, text] : {std::pair(Format::json, object), std::pair(Format::json, "[" + object + "]"),
                                     std::pair(Format::json, "{\"submissions\": [" + object + "]}"),
                                     std::pair(Format::csv, csv), std::pair(Format::toml, toml)}) {
    auto const out = sample::read(format, text);
    EXPECT_EQ(out.rendered(), "");
    EXPECT_EQ(out.rows(), lines.rows());
    EXPECT_EQ(sample::broken_shape(out.batch.facts), "");
  }
}

TEST(JsonLines, BadOnesStandInTheirPlaces) {
  auto const out = sample::read(Format::json_lines,
                                "\xEF\xBB\xBF{\"id\":\"P1\",\"credits\":1}\r\n"
                                "\n"
                                "{\"id\":\"P2\",\"credits\":2,}\n"
                                "   \t\n"
                                "[1]\n"
                                "{\"id\":\"P5\",\"credits\":2} {\"id\":\"P6\"}\n"
                                "{\"id\":\"\xE9\"}\n"
                                "{\"id\":\"P7\",\"credits\":7}");
  EXPECT_THAT(out.rows(), ElementsAre("P1: credits: 1 credit", ": not reviewed", ": not reviewed", ": not reviewed",
                                      ": not reviewed", "P7: credits: 7 credits"));
  EXPECT_THAT(places(out), ElementsAre("W801 3:23", "W802 5:1", "W801 6:25", "W803 7:8"));
  EXPECT_EQ(out.batch.origins[5].line, 8U);
  EXPECT_EQ(out.batch.file, "in");
}

TEST(JsonLines, AreDecidedAsTheyArrive) {
  std::vector<std::string> chunks = {"{\"id\":1}\n{\"id\":2}\n{\"i", "d\":3}", "\n", "{\"id\":4}\n"};
  std::size_t pulled = 0;
  auto const pull = [&](char* into, std::size_t most) -> values::Result<std::size_t, values::WorldError> {
    return pulled < chunks.size() ? chunks[pulled++].copy(into, most) : 0;
  };
  values::Symbols symbols;
  auto const reader = open(Format::json_lines, "in", pull, {sample::vocabulary(), 0, symbols});
  auto batch = empty_batch(0, sample::vocabulary());
  EXPECT_TRUE(reader->read(batch, 100));
  EXPECT_EQ(batch.size(), 2U);
  EXPECT_EQ(pulled, 1U) << "nothing is waited for while lines are there";
  EXPECT_TRUE(reader->read(batch, 100));
  EXPECT_EQ(batch.size(), 3U);
  EXPECT_TRUE(reader->read(batch, 100));
  EXPECT_FALSE(reader->read(batch, 100));
  EXPECT_EQ(batch.size(), 4U);
}

TEST(JsonLines, OfAnyChunkAndBatchGiveTheSameRows) {
  std::string text = "\xEF\xBB\xBF\n";
  for (int i = 0; i < 30; ++i) text += i % 7 == 3 ? "{oops\n" : fmt::format("{{\"id\":{},\"credits\":{}}}\n", i, i);
  auto const whole = sample::read(Format::json_lines, text);
  EXPECT_EQ(whole.batch.size(), 30U);
  for (std::size_t const chunk : {1U, 2U, 3U, 7U, 64U}) {
    for (std::size_t const most : {1U, 2U, 5U, 100U}) {
      auto const out = sample::read(Format::json_lines, text, chunk, most);
      EXPECT_EQ(out.rows(), whole.rows());
      EXPECT_EQ(places(out), places(whole));
    }
  }
}

TEST(JsonLines, ALineThatIsTooLongCostsNoOther) {
  auto const text = "{\"id\":\"a\"}\n{\"id\":\"" + std::string(50U << 20U, 'x') + "\"}\n{\"id\":\"b\"}\n";
  auto const out = sample::read(Format::json_lines, text);
  EXPECT_THAT(out.rows(), ElementsAre("a: ", ": not reviewed", "b: "));
  EXPECT_THAT(places(out), ElementsAre("W804 2:0"));
  EXPECT_EQ(out.batch.origins[2].line, 3U);
}

TEST(JsonLines, OfTheLongestLengthAreRead) {
  auto const line = [](std::size_t size) { return "{\"lea\":\"" + std::string(size - 10, 'x') + "\"}\n"; };
  auto const out = sample::read(Format::json_lines, line(kLargestSubmission) + line(kLargestSubmission + 1));
  EXPECT_THAT(out.rows(), ElementsAre(": ", ": not reviewed"));
}

TEST(JsonLines, DepthHasALimit) {
  auto const nested = [](std::size_t depth) {
    return "{\"lea\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}\n";
  };
  EXPECT_THAT(places(sample::read(Format::json_lines, nested(64))), ElementsAre());
  EXPECT_THAT(places(sample::read(Format::json_lines, nested(65))), ElementsAre("W805 1:71"));
  EXPECT_THAT(places(sample::read(Format::json_lines, nested(100'000))), ElementsAre("W805 1:71"));
  EXPECT_THAT(places(sample::read(Format::json_lines, std::string(100'000, '[') + "\n{}\n")), ElementsAre("W805 1:65"));
}

TEST(JsonLines, SayInPlainWordsWhatIsWrong) {
  auto const message = [](std::string_view line) {
    auto const out = sample::read(Format::json_lines, line);
    EXPECT_EQ(out.batch.size(), 1U) << line;
    return out.diagnostics.empty() ? std::string() : out.diagnostics[0].message;
  };
  EXPECT_EQ(message(R"({"a":1 "b":2})"), R"(A comma or "}" is missing before """.)");
  EXPECT_EQ(message(R"({"a":[1 2]})"), R"(A comma or "]" is missing before "2".)");
  EXPECT_EQ(message(R"({"a":1)"), R"(The "{" here is never closed: the submission ends before its "}".)");
  EXPECT_EQ(message(R"({"a":"x)"), "The quotes that open here are never closed.");
  EXPECT_EQ(message(R"({'a':1})"), "A key stands in single quotes.");
  EXPECT_EQ(message(R"({a:1})"), "A key stands without quotes.");
  EXPECT_EQ(message(R"({"a":'x'})"), "A text stands in single quotes.");
  EXPECT_EQ(message(R"({"a":NaN})"), "\"NaN\" stands without quotes.");
  EXPECT_EQ(message(R"({"a" 1})"), "A colon is missing between a key and its value.");
  EXPECT_EQ(message(R"({"a":01})"), "A number begins with a zero.");
  EXPECT_EQ(message(R"({"a":1.})"), "A digit is missing after the point.");
  EXPECT_EQ(message(R"({"a":.5})"), "A number begins with a digit or with \"-\".");
  EXPECT_EQ(message(R"({"a":11-1011})"), "A value begins as a number and goes on as something else.");
  EXPECT_EQ(message(R"({"a":})"), "A value is missing before \"}\".");
  EXPECT_EQ(message(R"({"a":"\x"})"), "A backslash stands before a character that needs none.");
  EXPECT_EQ(message(R"({"a":"\ud800"})"), "This escape is half a character.");
  EXPECT_EQ(message("{\"a\":\"b\tc\"}"), "A text holds the control character 9.");
  EXPECT_EQ(message(std::string_view("{\"a\":\0}", 7)), "A value is needed here, not the control character 0.");
  EXPECT_EQ(message("id,kind"), "\"id\" stands without quotes.");
  EXPECT_EQ(message("\"x\""), "This line holds \"x\", not a submission.");
}

TEST(JsonFile, HoldsOneOrAListOrAListUnderItsKey) {
  auto const rows = [](std::string_view text) { return sample::read(Format::json, text).rows(); };
  EXPECT_THAT(rows("\xEF\xBB\xBF {\"id\": 1,\n \"credits\": 2}\n"), ElementsAre("1: credits: 2 credits"));
  EXPECT_THAT(rows("[ {\"id\":1} ,\n {\"id\":2} ]"), ElementsAre("1: ", "2: "));
  EXPECT_THAT(rows("[]"), ElementsAre());
  EXPECT_THAT(rows("{\"sent\": [1, \"]\"], \"submissions\": [{\"id\":1},{\"id\":2}], \"by\": {}}"),
              ElementsAre("1: ", "2: "));
  EXPECT_THAT(rows("{\"submissions\": []}"), ElementsAre());
}

TEST(JsonFile, GivesLinesAndColumns) {
  auto const out = sample::read(Format::json,
                                "[\n  {\"id\": \"a\"},\n  {\"id\": \"b\",\n   \"credits\": \"ü\", \"tuition\": 1}\n,\n"
                                "  {\"id\": \"c\",,},\n  7,\n  {\"id\": \"d\"}\n]\n");
  EXPECT_THAT(out.rows(), ElementsAre("a: ", "b: not reviewed", ": not reviewed", ": not reviewed", "d: "));
  EXPECT_THAT(places(out), ElementsAre("W810 4:15", "W801 6:14", "W802 7:3"));
  EXPECT_EQ(out.batch.origins[1].line, 3U);
  EXPECT_EQ(out.batch.origins[4].line, 8U);
}

TEST(JsonFile, SaysWhereItsListIsBroken) {
  auto const of = [](std::string_view text) { return places(sample::read(Format::json, text)); };
  EXPECT_THAT(of(""), ElementsAre("W831 1:1"));
  EXPECT_THAT(of("[{\"id\":1},]"), ElementsAre("W801 1:10"));
  EXPECT_THAT(of("[{\"id\":1}"), ElementsAre("W801 1:1"));
  EXPECT_THAT(of("[{\"id\":1} {\"id\":2}, {\"id\":3}]"), ElementsAre("W801 1:11"));
  EXPECT_THAT(of("[{\"id\":1}] x"), ElementsAre("W801 1:12"));
  EXPECT_THAT(of("{\"submissions\": [{\"id\":1}]"), ElementsAre("W801 1:1"));
  EXPECT_THAT(of("{\"submissions\": [{\"id\":1}], oops: 1}"), ElementsAre("W801 1:29"));
  EXPECT_THAT(of("{\"submissions\": [], \"submissions\": []}"), ElementsAre("W806 1:1"));
  EXPECT_THAT(of("{\"submissions\": [], \"sent\": 1}"), ElementsAre("W807 0:0"));
  EXPECT_THAT(of("hello"), ElementsAre("W801 1:1"));
}

TEST(Csv, RowsAreSubmissions) {
  auto const out = sample::read(Format::csv,
                                "\xEF\xBB\xBFid, kind ,soc,last_decision\r\n"
                                "P1,new,15-1252 | 29-1141;,none\r\n"
                                ",,,\r\n"
                                "\r\n"
                                "P2,new\r\n"
                                "P3,\"new\r\n"
                                "P4,ne\"w,,\r\n"
                                "P5,\xE9,,\r\n"
                                "P6,newer,,\r\n");
  EXPECT_THAT(out.rows(),
              ElementsAre("P1: request: new; occupations: [15-1252, 29-1141]; last decision: none", ": not reviewed",
                          ": not reviewed", ": not reviewed", ": not reviewed", "P6: not reviewed"));
  EXPECT_THAT(places(out), ElementsAre("W828 5:0", "W828 6:4", "W828 7:6", "W803 8:4", "W815 9:4"));
  EXPECT_EQ(out.batch.origins[5].line, 9U);
}

TEST(Csv, HeadersAreChecked) {
  auto const of = [](std::string_view text) { return places(sample::read(Format::csv, text)); };
  EXPECT_THAT(of(""), ElementsAre("W831 1:0"));
  EXPECT_THAT(of("id,enrolment,lea,kind\n1,2,3,new\n"), ElementsAre("W807 1:4"));
  EXPECT_THAT(of("kind\nnew\n"), ElementsAre("W827 1:0"));
  EXPECT_THAT(of("id,kind,kind\n1,2,3\n"), ElementsAre("W829 1:9"));
  EXPECT_THAT(of("id,\"kind\n1,2,3\n"), ElementsAre("W829 1:4"));
  EXPECT_THAT(of("id,waivers,kind\n1,x,new\n"), ElementsAre("W807 1:4"));
  EXPECT_THAT(of("id,rates,kind\n1,x,new\n"), ElementsAre("W807 1:4")) << "keys below it are needed";
  EXPECT_THAT(of("id,last_decision,last_decision.date\n1,none,2024-01-01\n"), ElementsAre("W806 2:8"));
  EXPECT_THAT(of("id,,kind\n1,x,new\n"), ElementsAre()) << "a column without a name";
}

TEST(Csv, NothingIsDecidedFromAHeaderOfWhichNothingIsKnown) {
  for (auto const* text : {"id;kind;soc\nP1;new;15-1252\n", "id\tkind\tsoc\nP1\tnew\t15-1252\n",
                           "sep=;\nid;kind\nP1;new\n", "id,enrolment\nP1,25\n", "Name,Place\nA,B\n"}) {
    auto const out = sample::read(Format::csv, text);
    ASSERT_EQ(out.diagnostics.size(), 1U) << text;
    EXPECT_EQ(out.diagnostics.front().code, grammar::Code::csv_header_not_readable) << text;
    EXPECT_THAT(out.rows(), ElementsAre(": not reviewed")) << text;
  }
  EXPECT_THAT(sample::read(Format::csv, "id,lea\nP1,Essex\n").rows(), ElementsAre("P1: ")) << "ids and ignored keys";
}

TEST(Csv, HeadersMayHaveCapitalsAndBlanks) {
  auto const rows = [](std::string_view text) { return sample::read(Format::csv, text).rows(); };
  EXPECT_THAT(rows("ID,Kind,Entry Wage-Cents,Rates.Econ\nP1,new,1500,905\n"),
              ElementsAre("P1: request: new; entry wage: $15 per hour; group completion rate econ: 90.5 percent"));
  EXPECT_THAT(rows("ID,Completers.2024-2025,Seats 2024-25,Completers.2023-24.At Least\nP1,22,30,5\n"),
              ElementsAre("P1: completers 2023: known within a range only (5 students to …); completers 2024: 22 "
                          "students; seats 2024: 30 seats"));
  EXPECT_THAT(places(sample::read(Format::csv, "id,ID,kind\n1,2,new\n")), ElementsAre("W829 1:4"));
  EXPECT_THAT(places(sample::read(Format::csv, "id,completers.2024-25,completers.2024-2025\n1,2,3\n")),
              ElementsAre("W806 2:5"));
}

TEST(Csv, ACapitalThatMayMeanTwoKeysIsAsked) {
  auto vocabulary = sample::vocabulary();
  auto other = vocabulary.fields[vocabulary.records[0].fields[7]];
  other.name = other.shown = "Enrollment in all";
  other.path = {"Enrollment"};
  vocabulary.records[0].fields.push_back(static_cast<vocabulary::FieldId>(vocabulary.fields.size()));
  vocabulary.fields.push_back(other);
  auto const read = [&](std::string text) {
    sample::Outcome out;
    out.batch = empty_batch(0, vocabulary);
    auto const reader = open(Format::csv, "x.csv", sample::pull_from(std::move(text)), {vocabulary, 0, out.symbols});
    sample::read_all(*reader, out);
    return out.diagnostics.empty() ? std::string() : out.diagnostics.front().message;
  };
  EXPECT_EQ(read("id,Enrollment,enrollment\n1,2,3\n"), "") << "as they are written";
  EXPECT_EQ(read("id,ENROLLMENT\n1,2\n"), "The column \"ENROLLMENT\" may be the key \"enrollment\" or \"Enrollment\".");
}

TEST(Toml, IsWrittenByHand) {
  auto const rows = [](std::string_view text) { return sample::read(Format::toml, text).rows(); };
  EXPECT_THAT(rows("id = 'P1'\ncredits = 3\n"), ElementsAre("P1: credits: 3 credits"));
  EXPECT_THAT(rows("[[submission]]\nid = 1\n[[submission]]\nid = 2\n"), ElementsAre("1: ", "2: "));
  EXPECT_THAT(rows("[submission]\nid = 1\n"), ElementsAre("1: "));
  EXPECT_THAT(rows("rates = {\"é\" = 1, all = +900.5}\n"), ElementsAre(": overall completion rate: 90.05 percent"));
}

TEST(Toml, SaysWhereItIsWrong) {
  auto const of = [](std::string_view text) { return places(sample::read(Format::toml, text)); };
  EXPECT_THAT(of(""), ElementsAre("W831 1:0"));
  EXPECT_THAT(of("id = 'P1'\nkind = new\n"), ElementsAre("W830 2:9"));
  EXPECT_THAT(of("id = 1\nid = 2\n"), ElementsAre("W830 2:6"));
  EXPECT_THAT(of("[[submission]]\nid = 1\ncredits = 'x'\n"), ElementsAre("W810 3:11"));
  EXPECT_THAT(of("id = 1\nenrolment = 5\n"), ElementsAre("W807 2:1"));
  EXPECT_THAT(of("kind = 'new'\n[[submission]]\nid = 1\n"), ElementsAre("W807 1:1"));
  EXPECT_THAT(of("submission = [1]\n"), ElementsAre("W802 1:15"));
  EXPECT_THAT(of("id = '\xE9'\n"), ElementsAre("W803 1:7"));
  EXPECT_THAT(of("satisfaction = 1e1\n"), ElementsAre("W808 1:16"));
  EXPECT_THAT(of("satisfaction = nan\n"), ElementsAre("W808 1:16"));
  EXPECT_THAT(of("cip = 2024-01-01T00:00:00\n"), ElementsAre("W816 1:7"));
  EXPECT_THAT(of("lea = " + std::string(100'000, '[')), ElementsAre("W805 1:71"));
  std::string deep = "a";
  for (int i = 0; i < 100'000; ++i) deep += ".a";
  EXPECT_THAT(of("[" + deep + "]\n"), ElementsAre("W805 1:35"));
  EXPECT_THAT(of("lea = '" + std::string(90, '.') + "' # " + std::string(90, '[')), ElementsAre());
}

TEST(Warnings, AreMadeOnce) {
  std::string text;
  for (int i = 0; i < 20; ++i)
    text += fmt::format("{{\"id\":{},\"enrolment\":1,\"courses\":[{{\"titel\":1}}]}}\n", i % 10);
  auto const out = sample::read(Format::json_lines, text);
  EXPECT_EQ(out.batch.size(), 20U);
  EXPECT_THAT(places(out), ElementsAre("W807 1:9", "W807 1:35", "W824 11:0", "W824 12:0", "W824 13:0", "W824 14:0",
                                       "W824 15:0", "W824 16:0"));
  EXPECT_EQ(out.diagnostics[0].help, "Did you mean \"enrollment\"?");
  EXPECT_EQ(out.diagnostics[1].help, "Did you mean \"title\"?");
  EXPECT_THAT(out.diagnostics[7].message, HasSubstr("not named"));
}

TEST(Warnings, OfUnknownKeysEnd) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += fmt::format("{{\"other_{}\":1}}\n", i);
  auto const out = sample::read(Format::json_lines, text);
  EXPECT_EQ(out.batch.size(), 200U);
  EXPECT_EQ(out.diagnostics.size(), 51U);
}

TEST(Warnings, AreSharedByTheReadersOfARun) {
  auto const notices = new_notices();
  sample::Outcome out;
  for (int i = 0; i < 2; ++i) {
    auto const reader =
        open(Format::json_lines, fmt::format("file{}", i), sample::pull_from("{\"id\":1,\"enrolment\":1}"),
             {sample::vocabulary(), 0, out.symbols, notices});
    sample::read_all(*reader, out);
  }
  EXPECT_THAT(places(out), ElementsAre("W807 1:9", "W824 1:0"));
}

// What is compared has room for the longest id and none longer (IdsSeen).
TEST(Warnings, OfRepeatedIdsSpeakOfNoneThatIsTooLong) {
  auto const codes = [](Format format, std::string const& text) {
    auto const out = sample::read(format, text);
    EXPECT_EQ(out.batch.size(), 2U);
    std::vector<int> found;
    for (auto const& one : out.diagnostics) found.push_back(static_cast<int>(one.code));
    return found;
  };
  for (std::size_t const bytes : {1000U, 1001U}) {
    std::string const id(bytes, 'P');
    auto const expected = bytes == 1000 ? std::vector{824} : std::vector{823, 823};
    auto const object = fmt::format(R"({{"id":"{}"}})", id);
    EXPECT_EQ(codes(Format::json_lines, object + "\n" + object + "\n"), expected) << bytes;
    auto const escaped = fmt::format(R"({{"id":"\u0050{}"}})", id.substr(1));
    EXPECT_EQ(codes(Format::json_lines, object + "\n" + escaped + "\n"), expected) << bytes;
    EXPECT_EQ(codes(Format::json, "[" + object + "," + object + "]"), expected) << bytes;
    EXPECT_EQ(codes(Format::csv, "id,enrollment\n" + id + ",1\n" + id + ",2\n"), expected) << bytes;
    auto const table = fmt::format("[[submission]]\nid = \"{}\"\n", id);
    EXPECT_EQ(codes(Format::toml, table + table), expected) << bytes;
  }
}

TEST(World, AFailureEndsTheInputAndIsSaid) {
  for (auto const format : {Format::json_lines, Format::json, Format::csv, Format::toml}) {
    int pulls = 0;
    auto const pull = [&](char* into, std::size_t most) -> values::Result<std::size_t, values::WorldError> {
      if (++pulls == 1) return std::string("id = 1").copy(into, most);
      return values::failure(values::WorldError{"the disk went away"});
    };
    sample::Outcome out;
    auto const reader = open(format, "in", pull, {sample::vocabulary(), 0, out.symbols});
    sample::read_all(*reader, out);
    EXPECT_THAT(out.rendered(), HasSubstr("in: error[W833]: Reading stopped: the disk went away."));
    EXPECT_EQ(pulls, 2);
    EXPECT_EQ(out.batch.size(), 0U) << "what was cut off is not decided";
  }
}

class Whole : public ReaderBase {
 public:
  Whole(Pull pull, Setting const& setting) : ReaderBase("in", std::move(pull), setting) {}
  bool read(Batch&, std::size_t most) override { return pull_all(most).has_value(); }
};

TEST(World, FilesHaveALimit) {
  values::Symbols symbols;
  Batch batch;
  Whole inside(sample::pull_from(std::string(100, 'x')), {sample::vocabulary(), 0, symbols});
  EXPECT_TRUE(inside.read(batch, 100));
  Whole beyond(sample::pull_from(std::string(101, 'x')), {sample::vocabulary(), 0, symbols});
  EXPECT_FALSE(beyond.read(batch, 100));
  auto const said = beyond.take_diagnostics();
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].code, grammar::Code::submissions_too_large);
}

}  // namespace
}  // namespace waymark::cases
