// Making programs, evidence and cases by hand.
#include "tests/review/world.hpp"

#include <algorithm>

#include "engine/cases/columns.hpp"

namespace waymark::review {

using check::kNone;

namespace {

Type plain(Kind kind) {
  Type type;
  type.kind = kind;
  return type;
}

std::string text(values::Ratio r) {
  if (!is_finite(r)) return "";
  if (r.numerator % r.denominator == 0) return values::write_decimal(r.numerator / r.denominator, 0, 0, false);
  auto divisor = r.denominator;
  auto rest = static_cast<Steps>(r.numerator < 0 ? -r.numerator : r.numerator);
  while (rest != 0) {
    auto const next = divisor % rest;
    divisor = rest;
    rest = next;
  }
  return values::write_decimal(r.numerator / divisor, 0, 0, false) + "/" + std::to_string(r.denominator / divisor);
}

}  // namespace

Type count_type() { return plain(Kind::count); }
Type money_type() { return plain(Kind::money); }
Type percent_type() { return plain(Kind::percent); }
Type points_type() { return plain(Kind::points); }
Type date_type() { return plain(Kind::date); }
Type year_type() { return plain(Kind::year); }
Type text_type() { return plain(Kind::text); }
Type yes_no_type() { return plain(Kind::yes_no); }
Type soc_type(std::uint16_t edition) {
  auto type = plain(Kind::code);
  type.edition = edition;
  return type;
}
Type cip_type() {
  auto type = plain(Kind::code);
  type.system = values::CodeSystem::cip;
  return type;
}
Type list_of(Type type) {
  type.list = true;
  return type;
}

Steps day(char const* date) { return values::read_date(date)->days; }

Datum exactly(Steps steps) { return {steps, steps, Known::exactly}; }
Datum between(Steps lowest, Steps highest) { return {lowest, highest, Known::bounded}; }
Datum at_least(Steps lowest) { return {lowest, values::kNoHighest, Known::bounded}; }
Datum missing(Known why) { return {values::kNoLowest, values::kNoHighest, why}; }

World::World() {
  auto& words = program.vocabulary;
  words.units.push_back({"things", "thing", 0});
  words.calendar.years.push_back({"program year", 7, 1});
  words.records.emplace_back();
  program.from = values::date_of(2000, 1, 1);
}

// --- Vocabulary ---------------------------------------------------------------------------------------------------

Type World::choice(std::string const& name, std::vector<std::string> const& entries) {
  vocabulary::Choice choice;
  choice.name = choice.shown = name;
  for (auto const& entry : entries) choice.entries.push_back({entry, entry, entry, false, false});
  program.vocabulary.choices.push_back(choice);
  auto type = plain(Kind::choice);
  type.which = static_cast<std::uint16_t>(program.vocabulary.choices.size() - 1);
  return type;
}

vocabulary::FieldId World::add_field(vocabulary::Field field, std::vector<vocabulary::FieldId>& to) {
  field.shown = field.name;
  field.path = {field.name};
  program.vocabulary.fields.push_back(std::move(field));
  to.push_back(static_cast<vocabulary::FieldId>(program.vocabulary.fields.size() - 1));
  return to.back();
}

ValueId World::fact(std::string const& name, Type type) { return fact_each(name, type, {}); }

ValueId World::fact_each(std::string const& name, Type type, std::vector<vocabulary::Dimension> each) {
  vocabulary::Field made;
  made.name = name;
  made.quantity.type = type;
  made.each = std::move(each);
  auto& fields = program.vocabulary.records[0].fields;
  auto const id = add_field(std::move(made), fields);
  return add(check::Fact{{kNone, static_cast<std::uint32_t>(fields.size() - 1), id}}, type, false, name);
}

std::uint32_t World::position(std::string const& name) const {
  auto const& fields = program.vocabulary.records[0].fields;
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    if (program.vocabulary.fields[fields[i]].name == name) return i;
  }
  WAYMARK_CHECK(false, "a test names a field that it has not made");
  return kNone;
}

vocabulary::Field& World::field(std::string const& name) {
  return program.vocabulary.fields[program.vocabulary.records[0].fields[position(name)]];
}

