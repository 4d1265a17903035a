// Decimal in, decimal out, and the one comparison on which decisions rest.
#include "engine/values/exact.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace waymark::values {
namespace {

__extension__ using Uint128 = unsigned __int128;

constexpr Int128 kHuge = Int128{1} << 120;
constexpr std::size_t kMostDigits = 40;  // of 128 bits, or of one and all decimals

struct Split {  // floor division: whole + rest / denominator, 0 <= rest < denominator
  Int128 whole;
  Int128 rest;
};
Split split(Ratio r) {
  auto whole = r.numerator / r.denominator;
  auto rest = r.numerator % r.denominator;
  if (rest < 0) {
    rest += r.denominator;
    whole -= 1;
  }
  return {whole, rest};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Thousands commas must stand where people write them, so that "1,23" is never read as 123.
bool commas_stand_right(std::string_view whole) {
  if (whole.find(',') == std::string_view::npos) return true;
  auto const first = whole.find(',');
  if (first == 0 || first > 3) return false;
  for (std::size_t i = first; i < whole.size(); i += 4) {
    if (whole[i] != ',' || whole.size() - i < 4) return false;
    if (whole.substr(i + 1, 3).find(',') != std::string_view::npos) return false;
  }
  return (whole.size() - first) % 4 == 0;
}

// A number of digits alone, of which a written unit is whole steps: most numbers of most files, without a division.
std::optional<Steps> read_plain(std::string_view text, Scale scale) {
  if (text.empty() || text.size() > 15 || scale.denominator != 1) return std::nullopt;
  std::uint64_t digits = 0;
  for (auto const c : text) {
    if (!is_digit(c)) return std::nullopt;
    digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
  }
  std::uint64_t steps = 0;
  bool const large = __builtin_mul_overflow(digits, static_cast<std::uint64_t>(scale.numerator), &steps);
  if (large || steps > static_cast<std::uint64_t>(kMaxSteps)) return std::nullopt;
  return static_cast<Steps>(steps);
}

}  // namespace

std::strong_ordering compare(Ratio a, Ratio b) {
  if (!is_finite(a) || !is_finite(b)) {
    auto const end = [](Ratio r) { return is_finite(r) ? 0 : r.numerator < 0 ? -1 : 1; };
    return end(a) <=> end(b);
  }
  if (a.denominator == b.denominator) return a.numerator <=> b.numerator;  // most are whole steps
  auto const [a_whole, a_rest] = split(a);
  auto const [b_whole, b_rest] = split(b);
  if (a_whole != b_whole) return a_whole < b_whole ? std::strong_ordering::less : std::strong_ordering::greater;
  auto const left = a_rest * b.denominator;
  auto const right = b_rest * a.denominator;
  if (left == right) return std::strong_ordering::equal;
  return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
}

Int128 round_to_nearest(Ratio value, Steps to) {
  auto const unit = Int128{to} * value.denominator;
  auto const magnitude = value.numerator < 0 ? -value.numerator : value.numerator;
  auto const multiples = magnitude / unit + (magnitude % unit >= unit - magnitude % unit ? 1 : 0);
  return value.numerator < 0 ? -multiples * to : multiples * to;
}

Result<Steps, NumberFault> read_decimal(std::string_view text, Scale scale) {
  if (auto const plain = read_plain(text, scale)) return *plain;
  bool const negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  auto const point = std::min(text.find('.'), text.size());
  auto const whole = text.substr(0, point);
  auto const fraction = point < text.size() ? text.substr(point + 1) : std::string_view();
  bool const digits_only = std::all_of(whole.begin(), whole.end(), [](char c) { return is_digit(c) || c == ','; }) &&
                           std::all_of(fraction.begin(), fraction.end(), is_digit);
  if (whole.empty() || !is_digit(whole.front()) || !digits_only || !commas_stand_right(whole)) {
    return failure(NumberFault::not_a_number);
  }
  if (point < text.size() && fraction.empty()) return failure(NumberFault::not_a_number);

  Int128 digits = 0;
  Int128 divisor = scale.denominator;
  auto const take = [&](char c) {
    digits = digits * 10 + (c - '0');
    return digits < kHuge / (Int128{scale.numerator} * 16);
  };
  for (auto const c : whole) {
    if (c != ',' && !take(c)) return failure(NumberFault::too_large);
  }
  auto const significant = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  if (significant.size() > 15) return failure(NumberFault::too_fine);
  for (auto const c : significant) {
    if (!take(c)) return failure(NumberFault::too_fine);
    divisor *= 10;
  }
  auto const scaled = digits * scale.numerator;
  if (scaled % divisor != 0) return failure(NumberFault::too_fine);
  auto const steps = scaled / divisor;
  if (steps > kMaxSteps) return failure(NumberFault::too_large);
  return negative ? -static_cast<Steps>(steps) : static_cast<Steps>(steps);
}

std::string point_between_thousands(std::string_view text, Scale scale) {
  auto const number = text.starts_with('-') ? text.substr(1) : text;
  auto const point = number.find('.');
  if (point == 0 || point > 3 || number.size() != point + 4 || number.front() == '0') return "";
  bool const digits = std::all_of(number.begin() + static_cast<std::ptrdiff_t>(point) + 1, number.end(), is_digit) &&
                      std::all_of(number.begin(), number.begin() + static_cast<std::ptrdiff_t>(point), is_digit);
  bool const thousandths = Int128{scale.numerator} % (Int128{scale.denominator} * 1000) == 0;
  if (!digits || thousandths) return "";
  std::string out(text);
  out[text.size() - 4] = ',';
  return out;
}

std::string maybe_a_share(std::string_view text) {
  bool const below_one = text.size() == 4 && text.starts_with("0.") && is_digit(text[2]) && is_digit(text[3]);
  return below_one && text[2] != '0' ? std::string(text.substr(2)) : "";
}

namespace {

// Backwards from the end of `text`, which is as long as any number; where its first character stands.
template <std::size_t N, class Number>
std::size_t write_backwards(std::array<char, N>& text, Number number, std::uint32_t decimals, std::uint32_t keep,
                            bool commas) {
  std::size_t at = N;
  auto const digit = [&] {
    text[--at] = static_cast<char>('0' + static_cast<int>(number % 10));
    number /= 10;
  };
  for (; decimals > keep && number % 10 == 0; --decimals) number /= 10;
  for (std::uint32_t place = 0; place < decimals; ++place) digit();
  if (decimals != 0) text[--at] = '.';
  do {
    for (int place = 0; place < 3 && (place == 0 || number != 0); ++place) digit();
    if (commas && number != 0) text[--at] = ',';
  } while (number != 0);
  return at;
}

}  // namespace

std::string write_decimal(Int128 steps, std::uint32_t decimals, std::uint32_t keep, bool commas) {
  WAYMARK_CHECK(decimals < kMostDigits, "a number with more places than any unit has");
  std::array<char, 2 * kMostDigits> text;  // a comma stands after every third digit at the most
  auto const magnitude = steps < 0 ? -static_cast<Uint128>(steps) : static_cast<Uint128>(steps);
  // In 64 bits where it can be: a division of 128 is a call, and a record has a hundred numbers.
  bool const small = magnitude <= std::numeric_limits<std::uint64_t>::max();
  auto at = small ? write_backwards(text, static_cast<std::uint64_t>(magnitude), decimals, keep, commas)
                  : write_backwards(text, magnitude, decimals, keep, commas);
  if (steps < 0) text[--at] = '-';
  return {text.data() + at, text.size() - at};
}

}  // namespace waymark::values
