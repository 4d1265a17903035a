// Values and conditions in the policy's own spelling, each on one line.
#include <fmt/format.h>

#include "grammar/print.hpp"
#include "grammar/print_pieces.hpp"
#include "grammar/spell.hpp"

namespace waymark::grammar {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

char const* is_word(bool plural) { return plural ? "are" : "is"; }

std::string print_amount(Amount const& amount) {
  std::string_view digits = amount.digits;
  std::string out;
  if (amount.kind == Amount::Kind::money) {
    if (digits.starts_with('-')) {
      out = "-";
      digits.remove_prefix(1);
    }
    out += '$';
  }
  out += digits;
  if (amount.kind == Amount::Kind::percent) out += " percent";
  if (!amount.unit.empty()) out += " " + print_phrase(amount.unit);
  return out;
}

std::string print_comparison(Comparison const& comparison) {
  std::string out = is_word(comparison.plural);
  if (comparison.negated) out += " not";
  if (std::string_view const words = spell(comparison.comparator); !words.empty())
    fmt::format_to(std::back_inserter(out), " {}", words);
  if (comparison.operands.empty()) return out;
  out += ' ';
  if (comparison.comparator == Comparator::between && comparison.operands.size() == 2) {
    return out + print(comparison.operands[0]) + " and " + print(comparison.operands[1]);
  }
  return out + print_values(comparison.operands);
}

std::string print_lookup(Lookup const& lookup) {
  std::string out;
  if (lookup.aggregate != Aggregate::none) {
    out = fmt::format("{}{} of ", lookup.complete ? "complete " : "", spell(lookup.aggregate, lookup.percentile));
  }
  out += print(lookup.column);
  if (lookup.last != 0) out += fmt::format(" in the last {} {}", lookup.last, print_phrase(lookup.years));
  if (lookup.source) out += " in " + print(*lookup.source);
  if (!lookup.keys.empty()) out += " for " + print_values(lookup.keys);
  for (auto const& filter : lookup.where) {
    out += &filter == &lookup.where.front() ? " where " : " and ";
    out += print_phrase(filter.column) + " " + print_comparison(filter.comparison);
  }
  return out;
}

std::string print_window(Windowed const& window) {
  auto out = window.at_least == 0 ? std::string("in each of") : fmt::format("in at least {} of", window.at_least);
  out += fmt::format(" the last {}{} {}", window.last, window.measured ? " measured" : "", print_phrase(window.years));
  if (window.within != 0) {
    auto const& years = window.within_years.empty() ? window.years : window.within_years;
    out += fmt::format(" within {} {}", window.within, print_phrase(years));
  }
  for (auto const& after : window.after) out += " after " + print(after);
  return out + ", ";
}

std::string print_condition(Condition const& condition, bool with_items);

std::string print_junction(Junction const& junction, bool with_items) {
  auto out = spell(junction.connective, junction.count) + ":";
  if (!with_items) return out;
  for (auto const& item : junction.items) {
    out += &item == &junction.items.front() ? " " : "; ";
    out += print_condition(item, true);
  }
  return out;
}

std::string print_condition(Condition const& condition, bool with_items) {
  return std::visit(
      Overloaded{
          [](std::monostate) { return std::string(); },
          [](Is const& is) { return print(is.subject) + " " + print_comparison(is.comparison); },
          [](IsState const& is) {
            auto const* const verb = is.state == State::cannot_be_told ? "" : is.plural ? " are" : " is";
            return fmt::format("{}{} {}", print(is.subject), verb, spell(is.state));
          },
          [](Has const& has) {
            return fmt::format("{} {}{} {}", print(has.subject), has.plural ? "have" : "has", has.negated ? " not" : "",
                               print_phrase(has.name));
          },
          [&](Junction const& junction) { return print_junction(junction, with_items); },
          [](GroupCount const& group) {
            auto const* const verb = group.state == State::cannot_be_told ? "" : group.plural ? " are" : " is";
            return fmt::format("{} {}{} {}", spell(group.connective, group.count), print(group.group), verb,
                               spell(group.state));
          },
          [&](Quantified const& quantified) {
            auto const words = spell(quantified.quantifier, quantified.count);
            bool const of = !words.ends_with("of") && !quantified.list.names.front().article.empty();
            return fmt::format("for {}{} {}, {}", words, of ? " of" : "", print(quantified.list),
                               print_condition(*quantified.body, with_items));
          },
          [&](Windowed const& window) { return print_window(window) + print_condition(*window.body, with_items); },
      },
      condition.node);
}

}  // namespace

std::string print_phrase(Phrase const& phrase) {
  auto const text = phrase.quoted ? fmt::format("\"{}\"", phrase.text) : phrase.text;
  return phrase.article.empty() ? text : phrase.article + " " + text;
}

std::string print_values(std::vector<Value> const& values) {
  std::string out;
  for (auto const& value : values) {
    if (!out.empty()) out += ", ";
    out += print(value);
  }
  return out;
}

std::string print_head(Condition const& condition) { return print_condition(condition, false); }

std::string print(Path const& path) {
  std::string out;
  for (auto const& name : path.names) {
    if (!out.empty()) out += "'s ";
    out += print_phrase(name);
  }
  return out;
}

std::string print(Value const& value) {
  return std::visit(
      Overloaded{
          [](std::monostate) { return std::string(); },
          [](Amount const& amount) { return print_amount(amount); },
          [](Path const& path) { return print(path); },
          [](Plus const& plus) {
            return fmt::format("{} {} {}", print(*plus.left), plus.minus ? "minus" : "plus", print(*plus.right));
          },
          [](PercentOf const& percent) { return fmt::format("{} of {}", print(*percent.by), print(*percent.of)); },
          [](AsPercentOf const& percent) {
            return fmt::format("{} as a percent of {}", print(*percent.part), print(*percent.whole));
          },
          [](Choose const& choose) {
            return fmt::format("the {} of {} and {}", choose.greater ? "greater" : "lesser", print(*choose.left),
                               print(*choose.right));
          },
          [](Rounded const& rounded) {
            return fmt::format("{} rounded to the nearest {}", print(*rounded.of), print(*rounded.to));
          },
          [](InYear const& in_year) { return fmt::format("{} in {}", print(in_year.name), print(*in_year.year)); },
          [](Box<Lookup> const& lookup) { return print_lookup(*lookup); },
      },
      value.node);
}

std::string print(Condition const& condition) { return print_condition(condition, true); }

}  // namespace waymark::grammar
