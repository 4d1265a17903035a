// Numbers, dates and years: what is ordered, in steps of its unit.
#include "engine/cases/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "engine/cases/units.hpp"
#include "engine/cases/values.hpp"
#include "grammar/mend.hpp"

namespace waymark::cases {
namespace {

using grammar::Code;
using values::NumberFault;
using values::Steps;
using vocabulary::Field;
using vocabulary::Kind;

constexpr std::string_view kInexactHelp =
    "Write it in plain digits, at most 15 of them; a code or an id stands in quotes.";

std::string written(Steps steps, Field const& field, Reading const& reading) {
  auto type = field.quantity.type;
  type.list = false;
  return write_steps(steps, type, reading.vocabulary);
}

bool check_range(Reading& reading, NodeId id, Field const& field, Steps steps) {
  bool const numeric = field.quantity.type.kind != Kind::date && field.quantity.type.kind != Kind::year;
  if (numeric && steps < 0 && !field.may_be_negative) {
    return reading.refuse_value(Code::datum_out_of_range, id, "and it is never negative.",
                                "If it is not known, leave the key out.");
  }
  if (field.lowest && steps < *field.lowest) {
    return reading.refuse_value(
        Code::datum_out_of_range, id,
        fmt::format("below the lowest that it can be, {}.", written(*field.lowest, field, reading)));
  }
  if (field.highest && steps > *field.highest) {
    return reading.refuse_value(
        Code::datum_out_of_range, id,
        fmt::format("above the highest that it can be, {}.", written(*field.highest, field, reading)));
  }
  return true;
}

bool refuse_number(Reading& reading, NodeId id, Field const& field, NumberFault fault, values::Scale scale) {
  auto const scale_note = scale_words(field, reading.vocabulary);
  auto const note = scale_note.empty() ? "." : fmt::format(" ({}).", scale_note);
  switch (fault) {
    case NumberFault::too_large:
      return reading.refuse_value(Code::datum_out_of_range, id, "a larger number than can be reckoned with exactly.");
    case NumberFault::too_fine: {
      auto const places = decimal_places(scale);
      return reading.refuse_value(
          Code::datum_too_fine, id, "which has too many decimal places.",
          places == 0 ? "Write a whole number" + note
                      : fmt::format("Write at most {} decimal place{}{}", places, places == 1 ? "" : "s", note));
    }
    case NumberFault::not_a_number: break;
  }
  return reading.refuse_value(Code::datum_not_a_number, id,
                              fmt::format("not {}.", expected_words(field, reading.vocabulary)),
                              fmt::format("Write a number such as {}{}", sample(field, reading.vocabulary), note));
}

// `$15.00` says dollars and `85%` percent, whatever unit the field is written in otherwise.
values::Scale strip_sign(std::string_view& text, std::string& without, Field const& field, Reading const& reading) {
  auto const& type = field.quantity.type;
  auto const dollar = text.find('$');
  bool const leads = dollar == 0 || (dollar == 1 && text.front() == '-');
  if (type.kind == Kind::money && leads) {
    without = fmt::format("{}{}", text.substr(0, dollar), text.substr(dollar + 1));
    text = without;
    return plain_scale(type, reading.vocabulary);
  }
  if ((type.kind == Kind::percent || type.kind == Kind::points) && text.ends_with('%')) {
    text = trimmed(text.substr(0, text.size() - 1));
    return plain_scale(type, reading.vocabulary);
  }
  return field.quantity.scale;
}

// `45.000` of what has no thousandths: true when it is refused.
bool refuse_point(Reading& reading, NodeId id, Field const& field, std::string_view text, values::Scale scale) {
  auto const kind = field.quantity.type.kind;
  if (kind != Kind::money && kind != Kind::count) return false;
  auto const grouped = values::point_between_thousands(text, scale);
  if (grouped.empty()) return false;
  std::string whole;
  std::copy_if(grouped.begin(), grouped.end(), std::back_inserter(whole), [](char c) { return c != ','; });
  auto const places = decimal_places(scale);
  auto const few = text.substr(0, text.find('.') + (places == 0 ? 0 : places + 1));
  reading.refuse_value(Code::datum_too_fine, id, "which has three decimal places, as if a point grouped thousands.",
                       fmt::format("Write {} or {}.", whole, few));
  return true;
}

// `0.85` in a field of percents may be meant for 85 percent.
void note_share(Reading& reading, NodeId id, Field const& field, std::string_view text, values::Scale scale) {
  auto const percent = plain_scale(field.quantity.type, reading.vocabulary);
  bool const plain = scale.numerator == percent.numerator && scale.denominator == percent.denominator;
  bool const small = field.highest && *field.highest <= percent.numerator;  // the field never holds more than 1 percent
  if (field.quantity.type.kind != Kind::percent || !plain || small) return;
  auto const share = values::maybe_a_share(text);
  if (share.empty()) return;
  reading.shares.emplace_back(
      &field,
      Fault{Code::datum_share_for_percent, id, false,
            fmt::format("`{}` is {}, less than one percent; for {} percent write {}.", path_to(reading.tree, id),
                        seen(reading.tree[id]), share, share),
            fmt::format("It is read as {} percent. This is said once for this field; {}0 is taken without a word.",
                        text, text)});
}

bool take(Reading& reading, NodeId id, Field const& field, values::Result<Steps, NumberFault> steps,
          values::Scale scale, Steps& out) {
  if (!steps) return refuse_number(reading, id, field, steps.error(), scale);
  out = *steps;
  return check_range(reading, id, field, out);
}

bool read_whole(Reading& reading, NodeId id, Field const& field, Steps& out) {
  auto const whole = reading.tree[id].whole;
  auto const scale = field.quantity.scale;
  if (whole > values::kMaxSteps || whole < -values::kMaxSteps) {
    auto const text = fmt::format("{}", whole);
    return reading.refuse(Code::number_not_exact, id, inexact_message(text, inexact_because(text)),
                          std::string(kInexactHelp));
  }
  auto const scaled = values::Int128{whole} * scale.numerator;
  if (scaled % scale.denominator != 0) return refuse_number(reading, id, field, NumberFault::too_fine, scale);
  auto const steps = scaled / scale.denominator;
  if (steps > values::kMaxSteps || steps < -values::kMaxSteps) {
    return refuse_number(reading, id, field, NumberFault::too_large, scale);
  }
  out = static_cast<Steps>(steps);
  return check_range(reading, id, field, out);
}

bool read_number(Reading& reading, NodeId id, Field const& field, Steps& out) {
  auto const& node = reading.tree[id];
  if (node.shape == Shape::whole) return read_whole(reading, id, field, out);
  if (node.shape == Shape::decimal) {
    if (auto const because = inexact_because(node.text); !because.empty()) {
      return reading.refuse(Code::number_not_exact, id, inexact_message(node.text, because), std::string(kInexactHelp));
    }
    if (refuse_point(reading, id, field, node.text, field.quantity.scale)) return false;
    note_share(reading, id, field, node.text, field.quantity.scale);
    return take(reading, id, field, values::read_decimal(node.text, field.quantity.scale), field.quantity.scale, out);
  }
  if (!is_text(node)) return refuse_number(reading, id, field, NumberFault::not_a_number, field.quantity.scale);
  auto text = trimmed(node.text);
  std::string without;
  auto const scale = strip_sign(text, without, field, reading);
  if (refuse_point(reading, id, field, text, scale)) return false;
  note_share(reading, id, field, text, scale);
  return take(reading, id, field, values::read_decimal(text, scale), scale, out);
}

bool read_date(Reading& reading, NodeId id, Field const& field, Steps& out) {
  auto const& node = reading.tree[id];
  auto const date = is_text(node) ? values::read_date(trimmed(node.text)) : std::nullopt;
  if (!date) {
    auto const either = is_text(node) ? grammar::either_date(trimmed(node.text)) : std::string();
    if (!either.empty()) {
      return reading.refuse_value(Code::datum_not_a_date, id, fmt::format("which may be {}.", either),
                                  "Write the one that is meant, the year first.");
    }
    return reading.refuse_value(Code::datum_not_a_date, id, "which is not a date.",
                                "Write the year, the month and the day of a real date: \"2026-11-21\".");
  }
  out = date->days;
  return check_range(reading, id, field, out);
}

bool read_year(Reading& reading, NodeId id, Field const& field, Steps& out) {
  auto const& node = reading.tree[id];
  auto const& kind = reading.vocabulary.calendar.years[field.quantity.type.which];
  auto const text = is_text(node)                ? std::string(trimmed(node.text))
                    : node.shape == Shape::whole ? fmt::format("{}", node.whole)
                                                 : std::string();
  auto const year = values::read_year(text, kind);
  if (!year) {
    if (auto const either = values::either_year(text, kind); !either.empty()) {
      return reading.refuse_value(Code::datum_not_a_year, id,
                                  fmt::format("and {} runs over New Year.", with_article(kind.name)),
                                  fmt::format("Write which one it is: {}?", either));
    }
    return reading.refuse_value(Code::datum_not_a_year, id, fmt::format("which is not {}.", with_article(kind.name)),
                                fmt::format("Write it as {}.", sample(field, reading.vocabulary)));
  }
  out = *year;
  return check_range(reading, id, field, out);
}

}  // namespace

bool read_steps(Reading& reading, NodeId node, Field const& field, Steps& out) {
  switch (field.quantity.type.kind) {
    case Kind::date: return read_date(reading, node, field, out);
    case Kind::year: return read_year(reading, node, field, out);
    default: return read_number(reading, node, field, out);
  }
}

std::string_view inexact_because(std::string_view written) {
  if (written.starts_with('-')) written.remove_prefix(1);
  if (written.find_first_of("eE") != std::string_view::npos) return "has an exponent";
  if (written.find_first_not_of("0123456789.") != std::string_view::npos) return "is no plain number";
  auto const point = std::min(written.find('.'), written.size());
  bool const whole = point == written.size();
  if (!whole) written = written.substr(0, written.find_last_not_of('0') + 1);
  auto const digits = written.substr(std::min(written.find_first_not_of("0."), written.size()));
  auto const count = digits.size() - static_cast<std::size_t>(std::count(digits.begin(), digits.end(), '.'));
  if (!whole) return count > kMostDigits ? "has more than 15 digits" : "";
  static constexpr std::string_view kLargest = "9007199254740991";
  bool const too_large = count > kLargest.size() || (count == kLargest.size() && digits > kLargest);
  return too_large ? "is above 9007199254740991" : "";
}

std::string inexact_message(std::string_view written, std::string_view because) {
  return fmt::format("The number {} {}, and not every program reads such a number exactly.",
                     written.size() > 40 ? std::string(written.substr(0, 40)) + "…" : std::string(written), because);
}

}  // namespace waymark::cases
