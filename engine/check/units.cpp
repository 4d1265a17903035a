// Units by their words. Time units (days, months, years) are counts like any other.
#include "engine/check/units.hpp"

#include <fmt/format.h>

#include "engine/values/exact.hpp"
#include "grammar/print.hpp"

namespace waymark::check {
namespace {

using values::Scale;
using vocabulary::Kind;
using vocabulary::Per;
using vocabulary::Quantity;
using vocabulary::Type;
using vocabulary::Vocabulary;

constexpr Scale kMoneyScale{100, 1};
constexpr Scale kPercentScale{1'000'000, 1};

Scale power_of_ten(std::uint32_t decimals) {
  Scale scale;
  for (std::uint32_t i = 0; i < decimals; ++i) scale.numerator *= 10;
  return scale;
}

std::optional<Per> per_of(std::string_view words) {
  if (words.empty()) return Per::once;
  if (words == "per hour") return Per::hour;
  if (words == "per year") return Per::year;
  return std::nullopt;
}

bool take_front(std::string_view& words, std::string_view front) {
  if (!words.starts_with(front)) return false;
  auto const rest = words.substr(front.size());
  if (!rest.empty() && rest.front() != ' ') return false;
  words = rest.empty() ? rest : rest.substr(1);
  return true;
}

Quantity of_type(Type type, Scale scale = {}) { return {type, scale}; }

std::optional<Type> code_type(std::string_view words) {
  Type type;
  type.kind = Kind::code;
  if (take_front(words, "soc")) {
    type.system = values::CodeSystem::soc;
  } else if (take_front(words, "cip")) {
    type.system = values::CodeSystem::cip;
  } else {
    return std::nullopt;
  }
  if (words.empty()) return type;
  auto const year = values::read_year(words);
  if (!year || words.size() != 4) return std::nullopt;
  type.edition = static_cast<std::uint16_t>(*year);
  return type;
}

std::optional<Quantity> built_in(std::string_view words) {
  if (words == "text") return of_type({Kind::text});
  if (words == "date") return of_type({Kind::date});
  if (words == "yes or no") return of_type({Kind::yes_no});
  if (words == "percent") return of_type({Kind::percent}, kPercentScale);
  if (words == "percentage points" || words == "percentage point") return of_type({Kind::points}, kPercentScale);
  auto rest = words;
  if (take_front(rest, "dollars") || take_front(rest, "dollar")) {
    if (auto const per = per_of(rest)) return of_type({Kind::money, false, 0, *per}, kMoneyScale);
  }
  if (auto const code = code_type(words)) return of_type(*code);
  return std::nullopt;
}

std::optional<Quantity> declared(Vocabulary const& vocabulary, std::string_view words) {
  auto const with = [](Kind kind, std::uint16_t which) {
    Type type;
    type.kind = kind;
    type.which = which;
    return of_type(type);
  };
  if (auto const choice = vocabulary.choice(words)) return with(Kind::choice, *choice);
  if (auto const record = vocabulary.record(words)) return with(Kind::record, *record);
  for (std::uint16_t i = 0; i < vocabulary.calendar.years.size(); ++i) {
    // Only `program year`, not `program years`: those are counted.
    if (vocabulary.calendar.years[i].name == words) return with(Kind::year, i);
  }
  for (auto const& derived : vocabulary.derived_units) {
    auto const singular = vocabulary::singular(words);
    std::string_view rest = singular;
    if (!take_front(rest, derived.key)) continue;
    auto quantity = derived.quantity;
    if (rest.empty()) return quantity;
    auto const per = per_of(rest);
    if (quantity.type.kind != Kind::money || !per) continue;
    quantity.type.per = *per;
    return quantity;
  }
  return std::nullopt;
}

std::string written(grammar::Amount const& amount) {
  grammar::Value value;
  value.node = amount;
  return grammar::print(value);
}

AmountFault fault_of(values::NumberFault fault) {
  switch (fault) {
    case values::NumberFault::not_a_number: return AmountFault::not_a_number;
    case values::NumberFault::too_fine: return AmountFault::too_fine;
    case values::NumberFault::too_large: return AmountFault::too_large;
  }
  return AmountFault::not_a_number;
}

AmountReading read_in(grammar::Amount const& amount, Quantity const& quantity, bool bare) {
  bool const may_group = quantity.type.kind == Kind::count || quantity.type.kind == Kind::money;
  if (may_group && !values::point_between_thousands(amount.digits, quantity.scale).empty()) {
    return {std::nullopt, AmountFault::point_in_thousands};
  }
  auto const steps = values::read_decimal(amount.digits, quantity.scale);
  if (!steps) return {std::nullopt, fault_of(steps.error())};
  return {ReadAmount{quantity.type, *steps, bare, amount.digits}, AmountFault::none};
}

Quantity quantity_of_unit(Vocabulary& vocabulary, grammar::Amount const& amount) {
  if (amount.kind == grammar::Amount::Kind::percent) return of_type({Kind::percent}, kPercentScale);
  if (amount.kind == grammar::Amount::Kind::money) {
    if (auto const per = per_of(amount.unit.key)) return of_type({Kind::money, false, 0, *per}, kMoneyScale);
    return quantity_of_words(vocabulary, "dollars " + amount.unit.key);
  }
  return quantity_of_words(vocabulary, amount.unit.key);
}

}  // namespace

Quantity quantity_of_words(Vocabulary& vocabulary, std::string_view words) {
  if (words.starts_with("a ")) words.remove_prefix(2);
  if (words.starts_with("an ")) words.remove_prefix(3);
  if (take_front(words, "list of")) {
    auto quantity = quantity_of_words(vocabulary, words);
    quantity.type.list = true;
    return quantity;
  }
  constexpr std::string_view kThousands = " in thousands";
  if (words.ends_with(kThousands)) {
    auto quantity = quantity_of_words(vocabulary, words.substr(0, words.size() - kThousands.size()));
    quantity.scale.numerator *= 1000;
    return quantity;
  }
  if (auto const found = built_in(words)) return *found;
  if (auto const found = declared(vocabulary, words)) return *found;
  Type type;
  type.kind = Kind::count;
  type.which = vocabulary.unit(words);
  return {type, power_of_ten(vocabulary.units[type.which].decimals)};
}

AmountReading read_amount(Vocabulary& vocabulary, grammar::Amount const& amount) {
  using AmountKind = grammar::Amount::Kind;
  if (amount.kind == AmountKind::date) {
    auto const date = values::read_date(amount.digits);
    if (!date) return {std::nullopt, AmountFault::not_a_date};
    return {ReadAmount{{Kind::date}, date->days, false, amount.digits}, AmountFault::none};
  }
  if (amount.kind == AmountKind::year) {
    auto const year = values::read_year(amount.digits);
    if (!year) return {std::nullopt, AmountFault::not_a_year};
    return {ReadAmount{{Kind::year}, *year, true, amount.digits}, AmountFault::none};
  }
  bool const bare = amount.kind == AmountKind::number && amount.unit.empty();
  if (bare) return read_in(amount, of_type({Kind::count}), true);
  return read_in(amount, quantity_of_unit(vocabulary, amount), false);
}

AmountReading read_amount_as(Vocabulary& vocabulary, grammar::Amount const& amount, Type const& type) {
  using AmountKind = grammar::Amount::Kind;
  if (type.kind == Kind::year) {
    auto const& kind = vocabulary.calendar.years[type.which];
    auto const year = values::read_year(amount.digits, kind);
    auto const fault =
        values::either_year(amount.digits, kind).empty() ? AmountFault::not_a_year : AmountFault::one_of_two_years;
    if (!year) return {std::nullopt, fault};
    return {ReadAmount{type, *year, false, amount.digits}, AmountFault::none};
  }
  bool const bare = amount.kind == AmountKind::number && amount.unit.empty();
  if (!bare) return read_amount(vocabulary, amount);
  if (type.kind == Kind::count) return read_in(amount, {type, power_of_ten(vocabulary.decimals(type))}, true);
  if (type.kind == Kind::money) return read_in(amount, {type, kMoneyScale}, true);
  return read_in(amount, {type, kPercentScale}, true);
}

std::string fault_words(AmountFault fault, grammar::Amount const& amount, std::string_view unit) {
  switch (fault) {
    case AmountFault::none: return "";
    case AmountFault::not_a_number: return fmt::format("`{}` is not a number", amount.digits);
    case AmountFault::too_fine: return fmt::format("`{}` has more decimals than {} can have", amount.digits, unit);
    case AmountFault::too_large:
      return fmt::format("`{}` is larger than any number that is kept exactly", amount.digits);
    case AmountFault::not_a_date: return fmt::format("`{}` is not a day of the calendar", amount.digits);
    case AmountFault::one_of_two_years:
      return fmt::format("`{}` may be {}", amount.digits, values::either_year(amount.digits, values::YearKind{}));
    case AmountFault::point_in_thousands:
      return fmt::format("`{}` has a point before three digits, and a comma groups thousands", written(amount));
    case AmountFault::not_a_year: return fmt::format("`{}` is not a year such as 2024-25", amount.digits);
  }
  return "";
}

std::string fault_help(AmountFault fault) {
  if (fault == AmountFault::not_a_date) return kDay;
  if (fault == AmountFault::one_of_two_years) return "Write the one that is meant.";
  if (fault == AmountFault::point_in_thousands) return "A point stands before cents or other parts of one: `$45.50`.";
  return "Write a number that its unit can hold.";
}

grammar::Code fault_code(AmountFault fault) {
  if (fault == AmountFault::not_a_date) return grammar::Code::not_a_day;
  return fault == AmountFault::point_in_thousands ? grammar::Code::point_in_thousands : grammar::Code::wrong_unit;
}

std::string with_comma(grammar::Amount const& amount) {
  auto out = amount;
  out.digits = values::point_between_thousands(amount.digits, {});
  return written(out);
}

}  // namespace waymark::check
