// Dates by <chrono>'s calendar, which is exact; reading and writing by hand, since g++ 12 has no chrono::parse.
#include "engine/values/date.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace waymark::values {
namespace {

namespace chrono = std::chrono;

chrono::year_month_day ymd(Date date) { return chrono::sys_days(chrono::days(date.days)); }
Date from(chrono::sys_days days) { return {static_cast<std::int32_t>(days.time_since_epoch().count())}; }

std::optional<int> digits(std::string_view text) {
  int out = 0;
  for (auto const c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + (c - '0');
  }
  return text.empty() ? std::nullopt : std::optional(out);
}

bool is_working_day(Date date, Calendar const& calendar) {
  auto const weekday = chrono::weekday(chrono::sys_days(chrono::days(date.days))).iso_encoding();
  return weekday < 6 && !std::binary_search(calendar.holidays.begin(), calendar.holidays.end(), date);
}

std::optional<Date> add_working_days(Date date, std::int64_t count, Calendar const& calendar) {
  while (count > 0) {
    date = add_days(date, 1);
    if (!calendar.through || date > *calendar.through) return std::nullopt;
    if (is_working_day(date, calendar)) --count;
  }
  return date;
}

bool runs_over_new_year(YearKind const& kind) { return kind.month != 1 || kind.day != 1; }

}  // namespace

Date date_of(int year, unsigned month, unsigned day) {
  return from(chrono::sys_days(chrono::year(year) / chrono::month(month) / chrono::day(day)));
}

std::optional<Date> read_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto const year = digits(text.substr(0, 4));
  auto const month = digits(text.substr(5, 2));
  auto const day = digits(text.substr(8, 2));
  if (!year || !month || !day || *year < 1600) return std::nullopt;
  auto const date =
      chrono::year(*year) / chrono::month(static_cast<unsigned>(*month)) / chrono::day(static_cast<unsigned>(*day));
  if (!date.ok()) return std::nullopt;
  return from(chrono::sys_days(date));
}

std::string write_date(Date date) {
  auto const d = ymd(date);
  auto const year = static_cast<int>(d.year());
  auto const month = static_cast<unsigned>(d.month()), day = static_cast<unsigned>(d.day());
  if (year < 0 || year > 9999) return fmt::format("{:04}-{:02}-{:02}", year, month, day);
  // Digit by digit: a proof has twenty dates, which took a fortieth of its time by a format.
  std::string out = "0000-00-00";
  auto const put = [&](std::size_t last, unsigned number) {
    for (; number != 0; number /= 10) out[last--] = static_cast<char>('0' + number % 10);
  };
  put(3, static_cast<unsigned>(year));
  put(6, month);
  put(9, day);
  return out;
}

Date add_days(Date date, std::int64_t days) { return {static_cast<std::int32_t>(date.days + days)}; }

Date add_months(Date date, std::int64_t months) {
  auto const d = ymd(date);
  auto const moved = chrono::year_month(d.year(), d.month()) + chrono::months(months);
  auto const last = chrono::year_month_day_last(moved.year(), chrono::month_day_last(moved.month())).day();
  return from(chrono::sys_days(moved / std::min(d.day(), last)));
}

int year_of(Date date, YearKind const& kind) {
  auto const year = static_cast<int>(ymd(date).year());
  return date >= first_day(year, kind) ? year : year - 1;
}

Date first_day(int year, YearKind const& kind) { return date_of(year, kind.month, kind.day); }
Date last_day(int year, YearKind const& kind) { return add_days(first_day(year + 1, kind), -1); }

std::string write_year(int year, YearKind const& kind) {
  if (!runs_over_new_year(kind)) return fmt::format("{:04}", year);
  return fmt::format("{:04}-{:02}", year, (year + 1) % 100);
}

std::optional<int> read_year(std::string_view text) {
  bool const two_years = (text.size() == 7 || text.size() == 9) && text[4] == '-';
  if (text.size() != 4 && !two_years) return std::nullopt;
  auto const year = digits(text.substr(0, 4));
  if (!year || *year < 1600) return std::nullopt;
  if (text.size() == 7 && digits(text.substr(5)) != (*year + 1) % 100) return std::nullopt;
  if (text.size() == 9 && digits(text.substr(5)) != *year + 1) return std::nullopt;
  return year;
}

std::optional<int> read_year(std::string_view text, YearKind const& kind) {
  bool const one_of_two = text.size() == 4 && runs_over_new_year(kind);
  return one_of_two ? std::nullopt : read_year(text);
}

std::string either_year(std::string_view text, YearKind const& kind) {
  auto const year = read_year(text, kind) ? std::nullopt : read_year(text);
  return year ? fmt::format("{} or {}", write_year(*year - 1, kind), write_year(*year, kind)) : "";
}

std::optional<Date> deadline(Date date, std::int64_t count, TermUnit unit, YearKind const* kind,
                             Calendar const& calendar) {
  switch (unit) {
    case TermUnit::days: return add_days(date, count);
    case TermUnit::working_days: return add_working_days(date, count, calendar);
    case TermUnit::months: return add_months(date, count);
    case TermUnit::years: return add_months(date, 12 * count);
    case TermUnit::year_kind: return last_day(year_of(date, *kind) + static_cast<int>(count), *kind);
  }
  return std::nullopt;
}

std::optional<Date> term_end(Date date, std::int64_t count, TermUnit unit, YearKind const* kind,
                             Calendar const& calendar) {
  auto const end = deadline(date, count, unit, kind, calendar);
  bool const until_the_day_before = unit == TermUnit::months || unit == TermUnit::years;
  return end && until_the_day_before ? std::optional(add_days(*end, -1)) : end;
}

}  // namespace waymark::values
