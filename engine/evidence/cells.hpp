// One cell of a table as a key or as a value. What cannot be read is named and is never taken for zero.
#pragma once

#include <array>
#include <functional>
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
  /// `marks`: one table a column of `source`.
  CellReader(vocabulary::Source const& source, std::vector<MarkTable> const& marks,
             vocabulary::Vocabulary const& vocabulary, values::Symbols& symbols, Findings& findings);

  /// The symbol of key number `key`; nothing means that the row is passed over, which has been said.
  std::optional<values::Symbol> key(std::size_t key, std::string_view text, values::CsvPlace place);
  /// The value of column number `column`. Marks are looked for first: `-99999` is a number and a mark.
  Cell value(std::size_t column, std::string_view text, values::CsvPlace place);
  /// Says which members of a Choice the file has and the vocabulary has not; once, at the end.
  void tell_unknown_choices();

 private:
  struct Unknown {
    std::vector<std::string> texts;
    std::uint64_t line = 0;
    std::size_t rows = 0;
  };
  // Texts hash without becoming a std::string first.
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  // What texts of one key were read as. A column holds the same few texts over and over, often in runs: of two million
  // cells of wages some eight hundred differ.
  struct ReadTexts {
    std::unordered_map<std::string, values::Symbol, TextHash, std::equal_to<>> all;
    std::string last;
    std::optional<values::Symbol> symbol_of_last;
  };
  std::optional<values::Symbol> known_key(std::size_t key, std::string_view text);
  bool may_be_mark(std::size_t column, std::string_view text) const;
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
  std::vector<MarkTable> const& marks_;
  vocabulary::Vocabulary const& vocabulary_;
  values::Symbols& symbols_;
  Findings& findings_;
  std::vector<ReadTexts> read_texts_;                                                    // by key
  std::vector<std::array<bool, 256>> begins_mark_;                                       // by column, by first byte
  std::vector<std::unordered_map<std::string, std::optional<values::Symbol>>> choices_;  // by key, what was looked up
  std::vector<Unknown> unknown_;                                                         // by key
};

}  // namespace waymark::evidence
