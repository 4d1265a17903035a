// Conditions, one function a node.
#include <algorithm>

#include "tests/reference/interpreter.hpp"

namespace waymark::reference {

using values::kDoesNotApply;
using values::kNo;
using values::kYes;

namespace {

Truth turned(bool negated, Truth truth) { return negated ? opposite(truth) : truth; }

Truth two_valued(bool yes) { return yes ? kYes : kNo; }

bool may_be_one(Extent const& extent, Number const& number) {
  return (!extent.lowest || *extent.lowest <= number) && (!extent.highest || *extent.highest >= number);
}

// Whatever the subject may be, it is one of the options that are known: what is matched is counted in whole steps.
bool surely_one_of(Extent const& subject, std::vector<Extent> const& options) {
  if (!subject.lowest || !subject.highest) return false;
  if (*subject.highest - *subject.lowest >= Number(options.size())) return false;
  for (auto each = *subject.lowest; each <= *subject.highest; each += 1) {
    bool const is_option = std::any_of(options.begin(), options.end(), [&](Extent const& option) {
      return option.lowest && option.lowest == option.highest && *option.lowest == each;
    });
    if (!is_option) return false;
  }
  return true;
}

}  // namespace

Truth Interpreter::truth(check::ConditionId condition, Place const& place) const {
  return std::visit([&](auto const& node) { return of(node, place); }, program_.conditions[condition].node);
}

Truth Interpreter::of(check::Compare const& node, Place const& place) const {
  return compared(node.order, times(value(node.left, place), Number(node.left_times)),
                  times(value(node.right, place), Number(node.right_times)));
}

Truth Interpreter::of(check::Matches const& node, Place const& place) const {
  auto const subject = value(node.subject, place);
  Truth not_applying = subject.may_not_apply ? kDoesNotApply : Truth{0};
  std::vector<Truth> options;
  std::vector<Extent> extents;
  for (auto const option : node.options) {
    extents.push_back(value(option, place));
    auto truth = compared(check::Order::equal, subject, extents.back());
    not_applying |= truth & kDoesNotApply;
    options.push_back(truth);
  }
  // As every comparison with a value that does not apply, so this one, whatever else is named.
  auto const is_left_out = [](Extent const& extent) { return !extent.may_apply; };
  if (is_left_out(subject) || std::any_of(extents.begin(), extents.end(), is_left_out)) return kDoesNotApply;
  auto const held = surely_one_of(subject, extents) ? kYes : some_hold(options);
  return turned(node.negated, static_cast<Truth>(held | not_applying));
}

Truth Interpreter::of(check::Within const& node, Place const& place) const {
  auto const subject = value(node.subject, place);
  auto const group = value(node.group, place);
  auto out = compared(check::Order::equal, subject, group);  // for whether it applies
  if ((out & values::kCannotBeTold) == 0) return out;
  out &= kDoesNotApply;
  auto const known = [](Extent const& e) { return e.lowest && e.lowest == e.highest; };
  if (!known(subject) || !known(group)) return static_cast<Truth>(out | values::kCannotBeTold);
  auto const text = [&](Extent const& e) {
    return world_.symbols.text(numerator(*e.lowest).convert_to<values::Symbol>());
  };
  auto const system = program_.values[node.subject].type.system;
  return turned(node.negated,
                static_cast<Truth>(out | two_valued(values::is_within(system, text(subject), text(group)))));
}

Truth Interpreter::of(check::InList const& node, Place const& place) const {
  auto const subject = value(node.subject, place);
  if (!subject.may_apply) return kDoesNotApply;
  auto const there = between(subject.lowest, subject.highest);
  auto const members = members_of(node.list, place);
  std::vector<Truth> found;
  for (auto const& member : members.known) {
    auto truth = compared(check::Order::equal, there, member.standing.member);
    if (member.may_be_absent) truth |= kNo;
    found.push_back(truth);
  }
  if (members.more && !surely_off(node.list, there)) found.push_back(values::kCannotBeTold);
  if (is_held_otherwise(node.list, there)) found.push_back(values::kCannotBeTold);
  auto const truth = static_cast<Truth>(some_hold(found) | (subject.may_not_apply ? kDoesNotApply : 0));
  return turned(node.negated, truth);
}

Truth Interpreter::of(check::Holds const& node, Place const& place) const {
  auto const subject = value(node.subject, place);
  Truth out = subject.may_not_apply ? kDoesNotApply : Truth{0};
  if (subject.may_apply && may_be_one(subject, 1)) out |= kYes;
  if (subject.may_apply && may_be_one(subject, 0)) out |= kNo;
  return turned(node.negated, out);
}

// `is waived` asks of what is on record, whichever value a threshold has.
Status Interpreter::status_for(grammar::State asked, check::CriterionId criterion) const {
  bool const of_record = asked == grammar::State::waived && minding_ != nullptr;
  return of_record ? minding_->status(criterion) : status(criterion);
}

Truth Interpreter::of(check::CriterionState const& node, Place const&) const {
  return state_of(status_for(node.state, node.criterion), node.state);
}

Truth Interpreter::of(check::Untold const& node, Place const& place) const {
  auto const subject = value(node.subject, place);
  return two_valued(subject.may_apply && !is_exact(subject));
}

Truth Interpreter::of(check::GroupCount const& node, Place const&) const {
  std::vector<Truth> items;
  for (auto const criterion : program_.groups[node.group].criteria) {
    items.push_back(state_of(status_for(node.state, criterion), node.state));
  }
  return junction(node.connective, node.count, items);
}

Truth Interpreter::of(check::Junction const& node, Place const& place) const {
  std::vector<Truth> items;
  for (auto const item : node.items) items.push_back(truth(item, place));
  return junction(node.connective, node.count, items);
}

Truth Interpreter::of(check::Quantified const& node, Place const& place) const {
  auto const over = members(node.range, place);
  std::vector<MemberTruth> truths;
  for (auto const& member : over.known) {
    truths.push_back({truth(node.body, place.at(member.standing)), member.may_be_absent});
  }
  if (over.more) {
    // Nothing can be told of the members of a list that is missing but whether what is asked of them may not apply, nor
    // how many there are: as many as could matter.
    auto any = values::kCannotBeTold;
    if (may_not_apply(node.body)) any |= kDoesNotApply;
    auto const enough = node.count + over.known.size() + 2;
    for (std::size_t i = 0; i < enough; ++i) truths.push_back({any, true});
  }
  return quantified(node.quantifier, node.count, truths);
}

Truth Interpreter::of(check::WaiverInForce const& node, Place const&) const {
  return turned(node.negated, waiver(program_.waivers[node.waiver]));
}

Truth Interpreter::of(check::Present const& node, Place const&) const {
  using Presence = cases::FieldColumn::Presence;
  switch (world_.batch->facts.fields[node.position].presence[case_]) {
    case Presence::there: return kDoesNotApply;
    case Presence::none: return kNo;
    case Presence::unknown: return kNo | kDoesNotApply;
  }
  throw std::logic_error("a presence that is none");
}

// --- Windows over years -------------------------------------------------------------------------------------------

namespace {

/// What is left to resolve of a window, newest year first, and what was found up to there.
struct Window {
  check::Windowed const& stated;
  std::vector<Truth> years;

