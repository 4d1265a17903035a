// A condition and on whose authority it stands, in words.
#include "engine/explain/leaf.hpp"

#include "engine/explain/reading.hpp"
#include "engine/explain/words.hpp"

namespace waymark::explain {
namespace {

std::string_view value_text(Subject const& subject, check::ValueId value) { return subject.program.values[value].text; }

std::string_view bare_subject(Subject const& subject, check::ConditionId id) {
  auto const& condition = subject.program.conditions[id];
  auto const& node = condition.node;
  if (auto const* compare = std::get_if<check::Compare>(&node)) return value_text(subject, compare->left);
  if (auto const* matches = std::get_if<check::Matches>(&node)) return value_text(subject, matches->subject);
  if (auto const* within = std::get_if<check::Within>(&node)) return value_text(subject, within->subject);
  if (auto const* in_list = std::get_if<check::InList>(&node)) return value_text(subject, in_list->subject);
  if (auto const* holds = std::get_if<check::Holds>(&node)) return value_text(subject, holds->subject);
  if (auto const* untold = std::get_if<check::Untold>(&node)) return value_text(subject, untold->subject);
  if (auto const* count = std::get_if<check::GroupCount>(&node)) return subject.program.groups[count->group].shown;
  if (auto const* state = std::get_if<check::CriterionState>(&node)) {
    return subject.program.criteria[state->criterion].shown;
  }
  if (auto const* waiver = std::get_if<check::WaiverInForce>(&node)) {
    return subject.program.waivers[waiver->waiver].shown;
  }
  if (auto const* present = std::get_if<check::Present>(&node)) {
    auto const& vocabulary = subject.program.vocabulary;
    return vocabulary.fields[vocabulary.records[subject.program.record].fields[present->position]].shown;
  }
  return condition.text;
}

Words threshold_citation(Subject const& subject, check::ValueId value, Spot const& spot) {
  auto const* ref = std::get_if<check::ThresholdRef>(&subject.program.values[value].node);
  if (ref == nullptr) return {};
  auto const& threshold = subject.program.thresholds[ref->threshold];
  return cited(threshold, subject.run.threshold_row(ref->threshold, spot.frame()));
}

Words own_citation(Subject const& subject, check::ConditionId id, Spot const& spot) {
  auto const& condition = subject.program.conditions[id];
  if (auto const* waiver = std::get_if<check::WaiverInForce>(&condition.node)) {
    auto own = cited(subject.program.waivers[waiver->waiver].citation);
    if (!own.empty()) return own;
  }
  if (auto const* compare = std::get_if<check::Compare>(&condition.node)) {
    auto right = threshold_citation(subject, compare->right, spot);
    if (!right.empty()) return right;
    auto left = threshold_citation(subject, compare->left, spot);
    if (!left.empty()) return left;
  }
  return Words::lasting(condition.citation);
}

// What a number further below rests on is said here as well. `words_below` goes through all of it, which is asked only
// where it is said.
template <class WordsBelow>
Words with_illustrative(Words citation, WordsBelow const& words_below) {
  if (citation.view().find("illustrative") != std::string_view::npos) return citation;
  Words below = words_below();
  if (citation.empty()) return below;
  if (below.empty()) return citation;
  return put_together({citation, "; ", below});
}

// What stands over other conditions leaves it to them to say what they rest on.
bool stands_over_others(Subject const& subject, check::ConditionId id) {
  auto const& node = subject.program.conditions[id].node;
  return std::holds_alternative<check::GroupCount>(node) || std::holds_alternative<check::CriterionState>(node) ||
         std::holds_alternative<check::Junction>(node) || std::holds_alternative<check::Quantified>(node) ||
         std::holds_alternative<check::Windowed>(node);
}

std::string state_words(std::string_view words) {
  if (words == "met" || words == "not met") return "";
  return put_together({words == "waived" ? " is " : " ", words});
}

// `labor market demand`, `labor market demand cannot be told`, `steady demand (2025-26) is no`: what a leaf stands
// under.
std::string name_of(Subject const& subject, Reason const& reason) {
  if (reason.criterion != check::kNone) {
    auto const status = subject.run.status(reason.criterion, subject.case_index);
    return put_together({subject.program.criteria[reason.criterion].shown, state_words(values::status_words(status))});
  }
  if (reason.figure == check::kNone) return "";
  auto const& figure = subject.program.figures[reason.figure];
  auto const spot = settled(reason.spot, figure.each);
  auto const truth = subject.run.truth(figure.yes_when, spot.frame());
  auto const words = values::words(truth);
  return put_together({figure_words(subject, reason.figure, spot), values::can_be_told(truth) ? " is " : " ", words});
}

}  // namespace

std::string subject_words(Subject const& subject, check::ConditionId condition, Spot const& spot) {
  auto const bare = bare_subject(subject, condition);
  auto const where = spot.words();
  return where.empty() ? std::string(bare) : put_together({bare, " (", where, ")"});
}

Words citation_at(Subject const& subject, check::ConditionId condition, Spot const& spot) {
  auto own = own_citation(subject, condition, spot);
  if (stands_over_others(subject, condition)) return own;
  return with_illustrative(std::move(own), [&] { return illustrative_words(subject, condition, spot); });
}

std::string citation_of(Subject const& subject, Reason const& reason) {
  auto const* condition =
      reason.condition == check::kNone ? nullptr : &subject.program.conditions[reason.condition].node;
  auto const* figure = reason.figure == check::kNone ? nullptr : &subject.program.figures[reason.figure];
  auto const* criterion = reason.criterion == check::kNone ? nullptr : &subject.program.criteria[reason.criterion];
  Words own;
  if (condition != nullptr) own = own_citation(subject, reason.condition, reason.spot);
  if (own.empty() && figure != nullptr) own = cited(figure->citation);
  if (own.empty() && criterion != nullptr) own = cited(criterion->citation);
  return std::string(with_illustrative(std::move(own), [&] {
    std::vector<std::string> names;
    bool const counts = condition != nullptr && std::holds_alternative<check::GroupCount>(*condition);
    if (condition != nullptr && !counts) names = illustrative_behind(subject, reason.condition, reason.spot);
    if (figure != nullptr && figure->citation.illustrative) names.push_back(figure->shown);
    if (criterion != nullptr && criterion->citation.illustrative) names.push_back(criterion->shown);
    return Words(illustrative_words(names));
  }));
}

Words citation_of_criterion(Subject const& subject, check::CriterionId id, std::string_view of_test) {
  auto const& criterion = subject.program.criteria[id];
  auto out = cited(criterion.citation);
  if (!of_test.empty() && of_test != out.view()) {
    out = put_together({out, out.empty() ? "" : "; ", of_test});
  }
  return with_illustrative(std::move(out),
                           [&] { return illustrative_words(subject, criterion.test, spot_of(subject)); });
}

std::string figure_words(Subject const& subject, check::FigureId figure, Spot const& spot) {
  auto const where = spot.words();
  auto const& shown = subject.program.figures[figure].shown;
  return where.empty() ? shown : put_together({shown, " (", where, ")"});
}

std::string reason_words(Subject const& subject, Reason const& reason, bool with_subject) {
  auto const name = name_of(subject, reason);
  if (reason.condition == check::kNone) {
    auto const status = subject.run.status(reason.criterion, subject.case_index);
    return put_together({subject.program.criteria[reason.criterion].shown, ": ", values::status_words(status)});
  }
  auto const text = brief_found_at(subject, reason.condition, reason.spot);
  std::string_view found = text;
  constexpr std::string_view kUntold = "cannot be told: ";
  if (name.ends_with("cannot be told") && found.starts_with(kUntold)) found.remove_prefix(kUntold.size());
  auto const& node = subject.program.conditions[reason.condition].node;
  bool const names_member = std::holds_alternative<check::InList>(node) && found.find(" in ") != found.npos &&
                            found.find("; asked: ") == found.npos;
  bool const by_name = std::holds_alternative<check::Compare>(node) && !with_subject && !name.empty();
  auto const about =
      names_member || by_name ? std::string() : subject_words(subject, reason.condition, reason.spot).append(": ");
  return put_together({name, name.empty() ? "" : ": ", about, found});
}

}  // namespace waymark::explain
