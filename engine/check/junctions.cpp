// Conditions made of conditions: lists, counts over groups, quantifiers, windows.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using vocabulary::Kind;

ConditionId Checker::junction(SyntaxCondition const& syntax, grammar::Junction const& node, Surroundings const& at) {
  Junction made{node.connective, node.count, {}};
  bool good = true;
  for (auto const& item : node.items) {
    auto const id = condition(item, at);
    good = good && id != kNone;
    made.items.push_back(id);
  }
  auto const* block = block_at(syntax.span);
  bool const whole = block == nullptr || !block->faulty;  // an item that could not be read is missing here
  if (node.connective == grammar::Connective::at_least && node.count > node.items.size() && whole) {
    report(Code::count_too_high, syntax.span,
           fmt::format("At least {} of {} items can never hold", node.count, node.items.size()),
           "Lower the number, or add the missing items.");
    return kNone;
  }
  return good ? keep(syntax, std::move(made)) : kNone;
}

ConditionId Checker::group_count(SyntaxCondition const& syntax, grammar::GroupCount const& node,
                                 Surroundings const& at) {
  if (grammar::asks_what_is_found(node.state) && !may_stand_in_row(syntax.span, at)) return kNone;
  auto const keys = without_subject(node.group);
  auto const& key = keys.back();
  if (forgiven_.contains(key)) return kNone;
  auto const named = entity_at(keys, node.group.span);
  if (!named || named->what != Named::group) {
    std::vector<std::string> names;
    for (auto const& group : program().groups) names.push_back(group.name);
    auto const near = grammar::nearest(key, names);
    auto& diagnostic =
        report(Code::unknown_name, node.group.span, fmt::format("There is no group `{}`", grammar::print(node.group)),
               near.empty() ? fmt::format("Declare it: `Group: {}`, with one criterion a line.", key)
                            : fmt::format("Did you mean `{}`?", near));
    diagnostic.about = {about_name(key)};
    if (!near.empty()) diagnostic.edit = grammar::Edit{node.group.span, near};
    return kNone;
  }
  auto const size = program().groups[named->index].criteria.size();
  if (node.connective == grammar::Connective::at_least && node.count > size && size > 0) {
    auto& diagnostic = report(Code::count_too_high, syntax.span,
                              fmt::format("`{}` has {}, so at least {} of it can never hold",
                                          program().groups[named->index].shown, criteria_words(size), node.count),
                              "Lower the number, or add the missing criteria to the group.");
    diagnostic.secondary.push_back({named->span, "the group"});
    return kNone;
  }
  return keep(syntax, GroupCount{node.connective, node.count, named->index, node.state});
}

ConditionId Checker::quantified(SyntaxCondition const& syntax, grammar::Quantified const& node,
                                Surroundings const& at) {
  auto const over = range_of_path(node.list, at);
  if (!over) {
    if (!is_forgiven_range(node.list.names.back().key)) {
      report(
          Code::unknown_range, node.list.span,
          fmt::format("`{}` has no members to go through", grammar::print(node.list)),
          "Name a Choice, a field or a Figure that is a list, a List, or a Source with one key and no value columns.")
          .about = {about_name(node.list.names.back().key)};
    }
    return kNone;
  }
  auto inner = at;
  inner.ranges.push_back(*over);
  auto const body = condition(*node.body, inner);
  return body == kNone ? kNone : keep(syntax, Quantified{node.quantifier, node.count, *over, body});
}

// Whether a value changes with the years of a range.
bool Checker::is_yearly(ValueId id, RangeId range) const {
  bool found = false;
  auto const has = [&](std::vector<RangeId> const& each) {
    return std::find(each.begin(), each.end(), range) != each.end();
  };
  auto const kind = program().ranges[range].which;
  auto const look = [&](ValueId value) {
    auto const& node = at(value).node;
    if (auto const* member = std::get_if<Member>(&node)) found = found || member->range == range;
    if (auto const* figure = std::get_if<FigureRef>(&node))
      found = found || has(program().figures[figure->figure].each);
    if (auto const* threshold = std::get_if<ThresholdRef>(&node)) {
      found = found || has(program().thresholds[threshold->threshold].each);
    }
    if (auto const* fact = std::get_if<Fact>(&node)) {
      for (auto const& dimension : program().vocabulary.fields[fact->fact.field].each) {
        found = found || (dimension.of == vocabulary::Dimension::Of::year && dimension.which == kind);
      }
    }
  };
  walk_value(program(), id, look, [](ConditionId) {});
  return found;
}

bool Checker::mentions(ConditionId id, RangeId range) const {
  bool found = false;
  walk_condition(
      program(), id, [&](ValueId value) { found = found || is_yearly(value, range); }, [](ConditionId) {});
  return found;
}

