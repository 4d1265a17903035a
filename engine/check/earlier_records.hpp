// Which earlier records a condition reads, such as the last decision: a case may have none.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "engine/check/program.hpp"

namespace waymark::check {

/// Works on a Program that is being made: whatever a condition names has been read before it.
class EarlierRecords {
 public:
  explicit EarlierRecords(Program const& program) : program_(program) {}

  using Positions = std::set<std::uint32_t>;  ///< of fields that hold an earlier record
  /// Those without which the condition cannot be answered, but for what is within it and has a guard of its own.
  Positions needed_by(ConditionId condition);

 private:
  void add_below(ValueId value, Positions& out);
  void add(ValueId value, Positions& out);
  Positions of_figure(FigureId figure);
  Positions of_each(std::vector<ValueId> const& values);

  Program const& program_;
  std::map<FigureId, Positions> of_figure_;
};

}  // namespace waymark::check
