// Conditions that stand by themselves: comparisons, states, membership. Only types tell `request is new` from `wage is
// met`.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::Comparator;
using vocabulary::Kind;

namespace {

std::optional<Order> order_of(Comparator comparator) {
  switch (comparator) {
    case Comparator::at_least:
    case Comparator::on_or_after: return Order::at_least;
    case Comparator::at_most:
    case Comparator::on_or_before: return Order::at_most;
    case Comparator::more_than:
    case Comparator::after: return Order::more_than;
    case Comparator::less_than:
    case Comparator::before: return Order::less_than;
    default: return std::nullopt;
  }
}

bool is_date_word(Comparator comparator) {
  return comparator == Comparator::on_or_after || comparator == Comparator::on_or_before ||
         comparator == Comparator::after || comparator == Comparator::before;
}

grammar::Phrase const* only_phrase(grammar::Is const& is) {
  if (is.comparison.comparator != Comparator::same || is.comparison.operands.size() != 1) return nullptr;
  auto const* path = std::get_if<grammar::Path>(&is.comparison.operands.front().node);
  return path != nullptr && path->names.size() == 1 && !path->names.front().quoted ? &path->names.front() : nullptr;
}

}  // namespace

ConditionId Checker::condition(SyntaxCondition const& syntax, Surroundings const& outer) {
  auto at = outer;
  at.plain_numbers = false;
  ConditionId id = kNone;
  if (auto const* node = std::get_if<grammar::Is>(&syntax.node)) id = guarded(is(syntax, *node, at));
  if (auto const* node = std::get_if<grammar::IsState>(&syntax.node)) id = is_state(syntax, *node, at);
  if (auto const* node = std::get_if<grammar::Has>(&syntax.node)) id = guarded(has(syntax, *node, at));
  if (auto const* node = std::get_if<grammar::Junction>(&syntax.node)) id = junction(syntax, *node, at);
  if (auto const* node = std::get_if<grammar::GroupCount>(&syntax.node)) id = group_count(syntax, *node, at);
  if (auto const* node = std::get_if<grammar::Quantified>(&syntax.node)) id = quantified(syntax, *node, at);
  if (auto const* node = std::get_if<grammar::Windowed>(&syntax.node)) id = guarded(windowed(syntax, *node, at));
  return id;
}

std::optional<ConditionId> Checker::state_of_criterion(SyntaxCondition const& syntax, grammar::Is const& is) {
  auto const* path = std::get_if<grammar::Path>(&is.subject.node);
  auto const* word = only_phrase(is);
  if (path == nullptr || word == nullptr || (word->key != "met" && word->key != "waived")) return std::nullopt;
  auto const keys = without_subject(*path);
  bool const asks_waived = word->key == "waived";
  auto const named = entity_at(keys, path->span);
  // `waived` may be the entry of a Choice, too.
  if (asks_waived && (!named || named->what != Named::criterion)) return std::nullopt;
  if (forgiven_.contains(keys.back())) return kNone;
  if (!named) {
    unknown(*path, "criterion");
    return kNone;
  }
  if (named->what != Named::criterion) {
    auto& diagnostic =
        report(Code::not_a_criterion, path->span,
               fmt::format("`{}` is no criterion, so it is neither met nor not met", grammar::print(*path)),
               named->what == Named::group ? "Write: `all of … are met` or `at least N of … are met`."
                                           : "Ask for a figure with `is yes`, for a number with `is at least`.");
    diagnostic.secondary.push_back({named->span, "declared here"});
    diagnostic.about = {about("kind", keys.back())};
    return kNone;
  }
  if (asks_waived) {
    auto const waived = state_of(syntax, *named, *path, grammar::State::waived);
    return is.comparison.negated ? keep(syntax, Junction{grammar::Connective::none, 0, {waived}}) : waived;
  }
  return state_of(syntax, *named, *path, is.comparison.negated ? grammar::State::not_met : grammar::State::met);
}

std::optional<ConditionId> Checker::waiver_state(SyntaxCondition const& syntax, grammar::Is const& is) {
  if (is.comparison.comparator != Comparator::in_force) return std::nullopt;
  auto const* path = std::get_if<grammar::Path>(&is.subject.node);
  auto const key = path != nullptr ? path->names.back().key : std::string();
  if (forgiven_.contains(key)) return kNone;
  auto const found = path != nullptr ? waiver_named(without_subject(*path)) : std::nullopt;
  if (!found) {
    report(Code::unknown_name, is.subject.span, fmt::format("There is no waiver `{}`", grammar::print(is.subject)),
           fmt::format("Declare it with a block: `Waiver: {}`.", grammar::print(is.subject)))
        .about = {about_name(key)};
    return kNone;
  }
  return keep(syntax, WaiverInForce{*found, is.comparison.negated});
}

