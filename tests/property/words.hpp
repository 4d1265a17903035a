// The vocabulary in which random policies are written: one field, key or column of every kind that there is, with what
// may be negative and what has a range drawn anew each time.
#pragma once

#include <string>
#include <vector>

#include "engine/vocabulary/vocabulary.hpp"
#include "tests/property/random.hpp"

namespace waymark::property {

using vocabulary::Type;

// Choices, year kinds, records and sources by their place in the vocabulary.
inline constexpr std::uint16_t kRequest = 0, kGrade = 1, kGroup = 2, kOutcome = 3;
inline constexpr std::uint16_t kProgramYear = 0, kCalendarYear = 1;
inline constexpr std::uint16_t kPathway = 0, kCourse = 1, kLastDecision = 2;
inline constexpr std::uint16_t kWages = 0, kLivingWages = 1, kInDemand = 2, kPriority = 3, kQuotas = 4, kHistory = 5;
inline constexpr std::uint16_t kLineItems = 8;  ///< one row for each occupation: its members can be ranked

Type count_of(std::uint16_t unit);
inline constexpr std::uint16_t kOpenings = 0, kStudents = 1, kGraduates = 2, kDays = 3;
Type type_of(vocabulary::Kind kind, std::uint16_t which = 0);
Type pay();
/// A code of SOC 2018, or of another edition.
Type soc_code(std::uint16_t edition = 2018);
/// Every type of a number.
std::vector<Type> const& numeric_types();

vocabulary::Vocabulary make_words(Random& random);

/// The position of a field of the reviewed record.
std::uint32_t position_of(vocabulary::Vocabulary const& words, std::string const& field);

// What stands in data. Few of each, so that equal things meet.
std::vector<std::string> const& occupations();
std::vector<std::string> const& regions();
std::vector<std::string> const& credentials();
/// A value of an ordered type, a choice or yes or no, in steps, from a small pool.
values::Steps some_steps(Type const& type, bool may_be_negative, vocabulary::Vocabulary const& words, Random& random);
/// A text or code of a type, for the field, key or column of that name.
std::string const& some_text(Type const& type, std::string const& name, Random& random);

}  // namespace waymark::property
