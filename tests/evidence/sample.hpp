// Vocabularies made by hand and files held in memory, for the tests of this room.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/evidence/evidence.hpp"

namespace waymark::evidence::sample {

inline vocabulary::Type soc(std::uint16_t edition = 2018) {
  vocabulary::Type type;
  type.kind = vocabulary::Kind::code;
  type.edition = edition;
  return type;
}

inline vocabulary::Type cip(std::uint16_t edition = 2020) {
  auto type = soc(edition);
  type.system = values::CodeSystem::cip;
  return type;
}

inline vocabulary::Type of_kind(vocabulary::Kind kind, std::uint16_t which = 0) {
  vocabulary::Type type;
  type.kind = kind;
  type.which = which;
  return type;
}

inline vocabulary::Type text() { return of_kind(vocabulary::Kind::text); }

inline vocabulary::Quantity dollars(vocabulary::Per per = vocabulary::Per::year) {
  auto type = of_kind(vocabulary::Kind::money);
  type.per = per;
  return {type, {100, 1}};
}

inline vocabulary::Quantity percent() { return {of_kind(vocabulary::Kind::percent), {1'000'000, 1}}; }

/// A count of `unit`, written in ones or in thousands.
inline vocabulary::Quantity count(vocabulary::Vocabulary& vocabulary, std::string const& unit, values::Steps each = 1) {
  return {of_kind(vocabulary::Kind::count, vocabulary.unit(unit)), {each, 1}};
}

inline vocabulary::SourceKey key(std::string const& name, vocabulary::Type type, std::string column,
                                 std::string title_column = {}) {
  return {name, name, type, std::move(column), std::move(title_column)};
}

inline vocabulary::SourceColumn column(std::string const& name, vocabulary::Quantity quantity, std::string native,
                                       std::vector<vocabulary::Mark> marks = {}) {
  vocabulary::SourceColumn out;
  out.name = name;
  out.shown = name;
  out.quantity = quantity;
  out.column = std::move(native);
  out.marks = std::move(marks);
  return out;
}

inline vocabulary::Mark suppressed(std::string text) { return {std::move(text), {values::Known::suppressed}}; }
inline vocabulary::Mark at_least(std::string text, values::Steps lowest) {
  return {std::move(text), {values::Known::bounded, lowest, values::kNoHighest}};
}

inline vocabulary::Source source(std::string const& name, std::vector<vocabulary::SourceKey> keys,
                                 std::vector<vocabulary::SourceColumn> columns = {},
                                 std::vector<vocabulary::RowFilter> rows = {}) {
  vocabulary::Source out;
  out.name = name;
  out.shown = name;
  out.keys = std::move(keys);
  out.columns = std::move(columns);
  out.rows = std::move(rows);
  return out;
}

inline vocabulary::Choice choice(std::string const& name, std::initializer_list<std::string> entries) {
  vocabulary::Choice out;
  out.name = name;
  out.shown = name;
  for (auto const& entry : entries) out.entries.push_back({entry, entry, entry});
  return out;
}

inline vocabulary::Vocabulary with_program_years() {
  vocabulary::Vocabulary vocabulary;
  vocabulary.calendar.years.push_back({"program year", 7, 1});
  return vocabulary;
}

/// What fixtures/evidence/labor-market.vocabulary says.
inline vocabulary::Vocabulary labor_market() {
  auto vocabulary = with_program_years();
  vocabulary.choices.push_back(choice("region", {"Essex County", "Hudson County"}));
  auto const people = count(vocabulary, "people");
  auto const openings = count(vocabulary, "openings per year", 1000);
  vocabulary.sources.push_back(
      source("wages", {key("occupation", soc(), "OCC_CODE", "OCC_TITLE")},
             {column("employment", people, "TOT_EMP", {suppressed("**")}),
              column("median wage", dollars(), "A_MEDIAN", {suppressed("*"), at_least("#", 23'920'000)})},
             {{"O_GROUP", false, {"detailed"}}}));
  vocabulary.sources.push_back(source(
      "projections", {key("area", of_kind(vocabulary::Kind::choice), "AREA"), key("occupation", soc(), "OCC_CODE")},
      {column("annual openings", openings, "OPENINGS")}));
  return vocabulary;
}

/// A manifest with one release of each named file.
struct Given {
  std::map<std::string, std::string> files;
  Manifest manifest;

