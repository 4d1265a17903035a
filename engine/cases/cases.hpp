// Submissions as columns of facts, each known, bounded or missing for a reason. Rows are cases, in the input's order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/values/date.hpp"
#include "engine/values/exact.hpp"
#include "engine/values/missing.hpp"
#include "engine/values/symbols.hpp"
#include "engine/vocabulary/vocabulary.hpp"
#include "grammar/diagnostic.hpp"

namespace waymark::cases {

/// Values of one field, one after the other: steps for what is ordered, an index for a choice, a symbol for a code or a
/// text, 1 or 0 for yes or no. Exact where `lowest == highest`; what is missing runs over the field's declared range,
/// or from kNoLowest to kNoHighest.
struct FactColumn {
  std::vector<values::Steps> lowest, highest;
  std::vector<values::Known> known;

  std::size_t size() const { return known.size(); }
  void add(values::Steps value) { add(value, value, values::Known::exactly); }
  void add(values::Steps low, values::Steps high, values::Known how) {
    lowest.push_back(low);
    highest.push_back(high);
    known.push_back(how);
  }
};

struct RecordColumns;

/// All values of one field over a batch.
/// * neither list nor `each`: `values` has one entry a case.
/// * `each` a choice of m entries: m entries a case (case-major).
/// * `each` a year (after the choice, where both): `offsets` has one entry a case (or a case and choice entry) and one
///   more; `years` and `values` run from offset to offset, years ascending. A year without an entry was not submitted.
/// * a list: `offsets` as above a case; `values` the members (codes: sorted, each once; else as given); `list_known`
/// says
///   why a whole list is missing (then it has no members). Codes are sorted by their text, not by their symbol. Of
///   records: the members are rows of `members`.
struct FieldColumn {
  FactColumn values;
  std::vector<std::uint32_t> offsets;
  std::vector<std::int32_t> years;
  std::vector<values::Known> list_known;
  std::vector<RecordColumns> members;  ///< none or one
  /// Only of a nested record that is no list (`last decision`): whether it is there: yes (its fields are rows of
  /// `members`, one a case), known to be none, or not submitted.
  enum class Presence : std::uint8_t { there, none, unknown };
  std::vector<Presence> presence;
};

/// The fields of one record over its rows.
struct RecordColumns {
  vocabulary::RecordId record = 0;
  std::size_t rows = 0;
  std::vector<FieldColumn> fields;  ///< by position in Record::fields
};

/// A waiver on record: it is in force from `from` through `through`, both included. A date that is not given cannot be
/// told, but no waiver at all is a no: a waiver that is not on record is not in force.
struct WaiverOnRecord {
  std::string waiver;  ///< the name key of its block
  std::string grantor, authority, reason;
  std::optional<values::Date> from, through;
  std::optional<std::uint64_t> entry;  ///< in the ledger, where it came from there and not with the submission
  /// What the threshold that it waives is for the case instead: in steps of its unit, and as it was written.
  std::optional<values::Steps> value = std::nullopt;
  std::string value_text = {};
};

/// Where a submission came from, and what could not be read of it.
struct Origin {
  std::string id;  ///< the record's id, or empty when it has none
  std::uint64_t line = 0;
  /// When not empty: the submission could not be read and is `not reviewed`; its row holds nothing but missing facts.
  std::string fault;
  /// The bytes as they came, where `Setting::keep_received` asks for them; read again in the same format they give the
  /// same row. JSON Lines: the line without its end. JSON: the submission's text. CSV: the header and the row. TOML,
  /// and what keeps a file from being cut into submissions: the whole file. Nothing of a line or a file that is too
  /// large to be read.
  std::string received = {};
  /// Entries of a ledger behind facts that it added to the submission's own: waivers, earlier decisions.
  std::vector<std::uint64_t> entries = {};
};

struct Batch {
  std::string file;  ///< the input's name: a batch comes from one
  std::vector<Origin> origins;
  RecordColumns facts;
  std::vector<std::vector<WaiverOnRecord>> waivers;  ///< by case
  std::size_t size() const { return origins.size(); }
};

/// A part of an input, while one thread reads it.
class Block {
 public:
  virtual ~Block() = default;
  Block() = default;
  Block(Block const&) = delete;
  Block& operator=(Block const&) = delete;

  /// Reads what can be read without knowing what stands before it. For several threads at once.
  virtual void read() = 0;
};

/// Reads submissions of one record type, batch by batch, or block by block.
///
/// Bad input never stops the others and never passes in silence: a line that cannot be read gives one error diagnostic
/// with file, line, column and what is wrong, and stands in its batch with a `fault`. One bad value makes the whole
/// submission `not reviewed`: to decide on the rest would be to guess. Unknown keys are warned about once each.
class Reader {
 public:
  virtual ~Reader() = default;
  Reader() = default;
  Reader(Reader const&) = delete;
  Reader& operator=(Reader const&) = delete;

  /// Appends at most `most` further cases; false when the input has ended and nothing was added.
  virtual bool read(Batch& batch, std::size_t most) = 0;
  /// What was found since the last call.
  virtual grammar::DataDiagnostics take_diagnostics() = 0;

  /// For several threads at once, each with a block of its own; null where the format is not made of lines.
  virtual std::unique_ptr<Block> new_block() { return nullptr; }
  /// Whether more comes without waiting.
  using IsReady = std::function<bool()>;
  /// Puts further submissions into a block that is new or settled, at most `most`: waits for the first of them, and for
  /// more as long as they are ready. False: the input has ended. One thread at a time.
  virtual bool next_block(Block& block, std::size_t most, IsReady const& is_ready);
  /// The batch of a block that was read; it may be empty. One thread at a time, in the order in which `next_block` gave
  /// the blocks: what is then said and interned is as if one thread had read them all.
  virtual Batch settle(Block& block);
};

/// An empty batch with the columns of `record`.
Batch empty_batch(vocabulary::RecordId record, vocabulary::Vocabulary const& vocabulary);
/// One more row in which nothing is submitted.
void add_missing_row(RecordColumns& columns, vocabulary::Vocabulary const& vocabulary);

}  // namespace waymark::cases
