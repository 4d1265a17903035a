// Values: amounts, names, and what is computed from them, with their units.
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "engine/check/checker.hpp"

namespace waymark::check {

using vocabulary::Kind;

namespace {

bool is_time_unit(std::string const& key) {
  return key == "day" || key == "working day" || key == "month" || key == "year";
}

values::TermUnit time_unit(std::string const& key) {
  if (key == "day") return values::TermUnit::days;
  if (key == "working day") return values::TermUnit::working_days;
  if (key == "month") return values::TermUnit::months;
  return values::TermUnit::years;
}

// What is wrong where two types meet.
grammar::Code mismatch(vocabulary::Type const& type, vocabulary::Type const& wanted) {
  auto const is_percent = [](vocabulary::Type const& t) { return t.kind == Kind::percent || t.kind == Kind::points; };
  if (!is_numeric(type) || !is_numeric(wanted)) return grammar::Code::wrong_kind;
  if (is_percent(type) && is_percent(wanted)) return grammar::Code::points_not_percent;
  bool const pay = type.kind == Kind::money && wanted.kind == Kind::money;
  return pay ? grammar::Code::hours_and_years : grammar::Code::wrong_unit;
}

std::string advice(grammar::Code code, vocabulary::Type const& type, vocabulary::Type const& wanted,
                   std::string const& words) {
  using vocabulary::Per;
  bool const per_time = type.per != Per::once && wanted.per != Per::once;
  switch (code) {
    case grammar::Code::points_not_percent:
      return "A difference of two percents is in percentage points; a percent is a part of something.";
    case grammar::Code::hours_and_years:
      return per_time ? "Name pay for the same time, or declare in the vocabulary how long a year of work is."
                      : "Say for what time the pay is: `per hour`, `per year`.";
    case grammar::Code::wrong_unit:
      return type.kind == Kind::count && wanted.kind == Kind::count
                 ? "Different things compare only where one side is a share: `150 percent of …`."
                 : fmt::format("Name something that is in {}.", words);
    default: return fmt::format("Name something that is {}{}.", is_numeric(wanted) ? "in " : "", words);
  }
}

// The units of the vocabularies that begin like `written`, or the one that is spelled nearly so: "`a`, `b`".
std::string units_near(vocabulary::Unit const& written, std::span<vocabulary::Unit const> declared) {
  constexpr std::size_t kMost = 3;
  auto const first_word = [](std::string const& key) { return vocabulary::singular(key.substr(0, key.find(' '))); };
  std::vector<std::string> near;
  std::vector<std::string> all;
  for (auto const& unit : declared) {
    if (near.size() < kMost && first_word(unit.key) == first_word(written.key)) near.push_back(unit.name);
    all.push_back(unit.name);
  }
  if (near.empty()) near.push_back(grammar::nearest(written.name, all));
  return near.front().empty() ? "" : fmt::format("`{}`", fmt::join(near, "`, `"));
}

// `students are needed here`, `a date is needed here`
std::string needed_words(vocabulary::Type const& type, std::string const& words) {
  bool const many = is_numeric(type) && type.kind != Kind::percent;
  return fmt::format("{} {} needed here", words, many ? "are" : "is");
}

}  // namespace

// What is asked for is what is given, or both places are said.
ValueId Checker::value(SyntaxValue const& syntax, Surroundings const& at, std::optional<Type> wanted) {
  auto const id = any_value(syntax, at, wanted);
  if (id == kNone || !wanted || fits(id, *wanted, syntax.span, grammar::print(syntax))) return id;
  auto const* written = std::get_if<grammar::Amount>(&syntax.node);
  if (written != nullptr) offer_unit(*written, syntax.span, this->at(id).type, *wanted);
  return kNone;
}

// A count in another unit, or percent for percentage points: the number may stay.
void Checker::offer_unit(grammar::Amount const& written, Span span, Type const& type, Type const& wanted) {
  auto const is_percent = [](Type const& t) { return t.kind == Kind::percent || t.kind == Kind::points; };
  bool const counts = type.kind == Kind::count && wanted.kind == Kind::count;
  if (!counts && !(is_percent(type) && is_percent(wanted))) return;
  diagnostics_.back().edit = grammar::Edit{span, fmt::format("{} {}", written.digits, type_words(wanted))};
}

ValueId Checker::any_value(SyntaxValue const& syntax, Surroundings const& at, std::optional<Type> const& wanted) {
  if (auto const* node = std::get_if<grammar::Amount>(&syntax.node)) return amount(syntax, *node, at, wanted);
  if (auto const* node = std::get_if<grammar::Path>(&syntax.node)) return path(syntax, *node, at, wanted);
  if (auto const* node = std::get_if<grammar::Plus>(&syntax.node)) return plus(syntax, *node, at, wanted);
  if (auto const* node = std::get_if<grammar::PercentOf>(&syntax.node)) return percent_of(syntax, *node, at, wanted);
  if (auto const* node = std::get_if<grammar::AsPercentOf>(&syntax.node)) return as_percent_of(syntax, *node, at);
  if (auto const* node = std::get_if<grammar::Choose>(&syntax.node)) return choose(syntax, *node, at, wanted);
  if (auto const* node = std::get_if<grammar::Rounded>(&syntax.node)) return rounded(syntax, *node, at, wanted);
  if (auto const* node = std::get_if<grammar::InYear>(&syntax.node)) return in_year(syntax, *node, at);
  if (auto const* node = std::get_if<grammar::Box<grammar::Lookup>>(&syntax.node))
    return lookup(syntax, **node, at, wanted);
  return kNone;
}

ValueId Checker::amount(SyntaxValue const& syntax, grammar::Amount const& written, Surroundings const&,
                        std::optional<Type> const& wanted) {
  if (wanted && vocabulary::is_symbolic(*wanted)) return symbol(syntax, grammar::print(syntax), *wanted);
  auto const reading = wanted ? read_amount_as(words(), written, *wanted) : read_amount(words(), written);
  if (!reading.amount) {
    auto& diagnostic = report(fault_code(reading.fault), syntax.span,
                              fault_words(reading.fault, written, wanted ? type_words(*wanted) : "its unit"),
                              fault_help(reading.fault));
    if (reading.fault == AmountFault::point_in_thousands) {
      diagnostic.edit = grammar::Edit{syntax.span, with_comma(written)};
    }
    return kNone;
  }
  if (auto const share = values::maybe_a_share(written.digits);
      !share.empty() && reading.amount->type.kind == Kind::percent) {
    report(Code::share_for_percent, syntax.span,
           fmt::format("`{}` is less than one percent; for {} percent write {}", grammar::print(syntax), share, share),
           fmt::format("Where less than one percent is meant, write a third decimal: `{}0 percent`.", written.digits));
  }
  if (reading.amount->bare && !wanted) {
    report(Code::wrong_unit, syntax.span, fmt::format("`{}` does not say of what", written.digits),
           fmt::format("Write its unit: `{} students`, `{} percent`, `${}` …", written.digits, written.digits,
                       written.digits));
    return kNone;
  }
  return keep(syntax, Constant{reading.amount->steps, ""}, reading.amount->type);
}

ValueId Checker::symbol(SyntaxValue const& syntax, std::string const& text, Type const& wanted) {
  if (wanted.kind == Kind::choice) {
    auto const& choice = words().choices[wanted.which];
    if (choice.entries.empty()) return kNone;  // which has been said
    if (auto const entry = choice.find(text)) {
      return keep(syntax, Constant{static_cast<values::Steps>(*entry), ""}, wanted);
    }
    std::vector<std::string> names;
    for (auto const& entry : choice.entries) names.push_back(entry.name);
    auto const near = grammar::nearest(grammar::name_key(text), names);
    auto& diagnostic = report(
        Code::not_in_choice, syntax.span, fmt::format("`{}` is not one of `{}`", text, choice.shown),
        near.empty() ? fmt::format("It can be: {}.", fmt::join(names, ", ")) : fmt::format("Did you mean `{}`?", near));
    diagnostic.about = {about("entry", choice.name, grammar::name_key(text))};
    if (!near.empty()) diagnostic.edit = grammar::Edit{syntax.span, near};
    return kNone;
  }
  if (wanted.kind == Kind::code) {
    if (auto const code = values::read_code(wanted.system, text)) return keep(syntax, Constant{0, *code}, wanted);
    report(Code::not_a_code, syntax.span, fmt::format("`{}` is not a {} code", text, type_words(wanted)),
           wanted.system == values::CodeSystem::soc ? "Write it as 15-1252, a group of them as 15-0000."
                                                    : "Write it as 11.0701, 11.07 or 11.");
    return kNone;
  }
  return keep(syntax, Constant{0, text}, wanted);
}

ValueId Checker::path(SyntaxValue const& syntax, grammar::Path const& names, Surroundings const& at,
                      std::optional<Type> const& wanted) {
  bool const one = names.names.size() == 1;
  bool const quoted = one && names.names.front().quoted;
  // The entry of a choice, whatever else has its name: a new name never changes what an old policy says.
  bool const entry = one && wanted && wanted->kind == Kind::choice && !wanted->list &&
                     words().choices[wanted->which].find(names.names.front().text);
  if (entry) return symbol(syntax, names.names.front().text, *wanted);
  bool const symbolic = wanted && vocabulary::is_symbolic(*wanted);
  auto found = quoted && symbolic ? Found{} : find(names, at, symbolic);
  if (found.value != kNone) {
    program().values[found.value].text = grammar::print(syntax);
    return found.value;
  }
  if (found.reported) return kNone;
  if (wanted && vocabulary::is_symbolic(*wanted) && names.names.size() == 1) {
    return symbol(syntax, names.names.front().text, *wanted);
  }
  report(Code::wrong_kind, syntax.span, fmt::format("`{}` has no value", grammar::print(syntax)),
         "A criterion is asked for with `is met`, a list with `is in`.");
  return kNone;
}

bool Checker::fits(ValueId id, Type const& wanted, Span span, std::string const& what) {
  auto const& type = this->at(id).type;
  if (type == wanted) return true;
  // A code by its form and a code of an edition are one kind of thing.
  if (type.kind == Kind::code && wanted.kind == Kind::code && type.system == wanted.system &&
      type.list == wanted.list) {
    return true;
  }
  auto const code = mismatch(type, wanted);
  auto const needed = type_words(wanted);
  report(code, span,
         fmt::format("`{}` is {}{}, and {}", what, is_numeric(type) ? "in " : "", type_words(type),
                     needed_words(wanted, needed)),
         advice(code, type, wanted, needed));
  // A unit that stands in no vocabulary came to be where this policy first wrote it.
  auto const& declared = setting_.words.vocabulary.units;
  if (type.kind == Kind::count && type.which >= declared.size()) {
    auto const& unit = words().units[type.which];
    auto const near = units_near(unit, declared);
    if (!near.empty()) {
      diagnostics_.back().help = fmt::format("No vocabulary counts in `{}`; there is {}.", unit.name, near);
    }
  }
  auto const name = name_of(id);
  if (!name.empty()) diagnostics_.back().about = {about_units(name, type, wanted)};
  return false;
}

// Shares and quotients are compared, shown or rounded, nothing else.
bool Checker::whole(ValueId id, Span span) {
  if (id == kNone) return false;
  if (!at(id).ratio) return true;
  report(Code::share_of_share, span,
         fmt::format("`{}` is a share and can only be compared, shown or rounded", at(id).text),
         "Round it first: `… rounded to the nearest 1 …`, in a Figure of its own.");
  return false;
}

ValueId Checker::shifted(SyntaxValue const& syntax, ValueId date, ValueId count, bool minus) {
  auto const& unit = words().units[at(count).type.which].key;
  if (is_time_unit(unit)) {
    return keep(syntax, DateShift{date, count, time_unit(unit), 0, minus}, at(date).type);
  }
  report(Code::wrong_unit, syntax.span, fmt::format("A date cannot move by {}", type_words(at(count).type)),
         "Write days, working days, months or years.");
  return kNone;
}

ValueId Checker::plus(SyntaxValue const& syntax, grammar::Plus const& sum, Surroundings const& at,
                      std::optional<Type> const& wanted) {
  auto inner = wanted;
  if (wanted && wanted->kind == Kind::points) inner.reset();  // a difference of percents
  if (wanted && wanted->kind == Kind::date) inner.reset();
  auto const left = value(*sum.left, at, inner);
  if (left == kNone) {
    return kNone;
  }
  bool const date = this->at(left).type.kind == Kind::date;
  auto const right = value(*sum.right, at, date ? std::nullopt : std::optional(this->at(left).type));
  if (!whole(left, sum.left->span) || !whole(right, sum.right->span)) return kNone;
  auto const left_type = this->at(left).type;
  if (date && this->at(right).type.kind == Kind::count) return shifted(syntax, left, right, sum.minus);
  if (!is_numeric(left_type)) {
    report(Code::wrong_kind, syntax.span, fmt::format("{} cannot be added to or taken from", type_words(left_type)),
           "Only numbers can, and a date by days, months or years.");
    return kNone;
  }
  auto type = left_type;
  if (type.kind == Kind::percent && sum.minus) type.kind = Kind::points;
  return keep(syntax, Sum{left, right, sum.minus}, type);
}

ValueId Checker::percent_of(SyntaxValue const& syntax, grammar::PercentOf const& share, Surroundings const& at,
                            std::optional<Type> const& wanted) {
  Type percent;
  percent.kind = Kind::percent;
  auto const by = value(*share.by, at, percent);
  auto const of = value(*share.of, at);
  if (!whole(by, share.by->span) || !whole(of, share.of->span)) return kNone;
  if (!is_numeric(this->at(of).type)) {
    report(Code::wrong_kind, share.of->span,
           fmt::format("`{}` is {}, and has no part", grammar::print(*share.of), type_words(this->at(of).type)),
           "A percentage is a part of a number.");
    return kNone;
  }
  // Openings measured against students: the author says so, the share then counts in the unit that is asked for.
  auto type = this->at(of).type;
  if (wanted && wanted->kind == Kind::count && type.kind == Kind::count &&
      words().decimals(*wanted) == words().decimals(type)) {
    type = *wanted;
  }
  return keep(syntax, PercentOf{by, of}, type, true);
}

ValueId Checker::as_percent_of(SyntaxValue const& syntax, grammar::AsPercentOf const& quotient,
                               Surroundings const& at) {
  auto const part = value(*quotient.part, at);
  auto const of = value(*quotient.whole, at);
  if (!whole(part, quotient.part->span) || !whole(of, quotient.whole->span)) return kNone;
  auto const& left = this->at(part).type;
  auto const& right = this->at(of).type;
  bool const alike = is_numeric(left) && left.kind == right.kind && left.per == right.per;
  if (!alike) {
    report(Code::wrong_unit, syntax.span, fmt::format("{} are no part of {}", type_words(left), type_words(right)),
           "Both must be counts, or both in one kind of money or percent.");
    return kNone;
  }
  if (words().decimals(left) != words().decimals(right)) {
    report(Code::wrong_unit, syntax.span,
           fmt::format("{} and {} are counted in different steps", type_words(left), type_words(right)),
           "Give both units the same number of decimals in the vocabulary.");
    return kNone;
  }
  Type percent;
  percent.kind = Kind::percent;
  return keep(syntax, AsPercentOf{part, of}, percent, true);
}

ValueId Checker::choose(SyntaxValue const& syntax, grammar::Choose const& choice, Surroundings const& at,
                        std::optional<Type> const& wanted) {
  auto const left = value(*choice.left, at, wanted);
  auto const right = value(*choice.right, at,
                           wanted          ? wanted
                           : left == kNone ? std::nullopt
                                           : std::optional(this->at(left).type));
  if (left == kNone || right == kNone) return kNone;
  auto const type = this->at(left).type;
  if (!is_ordered(type)) {
    report(Code::wrong_kind, syntax.span, fmt::format("{} has no greater and no lesser", type_words(type)),
           "Only numbers, dates and years have.");
    return kNone;
  }
  bool const ratio = this->at(left).ratio || this->at(right).ratio;
  bool const share = share_value_[left] && share_value_[right];
  auto const id = keep(syntax, Choose{choice.greater, left, right}, type, ratio);
  share_value_[id] = share;
  return id;
}

ValueId Checker::rounded(SyntaxValue const& syntax, grammar::Rounded const& rounding, Surroundings const& at,
                         std::optional<Type> const& wanted) {
  auto const of = value(*rounding.of, at, wanted);
  if (of == kNone) return kNone;
  auto const type = this->at(of).type;
  if (!is_numeric(type)) {
    report(Code::wrong_kind, syntax.span, fmt::format("{} cannot be rounded", type_words(type)), "Only numbers can.");
    return kNone;
  }
  auto const to = value(*rounding.to, at, type);
  if (to == kNone) return kNone;
  auto const* step = std::get_if<Constant>(&this->at(to).node);
  if (step == nullptr || step->steps <= 0) {
    report(Code::wrong_kind, rounding.to->span, "Rounding needs an amount that is more than 0",
           "Write for example: `rounded to the nearest 10 openings`.");
    return kNone;
  }
  return keep(syntax, Rounded{of, step->steps}, type);
}

ValueId Checker::in_year(SyntaxValue const& syntax, grammar::InYear const& node, Surroundings const& at) {
  auto const keys = without_subject(node.name);
  for (vocabulary::YearKindId kind = 0; kind < words().calendar.years.size(); ++kind) {
    auto const candidate = years_range(kind);
    auto const named = entity_at(keys, node.name.span);
    if (!named) break;
    std::vector<RangeId> each;
    if (named->what == Named::field) each = dimensions(field(named->index));
    if (named->what == Named::figure) each = program().figures[named->index].each;
    if (std::find(each.begin(), each.end(), candidate) == each.end()) continue;
    auto inner = at;
    inner.ranges.push_back(candidate);
    Type year;
    year.kind = Kind::year;
    year.which = kind;
    auto const found = find(node.name, inner);
    auto const when = value(*node.year, at, year);
    if (found.value == kNone || when == kNone) return kNone;
    auto const type = this->at(found.value).type;
    auto const ratio = this->at(found.value).ratio;
    return keep(syntax, InYear{found.value, candidate, when}, type, ratio);
  }
  auto const found = find(node.name, at);
  if (!found.reported) {
    report(Code::not_a_yearly_name, node.name.span,
           fmt::format("`{}` has no value for each year", grammar::print(node.name)),
           "Only a fact or a Figure `for each program year` can be asked for a year.")
        .about = {about("yearly", keys.back())};
  }
  return kNone;
}

}  // namespace waymark::check
