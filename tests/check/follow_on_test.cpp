// One declaration with a fault, used in many places: one message. Each break is made alone in a policy and a vocabulary
// in which every kind of declaration is used more than once.
#include <gtest/gtest.h>

#include <ostream>

#include "tests/check/reading.hpp"

namespace waymark::check {
namespace {

constexpr char const* kVocabulary = R"(Vocabulary: schools

Calendar: offices
  award year: starts 09-01
  Holidays: 2026-11-26, 2026-12-25
  Through: 2035-12-31

Unit: seat, at most 1 decimal

Unit: cent = $0.01

Choice: request
  new
  renewal

Choice: pathway type
  standard
  emerging, key "em"

Choice: student group
  female
  male

Choice: skill, lowest first
  some college
  degree

Choice: outcome, best first
  approve, favourable
  renew, favourable
  refer to the board
  deny, adverse

Record: earlier decision
  outcome: outcome
  plan year: program year

Record: course
  title: text
  credits: credits

Record: pathway, key "id"
  request: request
  pathway type: pathway type
  skill: skill
  occupations: list of SOC
  courses: list of course
  region: text
  stipend: cents
  class size: seats
  start: date
  enrollment: students
  graduates: students, for each award year
  completion: percent, for each student group
  salary: dollars per year
  agreement: yes or no
  last decision: earlier decision

Source: projections, for occupation and region                 [State LMI]
  Rows: where LEVEL is "detailed"
  occupation: SOC, column OCC
  region: text, column AREA
  annual openings: openings per year, column OPENINGS
    Marks: "*" is suppressed
  growth: percent, may be negative, column GROWTH

Source: demand list, for occupation                            [State LMI]
  occupation: SOC, column OCC
)";

constexpr char const* kPolicy = R"(Policy: approval
  Reviews: pathway
  Uses: schools
  In force: from 2024-07-01

Threshold: pay floor, in dollars per year                      [Code 1]
  from 2024-07-01: $40,000 per year
  continues until changed

Threshold: openings floor, in openings per year, by pathway type [Code 2]
  from 2024-07-01, emerging: 25 openings per year
  from 2024-07-01, otherwise: 50 openings per year
  continues until changed

Threshold: raised floor, in dollars per year                   [Code 1]
  from 2024-07-01: 120 percent of pay floor
  continues until changed

Threshold: opening day, a date                                 [Code 1]
  from 2024-07-01: 2024-09-01
  continues until changed

Figure: local openings, in openings per year
  = total of annual openings in projections for the pathway's occupations, the pathway's region
  If not covered by projections: 0 openings per year

Figure: growing openings, in openings per year
  = total of annual openings in projections for the pathway's occupations, the pathway's region where growth is more than 0 percent

Figure: spare openings, in openings per year
  = local openings minus growing openings

Figure: busy, yes or no, for each award year
  Yes when: graduates is more than 0 students

Figure: fair, yes or no, for each student group
  Yes when: completion is more than 0 percent

Figure: credits together, in credits
  = total of credits in the pathway's courses

Figure: wanted, yes or no
  Yes when: for any of the pathway's occupations, the occupation is in growing fields

List: growing fields                                           [Code 3]
  Of: projections, by occupation
  On it when: growth is more than 0 percent

List: listed fields                                            [Code 3]
  Of: growing fields
  On it when: annual openings is more than 0 openings per year

Waiver: hardship                                               [Code 4]
  Waives: good pay, demand

Criterion: good pay                                            [Code 1]
  Met when all of:
    - salary is at least pay floor
    - salary is at least raised floor
    - stipend is more than $0
  Waived when: a hardship is in force
  To fix: pay {pay floor}, or {raised floor}.

Criterion: demand                                              [Code 2]
  Met when any of:
    - local openings is at least openings floor
    - growing openings is at least openings floor
    - spare openings is more than 0 openings per year
    - wanted is yes
  Waived when: a hardship is in force

Criterion: steady
  Met when all of:
    - in each of the last 2 award years, busy is yes
    - in at least 1 of the last 3 award years, graduates is more than 1 student
    - for every student group, fair is yes
    - for any student group, completion is more than 100 percent

Criterion: fields
  Met when any of:
    - for any of the pathway's occupations, the occupation is in demand list
    - for every occupation, the occupation is in listed fields
    - for every course, credits is more than 0 credits
    - credits together is more than 1 credit
    - class size is more than 1 seat
    - start is on or after opening day
    - skill is at least degree

Criterion: standing
  Met when any of:
    - the pathway has an agreement
    - the last decision's outcome is renew
    - agreement is no

Criterion: special
  Met when: wanted is yes
  Does not apply when: pathway type is emerging

Group: core
  good pay
  demand
  steady

Group: supporting
  fields
  standing

Decision: first review
  When: request is new
  Approve when all of:
    - all of core are met
    - good pay is met
    - agreement is yes
  Renew when: at least 1 of supporting are met
  Refer to the board otherwise

Decision: renewal
  When: request is renewal
  Approve when all of:
    - at least 2 of core are met
    - demand is met
  Renew when all of:
    - pathway type is standard
    - special is met
    - all of supporting are met
    - wanted is yes
  Deny when: steady is not met
  Refer to the board otherwise

Example: a new one
  Given on 2026-11-21:
    request: new
    pathway type: standard
    occupations: 15-1252, 29-1141
    region: North
    salary: $41,000 per year
    local openings: 60 openings per year
    projections for 15-1252 in North: annual openings 41 openings per year, growth 2 percent
    demand list for 15-1252: on the list
    graduates: 2024-25 8 students; 2025-26 9 students
    completion: female 50 percent; male 60 percent
    courses: title Welding I, credits 3 credits
    last decision: outcome renew
    wanted: yes
    hardship: in force
    standing: met
    core: 2 met, 1 not met
  Expect: approve
    good pay: met

Example: a renewal
  Given on 2026-11-21:
    request: renewal
    demand: met
    good pay: not met
    hardship: not in force
    agreement: yes
    supporting: 2 met
    busy: 2024-25 yes; 2025-26 no
    start: 2026-09-01
  Expect: renew
    demand: met
    growing openings: 10 openings per year
)";

