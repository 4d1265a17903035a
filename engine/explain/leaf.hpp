// One condition in a few words: what was measured, what was found beside what was asked, and on whose authority.
#pragma once

#include <string>

#include "engine/explain/deciding.hpp"
#include "engine/explain/explain.hpp"
#include "engine/explain/spot.hpp"
#include "engine/explain/words.hpp"

namespace waymark::explain {

/// What the condition is about: `regional openings`, `group size (female)`, `request`.
std::string subject_words(Subject const& subject, check::ConditionId condition, Spot const& spot);
/// `412 openings per year, at least 60 openings per year`; where it is not so, `12 students; asked: at least 15
/// students`. At the end of `out`.
void append_found_at(std::string& out, Subject const& subject, check::ConditionId condition, Spot const& spot);
/// The same, the unit said once.
std::string brief_found_at(Subject const& subject, check::ConditionId condition, Spot const& spot);
/// One side of a comparison, as it was found and in words.
struct Side {
  review::Seen const& seen;
  std::string_view words;
};
/// As `append_found_at` says, of a comparison.
void append_compared(std::string& out, Subject const& subject, check::ConditionId condition, Spot const& spot,
                     Side left, Side right);
/// Of the threshold in force, else of the condition, else empty; `illustrative` stays, also of what stands further
/// below.
Words citation_at(Subject const& subject, check::ConditionId condition, Spot const& spot);
/// The same with the citation of the criterion or the figure that it stands under where it has none.
std::string citation_of(Subject const& subject, Reason const& reason);
/// The criterion's own, with that of its test where it has one of its own, and what its numbers rest on.
Words citation_of_criterion(Subject const& subject, check::CriterionId criterion, std::string_view of_test);
/// `steady demand (2025-26)`
std::string figure_words(Subject const& subject, check::FigureId figure, Spot const& spot);
/// A deciding leaf as one line without its citation. `with_subject`: also what was measured.
std::string reason_words(Subject const& subject, Reason const& reason, bool with_subject);

}  // namespace waymark::explain