  Truth result(std::uint32_t there, std::uint32_t yes) const {
    if (stated.at_least == 0) return two_valued(there == stated.last && yes == there);
    return two_valued(yes >= stated.at_least);
  }
  // Every way of resolving the years from number `i` on.
  Truth resolve(std::size_t i, std::uint32_t there, std::uint32_t yes) const {
    if (i == years.size() || there == stated.last) return result(there, yes);
    Truth out = 0;
    if ((years[i] & kYes) != 0) out |= resolve(i + 1, there + 1, yes + 1);
    if ((years[i] & kNo) != 0) out |= resolve(i + 1, there + 1, yes);
    if ((years[i] & kDoesNotApply) != 0) out |= resolve(i + 1, there, yes);
    return out;
  }
};

bool is_endless(check::Windowed const& node) { return node.measured && node.within == 0; }

}  // namespace

// The first year of which the submission or a table says anything; at least those of the window itself.
int Interpreter::oldest_year_known(check::Windowed const& node) const {
  auto const kind = program_.ranges[node.range].which;
  int out = running_year(static_cast<vocabulary::YearKindId>(kind)) - static_cast<int>(node.last);
  auto const in = [&](auto const& self, cases::RecordColumns const& records, std::uint32_t row) -> void {
    for (std::size_t i = 0; i < records.fields.size(); ++i) {
      auto const& column = records.fields[i];
      auto const& field = program_.vocabulary.fields[program_.vocabulary.records[records.record].fields[i]];
      if (!column.members.empty()) {
        auto const first = field.quantity.type.list ? column.offsets[row] : row;
        auto const end = field.quantity.type.list ? column.offsets[row + 1] : row + 1;
        for (auto member = first; member < end; ++member) self(self, column.members.front(), member);
      }
      std::uint32_t entries = 1;
      bool yearly = false;
      for (auto const& each : field.each) {
        bool const choice = each.of == vocabulary::Dimension::Of::choice;
        if (choice) entries = static_cast<std::uint32_t>(program_.vocabulary.choices[each.which].entries.size());
        yearly = yearly || (!choice && each.which == kind);
      }
      for (auto at = row * entries; yearly && at < (row + 1) * entries; ++at) {
        for (auto j = column.offsets[at]; j < column.offsets[at + 1]; ++j) out = std::min(out, column.years[j]);
      }
    }
  };
  in(in, world_.batch->facts, case_);
  for (auto const id : program_.sources) {
    auto const* newest = release(id);
    auto const& keys = program_.vocabulary.sources[id].keys;
    for (std::size_t i = 0; newest != nullptr && i < keys.size(); ++i) {
      if (keys[i].type.kind != vocabulary::Kind::year || keys[i].type.which != kind) continue;
      for (auto const symbol : newest->table.keys[i]) {
        out = std::min(out, values::read_year(world_.symbols.text(symbol)).value());
      }
    }
  }
  return out;
}

// The years after the year `after`.
Truth Interpreter::in_window(check::Windowed const& node, int after, Place const& place) const {
  auto const kind = static_cast<vocabulary::YearKindId>(program_.ranges[node.range].which);
  auto const back = node.within == 0 ? node.last : node.measured ? node.within : std::min(node.within, node.last);
  auto const oldest = is_endless(node) ? oldest_year_known(node) : running_year(kind) - static_cast<int>(back);
  Window window{node, {}};
  for (auto year = running_year(kind) - 1; year > after; --year) {
    // Before all that is known: as many years as the window may take, each measured or not, with either answer.
    if (year < oldest - (is_endless(node) ? static_cast<int>(node.last) : 0)) break;
    if (year < oldest) window.years.push_back(kYes | kNo | kDoesNotApply);
    if (year >= oldest) window.years.push_back(truth(node.body, place.at(year_standing(node.range, year))));
  }
  return window.resolve(0, 0, 0);
}

Truth Interpreter::of(check::Windowed const& node, Place const& place) const {
  auto const kind = static_cast<vocabulary::YearKindId>(program_.ranges[node.range].which);
  int const newest = running_year(kind) - 1;
  // The year before all that a window may look at.
  int const oldest = is_endless(node) ? oldest_year_known(node) - static_cast<int>(node.last) - 1
                                      : newest - static_cast<int>(std::max(node.within, node.last));
  if (node.after == check::kNone) return in_window(node, oldest, place);
  auto const after = value(node.after, place);
  Truth out = after.may_not_apply ? kDoesNotApply : Truth{0};
  if (!after.may_apply) return out;
  // A year that is after a date begins after it.
  auto const year = [&](End const& end, int without) {
    if (!end) return without;
    auto const number = numerator(*end).convert_to<std::int32_t>();
    bool const is_date = program_.values[node.after].type.kind == vocabulary::Kind::date;
    auto const of = is_date ? values::year_of({number}, program_.vocabulary.calendar.years[kind]) : number;
    return std::min(std::max(of, oldest), newest);
  };
  for (int each = year(after.lowest, oldest); each <= year(after.highest, newest); ++each) {
    out |= in_window(node, each, place);
  }
  return out;
}

}  // namespace waymark::reference
