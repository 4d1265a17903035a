// Dates of the proleptic Gregorian calendar, years that begin on a fixed day, and terms. No clock, no time zone.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::values {

/// Days since 1970-01-01.
struct Date {
  std::int32_t days = 0;
  friend auto operator<=>(Date const&, Date const&) = default;
};

/// `2026-11-21`, a real day between 1600 and 9999; anything else is nothing.
std::optional<Date> read_date(std::string_view text);
std::string write_date(Date date);
Date date_of(int year, unsigned month, unsigned day);

Date add_days(Date date, std::int64_t days);
/// Month ends clamp down: 31 January and one month is the last day of February.
Date add_months(Date date, std::int64_t months);

/// A kind of year by the day on which it begins: a program year from 1 July, an award year, a calendar year.
struct YearKind {
  std::string name;  ///< `program year`, as names are compared
  unsigned month = 7;
  unsigned day = 1;
};

/// The year of `kind` that holds `date`, by the calendar year in which it begins.
int year_of(Date date, YearKind const& kind);
Date first_day(int year, YearKind const& kind);
Date last_day(int year, YearKind const& kind);
/// `2024-25` where the year runs over New Year, else `2024`.
std::string write_year(int year, YearKind const& kind);
/// `2024-25` or `2024-2025` (the second must follow the first) or `2024`, where the kind of year is not known or does
/// not matter.
std::optional<int> read_year(std::string_view text);
/// The same of a kind. `2025` is no year that runs over New Year: it may be 2024-25 or 2025-26.
std::optional<int> read_year(std::string_view text, YearKind const& kind);
/// Those two, `2024-25 or 2025-26`; empty unless the text is one of two years of the kind.
std::string either_year(std::string_view text, YearKind const& kind);

/// Days on which an office is closed, known up to a hard end.
struct Calendar {
  std::vector<YearKind> years;  ///< never empty once a vocabulary is checked: `program year` from 07-01 unless declared
  std::vector<Date> holidays;   ///< sorted
  std::optional<Date> through;  ///< the last day that the holidays speak of
};

enum class TermUnit : std::uint8_t { days, working_days, months, years, year_kind };

/// The last day of a term that begins on `date`: N years end the day before the same date, N program years with the
/// N-th after the running one, N days count from the day after. Nothing when working days run past the calendar's end.
std::optional<Date> term_end(Date date, std::int64_t count, TermUnit unit, YearKind const* kind,
                             Calendar const& calendar);
/// A deadline within N units of `date`: counted from the day after; months clamp down.
std::optional<Date> deadline(Date date, std::int64_t count, TermUnit unit, YearKind const* kind,
                             Calendar const& calendar);

}  // namespace waymark::values
