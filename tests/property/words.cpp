// One of everything.
#include "tests/property/words.hpp"

#include <stdexcept>

namespace waymark::property {

using vocabulary::Choice;
using vocabulary::Dimension;
using vocabulary::Field;
using vocabulary::Kind;
using vocabulary::Record;
using vocabulary::Source;
using vocabulary::SourceColumn;
using vocabulary::SourceKey;
using vocabulary::Vocabulary;

Type type_of(Kind kind, std::uint16_t which) {
  Type type;
  type.kind = kind;
  type.which = which;
  return type;
}

Type count_of(std::uint16_t unit) { return type_of(Kind::count, unit); }

Type pay() {
  auto type = type_of(Kind::money);
  type.per = vocabulary::Per::year;
  return type;
}

Type soc_code(std::uint16_t edition) {
  auto type = type_of(Kind::code);
  type.system = values::CodeSystem::soc;
  type.edition = edition;
  return type;
}

std::vector<Type> const& numeric_types() {
  static std::vector<Type> const types = {count_of(kOpenings),    count_of(kStudents),  count_of(kGraduates), pay(),
                                          type_of(Kind::percent), type_of(Kind::points)};
  return types;
}

namespace {

Choice choice(std::string const& name, std::vector<std::string> const& entries) {
  Choice out;
  out.name = out.shown = name;
  for (auto const& entry : entries) out.entries.push_back({entry, entry, entry, false, false});
  return out;
}

Dimension each_choice(std::uint16_t which) { return {Dimension::Of::choice, which}; }
Dimension each_year() { return {Dimension::Of::year, kProgramYear}; }

Type list_of(Type type) {
  type.list = true;
  return type;
}

class Maker {
 public:
  explicit Maker(Random& random) : random_(random) {}

  Vocabulary make() {
    choices();
    units();
    words_.calendar.years = {{"program year", 7, 1}, {"calendar year", 1, 1}};
    words_.calendar.holidays = {values::date_of(2025, 12, 25), values::date_of(2026, 7, 3)};
    words_.calendar.through = values::date_of(2026, 12, 31);
    pathway();
    course();
    last_decision();
    sources();
    return std::move(words_);
  }

 private:
  void choices() {
    words_.choices = {choice("request", {"new", "renewal", "other"}), choice("grade", {"low", "middle", "high"}),
                      choice("student group", {"male", "female", "econ"}),
                      choice("outcome", {"approve", "renew", "conditional", "deny"})};
    words_.choices[kGrade].lowest_first = true;
    words_.choices[kOutcome].best_first = true;
  }

  void units() {
    words_.units = {{"openings per year", "opening per year", 0},
                    {"students", "student", 0},
                    {"graduates", "graduate", 1},
                    {"days", "day", 0}};
  }

  void field(std::uint16_t record, std::string const& name, Type type, std::vector<Dimension> each = {}) {
    Field out;
    out.name = out.shown = name;
    out.path = {name};
    out.quantity.type = type;
    out.each = std::move(each);
    bool const amount = type.kind == Kind::count || type.kind == Kind::money;
    bool const number = vocabulary::is_numeric(type);
    out.may_be_negative = type.kind == Kind::points || (number && random_.chance(amount ? 15 : 30));
    if (number && !(type == count_of(kDays)) && random_.chance(15)) {
      out.lowest = out.may_be_negative ? -2 : 0;
      out.highest = 200'000'000;
    }
    words_.records[record].fields.push_back(static_cast<vocabulary::FieldId>(words_.fields.size()));
    words_.fields.push_back(std::move(out));
  }

  Record& record(std::string const& name) {
    auto& out = words_.records.emplace_back();
    out.name = out.shown = name;
    return out;
  }

  void pathway() {
    record("pathway");
    field(kPathway, "openings", count_of(kOpenings));
    field(kPathway, "balance", count_of(kOpenings));
    field(kPathway, "enrollment", count_of(kStudents));
    field(kPathway, "completers", count_of(kStudents));
    field(kPathway, "graduates", count_of(kGraduates));
    field(kPathway, "starting pay", pay());
    field(kPathway, "rate", type_of(Kind::percent));
    field(kPathway, "growth", type_of(Kind::percent));
    field(kPathway, "gap", type_of(Kind::points));
    field(kPathway, "started", type_of(Kind::date));
    field(kPathway, "planned year", type_of(Kind::year, kProgramYear));
    field(kPathway, "notice", count_of(kDays));
    field(kPathway, "request", type_of(Kind::choice, kRequest));
    field(kPathway, "grade", type_of(Kind::choice, kGrade));
    field(kPathway, "apprenticeship", type_of(Kind::yes_no));
    field(kPathway, "agreement", type_of(Kind::yes_no));
    field(kPathway, "main occupation", soc_code());
    field(kPathway, "region", type_of(Kind::text));
    field(kPathway, "occupations", list_of(soc_code()));
    field(kPathway, "credentials", list_of(type_of(Kind::text)));
    field(kPathway, "groups served", list_of(type_of(Kind::choice, kGroup)));
    field(kPathway, "group size", count_of(kStudents), {each_choice(kGroup)});
    field(kPathway, "group rate", type_of(Kind::percent), {each_choice(kGroup)});
    field(kPathway, "yearly openings", count_of(kOpenings), {each_year()});
    field(kPathway, "good year", type_of(Kind::yes_no), {each_year()});
    field(kPathway, "yearly rate", type_of(Kind::percent), {each_year()});
    field(kPathway, "group completers", count_of(kStudents), {each_choice(kGroup), each_year()});
    field(kPathway, "courses", list_of(type_of(Kind::record, kCourse)));
    field(kPathway, "last decision", type_of(Kind::record, kLastDecision));
  }