std::uint32_t World::nested(std::string const& name, bool list,
                            std::vector<std::pair<std::string, Type>> const& fields) {
  vocabulary::Record record;
  record.name = record.shown = name;
  for (auto const& [inner, type] : fields) {
    vocabulary::Field made;
    made.name = inner;
    made.quantity.type = type;
    add_field(std::move(made), record.fields);
  }
  program.vocabulary.records.push_back(std::move(record));
  auto type = plain(Kind::record);
  type.list = list;
  type.which = static_cast<std::uint16_t>(program.vocabulary.records.size() - 1);
  fact(name, type);
  return position(name);
}

ValueId World::nested_fact(std::string const& outer, std::string const& name) {
  auto const type = field(outer).quantity.type;
  auto const& fields = program.vocabulary.records[type.which].fields;
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    auto const& inner = program.vocabulary.fields[fields[i]];
    if (inner.name == name) return add(check::Fact{{position(outer), i, fields[i]}}, inner.quantity.type, false, name);
  }
  WAYMARK_CHECK(false, "a test names a nested field that it has not made");
  return kNone;
}

check::ListUse World::list_fact(std::string const& name) const {
  check::ListUse use;
  use.fact = {kNone, position(name), program.vocabulary.records[0].fields[position(name)]};
  return use;
}

vocabulary::SourceId World::source(std::string const& name, std::vector<Type> const& keys,
                                   std::vector<Type> const& columns) {
  vocabulary::Source made;
  made.name = made.shown = name;
  for (auto const& key : keys) made.keys.push_back({"key", "key", key, "key", ""});
  for (auto const& type : columns) {
    vocabulary::SourceColumn column;
    column.quantity.type = type;
    made.columns.push_back(std::move(column));
  }
  program.vocabulary.sources.push_back(std::move(made));
  auto const id = static_cast<vocabulary::SourceId>(program.vocabulary.sources.size() - 1);
  program.sources.push_back(id);
  evidence.releases.emplace_back();
  return id;
}

// --- Nodes --------------------------------------------------------------------------------------------------------

ValueId World::add(decltype(check::Value::node) node, Type type, bool ratio, std::string text) {
  check::Value value;
  value.node = std::move(node);
  value.type = type;
  value.ratio = ratio;
  value.text = std::move(text);
  program.values.push_back(std::move(value));
  return static_cast<ValueId>(program.values.size() - 1);
}

ConditionId World::add(decltype(check::Condition::node) node, std::string text) {
  check::Condition condition;
  condition.node = std::move(node);
  condition.text = std::move(text);
  program.conditions.push_back(std::move(condition));
  return static_cast<ConditionId>(program.conditions.size() - 1);
}

ValueId World::number(Steps steps, Type type) { return add(check::Constant{steps, ""}, type); }
ValueId World::word(std::string const& text, Type type) { return add(check::Constant{0, text}, type); }

RangeId World::range(check::Range::Of of, std::uint32_t which, std::uint32_t horizon) {
  for (RangeId id = 0; id < program.ranges.size(); ++id) {
    auto& range = program.ranges[id];
    if (range.of != of || range.which != which) continue;
    range.horizon = std::max(range.horizon, horizon);
    return id;
  }
  program.ranges.push_back({of, which, horizon, "member"});
  return static_cast<RangeId>(program.ranges.size() - 1);
}

RangeId World::years(std::uint32_t horizon) { return range(check::Range::Of::years, 0, horizon); }
RangeId World::members(std::string const& list_field) {
  return range(check::Range::Of::list_field, position(list_field));
}

ConditionId World::compare(check::Order order, ValueId left, ValueId right) {
  return add(check::Compare{order, left, right, 1, 1});
}
ConditionId World::is(ValueId subject, std::vector<ValueId> options, bool negated) {
  return add(check::Matches{subject, std::move(options), negated});
}
ConditionId World::holds(ValueId subject, bool negated) { return add(check::Holds{subject, negated}); }
ConditionId World::junction(grammar::Connective connective, std::vector<ConditionId> items, std::uint32_t count) {
  return add(check::Junction{connective, count, std::move(items)});
}
ConditionId World::quantified(grammar::Quantifier quantifier, RangeId range, ConditionId body, std::uint32_t count) {
  return add(check::Quantified{quantifier, count, range, body});
}

