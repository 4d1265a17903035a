#include "engine/cases/waived_values.hpp"

#include <fmt/format.h>

#include "engine/check/units.hpp"
#include "grammar/parse.hpp"

namespace waymark::cases {
namespace {

std::optional<grammar::Amount> amount_in(std::string const& text) {
  grammar::Sources sources;
  auto const file = sources.add("value", text);
  grammar::Diagnostics unread;
  auto const fact = grammar::read_fact_value(sources, {file, 0, static_cast<std::uint32_t>(text.size())}, unread);
  if (!fact || fact->kind != grammar::FactValue::Kind::values || fact->values.size() != 1) return std::nullopt;
  auto const* amount = std::get_if<grammar::Amount>(&fact->values.front().node);
  return amount == nullptr ? std::nullopt : std::optional(*amount);
}

}  // namespace

values::Result<values::Steps, std::string> read_waived_value(std::string const& text, vocabulary::Type const& type,
                                                             vocabulary::Vocabulary const& vocabulary) {
  auto const amount = amount_in(text);
  auto words = vocabulary;  // a unit that it does not have is added to the copy
  auto const read = amount ? check::read_amount_as(words, *amount, type) : check::AmountReading();
  bool const other = read.amount && !(read.amount->type == type);
  if (read.amount && !other) return read.amount->steps;
  return values::failure(fmt::format("and the threshold is in {}.", vocabulary::words(type, vocabulary)));
}

}  // namespace waymark::cases
