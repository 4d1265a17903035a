// What a Plan holds: everything about a Program and its evidence that no case changes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "engine/evidence/editions.hpp"
#include "engine/review/needs.hpp"
#include "engine/review/review.hpp"
#include "engine/review/table_index.hpp"

namespace waymark::review {

using LookupId = std::uint32_t;

/// Which rows a SourceLookup names; lookups that ask for the same rows share one.
struct LookupKeys {
  vocabulary::SourceId source = 0;
  std::vector<check::KeyBinding> keys;
  std::uint32_t open = check::kNone;  ///< a key that is not bound
};

/// Rows of a Threshold by class, each in the order of their dates.
struct ThresholdClasses {
  struct Class {
    Steps word = 0;  ///< a choice's index or a text's symbol
    std::vector<std::uint32_t> rows;
  };
  using Rows = std::vector<std::uint32_t>;
  std::vector<Class> classes;
  Rows otherwise;
  /// By a number: where a stretch of numbers begins that are alike on all dates, ascending. Stretch 0 lies before the
  /// first of these.
  std::vector<Steps> cuts;
  std::vector<std::vector<Rows>> stretches;  ///< the rows of each step that holds the stretch; empty: not by a number
  /// Where a stretch of dates begins on which the same rows are in force; on those of stretch 0 there is none.
  std::vector<values::Date> dates;

  Rows const& rows_of(Steps word) const;
};

/// What a release of a list holds in another edition, by one release of a crosswalk.
struct HeldOtherwise {
  evidence::Release const* list;
  evidence::Release const* crosswalk;
  evidence::OtherEdition other;
};

struct Plan::Parts {
  Parts(check::Program const& of, evidence::Evidence const& with, values::Symbols& symbols);

  check::Program const& program;
  evidence::Evidence const& evidence;
  Dependencies dependencies;
  std::vector<Steps> constants;         // by ValueId; codes and texts as symbols
  std::vector<ValueId> same_as;         // by ValueId: the first leaf that says the same
  std::vector<std::uint32_t> horizons;  // by RangeId, of years: how far back anything looks
  std::vector<LookupKeys> lookups;
  std::vector<LookupId> lookup_of;  // by ValueId, of a SourceLookup
  std::vector<ThresholdClasses> thresholds;
  std::vector<std::vector<Steps>> left_out;                // by ListId: words
  std::vector<std::vector<TableIndex>> tables;             // by Source, by release
  std::vector<std::vector<HeldOtherwise>> held_otherwise;  // by Source

  /// The release that a decision of `date` reads, or null.
  TableIndex const* table(vocabulary::SourceId source, values::Date date) const;
  /// What that release holds in other editions, by the crosswalks that a decision of `date` reads.
  std::vector<evidence::OtherEdition const*> other_editions(vocabulary::SourceId source, values::Date date) const;
  NeedsId needs_of_value(ValueId id) const { return dependencies.of_value[id]; }
  NeedsId needs_of_condition(ConditionId id) const { return dependencies.of_condition[id]; }

 private:
  void intern_constants(values::Symbols& symbols);
  void join_leaves();
  void look_back();
  void join_lookups();
  void sort_thresholds(values::Symbols& symbols);
  static void sort_steps(ThresholdClasses& made, std::map<check::Step, std::vector<std::uint32_t>> const& steps);
  void read_left_out(values::Symbols& symbols);
  void find_other_editions();
};

}  // namespace waymark::review
