// Every kind of node in one program.
#include "tests/review/rich_world.hpp"

#include <rapidcheck.h>

#include <algorithm>

namespace waymark::review {
namespace {

using check::kNone;
using grammar::Aggregate;
using grammar::Connective;
using grammar::Quantifier;
using grammar::State;

std::vector<std::string> const kCounts = {"openings", "enrollment", "completers"};
std::vector<std::string> const kYesNo = {"agreement", "exempt", "doubt"};
std::vector<std::string> const kCodes = {"15-1252", "15-1253", "11-1011", "29-1141"};
std::vector<std::string> const kRegions = {"Essex", "Hudson"};

struct Rich {
  World& world;
  bool incomplete;
  std::vector<ValueId> values;
  std::vector<ConditionId> conditions;

  ValueId whole(ValueId id) {
    values.push_back(id);
    return id;
  }
  ConditionId asks(ConditionId id) {
    conditions.push_back(id);
    return id;
  }
  ValueId count(decltype(check::Value::node) node, bool ratio = false) {
    return whole(world.add(std::move(node), count_type(), ratio));
  }
};

void facts(World& world) {
  auto const group = world.choice("student group", {"a", "b", "c"});
  auto const request = world.choice("request", {"new", "renewal", "change"});
  world.fact("request", request);
  for (auto const& name : kCounts) world.fact(name, count_type());
  world.field("enrollment").lowest = 0;
  for (auto const& name : kYesNo) world.fact(name, yes_no_type());
  world.fact("region", text_type());
  world.fact("since", date_type());
  world.fact("plan year", year_type());
  world.fact("code", soc_type());
  world.fact("codes", list_of(soc_type()));
  world.fact_each("size", count_type(), {{vocabulary::Dimension::Of::choice, group.which}});
  world.fact_each("demand", yes_no_type(), {{vocabulary::Dimension::Of::year, 0}});
  world.fact_each("graduates", count_type(), {{vocabulary::Dimension::Of::year, 0}});
  world.nested("courses", true, {{"credits", count_type()}});
  world.nested("last decision", false, {{"level", count_type()}});
}

ValueId fact(World& world, std::string const& name) {
  auto const use = world.list_fact(name);
  return world.add(check::Fact{use.fact}, world.field(name).quantity.type, false, name);
}

void arithmetic(Rich& rich) {
  auto& world = rich.world;
  auto const openings = rich.whole(fact(world, "openings"));
  auto const enrollment = rich.whole(fact(world, "enrollment"));
  auto const completers = rich.whole(fact(world, "completers"));
  auto const minus = rich.count(check::Sum{openings, enrollment, true});
  auto const share = rich.count(check::PercentOf{world.number(60'000'000, percent_type()), minus}, true);
  auto const rate = rich.whole(world.add(check::AsPercentOf{completers, enrollment}, percent_type(), true));
  auto const chosen = rich.count(check::Choose{true, share, completers}, true);
  auto const rounded = rich.count(check::Rounded{chosen, 5});
  auto const times = rich.count(check::Times{rounded, 3});
  rich.asks(world.at_least(times, openings));
  rich.asks(world.compare(check::Order::less_than, share, completers));
  rich.asks(world.at_least(rate, world.number(50'000'000, percent_type())));
  rich.asks(world.compare(check::Order::equal, minus, completers));
  auto const moved = world.add(
      check::DateShift{fact(world, "since"), world.number(1), values::TermUnit::years, 0, false}, date_type());
  rich.whole(moved);
  rich.asks(world.compare(check::Order::at_most, moved, world.add(check::ReviewDate{}, date_type())));
}

void classes(Rich& rich) {
  auto& world = rich.world;
  auto const request = fact(world, "request");
  auto const type = world.field("request").quantity.type;
  rich.asks(world.is(request, {world.number(0, type), world.number(2, type)}));
  rich.asks(world.is(request, {world.number(1, type)}, true));
  auto own = world.row("2000-01-01", world.number(7));
  own.otherwise = false;
  own.entry = 1;
  auto const id = world.threshold(
      {own, world.row("2000-01-01", world.number(4)), world.row("2026-01-01", world.number(9))}, request);
  auto const required = rich.whole(world.threshold_value(id));
  rich.asks(world.at_least(fact(world, "openings"), required));
  auto const agreement = rich.asks(world.holds(fact(world, "agreement")));
  auto const figure = world.figure(
      count_type(),
      {{agreement, fact(world, "openings")}, {rich.conditions.front(), world.number(2)}, {kNone, required}});
  world.program.figures[figure].exempt = world.holds(fact(world, "exempt"));
  auto const by_cases = rich.whole(world.figure_value(figure));
  rich.asks(world.at_least(by_cases, world.number(5)));
  rich.asks(world.add(check::Within{fact(world, "code"), world.word("15-0000", soc_type()), false}));
  rich.asks(world.add(check::InList{fact(world, "code"), world.list_fact("codes"), false}));
}

void lookups(Rich& rich) {
  auto& world = rich.world;
  auto const outlook = world.source("outlook", {soc_type(), text_type()}, {count_type(), count_type()});
  world.program.vocabulary.sources[outlook].columns[1].may_be_negative = true;
  auto const listed = world.source("listed", {soc_type()});
  std::vector<check::KeyBinding> const keys = {{kNone, world.list_fact("codes")},
                                               {fact(world, "region"), std::nullopt}};
  auto const cell = world.add(check::RowColumn{outlook, 0}, count_type());
  auto const large = world.at_least(cell, world.number(3));
  for (auto const aggregate : {Aggregate::total, Aggregate::number, Aggregate::highest, Aggregate::lowest,
                               Aggregate::average, Aggregate::median, Aggregate::percentile}) {
    for (std::uint32_t column = 0; column < 2; ++column) {
      bool const filtered = column == 1;
      auto const of = aggregate == Aggregate::number ? kNone : column;
      check::SourceLookup lookup{aggregate, false, outlook, of, keys, {}};
      if (filtered) lookup.where.push_back({0, large});
      auto const value = rich.count(lookup, aggregate == Aggregate::average);
      rich.asks(world.at_least(value, world.number(4)));
      lookup.complete = true;
      rich.count(lookup, aggregate == Aggregate::average);
    }
  }
  check::ListUse use;
  use.of = check::ListUse::Of::source;
  use.which = listed;
  rich.asks(world.add(check::InList{fact(world, "code"), use, true}));
  check::List list;
  list.source = outlook;
  list.member = soc_type();
  list.on_it = large;
  world.program.lists.push_back(list);
  check::ListUse of_list;
  of_list.of = check::ListUse::Of::list;
  rich.asks(world.add(check::InList{fact(world, "code"), of_list, false}));
  auto const range = world.range(check::Range::Of::list, 0);
  auto const member = world.add(check::Member{range}, soc_type());
  rich.asks(
      world.quantified(Quantifier::any, range, world.add(check::InList{member, world.list_fact("codes"), false})));
}

void members(Rich& rich) {
  auto& world = rich.world;
  auto const groups = world.range(check::Range::Of::choice, world.field("size").each.front().which);
  auto const large = world.at_least(fact(world, "size"), world.number(3));
  auto const figure = world.figure(
      count_type(), {{kNone, world.add(check::Sum{fact(world, "openings"), fact(world, "size"), true}, count_type())}},
      {groups});
  world.program.figures[figure].exempt = world.compare(check::Order::equal, fact(world, "size"), world.number(0));
  auto const gap = world.compare(check::Order::at_most, world.figure_value(figure), world.number(2));
  auto const codes = world.members("codes");
  auto const code = world.is(world.add(check::Member{codes}, soc_type()), {world.word("15-1252", soc_type())});
  auto const courses = world.members("courses");
  auto const credits = world.nested_fact("courses", "credits");
  auto const taught = world.at_least(credits, world.number(3));
  for (auto const quantifier : {Quantifier::any, Quantifier::every, Quantifier::at_least, Quantifier::more_than_half}) {
    rich.asks(world.quantified(quantifier, groups, large, 2));
    rich.asks(world.quantified(quantifier, groups, gap, 2));
    rich.asks(world.quantified(quantifier, codes, code, 1));
    rich.asks(world.quantified(quantifier, courses, taught, 1));
    rich.asks(world.quantified(
        quantifier, groups, world.quantified(quantifier, codes, world.junction(Connective::any, {large, code}), 1), 1));
  }
  rich.count(check::ListAggregate{Aggregate::total, false, courses, credits});
  rich.count(check::ListAggregate{Aggregate::number, false, codes, kNone});
  rich.count(check::ListAggregate{Aggregate::lowest, false, groups, world.figure_value(figure)});
}

void windows(Rich& rich) {
  auto& world = rich.world;
  auto const years = world.years(4);
  auto const demand = fact(world, "demand");
  auto const graduates = fact(world, "graduates");
  auto const steady = world.yes_when(world.holds(demand), {years});
  world.program.figures[steady].exempt = world.compare(check::Order::equal, graduates, world.number(0));
  auto const body = world.holds(world.figure_value(steady));
  auto const total = world.add(check::YearsAggregate{Aggregate::total, false, years, 2, graduates}, count_type());
  auto const enough =
      world.at_least(total, world.threshold_value(world.threshold(
                                {world.row("2000-01-01", world.number(5)), world.row("2025-01-01", world.number(8))})));
  for (auto const measured : {false, true}) {
    rich.asks(world.add(check::Windowed{0, 2, measured, 4, years, kNone, body}));
    rich.asks(world.add(check::Windowed{2, 3, measured, 4, years, kNone, body}));
    rich.asks(world.add(check::Windowed{1, 3, measured, 0, years, fact(world, "plan year"), body}));
    rich.asks(world.add(check::Windowed{1, 3, measured, 0, years, fact(world, "since"), enough}));
  }
  rich.whole(total);
  rich.count(check::InYear{graduates, years, fact(world, "plan year")});
  rich.asks(world.holds(
      world.add(check::InYear{world.figure_value(steady), years, world.add(check::RunningYear{0, -1}, year_type())},
                yes_no_type())));
  auto const present = world.add(check::Present{world.position("last decision")});
  rich.asks(world.junction(Connective::all,
                           {present, world.at_least(world.nested_fact("last decision", "level"), world.number(3))}));
}

void decisions(Rich& rich) {
  auto& world = rich.world;
  std::vector<CriterionId> criteria;
  auto const conditions = rich.conditions;
  for (auto const condition : conditions) {
    auto const id = world.criterion(condition);
    world.program.criteria[id].not_met_when = id % 3 == 1;
    if (id % 4 == 2) world.program.criteria[id].exempt = world.holds(fact(world, "exempt"));
    if (rich.incomplete && id % 5 == 2) world.program.criteria[id].waived = world.holds(fact(world, "doubt"));
    criteria.push_back(id);
  }
  auto const group = world.group(criteria);
  auto const few = world.group({criteria[0], criteria[3], criteria[6]});
  std::vector<State> states = {State::met, State::not_met};
  if (rich.incomplete)
    states.insert(states.end(), {State::found_met, State::found_not_met, State::cannot_be_told, State::waived});
  std::vector<ConditionId> asked;
  for (auto const state : states) {
    for (auto const of : {group, few}) {
      for (auto const connective : {Connective::all, Connective::any, Connective::none}) {
        asked.push_back(world.group_count(of, connective, state));
      }
      asked.push_back(world.group_count(of, Connective::at_least, state, 2));
    }
    asked.push_back(world.add(check::CriterionState{criteria[5], state}));
  }
  asked.push_back(world.junction(Connective::none, {asked[0], asked[3], conditions[2]}));
  asked.push_back(world.junction(Connective::at_least, {asked[1], asked[2], conditions[1]}, 2));
  auto const type = world.field("request").quantity.type;
  for (Steps entry = 0; entry < 2; ++entry) {
    check::Decision decision;
    decision.when = world.is(fact(world, "request"), {world.number(entry, type)});
    for (std::size_t i = 0; i < 4; ++i) {
      check::Row row;
      row.outcome = static_cast<std::uint32_t>(i % 3);
      row.when = i == 3 ? kNone : asked[(i * 5 + static_cast<std::size_t>(entry)) % asked.size()];
      decision.rows.push_back(row);
    }
    world.program.decisions.push_back(decision);
  }
}

Datum some_datum(Steps most) {
  auto const low = *rc::gen::inRange<Steps>(0, most + 1);
  switch (*rc::gen::inRange(0, 6)) {
    case 0: return missing();
    case 1: return between(low, *rc::gen::inRange<Steps>(low, most + 1));
    default: return exactly(low);
  }
}

Datum some_yes_no() { return *rc::gen::inRange(0, 3) == 0 ? missing() : exactly(*rc::gen::inRange<Steps>(0, 2)); }

template <class Item>
std::vector<Item> some_of(std::vector<Item> const& items) {
  std::vector<Item> out;
  for (auto const& item : items) {
    if (*rc::gen::arbitrary<bool>()) out.push_back(item);
  }
  return out;
}

}  // namespace

std::vector<ValueId> build_rich(World& world, bool incomplete) {
  Rich rich{world, incomplete, {}, {}};
  facts(world);
  arithmetic(rich);
  classes(rich);
  lookups(rich);
  members(rich);
  windows(rich);
  if (incomplete) {
    for (auto const value : rich.values) rich.asks(world.add(check::Untold{value}));
  }
  decisions(rich);
  return rich.values;
}

void add_case(World& world, CaseData const& data) {
  world.review_date = data.date;
  auto const at = world.add_case();
  for (auto const& [name, datum] : data.facts) world.set(name, datum, at);
  for (auto const& [name, entries] : data.by_entry) {
    for (std::uint32_t i = 0; i < entries.size(); ++i) world.set(name, entries[i], at, i);
  }
  for (auto const& [name, years] : data.by_year) {
    for (auto const& [year, datum] : years) world.set_year(name, year, datum, at);
  }
  for (auto const& [name, word] : data.words) world.set_word(name, word, at);
  for (auto const& [name, members] : data.lists) world.set_words(name, members, at);
  if (data.courses) world.set_members("courses", *data.courses);
  using Presence = cases::FieldColumn::Presence;
  auto& last = world.batch.facts.fields[world.position("last decision")];
  last.presence[at] = data.history == 0 ? Presence::unknown : data.history == 1 ? Presence::none : Presence::there;
  auto const level = data.facts.find("openings");
  if (data.history == 2 && level != data.facts.end()) {
    auto& column = last.members.front().fields.front().values;
    column.lowest[at] = level->second.lowest;
    column.highest[at] = level->second.highest;
  }
}

void add_evidence(World& world, EvidenceData const& data) {
  world.release(0, data.outlook);
  world.release(1, data.listed);
}

CaseData some_case() {
  CaseData out;
  for (auto const& name : kCounts) out.facts[name] = some_datum(9);
  for (auto const& name : kYesNo) out.facts[name] = some_yes_no();
  out.facts["request"] = *rc::gen::inRange(0, 4) == 0 ? missing() : exactly(*rc::gen::inRange<Steps>(0, 3));
  auto const since = *rc::gen::inRange<Steps>(day("2021-01-01"), day("2026-11-21"));
  out.facts["since"] = *rc::gen::arbitrary<bool>() ? exactly(since) : between(since, since + 800);
  out.facts["plan year"] = *rc::gen::inRange(0, 3) == 0 ? missing() : exactly(*rc::gen::inRange<Steps>(2020, 2027));
  for (int i = 0; i < 3; ++i) out.by_entry["size"].push_back(some_datum(4));
  for (int year = 2019; year < 2026; ++year) {
    if (*rc::gen::inRange(0, 4) != 0) out.by_year["demand"][year] = some_yes_no();
    if (*rc::gen::inRange(0, 4) != 0) out.by_year["graduates"][year] = some_datum(5);
  }
  if (*rc::gen::inRange(0, 4) != 0) out.lists["codes"] = some_of(kCodes);
  if (*rc::gen::arbitrary<bool>()) {
    out.courses.emplace();
    for (int n = *rc::gen::inRange(0, 3); n > 0; --n) out.courses->push_back({some_datum(5)});
  }
  if (*rc::gen::inRange(0, 4) != 0) out.words["region"] = *rc::gen::elementOf(kRegions);
  if (*rc::gen::inRange(0, 4) != 0) out.words["code"] = *rc::gen::elementOf(kCodes);
  out.history = *rc::gen::inRange(0, 3);
  out.date = *rc::gen::arbitrary<bool>() ? values::date_of(2026, 11, 21) : values::date_of(2025, 3, 1);
  return out;
}

EvidenceData some_evidence() {
  EvidenceData out;
  for (auto const& code : kCodes) {
    for (auto const& region : kRegions) {
      if (*rc::gen::inRange(0, 4) != 0) out.outlook.push_back({{code, region}, {some_datum(6), some_datum(6)}});
    }
    if (*rc::gen::arbitrary<bool>()) out.listed.push_back({{code}, {}});
  }
  return out;
}

std::optional<CaseData> narrowed(CaseData const& data) {
  std::vector<CaseData> ways;
  auto const exact = [](Datum const& datum) {
    auto const low = is_finite(values::ratio_of(datum.lowest)) ? datum.lowest : 0;
    auto const high = is_finite(values::ratio_of(datum.highest)) ? datum.highest : low + 9;
    return exactly(*rc::gen::inRange<Steps>(low, high + 1));
  };
  for (auto const& [name, datum] : data.facts) {
    if (datum.lowest == datum.highest) continue;
    bool const yes_no = std::find(kYesNo.begin(), kYesNo.end(), name) != kYesNo.end();
    ways.push_back(data);
    auto const given = exact(datum);
    ways.back().facts[name] = yes_no                ? exactly(given.lowest % 2)
                              : name == "request"   ? exactly(given.lowest % 3)
                              : name == "plan year" ? exactly(2020 + given.lowest % 7)
                                                    : given;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    if (data.by_entry.at("size")[i].lowest == data.by_entry.at("size")[i].highest) continue;
    ways.push_back(data);
    ways.back().by_entry["size"][i] = exact(data.by_entry.at("size")[i]);
  }
  for (int year = 2019; year < 2026; ++year) {
    auto const& years = data.by_year.count("demand") != 0 ? data.by_year.at("demand") : std::map<int, Datum>();
    auto const found = years.find(year);
    if (found != years.end() && found->second.lowest == found->second.highest) continue;
    ways.push_back(data);
    ways.back().by_year["demand"][year] = exactly(*rc::gen::inRange<Steps>(0, 2));
  }
  if (data.lists.count("codes") == 0) {
    ways.push_back(data);
    ways.back().lists["codes"] = some_of(kCodes);
  }
  if (!data.courses) {
    ways.push_back(data);
    ways.back().courses.emplace(1, std::vector<Datum>{some_datum(5)});
  }
  for (auto const* name : {"region", "code"}) {
    if (data.words.count(name) != 0) continue;
    ways.push_back(data);
    ways.back().words[name] = *rc::gen::elementOf(std::string(name) == "region" ? kRegions : kCodes);
  }
  if (data.history == 0) {
    ways.push_back(data);
    ways.back().history = *rc::gen::inRange(1, 3);
  }
  if (ways.empty()) return std::nullopt;
  return ways[*rc::gen::inRange<std::size_t>(0, ways.size())];
}

}  // namespace waymark::review
