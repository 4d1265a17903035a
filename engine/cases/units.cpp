// Words for what a field holds.
#include "engine/cases/units.hpp"

#include <fmt/format.h>

namespace waymark::cases {

using vocabulary::Field;
using vocabulary::Kind;
using vocabulary::Type;
using vocabulary::Vocabulary;

namespace {

constexpr std::uint32_t kMostPlaces = 6;

values::Steps power_of_ten(std::uint32_t exponent) {
  values::Steps out = 1;
  while (exponent-- != 0) out *= 10;
  return out;
}

Type one_of(Type type) {
  type.list = false;
  return type;
}

}  // namespace

values::Scale plain_scale(Type const& type, Vocabulary const& vocabulary) {
  return {power_of_ten(vocabulary.decimals(type)), 1};
}

std::uint32_t decimal_places(values::Scale scale) {
  std::uint32_t places = 0;
  while (places < kMostPlaces && scale.numerator % (scale.denominator * power_of_ten(places + 1)) == 0) ++places;
  return places;
}

std::string with_article(std::string_view name) {
  bool const vowel = !name.empty() && std::string_view("aeioAEIO").find(name.front()) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", name);
}

std::string expected_words(Field const& field, Vocabulary const& vocabulary) {
  auto const type = one_of(field.quantity.type);
  switch (type.kind) {
    case Kind::count:
    case Kind::percent:
    case Kind::points: return "a number of " + words(type, vocabulary);
    case Kind::money: return "an amount in " + words(type, vocabulary);
    case Kind::code: return fmt::format("a {} code", words(type, vocabulary));
    case Kind::choice: return "one of " + vocabulary.choices[type.which].shown;
    case Kind::record: return with_article(vocabulary.records[type.which].shown) + " with its own keys";
    case Kind::date:
    case Kind::year:
    case Kind::text:
    case Kind::yes_no: return words(type, vocabulary);
  }
  return "";
}

std::string scale_words(Field const& field, Vocabulary const& vocabulary) {
  auto const type = one_of(field.quantity.type);
  if (!vocabulary::is_numeric(type)) return "";
  auto const plain = plain_scale(type, vocabulary);
  auto const scale = field.quantity.scale;
  if (scale.numerator == plain.numerator * scale.denominator) return "";
  auto const one = write_ratio({scale.numerator, scale.denominator}, type, vocabulary);
  return fmt::format("1 stands for {}", one);
}

std::string in_data(values::Steps steps, values::Scale scale) {
  // steps = written * numerator / denominator; a decimal of at most `kMostPlaces` places, or nothing.
  auto const shifted = values::Int128{steps} * scale.denominator * power_of_ten(kMostPlaces);
  if (shifted % scale.numerator != 0) return "";
  return values::write_decimal(shifted / scale.numerator, kMostPlaces, 0, false);
}

std::string sample(Field const& field, Vocabulary const& vocabulary) {
  auto const& type = field.quantity.type;
  switch (type.kind) {
    case Kind::count: return decimal_places(field.quantity.scale) == 0 ? "25" : "7.5";
    case Kind::money: return decimal_places(field.quantity.scale) == 0 ? "1500" : "15.50";
    case Kind::percent:
    case Kind::points: return scale_words(field, vocabulary).empty() ? "12.5" : "125";
    case Kind::date: return "\"2026-11-21\"";
    case Kind::year: return "\"" + values::write_year(2024, vocabulary.calendar.years[type.which]) + "\"";
    case Kind::code: return type.system == values::CodeSystem::soc ? "\"15-1252\"" : "\"11.0701\"";
    case Kind::choice: {
      auto const& entries = vocabulary.choices[type.which].entries;
      return entries.empty() ? "" : "\"" + entries.front().data_key + "\"";
    }
    case Kind::yes_no: return "true";
    case Kind::text:
    case Kind::record: return "";
  }
  return "";
}

}  // namespace waymark::cases
