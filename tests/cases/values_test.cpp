// Each type of value: what is read, and what is refused in which words.
#include <gtest/gtest.h>

#include "tests/cases/sample.hpp"

namespace waymark::cases {
namespace {

std::string facts(std::string const& members) {
  auto const out = sample::read(Format::json_lines, "{" + members + "}\n");
  EXPECT_EQ(out.batch.size(), 1U);
  EXPECT_EQ(sample::broken_shape(out.batch.facts), "");
  return out.batch.size() == 1 && out.batch.origins[0].fault.empty() ? out.facts(0) : out.rendered();
}

/// `W810 in:1:15`, and nothing of the submission.
std::string fault(std::string const& members) {
  auto const out = sample::read(Format::json_lines, "{" + members + "}\n");
  EXPECT_EQ(out.batch.size(), 1U);
  EXPECT_EQ(sample::broken_shape(out.batch.facts), "");
  EXPECT_EQ(out.facts(0), "");
  if (out.diagnostics.size() != 1) return fmt::format("{} diagnostics", out.diagnostics.size());
  auto const& one = out.diagnostics[0];
  EXPECT_EQ(one.message, out.batch.origins[0].fault);
  return fmt::format("W{} {}:{}", static_cast<int>(one.code), one.line, one.column);
}

TEST(Values, Counts) {
  EXPECT_EQ(facts(R"("enrollment":25)"), "enrollment: 25 students");
  EXPECT_EQ(facts(R"("enrollment":"1,200")"), "enrollment: 1,200 students");
  EXPECT_EQ(facts(R"("enrollment":25.0)"), "enrollment: 25 students");
  EXPECT_EQ(facts(R"("graduates":7.5)"), "graduates: 7.5 graduates");
  EXPECT_EQ(facts(R"("enrollment":" 25 ")"), "enrollment: 25 students");
  EXPECT_EQ(fault(R"("enrollment":25.5)"), "W811 1:15");
  EXPECT_EQ(fault(R"("enrollment":-1)"), "W812 1:15");
  EXPECT_EQ(fault(R"("enrollment":"12x")"), "W810 1:15");
  EXPECT_EQ(fault(R"("enrollment":"1,23")"), "W810 1:15");
  EXPECT_EQ(fault(R"("enrollment":"$5")"), "W810 1:15");
  EXPECT_EQ(fault(R"("enrollment":true)"), "W810 1:15");
  EXPECT_EQ(fault(R"("enrollment":[1])"), "W810 1:15");
  EXPECT_EQ(fault(R"("region":"Ü", "enrollment":"no idea")"), "W810 1:29") << "columns are characters";
}

TEST(Values, MoneyAndPercents) {
  EXPECT_EQ(facts(R"("tuition":1500)"), "tuition: $1,500 per year");
  EXPECT_EQ(facts(R"("tuition":1500.25)"), "tuition: $1,500.25 per year");
  EXPECT_EQ(facts(R"("tuition":"$1,500.25")"), "tuition: $1,500.25 per year");
  EXPECT_EQ(facts(R"("entry_wage_cents":1525)"), "entry wage: $15.25 per hour");
  EXPECT_EQ(facts(R"("entry_wage_cents":"$15.25")"), "entry wage: $15.25 per hour") << "a dollar sign says dollars";
  EXPECT_EQ(facts(R"("satisfaction":79.123456)"), "satisfaction: 79.123456 percent");
  EXPECT_EQ(facts(R"("satisfaction":"85%")"), "satisfaction: 85 percent");
  EXPECT_EQ(facts(R"("growth_permille":-35)"), "growth: -3.5 percent");
  EXPECT_EQ(facts(R"("growth_permille":"-3.5%")"), "growth: -3.5 percent") << "a percent sign says percent";
  EXPECT_EQ(facts(R"("gap":10.5)"), "gap: 10.5 percentage points");
  EXPECT_EQ(fault(R"("tuition":1500.255)"), "W811 1:12");
  EXPECT_EQ(fault(R"("satisfaction":100.5)"), "W812 1:17");
  EXPECT_EQ(fault(R"("satisfaction":-1)"), "W812 1:17");
  EXPECT_EQ(fault(R"("tuition":"-$5")"), "W812 1:12");
  EXPECT_EQ(fault(R"("tuition":"85%")"), "W810 1:12");
}

TEST(Values, NumbersAreExactOrRefused) {
  EXPECT_EQ(facts(R"("satisfaction":0.1)"), "satisfaction: 0.1 percent");
  EXPECT_EQ(facts(R"("satisfaction":-0.0)"), "satisfaction: 0 percent");
  EXPECT_EQ(facts(R"("satisfaction":79.50000000000000000)"), "satisfaction: 79.5 percent");
  EXPECT_EQ(fault(R"("tuition":90071992547409.91)"), "W808 1:12") << "sixteen digits";
  EXPECT_EQ(fault(R"("satisfaction":79.99999999999999999)"), "W808 1:17");
  EXPECT_EQ(fault(R"("satisfaction":1e1)"), "W808 1:17");
  EXPECT_EQ(fault(R"("lea":1E5)"), "W808 1:8") << "of an ignored key, too";
  EXPECT_EQ(fault(R"("enrollment":9007199254740992)"), "W808 1:15");
  EXPECT_EQ(fault(R"("enrollment":18446744073709551616)"), "W808 1:15");
  EXPECT_EQ(fault(R"("enrollment":-9007199254740992)"), "W808 1:15");
  EXPECT_EQ(facts(R"("enrollment":9007199254740991)"), "enrollment: 9,007,199,254,740,991 students");
  EXPECT_EQ(fault(R"("tuition":9007199254740991)"), "W812 1:12");
  EXPECT_EQ(fault(R"("lea":"1e5 \" 2e5", "enrollment":99999999999999999999)"), "W808 1:35")
      << "digits in texts are texts";
}

TEST(Values, DatesAndYears) {
  EXPECT_EQ(facts(R"("last_decided":"2024-02-29")"), "last decided: 2024-02-29");
  EXPECT_EQ(facts(R"("first_year":"2024-25")"), "first year: 2024-25");
  EXPECT_EQ(fault(R"("last_decided":"2023-02-29")"), "W813 1:17");
  EXPECT_EQ(fault(R"("last_decided":"2/3/2024")"), "W813 1:17");
  EXPECT_EQ(fault(R"("last_decided":20240203)"), "W813 1:17");
  EXPECT_EQ(fault(R"("first_year":"2024-26")"), "W814 1:15");
}

// 2025 may be the year that ends in it and the year that begins in it.
TEST(Values, FourDigitsAreNoYearThatRunsOverNewYear) {
  EXPECT_EQ(fault(R"("first_year":2025)"), "W814 1:15");
  EXPECT_EQ(fault(R"("first_year":"2025")"), "W814 1:15");
  EXPECT_EQ(fault(R"("completers":{"2025":14})"), "W814 1:16");
  EXPECT_EQ(fault(R"("seats_2025":14)"), "W814 1:2");
  EXPECT_EQ(facts(R"("visits":{"2025":14})"), "visits 2025: 14 visits") << "a calendar year is one year";
  auto const key = sample::read(Format::csv, "id,completers.2025\nP1,14\n");
  ASSERT_EQ(key.diagnostics.size(), 1U) << key.rendered();
  EXPECT_EQ(key.diagnostics[0].message,
            "`completers.2025` says 2025, and a program year runs over New Year: 2024-25 or 2025-26?");
  EXPECT_EQ(key.diagnostics[0].help, "Write the key as \"2024-25\" or as \"2025-26\".");
  auto const value = sample::read(Format::toml, "[[submission]]\nfirst_year = 2025\n");
  ASSERT_EQ(value.diagnostics.size(), 1U) << value.rendered();
  EXPECT_EQ(value.diagnostics[0].message, "`first_year` is 2025, and a program year runs over New Year.");
  EXPECT_EQ(value.diagnostics[0].help, "Write which one it is: 2024-25 or 2025-26?");
}

TEST(Values, Words) {
  EXPECT_EQ(facts(R"("kind":"Renewal")"), "request: renewal");
  EXPECT_EQ(facts(R"("region":"  Essex County ")"), "region: Essex County");
  EXPECT_EQ(facts(R"("articulation":true)"), "articulation: yes");
  EXPECT_EQ(facts(R"("articulation":"No")"), "articulation: no");
  EXPECT_EQ(facts(R"("cip":"11.0701")"), "program: 11.0701");
  EXPECT_EQ(facts(R"("cip":"=\"01.0101\"")"), "program: 01.0101");
  EXPECT_EQ(fault(R"("kind":"renewel")"), "W815 1:9");
  EXPECT_EQ(fault(R"("kind":1)"), "W815 1:9");
  EXPECT_EQ(fault(R"("region":7)"), "W809 1:11");
  EXPECT_EQ(fault(R"("articulation":"maybe")"), "W819 1:17");
  EXPECT_EQ(fault(R"("articulation":1)"), "W819 1:17");
  EXPECT_EQ(fault(R"("cip":11.0701)"), "W817 1:8");
  EXPECT_EQ(fault(R"("cip":"11-Jan")"), "W818 1:8");
  EXPECT_EQ(fault(R"("cip":"1.0701")"), "W816 1:8");
}

TEST(Values, MissingAndBounded) {
  EXPECT_EQ(facts(R"("enrollment":null,"region":null,"soc":null,"last_decision":null,"rates":null)"), "");
  EXPECT_EQ(facts(R"("enrollment":" ","region":"","soc":"")"), "");
  EXPECT_EQ(facts(R"("enrollment":"suppressed")"), "enrollment: suppressed by its source");
  EXPECT_EQ(facts(R"("enrollment":"*")"), "enrollment: suppressed by its source");
  EXPECT_EQ(facts(R"("satisfaction":"*")"), "satisfaction: suppressed by its source (0 percent to 100 percent)");
  EXPECT_EQ(facts(R"("enrollment":"<10")"), "enrollment: known within a range only (0 students to 9 students)");
  EXPECT_EQ(facts(R"("graduates":"<10")"), "graduates: known within a range only (0 graduates to 9.9 graduates)");
  EXPECT_EQ(facts(R"("enrollment":{"at_least":5})"), "enrollment: known within a range only (5 students to …)");
  EXPECT_EQ(facts(R"("enrollment":{"at_most":9})"), "enrollment: known within a range only (0 students to 9 students)");
  EXPECT_EQ(facts(R"("enrollment":{"between":[2,9]})"),
            "enrollment: known within a range only (2 students to 9 students)");
  EXPECT_EQ(facts(R"("enrollment":{"between":[5,5]})"), "enrollment: 5 students");
  EXPECT_EQ(facts(R"("growth_permille":{"at_most":9})"), "growth: known within a range only (… to 0.9 percent)");
  EXPECT_EQ(facts(R"("satisfaction":{"at_least":90})"),
            "satisfaction: known within a range only (90 percent to 100 percent)");
  EXPECT_EQ(facts(R"("last_decided":{"at_least":"2024-01-01"})"),
            "last decided: known within a range only (2024-01-01 to …)");
  EXPECT_EQ(facts(R"("enrollment":{"missing":"not yet published"})"), "enrollment: not yet published");
  EXPECT_EQ(facts(R"("region":{"missing":"withdrawn"})"), "region: withdrawn");
  EXPECT_EQ(facts(R"("soc":{"missing":"suppressed"},"courses":{"missing":"not covered"})"),
            "occupations: suppressed by its source; courses: not covered by its source");
  EXPECT_EQ(fault(R"("enrollment":{"at_least":9,"at_most":5})"), "W821 1:15");
  EXPECT_EQ(fault(R"("enrollment":{"between":[5]})"), "W821 1:26");
  EXPECT_EQ(fault(R"("enrollment":{"atleast":5})"), "W821 1:26");
  EXPECT_EQ(fault(R"("enrollment":{})"), "W821 1:15");
  EXPECT_EQ(fault(R"("enrollment":{"at_least":-5})"), "W812 1:27");
  EXPECT_EQ(fault(R"("enrollment":{"at_least":null})"), "W810 1:27");
  EXPECT_EQ(fault(R"("enrollment":{"missing":"lost"})"), "W822 1:26");
  EXPECT_EQ(fault(R"("region":{"at_least":5})"), "W809 1:11");
  EXPECT_EQ(fault(R"("enrollment":"<0")"), "W821 1:15");
}

TEST(Values, Lists) {
  EXPECT_EQ(facts(R"("soc":["29-1141","15-1252","29-1141"])"), "occupations: [15-1252, 29-1141]") << "a set, sorted";
  EXPECT_EQ(facts(R"("soc":"15-1252")"), "occupations: [15-1252]");
  EXPECT_EQ(facts(R"("soc":[])"), "occupations: []");
  EXPECT_EQ(facts(R"("soc":"none")"), "occupations: []");
  EXPECT_EQ(facts(R"("credentials":["b","a","b"])"), "credentials: [b, a, b]") << "as given";
  EXPECT_EQ(facts(R"("credentials":["a|b"])"), "credentials: [a|b]") << "only a table's cell is cut";
  EXPECT_EQ(fault(R"("soc":["15-1252",null])"), "W820 1:19");
  EXPECT_EQ(fault(R"("soc":["15-1252",""])"), "W820 1:19");
  EXPECT_EQ(fault(R"("soc":["15-1252",{"missing":"suppressed"}])"), "W809 1:19");
  EXPECT_EQ(fault(R"("soc":["15-1252",151252])"), "W817 1:19");
}

TEST(Values, Records) {
  EXPECT_EQ(facts(R"("courses":[{"title":"Algebra","credits":3},{"title":"Welding","subjects":["a"]}])"),
            "courses: [{course title: Algebra; course credits: 3 credits}, "
            "{course title: Welding; course subjects: [a]}]");
  EXPECT_EQ(facts(R"("courses":[{"completers":{"2024-25":3,"2023-24":2}}])"),
            "courses: [{course completers 2023: 2 students; course completers 2024: 3 students}]");
  EXPECT_EQ(facts(R"("courses":{"title":"Algebra"})"), "courses: [{course title: Algebra}]");
  EXPECT_EQ(facts(R"("courses":"none")"), "courses: []");
  EXPECT_EQ(facts(R"("last_decision":{"outcome":"renew","date":"2024-05-01"})"),
            "last decision: {decided outcome: renew; decided on: 2024-05-01}");
  EXPECT_EQ(facts(R"("last_decision":{})"), "last decision: {}");
  EXPECT_EQ(facts(R"("last_decision":"none")"), "last decision: none");
  EXPECT_EQ(facts(R"("last_decision":false)"), "last decision: none");
  EXPECT_EQ(fault(R"("courses":[{"credits":"x"}])"), "W810 1:24");
  EXPECT_EQ(fault(R"("courses":["Algebra"])"), "W809 1:13");
  EXPECT_EQ(fault(R"("courses":[null])"), "W820 1:13");
  EXPECT_EQ(fault(R"("last_decision":"2024-05-01")"), "W809 1:18");
}

TEST(Values, DimensionsAndPaths) {
  EXPECT_EQ(facts(R"("rates":{"all":900,"econ":850,"male":null})"),
            "overall completion rate: 90 percent; group completion rate econ: 85 percent");
  EXPECT_EQ(facts(R"("group_size":{"econ":12,"English learners":3})"),
            "group size econ: 12 students; group size el: 3 students");
  EXPECT_EQ(facts(R"("completers":{"2025-26":14,"2023-24":12,"2024-25":"suppressed"})"),
            "completers 2023: 12 students; completers 2024: suppressed by its source; completers 2025: 14 students");
  EXPECT_EQ(facts(R"("seats_2024-25":30,"seats_2023-24":20)"), "seats 2023: 20 seats; seats 2024: 30 seats");
  EXPECT_EQ(facts(R"("group_completers":{"el":{"2024-25":1},"male":{"2025-26":4,"2024-25":3}})"),
            "group completers male 2024: 3 students; group completers male 2025: 4 students; "
            "group completers el 2024: 1 student");
  EXPECT_EQ(fault(R"("rates":900)"), "W809 1:10");
  EXPECT_EQ(fault(R"("completers":{"2024-25":1,"2024-25":2})"), "W806 1:28");
  EXPECT_EQ(fault(R"("group_size":{"econ":12,"economically disadvantaged":3})"), "W806 1:26");
}

TEST(Values, KeysGivenTwice) {
  EXPECT_EQ(fault(R"("enrollment":1,"enrollment":1)"), "W806 1:17");
  EXPECT_EQ(fault(R"("enrollment":1,"\u0065nrollment":1)"), "W806 1:17") << "however it is spelled";
  EXPECT_EQ(fault(R"("lea":1,"lea":2)"), "W806 1:10");
  EXPECT_EQ(fault(R"("lea":{"a":{"b":1,"b":2}})"), "W806 1:20");
  EXPECT_EQ(fault(R"("courses":[{"title":"a","title":"b"}])"), "W806 1:26");
  EXPECT_EQ(fault(R"("waivers":[{"waiver":"x","waiver":"y"}])"), "W806 1:27");
  EXPECT_EQ(fault(R"("enrollment":{"at_least":3,"at_least":50})"), "W806 1:40");
  EXPECT_EQ(fault(R"("enrollment":{"at_most":9,"at_least":3,"at_most":5})"), "W806 1:51");
  EXPECT_EQ(fault(R"("enrollment":{"at_least":5,"between":[0,9]})"), "W806 1:39");
  EXPECT_EQ(fault(R"("enrollment":{"between":[0,9],"at_most":7})"), "W806 1:42");
}

TEST(Values, Ids) {
  auto const id = [](std::string const& members) {
    return sample::read(Format::json_lines, "{" + members + "}").batch.origins.at(0).id;
  };
  EXPECT_EQ(id(R"("id":"P1")"), "P1");
  EXPECT_EQ(id(R"("id":17)"), "17");
  EXPECT_EQ(id(R"("kind":"new")"), "");
  EXPECT_EQ(id(R"("id":null)"), "");
  EXPECT_EQ(id(R"("enrollment":"x","id":"P9")"), "P9") << "of a refused submission, too";
  EXPECT_EQ(fault(R"("id":true)"), "W823 1:7");
  EXPECT_EQ(fault(R"("id":1.5)"), "W823 1:7");
}

TEST(Values, Waivers) {
  auto const out = sample::read(Format::json_lines,
                                R"({"waivers":[{"waiver":"The Emerging  Occupation","grantor":"Board",)"
                                R"("authority":"1-2","reason":"new","from":"2026-07-01","through":"2027-06-30"},)"
                                R"({"waiver":"small school"}]})");
  EXPECT_EQ(out.rendered(), "");
  ASSERT_EQ(out.batch.waivers.at(0).size(), 2U);
  auto const& waiver = out.batch.waivers[0][0];
  EXPECT_EQ(waiver.waiver, "emerging occupation");
  EXPECT_EQ(waiver.grantor, "Board");
  EXPECT_EQ(waiver.authority, "1-2");
  EXPECT_EQ(waiver.reason, "new");
  EXPECT_EQ(waiver.from, values::read_date("2026-07-01"));
  EXPECT_EQ(waiver.through, values::read_date("2027-06-30"));
  EXPECT_FALSE(out.batch.waivers[0][1].from);
  EXPECT_EQ(fault(R"("waivers":{"waiver":"x"})"), "W825 1:12");
  EXPECT_EQ(fault(R"("waivers":[{"grantor":"x"}])"), "W825 1:13");
  EXPECT_EQ(fault(R"("waivers":[{"waiver":"x","from":"soon"}])"), "W825 1:34");
  EXPECT_EQ(fault(R"("waivers":[{"waiver":"x","from":"2026-01-02","through":"2026-01-01"}])"), "W825 1:13");
}

TEST(Values, WhatStandsInAThresholdsPlace) {
  auto const value = [](std::string const& written) {
    auto const out = sample::read(Format::json_lines, R"({"waivers":[{"value":)" + written +
                                                          R"(,"waiver":"rural waiver"}]})"
                                                          "\n");
    auto const& waiver = out.batch.waivers.at(0).at(0);
    return waiver.value ? waiver.value_text : "none";
  };
  EXPECT_EQ(value(R"("5 students")"), "5 students");
  EXPECT_EQ(value("5"), "5 students");
  EXPECT_EQ(value("-5"), "-5 students") << "a threshold may be below nothing";
  EXPECT_EQ(value("null"), "none");
  for (auto const* wrong : {R"("5 teachers")", R"("$5")", "5.5", "true", R"("few")", "[5]"}) {
    EXPECT_EQ(fault(fmt::format(R"("waivers":[{{"value":{},"waiver":"rural waiver"}}])", wrong)), "W825 1:22") << wrong;
  }
}

TEST(Values, AWaiverOfNoThresholdTakesNoValue) {
  auto const out = sample::read(Format::json_lines, R"({"waivers":[{"waiver":"rural waivr","value":5}]})"
                                                    "\n");
  ASSERT_EQ(out.diagnostics.size(), 1U);
  EXPECT_NE(out.diagnostics[0].message.find("The waiver \"rural waivr\" takes no value"), std::string::npos);
  EXPECT_EQ(out.diagnostics[0].help, "The nearest waiver that takes a value is `rural waiver`.");
}

}  // namespace
}  // namespace waymark::cases
