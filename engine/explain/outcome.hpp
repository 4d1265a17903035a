// The outcome and its row in words.
#pragma once

#include <string>
#include <vector>

#include "engine/explain/explain.hpp"

namespace waymark::explain {

/// The row that decided, or null.
check::Row const* decided_row(Subject const& subject);
/// `phase out`, `needs information`, `not reviewed`.
std::string outcome_words(Subject const& subject);
/// `phase out`, of the row alone.
std::string row_outcome(check::Row const& row);
/// `phase out over 2 program years`
std::string row_words(check::Row const& row);
/// The citation of the row that decided, else of its decision; empty where several rows are still possible.
std::string row_citation(Subject const& subject);
/// The row that decided rests on no law and no published source.
bool is_illustrative_row(Subject const& subject);
/// Words of the outcomes that are still possible, each once; `not reviewed` is one where perhaps no `When` holds.
std::vector<std::string> possible(Subject const& subject);
/// What the row that decided leaves to the next review; without a value where that cannot be told.
struct Memory {
  check::Remembered const* what = nullptr;
  std::optional<values::Steps> value;
};
std::vector<Memory> remembered(Subject const& subject);
/// What the policy reports of the case, in its order.
struct Report {
  std::string name, key;
  std::string words;  ///< `$7,000`; or what is known of it: `at least $5,000`, `cannot be told: not submitted`
};
std::vector<Report> reported(Subject const& subject);
/// Why the case was not reviewed, or empty.
std::string fault_words(Subject const& subject);

}  // namespace waymark::explain
