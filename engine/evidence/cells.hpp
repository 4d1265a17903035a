// One cell of a table as a key or as a value. What cannot be read is named and is never taken for zero.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/evidence/findings.hpp"
#include "engine/evidence/marks.hpp"
#include "engine/values/csv.hpp"

namespace waymark::evidence {

/// What a value column's cell says.
struct Cell {
  values::Steps lowest = values::kNoLowest;
  values::Steps highest = values::kNoHighest;
  values::Known known = values::Known::not_covered;
  friend bool operator==(Cell const&, Cell const&) = default;
};

class CellReader {
 public:
  CellReader(vocabulary::Source const& source, vocabulary::Vocabulary const& vocabulary, values::Symbols& symbols,
             Findings& findings);

  /// The symbol of key number `key`; nothing means that the row is passed over, which has been said.
  std::optional<values::Symbol> key(std::size_t key, std::string_view text, values::CsvPlace place);
  /// The value of column number `column`. Marks are looked for first: `-99999` is a number and a mark.
  Cell value(std::size_t column, MarkTable const& marks, std::string_view text, values::CsvPlace place);
  /// Says which members of a Choice the file has and the vocabulary has not; once, at the end.
  void tell_unknown_choices();

 private:
  struct Unknown {
    std::vector<std::string> texts;
    std::uint64_t line = 0;
    std::size_t rows = 0;
  };
  std::optional<values::Symbol> choice_key(std::size_t key, std::string_view text, values::CsvPlace place);
  std::optional<std::string> year_help(vocabulary::Type const& type, std::string_view text) const;
  std::optional<std::string> key_words(vocabulary::SourceKey const& key, std::string_view text) const;
  std::optional<Cell> read(vocabulary::SourceColumn const& column, std::string_view text, values::CsvPlace place);
  Cell number(vocabulary::SourceColumn const& column, std::string_view text, values::CsvPlace place);
  Cell rounded(vocabulary::SourceColumn const& column, std::string_view text, values::CsvPlace place);
  Cell within_range(vocabulary::SourceColumn const& column, Cell cell, std::string_view text, values::CsvPlace place);
  Cell missing(vocabulary::SourceColumn const& column, values::Known known) const;
  Cell unreadable(vocabulary::SourceColumn const& column, std::string_view text, values::CsvPlace place);
  void tell_date(std::string const& column, std::string_view text, std::string const& what, values::CsvPlace place);

  vocabulary::Source const& source_;
  vocabulary::Vocabulary const& vocabulary_;
  values::Symbols& symbols_;
  Findings& findings_;
  std::vector<std::unordered_map<std::string, std::optional<values::Symbol>>> choices_;  // by key, what was looked up
  std::vector<Unknown> unknown_;                                                         // by key
};

}  // namespace waymark::evidence
