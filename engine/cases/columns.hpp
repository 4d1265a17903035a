// The shapes that a field's values take, and rows that are taken back.
#pragma once

#include "engine/cases/cases.hpp"

namespace waymark::cases {

/// How a field's values stand in its column.
enum class Layout : std::uint8_t {
  single,      ///< one a case
  per_choice,  ///< one a case and entry
  yearly,      ///< as many a case as years were given; `each` may hold a choice, too
  list,        ///< members, not records
  record_list,
  record  ///< once, or none
};

Layout layout_of(vocabulary::Field const& field);
/// How many entries one case has, 1 without a choice.
std::size_t entries_of(vocabulary::Field const& field, vocabulary::Vocabulary const& vocabulary);

/// What a value is before anything is known of it: anything in its declared range.
struct Value {
  values::Steps lowest = values::kNoLowest;
  values::Steps highest = values::kNoHighest;
  values::Known known = values::Known::not_submitted;
};
Value missing_value(vocabulary::Field const& field, values::Known why = values::Known::not_submitted);

/// Where one value stands in a column.
struct Cell {
  values::Steps* lowest = nullptr;
  values::Steps* highest = nullptr;
  values::Known* known = nullptr;

  bool is_free() const { return *known == values::Known::not_submitted; }
  void put(values::Steps value) const { put({value, value, values::Known::exactly}); }
  void put(Value const& value) const {
    *lowest = value.lowest;
    *highest = value.highest;
    *known = value.known;
  }
};
inline Cell cell_at(FactColumn& column, std::size_t at) {
  return {column.lowest.data() + at, column.highest.data() + at, column.known.data() + at};
}

/// Further rows in which nothing is submitted.
void add_missing_rows(RecordColumns& columns, std::size_t rows, vocabulary::Vocabulary const& vocabulary);
/// Makes room for so many rows in all, where it is known how much that is.
void reserve_rows(RecordColumns& columns, std::size_t rows, vocabulary::Vocabulary const& vocabulary);
/// Rows of the same record after those that are there.
void append(RecordColumns& to, RecordColumns const& from);
/// Takes back all rows from `rows` on.
void truncate(RecordColumns& columns, std::size_t rows, vocabulary::Vocabulary const& vocabulary);

}  // namespace waymark::cases
