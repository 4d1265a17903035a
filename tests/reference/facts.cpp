// What stands in the columns of a submission and of a release, one cell at a time.
#include <algorithm>

#include "tests/reference/interpreter.hpp"

namespace waymark::reference {

using check::Range;
using vocabulary::Kind;

/// A row of the columns of one record; no columns: nothing is known of it.
struct Interpreter::Cells {
  cases::RecordColumns const* columns = nullptr;
  std::uint32_t row = 0;
};

namespace {

Extent extent_of(cases::FactColumn const& column, std::size_t row) {
  return from_steps(column.lowest[row], column.highest[row]);
}

// The one surrounding range that a dimension of a field means.
Standing const& dimension(check::Program const& program, vocabulary::Dimension const& wanted, Place const& place) {
  auto const of = wanted.of == vocabulary::Dimension::Of::choice ? Range::Of::choice : Range::Of::years;
  for (auto standing = place.standings.rbegin(); standing != place.standings.rend(); ++standing) {
    auto const& range = program.ranges[standing->range];
    if (range.of == of && range.which == wanted.which) return *standing;
  }
  throw std::logic_error("a fact for each member of a range that does not surround it");
}

std::optional<std::size_t> whole_number(Extent const& extent) {
  if (!is_exact(extent)) return std::nullopt;
  return numerator(*extent.lowest).convert_to<std::size_t>();
}

}  // namespace

Extent Interpreter::declared_range(vocabulary::Field const& field) const {
  return from_steps(field.lowest.value_or(values::kNoLowest), field.highest.value_or(values::kNoHighest));
}

Interpreter::Cells Interpreter::record_of(check::FactRef const& ref, Place const& place) const {
  auto const& facts = world_.batch->facts;
  if (ref.outer == check::kNone) return {&facts, case_};
  auto const& outer = facts.fields[ref.outer];
  auto const& field = program_.vocabulary.fields[program_.vocabulary.records[program_.record].fields[ref.outer]];
  if (outer.members.empty()) return {};
  if (!field.quantity.type.list) return {&outer.members.front(), case_};
  for (auto const& standing : place.standings) {
    auto const& range = program_.ranges[standing.range];
    if (range.of != Range::Of::list_field || range.which != ref.outer) continue;
    return standing.row ? Cells{&outer.members.front(), *standing.row} : Cells{};
  }
  throw std::logic_error("a member's field outside of the members");
}

Extent Interpreter::fact(check::FactRef const& ref, Place const& place) const {
  auto const& field = program_.vocabulary.fields[ref.field];
  auto const cells = record_of(ref, place);
  if (cells.columns == nullptr) return declared_range(field);
  auto const& column = cells.columns->fields[ref.position];
  std::size_t index = cells.row;
  for (auto const& each : field.each) {
    auto const at = whole_number(dimension(program_, each, place).member);
    if (!at) return declared_range(field);
    if (each.of == vocabulary::Dimension::Of::choice) {
      index = index * program_.vocabulary.choices[each.which].entries.size() + *at;
      continue;
    }
    for (auto i = column.offsets[index]; i < column.offsets[index + 1]; ++i) {
      if (column.years[i] == static_cast<std::int64_t>(*at)) return extent_of(column.values, i);
    }
    return declared_range(field);
  }
  return submitted(field, extent_of(column.values, index));
}

evidence::Release const* Interpreter::release(vocabulary::SourceId source) const {
  evidence::Release const* newest = nullptr;
  if (source >= world_.evidence.releases.size()) return nullptr;
  for (auto const& release : world_.evidence.releases[source]) {
    if (!release.entry.released || *release.entry.released <= date_) newest = &release;
  }
  return newest;
}

// No release, or one of which rows were lost: that a key has no row says nothing.
bool Interpreter::lacks_rows(vocabulary::SourceId source) const {
  auto const* newest = release(source);
  return newest == nullptr || newest->table.rows_lost;
}

SourceRow const& Interpreter::row_of(vocabulary::SourceId source, Place const& place) const {
  for (auto const& row : place.rows) {
    if (row.source == source) return row;
  }
  throw std::logic_error("a column of a row where no row is looked at");
}

Extent Interpreter::cell(SourceRow const& row, std::uint32_t column) const {
  auto const& declared = program_.vocabulary.sources[row.source].columns[column];
  if (!row.row) {
    return from_steps(declared.lowest.value_or(values::kNoLowest), declared.highest.value_or(values::kNoHighest));
  }
  auto const& cells = release(row.source)->table.columns[column];
  return from_steps(cells.lowest[*row.row], cells.highest[*row.row]);
}

Extent Interpreter::key(SourceRow const& row, std::uint32_t key) const {
  if (!row.row) return unknown();
  return from_key(release(row.source)->table.keys[key][*row.row],
                  program_.vocabulary.sources[row.source].keys[key].type);
}

int Interpreter::running_year(vocabulary::YearKindId kind) const {
  return values::year_of(date_, program_.vocabulary.calendar.years[kind]);
}

Standing Interpreter::year_standing(check::RangeId range, int year) const {
  return {range, exactly(year), std::nullopt};
}

Members Interpreter::members_of_fact(check::FactRef const& ref, check::RangeId range, Place const& place) const {
  Members out;
  auto const cells = record_of(ref, place);
  if (cells.columns == nullptr || cells.columns->fields[ref.position].list_known[cells.row] != values::Known::exactly) {
    out.more = Standing{range, unknown(), std::nullopt};
    return out;
  }
  auto const& column = cells.columns->fields[ref.position];
  auto const& field = program_.vocabulary.fields[ref.field];
  bool const of_records = field.quantity.type.kind == Kind::record;
  for (auto i = column.offsets[cells.row]; i < column.offsets[cells.row + 1]; ++i) {
    out.known.push_back({{range, of_records ? exactly(i) : submitted(field, extent_of(column.values, i)), i}, false});
  }
  return out;
}

Members Interpreter::members_of_list(check::ListId list, check::RangeId range) const {
  Members out;
  auto const listed = this->list(list);
  if (!listed) {
    out.more = Standing{range, unknown(), std::nullopt};
    return out;
  }
  for (auto const& [member, truth] : *listed) {
    auto const named = from_key(member, program_.lists[list].member);
    if (truth != values::kNo) out.known.push_back({{range, named, std::nullopt}, truth != values::kYes});
  }
  if (lacks_rows(program_.lists[list].source)) out.more = Standing{range, unknown(), std::nullopt};
  return out;
}

Members Interpreter::members_of_source(vocabulary::SourceId source, check::RangeId range) const {
  Members out;
  auto const* newest = release(source);
  if (newest == nullptr) {
    out.more = Standing{range, unknown(), std::nullopt};
    return out;
  }
  auto const& table = newest->table;
  for (std::size_t row = 0; row < table.rows; ++row) {
    auto const named = from_key(table.keys.front()[row], program_.vocabulary.sources[source].keys.front().type);
    bool const may_be_absent = !table.untold.empty() && table.untold[row] != 0;
    out.known.push_back({{range, named, std::nullopt}, may_be_absent});
  }
  if (lacks_rows(source)) out.more = Standing{range, unknown(), std::nullopt};
  return out;
}

Members Interpreter::members(check::RangeId range, Place const& place) const {
  auto const& stated = program_.ranges[range];
  Members out;
  switch (stated.of) {
    case Range::Of::choice:
      for (std::size_t i = 0; i < program_.vocabulary.choices[stated.which].entries.size(); ++i) {
        out.known.push_back({{range, exactly(i), std::nullopt}, false});
      }
      return out;
    case Range::Of::years:
      for (std::uint32_t back = 1; back <= stated.horizon; ++back) {
        auto const year = running_year(static_cast<vocabulary::YearKindId>(stated.which)) - static_cast<int>(back);
        out.known.push_back({year_standing(range, year), false});
      }
      return out;
    case Range::Of::list_field: {
      auto const field = program_.vocabulary.records[program_.record].fields[stated.which];
      return members_of_fact({check::kNone, stated.which, field}, range, place);
    }
    case Range::Of::list: return members_of_list(stated.which, range);
    case Range::Of::figure: return members_of_figure(stated.which, range);
    case Range::Of::source_list: return members_of_source(static_cast<vocabulary::SourceId>(stated.which), range);
  }
  throw std::logic_error("a range that is none");
}

Members Interpreter::members_of(check::ListUse const& use, Place const& place) const {
  switch (use.of) {
    case check::ListUse::Of::fact: return members_of_fact(use.fact, check::kNone, place);
    case check::ListUse::Of::figure: return members_of_figure(use.which, check::kNone);
    case check::ListUse::Of::list: return members_of_list(use.which, check::kNone);
    case check::ListUse::Of::source:
      return members_of_source(static_cast<vocabulary::SourceId>(use.which), check::kNone);
  }
  throw std::logic_error("a list that is none");
}

Extent Interpreter::symbol(std::string const& text) const { return exactly(world_.symbols.intern(text)); }

// Keys of a table are texts: what is a number underneath is looked up by its words, and read from them.
Extent Interpreter::as_key(Extent const& extent, vocabulary::Type const& type) const {
  bool const in_text = type.kind == Kind::code || type.kind == Kind::text;
  bool const known = extent.may_apply && extent.lowest && extent.lowest == extent.highest;
  if (in_text || !extent.may_apply) return extent;
  auto out =
      known
          ? symbol(evidence::key_text(type, numerator(*extent.lowest).convert_to<values::Steps>(), program_.vocabulary))
          : unknown();
  out.may_not_apply = extent.may_not_apply;
  return out;
}

Extent Interpreter::from_key(values::Symbol symbol, vocabulary::Type const& type) const {
  auto const& text = world_.symbols.text(symbol);
  switch (type.kind) {
    case Kind::choice: return exactly(program_.vocabulary.choices[type.which].find(text).value());
    case Kind::year: return exactly(values::read_year(text).value());
    case Kind::date: return exactly(values::read_date(text).value().days);
    case Kind::yes_no: return exactly(text == "yes" ? 1 : 0);
    default: return exactly(symbol);
  }
}

}  // namespace waymark::reference
