// How far a compared value stands from what it is compared with, exactly, in the unit of what was found.
#include "engine/explain/words.hpp"
#include "engine/vocabulary/written.hpp"

namespace waymark::explain {
namespace {

using values::Int128;
using values::Ratio;
using values::Steps;

constexpr Int128 kHuge = Int128{1} << 120;

Int128 magnitude(Int128 n) { return n < 0 ? -n : n; }

bool is_short(Int128 n) { return n == static_cast<std::int32_t>(n); }

// A division of 128 bits is a call: nearly all are known to fit without one.
bool product_fits(Int128 a, Int128 b) {
  return (is_short(b) && magnitude(a) < (kHuge >> 31)) || a == 0 || b == 0 || magnitude(a) < kHuge / magnitude(b);
}

Ratio reduced(Int128 numerator, Int128 denominator) {
  if (denominator == 1) return {numerator, 1};
  auto a = magnitude(numerator);
  auto b = denominator;
  while (b != 0) {
    auto const rest = a % b;
    a = b;
    b = rest;
  }
  if (a > 1) {
    numerator /= a;
    denominator /= a;
  }
  if (denominator <= values::kMaxSteps) return {numerator, static_cast<Steps>(denominator)};
  // Finer than any unit that is shown: the nearest step is what a reader sees in any case.
  return {numerator / denominator, 1};
}

// left * left_times - right * right_times, in steps of the left; without end where either side has none.
Ratio difference(Ratio left, Ratio right, check::Compare const& scale) {
  if (!is_finite(left)) return left;
  if (!is_finite(right)) return {-right.numerator, 0};
  auto const l = reduced(left.numerator, left.denominator);
  auto const r = reduced(right.numerator, right.denominator);
  auto const l_times = Int128{r.denominator} * scale.left_times;
  auto const r_times = Int128{l.denominator} * scale.right_times;
  auto const whole = Int128{l.denominator} * r.denominator;
  if (product_fits(l.numerator, l_times) && product_fits(r.numerator, r_times) &&
      product_fits(whole, scale.left_times)) {
    return reduced(l.numerator * l_times - r.numerator * r_times, whole * scale.left_times);
  }
  auto const near_left = round_to_nearest(left, 1);
  auto const near_right = round_to_nearest(right, 1);
  return reduced(near_left * scale.left_times - near_right * scale.right_times, scale.left_times);
}

int sign(Ratio r) { return r.numerator < 0 ? -1 : r.numerator > 0 ? 1 : 0; }

std::string_view direction(int sign, vocabulary::Type const& type) {
  if (type.kind == vocabulary::Kind::date || type.kind == vocabulary::Kind::year) return sign < 0 ? "before" : "after";
  return sign < 0 ? "below" : "above";
}

void append_counted(std::string& out, Int128 number, std::string_view unit) {
  out.append(values::write_decimal(number, 0, 0, true)).append(1, ' ').append(unit);
  if (number != 1) out += 's';
}

// The difference of two percentages is points.
vocabulary::Type unit_of(vocabulary::Type type) {
  if (type.kind == vocabulary::Kind::percent) type.kind = vocabulary::Kind::points;
  return type;
}

// A distance in the unit, without its direction.
void append_distance(std::string& out, Subject const& subject, vocabulary::Type const& type, Ratio by) {
  by.numerator = magnitude(by.numerator);
  auto const& vocabulary = subject.program.vocabulary;
  if (type.kind == vocabulary::Kind::date) return append_counted(out, by.numerator, "day");
  if (type.kind == vocabulary::Kind::year) {
    return append_counted(out, by.numerator, vocabulary.calendar.years[type.which].name);
  }
  vocabulary::append_ratio(out, by, unit_of(type), vocabulary);
}

std::string distance(Subject const& subject, vocabulary::Type const& type, Ratio by) {
  std::string out;
  append_distance(out, subject, type, by);
  return out;
}

std::string bare(Subject const& subject, vocabulary::Type const& type, Ratio by) {
  return std::string(without_unit(subject, unit_of(type), distance(subject, type, by)));
}

std::string between(Subject const& subject, vocabulary::Type const& type, Ratio low, Ratio high) {
  auto const above = direction(1, type);
  auto const below = direction(-1, type);
  if (sign(low) >= 0) {
    return put_together({"between ", bare(subject, type, low), " and ", distance(subject, type, high), " ", above});
  }
  if (sign(high) <= 0) {
    return put_together({"between ", bare(subject, type, high), " and ", distance(subject, type, low), " ", below});
  }
  return put_together(
      {"from ", distance(subject, type, low), " ", below, " to ", bare(subject, type, high), " ", above});
}

}  // namespace

void append_margin(std::string& out, Subject const& subject, check::Compare const& compare, review::Seen const& left,
                   review::Seen const& right) {
  auto const& type = subject.program.values[compare.left].type;
  bool const one_way = compare.order != check::Order::equal && compare.order != check::Order::not_equal;
  if (!one_way || !vocabulary::is_ordered(type) || !left.may_apply || !right.may_apply) return;
  auto const low = difference(left.lowest, right.highest, compare);
  bool const exact =
      values::compare(left.lowest, left.highest) == 0 && values::compare(right.lowest, right.highest) == 0;
  auto const high = exact ? low : difference(left.highest, right.lowest, compare);
  auto const append = [&](Ratio by) {
    append_distance(out, subject, type, by);
    out.append(1, ' ').append(direction(sign(by), type));
  };
  if (is_finite(low) && values::compare(low, high) == 0) {
    if (sign(low) != 0) return append(low);
    out += "exactly at the limit";
  } else if (is_finite(low) && is_finite(high)) {
    out += between(subject, type, low, high);
  } else if (is_finite(low) && sign(low) > 0) {
    out += "at least ";
    append(low);
  } else if (is_finite(high) && sign(high) < 0) {
    out += "at least ";
    append(high);
  }
}

}  // namespace waymark::explain