// The first comparison in which nothing changes with the years: facts that are compared must be yearly; a class of the
// case and what was found earlier need not be.
std::optional<ConditionId> Checker::same_every_year(ConditionId id, RangeId years) const {
  if (!mentions(id, years)) return id;
  std::optional<ConditionId> out;
  auto const earlier = [&](ValueId side) {
    auto const* fact = std::get_if<Fact>(&at(side).node);
    return fact != nullptr && fact->fact.outer != kNone;
  };
  walk_condition(
      program(), id, [](ValueId) {},
      [&](ConditionId inner) {
        auto const* compare = std::get_if<Compare>(&program().conditions[inner].node);
        if (out || compare == nullptr || at(compare->left).type.kind == Kind::choice) return;
        bool const yearly = is_yearly(compare->left, years) || is_yearly(compare->right, years);
        if (!yearly && !earlier(compare->left) && !earlier(compare->right)) out = inner;
      });
  return out;
}

// The name that a condition compares or asks for.
std::string Checker::asked_of(ConditionId id) const {
  auto const& node = program().conditions[id].node;
  if (auto const* compare = std::get_if<Compare>(&node)) return name_of(compare->left);
  if (auto const* holds = std::get_if<Holds>(&node)) return name_of(holds->subject);
  return program().conditions[id].text;
}

// `after 2024-25`, `after the last decision's date`
ValueId Checker::window_after(SyntaxValue const& syntax, Surroundings const& at, vocabulary::YearKindId kind) {
  Type year;
  year.kind = Kind::year;
  year.which = kind;
  auto const* amount = std::get_if<grammar::Amount>(&syntax.node);
  bool const written = amount != nullptr && amount->kind == grammar::Amount::Kind::year;
  auto const id = value(syntax, at, written ? std::optional(year) : std::nullopt);
  if (id == kNone) return kNone;
  auto const type = this->at(id).type;
  if (type.kind == Kind::date || type == year) return id;
  report(Code::wrong_kind, syntax.span,
         fmt::format("`{}` is {}, and no date or {}", grammar::print(syntax), type_words(type),
                     words().calendar.years[kind].name),
         "A window begins after a date or after a year.");
  return kNone;
}

// A window that can hold, and that counts one kind of years.
bool Checker::window_is_possible(SyntaxCondition const& syntax, grammar::Windowed const& node) {
  auto const& within = node.within_years;
  if (!within.empty() && vocabulary::singular(within.key) != vocabulary::singular(node.years.key)) {
    report(
        Code::wrong_unit, within.span,
        fmt::format("The window looks at {}, and how far it looks back is counted in {}", node.years.text, within.text),
        fmt::format("Count both in {}.", node.years.text))
        .edit = grammar::Edit{within.span, node.years.text};
    return false;
  }
  auto const needed = node.at_least == 0 ? node.last : node.at_least;
  if (node.within != 0 && node.within < needed) {
    report(Code::count_too_high, syntax.span,
           fmt::format("{} {} within {} can never hold", needed, node.years.text, node.within),
           fmt::format("Let the window look further back: `within {} {}`.", needed, node.years.text));
    return false;
  }
  if (node.at_least > node.last) {
    report(Code::count_too_high, syntax.span,
           fmt::format("At least {} of the last {} can never hold", node.at_least, node.last),
           "Lower the first number.");
    return false;
  }
  return true;
}

ConditionId Checker::windowed(SyntaxCondition const& syntax, grammar::Windowed const& node, Surroundings const& at) {
  auto const kind = words().year_kind(node.years.key);
  if (!kind) {
    if (forgiven_.contains(vocabulary::singular(node.years.key))) return kNone;
    report(Code::not_a_yearly_name, node.years.span, fmt::format("There is no kind of year `{}`", node.years.text),
           "A Calendar in the vocabulary declares kinds of years; `program years` are always there.")
        .about = {about_name(node.years.key)};
    return kNone;
  }
  if (!window_is_possible(syntax, node)) return kNone;
  Windowed made;
  made.at_least = node.at_least;
  made.last = node.last;
  made.measured = node.measured;
  made.within = node.within;
  made.range = years_range(*kind);
  look_back(made.range, std::max(node.last, node.within));
  if (!node.after.empty()) {
    made.after = window_after(node.after.front(), at, *kind);
    if (made.after == kNone) return kNone;
  }
  auto inner = at;
  inner.ranges.push_back(made.range);
  made.body = condition(*node.body, inner);
  if (made.body == kNone) return kNone;
  if (auto const stays = same_every_year(made.body, made.range)) {
    report(Code::not_a_yearly_name, program().conditions[*stays].span,
           fmt::format("`{}` is not told year by year", program().conditions[*stays].text),
           fmt::format("A window ranges over facts or Figures `for each {}`.", words().calendar.years[*kind].name))
        .about = {about("yearly", asked_of(*stays))};
    return kNone;
  }
  return keep(syntax, made);
}

// Where history is known and holds no earlier decision, a condition on the last decision is no.
ConditionId Checker::guarded(ConditionId id) {
  if (id == kNone) return id;
  auto const positions = earlier_records_.needed_by(id);
  if (positions.empty()) return id;
  auto const original = program().conditions[id];
  Junction made{grammar::Connective::all, 0, {}};
  for (auto const position : positions) {
    Condition present;
    present.node = Present{position};
    present.text = fmt::format("there is a {}", field(position).shown);
    present.span = original.span;
    made.items.push_back(add(std::move(present)));
  }
  made.items.push_back(id);
  auto whole = original;
  whole.node = std::move(made);
  return add(std::move(whole));
}

}  // namespace waymark::check
