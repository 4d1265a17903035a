// Decisions as `review` prints them: JSON Lines, CSV, or a table for people; and what is counted on the way.
#pragma once

#include <string>
#include <vector>

#include "engine/commands/judged.hpp"
#include "engine/commands/tally.hpp"
#include "engine/commands/text_table.hpp"

namespace waymark::commands {

enum class OutputFormat { text, jsonl, csv };

struct OutputAsked {
  OutputFormat format = OutputFormat::text;
  explain::Detail detail = explain::Detail::short_reasons;
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
Printed print(Judged& judged, OutputAsked const& asked, Counting const& counting,
              std::vector<std::uint64_t> const& seqs);
/// The heading of the table; `request` is a column where the record has such a field.
Row table_heading(check::Program const& program, OutputAsked const& asked);
/// Counts by outcome in the policy's order, and the evidence that was used.
std::string summary(Tally const& tally, check::Program const& program);

}  // namespace waymark::commands
