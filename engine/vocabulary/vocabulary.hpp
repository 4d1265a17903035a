// What a policy may talk about: records and their fields, choices, units, sources and calendars, merged from all the
// vocabularies that it uses. Built by check; read by everyone. Names are `grammar::name_key` keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/values/date.hpp"
#include "engine/values/missing.hpp"
#include "engine/vocabulary/type.hpp"

namespace waymark::vocabulary {

using UnitId = std::uint16_t;
using ChoiceId = std::uint16_t;
using RecordId = std::uint16_t;
using FieldId = std::uint32_t;  ///< index into Vocabulary::fields
using SourceId = std::uint16_t;
using YearKindId = std::uint16_t;

/// What counts are counted in. Compared by `key`, in which every word is singular: `opening per year`.
struct Unit {
  std::string name;  ///< as first written: `openings per year`
  std::string key;
  std::uint32_t decimals = 0;  ///< 0 unless the vocabulary allows parts: 7.5 graduates
};

/// A unit that is a multiple of another: `cent = $0.01`, `permille = 0.1 percent`, `full-time year = 2,080 hours`.
struct DerivedUnit {
  std::string key;  ///< singular words
  Quantity quantity;
};

struct ChoiceEntry {
  std::string name;      ///< key
  std::string shown;     ///< as written
  std::string data_key;  ///< in data: `econ`
  bool favourable = false;
  bool adverse = false;
};

struct Choice {
  std::string name;
  std::string shown;
  bool lowest_first = false;
  bool best_first = false;
  std::vector<ChoiceEntry> entries;

  /// By name, shown text or data key, without regard to case; or nothing.
  std::optional<std::uint32_t> find(std::string_view word) const;
};

/// What a field has one value for each of.
struct Dimension {
  enum class Of : std::uint8_t { choice, year };
  Of of = Of::choice;
  std::uint16_t which = 0;  ///< ChoiceId or YearKindId
  friend bool operator==(Dimension const&, Dimension const&) = default;
};

struct Field {
  std::string name;   ///< key: `annual openings`
  std::string shown;  ///< as written
  /// Where the value stands in data: keys outermost first. A part may hold one `{choice name}` or `{year}` placeholder;
  /// without one, the members of a dimension are keys one level below.
  std::vector<std::string> path;
  Quantity quantity;
  std::vector<Dimension> each;  ///< at most one choice and one year, in this order
  bool may_be_negative = false;
  std::optional<values::Steps> lowest;  ///< a declared range
  std::optional<values::Steps> highest;
  bool review_date = false;  ///< the date by which this record is reviewed
  bool identifies = false;   ///< tells what is reviewed apart from year to year, whatever a submission's own id is
};

struct Record {
  std::string name;
  std::string shown;
  std::string id_key = "id";  ///< where its identifier stands in data
  std::vector<FieldId> fields;
  std::vector<std::string> ignored;  ///< data keys that are known and not used
};

struct MarkMeaning {
  values::Known known = values::Known::suppressed;
  values::Steps lowest = values::kNoLowest;  ///< of a bounded one, in steps
  values::Steps highest = values::kNoHighest;
};
struct Mark {
  std::string text;  ///< as it stands in the cell; blanks around a cell are cut before; empty: a blank cell
  MarkMeaning meaning;
};

/// Which year a table means that has `2025` for one that runs over New Year: its Source has to say.
enum class YearNamed : std::uint8_t { in_full, by_first, by_last };

struct SourceKey {
  std::string name;
  std::string shown;
  Type type;
  std::string column;        ///< native header
  std::string title_column;  ///< native header of its title, or empty
  YearNamed named = YearNamed::in_full;
};

struct SourceColumn {
  std::string name;
  std::string shown;
  Quantity quantity;
  std::string column;
  bool may_be_negative = false;
  std::optional<values::Steps> lowest;
  std::optional<values::Steps> highest;
  std::vector<Mark> marks;
  YearNamed named = YearNamed::in_full;
};

/// Rows are kept where `column` is (not) one of `texts`.
struct RowFilter {
  std::string column;
  bool negated = false;
  std::vector<std::string> texts;
};

/// A table that an agency publishes. Only key columns: a list, on which absence means no. With value columns: a
/// measure, in which absence means that it cannot be told.
struct Source {
  std::string name;
  std::string shown;
  std::string citation;
  std::vector<SourceKey> keys;
  std::vector<SourceColumn> columns;
  std::vector<RowFilter> rows;
  /// Of a list: a row for which all of these hold is a member that may be on it or not; empty: there is none.
  std::vector<RowFilter> untold;
  /// The edition whose whole table this is (`Lists all: SOC 2018`): a code that it lacks is outside that edition.
  std::optional<Type> lists_all;

  bool is_list() const { return columns.empty(); }
  /// Two keys of one code system and different editions: a crosswalk between editions.
  bool is_edition_crosswalk() const;
};

struct Vocabulary {
  std::vector<Unit> units;
  std::vector<DerivedUnit> derived_units;
  std::vector<Choice> choices;
  std::vector<Record> records;
  std::vector<Field> fields;
  std::vector<Source> sources;
  values::Calendar calendar;
  /// Hours in a declared full-time year; hourly and yearly money compare only through it.
  std::optional<values::Steps> full_time_hours;

  std::optional<ChoiceId> choice(std::string_view name) const;
  std::optional<RecordId> record(std::string_view name) const;
  std::optional<SourceId> source(std::string_view name) const;
  std::optional<YearKindId> year_kind(std::string_view name) const;
  /// The unit of a key, added when it is new.
  UnitId unit(std::string_view written);
  std::optional<UnitId> find_unit(std::string_view written) const;

  std::uint32_t decimals(Type const& type) const;
};

/// Every word of a unit or a list's name made singular: `openings per year` -> `opening per year`, `studies` ->
/// `study`.
std::string singular(std::string_view words);

/// The edition of a code type as people write it: `SOC 2018`, `CIP`.
std::string words(Type const& type, Vocabulary const& vocabulary);

/// A number of `type` as the language writes it: `412 openings per year`, `$52,300 per year`, `12.5 percent`,
/// `10 percentage points`, `2026-11-21`, `2024-25`. Symbols (choices, codes, texts) are not numbers and not for this.
std::string write_steps(values::Int128 steps, Type const& type, Vocabulary const& vocabulary);
/// A ratio in the same spelling, rounded for the eye to the type's step and marked `about` when it is not exact.
std::string write_ratio(values::Ratio ratio, Type const& type, Vocabulary const& vocabulary);

}  // namespace waymark::vocabulary
