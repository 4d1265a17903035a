// A policy that has been checked: all that it asks and declares, and what examples say of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/check/definitions.hpp"
#include "engine/check/example.hpp"
#include "engine/check/nodes.hpp"

namespace waymark::check {

/// A policy as it stands on the dates from `from` through `through`.
struct Program {
  std::string title;                ///< of the Policy
  std::vector<std::string> layers;  ///< the policies on which it builds
  std::string jurisdiction, authority;
  values::Date from;
  std::optional<values::Date> through;

  vocabulary::Vocabulary vocabulary;
  vocabulary::RecordId record = 0;    ///< what it reviews; meaningless in a policy that only lists
  bool reviews_record = true;         ///< false: `Reviews` names a key of a Source, and there are only Lists
  std::string reviews;                ///< the word
  vocabulary::ChoiceId outcomes = 0;  ///< the Choice `outcome`; meaningless without Decisions

  std::vector<Range> ranges;
  std::vector<Value> values;
  std::vector<Condition> conditions;
  std::vector<Figure> figures;
  std::vector<Threshold> thresholds;
  std::vector<Criterion> criteria;
  std::vector<Group> groups;
  std::vector<Waiver> waivers;
  std::vector<List> lists;
  std::vector<Decision> decisions;
  std::vector<ValueId> reports;  ///< FigureRefs of figures that have one value for a case: what every decision carries
  std::vector<Example> examples;
  std::vector<NotCoverable> not_coverable;
  std::vector<vocabulary::SourceId> sources;  ///< those that it reads, ascending
  /// Whether some row or figure decides on incomplete facts (`is found …`, `cannot be told`, a fallback): the sheet
  /// says so.
  bool decides_on_incomplete_facts = false;
  bool has_fallbacks = false;
  std::vector<std::string> illustrative;  ///< names of the blocks and rows that rest on no source
};

}  // namespace waymark::check
