// What a list loses because codes that a Source names have no partner in the table in which they are looked up: most
// often codes of an older edition.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/commands/reviewer.hpp"
#include "grammar/diagnostic.hpp"

namespace waymark::commands {

/// Codes of one key of a list Source that another Source has no row for.
struct ListGap {
  vocabulary::SourceId from = 0;  ///< the list
  std::uint32_t from_key = 0;
  vocabulary::SourceId in = 0;  ///< where they are looked up
  std::uint32_t in_key = 0;
  std::vector<values::Symbol> codes;  ///< in the order of their texts
};

/// In the order of the Sources; only those that have a code.
std::vector<ListGap> list_gaps(check::Program const& program, evidence::Evidence const& evidence,
                               values::Symbols const& symbols, values::Date date);

/// The members of a list on a date: each with whether it is on it.
using Members = std::map<values::Symbol, values::Truth>;
Members run_list(check::Program const& program, evidence::Evidence const& evidence, values::Symbols& symbols,
                 check::ListId list, values::Date date);

/// Warnings that name the codes, their edition where it is known, and what they cost: the members that the list would
/// have if each code stood for its successors.
grammar::DataDiagnostics gap_warnings(Reviewer& reviewer, check::Program const& program, check::ListId list,
                                      values::Date date, Members const& members);

}  // namespace waymark::commands
