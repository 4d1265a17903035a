// The blocks of a random Program, each resting on those before it.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tests/property/policy_maker.hpp"

namespace waymark::property {

using check::kNone;
using check::Range;

PolicyMaker::PolicyMaker(vocabulary::Vocabulary const& words, Taste taste, Random& random)
    : words_(words), taste_(taste), random_(random) {}

check::Program some_program(vocabulary::Vocabulary const& words, Taste taste, Random& random) {
  return PolicyMaker(words, taste, random).make();
}

// --- Shared -------------------------------------------------------------------------------------------------------

PolicyMaker::ValueId PolicyMaker::add(decltype(check::Value::node) node, Type const& type, bool ratio,
                                      std::string text) {
  check::Value made;
  made.node = std::move(node);
  made.type = type;
  made.ratio = ratio;
  made.text = std::move(text);
  program_.values.push_back(std::move(made));
  return static_cast<ValueId>(program_.values.size() - 1);
}

PolicyMaker::ConditionId PolicyMaker::add(decltype(check::Condition::node) node, std::string text) {
  check::Condition made;
  made.node = std::move(node);
  made.text = std::move(text);
  program_.conditions.push_back(std::move(made));
  return static_cast<ConditionId>(program_.conditions.size() - 1);
}

PolicyMaker::RangeId PolicyMaker::range(Range::Of of, std::uint32_t which) {
  auto& ranges = program_.ranges;
  for (RangeId id = 0; id < ranges.size(); ++id) {
    if (ranges[id].of == of && ranges[id].which == which) return id;
  }
  ranges.push_back({of, which, 0, fmt::format("member of {} {}", static_cast<int>(of), which)});
  return static_cast<RangeId>(ranges.size() - 1);
}

PolicyMaker::RangeId PolicyMaker::years() { return range(Range::Of::years, kProgramYear); }

void PolicyMaker::look_back(std::uint32_t count) {
  auto& horizon = program_.ranges[years()].horizon;
  horizon = std::max(horizon, count);
}

bool PolicyMaker::has_years(Around const& around) const {
  return std::any_of(around.ranges.begin(), around.ranges.end(),
                     [&](RangeId id) { return program_.ranges[id].of == Range::Of::years; });
}

std::vector<PolicyMaker::RangeId> PolicyMaker::list_ranges() {
  std::vector<RangeId> out = {range(Range::Of::choice, kGroup),
                              range(Range::Of::choice, kGroup),
                              range(Range::Of::list_field, position_of(words_, "occupations")),
                              range(Range::Of::list_field, position_of(words_, "courses")),
                              range(Range::Of::list_field, position_of(words_, "courses")),
                              range(Range::Of::list_field, position_of(words_, "credentials")),
                              range(Range::Of::list_field, position_of(words_, "groups served")),
                              range(Range::Of::source_list, kInDemand)};
  for (check::ListId id = 0; id < program_.lists.size(); ++id) out.push_back(range(Range::Of::list, id));
  for (check::FigureId id = 0; id < program_.figures.size(); ++id) {
    for (int weight = 0; program_.figures[id].type.list && weight < 3; ++weight) {
      out.push_back(range(Range::Of::figure, id));
    }
  }
  return out;
}

Around PolicyMaker::inside(Around around, RangeId range) const {
  around.ranges.push_back(range);
  return around;
}

bool PolicyMaker::given(std::vector<RangeId> const& each, Around const& around) const {
  return std::all_of(each.begin(), each.end(), [&](RangeId id) {
    return std::find(around.ranges.begin(), around.ranges.end(), id) != around.ranges.end();
  });
}

// --- Thresholds ---------------------------------------------------------------------------------------------------

void PolicyMaker::threshold_rows(check::Threshold& made, Around const& around, bool same_for_all_cases) {
  auto const row = [&](values::Date from) {
    check::ThresholdRow out;
    out.from = from;
    if (same_for_all_cases || random_.chance(50)) {
      out.value = constant(made.type);
    } else {
      out.value = value(made.type, around, 2, true);
    }
    made.ratio = made.ratio || is_ratio(out.value);
    return out;
  };
  auto const rows_of_class = [&](auto const& mark) {
    auto from = values::date_of(2000, 1, 1);
    for (auto count = 1 + random_.below(3); count != 0; --count) {
      made.rows.push_back(row(from));
      mark(made.rows.back());
      from = values::add_days(std::max(from, values::date_of(2019, 6, 30)), random_.between(1, 900));
      // Often the first day of a program year, which windows and review dates meet to the day.
      auto const& kind = words_.calendar.years[kProgramYear];
      if (random_.chance(60)) from = values::first_day(values::year_of(from, kind) + 1, kind);
    }
    auto& last = made.rows.back();
    if (thresholds_end_ && random_.chance(30)) {
      last.through = values::add_days(std::max(last.from, values::date_of(2019, 6, 30)), random_.between(0, 2500));
    }
  };
  if (made.by != kNone && program_.values[made.by].type.kind == Kind::choice) {
    for (std::uint32_t entry = 0; entry < 2; ++entry) {
      if (random_.chance(60)) rows_of_class([&](check::ThresholdRow& out) { out.entry = entry; });
    }
  } else if (made.by != kNone && vocabulary::is_numeric(program_.values[made.by].type)) {
    auto const& type = program_.values[made.by].type;
    std::set<values::Steps> ends;
    for (auto count = 1 + random_.below(2); count != 0; --count) ends.insert(some_steps(type, true, words_, random_));
    auto lowest = random_.chance(70) ? values::kNoLowest : *ends.begin() - 1;
    for (auto const highest : ends) {
      check::Step const step{lowest, highest};
      lowest = highest + 1;
      if (random_.chance(80)) rows_of_class([&](check::ThresholdRow& out) { out.step = step; });
    }
    check::Step const last{lowest, values::kNoHighest};
    if (random_.chance(80)) rows_of_class([&](check::ThresholdRow& out) { out.step = last; });
  } else if (made.by != kNone) {
    for (auto const& region : regions()) {
      if (random_.chance(50)) rows_of_class([&](check::ThresholdRow& out) { out.text = region; });
    }
  }
  bool const for_all = made.by == kNone || !thresholds_end_ || random_.chance(80);
  if (for_all || made.rows.empty()) rows_of_class([&](check::ThresholdRow& out) { out.otherwise = made.by != kNone; });
  if (random_.chance(50)) random_.shuffle(made.rows);
}

void PolicyMaker::threshold(bool same_for_all_cases) {
  check::Threshold made;
  made.type = random_.pick(numeric_types());
  if (random_.chance(10)) made.type = type_of(Kind::date);
  if (random_.chance(8)) made.type = type_of(Kind::choice, kGrade);
  Around around;
  if (!same_for_all_cases && random_.chance(20)) made.each = around.ranges = {years()};
  if (!same_for_all_cases && random_.chance(50)) {
    static std::vector<Type> const classes = {type_of(Kind::choice, kRequest),
                                              type_of(Kind::choice, kGrade),
                                              type_of(Kind::text),
                                              count_of(kStudents),
                                              type_of(Kind::percent),
                                              pay()};
    made.by = value(random_.pick(classes), {}, 0, false);
  }
  if (!same_for_all_cases && random_.chance(25)) {
    made.dated_by = value(random_.chance(70) ? type_of(Kind::date) : type_of(Kind::year, kProgramYear), {}, 1, false);
  }
  threshold_rows(made, around, same_for_all_cases);
  made.name = made.shown = fmt::format("threshold {}", program_.thresholds.size());
  for (check::WaiverId id = 0; !same_for_all_cases && id < program_.waivers.size(); ++id) {
    auto& waiver = program_.waivers[id];
    if (made.type.kind == Kind::choice || waiver.threshold != kNone || !random_.chance(50)) continue;
    waiver.threshold = static_cast<check::ThresholdId>(program_.thresholds.size());
    made.waived_by.push_back(id);
  }
  program_.thresholds.push_back(std::move(made));
  same_for_all_cases_.push_back(same_for_all_cases);
}

// --- Figures ------------------------------------------------------------------------------------------------------

std::vector<PolicyMaker::RangeId> PolicyMaker::some_each() {
  std::vector<RangeId> out;
  if (random_.chance(35)) {
    auto const ranges = list_ranges();
    out.push_back(random_.pick(ranges));
  }
  if (random_.chance(35)) out.push_back(years());
  return out;
}

// Lookups in one Source, with another value for where its release has no row.
void PolicyMaker::fallback(check::Figure& made, Around const& around) {
  vocabulary::SourceId const source = random_.chance(50) ? kWages : kLivingWages;
  auto const& column = words_.sources[source].columns[random_.below(2)];
  made.type = column.quantity.type;
  bool const total = random_.chance(50);
  auto const position = static_cast<std::uint32_t>(&column - words_.sources[source].columns.data());
  auto const first =
      lookup(source, position, total ? grammar::Aggregate::total : grammar::Aggregate::none, made.type, around, 0);
  made.cases = {{kNone, first}};
  auto const other = simple(made.type, around);
  made.fallback = check::Figure::Fallback{random_.chance(65), source, other};
  program_.has_fallbacks = true;
}

void PolicyMaker::value_figure(check::Figure& made, Around const& around) {
  if (taste_.incomplete_facts && random_.chance(35)) return fallback(made, around);
  made.type = random_.chance(80)   ? random_.pick(numeric_types())
              : random_.chance(60) ? type_of(Kind::date)
                                   : type_of(Kind::year, kProgramYear);
  auto const by_cases = random_.chance(30) ? 1 + random_.below(2) : 0;
  for (std::size_t i = 0; i < by_cases; ++i) {
    auto const when = condition(around, 1);
    made.cases.push_back({when, value(made.type, around, 2, true)});
  }
  made.cases.push_back({kNone, value(made.type, around, 3, true)});
  for (auto const& each : made.cases) made.ratio = made.ratio || is_ratio(each.value);
}

void PolicyMaker::figure() {
  if (random_.chance(20)) return list_figure();
  check::Figure made;
  made.each = some_each();
  Around around;
  around.ranges = made.each;
  if (random_.chance(35)) {
    made.type = type_of(Kind::yes_no);
    made.yes_when = condition(around, 2);
  } else {
    value_figure(made, around);
  }
  if (random_.chance(25)) made.exempt = condition(around, 1);
  made.name = made.shown = fmt::format("figure {}", program_.figures.size());
  program_.figures.push_back(std::move(made));
}

// --- Lists, criteria, groups --------------------------------------------------------------------------------------

// Few places for few members, so that ties at the border are common.
check::Ranking PolicyMaker::ranking(Around const& around) {
  check::Ranking made;
  made.highest = random_.chance(60);
  auto const places = random_.chance(75) ? count_of(kOpenings) : type_of(Kind::percent);
  bool const numeral = random_.chance(60);
  made.count = numeral && places.kind == Kind::count
                   ? add(check::Constant{random_.between(0, 4), ""}, places, false, "some places")
                   : whole(places, around, 1);
  made.by = value(random_.chance(80) ? random_.pick(numeric_types()) : type_of(Kind::date), around, 1, true);
  if (random_.chance(40)) made.stratum = value(type_of(Kind::choice, kGrade), around, 1, false);
  made.ties = static_cast<check::Ranking::Ties>(random_.below(3));
  return made;
}

void PolicyMaker::list() {
  check::List made;
  bool const of_list = !program_.lists.empty() && random_.chance(50);
  made.of = of_list ? static_cast<check::ListId>(random_.below(program_.lists.size())) : kNone;
  static std::vector<std::uint16_t> const sources = {kWages, kWages, kInDemand, kLineItems, kLineItems};
  made.source = of_list ? program_.lists[made.of].source : random_.pick(sources);
  made.key = 0;
  Around around;
  around.row = made.source;
  bool const one_row = words_.sources[made.source].keys.size() == 1;
  if (one_row && random_.chance(60)) made.ranking = ranking(around);
  if (!made.ranking || random_.chance(60)) made.on_it = condition(around, 2);
  if (random_.chance(40)) made.left_out.push_back(random_.pick(occupations()));
  made.member = soc_code();
  made.name = made.shown = fmt::format("list {}", program_.lists.size());
  program_.lists.push_back(std::move(made));
}

void PolicyMaker::criterion() {
  check::Criterion made;
  made.test = condition({}, 2);
  made.not_met_when = random_.chance(20);
  if (random_.chance(30)) made.exempt = condition({}, 1);
  if (taste_.incomplete_facts && !program_.waivers.empty() && random_.chance(35)) {
    made.waived = random_.chance(70) ? waiver_in_force() : condition({}, 1);
  }
  made.name = made.shown = made.data_key = fmt::format("criterion {}", program_.criteria.size());
  program_.criteria.push_back(std::move(made));
}

// Half of them say who may grant one, for how long, and how often it is extended.
void PolicyMaker::waiver() {
  check::Waiver made;
  made.name = made.shown = fmt::format("waiver {}", program_.waivers.size());
  if (random_.chance(50)) made.granted_by.push_back({"state board", "State Board"});
  if (random_.chance(30)) made.granted_by.push_back({"commissioner", "Commissioner"});
  if (random_.chance(50)) {
    check::Term term;
    term.unit = random_.pick(std::vector{values::TermUnit::days, values::TermUnit::months, values::TermUnit::years,
                                         values::TermUnit::year_kind});
    bool const short_unit = term.unit == values::TermUnit::days || term.unit == values::TermUnit::months;
    term.count = static_cast<std::uint32_t>(short_unit ? random_.between(1, 12) : 1);
    if (term.unit == values::TermUnit::days) term.count *= 30;
    made.lasts = term;
  }
  if (random_.chance(60)) made.extended = static_cast<std::uint32_t>(random_.between(0, 2));
  program_.waivers.push_back(std::move(made));
}

void PolicyMaker::group() {
  check::Group made;
  made.name = made.shown = fmt::format("group {}", program_.groups.size());
  for (check::CriterionId id = 0; id < program_.criteria.size(); ++id) {
    if (random_.chance(60)) made.criteria.push_back(id);
  }
  program_.groups.push_back(std::move(made));
}

// --- Decisions ----------------------------------------------------------------------------------------------------

std::optional<check::Term> PolicyMaker::some_term() {
  if (random_.chance(60)) return std::nullopt;
  check::Term out;
  out.over = random_.chance(30);
  out.count = static_cast<std::uint32_t>(random_.between(1, 2));
  out.unit = random_.chance(50) ? values::TermUnit::years : values::TermUnit::months;
  out.text = "a term";
  return out;
}

check::Row PolicyMaker::row(bool last) {
  check::Row out;
  out.needs_information = !last && random_.chance(12);
  out.outcome = static_cast<std::uint32_t>(random_.below(words_.choices[kOutcome].entries.size()));
  out.shown = words_.choices[kOutcome].entries[out.outcome].shown;
  if (out.needs_information) out.shown = "needs information";
  out.term = some_term();
  if (!last) out.when = condition({}, 2);
  if (random_.chance(15)) out.conditions.push_back({some_term(), random_.chance(50) ? "file a plan" : "file a report"});
  if (random_.chance(10)) out.recommends = "close it";
  if (random_.chance(12)) {
    check::Term after;
    after.over = true;
    after.count = static_cast<std::uint32_t>(random_.between(1, 2));
    after.unit = values::TermUnit::years;
    out.schedule.push_back({"last intake", after});
  }
  if (!out.needs_information && random_.chance(12)) {
    out.remembers.push_back({"level", "level", simple(type_of(Kind::choice, kGrade), {})});
  }
  return out;
}

check::Decision PolicyMaker::decision(ConditionId when) {
  check::Decision out;
  out.name = out.shown = fmt::format("decision {}", program_.decisions.size());
  out.when = when;
  for (auto count = random_.between(1, 4); count != 0; --count) out.rows.push_back(row(false));
  out.rows.push_back(row(true));
  return out;
}

// Decisions of a policy do not overlap: one for every request, or one for each of two requests and none for the third.
void PolicyMaker::decisions() {
  program_.outcomes = kOutcome;
  if (random_.chance(30)) {
    program_.decisions.push_back(decision(kNone));
    return;
  }
  auto const position = position_of(words_, "request");
  for (values::Steps entry = 0; entry < 2; ++entry) {
    auto const type = type_of(Kind::choice, kRequest);
    auto const subject = fact({kNone, position, words_.records[kPathway].fields[position]});
    auto const option = add(check::Constant{entry, ""}, type, false, fmt::format("{}", entry));
    auto const when = add(check::Matches{subject, {option}, false}, fmt::format("request is {}", entry));
    program_.decisions.push_back(decision(when));
  }
}

// Figures that have one value for a case; where there are any, the policy may do without Decisions.
void PolicyMaker::reports() {
  for (check::FigureId id = 0; id < program_.figures.size(); ++id) {
    auto const figure = program_.figures[id];
    if (!figure.each.empty() || !random_.chance(40)) continue;
    program_.reports.push_back(add(check::FigureRef{id}, figure.type, figure.ratio, figure.shown));
  }
  if (!program_.reports.empty() && random_.chance(30)) program_.decisions.clear();
}

check::Program PolicyMaker::make() {
  program_.title = "a random policy";
  program_.from = values::date_of(2020, 1, 1);
  program_.vocabulary = words_;
  program_.record = kPathway;
  program_.reviews = "pathway";
  for (vocabulary::SourceId id = 0; id < words_.sources.size(); ++id) program_.sources.push_back(id);
  // What a fault of a policy does to a case is no promise of theirs.
  thresholds_end_ = taste_.incomplete_facts && !taste_.lists_only && random_.chance(15);
  threshold(true);
  for (auto count = random_.between(taste_.lists_only ? 2 : 0, 3); count != 0; --count) list();
  program_.reviews_record = !taste_.lists_only;
  if (taste_.lists_only) return std::move(program_);
  for (auto count = random_.between(0, 2); count != 0 && taste_.incomplete_facts; --count) {
    waiver();
  }
  for (auto count = random_.between(2, 7); count != 0; --count) {
    if (random_.chance(40)) {
      threshold(false);
    } else {
      figure();
    }
  }
  for (auto count = random_.between(1, 5); count != 0; --count) criterion();
  for (auto count = random_.between(1, 2); count != 0; --count) group();
  for (auto count = random_.between(0, 2); count != 0; --count) figure();
  decisions();
  if (random_.chance(40)) reports();
  // A year's own aggregates look at up to three years before it.
  if (program_.ranges[years()].horizon != 0) look_back(program_.ranges[years()].horizon + 3);
  program_.decides_on_incomplete_facts = taste_.incomplete_facts;
  return std::move(program_);
}

}  // namespace waymark::property
