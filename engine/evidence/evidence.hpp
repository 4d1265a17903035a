// Released tables as columns with dense keys, each with its vintage. Files are read in the layout in which their agency
// publishes them; a mark in a cell becomes what is known of it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/evidence/rows_by_symbol.hpp"
#include "engine/values/date.hpp"
#include "engine/values/missing.hpp"
#include "engine/values/result.hpp"
#include "engine/values/symbols.hpp"
#include "engine/vocabulary/vocabulary.hpp"
#include "grammar/diagnostic.hpp"

namespace waymark::evidence {

/// One `[[release]]` of a manifest: which file, of which Source, published when. Paths are as written there.
struct ReleaseEntry {
  std::string source;  ///< the Source's name key
  std::string name;    ///< `May 2024`
  std::string file;
  std::string publisher;
  std::string period;                    ///< `2024-05`
  std::optional<values::Date> released;  ///< known from this day on; none: always known
  std::string address;
  std::string sha256;              ///< lower-case hex, or empty
  std::string encoding = "utf-8";  ///< utf-8 or windows-1252
  char separator = ',';
  std::uint32_t header_row = 1;  ///< physical row (record) of the file, from 1, that holds the headers
  std::string footer;            ///< rows from the first cell that begins with this on are not data
  /// Per native column (or, as text, per name): marks that replace those of the Source for this release.
  struct ColumnMarks {
    std::string column;                                      ///< native header, `*` at its end matches any tail: `A_*`
    std::vector<std::pair<std::string, std::string>> marks;  ///< mark -> meaning in the language's words
    std::uint64_t line = 0;                                  ///< in the manifest
  };
  std::vector<ColumnMarks> marks;
  /// Of a list that a policy decided (`waymark list --release`).
  struct DecidedBy {
    std::string policy;             ///< its title
    std::string sha256;             ///< of its text and all that it uses, as a decision has it
    std::string date;               ///< the day for which it was decided
    std::vector<std::string> read;  ///< the releases that it read: source, name, sha256
  };
  std::optional<DecidedBy> decided_by;
  std::uint64_t line = 0;  ///< in the manifest
};

struct Manifest {
  std::string path;    ///< of the file itself
  std::string folder;  ///< where relative file names are looked up
  std::vector<ReleaseEntry> releases;
};

/// One value column of a release. `highest` equals `lowest` where a value is exact.
struct Column {
  std::vector<values::Steps> lowest, highest;
  std::vector<values::Known> known;
};

/// The rows of one release that its Source keeps.
struct Table {
  std::size_t rows = 0;
  std::vector<std::vector<values::Symbol>> keys;  ///< a column a SourceKey: interned canonical texts
  std::vector<std::uint8_t> untold;               ///< by row: `Untold:` of the Source holds; empty: of none
  /// Rows that could not be read were passed over, or there is none at all: that a key has no row then says nothing.
  bool rows_lost = false;
  std::vector<Column> columns;  ///< a column a SourceColumn; a choice as its index, texts as symbols
  /// The only row with these keys, or nothing.
  std::optional<std::uint32_t> row(std::vector<values::Symbol> const& key) const;
  /// Rows whose key number `key` is `symbol`, in file order.
  std::span<std::uint32_t const> rows_with(std::size_t key, values::Symbol symbol) const {
    return by_one_[key].with(symbol);
  }
  /// Titles of a key's symbols, where its Source names a title column.
  std::vector<std::unordered_map<values::Symbol, std::string>> titles;

  /// Fills the index below; called once, after the last row.
  void index();
  /// From `index` on no other table of this process has it, but copies of this one, and it itself after a change
  /// without `index`; 0 before.
  std::uint64_t number() const { return number_; }

 private:
  std::uint64_t number_ = 0;
  std::vector<RowsBySymbol> by_one_;  ///< by key
};

struct Release {
  vocabulary::SourceId source = 0;
  ReleaseEntry entry;
  std::string path;    ///< the file as it was opened
  std::string sha256;  ///< computed
  std::uint64_t bytes = 0;
  Table table;
};

/// All releases of a run, read once, shared by every decision of it.
struct Evidence {
  /// By Source, oldest first by `released`.
  std::vector<std::vector<Release>> releases;
  /// What the files hold that a person should know: codes turned to dates, unknown marks, rows refused.
  grammar::DataDiagnostics warnings;

  /// What was released after this day is not yet published, whatever the date of a decision: "as we knew then".
  std::optional<values::Date> known_on;

  /// The newest release of `source` known on `date`, and on `known_on` where that is earlier; or nothing.
  Release const* newest(vocabulary::SourceId source, values::Date date) const;
};

/// Bytes of a file, or what the world did instead. Replaced in tests.
using ReadFile = std::function<values::Result<std::string, values::WorldError>(std::string const& path)>;

struct ManifestRead {
  Manifest manifest;
  grammar::DataDiagnostics diagnostics;  ///< unknown keys with the nearest name; errors make it unusable
};
/// Reads `evidence.toml`. `environment` answers the manifest's `folder_from` (the name of a variable), or nothing.
ManifestRead read_manifest(std::string const& path, std::string const& text,
                           std::function<std::optional<std::string>(std::string const&)> const& environment);

struct EvidenceRead {
  Evidence evidence;
  grammar::DataDiagnostics errors;  ///< any: exit 4
};
/// Reads the releases of the Sources in `wanted`. A release whose Source no vocabulary declares is passed over; a hash
/// that does not fit, a missing file, a header without a mapped column, two rows with one key that differ, are errors.
EvidenceRead read_evidence(Manifest const& manifest, vocabulary::Vocabulary const& vocabulary,
                           std::vector<vocabulary::SourceId> const& wanted, values::Symbols& symbols,
                           ReadFile const& read_file);

/// The text by which a key that is a number underneath is interned in a table: a choice as it is shown, `2024-25`,
/// `2026-11-21`, `yes`. (A code is its canonical form, a text itself.)
std::string key_text(vocabulary::Type const& type, values::Steps value, vocabulary::Vocabulary const& vocabulary);

}  // namespace waymark::evidence