/// `from` is written `to`, once, in the vocabulary or in the policy.
struct Break {
  char const* from;
  char const* to;
  char const* code;
  friend void PrintTo(Break const& one, std::ostream* out) { *out << one.from << " -> " << one.to; }
};

class FollowOn : public testing::TestWithParam<Break> {};

TEST(FollowOnBase, HasNoFault) { EXPECT_EQ(read_policy(kVocabulary, kPolicy)->said(), ""); }

TEST(FollowOnBase, ANameThatNoBlockDeclaresAnyMoreIsSaidOnce) {
  std::string policy =
      "Policy: approval\n  Reviews: pathway\n  Uses: schools\n  In force: from 2024-07-01\n\n"
      "Threshold: smallest pay, in dollars per year [C]\n  from 2024-07-01: $4 per year\n  continues until changed\n";
  for (int i = 0; i < 12; ++i) {
    policy += "\nCriterion: c" + std::to_string(i) + "\n  Met when: salary is at least wage floor\n";
  }
  auto const reading = read_policy(kVocabulary, policy);
  ASSERT_EQ(reading->codes(), "W202") << reading->said();
  EXPECT_EQ(reading->diagnostics.front().message,
            "There is no name `wage floor`, here and in 11 more places, first at line 14");
  ASSERT_EQ(reading->diagnostics.front().secondary.size(), 1U);
  EXPECT_EQ(reading->diagnostics.front().secondary.front().text, "nothing uses this one");
}

TEST(FollowOnBase, TwoNamesAreTwoMessages) {
  std::string policy = kPolicy;
  for (auto const* const from : {"Threshold: pay floor,", "Criterion: steady\n"}) {
    std::string const to = std::string(from).starts_with("T") ? "Threshold: smallest salary," : "Criterion: kept up\n";
    policy.replace(policy.find(from), std::string(from).size(), to);
  }
  auto const reading = read_policy(kVocabulary, policy);
  EXPECT_EQ(reading->codes(), "W202 W202") << reading->said();
}