check::FigureId World::figure(Type type, std::vector<check::FigureCase> cases, std::vector<RangeId> each) {
  check::Figure made;
  made.name = made.shown = "figure " + std::to_string(program.figures.size());
  made.type = type;
  made.cases = std::move(cases);
  made.each = std::move(each);
  program.figures.push_back(std::move(made));
  return static_cast<check::FigureId>(program.figures.size() - 1);
}

check::FigureId World::yes_when(ConditionId condition, std::vector<RangeId> each) {
  auto const id = figure(yes_no_type(), {}, std::move(each));
  program.figures[id].yes_when = condition;
  return id;
}

ValueId World::figure_value(check::FigureId figure) {
  return add(check::FigureRef{figure}, program.figures[figure].type, program.figures[figure].ratio);
}

check::ThresholdId World::threshold(std::vector<check::ThresholdRow> rows, ValueId by) {
  check::Threshold made;
  made.name = made.shown = "threshold " + std::to_string(program.thresholds.size());
  made.rows = std::move(rows);
  made.by = by;
  program.thresholds.push_back(std::move(made));
  return static_cast<check::ThresholdId>(program.thresholds.size() - 1);
}

check::ThresholdRow World::row(char const* from, ValueId value) const {
  check::ThresholdRow out;
  out.from = *values::read_date(from);
  out.value = value;
  out.otherwise = true;
  return out;
}

ValueId World::threshold_value(check::ThresholdId threshold, Type type) {
  return add(check::ThresholdRef{threshold}, type);
}

CriterionId World::criterion(ConditionId test) {
  check::Criterion made;
  made.name = made.shown = "criterion " + std::to_string(program.criteria.size());
  made.test = test;
  program.criteria.push_back(std::move(made));
  return static_cast<CriterionId>(program.criteria.size() - 1);
}

check::GroupId World::group(std::vector<CriterionId> criteria) {
  check::Group made;
  made.criteria = std::move(criteria);
  program.groups.push_back(std::move(made));
  return static_cast<check::GroupId>(program.groups.size() - 1);
}

ConditionId World::group_count(check::GroupId group, grammar::Connective connective, grammar::State state,
                               std::uint32_t count) {
  return add(check::GroupCount{connective, count, group, state});
}

// --- Data ---------------------------------------------------------------------------------------------------------

std::uint32_t World::add_case() {
  if (batch.origins.empty()) batch = cases::empty_batch(0, program.vocabulary);
  cases::add_missing_row(batch.facts, program.vocabulary);
  batch.origins.push_back({"case " + std::to_string(batch.origins.size()), 0, ""});
  batch.waivers.emplace_back();
  dates.push_back(review_date);
  return static_cast<std::uint32_t>(batch.origins.size() - 1);
}

cases::FieldColumn& World::column(std::string const& name) {
  if (batch.origins.empty()) add_case();
  return batch.facts.fields[position(name)];
}

namespace {

void put(cases::FactColumn& values, std::size_t at, Datum datum) {
  values.lowest[at] = datum.lowest;
  values.highest[at] = datum.highest;
  values.known[at] = datum.known;
}

void insert(cases::FieldColumn& column, std::size_t slot, std::size_t at, Datum datum) {
  auto const place = static_cast<std::ptrdiff_t>(at);
  column.values.lowest.insert(column.values.lowest.begin() + place, datum.lowest);
  column.values.highest.insert(column.values.highest.begin() + place, datum.highest);
  column.values.known.insert(column.values.known.begin() + place, datum.known);
  for (auto i = slot + 1; i < column.offsets.size(); ++i) ++column.offsets[i];
}

}  // namespace

void World::set(std::string const& name, Datum datum, std::uint32_t case_index, std::uint32_t entry) {
  auto& to = column(name);
  put(to.values, case_index * cases::entries_of(field(name), program.vocabulary) + entry, datum);
}

