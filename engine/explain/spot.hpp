// Where in an evaluation something is read: the case, and a member of each range around it, with the words for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/explain/explain.hpp"

namespace waymark::explain {

/// One range around a place, and the member that it stands at.
struct Level {
  check::RangeId range = 0;
  review::Frame frame;
  values::Steps member = 0;  ///< a symbol, a choice's index, a row, a year
  std::string label;         ///< `female`, `2024-25`, `15-1252`, `course 2`
};

struct Spot {
  std::uint32_t case_index = 0;
  review::Frame base;         ///< the case; or a row of the Source over which a List runs
  std::string row, titled;    ///< of such a row the words of its keys, without and with titles
  std::vector<Level> levels;  ///< outermost first

  review::Frame frame() const { return levels.empty() ? base : levels.back().frame; }
  /// `female, 2024-25`, or empty for the case itself.
  std::string words() const;
};

Spot spot_of(Subject const& subject);
/// The rows by which `member` may be on a List, where the List's own condition is read.
std::vector<Spot> list_spots(Subject const& subject, check::ListId list, values::Symbol member);
/// The members of `range` below `spot`, in the run's order (years newest first).
std::vector<Spot> members(Subject const& subject, check::RangeId range, Spot const& spot);
/// The spot without the inner ranges that are not among `each`: where a figure is read. (A threshold is read where it
/// is asked for: it is dated by the year around it.)
Spot settled(Spot const& spot, std::vector<check::RangeId> const& each);
/// The years that a window looks at: after its `after`, within its reach, newest first; none once it surely has all of
/// its years.
std::vector<Spot> window(Subject const& subject, check::Windowed const& windowed, Spot const& spot);
/// Of a window that looks back for ever and is not full: the last of the years of which nothing is known, labelled
/// `before 2021-22`. Nothing can be evaluated there: its frame is that of `spot`.
std::optional<Spot> year_before_all(Subject const& subject, check::Windowed const& windowed, Spot const& spot);
/// The members that an aggregate over a list takes in, or may take in.
std::vector<Spot> kept_members(Subject const& subject, check::ListAggregate const& aggregate, Spot const& spot);
/// The last `last` years of an aggregate.
std::vector<Spot> years(Subject const& subject, check::YearsAggregate const& aggregate, Spot const& spot);
/// The member that stands at `year`, or nothing.
std::optional<Spot> in_year(Subject const& subject, check::InYear const& node, Spot const& spot);

/// The submission's key of a fact there: `enrollment`, `rates.econ`, `last_decision.outcome`.
std::string fact_key(Subject const& subject, check::FactRef const& fact, Spot const& spot);
/// Of what stands around a fact, what it has one value for each of: `economically disadvantaged`, `course 2`, or empty.
/// A year is said by the fact's key.
std::string fact_words(Subject const& subject, check::FactRef const& fact, Spot const& spot);
/// The innermost year around a spot, or empty.
std::string year_words(Subject const& subject, Spot const& spot);
/// The list field over whose members a range runs.
check::FactRef field_of(Subject const& subject, check::RangeId range);
/// Members of a list that a fact holds, as they stand in the submission; nothing when the list itself is missing.
struct ListFact {
  values::Known known = values::Known::exactly;
  std::vector<std::optional<values::Steps>> members;  ///< nothing: one that cannot be told; records are not listed
};
ListFact list_fact(Subject const& subject, check::FactRef const& fact, Spot const& spot);

}  // namespace waymark::explain
