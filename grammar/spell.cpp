// The words of the language's enumerations.
#include "grammar/spell.hpp"

#include <fmt/format.h>

namespace waymark::grammar {

char const* spell(Comparator comparator) {
  switch (comparator) {
    case Comparator::same: return "";
    case Comparator::one_of: return "one of";
    case Comparator::in_list: return "in";
    case Comparator::within: return "within";
    case Comparator::at_least: return "at least";
    case Comparator::at_most: return "at most";
    case Comparator::more_than: return "more than";
    case Comparator::less_than: return "less than";
    case Comparator::on_or_after: return "on or after";
    case Comparator::on_or_before: return "on or before";
    case Comparator::before: return "before";
    case Comparator::after: return "after";
    case Comparator::between: return "between";
    case Comparator::in_force: return "in force";
  }
  return "";
}

std::string ordinal(std::uint32_t number) {
  bool const teens = number / 10 % 10 == 1;  // 11th, 12th, 13th
  auto const last = teens ? 0 : number % 10;
  return fmt::format("{}{}", number, last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

std::string spell(Aggregate aggregate, std::uint32_t percentile) {
  switch (aggregate) {
    case Aggregate::none: return "";
    case Aggregate::total: return "total";
    case Aggregate::number: return "number";
    case Aggregate::highest: return "highest";
    case Aggregate::lowest: return "lowest";
    case Aggregate::average: return "average";
    case Aggregate::median: return "median";
    case Aggregate::percentile: return ordinal(percentile) + " percentile";
  }
  return "";
}

char const* spell(State state) {
  switch (state) {
    case State::met: return "met";
    case State::not_met: return "not met";
    case State::found_met: return "found met";
    case State::found_not_met: return "found not met";
    case State::cannot_be_told: return "cannot be told";
    case State::waived: return "waived";
  }
  return "";
}

char const* spell(FactValue::Kind kind) {
  using Kind = FactValue::Kind;
  switch (kind) {
    case Kind::values:
    case Kind::between:
    case Kind::counts: return "";
    case Kind::at_least: return "at least";
    case Kind::at_most: return "at most";
    case Kind::suppressed: return "suppressed";
    case Kind::not_submitted: return "not submitted";
    case Kind::not_yet_published: return "not yet published";
    case Kind::not_covered: return "not covered";
    case Kind::withdrawn: return "withdrawn";
    case Kind::none: return "none";
    case Kind::met: return "met";
    case Kind::not_met: return "not met";
    case Kind::cannot_be_told: return "cannot be told";
    case Kind::waived: return "waived";
    case Kind::does_not_apply: return "does not apply";
    case Kind::on_the_list: return "on the list";
    case Kind::not_on_the_list: return "not on the list";
    case Kind::in_force: return "in force";
    case Kind::not_in_force: return "not in force";
  }
  return "";
}

std::string spell(Connective connective, std::uint32_t count) {
  switch (connective) {
    case Connective::all: return "all of";
    case Connective::any: return "any of";
    case Connective::none: return "none of";
    case Connective::at_least: return fmt::format("at least {} of", count);
  }
  return "";
}

std::string spell(Quantifier quantifier, std::uint32_t count) {
  switch (quantifier) {
    case Quantifier::any: return "any";
    case Quantifier::every: return "every";
    case Quantifier::at_least: return fmt::format("at least {} of", count);
    case Quantifier::more_than_half: return "more than half of";
  }
  return "";
}

}  // namespace waymark::grammar
