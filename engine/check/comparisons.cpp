// Comparisons: both sides in one unit, both by name, no number without one.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"
#include "grammar/names.hpp"
#include "grammar/wordings.hpp"

namespace waymark::check {

using vocabulary::Kind;

namespace {

values::Steps power_of_ten(std::uint32_t exponent) {
  values::Steps out = 1;
  for (; exponent > 0; --exponent) out *= 10;
  return out;
}

}  // namespace

// Numbers of one unit; pay by the hour against pay by the year only through a declared full-time year; counts of other
// units only where one side is a share, so that the author has said what is measured against what.
bool Checker::unite(ValueId& left, ValueId& right, Compare& compare, Span left_span, Span right_span) {
  auto const a = at(left).type;
  auto const b = at(right).type;
  if (a == b) return true;
  bool const pay = a.kind == Kind::money && b.kind == Kind::money && a.per != vocabulary::Per::once &&
                   b.per != vocabulary::Per::once;
  if (pay && words().full_time_hours) {
    auto& hourly = a.per == vocabulary::Per::hour ? left : right;
    auto const yearly_type = a.per == vocabulary::Per::hour ? b : a;
    if (at(hourly).ratio) {
      // A share of hourly pay is compared by scaling the other side's crosswise factor instead.
      (a.per == vocabulary::Per::hour ? compare.left_times : compare.right_times) *= *words().full_time_hours;
      return true;
    }
    auto made = at(hourly);
    made.node = Times{hourly, *words().full_time_hours};
    made.type = yearly_type;
    hourly = add(std::move(made));
    return true;
  }
  bool const shares = a.kind == Kind::count && b.kind == Kind::count && (share_value_[left] || share_value_[right]);
  if (shares) {
    auto const a_decimals = words().decimals(a);
    auto const b_decimals = words().decimals(b);
    compare.left_times *= power_of_ten(b_decimals > a_decimals ? b_decimals - a_decimals : 0);
    compare.right_times *= power_of_ten(a_decimals > b_decimals ? a_decimals - b_decimals : 0);
    return true;
  }
  if (!fits(right, a, right_span, at(right).text)) {
    auto& diagnostic = diagnostics_.back();
    diagnostic.secondary.push_back({left_span, fmt::format("this is in {}", type_words(a))});
    if (auto const name = name_of(left); !name.empty()) diagnostic.about.push_back(about_units(name, a, b));
    if (pay)
      diagnostics_.back().help =
          "Declare in the vocabulary how long a year of work is: `Unit: full-time year = 2,080 hours`.";
    return false;
  }
  return true;
}

ConditionId Checker::compare(SyntaxCondition const& syntax, ValueId left, Order order, SyntaxValue const& right_syntax,
                             Surroundings const& at) {
  auto const type = this->at(left).type;
  if (type.kind == Kind::choice && !words().choices[type.which].lowest_first) {
    report(Code::no_order, syntax.span,
           fmt::format("The entries of `{}` have no order", words().choices[type.which].shown),
           "Declare it `lowest first` in the vocabulary, or ask with `is` and `is one of`.")
        .about = {about("order", words().choices[type.which].name)};
    return kNone;
  }
  if (!is_ordered(type) && type.kind != Kind::choice) {
    report(Code::wrong_kind, syntax.span,
           fmt::format("`{}` is {} and has no greater and no lesser", this->at(left).text, type_words(type)),
           "Ask with `is` and `is one of`.")
        .about = {about("kind", name_of(left))};
    return kNone;
  }
  if (!computed_by_name(right_syntax, at)) return kNone;
  if (other_wording(right_syntax, at) || may_be_a_choice(left, right_syntax, at)) return kNone;
  bool const amount = std::holds_alternative<grammar::Amount>(right_syntax.node);
  auto right = any_value(right_syntax, at, amount || type.kind == Kind::choice ? std::optional(type) : std::nullopt);
  if (right == kNone) return kNone;
  Compare made{order, left, right, 1, 1};
  if (!unite(made.left, made.right, made, this->at(left).span, right_syntax.span)) return kNone;
  number_has_a_name(right_syntax, left, order);
  return keep(syntax, made);
}

// `is above required labs`: no name, but a comparison in other words.
bool Checker::other_wording(SyntaxValue const& right, Surroundings const& at) {
  auto const* path = std::get_if<grammar::Path>(&right.node);
  if (path == nullptr || path->names.front().quoted) return false;
  auto const text = sources_.text(right.span);
  auto const meant = grammar::comparison_meant(text.data(), text.data() + text.size());
  if (!meant || meant->end == text.data() + text.size()) return false;
  if (auto const found = find(*path, at, true); found.value != kNone || found.reported) return false;
  auto const first = right.span.begin + static_cast<std::uint32_t>(meant->begin - text.data());
  auto const last = right.span.begin + static_cast<std::uint32_t>(meant->end - text.data());
  auto& diagnostic =
      report(Code::word_needed, {right.span.file, first, last},
             fmt::format("`{}` is written `{}`", grammar::view(meant->begin, meant->end), meant->written),
             "There is no name that begins so.");
  diagnostic.edit = grammar::Edit{{right.span.file, first, last}, meant->written};
  return true;
}

// A number that is asked for a word: for yes or no, or, where it counts things of its own name, for the entry of a
// Choice that is in no vocabulary.
bool Checker::may_be_a_choice(ValueId left, SyntaxValue const& right, Surroundings const& at) {
  auto const* fact = std::get_if<Fact>(&this->at(left).node);
  auto const* path = std::get_if<grammar::Path>(&right.node);
  auto const type = this->at(left).type;
  if (path == nullptr || path->names.size() != 1) return false;
  if (auto const& word = path->names.front().key; word == "yes" || word == "no") {
    report(Code::wrong_kind, right.span,
           fmt::format("`{}` is {}, and is not answered with yes or no", this->at(left).text, type_words(type)),
           "Ask for it with `is at least` or `is at most`, or declare it `yes or no`.")
        .about = {about("kind", name_of(left))};
    return true;
  }
  if (fact == nullptr || type.kind != Kind::count) return false;
  auto const declared = words().fields[fact->fact.field];
  if (vocabulary::singular(words().units[type.which].key) != vocabulary::singular(declared.name)) return false;
  if (auto const found = find(*path, at, true); found.value != kNone || found.reported) return false;
  report(
      Code::unknown_name, right.span,
      fmt::format("`{}` counts {}, and there is no name `{}`", declared.shown, type_words(type), grammar::print(*path)),
      fmt::format("If it is a choice, a vocabulary must declare it: `Choice: {}`.", declared.shown))
      .about = {about("kind", declared.name)};
  return true;
}

// The declared name behind a value, or empty.
std::string Checker::name_of(ValueId id) const {
  auto const& node = at(id).node;
  if (auto const* threshold = std::get_if<ThresholdRef>(&node)) return program().thresholds[threshold->threshold].name;
  if (auto const* lookup = std::get_if<SourceLookup>(&node); lookup && lookup->column != kNone) {
    return program().vocabulary.sources[lookup->source].columns[lookup->column].name;
  }
  auto const own = own_name(id);
  return own == "amount" ? "" : own;
}

// The name of what is compared, without whose it is.
std::string Checker::own_name(ValueId id) const {
  auto const& node = at(id).node;
  if (auto const* fact = std::get_if<Fact>(&node)) return program().vocabulary.fields[fact->fact.field].name;
  if (auto const* figure = std::get_if<FigureRef>(&node)) return program().figures[figure->figure].name;
  if (auto const* column = std::get_if<RowColumn>(&node)) {
    return program().vocabulary.sources[column->source].columns[column->column].name;
  }
  return "amount";
}

// A number that is compared is a Threshold, cited and dated. 0, 1 and 100 percent are free.
void Checker::number_has_a_name(SyntaxValue const& right, ValueId left, Order order) {
  auto const* amount = std::get_if<grammar::Amount>(&right.node);
  if (amount == nullptr) return;
  auto const type = at(left).type;
  if (type.kind == Kind::choice || type.kind == Kind::year) return;
  auto const reading = read_amount_as(words(), *amount, type);
  if (!reading.amount) return;
  auto const one =
      type.kind == Kind::percent || type.kind == Kind::points ? 1'000'000 : power_of_ten(words().decimals(type));
  auto const steps = reading.amount->steps;
  bool const whole_percent = type.kind == Kind::percent && steps == 100 * one;
  if (type.kind != Kind::date && (steps == 0 || steps == one || whole_percent)) return;
  bool const above = order == Order::at_most || order == Order::less_than;
  auto const name = (above ? "allowed " : "required ") + own_name(left);
  bool const date = type.kind == Kind::date;
  auto const block = fmt::format("Threshold: {}, {}  [illustrative]\n  from {}: {}\n  continues until changed\n", name,
                                 date ? "a date" : "in " + type_words(type), values::write_date(setting_.period.from),
                                 grammar::print(right));
  auto& diagnostic =
      report(Code::number_not_named, right.span,
             fmt::format("`{}` has no name, so nobody can cite it or change it by a date", grammar::print(right)),
             fmt::format("Give it a Threshold of its own and compare with that: `Threshold: {}, {}`.", name,
                         date ? "a date" : "in " + type_words(type)));
  auto const* around = block_at(right.span);
  bool const plain = grammar::scan_phrase(name.data(), name.data() + name.size())->end == name.data() + name.size();
  if (around == nullptr || !plain || entity(name)) return;
  auto const before = sources_.text({right.span.file, around->span.begin, right.span.begin});
  diagnostic.edit =
      grammar::Edit{{right.span.file, around->span.begin, right.span.end}, block + "\n" + std::string(before) + name};
}

// Conditions compare names; what is computed has a Figure or a Threshold of its own.
bool Checker::computed_by_name(SyntaxValue const& syntax, Surroundings const& at) {
  bool const plain = std::holds_alternative<grammar::Amount>(syntax.node) ||
                     std::holds_alternative<grammar::Path>(syntax.node) ||
                     std::holds_alternative<grammar::InYear>(syntax.node);
  if (plain || at.plain_numbers) return true;
  // `labs in place` reads as something computed, where it is a name that its own block could not have.
  if (forgiven_.contains(grammar::name_key(grammar::print(syntax)))) return false;
  report(Code::computed_in_condition, syntax.span,
         fmt::format("`{}` is computed inside a condition", grammar::print(syntax)),
         "Compute it in a Figure and name that here, so that an explanation can show it.");
  return false;
}

}  // namespace waymark::check
