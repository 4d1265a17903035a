// What the facts of a batch come to as columns, kept with a batch that stays in memory: it hangs on nothing but them.
#pragma once

#include <unordered_map>

#include "engine/review/list_parts.hpp"
#include "engine/review/review.hpp"

namespace waymark::review {

/// Made when they are first asked for.
class HeldFacts {
 public:
  explicit HeldFacts(cases::Batch const& batch);

  /// Some submission could not be read.
  bool some_fault() const { return some_fault_; }
  Column const& column(cases::FactColumn const& values);
  std::optional<ListParts> const& list_parts(cases::FieldColumn const& list, bool may_repeat);

 private:
  bool some_fault_ = false;
  Memory memory_;
  std::unordered_map<cases::FactColumn const*, Column> columns_;
  std::unordered_map<cases::FieldColumn const*, std::optional<ListParts>> lists_;
};

}  // namespace waymark::review
