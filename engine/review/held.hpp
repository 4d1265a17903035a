// What the facts of a batch come to as columns, and what is looked up by them, kept with a batch that stays in memory:
// whatever the policy asks of it, and whichever policy does.
#pragma once

#include <array>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/review/aggregates.hpp"
#include "engine/review/list_parts.hpp"
#include "engine/review/review.hpp"
#include "engine/review/table_index.hpp"

namespace waymark::review {

/// All that a lookup hangs on where its keys are facts of the case as they were submitted: those, one table, and what
/// is asked of it. Policies that ask the same share it.
struct HeldLookup {
  std::uint64_t table = 0;  ///< its number
  std::uint32_t column = 0;
  bool of_list = false;
  Aggregation how;
  Bounds nothing;                                         ///< a cell of which nothing is known
  std::array<void const*, TableIndex::kMostKeys> keys{};  ///< by key the column of its fact

  friend bool operator==(HeldLookup const&, HeldLookup const&) = default;
};

/// Made when they are first asked for.
class HeldFacts {
 public:
  explicit HeldFacts(cases::Batch const& batch);

  /// Some submission could not be read.
  bool some_fault() const { return some_fault_; }
  Column const& column(cases::FactColumn const& values);
  std::optional<ListParts> const& list_parts(cases::FieldColumn const& list, bool may_repeat);

  /// What it came to before, or null.
  Column const* lookup(HeldLookup const& asked) const;
  /// Keeps a copy, unless so many are kept that it is not worth the memory.
  void keep(HeldLookup const& asked, Column const& found);

 private:
  static constexpr std::size_t kMostLookups = 256;

  bool some_fault_ = false;
  Memory memory_;
  std::unordered_map<cases::FactColumn const*, Column> columns_;
  std::unordered_map<cases::FieldColumn const*, std::optional<ListParts>> lists_;
  std::vector<std::pair<HeldLookup, Column>> lookups_;
};

}  // namespace waymark::review
