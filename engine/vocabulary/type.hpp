// The types of the rule language: what kind of thing a value is and in which unit it is counted.
#pragma once

#include <cstdint>
#include <string>

#include "engine/values/code.hpp"
#include "engine/values/exact.hpp"

namespace waymark::vocabulary {

enum class Kind : std::uint8_t {
  count,    ///< of a unit: openings per year, students, credits, months
  money,    ///< in cents, once, per hour or per year
  percent,  ///< in millionths of a percent
  points,   ///< percentage points: a difference of percents
  date,     ///< days since 1970-01-01
  year,     ///< a year of a declared kind, by the calendar year in which it begins
  choice,   ///< one of a declared Choice
  code,     ///< SOC or CIP, with or without an edition
  text,
  yes_no,
  record,  ///< a nested record, as a member of a list or once
};

enum class Per : std::uint8_t { once, hour, year };

/// What two values must share to be compared. `which` is an index into the vocabulary's units (count), choices
/// (choice), year kinds (year) or records (record).
struct Type {
  Kind kind = Kind::text;
  bool list = false;  ///< a list of these: of codes a set, of records may repeat
  std::uint16_t which = 0;
  Per per = Per::once;                                  // money
  values::CodeSystem system = values::CodeSystem::soc;  // code
  std::uint16_t edition = 0;                            // code: 2018, 2020, …; 0: form only

  friend bool operator==(Type const&, Type const&) = default;
};

constexpr bool is_numeric(Type const& type) {
  return !type.list && (type.kind == Kind::count || type.kind == Kind::money || type.kind == Kind::percent ||
                        type.kind == Kind::points);
}
/// Ordered by a number underneath: numeric, or a date or a year.
constexpr bool is_ordered(Type const& type) {
  return is_numeric(type) || (!type.list && (type.kind == Kind::date || type.kind == Kind::year));
}
/// Compared by equality on a symbol: a choice, a code, a text.
constexpr bool is_symbolic(Type const& type) {
  return !type.list && (type.kind == Kind::choice || type.kind == Kind::code || type.kind == Kind::text);
}

inline constexpr std::uint32_t kMoneyDecimals = 2;
inline constexpr std::uint32_t kPercentDecimals = 6;

/// A type together with how a number is written in it: `cents per hour`, `openings per year in thousands`.
struct Quantity {
  Type type;
  values::Scale scale;  ///< one written unit in steps
};

}  // namespace waymark::vocabulary