TEST_P(FollowOn, IsNotSaid) {
  std::string vocabulary = kVocabulary;
  std::string policy = kPolicy;
  auto& text = policy.find(GetParam().from) != std::string::npos ? policy : vocabulary;
  auto const at = text.find(GetParam().from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, std::string(GetParam().from).size(), GetParam().to);
  auto const reading = read_policy(vocabulary, policy);
  EXPECT_EQ(reading->codes(), GetParam().code) << reading->said();
}

constexpr Break kPolicyBlocks[] = {
    // Policy
    {"Reviews: pathway", "Reviews: pathwya", "W214"},
    {"Reviews: pathway", "Reviews: school", "W214"},
    {"Uses: schools", "Uses: school", "W207"},
    {"In force: from 2024-07-01", "In force: from 2024-07-32", "W301"},
    {"In force: from 2024-07-01", "In force: since 2024-07-01", "W111"},
    {"  Reviews: pathway\n", "", "W214"},
    {"  In force: from 2024-07-01\n", "", "W405"},
    // Threshold
    {"Threshold: pay floor, in dollars per year", "Threshold: pay floor", "W203"},
    {"Threshold: pay floor, in dollars per year", "Threshold: pay floor, dollars per year", "W203"},
    {"Threshold: pay floor, in dollars per year", "Threshold: pay floor, in dolars per year", "W302"},
    {"Threshold: pay floor, in dollars per year", "Threshold: pay floor, in dollars per year, by shape", "W202"},
    {"Threshold: pay floor, in dollars per year", "Threshold: pay floor, in", "W203"},
    {"Threshold: pay floor,", "Threshold: minimum salary,", "W202"},
    {"Threshold: pay floor,", "Threshold: pay flor,", "W202"},
    {"Threshold: pay floor, in dollars per year", "Threshold: pay floor, in dollars per hour", "W309"},
    {"Threshold: pay floor", "Threshhold: pay floor", "W103"},
    {"Threshold: pay floor", "Threshold pay floor", "W111"},
    {"Threshold: pay floor", "Minimum: pay floor", "W103"},
    {"  from 2024-07-01: $40,000 per year\n", "", "W204"},
    {"  from 2024-07-01: $40,000 per year\n", "  from 2024-07-01: $40,000\n", "W309"},
    {"  from 2024-07-01: $40,000 per year\n", "  from 2024-07-01: 40,000 students\n", "W302"},
    {"  from 2024-07-01: $40,000 per year\n", "  from 2024-07-01 $40,000 per year\n", "W116"},
    {"  from 2024-07-01: $40,000 per year\n", "  from 2024-07-01: base salary\n", "W202"},
    {"  from 2024-07-01: $40,000 per year\n", "  from 2024-07-41: $40,000 per year\n", "W301"},
    {"  from 2024-07-01: $40,000 per year\n", "  from 2025-07-01: $40,000 per year\n", "W403"},
    {"  from 2024-07-01: $40,000 per year\n  continues until changed\n", "  from 2024-07-01: $40,000 per year\n",
     "W402"},
    {"in openings per year, by pathway type", "in openings per year, by pathway tipe", "W202"},
    {"in openings per year, by pathway type", "in openings per year", "W407"},
    {"in openings per year, by pathway type", "by pathway type", "W203"},
    {"from 2024-07-01, emerging:", "from 2024-07-01, emergent:", "W407"},
    {"from 2024-07-01, otherwise: 50", "from 2024-07-01, standrad: 50", "W407"},
    {"Threshold: opening day, a date", "Threshold: opening day", "W203"},
    {"from 2024-07-01: 2024-09-01", "from 2024-07-01: 2024-09-31", "W301"},
    {"120 percent of pay floor", "120 percent of pay flor", "W202"},
    {"Threshold: pay floor,",
     "Threshold: good pay, in students [C]\n  from 2024-07-01: 3 students\n  continues until changed\n\n"
     "Threshold: pay floor,",
     "W201"},
    // Figure
    {"Figure: local openings, in openings per year", "Figure: local openings", "W203"},
    {"Figure: local openings, in openings per year", "Figure: local openings, openings per year", "W203"},
    {"Figure: local openings, in openings per year", "Figure: local openings, in students", "W302"},
    {"Figure: local openings, in openings per year", "Figure: local openings, in openings per year, for each shape",
     "W205"},
    {"Figure: local openings,", "Figure: lokal openings,", "W202"},
    {"Figure: local openings,", "Figure: available jobs,", "W202"},
    {"Figure: local openings", "Figures: local openings", "W103"},
    {"Figure: local openings", "Figure local openings", "W111"},
    {"  = total of annual openings in projections for the pathway's occupations, the pathway's region\n  If", "  If",
     "W204"},
    {"  = total of annual openings in projections for the pathway's occupations, the pathway's region\n  If",
     "  = totl of annual openings in projections for the pathway's occupations, the pathway's region\n  If", "W110"},
    {"  = total of annual openings in projections for the pathway's occupations, the pathway's region\n  If",
     "  = total of annual openings in projections for the pathway's occupations\n  If", "W216"},
    {"  = total of annual openings in projections for the pathway's occupations, the pathway's region\n  If",
     "  = total of annual openings in projctions for the pathway's occupations, the pathway's region\n  If", "W206"},
    {"  = total of annual openings in projections for the pathway's occupations, the pathway's region\n  If",
     "  = total of annul openings in projections for the pathway's occupations, the pathway's region\n  If", "W202"},
    {"If not covered by projections: 0 openings per year", "If not covered by projectons: 0 openings per year", "W206"},
    {"If not covered by projections: 0 openings per year", "If not covered by projections: 0 students", "W302"},
    {"= local openings minus growing openings", "= local openings minus growing openins", "W202"},
    {"Figure: busy, yes or no, for each award year", "Figure: busy, yes or no", "W215"},
    {"Figure: busy, yes or no, for each award year", "Figure: busy, for each award year", "W203"},
    {"Figure: busy, yes or no, for each award year", "Figure: busy, yes or no, for each awrd year", "W205"},
    {"Figure: busy, yes or no, for each award year", "Figure: busy, yes or no, for each year", "W205"},
    {"Figure: fair, yes or no, for each student group", "Figure: fair, yes or no, for each studnt group", "W205"},
    {"Figure: fair, yes or no, for each student group", "Figure: fair, yes or no", "W215"},
    {"Figure: wanted, yes or no", "Figure: wanted", "W203"},
    {"Figure: wanted, yes or no", "Figure: needed here, yes or no", "W202"},
    {"  Yes when: graduates is more than 0 students", "  Yes when: graduate is more than 0 students", "W202"},
    {"  Yes when: graduates is more than 0 students", "  Yes when: graduates more than 0 students", "W111"},
    {"  Yes when: graduates is more than 0 students", "  Yes if: graduates is more than 0 students", "W105"},
    {"  Yes when: graduates is more than 0 students", "  Yes when: graduates is more than 0 openings", "W302"},
    {"Figure: spare openings,", "Figure: local openings, in students\n  = enrollment\n\nFigure: spare openings,",
     "W201"},
    {"Figure: spare openings,", "Figure: salary, in students\n  = enrollment\n\nFigure: spare openings,", "W201"},
    // List
    {"List: growing fields ", "List: growing feilds ", "W202"},
    {"List: growing fields ", "List: expanding work ", "W202"},
    {"List: growing fields ", "Lst: growing fields ", "W103"},
    {"List: growing fields ", "List: growing fields, by occupation ", "W203"},
    {"  Of: projections, by occupation\n", "", "W204"},
    {"  Of: projections, by occupation\n", "  Of: projection, by occupation\n", "W206"},
    {"  Of: projections, by occupation\n", "  Of: projections, by ocupation\n", "W508"},
    {"  Of: projections, by occupation\n", "  Of: projections\n", "W508"},
    {"  Of: projections, by occupation\n", "  Off: projections, by occupation\n", "W105"},
    {"  On it when: growth is more than 0 percent\n", "  On it when: growht is more than 0 percent\n", "W202"},
    {"  On it when: growth is more than 0 percent\n", "  On it when: growth more than 0 percent\n", "W111"},
    // Waiver
    {"Waiver: hardship ", "Waiver: hardships ", "W202"},
    {"Waiver: hardship ", "Waiver: special need ", "W202"},
    {"Waiver: hardship ", "Wavier: hardship ", "W103"},
    {"Waives: good pay, demand", "Waives: good pya, demand", "W212"},
    {"Waives: good pay, demand", "Waive: good pay, demand", "W105"},
    {"  Waives: good pay, demand\n", "", "W204"},
    {"Waives: good pay, demand", "Waives: ", "W106"},
    // Criterion
    {"Criterion: good pay ", "Criterion: good pya ", "W212"},
    {"Criterion: good pay ", "Criterion: high salary ", "W212"},
    {"Criterion: good pay ", "Criteria: good pay ", "W103"},
    {"Criterion: good pay ", "Criterion good pay ", "W111"},
    {"Criterion: good pay ", "Criterion: demand\n  Met when: request is new\n\nCriterion: good pay ", "W201"},
    {"Criterion: good pay ", "Criterion: good pay, in dollars ", "W203"},
    {"Criterion: good pay                                            [Code 1]\n  Met when all of:",
     "Criterion: good pay                                            [Code 1]\n  Met all of:", "W105"},
    {"    - salary is at least raised floor\n", "    - salary is at least raised flor\n", "W202"},
    {"    - salary is at least raised floor\n", "    - salary at least raised floor\n", "W111"},
    {"    - salary is at least raised floor\n", "    - salary is at least openings floor\n", "W302"},
    {"  To fix: pay {pay floor}, or", "  To fix: pay {pay flor}, or", "W202"},
    {"Does not apply when: pathway type is emerging", "Does not apply when: pathway type is emergin", "W304"},
    // Group
    {"Group: core\n", "Group: cor\n", "W202"},
    {"Group: core\n", "Group: main ones\n", "W202"},
    {"Group: core\n", "Gruop: core\n", "W103"},
    {"Group: core\n", "Group core\n", "W111"},
    {"Group: core\n  good pay\n  demand\n  steady\n", "Group: core\n", "W204"},
    {"Group: core\n  good pay\n", "Group: core\n  god pay\n", "W202"},
    {"Group: core\n  good pay\n", "Group: core\n  pay floor\n", "W212"},
    {"Group: core\n  good pay\n", "Group: core\n  good pay, demand\n", "W107"},
    {"Group: core\n", "Group: supporting\n  demand\n\nGroup: core\n", "W201"},
    {"Group: core\n", "Group: demand\n  steady\n\nGroup: core\n", "W201"},
    // Decision
    {"Decision: first review\n  When: request is new", "Decision: first review\n  When: request is nwe", "W304"},
    {"Decision: first review\n  When: request is new", "Decision: first review\n  When: reqest is new", "W202"},
    {"Decision: first review\n  When: request is new", "Decison: first review\n  When: request is new", "W103"},
    {"Decision: first review\n  When: request is new", "Decision first review\n  When: request is new", "W111"},
    {"Decision: first review\n  When: request is new", "Decision:\n  When: request is new", "W106"},
    {"  Renew when: at least 1 of supporting are met", "  Renw when: at least 1 of supporting are met", "W503"},
    {"  Renew when: at least 1 of supporting are met", "  Renew when at least 1 of supporting are met", "W111"},
    {"  Renew when: at least 1 of supporting are met", "  Renew when: at least 4 of supporting are met", "W511"},
    // Example
    {"Example: a new one", "Exampel: a new one", "W103"},
    {"  Given on 2026-11-21:\n    request: new", "  Given on 2026-11-31:\n    request: new", "W301"},
    {"  Given on 2026-11-21:\n    request: new", "  Givn on 2026-11-21:\n    request: new", "W110"},
    {"  Expect: approve\n", "  Expect: aprove\n", "W503"},
    {"  Expect: approve\n", "  Expct: approve\n", "W202"},
};
constexpr Break kVocabularyBlocks[] = {
    {"Vocabulary: schools", "Vocabulary: school", "W207"},
    {"Vocabulary: schools", "Vocabluary: schools", "W103"},
    // Calendar
    {"Calendar: offices", "Calender: offices", "W103"},
    {"  award year: starts 09-01\n", "  award year: starts 13-01\n", "W301"},
    {"  award year: starts 09-01\n", "  award year: begins 09-01\n", "W301"},
    {"  award year: starts 09-01\n", "  award yaer: starts 09-01\n", "W205"},
    {"  award year: starts 09-01\n", "", "W205"},
    {"Holidays: 2026-11-26,", "Holidays: 2026-11-36,", "W301"},
    {"Through: 2035-12-31", "Through: 2035-12-41", "W301"},
    // Unit
    {"Unit: seat, at most 1 decimal", "Unit: seat, at most 1 decimals or so", "W203"},
    {"Unit: cent = $0.01", "Unit: cent = dollars", "W203"},
    {"Unit: cent = $0.01", "Unit: cnet = $0.01", "W302"},
    {"Unit: cent = $0.01", "Unt: cent = $0.01", "W103"},
    // Choice
    {"Choice: request", "Choice: reqest", "W203"},
    {"Choice: request", "Choise: request", "W103"},
    {"Choice: request", "Choice request", "W111"},
    {"Choice: request\n  new\n  renewal\n", "Choice: request\n", "W204"},
    {"Choice: request\n  new\n", "Choice: request\n  nwe\n", "W304"},
    {"Choice: request\n  new\n", "Choice: request\n  fresh\n", "W304"},
    {"Choice: request\n  new\n", "Choice: request\n  new, oldest\n", "W203"},
    {"Choice: request\n  new\n", "Choice: request\n  not new\n", "W107"},
    {"  emerging, key \"em\"", "  emergent, key \"em\"", "W407"},
    {"  emerging, key \"em\"", "  emerging, key em", "W203"},
    {"Choice: student group", "Choice: student groop", "W205"},
    {"Choice: skill, lowest first", "Choice: skill", "W308"},
    {"Choice: skill, lowest first", "Choice: skill, lowest frist", "W203"},
    {"Choice: outcome, best first", "Choice: outcom, best first", "W203"},
    {"Choice: outcome, best first", "Choice: outcome, bst first", "W203"},
    {"  approve, favourable", "  aprove, favourable", "W503"},
    {"  approve, favourable", "  approve, favorite", "W203"},
    {"  approve, favourable", "  accept, favourable", "W503"},
    {"  renew, favourable", "  approve, favourable\n  renew, favourable", "W201"},
    // Record
    {"Record: earlier decision", "Record: earlier decison", "W203"},
    {"Record: earlier decision", "Recrod: earlier decision", "W103"},
    {"Record: course\n", "Record: coarse\n", "W203"},
    {"Record: course\n  title: text\n  credits: credits\n", "Record: course\n", "W204"},
    {"Record: pathway, key \"id\"", "Record: pathwya, key \"id\"", "W214"},
    {"Record: pathway, key \"id\"", "Record: pathway, keys \"id\"", "W203"},
    {"Record: pathway, key \"id\"", "Record pathway, key \"id\"", "W111"},
    // Record fields
    {"  enrollment: students\n  graduates: students,", "  enrollment students\n  graduates: students,", "W303"},
    {"  salary: dollars per year", "  salry: dollars per year", "W202"},
    {"  salary: dollars per year", "  wage paid: dollars per year", "W202"},
    {"  salary: dollars per year", "  salary: dollars", "W309"},
    {"  salary: dollars per year", "  salary: dolars per year", "W203"},
    {"  salary: dollars per year", "  salary: dollars per year, between 9", "W111"},
    {"  salary: dollars per year", "  salary", "W205"},
    {"  agreement: yes or no", "  agreement: yes or maybe", "W303"},
    {"  agreement: yes or no", "  agrement: yes or no", "W202"},
    {"  agreement: yes or no", "  agreement:", "W125"},
    {"  agreement: yes or no", "  salary: yes or no\n  agreement: yes or no", "W201"},
    {"  request: request\n", "  request: reqest\n", "W203"},
    {"  request: request\n", "", "W202"},
    {"  pathway type: pathway type\n", "  pathway type: pathway tipe\n", "W203"},
    {"  skill: skill\n", "  skill: skil\n", "W203"},
    {"  occupations: list of SOC\n", "  occupations: lst of SOC\n", "W203"},
    {"  occupations: list of SOC\n", "  occupations: list of SCO\n", "W203"},
    {"  occupations: list of SOC\n", "  ocupations: list of SOC\n", "W202"},
    {"  courses: list of course\n", "  courses: list of coarse\n", "W203"},
    {"  courses: list of course\n", "  classes: list of course\n", "W206"},
    {"  last decision: earlier decision\n", "  last decision: earlier decison\n", "W203"},
    {"  last decision: earlier decision\n", "  lst decision: earlier decision\n", "W202"},
    {"  graduates: students, for each award year", "  graduates: students, for each awrd year", "W205"},
    {"  graduates: students, for each award year", "  graduates: students, each award year", "W203"},
    {"  graduates: students, for each award year", "  graduates: students", "W506"},
    {"  completion: percent, for each student group", "  completion: percent, for each studnt group", "W205"},
    {"  completion: percent, for each student group", "  completion: percent", "W110"},
    {"  start: date", "  start: dat", "W203"},
    {"  credits: credits\n", "  credtis: credits\n", "W202"},
    {"  title: text\n  credits: credits\n", "  title: text\n", "W202"},
    // Source
    {"Source: projections, for occupation and region", "Source: projecions, for occupation and region", "W206"},
    {"Source: projections, for occupation and region", "Source: forecast, for occupation and region", "W206"},
    {"Source: projections, for occupation and region", "Surce: projections, for occupation and region", "W103"},
    {"Source: projections, for occupation and region", "Source: projections", "W204"},
    {"Source: projections, for occupation and region", "Source: projections, for occupation", "W216"},
    {"Source: projections, for occupation and region", "Source: projections, for occupation and area", "W204"},
    {"Source: projections, for occupation and region", "Source: projections, by occupation and region", "W203"},
    {"  occupation: SOC, column OCC\n  region: text", "  occuption: SOC, column OCC\n  region: text", "W204"},
    {"  occupation: SOC, column OCC\n  region: text", "  occupation: SCO, column OCC\n  region: text", "W203"},
    {"  region: text, column AREA\n", "", "W204"},
    {"  region: text, column AREA\n", "  region: text, colum AREA\n", "W203"},
    {"  annual openings: openings per year, column OPENINGS", "  annual opnings: openings per year, column OPENINGS",
     "W202"},
    {"  annual openings: openings per year, column OPENINGS", "  annual openings: column OPENINGS", "W203"},
    {"  annual openings: openings per year, column OPENINGS", "  annual openings: openings per year, colum OPENINGS",
     "W203"},
    {"  annual openings: openings per year, column OPENINGS", "  annual openings openings per year, column OPENINGS",
     "W203"},
    {"  annual openings: openings per year, column OPENINGS", "  annual openings: openings a year, column OPENINGS",
     "W302"},
    {"  growth: percent, may be negative, column GROWTH", "  growht: percent, may be negative, column GROWTH", "W202"},
    {"  growth: percent, may be negative, column GROWTH", "  increase: percent, may be negative, column GROWTH",
     "W202"},
    {"  growth: percent, may be negative, column GROWTH", "  growth: percnt, may be negative, column GROWTH", "W203"},
    {"  growth: percent, may be negative, column GROWTH", "  growth: percent, may be minus, column GROWTH", "W203"},
    {"Marks: \"*\" is suppressed", "Marks: \"*\" is supressed", "W302"},
    {"Marks: \"*\" is suppressed", "Marks: * is suppressed", "W111"},
    {"Rows: where LEVEL is \"detailed\"", "Rows: LEVEL is \"detailed\"", "W111"},
    {"Source: demand list, for occupation ", "Source: demand lst, for occupation ", "W202"},
    {"Source: demand list, for occupation ", "Source: demand list ", "W204"},
};

INSTANTIATE_TEST_SUITE_P(Policies, FollowOn, testing::ValuesIn(kPolicyBlocks));
INSTANTIATE_TEST_SUITE_P(Vocabularies, FollowOn, testing::ValuesIn(kVocabularyBlocks));

}  // namespace
}  // namespace waymark::check
