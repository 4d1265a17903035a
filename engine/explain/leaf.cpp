// Conditions in words: found and asked, side by side.
#include "engine/explain/leaf.hpp"
#include "engine/explain/rank.hpp"

#include <algorithm>

#include "engine/explain/missing.hpp"
#include "engine/explain/reading.hpp"
#include "engine/explain/waivers.hpp"
#include "engine/explain/words.hpp"

namespace waymark::explain {
namespace {

using values::Truth;

// What stands between what was found and what was asked. A range that is told to pass is no number: `at least $104,200
// per year, which is at least $45,000 per year`.
std::string_view relation(Truth truth, bool exact) {
  return truth != values::kYes ? "; asked: " : exact ? ", " : ", which is ";
}

std::string beside(std::string found, std::string const& asked, Truth truth, bool exact) {
  return truth == values::kDoesNotApply ? found : put_together({found, relation(truth, exact), asked});
}

std::string list_name(Subject const& subject, check::ListUse const& list) {
  auto const& program = subject.program;
  if (list.of == check::ListUse::Of::list) return program.lists[list.which].shown;
  if (list.of == check::ListUse::Of::source) return program.vocabulary.sources[list.which].shown;
  if (list.of == check::ListUse::Of::figure) return program.figures[list.which].shown;
  return program.vocabulary.fields[list.fact.field].shown;
}

/// The words of one condition for one spot.
class Found {
 public:
  Found(Subject const& subject, check::ConditionId id, Spot const& spot, bool brief)
      : subject_(subject), id_(id), spot_(spot), brief_(brief), truth_(subject.run.truth(id, spot.frame())) {}

  std::string words() const {
    return std::visit([&](auto const& node) { return of(node); }, subject_.program.conditions[id_].node);
  }

  void append_compared(std::string& out, check::Compare const& node, Side left, Side right) const {
    auto const& type = value(node.left).type;
    out.append(left.words).append(in_part(node.left, left));
    if (truth_ != values::kDoesNotApply) {
      bool const unit_once = brief_ && type.kind == vocabulary::Kind::count && value(node.right).type == type;
      out.append(relation(truth_, truth_ == values::kYes && left.seen.exact()));
      out.append(order_words(node.order, type)).append(1, ' ');
      out.append(unit_once ? without_unit(subject_, type, right.words) : right.words);
    }
    append_waived(out, node.left);
    append_waived(out, node.right);
  }

 private:
  check::Value const& value(check::ValueId id) const { return subject_.program.values[id]; }
  std::string shown(check::ValueId id) const { return found_words(subject_, id, spot_); }

  // Behind the words of a value: where a range leaves it open, what is missing of it.
  std::string in_part(check::ValueId id, Side side) const {
    bool const open = truth_ != values::kYes && !values::can_be_told(truth_);
    if (!open || side.seen.exact() || side.words.starts_with("cannot be told")) return "";
    auto const why = reasons(subject_, id, spot_);
    if (why.empty() || why.front() == values::words(values::Known::bounded)) return "";
    return " (in part " + listed(why) + ")";
  }