// `the pathway is a registered apprenticeship`, `the pathway has an articulation agreement`
std::optional<ConditionId> Checker::subject_is_yes(SyntaxCondition const& syntax, SyntaxValue const& subject,
                                                   grammar::Phrase const& name, bool negated, Surroundings const& at) {
  auto const* path = std::get_if<grammar::Path>(&subject.node);
  if (path == nullptr || path->names.size() != 1) return std::nullopt;
  auto const& key = path->names.front().key;
  bool const of_member =
      std::any_of(at.ranges.begin(), at.ranges.end(), [&](RangeId id) { return program().ranges[id].member == key; });
  if (key != program().reviews && !of_member) return std::nullopt;
  if (forgiven_.contains(name.key)) return kNone;
  auto const found = find(grammar::Path{{name}, name.span}, at, of_member && key != program().reviews);
  if (found.reported) return kNone;
  if (found.value == kNone) return std::nullopt;
  if (this->at(found.value).type.kind != Kind::yes_no) {
    report(Code::wrong_kind, name.span, fmt::format("`{}` is not answered with yes or no", name.text),
           "Ask for it by its own name: `… is at least …`, `… is …`.")
        .about = {about("kind", name.key)};
    return kNone;
  }
  return keep(syntax, Holds{found.value, negated});
}

ConditionId Checker::is(SyntaxCondition const& syntax, grammar::Is const& is, Surroundings const& at) {
  if (auto const waiver = waiver_state(syntax, is)) return *waiver;
  if (auto const state = state_of_criterion(syntax, is)) return *state;
  auto const* word = only_phrase(is);
  if (word != nullptr) {
    if (auto const yes = subject_is_yes(syntax, is.subject, *word, is.comparison.negated, at)) return *yes;
  }
  if (!computed_by_name(is.subject, at)) return kNone;
  auto const subject = value(is.subject, at);
  return subject == kNone ? kNone : asked_of_value(syntax, subject, is, at);
}

ConditionId Checker::asked_of_value(SyntaxCondition const& syntax, ValueId subject, grammar::Is const& is,
                                    Surroundings const& at) {
  auto const* word = only_phrase(is);
  if (this->at(subject).type.kind == Kind::yes_no) {
    if (word != nullptr && (word->key == "yes" || word->key == "no")) {
      return keep(syntax, Holds{subject, (word->key == "no") != is.comparison.negated});
    }
    report(Code::wrong_kind, syntax.span, fmt::format("`{}` is answered with yes or no", grammar::print(is.subject)),
           fmt::format("Write: `{} is yes` or `{} is no`.", grammar::print(is.subject), grammar::print(is.subject)))
        .about = {about("kind", name_of(subject))};
    return kNone;
  }
  return comparison(syntax, subject, is, at);
}

ConditionId Checker::comparison(SyntaxCondition const& syntax, ValueId subject, grammar::Is const& is,
                                Surroundings const& at) {
  auto const type = this->at(subject).type;
  auto const comparator = is.comparison.comparator;
  if (comparator == Comparator::in_list) return in_list(syntax, subject, is, at);
  if (comparator == Comparator::within) return within(syntax, subject, is, at);
  if (type.list || type.kind == Kind::record) {
    report(Code::wrong_kind, is.subject.span,
           fmt::format("`{}` is {}{}", grammar::print(is.subject), type.list ? "" : "a record: ", type_words(type)),
           type.list ? "Ask something of its members: `for any …,` or `for every …,`."
                     : fmt::format("Ask for one of its fields: `{}'s …`.", grammar::print(is.subject)))
        .about = {about("kind", name_of(subject))};
    return kNone;
  }
  if (auto const order = order_of(comparator)) {
    if (is_date_word(comparator) && type.kind != Kind::date && type.kind != Kind::year) {
      report(Code::wrong_kind, syntax.span, fmt::format("`{}` is no date", grammar::print(is.subject)),
             "Write: `is at least`, `is at most`, `is more than` or `is less than`.")
          .about = {about("kind", name_of(subject))};
      return kNone;
    }
    return compare(syntax, subject, *order, is.comparison.operands.front(), at);
  }
  if (comparator == Comparator::between) return between(syntax, subject, is, at);
  if (vocabulary::is_symbolic(type)) return matches(syntax, subject, is, at);
  if (is.comparison.operands.size() == 1) {
    return compare(syntax, subject, is.comparison.negated ? Order::not_equal : Order::equal,
                   is.comparison.operands.front(), at);
  }
  Junction any{is.comparison.negated ? grammar::Connective::all : grammar::Connective::any, 0, {}};
  for (auto const& operand : is.comparison.operands) {
    auto const id = compare(syntax, subject, is.comparison.negated ? Order::not_equal : Order::equal, operand, at);
    if (id == kNone) return kNone;
    any.items.push_back(id);
  }
  return keep(syntax, std::move(any));
}

ConditionId Checker::between(SyntaxCondition const& syntax, ValueId left, grammar::Is const& is,
                             Surroundings const& at) {
  auto const low = compare(syntax, left, Order::at_least, is.comparison.operands[0], at);
  auto const high = compare(syntax, left, Order::at_most, is.comparison.operands[1], at);
  if (low == kNone || high == kNone) return kNone;
  auto const connective = is.comparison.negated ? grammar::Connective::none : grammar::Connective::all;
  if (!is.comparison.negated) return keep(syntax, Junction{connective, 0, {low, high}});
  auto const both = keep(syntax, Junction{grammar::Connective::all, 0, {low, high}});
  return keep(syntax, Junction{grammar::Connective::none, 0, {both}});
}

