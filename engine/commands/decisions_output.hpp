// Decisions as `review` prints them: JSON Lines, CSV, or a table for people; and what is counted on the way.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/commands/judged.hpp"
#include "engine/commands/outside_codes.hpp"
#include "engine/commands/text_table.hpp"
#include "engine/commands/unmatched.hpp"

namespace waymark::commands {

enum class OutputFormat { text, jsonl, csv };

struct OutputAsked {
  OutputFormat format = OutputFormat::text;
  explain::Detail detail = explain::Detail::short_reasons;
};

/// What all decisions come to together.
struct Tally {
  std::map<std::string, std::size_t> outcomes;
  std::size_t not_reviewed = 0;
  std::size_t unfavourable = 0;  ///< decided or not, not counting those that were not reviewed
  std::size_t undated = 0;
  std::set<evidence::Release const*> evidence;  ///< that decisions read
  UnmatchedCounts unmatched;
  OutsideNotes outside;

  void add(Tally const& other);
  std::size_t total() const;
};

/// A batch of decisions, ready to be printed.
struct Printed {
  std::string text;          ///< JSON Lines or CSV, whole
  std::vector<Row> rows;     ///< of the table
  std::string explanations;  ///< below the table, where they were asked for
  Tally tally;
};

/// What stands before the first decision: the header of a CSV.
std::string head(OutputAsked const& asked);
/// Nothing shared is changed: batches may be printed at once. `seqs`: of the entries that record the decisions, or
/// none.
Printed print(Judged& judged, OutputAsked const& asked, std::vector<CodeLookup> const& lookups,
              std::vector<std::uint64_t> const& seqs);
/// The heading of the table; `request` is a column where the record has such a field.
Row table_heading(check::Program const& program, OutputAsked const& asked);
/// Counts by outcome in the policy's order, and the evidence that was used.
std::string summary(Tally const& tally, check::Program const& program);

}  // namespace waymark::commands
