// What words mean as types and units, and what written amounts are worth in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/vocabulary/vocabulary.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/syntax.hpp"

namespace waymark::check {

/// `openings per year`, `cents per hour`, `percent`, `a date`, `list of SOC 2018`, `openings per year in thousands`,
/// the name of a choice, a record or a kind of year. Words that are none of these are a unit of counts, which is added.
vocabulary::Quantity quantity_of_words(vocabulary::Vocabulary& vocabulary, std::string_view words);

/// A written amount in the unit that it names. `code` is set for digits that may be a code and carry no unit.
struct ReadAmount {
  vocabulary::Type type;
  values::Steps steps = 0;
  bool bare = false;  ///< a number without a unit: takes the unit of what it stands beside
  std::string written;
};
enum class AmountFault : std::uint8_t {
  none,
  not_a_number,
  too_fine,
  too_large,
  not_a_date,
  not_a_year,
  one_of_two_years,
  point_in_thousands  ///< `45.000`
};
struct AmountReading {
  std::optional<ReadAmount> amount;
  AmountFault fault = AmountFault::none;
};
AmountReading read_amount(vocabulary::Vocabulary& vocabulary, grammar::Amount const& amount);

/// The same number read as `type`, where the amount is bare or of that type; nothing otherwise.
AmountReading read_amount_as(vocabulary::Vocabulary& vocabulary, grammar::Amount const& amount,
                             vocabulary::Type const& type);

/// What to write where a day is needed.
inline constexpr char const* kDay = "Write a day that there is, the year first: 2024-07-01.";

/// In the language's words: "12.345 has more decimals than dollars have".
std::string fault_words(AmountFault fault, grammar::Amount const& amount, std::string_view unit);
/// What to write instead.
std::string fault_help(AmountFault fault);
/// The message for it.
grammar::Code fault_code(AmountFault fault);
/// The same amount with a comma between its thousands.
std::string with_comma(grammar::Amount const& amount);

}  // namespace waymark::check