  ReleaseEntry& add(std::string source, std::string bytes, std::string name = "2024") {
    ReleaseEntry entry;
    entry.file = source + " " + name + ".csv";
    entry.source = std::move(source);
    entry.name = std::move(name);
    entry.line = manifest.releases.size() + 1;
    files[entry.file] = std::move(bytes);
    manifest.path = "evidence.toml";
    manifest.releases.push_back(std::move(entry));
    return manifest.releases.back();
  }
};

inline ReadFile in_memory(std::map<std::string, std::string> const& files) {
  return [&files](std::string const& path) -> values::Result<std::string, values::WorldError> {
    auto const found = files.find(path);
    if (found == files.end()) return values::failure(values::WorldError{path + " is not there"});
    return found->second;
  };
}

struct Read {
  values::Symbols symbols;
  Evidence evidence;
  grammar::DataDiagnostics errors;

  Table const& table(vocabulary::SourceId source = 0) const { return evidence.releases.at(source).at(0).table; }
  std::size_t count(grammar::Code code) const {
    std::size_t n = 0;
    for (auto const* list : {&errors, &evidence.warnings}) {
      for (auto const& one : *list) n += one.code == code ? 1 : 0;
    }
    return n;
  }
  /// All that was said, one message a line.
  std::string said() const {
    std::string out;
    for (auto const* list : {&errors, &evidence.warnings}) {
      for (auto const& one : *list) {
        out += one.file + ":" + std::to_string(one.line) + ":" + std::to_string(one.column) + ": " + one.message + " " +
               one.help + "\n";
      }
    }
    return out;
  }
};

inline Read read(vocabulary::Vocabulary const& vocabulary, Manifest const& manifest, ReadFile const& files) {
  Read out;
  std::vector<vocabulary::SourceId> wanted;
  for (std::size_t i = 0; i < vocabulary.sources.size(); ++i) wanted.push_back(static_cast<vocabulary::SourceId>(i));
  auto read = read_evidence(manifest, vocabulary, wanted, out.symbols, files);
  out.evidence = std::move(read.evidence);
  out.errors = std::move(read.errors);
  return out;
}

inline Read read(vocabulary::Vocabulary const& vocabulary, Given const& given) {
  return read(vocabulary, given.manifest, in_memory(given.files));
}

/// One Source, one file.
inline Read read_one(vocabulary::Vocabulary vocabulary, vocabulary::Source source, std::string bytes,
                     ReleaseEntry const& layout = {}) {
  Given given;
  auto& entry = given.add(source.name, std::move(bytes));
  entry.separator = layout.separator;
  entry.header_row = layout.header_row;
  entry.footer = layout.footer;
  entry.encoding = layout.encoding;
  entry.marks = layout.marks;
  vocabulary.sources = {std::move(source)};
  return read(vocabulary, given);
}

/// A cell as words: `5`, `5..7`, `5..`, `suppressed by its source`.
inline std::string cell(Table const& table, std::size_t column, std::size_t row) {
  auto const& values = table.columns.at(column);
  auto const known = values.known.at(row);
  if (known == values::Known::exactly) return std::to_string(values.lowest.at(row));
  if (known != values::Known::bounded) return std::string(values::words(known));
  auto const low = values.lowest.at(row) == values::kNoLowest ? "" : std::to_string(values.lowest.at(row));
  return low + ".." + (values.highest.at(row) == values::kNoHighest ? "" : std::to_string(values.highest.at(row)));
}

/// The same, found by the key's words.
inline std::string cell(Read const& read, std::size_t column, std::vector<std::string> const& key,
                        vocabulary::SourceId source = 0) {
  std::vector<values::Symbol> symbols;
  for (auto const& word : key) symbols.push_back(read.symbols.find(word));
  auto const row = read.table(source).row(symbols);
  return row ? cell(read.table(source), column, *row) : "no row";
}

}  // namespace waymark::evidence::sample
