// What was found of a condition, beside what was asked, in words.
#include "engine/explain/leaf.hpp"
#include "engine/explain/missing.hpp"
#include "engine/explain/rank.hpp"
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
  return truth == values::kDoesNotApply ? std::move(found) : put_together({found, relation(truth, exact), asked});
}

std::string list_name(Subject const& subject, check::ListUse const& list) {
  auto const& program = subject.program;
  if (list.of == check::ListUse::Of::list) return program.lists[list.which].shown;
  if (list.of == check::ListUse::Of::source) return program.vocabulary.sources[list.which].shown;
  if (list.of == check::ListUse::Of::figure) return program.figures[list.which].shown;
  return program.vocabulary.fields[list.fact.field].shown;
}

// `3 of 5 that apply are yes`
void append_share(std::string& out, std::size_t yes, std::size_t applying, bool some_do_not) {
  out.append(std::to_string(yes)).append(" of ").append(std::to_string(applying));
  if (some_do_not) out += " that apply";
  out += yes == 1 ? " is yes" : " are yes";
}

// By how many of them are what decides.
void append_share(std::string& out, Subject const& subject, check::ConditionId body, std::vector<Spot> const& spots) {
  std::size_t yes = 0;
  std::size_t untold = 0;
  std::size_t applying = 0;
  for (auto const& spot : spots) {
    auto const truth = subject.run.truth(body, spot.frame());
    yes += truth == values::kYes ? 1U : 0U;
    untold += values::can_be_told(truth) ? 0U : 1U;
    applying += truth == values::kDoesNotApply ? 0U : 1U;
  }
  if (spots.empty()) {
    out += "there are none";
    return;
  }
  append_share(out, yes, applying, applying != spots.size());
  if (untold != 0) out.append(", ").append(std::to_string(untold)).append(" cannot be told");
}

// `2 of 2 that apply are met, 1 does not apply`
void append_count(std::string& out, Subject const& subject, check::GroupCount const& node) {
  auto const count = subject.run.count(node.group, subject.case_index);
  auto const applying = count.met + count.not_met + count.untold;
  bool const of_met = node.state == grammar::State::met || node.state == grammar::State::found_met;
  bool const of_untold = node.state == grammar::State::cannot_be_told;
  bool const of_waived = node.state == grammar::State::waived;
  auto const number = of_untold ? count.untold : of_waived ? count.waived : of_met ? count.met : count.not_met;
  out.append(std::to_string(number)).append(" of ").append(std::to_string(applying));
  if (count.not_applying != 0) out += " that apply";
  if (of_untold) {
    out += " cannot be told";
  } else {
    out.append(number == 1 ? " is " : " are ").append(of_waived ? "waived" : of_met ? "met" : "not met");
    if (count.untold != 0) out.append(", ").append(std::to_string(count.untold)).append(" cannot be told");
  }
  if (count.not_applying == 0) return;
  out.append(", ").append(std::to_string(count.not_applying));
  out.append(count.not_applying == 1 ? " does" : " do").append(" not apply");
}

/// The words of one condition for one spot.
class Found {
 public:
  Found(Subject const& subject, check::ConditionId id, Spot const& spot, bool brief)
      : subject_(subject), id_(id), spot_(spot), brief_(brief), truth_(subject.run.truth(id, spot.frame())) {}

  void append(std::string& out) const {
    std::visit([&](auto const& node) { append(out, node); }, subject_.program.conditions[id_].node);
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

  void append(std::string& out, check::Compare const& node) const {
    auto const left = subject_.run.value(node.left, spot_.frame());
    auto const right = subject_.run.value(node.right, spot_.frame());
    append_compared(out, node, {left, shown(node.left)}, {right, shown(node.right)});
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
  void append(std::string& out, check::Holds const& node) const {
    auto const seen = subject_.run.value(node.subject, spot_.frame());
    if (seen.exact() || !seen.may_apply) return append_seen(out, subject_, value(node.subject).type, seen);
    append_found(out, subject_, node.subject, spot_, seen);
  }
  void append(std::string& out, check::CriterionState const& node) const {
    out += values::status_words(subject_.run.status(node.criterion, subject_.case_index));
  }
  void append(std::string& out, check::Untold const& node) const { append_found(out, subject_, node.subject, spot_); }
  void append(std::string& out, check::GroupCount const& node) const { append_count(out, subject_, node); }
  void append(std::string& out, check::Junction const& node) const {
    std::size_t yes = 0;
    std::size_t applying = 0;
    for (auto const item : node.items) {
      auto const truth = subject_.run.truth(item, spot_.frame());
      yes += truth == values::kYes ? 1U : 0U;
      applying += truth == values::kDoesNotApply ? 0U : 1U;
    }
    append_share(out, yes, applying, applying != node.items.size());
  }
  void append(std::string& out, check::Quantified const& node) const {
    auto const all = members(subject_, node.range, spot_);
    auto const& range = subject_.program.ranges[node.range];
    bool const more =
        range.of == check::Range::Of::figure && subject_.run.list_figure(range.which, spot_.case_index).and_more;
    if (!more || !all.empty()) append_share(out, subject_, node.body, all);
    if (!more) return;
    out.append(all.empty() ? "" : ", ").append("whether there are ").append(all.empty() ? "any" : "others");
    out += " cannot be told";
  }
  void append(std::string& out, check::Windowed const& node) const {
    append_share(out, subject_, node.body, window(subject_, node, spot_));
    auto const earlier = year_before_all(subject_, node, spot_);
    if (earlier) out.append(", years ").append(earlier->levels.back().label).append(" are not known");
  }
  std::string of(check::WaiverInForce const& node) const {
    return waiver_words(subject_, subject_.program.waivers[node.waiver], truth_);
  }
  std::string of(check::Present const&) const {
    if (truth_ == values::kDoesNotApply) return "on record";
    return truth_ == values::kNo ? "none on record" : "cannot be told: not submitted";
  }

  template <class Node>
  void append(std::string& out, Node const& node) const {
    out += of(node);
  }

  Subject const& subject_;
  check::ConditionId id_;
  Spot const& spot_;
  bool brief_;
  Truth truth_;
};

}  // namespace

std::string brief_found_at(Subject const& subject, check::ConditionId condition, Spot const& spot) {
  std::string out;
  Found(subject, condition, spot, true).append(out);
  return out;
}

void append_found_at(std::string& out, Subject const& subject, check::ConditionId condition, Spot const& spot) {
  Found(subject, condition, spot, false).append(out);
}

void append_compared(std::string& out, Subject const& subject, check::ConditionId condition, Spot const& spot,
                     Side left, Side right) {
  auto const& node = std::get<check::Compare>(subject.program.conditions[condition].node);
  Found(subject, condition, spot, false).append_compared(out, node, left, right);
}

}  // namespace waymark::explain
