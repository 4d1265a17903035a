// Rows that something missing makes false, above a row that refuses: `Approve when: wage is found met`, and below it
// `Deny when: support is not met`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/check/program.hpp"

namespace waymark::check {

/// A row that could have decided, were it not for what is missing.
struct LostRow {
  std::uint32_t above = 0;  ///< index of that row
  /// What it asks to be found and no other row waits for: the criteria (or figures and facts) by name, in its order.
  std::vector<std::string> names;
};

/// The first row above `row` that does not hold while something is missing, would hold once it is known, and then keeps
/// `row` from deciding; `row` is adverse. No row is lost where `row` itself or one above it waits for what is missing,
/// or where both can never hold of one case. Nothing else is proven: a row may count as lost that other rules of the
/// policy save.
std::optional<LostRow> lost_row_above(Program const& program, Decision const& decision, std::uint32_t row);

}  // namespace waymark::check
