// Conditions of every kind over what is there.
#include <fmt/format.h>

#include <algorithm>

#include "tests/property/policy_maker.hpp"

namespace waymark::property {

using check::Order;
using check::Range;
using grammar::Connective;
using grammar::Quantifier;
using grammar::State;

namespace {

std::string_view words_of(Order order) {
  switch (order) {
    case Order::at_least: return "is at least";
    case Order::at_most: return "is at most";
    case Order::more_than: return "is more than";
    case Order::less_than: return "is less than";
    case Order::equal: return "is";
    case Order::not_equal: return "is not";
  }
  return "";
}

std::string_view words_of(State state) {
  switch (state) {
    case State::met: return "met";
    case State::not_met: return "not met";
    case State::found_met: return "found met";
    case State::found_not_met: return "found not met";
    case State::cannot_be_told: return "untold";
    case State::waived: return "waived";
  }
  return "";
}

std::string words_of(Connective connective, std::uint32_t count) {
  switch (connective) {
    case Connective::all: return "all of";
    case Connective::any: return "any of";
    case Connective::none: return "none of";
    case Connective::at_least: return fmt::format("at least {} of", count);
  }
  return "";
}

std::string words_of(Quantifier quantifier, std::uint32_t count) {
  switch (quantifier) {
    case Quantifier::any: return "for any of";
    case Quantifier::every: return "for every of";
    case Quantifier::at_least: return fmt::format("for at least {} of", count);
    case Quantifier::more_than_half: return "for more than half of";
  }
  return "";
}

constexpr int kDeep = 2;  // how far values in conditions are computed

}  // namespace

State PolicyMaker::some_state() { return static_cast<State>(random_.below(taste_.incomplete_facts ? 6 : 2)); }

Type PolicyMaker::some_type() {
  auto const way = random_.below(10);
  if (way < 7) return random_.pick(numeric_types());
  if (way == 7) return type_of(Kind::date);
  if (way == 8) return type_of(Kind::year, kProgramYear);
  return type_of(Kind::choice, kGrade);
}

PolicyMaker::ConditionId PolicyMaker::compare(Around const& around) {
  auto const type = some_type();
  auto const left = value(type, around, kDeep, true);
  auto const right = value(type, around, random_.chance(50) ? 0 : kDeep, true);
  auto const order = static_cast<Order>(random_.below(6));
  return add(check::Compare{order, left, right, 1, 1},
             fmt::format("{} {} {}", text(left), words_of(order), text(right)));
}

// Graduates, counted in tenths, against a share of openings.
PolicyMaker::ConditionId PolicyMaker::compare_across_units(Around const& around) {
  auto const left = value(count_of(kGraduates), around, 1, true);
  auto const by = constant(type_of(Kind::percent));
  auto const of = whole(count_of(kOpenings), around, 1);
  auto const right =
      add(check::PercentOf{by, of}, count_of(kOpenings), true, fmt::format("({} percent of {})", text(by), text(of)));
  auto const order = static_cast<Order>(random_.below(6));
  auto const shown = fmt::format("{} {} 10 times {}", text(left), words_of(order), text(right));
  return add(check::Compare{order, left, right, 1, 10}, shown);
}

PolicyMaker::ConditionId PolicyMaker::matches(Around const& around) {
  static std::vector<Type> const types = {type_of(Kind::choice, kRequest), type_of(Kind::choice, kGrade),
                                          type_of(Kind::choice, kGroup), soc_code(), type_of(Kind::text)};
  auto const type = random_.pick(types);
  check::Matches made;
  made.subject = value(type, around, 1, false);
  auto shown = text(made.subject) + " is one of";
  for (auto count = 1 + random_.below(3); count != 0; --count) {
    made.options.push_back(random_.chance(80) ? constant(type, random_.chance(50) ? "region" : "")
                                              : value(type, around, 0, false));
    shown += " " + text(made.options.back());
  }
  made.negated = random_.chance(30);
  if (made.negated) shown = "not: " + shown;
  return add(std::move(made), shown);
}

PolicyMaker::ConditionId PolicyMaker::within(Around const& around) {
  static std::vector<std::string> const groups = {"15-1250", "15-0000", "29-0000", "15-1252", "47-2000"};
  auto const subject = value(soc_code(), around, 0, false);
  auto const& code = random_.pick(groups);
  auto const group = add(check::Constant{0, code}, soc_code(), false, code);
  bool const negated = random_.chance(30);
  return add(check::Within{subject, group, negated},
             fmt::format("{} is {}within {}", text(subject), negated ? "not " : "", code));
}

PolicyMaker::ConditionId PolicyMaker::in_list(Around const& around) {
  auto const of_field = [&](char const* name) {
    auto const position = position_of(words_, name);
    return check::ListUse{
        check::ListUse::Of::fact, {check::kNone, position, words_.records[kPathway].fields[position]}, 0};
  };
  std::vector<std::pair<check::ListUse, Type>> lists = {{{check::ListUse::Of::source, {}, kInDemand}, soc_code()}};
  if (!around.row) {
    lists.emplace_back(of_field("occupations"), soc_code());
    lists.emplace_back(of_field("credentials"), type_of(Kind::text));
    lists.emplace_back(of_field("groups served"), type_of(Kind::choice, kGroup));
    for (check::ListId id = 0; id < program_.lists.size(); ++id) {
      lists.emplace_back(check::ListUse{check::ListUse::Of::list, {}, id}, program_.lists[id].member);
    }
    for (auto const& member : {soc_code(), type_of(Kind::text), type_of(Kind::choice, kGroup)}) {
      for (auto const& use : list_figures(member)) lists.emplace_back(use, member);
    }
  }
  auto const& [list, type] = random_.pick(lists);
  auto const subject = value(type, around, 1, false);
  bool const negated = random_.chance(30);
  return add(check::InList{subject, list, negated},
             fmt::format("{} is {}in [list {} {}]", text(subject), negated ? "not " : "", static_cast<int>(list.of),
                         list.of == check::ListUse::Of::fact ? list.fact.position : list.which));
}

PolicyMaker::ConditionId PolicyMaker::holds(Around const& around) {
  auto const subject = value(type_of(Kind::yes_no), around, 1, false);
  bool const negated = random_.chance(40);
  return add(check::Holds{subject, negated}, text(subject) + (negated ? " is no" : " is yes"));
}

PolicyMaker::ConditionId PolicyMaker::untold(Around const& around) {
  static std::vector<Type> const types = {
      count_of(kOpenings),           pay(),     type_of(Kind::percent), type_of(Kind::date), type_of(Kind::yes_no),
      type_of(Kind::choice, kGrade), soc_code()};
  auto const subject = value(random_.pick(types), around, 0, true);
  return add(check::Untold{subject}, text(subject) + " cannot be told");
}

PolicyMaker::ConditionId PolicyMaker::criterion_state() {
  auto const criterion = static_cast<check::CriterionId>(random_.below(program_.criteria.size()));
  auto const state = some_state();
  return add(check::CriterionState{criterion, state},
             fmt::format("{} is {}", program_.criteria[criterion].shown, words_of(state)));
}

PolicyMaker::ConditionId PolicyMaker::group_count() {
  auto const group = static_cast<check::GroupId>(random_.below(program_.groups.size()));
  auto const state = some_state();
  auto const connective = static_cast<Connective>(random_.below(4));
  auto const count = static_cast<std::uint32_t>(random_.between(0, 3));
  return add(check::GroupCount{connective, count, group, state},
             fmt::format("{} {} are {}", words_of(connective, count), program_.groups[group].shown, words_of(state)));
}

PolicyMaker::ConditionId PolicyMaker::waiver_in_force() {
  auto const waiver = static_cast<check::WaiverId>(random_.below(program_.waivers.size()));
  bool const negated = random_.chance(25);
  return add(check::WaiverInForce{waiver, negated},
             fmt::format("{} is {}in force", program_.waivers[waiver].shown, negated ? "not " : ""));
}

PolicyMaker::ConditionId PolicyMaker::present() {
  return add(check::Present{position_of(words_, "last decision")}, "there is a last decision");
}

PolicyMaker::ConditionId PolicyMaker::leaf(Around const& around) {
  std::vector<std::function<ConditionId()>> out;
  auto const offer = [&](unsigned weight, auto make) {
    for (unsigned i = 0; i < weight; ++i) out.emplace_back(make);
  };
  offer(10, [&] { return compare(around); });
  offer(3, [&] { return matches(around); });
  offer(1, [&] { return within(around); });
  offer(2, [&] { return in_list(around); });
  if (!around.row) {
    offer(1, [&] { return compare_across_units(around); });
    offer(3, [&] { return holds(around); });
    offer(1, [&] { return present(); });
    if (taste_.incomplete_facts) offer(1, [&] { return untold(around); });
    if (taste_.incomplete_facts && !program_.waivers.empty()) offer(1, [&] { return waiver_in_force(); });
    if (!program_.criteria.empty()) offer(3, [&] { return criterion_state(); });
    if (!program_.groups.empty()) offer(4, [&] { return group_count(); });
  }
  return random_.pick(out)();
}

PolicyMaker::ConditionId PolicyMaker::junction(Around const& around, int depth) {
  check::Junction made;
  made.connective = static_cast<Connective>(random_.below(4));
  auto const items = 1 + random_.below(3);
  made.count = static_cast<std::uint32_t>(random_.between(made.connective == Connective::at_least ? 1 : 0, 2));
  auto shown = words_of(made.connective, made.count) + " {";
  for (std::size_t i = 0; i < items; ++i) {
    made.items.push_back(condition(around, depth - 1));
    shown += (i == 0 ? "" : "; ") + condition_text(made.items.back());
  }
  return add(std::move(made), shown + "}");
}

PolicyMaker::ConditionId PolicyMaker::quantified(Around const& around, int depth) {
  auto const over = random_.pick(list_ranges());
  if (given({over}, around)) return leaf(around);
  check::Quantified made;
  made.quantifier = static_cast<Quantifier>(random_.below(4));
  made.count = made.quantifier == Quantifier::at_least ? static_cast<std::uint32_t>(random_.between(1, 3)) : 0;
  made.range = over;
  made.body = condition(inside(around, over), depth - 1);
  auto const shown =
      fmt::format("{} range {}, {}", words_of(made.quantifier, made.count), over, condition_text(made.body));
  return add(made, shown);
}

PolicyMaker::ConditionId PolicyMaker::windowed(Around const& around, int depth) {
  if (has_years(around)) return leaf(around);
  check::Windowed made;
  made.last = static_cast<std::uint32_t>(random_.between(1, 4));
  made.at_least = random_.chance(50) ? 0 : static_cast<std::uint32_t>(random_.between(1, made.last));
  made.measured = random_.chance(50);
  made.within = random_.chance(60) ? static_cast<std::uint32_t>(random_.between(1, 5)) : 0;
  made.range = years();
  look_back(std::max(made.last, made.within));
  if (random_.chance(35)) {
    made.after = value(random_.chance(60) ? type_of(Kind::year, kProgramYear) : type_of(Kind::date), around, 0, false);
  }
  made.body = condition(inside(around, years()), depth - 1);
  auto const shown =
      fmt::format("in {} of the last {}{} years within {}{}, {}", made.at_least, made.last,
                  made.measured ? " measured" : "", made.within,
                  made.after == check::kNone ? std::string() : " after " + text(made.after), condition_text(made.body));
  return add(made, shown);
}

PolicyMaker::ConditionId PolicyMaker::condition(Around const& around, int depth) {
  if (depth <= 0 || random_.chance(40)) return leaf(around);
  auto const way = random_.below(10);
  if (around.row || way < 5) return junction(around, depth);
  return way < 8 ? quantified(around, depth) : windowed(around, depth);
}

}  // namespace waymark::property
