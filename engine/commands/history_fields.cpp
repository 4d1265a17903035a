// What was decided, as values of the fields that a policy reads.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "engine/cases/columns.hpp"
#include "engine/commands/facts_json.hpp"
#include "engine/commands/history.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using cases::FieldColumn;
using cases::Layout;
using ledger::Body;
using values::Known;
using vocabulary::Kind;

// The steps of a number in its unit, as facts_json writes it.
std::optional<values::Steps> steps_of(std::string const& text, std::uint32_t decimals) {
  values::Scale scale;
  for (std::uint32_t i = 0; i < decimals; ++i) scale.numerator *= 10;
  auto const read = values::read_decimal(text, scale);
  return read ? std::optional(*read) : std::nullopt;
}

// A recorded text as a value of a type; nothing where it is none.
std::optional<values::Steps> value_of(std::string const& text, vocabulary::Type const& type,
                                      vocabulary::Vocabulary const& vocabulary, values::Symbols& symbols) {
  switch (type.kind) {
    case Kind::date: {
      auto const date = values::read_date(text);
      return date ? std::optional<values::Steps>(date->days) : std::nullopt;
    }
    case Kind::year: {
      auto const year = values::read_year(text);
      return year ? std::optional<values::Steps>(*year) : std::nullopt;
    }
    case Kind::choice: {
      auto const entry = vocabulary.choices[type.which].find(text);
      return entry ? std::optional<values::Steps>(*entry) : std::nullopt;
    }
    case Kind::code:
    case Kind::text: return symbols.intern(text);
    case Kind::yes_no:
    case Kind::record: return std::nullopt;
    default: return steps_of(text, vocabulary.decimals(type));
  }
}

std::optional<values::Steps> yes_or_no(Body const& body, Body const& memory, std::string const& key) {
  auto const remembered = memory.raw(key);
  if (remembered == "true") return 1;
  if (remembered == "false") return 0;
  if (!remembered.empty()) return std::nullopt;
  auto const status = body.object("criteria").text(key).value_or("");
  if (status == "met" || status == "waived") return 1;
  if (status == "not met") return 0;
  auto const fact = body.object("facts").raw(key);
  if (fact == "true") return 1;
  if (fact == "false") return 0;
  return std::nullopt;
}

void set(cases::FactColumn& column, std::size_t row, values::Steps value) {
  column.lowest[row] = value;
  column.highest[row] = value;
  column.known[row] = Known::exactly;
}

}  // namespace

void History::put(cases::RecordColumns& columns, std::size_t row, Earlier const& from, values::Symbols& symbols) const {
  auto const& vocabulary = reviewer_.program().vocabulary;
  auto const& fields = vocabulary.records[columns.record].fields;
  auto const memory = from.body.object("remembers");
  for (std::size_t position = 0; position < fields.size(); ++position) {
    auto const& field = vocabulary.fields[fields[position]];
    if (cases::layout_of(field) != Layout::single) continue;
    auto const& type = field.quantity.type;
    auto const key = ascii_key(grammar::data_key(field.name));
    std::optional<values::Steps> value;
    bool const is_remembered = memory.has(key);
    if (is_remembered && from.is_overridden) continue;
    if (type.kind == Kind::yes_no) {
      value = yes_or_no(from.body, memory, key);
    } else {
      bool const own = key == "date" || key == "until" || key == "policy";
      auto const text = key == "outcome" ? std::optional(from.outcome)
                        : own            ? from.body.text(key)
                        : is_remembered  ? memory.text(key)
                                         : from.body.object("facts").text(key);
      if (text) value = value_of(*text, type, vocabulary, symbols);
    }
    if (value) set(columns.fields[position].values, row, *value);
  }
}

void History::note_stated(std::string_view field, cases::Origin const& origin) {
  auto& stated = stated_[std::string(field)];
  if (++stated.submissions == 1) stated.first = origin.id.empty() ? fmt::format("line {}", origin.line) : origin.id;
}

// All that submissions state is put away first, member by member: nothing of it may stand beside what is on record.
void History::put_last(cases::Batch& batch, std::vector<Found> const& all, values::Symbols& symbols) {
  auto const& vocabulary = reviewer_.program().vocabulary;
  auto& column = batch.facts.fields[*last_];
  auto members = cases::empty_batch(column.members.front().record, vocabulary).facts;
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    cases::add_missing_row(members, vocabulary);
    auto& presence = column.presence[i];
    auto const& earlier = all[i].earlier;
    if (!batch.origins[i].fault.empty()) continue;
    bool const agrees = presence == FieldColumn::Presence::none && earlier.empty();
    if (presence != FieldColumn::Presence::unknown && !agrees) note_stated(kLastDecision, batch.origins[i]);
    presence = earlier.empty() ? FieldColumn::Presence::none : FieldColumn::Presence::there;
    if (!earlier.empty()) put(members, i, earlier.front(), symbols);
  }
  column.members.front() = std::move(members);
}

// The members of a list stand one after the other over the whole batch, so that they are put down together.
void History::put_all(cases::Batch& batch, std::vector<Found> const& all, values::Symbols& symbols) {
  auto const& vocabulary = reviewer_.program().vocabulary;
  auto& column = batch.facts.fields[*list_];
  auto members = cases::empty_batch(column.members.front().record, vocabulary).facts;
  std::uint32_t stated_from = 0;
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    auto const stated_to = column.offsets[i + 1];
    if (batch.origins[i].fault.empty()) {
      bool const agrees = stated_from == stated_to && all[i].earlier.empty();
      if (column.list_known[i] != Known::not_submitted && !agrees) note_stated(kEarlierDecisions, batch.origins[i]);
      column.list_known[i] = Known::exactly;
      for (auto const& one : all[i].earlier) {
        cases::add_missing_row(members, vocabulary);
        put(members, members.rows - 1, one, symbols);
      }
    }
    stated_from = stated_to;
    column.offsets[i + 1] = static_cast<std::uint32_t>(members.rows);
  }
  column.members.front() = std::move(members);
}

}  // namespace waymark::commands
