// Records within a plain line's record, and values by the year.
#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/cases/plain_lines.hpp"

namespace waymark::cases::plain {

using values::Known;

// No record holds one of its own kind (the check of a vocabulary), so that the keys of this one are not in work.
Cursor PlainLines::inner_record(Cursor at, Row row) {
  keys_.work_in(row.columns);
  auto const outer = std::exchange(year_, std::nullopt);
  at = record(at, row);
  year_ = outer;
  return at;
}

Cursor PlainLines::record_list(Cursor at, FieldColumn& column, std::size_t row) {
  auto& known = column.list_known[row];
  if (known != Known::not_submitted) return nullptr;
  if (*at == 'n') return skip_value(at);
  if (*at != '[') return nullptr;
  auto& members = column.members.front();
  at = after_blanks(at + 1);
  while (*at == '{') {
    add_missing_row(members, setting_.vocabulary);
    at = inner_record(at, {members, members.rows - 1});
    if (at == nullptr) return nullptr;
    at = after_blanks(at);
    if (*at == ']') break;
    if (*at != ',') return nullptr;
    at = after_blanks(at + 1);
    if (*at != '{') return nullptr;
  }
  if (*at != ']') return nullptr;
  known = Known::exactly;
  column.offsets[row + 1] = static_cast<std::uint32_t>(members.rows);
  return at + 1;
}

Cursor PlainLines::nested(Cursor at, FieldColumn& column, std::size_t row) {
  auto& presence = column.presence[row];
  if (presence != FieldColumn::Presence::unknown) return nullptr;
  if (*at == 'n') return skip_value(at);
  if (*at == 'f' || is_word(at, "\"none\"")) {
    presence = FieldColumn::Presence::none;
    return skip_value(at);
  }
  if (*at != '{') return nullptr;
  presence = FieldColumn::Presence::there;
  return inner_record(at, {column.members.front(), row});
}

// The years of all yearly fields of the row, sorted.
bool PlainLines::file_years(Row row, std::size_t base) {
  if (year_cells_.size() == base) return true;
  auto const begin = year_cells_.begin() + static_cast<std::ptrdiff_t>(base);
  auto const place = [](YearCell const& cell) { return std::tuple(cell.field, cell.entry, cell.year); };
  auto const before = [&](YearCell const& a, YearCell const& b) { return place(a) < place(b); };
  auto const again = [&](YearCell const& a, YearCell const& b) { return place(a) == place(b); };
  if (!std::is_sorted(begin, year_cells_.end(), before)) std::sort(begin, year_cells_.end(), before);
  if (std::adjacent_find(begin, year_cells_.end(), again) != year_cells_.end()) return false;
  auto const& fields = setting_.vocabulary.records[row.columns.record].fields;
  for (auto cell = begin; cell != year_cells_.end();) {
    auto const field = cell->field;
    auto& column = row.columns.fields[field];
    auto const entries = cases::entries_of(setting_.vocabulary.fields[fields[field]], setting_.vocabulary);
    for (std::size_t entry = 0; entry < entries; ++entry) {
      for (; cell != year_cells_.end() && cell->field == field && cell->entry == entry; ++cell) {
        column.years.push_back(cell->year);
        column.values.add(cell->value.lowest, cell->value.highest, cell->value.known);
      }
      column.offsets[row.at * entries + entry + 1] = static_cast<std::uint32_t>(column.values.size());
    }
  }
  year_cells_.resize(base);
  return true;
}

}  // namespace waymark::cases::plain
