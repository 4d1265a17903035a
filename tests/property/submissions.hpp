// Random submissions: first as plain values that a test can change, then as the columns that the engine reads.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/cases/cases.hpp"
#include "engine/values/symbols.hpp"
#include "tests/property/random.hpp"
#include "tests/property/words.hpp"

namespace waymark::property {

struct Cell {
  values::Steps lowest = 0, highest = 0;
  values::Known known = values::Known::exactly;
};

struct RecordFacts;

/// What is submitted of one field. Which members are used depends on what the field is.
struct FieldFacts {
  std::vector<Cell> cells;                 ///< one; one a choice entry; or the members of a list
  std::vector<std::map<int, Cell>> years;  ///< by year, one map a choice entry (or one)
  values::Known list_known = values::Known::exactly;
  std::vector<RecordFacts> members;  ///< of a list of records; one of a nested record
  cases::FieldColumn::Presence presence = cases::FieldColumn::Presence::there;
};
struct RecordFacts {
  std::vector<FieldFacts> fields;
};
struct Submission {
  values::Date date;
  RecordFacts facts;
  std::vector<cases::WaiverOnRecord> waivers;
};

/// A waiver of the policy, and of one of a threshold the threshold's type.
struct DrawnWaiver {
  std::string name;
  std::optional<vocabulary::Type> value;
};
/// `known` percent of the values are given exactly.
Submission some_submission(vocabulary::Vocabulary const& words, std::vector<DrawnWaiver> const& waivers, unsigned known,
                           values::Symbols& symbols, Random& random);
/// One cell of a field, given or not.
Cell some_cell(vocabulary::Field const& field, unsigned known, vocabulary::Vocabulary const& words,
               values::Symbols& symbols, Random& random);
Cell missing_cell(vocabulary::Field const& field, values::Known why = values::Known::not_submitted);

cases::Batch batch_of(std::vector<Submission> const& submissions, vocabulary::Vocabulary const& words);
std::vector<values::Date> dates_of(std::vector<Submission> const& submissions);

}  // namespace waymark::property
