// How a number of a field is written in data, in words: for messages and for the schema.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/vocabulary/vocabulary.hpp"

namespace waymark::cases {

/// `a number of students`, `an amount in dollars per year`, `a date`, `a SOC 2018 code`.
std::string expected_words(vocabulary::Field const& field, vocabulary::Vocabulary const& vocabulary);
/// `a request`, `an outcome`.
std::string with_article(std::string_view name);
/// `1 stands for 0.1 percent`, or empty where a number means what it says.
std::string scale_words(vocabulary::Field const& field, vocabulary::Vocabulary const& vocabulary);
/// What one whole unit of the type is in steps: a dollar is 100, a percent 1,000,000.
values::Scale plain_scale(vocabulary::Type const& type, vocabulary::Vocabulary const& vocabulary);
/// Decimal places that a number may have in data: 2 for dollars in cents.
std::uint32_t decimal_places(values::Scale scale);
/// A value that may stand in data, in quotes where it needs them: `25`, `"2026-11-21"`.
std::string sample(vocabulary::Field const& field, vocabulary::Vocabulary const& vocabulary);
/// Steps as a number in data is written, or empty where no short decimal says it.
std::string in_data(values::Steps steps, values::Scale scale);

}  // namespace waymark::cases