ConditionId Checker::matches(SyntaxCondition const& syntax, ValueId subject, grammar::Is const& is,
                             Surroundings const& at) {
  auto const type = this->at(subject).type;
  Matches made{subject, {}, is.comparison.negated};
  for (auto const& operand : is.comparison.operands) {
    auto const id = value(operand, at, type);
    if (id == kNone) return kNone;
    made.options.push_back(id);
  }
  return keep(syntax, std::move(made));
}

ConditionId Checker::within(SyntaxCondition const& syntax, ValueId subject, grammar::Is const& is,
                            Surroundings const& at) {
  auto const type = this->at(subject).type;
  if (type.kind != Kind::code || type.list) {
    report(
        Code::not_a_code, is.subject.span,
        fmt::format("`{}` is {}, and only a code stands within another", grammar::print(is.subject), type_words(type)),
        "Ask so of a SOC or CIP code: `program is within 48.05`.");
    return kNone;
  }
  auto const group = value(is.comparison.operands.front(), at, type);
  if (group == kNone) return kNone;
  return keep(syntax, Within{subject, group, is.comparison.negated});
}

ConditionId Checker::in_list(SyntaxCondition const& syntax, ValueId subject, grammar::Is const& is,
                             Surroundings const& at) {
  auto const& operand = is.comparison.operands.front();
  auto const* path = std::get_if<grammar::Path>(&operand.node);
  Type member;
  auto const before = diagnostics_.size();
  auto const use = path != nullptr ? list_use(*path, &member, at) : std::nullopt;
  if (!use) {
    if (diagnostics_.size() != before) return kNone;
    if (path != nullptr && forgiven_.contains(path->names.back().key)) return kNone;
    report(Code::unknown_name, operand.span, fmt::format("`{}` is no list", grammar::print(operand)),
           "A list is a List block, a Source with one key and no value columns, or a field or Figure `list of …`.")
        .about = {about_name(path == nullptr ? std::string() : path->names.back().key)};
    return kNone;
  }
  auto const type = this->at(subject).type;
  bool const alike = type.kind == member.kind && type.list == member.list &&
                     (type.kind != Kind::code || type.system == member.system) &&
                     (type.kind != Kind::choice || type.which == member.which);
  if (!alike) {
    report(Code::wrong_kind, is.subject.span,
           fmt::format("`{}` is {}, and `{}` holds {}", grammar::print(is.subject), type_words(type),
                       grammar::print(operand), type_words(member)),
           type.list ? "Ask of its members: `for any …,` or `for every …,`." : "Name a list of the same kind.")
        .about = {about("kind", grammar::print(operand))};
    return kNone;
  }
  return keep(syntax, InList{subject, *use, is.comparison.negated});
}

bool Checker::may_stand_in_row(Span span, Surroundings const& at) {
  if (at.in_row) return true;
  auto& diagnostic = report(
      Code::found_not_here, span, "What is found, and what cannot be told, is asked in the rows of a Decision only",
      "Write `is met` or `is not met` here; or move this into a row, or into a yes-or-no Figure that only rows use.");
  auto const found = sources_.text(span).find("found ");
  if (found == std::string_view::npos) return false;
  auto const begin = span.begin + static_cast<std::uint32_t>(found);
  diagnostic.edit = grammar::Edit{{span.file, begin, begin + static_cast<std::uint32_t>(std::size("found ") - 1)}, ""};
  return false;
}

ConditionId Checker::is_state(SyntaxCondition const& syntax, grammar::IsState const& state, Surroundings const& at) {
  if (!may_stand_in_row(syntax.span, at)) return kNone;
  auto const* path = std::get_if<grammar::Path>(&state.subject.node);
  if (path != nullptr) {
    auto const keys = without_subject(*path);
    if (forgiven_.contains(keys.back())) return kNone;
    auto const named = entity_at(keys, path->span);
    if (named && named->what == Named::criterion) return state_of(syntax, *named, *path, state.state);
  }
  if (state.state != grammar::State::cannot_be_told) {
    report(Code::not_a_criterion, state.subject.span,
           fmt::format("`{}` is no criterion, so it is not found met", grammar::print(state.subject)),
           "Only criteria are found met or not met.")
        .about = {about_name(path == nullptr ? std::string() : path->names.back().key)};
    return kNone;
  }
  auto const subject = value(state.subject, at);
  return subject == kNone ? kNone : keep(syntax, Untold{subject});
}

ConditionId Checker::has(SyntaxCondition const& syntax, grammar::Has const& has, Surroundings const& at) {
  if (auto const yes = subject_is_yes(syntax, has.subject, has.name, has.negated, at)) return *yes;
  report(Code::unknown_name, has.subject.span,
         fmt::format("`{}` is not what is reviewed here", grammar::print(has.subject)),
         fmt::format("Write: `the {} has …`, with the name of a yes-or-no field.", program().reviews));
  return kNone;
}

}  // namespace waymark::check
