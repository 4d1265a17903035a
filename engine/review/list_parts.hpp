// Facts as columns, and the members of lists as parts of lookups. In the given memory, or that of the batch.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "engine/cases/cases.hpp"
#include "engine/review/column.hpp"

namespace waymark::review {

/// In the memory of the run, as columns are.
using Rows = std::span<std::uint32_t const>;

/// A field's values as a column, narrow where they fit.
Column column_of(cases::FactColumn const& values, Memory& memory);

/// Rows of a domain by how many members, or parts, each has. Gone through in this order, a loop over those of a row
/// ends after as many as that of the row before, which the processor foresees: half of what an aggregate costs is
/// otherwise that it does not.
struct BySize {
  static constexpr std::uint32_t kLargest = 7;  ///< and above
  Rows order;
  std::array<std::uint32_t, kLargest + 2> begin{};  ///< in `order`, by size
};

/// The members of a list field, row by row of a domain, as lookups take them for parts. In the memory that was given
/// for them or of the batch.
struct ListParts {
  Rows offsets;                            ///< by row, and one more
  Rows row_of;                             ///< by part
  std::span<Narrow const> words;           ///< by part, a text once in a row; without a lowest end: unknown
  std::span<std::uint8_t const> and_more;  ///< by row: it has members that are not known
  BySize by_size;
  std::uint32_t most = 0;  ///< of one row
};

/// Of the records of a batch in their order, or of `records`; nothing where a member does not fit in 32 bits. A text
/// may repeat, and is one part.
std::optional<ListParts> list_parts_of(cases::FieldColumn const& column, cases::FactColumn const& members,
                                       std::optional<Rows> records, bool may_repeat, Memory& memory);

}  // namespace waymark::review