void World::set_word(std::string const& name, std::string const& text, std::uint32_t case_index) {
  set(name, exactly(symbols.intern(text)), case_index);
}

void World::set_year(std::string const& name, int year, Datum datum, std::uint32_t case_index, std::uint32_t entry) {
  auto& to = column(name);
  auto const slot = case_index * cases::entries_of(field(name), program.vocabulary) + entry;
  auto const begin = to.years.begin() + to.offsets[slot];
  auto const place = std::lower_bound(begin, to.years.begin() + to.offsets[slot + 1], year);
  auto const at = static_cast<std::size_t>(place - to.years.begin());
  to.years.insert(place, year);
  insert(to, slot, at, datum);
}

void World::set_list(std::string const& name, std::vector<Datum> const& members, std::uint32_t case_index) {
  auto& to = column(name);
  to.list_known[case_index] = Known::exactly;
  for (auto const& member : members) insert(to, case_index, to.offsets[case_index + 1], member);
}

void World::set_words(std::string const& name, std::vector<std::string> const& members, std::uint32_t case_index) {
  std::vector<Datum> data;
  for (auto const& member : members) data.push_back(exactly(symbols.intern(member)));
  set_list(name, data, case_index);
}

void World::set_members(std::string const& list, std::vector<std::vector<Datum>> const& members) {
  auto& to = column(list);
  to.list_known.back() = Known::exactly;
  auto& rows = to.members.front();
  for (auto const& member : members) {
    cases::add_missing_row(rows, program.vocabulary);
    for (std::size_t i = 0; i < member.size(); ++i) put(rows.fields[i].values, rows.rows - 1, member[i]);
  }
  if (!to.offsets.empty()) to.offsets.back() = static_cast<std::uint32_t>(rows.rows);
}

evidence::Release& World::release(vocabulary::SourceId source,
                                  std::vector<std::pair<std::vector<std::string>, std::vector<Datum>>> const& rows,
                                  std::optional<values::Date> released) {
  auto const& of = program.vocabulary.sources[source];
  auto& made = evidence.releases[source].emplace_back();
  made.source = source;
  made.entry.released = released;
  made.table.rows = rows.size();
  made.table.keys.resize(of.keys.size());
  made.table.columns.resize(of.columns.size());
  made.table.titles.resize(of.keys.size());
  for (auto const& [keys, cells] : rows) {
    for (std::size_t i = 0; i < keys.size(); ++i) made.table.keys[i].push_back(symbols.intern(keys[i]));
    for (std::size_t i = 0; i < cells.size(); ++i) {
      made.table.columns[i].lowest.push_back(cells[i].lowest);
      made.table.columns[i].highest.push_back(cells[i].highest);
      made.table.columns[i].known.push_back(cells[i].known);
    }
  }
  made.table.index();
  return made;
}

// --- Answers ------------------------------------------------------------------------------------------------------

Run& World::run() {
  if (program.reviews_record && batch.origins.empty()) add_case();
  run_.reset();
  plan_ = std::make_unique<Plan>(program, evidence, symbols);
  auto const* of = program.reviews_record ? &batch : nullptr;
  auto const on = program.reviews_record ? dates : std::vector<values::Date>{review_date};
  run_ = std::make_unique<Run>(*plan_, symbols, of, on, with_stated ? &stated : nullptr);
  return *run_;
}

values::Truth World::truth(ConditionId condition, std::uint32_t case_index) {
  return run().truth(condition, {0, case_index});
}
Seen World::seen(ValueId value, std::uint32_t case_index) { return run().value(value, {0, case_index}); }
Outcome World::outcome(std::uint32_t case_index) { return run().outcomes()[case_index]; }

std::string text(Seen const& seen) {
  if (!seen.may_apply) return "-";
  auto const low = text(seen.lowest);
  auto const high = text(seen.highest);
  bool const same = is_finite(seen.lowest) && compare(seen.lowest, seen.highest) == 0;
  auto const bounds = same ? low : low.empty() && high.empty() ? "?" : low + ".." + high;
  return seen.may_not_apply ? bounds + " or -" : bounds;
}

}  // namespace waymark::review