  void course() {
    record("course");
    field(kCourse, "credits", count_of(kStudents));
    field(kCourse, "level", type_of(Kind::choice, kGrade));
    field(kCourse, "active", type_of(Kind::yes_no));
    field(kCourse, "taught occupation", soc_code());
    field(kCourse, "yearly seats", count_of(kStudents), {each_year()});
  }

  void last_decision() {
    record("last decision");
    field(kLastDecision, "result", type_of(Kind::choice, kOutcome));
    field(kLastDecision, "plan year", type_of(Kind::year, kProgramYear));
    field(kLastDecision, "decided", type_of(Kind::date));
    field(kLastDecision, "size", count_of(kStudents));
  }

  void source(std::string const& name, std::vector<std::pair<std::string, Type>> const& keys,
              std::vector<std::pair<std::string, Type>> const& columns) {
    Source out;
    out.name = out.shown = name;
    for (auto const& [key, type] : keys) out.keys.push_back({key, key, type, key, ""});
    for (auto const& [column, type] : columns) {
      SourceColumn made;
      made.name = made.shown = made.column = column;
      made.quantity.type = type;
      bool const number = vocabulary::is_numeric(type);
      made.may_be_negative = number && random_.chance(20);
      if (number && random_.chance(15)) {
        made.lowest = made.may_be_negative ? -3 : 0;
        made.highest = 150'000'000;
      }
      out.columns.push_back(std::move(made));
    }
    words_.sources.push_back(std::move(out));
  }

  void sources() {
    auto const code = soc_code();
    auto const text = type_of(Kind::text);
    source("wages", {{"occupation", code}, {"region", text}},
           {{"median wage", pay()},
            {"annual openings", count_of(kOpenings)},
            {"outlook", type_of(Kind::percent)},
            {"bright", type_of(Kind::yes_no)},
            {"education", type_of(Kind::choice, kGrade)}});
    source("living wages", {{"region", text}}, {{"living wage", pay()}, {"graduating", count_of(kStudents)}});
    source("in demand", {{"occupation", code}}, {});
    if (random_.chance(50)) words_.sources.back().untold = {{"state", false, {"cannot be told"}}};
    source("priority", {{"occupation", code}, {"credential", text}}, {});
    if (random_.chance(50)) words_.sources.back().untold = {{"state", false, {"cannot be told"}}};
    source("quotas", {{"grade", type_of(Kind::choice, kGrade)}}, {{"quota", count_of(kOpenings)}});
    source("history", {{"region", text}, {"program year", type_of(Kind::year, kProgramYear)}},
           {{"past openings", count_of(kOpenings)}, {"closed on", type_of(Kind::date)}});
    source("all codes", {{"occupation", code}}, {});
    words_.sources.back().lists_all = code;
    source("editions", {{"old occupation", soc_code(2010)}, {"occupation", code}}, {});
    source("line items", {{"occupation", code}},
           {{"median pay", pay()},
            {"openings a year", count_of(kOpenings)},
            {"change", type_of(Kind::percent)},
            {"typical education", type_of(Kind::choice, kGrade)}});
  }

  Random& random_;
  Vocabulary words_;
};

}  // namespace

Vocabulary make_words(Random& random) { return Maker(random).make(); }

std::uint32_t position_of(Vocabulary const& words, std::string const& field) {
  auto const& fields = words.records[kPathway].fields;
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    if (words.fields[fields[i]].name == field) return i;
  }
  throw std::logic_error("no field " + field);
}

std::vector<std::string> const& occupations() {
  static std::vector<std::string> const pool = {"11-1021", "15-1212", "15-1252", "29-1141", "47-2111"};
  return pool;
}
std::vector<std::string> const& regions() {
  static std::vector<std::string> const pool = {"Essex County", "Hudson County", "Bergen County"};
  return pool;
}
std::vector<std::string> const& credentials() {
  static std::vector<std::string> const pool = {"CompTIA A+", "CNA", "NCCER Core"};
  return pool;
}

namespace {

values::Steps some_number(Type const& type, Random& random) {
  static std::vector<values::Steps> const percents = {0,          1'000'000,  25'000'000,  33'333'333,  50'000'000,
                                                      75'000'000, 80'000'000, 100'000'000, 120'000'000, 150'000'000};
  if (type.kind == Kind::percent || type.kind == Kind::points) return random.pick(percents);
  if (random.chance(2) && !(type == count_of(kDays))) return 999'999'999'900 + random.between(0, 99);
  auto const unit = type.kind == Kind::money ? 100 : type == count_of(kGraduates) ? 5 : 1;
  return unit * random.between(0, 12);
}

values::Date some_date(Random& random) {
  static std::vector<std::pair<unsigned, unsigned>> const days = {{1, 1}, {6, 30}, {7, 1}, {12, 31}, {3, 31}, {2, 28}};
  auto const [month, day] = random.pick(days);
  return values::date_of(static_cast<int>(random.between(2018, 2027)), month, day);
}

}  // namespace

values::Steps some_steps(Type const& type, bool may_be_negative, Vocabulary const& words, Random& random) {
  switch (type.kind) {
    case Kind::choice: return static_cast<values::Steps>(random.below(words.choices[type.which].entries.size()));
    case Kind::yes_no: return random.between(0, 1);
    case Kind::date: return some_date(random).days;
    case Kind::year: return random.between(2017, 2026);
    default: break;
  }
  auto const number = some_number(type, random);
  return may_be_negative && random.chance(30) ? -number : number;
}

std::string const& some_text(Type const& type, std::string const& name, Random& random) {
  if (type.kind == Kind::code) return random.pick(occupations());
  return random.pick(name.find("region") != std::string::npos ? regions() : credentials());
}

}  // namespace waymark::property