  std::string of(check::Compare const& node) const {
    std::string out;
    auto const left = subject_.run.value(node.left, spot_.frame());
    auto const right = subject_.run.value(node.right, spot_.frame());
    append_compared(out, node, {left, shown(node.left)}, {right, shown(node.right)});
    return out;
  }
  // Whose number another stands in the place of, and by which waiver.
  void append_waived(std::string& out, check::ValueId id) const {
    auto const* ref = std::get_if<check::ThresholdRef>(&value(id).node);
    if (ref == nullptr) return;
    auto const words = waived_from(subject_, ref->threshold, spot_);
    if (!words.empty()) out.append(", ").append(words);
  }
  std::string of(check::Matches const& node) const {
    std::vector<std::string> options;
    for (auto const option : node.options) options.push_back(shown(option));
    auto const found = shown(node.subject);
    if (truth_ == values::kYes && !node.negated) return found;
    return beside(found, (node.negated ? "not " : "") + either(options), truth_, !node.negated);
  }
  std::string of(check::Within const& node) const {
    return beside(shown(node.subject), (node.negated ? "not within " : "within ") + shown(node.group), truth_, true);
  }
  // Whether it is there, not whether it was asked to be: `51-4041 Machinists is not in in-demand occupations`.
  std::string of(check::InList const& node) const {
    auto const name = list_name(subject_, node.list);
    auto const seen = subject_.run.value(node.subject, spot_.frame());
    auto const& type = value(node.subject).type;
    if (!seen.may_apply) return shown(node.subject);
    if (!seen.exact()) return shown(node.subject) + "; asked: " + (node.negated ? "not in " : "in ") + name;
    auto const member = type.kind == vocabulary::Kind::code
                            ? titled(subject_, type, static_cast<values::Symbol>(seen.lowest.numerator))
                            : shown(node.subject);
    auto const there = node.negated ? values::negated(truth_) : truth_;
    auto const place = placed(node.list, static_cast<values::Symbol>(seen.lowest.numerator));
    if (there == values::kYes) return member + " is in " + name + place;
    if (there == values::kNo) return member + " is not in " + name + place;
    auto const held = held_otherwise(node.list, static_cast<values::Symbol>(seen.lowest.numerator));
    if (node.list.of == check::ListUse::Of::source &&
        subject_.run.is_untold(static_cast<vocabulary::SourceId>(node.list.which),
                               static_cast<values::Symbol>(seen.lowest.numerator), subject_.case_index)) {
      return "whether " + member + " is in " + name +
             " cannot be told: " + std::string(values::words(values::Known::not_told));
    }
    return "whether " + member + " is in " + name + " cannot be told" + (held.empty() ? place : ": " + held);
  }
  std::string placed(check::ListUse const& use, values::Symbol member) const {
    if (use.of != check::ListUse::Of::list) return "";
    auto const words = rank_words(subject_, use.which, member);
    return words.empty() ? "" : ": " + words;
  }
  // Of a list that may hold the member by its code in another edition.
  std::string held_otherwise(check::ListUse const& use, values::Symbol member) const {
    if (use.of == check::ListUse::Of::source) {
      return held_otherwise_words(subject_, static_cast<vocabulary::SourceId>(use.which), 0, member);
    }
    if (use.of != check::ListUse::Of::list) return "";
    auto const& list = subject_.program.lists[use.which];
    auto const date = subject_.run.date(subject_.case_index);
    if (!subject_.run.list_rows(use.which, member, date).empty()) return "";
    return held_otherwise_words(subject_, list.source, list.key, member);
  }
  std::string of(check::Holds const& node) const {
    auto const seen = subject_.run.value(node.subject, spot_.frame());
    return seen.exact() || !seen.may_apply ? seen_words(subject_, value(node.subject).type, seen) : shown(node.subject);
  }
  std::string of(check::CriterionState const& node) const {
    return std::string(values::status_words(subject_.run.status(node.criterion, subject_.case_index)));
  }
  std::string of(check::Untold const& node) const { return shown(node.subject); }
  std::string of(check::GroupCount const& node) const { return count_words(subject_, node); }
  std::string of(check::Junction const& node) const {
    std::size_t yes = 0;
    std::size_t applying = 0;
    for (auto const item : node.items) {
      auto const truth = subject_.run.truth(item, spot_.frame());
      yes += truth == values::kYes ? 1U : 0U;
      applying += truth == values::kDoesNotApply ? 0U : 1U;
    }
    auto const tail = applying == node.items.size() ? "" : " that apply";
    return std::to_string(yes) + " of " + std::to_string(applying) + tail + (yes == 1 ? " is yes" : " are yes");
  }
  std::string of(check::Quantified const& node) const {
    auto const all = members(subject_, node.range, spot_);
    auto const& range = subject_.program.ranges[node.range];
    bool const more =
        range.of == check::Range::Of::figure && subject_.run.list_figure(range.which, spot_.case_index).and_more;
    if (!more) return share_words(subject_, node.body, all);
    auto const untold = std::string("whether there are ") + (all.empty() ? "any" : "others") + " cannot be told";
    return all.empty() ? untold : share_words(subject_, node.body, all) + ", " + untold;
  }
  std::string of(check::Windowed const& node) const {
    auto const words = share_words(subject_, node.body, window(subject_, node, spot_));
    auto const earlier = year_before_all(subject_, node, spot_);
    return earlier ? words + ", years " + earlier->levels.back().label + " are not known" : words;
  }
  std::string of(check::WaiverInForce const& node) const {
    return waiver_words(subject_, subject_.program.waivers[node.waiver], truth_);
  }
  std::string of(check::Present const&) const {
    if (truth_ == values::kDoesNotApply) return "on record";
    return truth_ == values::kNo ? "none on record" : "cannot be told: not submitted";
  }

