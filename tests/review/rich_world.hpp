// One program that holds a node of every kind, and random cases and evidence for it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/review/world.hpp"

namespace waymark::review {

/// One case: what is not in a map is missing.
struct CaseData {
  std::map<std::string, Datum> facts;
  std::map<std::string, std::vector<Datum>> by_entry;  ///< for each student group
  std::map<std::string, std::map<int, Datum>> by_year;
  std::map<std::string, std::string> words;
  std::map<std::string, std::vector<std::string>> lists;
  std::optional<std::vector<std::vector<Datum>>> courses;
  int history = 0;  ///< 0 not known, 1 none, 2 there
  values::Date date;
};

/// Cells by keys, in the order of the file; a release a vector.
struct EvidenceData {
  using Row = std::pair<std::vector<std::string>, std::vector<Datum>>;
  std::vector<Row> outlook, listed;
};

/// Without `incomplete`: no `found`, no `cannot be told`, no waiver and no fallback, so that filling in a fact only
/// ever narrows. Gives back the values that can be asked outside every range.
std::vector<ValueId> build_rich(World& world, bool incomplete);
void add_case(World& world, CaseData const& data);
void add_evidence(World& world, EvidenceData const& data);

CaseData some_case();
EvidenceData some_evidence();
/// The same case with one thing that was missing or bounded given exactly; nothing where all is exact.
std::optional<CaseData> narrowed(CaseData const& data);

}  // namespace waymark::review
