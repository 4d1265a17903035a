// Numbers, money, percentages, dates, years and codes as they are written.
#include "grammar/amounts.hpp"

#include <initializer_list>

#include "grammar/names.hpp"

namespace waymark::grammar {
namespace {

At skip_digits(At at, At end) {
  while (digit_at(at, end)) ++at;
  return at;
}

/// True where a word, or a hyphen with a digit behind it, follows without a blank: then this is no number by itself.
bool runs_on(At at, At end) {
  if (letter_at(at, end) != 0 || digit_at(at, end) || (at < end && *at == '_')) return true;
  auto const hyphen = hyphen_at(at, end);
  return hyphen != 0 && (digit_at(at + hyphen, end) || letter_at(at + hyphen, end) != 0);
}

/// Reads groups of digits of these lengths, joined by hyphens: 4, 2, 2 is a date. Gives it with plain hyphens.
bool scan_groups(At& at, At end, std::initializer_list<std::ptrdiff_t> lengths, std::string& out) {
  auto next = skip_blanks(at, end);
  std::string text;
  for (auto const length : lengths) {
    if (!text.empty()) {
      auto const hyphen = hyphen_at(next, end);
      if (hyphen == 0) return false;
      next += hyphen;
      text += '-';
    }
    auto const stop = skip_digits(next, end);
    if (stop - next != length) return false;
    text += view(next, stop);
    next = stop;
  }
  if (runs_on(next, end)) return false;
  at = next;
  out = std::move(text);
  return true;
}

bool scan_code(At& at, At end, std::string& out) {
  auto next = at;
  if (!scan_groups(next, end, {2, 4}, out)) return false;
  if (next + 1 < end && *next == '.' && is_digit(next[1])) {
    auto const stop = skip_digits(next + 1, end);
    out += view(next, stop);
    next = stop;
  }
  at = next;
  return true;
}

/// `1,200.50`: commas only before groups of three.
At number_end(At at, At end) {
  auto stop = skip_digits(at, end);
  while (stop < end && *stop == ',' && stop - at <= 3 && skip_digits(stop + 1, end) - stop == 4) {
    at = stop + 1;
    stop = skip_digits(at, end);
  }
  if (stop + 1 < end && *stop == '.' && is_digit(stop[1])) stop = skip_digits(stop + 1, end);
  return stop;
}

void scan_unit(At& at, At end, ScannedAmount& out) {
  if (at < end && *at == '%' && out.amount.kind == Amount::Kind::number) {
    out.amount.kind = Amount::Kind::percent;
    ++at;
    return;
  }
  auto const begin = skip_blanks(at, end);
  auto const first = word_end(begin, end);
  if (lower(view(begin, first)) == "percent" && out.amount.kind == Amount::Kind::number) {
    out.amount.kind = Amount::Kind::percent;
    at = first;
    return;
  }
  if (quote_at(begin, end) != 0) return;
  if (auto unit = scan_phrase(begin, end)) {
    out.amount.unit = std::move(unit->phrase);
    out.unit_begin = unit->begin;
    out.unit_end = unit->end;
    at = unit->end;
  }
}

}  // namespace

bool scan_date(At& at, At end, std::string& date) { return scan_groups(at, end, {4, 2, 2}, date); }

bool scan_count(At& at, At end, std::uint32_t& count) {
  auto const begin = skip_blanks(at, end);
  auto const stop = skip_digits(begin, end);
  if (stop == begin || stop - begin > 9 || runs_on(stop, end)) return false;
  if (stop + 1 < end && (*stop == '.' || *stop == ',') && is_digit(stop[1])) return false;
  count = static_cast<std::uint32_t>(std::stoul(std::string(begin, stop)));
  at = stop;
  return true;
}

bool scan_ordinal(At& at, At end, std::uint32_t& number) {
  auto const begin = skip_blanks(at, end);
  auto const stop = skip_digits(begin, end);
  if (stop == begin || stop - begin > 9) return false;
  for (char const* const ending : {"st", "nd", "rd", "th"}) {
    auto next = stop;
    if (blank_at(stop, end) != 0 || !scan_words(next, end, ending)) continue;
    number = static_cast<std::uint32_t>(std::stoul(std::string(begin, stop)));
    at = next;
    return true;
  }
  return false;
}

bool scan_amount(At& at, At end, ScannedAmount& out) {
  auto next = skip_blanks(at, end);
  auto& amount = out.amount;
  bool coded = false;
  if (scan_groups(next, end, {4, 2, 2}, amount.digits)) {
    amount.kind = Amount::Kind::date;
    coded = true;
  } else if (scan_groups(next, end, {4, 2}, amount.digits)) {
    amount.kind = Amount::Kind::year;
    coded = true;
  } else {
    coded = scan_code(next, end, amount.digits);
  }
  if (coded) {
    at = next;
    return true;
  }
  bool minus = false;
  auto const take_minus = [&] {
    auto const hyphen = hyphen_at(next, end);
    if (hyphen == 0 || minus) return;
    minus = true;
    next += hyphen;
  };
  take_minus();
  if (next < end && *next == '$') {
    amount.kind = Amount::Kind::money;
    ++next;
    take_minus();
  }
  auto const stop = number_end(next, end);
  if (stop == next || runs_on(stop, end)) return false;
  amount.digits = (minus ? "-" : "") + std::string(next, stop);
  at = stop;
  scan_unit(at, end, out);
  return true;
}

}  // namespace waymark::grammar
