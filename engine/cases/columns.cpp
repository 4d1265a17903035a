// Columns of a record: empty, one row longer, or some rows shorter. Every layout of a field is told apart here.
#include "engine/cases/columns.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace waymark::cases {
namespace {

using vocabulary::Field;
using vocabulary::Kind;
using vocabulary::Vocabulary;

// A record within itself has no end. The check of a vocabulary refuses it; this is the guard behind that.
constexpr int kDeepest = 64;

RecordColumns empty_columns(vocabulary::RecordId record, Vocabulary const& vocabulary, int depth) {
  WAYMARK_CHECK(depth < kDeepest, "a record that holds itself");
  RecordColumns out;
  out.record = record;
  for (auto const field_id : vocabulary.records[record].fields) {
    auto const& field = vocabulary.fields[field_id];
    auto& column = out.fields.emplace_back();
    auto const layout = layout_of(field);
    bool const ranges = layout == Layout::yearly || layout == Layout::list || layout == Layout::record_list;
    if (ranges) column.offsets.push_back(0);
    if (layout != Layout::record && layout != Layout::record_list) continue;
    column.members.push_back(empty_columns(field.quantity.type.which, vocabulary, depth + 1));
  }
  return out;
}

// By blocks, which are copied: `resize` adds one by one.
template <class Item>
void add_copies(std::vector<Item>& to, std::size_t count, Item item) {
  std::array<Item, 64> block;
  block.fill(item);
  for (; count >= block.size(); count -= block.size()) to.insert(to.end(), block.begin(), block.end());
  to.insert(to.end(), block.begin(), block.begin() + count);
}

void add_missing(FieldColumn& column, Field const& field, std::size_t rows, Vocabulary const& vocabulary) {
  auto const slots = rows * entries_of(field, vocabulary);
  switch (layout_of(field)) {
    case Layout::single:
    case Layout::per_choice: {
      auto const missing = missing_value(field);
      add_copies(column.values.lowest, slots, missing.lowest);
      add_copies(column.values.highest, slots, missing.highest);
      add_copies(column.values.known, slots, missing.known);
      break;
    }
    case Layout::yearly: column.offsets.resize(column.offsets.size() + slots, column.offsets.back()); break;
    case Layout::list:
    case Layout::record_list:
      column.offsets.resize(column.offsets.size() + rows, column.offsets.back());
      column.list_known.resize(column.list_known.size() + rows, values::Known::not_submitted);
      break;
    case Layout::record:
      column.presence.resize(column.presence.size() + rows, FieldColumn::Presence::unknown);
      add_missing_rows(column.members.front(), rows, vocabulary);
      break;
  }
}

void shorten(FactColumn& column, std::size_t size) {
  column.lowest.resize(size);
  column.highest.resize(size);
  column.known.resize(size);
}

void shorten(FieldColumn& column, std::size_t rows, Field const& field, Vocabulary const& vocabulary) {
  auto const entries = entries_of(field, vocabulary);
  switch (layout_of(field)) {
    case Layout::single:
    case Layout::per_choice: shorten(column.values, rows * entries); break;
    case Layout::yearly:
      column.offsets.resize(rows * entries + 1);
      column.years.resize(column.offsets.back());
      shorten(column.values, column.offsets.back());
      break;
    case Layout::list:
      column.offsets.resize(rows + 1);
      column.list_known.resize(rows);
      shorten(column.values, column.offsets.back());
      break;
    case Layout::record_list:
      column.offsets.resize(rows + 1);
      column.list_known.resize(rows);
      truncate(column.members.front(), column.offsets.back(), vocabulary);
      break;
    case Layout::record:
      column.presence.resize(rows);
      truncate(column.members.front(), rows, vocabulary);
      break;
  }
}

template <class Item>
void append(std::vector<Item>& to, std::vector<Item> const& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// Of values or members, of which there were `before`.
void append_offsets(std::vector<std::uint32_t>& to, std::vector<std::uint32_t> const& from, std::size_t before) {
  if (from.empty()) return;
  std::transform(from.begin() + 1, from.end(), std::back_inserter(to),
                 [&](std::uint32_t offset) { return static_cast<std::uint32_t>(before + offset); });
}

}  // namespace

void append(RecordColumns& to, RecordColumns const& from) {
  for (std::size_t i = 0; i < to.fields.size(); ++i) {
    auto& column = to.fields[i];
    auto const& further = from.fields[i];
    auto const members = column.members.empty() ? column.values.size() : column.members.front().rows;
    append_offsets(column.offsets, further.offsets, members);
    append(column.values.lowest, further.values.lowest);
    append(column.values.highest, further.values.highest);
    append(column.values.known, further.values.known);
    append(column.years, further.years);
    append(column.list_known, further.list_known);
    append(column.presence, further.presence);
    if (!column.members.empty()) append(column.members.front(), further.members.front());
  }
  to.rows += from.rows;
}

Layout layout_of(Field const& field) {
  auto const& type = field.quantity.type;
  if (type.kind == Kind::record) return type.list ? Layout::record_list : Layout::record;
  if (type.list) return Layout::list;
  if (field.each.empty()) return Layout::single;
  return field.each.back().of == vocabulary::Dimension::Of::year ? Layout::yearly : Layout::per_choice;
}

std::size_t entries_of(Field const& field, Vocabulary const& vocabulary) {
  if (field.each.empty() || field.each.front().of != vocabulary::Dimension::Of::choice) return 1;
  return vocabulary.choices[field.each.front().which].entries.size();
}

Value missing_value(Field const& field, values::Known why) {
  return {field.lowest.value_or(values::kNoLowest), field.highest.value_or(values::kNoHighest), why};
}

Batch empty_batch(vocabulary::RecordId record, Vocabulary const& vocabulary) {
  Batch out;
  out.facts = empty_columns(record, vocabulary, 0);
  return out;
}

void add_missing_rows(RecordColumns& columns, std::size_t rows, Vocabulary const& vocabulary) {
  auto const& fields = vocabulary.records[columns.record].fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    add_missing(columns.fields[i], vocabulary.fields[fields[i]], rows, vocabulary);
  }
  columns.rows += rows;
}

void add_missing_row(RecordColumns& columns, Vocabulary const& vocabulary) { add_missing_rows(columns, 1, vocabulary); }

void reserve_rows(RecordColumns& columns, std::size_t rows, Vocabulary const& vocabulary) {
  auto const& fields = vocabulary.records[columns.record].fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    auto const& field = vocabulary.fields[fields[i]];
    auto const layout = layout_of(field);
    if (layout != Layout::single && layout != Layout::per_choice) continue;
    auto& values = columns.fields[i].values;
    auto const slots = rows * entries_of(field, vocabulary);
    values.lowest.reserve(slots);
    values.highest.reserve(slots);
    values.known.reserve(slots);
  }
}

void truncate(RecordColumns& columns, std::size_t rows, Vocabulary const& vocabulary) {
  auto const& fields = vocabulary.records[columns.record].fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    shorten(columns.fields[i], rows, vocabulary.fields[fields[i]], vocabulary);
  }
  columns.rows = rows;
}

}  // namespace waymark::cases