  Subject const& subject_;
  check::ConditionId id_;
  Spot const& spot_;
  bool brief_;
  Truth truth_;
};

std::string value_text(Subject const& subject, check::ValueId value) { return subject.program.values[value].text; }

std::string bare_subject(Subject const& subject, check::ConditionId id) {
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
  return std::string(citation).append("; ").append(below);
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
  return words == "waived" ? " is waived" : " " + std::string(words);
}

// `labor market demand`, `labor market demand cannot be told`, `steady demand (2025-26) is no`: what a leaf stands
// under.
std::string name_of(Subject const& subject, Reason const& reason) {
  if (reason.criterion != check::kNone) {
    auto const status = subject.run.status(reason.criterion, subject.case_index);
    return subject.program.criteria[reason.criterion].shown + state_words(values::status_words(status));
  }
  if (reason.figure == check::kNone) return "";
  auto const& figure = subject.program.figures[reason.figure];
  auto const spot = settled(reason.spot, figure.each);
  auto const truth = subject.run.truth(figure.yes_when, spot.frame());
  auto const words = std::string(values::words(truth));
  return figure_words(subject, reason.figure, spot) + (values::can_be_told(truth) ? " is " : " ") + words;
}

}  // namespace

std::string subject_words(Subject const& subject, check::ConditionId condition, Spot const& spot) {
  auto const bare = bare_subject(subject, condition);
  auto const where = spot.words();
  return where.empty() ? bare : bare + " (" + where + ")";
}

std::string found_at(Subject const& subject, check::ConditionId condition, Spot const& spot, bool brief) {
  return Found(subject, condition, spot, brief).words();
}

void append_compared(std::string& out, Subject const& subject, check::ConditionId condition, Spot const& spot,
                     Side left, Side right) {
  auto const& node = std::get<check::Compare>(subject.program.conditions[condition].node);
  Found(subject, condition, spot, false).append_compared(out, node, left, right);
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
    out = std::string(out).append(out.empty() ? "" : "; ").append(of_test);
  }
  return with_illustrative(std::move(out),
                           [&] { return illustrative_words(subject, criterion.test, spot_of(subject)); });
}

std::string figure_words(Subject const& subject, check::FigureId figure, Spot const& spot) {
  auto const where = spot.words();
  auto const& shown = subject.program.figures[figure].shown;
  return where.empty() ? shown : shown + " (" + where + ")";
}

std::string count_words(Subject const& subject, check::GroupCount const& node) {
  auto const count = subject.run.count(node.group, subject.case_index);
  auto const applying = count.met + count.not_met + count.untold;
  bool const of_met = node.state == grammar::State::met || node.state == grammar::State::found_met;
  bool const of_untold = node.state == grammar::State::cannot_be_told;
  bool const of_waived = node.state == grammar::State::waived;
  auto const number = of_untold ? count.untold : of_waived ? count.waived : of_met ? count.met : count.not_met;
  std::string out = std::to_string(number) + " of " + std::to_string(applying);
  if (count.not_applying != 0) out += " that apply";
  if (of_untold) {
    out += " cannot be told";
  } else {
    out += std::string(number == 1 ? " is " : " are ") + (of_waived ? "waived" : of_met ? "met" : "not met");
    if (count.untold != 0) out += ", " + std::to_string(count.untold) + " cannot be told";
  }
  if (count.not_applying == 0) return out;
  return out + ", " + std::to_string(count.not_applying) + (count.not_applying == 1 ? " does" : " do") + " not apply";
}

std::string share_words(Subject const& subject, check::ConditionId body, std::vector<Spot> const& spots) {
  std::size_t yes = 0;
  std::size_t untold = 0;
  std::size_t applying = 0;
  for (auto const& spot : spots) {
    auto const truth = subject.run.truth(body, spot.frame());
    yes += truth == values::kYes ? 1U : 0U;
    untold += values::can_be_told(truth) ? 0U : 1U;
    applying += truth == values::kDoesNotApply ? 0U : 1U;
  }
  if (spots.empty()) return "there are none";
  std::string out = std::to_string(yes) + " of " + std::to_string(applying);
  if (applying != spots.size()) out += " that apply";
  out += yes == 1 ? " is yes" : " are yes";
  return untold == 0 ? out : out + ", " + std::to_string(untold) + " cannot be told";
}

std::string reason_words(Subject const& subject, Reason const& reason, bool with_subject) {
  auto const name = name_of(subject, reason);
  if (reason.condition == check::kNone) {
    auto const status = subject.run.status(reason.criterion, subject.case_index);
    return subject.program.criteria[reason.criterion].shown + ": " + std::string(values::status_words(status));
  }
  auto found = found_at(subject, reason.condition, reason.spot, true);
  std::string const untold = "cannot be told: ";
  if (name.ends_with("cannot be told") && found.starts_with(untold)) found = found.substr(untold.size());
  bool const compared = std::holds_alternative<check::Compare>(subject.program.conditions[reason.condition].node);
  bool const in_list = std::holds_alternative<check::InList>(subject.program.conditions[reason.condition].node);
  if (in_list && found.find(" in ") != std::string::npos && found.find("; asked: ") == std::string::npos)
    return name.empty() ? found : name + ": " + found;
  if (compared && !with_subject && !name.empty()) return name + ": " + found;
  auto const said = subject_words(subject, reason.condition, reason.spot) + ": " + found;
  return name.empty() ? said : name + ": " + said;
}

}  // namespace waymark::explain
