// Thresholds by steps of a number: on every date each number stands in one step.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "engine/check/checker.hpp"
#include "grammar/parse.hpp"

namespace waymark::check {

using vocabulary::Kind;

namespace {

constexpr std::array<std::string_view, 4> kOneEnd = {"at most ", "at least ", "more than ", "less than "};
constexpr std::string_view kSpellings =
    "Write `at most 100 students`, `more than 100 students`, `between 101 students and 200 students`, or `otherwise`.";

// The rest of a phrase, where its text begins with these words.
std::optional<grammar::Span> after_words(grammar::Sources const& sources, grammar::Span span, std::string_view words) {
  if (!grammar::name_key(sources.text(span)).starts_with(words)) return std::nullopt;
  auto const text = sources.text(span);
  std::size_t at = 0;
  for (auto left = std::count(words.begin(), words.end(), ' '); left > 0; --left) {
    at = text.find_first_of(" \t", at);
    at = text.find_first_not_of(" \t", at);
  }
  return grammar::Span{span.file, span.begin + static_cast<std::uint32_t>(at), span.end};
}

}  // namespace

// One end of a step, in the smallest steps of what the threshold is by. The type is a copy: reading a value adds to the
// values, where the caller's stands.
std::optional<values::Steps> Checker::step_end(Type type, Span span) {
  auto const written = grammar::read_value(sources_, span, diagnostics_);
  if (!written) return std::nullopt;
  auto const id = value(*written, {}, type);
  if (id == kNone) return std::nullopt;
  auto const* constant = std::get_if<Constant>(&at(id).node);
  if (constant != nullptr && at(id).type == type) return constant->steps;
  report(Code::class_unknown, span, fmt::format("`{}` is no end of a step", sources_.text(span)),
         fmt::format("A step is told by plain numbers, in {}.", type_words(type)));
  return std::nullopt;
}

std::optional<Step> Checker::row_step(Type type, grammar::Phrase const& phrase) {
  Step out;
  for (auto const words : kOneEnd) {
    auto const rest = after_words(sources_, phrase.span, words);
    if (!rest) continue;
    auto const end = step_end(type, *rest);
    if (!end) return std::nullopt;
    if (words == kOneEnd[0]) out.highest = *end;
    if (words == kOneEnd[1]) out.lowest = *end;
    if (words == kOneEnd[2]) out.lowest = *end + 1;
    if (words == kOneEnd[3]) out.highest = *end - 1;
    return out;
  }
  auto const rest = after_words(sources_, phrase.span, "between ");
  auto const text = rest ? sources_.text(*rest) : std::string_view();
  auto const joint = text.find(" and ");
  if (joint == std::string_view::npos) {
    report(Code::class_unknown, phrase.span, fmt::format("`{}` is no step of a number", phrase.text),
           std::string(kSpellings));
    return std::nullopt;
  }
  auto const middle = rest->begin + static_cast<std::uint32_t>(joint);
  auto const first = step_end(type, {rest->file, rest->begin, middle});
  auto const last = step_end(type, {rest->file, middle + 5, rest->end});
  if (!first || !last) return std::nullopt;
  if (*first > *last) {
    report(Code::class_unknown, phrase.span, "The first of the two is the larger one", "Exchange them.");
    return std::nullopt;
  }
  return Step{*first, *last};
}

// The rows in force on a date, one a step, the lowest first; and whether there is one for all other numbers.
struct Checker::StepsInForce {
  std::vector<ThresholdRow const*> rows;
  bool otherwise = false;
};

Checker::StepsInForce Checker::steps_on(Threshold const& made, values::Date date) const {
  std::map<std::pair<bool, Step>, ThresholdRow const*> last;
  for (auto const& row : made.rows) {
    if (row.from > date) continue;
    auto& begun = last[{row.otherwise, row.step.value_or(Step{})}];
    if (begun == nullptr || begun->from <= row.from) begun = &row;
  }
  StepsInForce out;
  for (auto const& [of_class, row] : last) {
    if (row->through && *row->through < date) continue;
    if (row->otherwise) out.otherwise = true;
    if (!row->otherwise) out.rows.push_back(row);
  }
  return out;
}

// The lowest number that what the threshold is by can be: a count and an amount are never negative, unless a field says
// so.
values::Steps Checker::lowest_number(ValueId by) const {
  auto const kind = at(by).type.kind;
  auto const* fact = std::get_if<Fact>(&at(by).node);
  bool const negative = fact != nullptr && program().vocabulary.fields[fact->fact.field].may_be_negative;
  return (kind == Kind::count || kind == Kind::money) && !negative ? 0 : values::kNoLowest;
}

// Whether each number has one row on that date; the first that has none or two is told.
bool Checker::steps_are_whole(Threshold const& made, Block const& block, values::Date date) {
  auto const in_force = steps_on(made, date);
  if (in_force.rows.empty()) return true;  // for all alike, or past its end
  auto const number = [&](values::Steps steps) { return vocabulary::write_steps(steps, at(made.by).type, words()); };
  auto const gap = [&](std::string const& numbers, Span place) {
    report(Code::threshold_gap, place,
           fmt::format("`{}` has no value for {} on {}", made.shown, numbers, values::write_date(date)),
           in_toml(block.head) ? "Let the steps meet, or add a row with `class = \"otherwise\"`."
                               : "Let the steps meet, or add a row `from …, otherwise: …`.");
    return false;
  };
  auto next = lowest_number(made.by);  // the lowest number that no step has held so far
  bool from_below = next == values::kNoLowest;
  ThresholdRow const* before = nullptr;
  for (auto const* row : in_force.rows) {
    auto const& step = *row->step;
    if (before != nullptr && step.lowest < next) {
      report(Code::threshold_overlap, row->span,
             fmt::format("Two rows of `{}` hold for {} on {}", made.shown,
                         number(std::max(step.lowest, before->step->lowest)), values::write_date(date)),
             "Let one step end where the next begins: `at most 100 …`, then `more than 100 …`.")
          .secondary.push_back({before->span, "the other row"});
      return false;
    }
    bool const open = from_below ? step.lowest != values::kNoLowest : step.lowest > next;
    if (open && !in_force.otherwise) {
      return gap(from_below ? fmt::format("numbers below {}", number(step.lowest)) : number(next), row->span);
    }
    from_below = false;
    before = row;
    next = step.highest == values::kNoHighest ? step.highest : step.highest + 1;
  }
  if (next == values::kNoHighest || in_force.otherwise) return true;
  return gap(number(next), before->span);
}

// On every date from the first on which the threshold is asked.
void Checker::steps_follow(Threshold const& made, Block const& block) {
  std::set<values::Date> dates;
  auto first = made.rows.front().from;
  for (auto const& row : made.rows) {
    first = std::min(first, row.from);
    dates.insert(row.from);
    if (row.through) dates.insert(values::add_days(*row.through, 1));
  }
  bool const late = made.dated_by == kNone && setting_.period_is_known && first > epoch_.from;
  if (late) {
    report(Code::threshold_gap, made.rows.front().span,
           fmt::format("`{}` begins on {}, and the policy is in force from {}", made.shown, values::write_date(first),
                       values::write_date(epoch_.from)),
           "Add a row for the earlier dates.");
    return;
  }
  for (auto const date : dates) {
    if (!steps_are_whole(made, block, date)) return;
  }
  std::map<std::pair<bool, Step>, RowsOfClass> classes;
  for (auto const& row : made.rows) classes[{row.otherwise, row.step.value_or(Step{})}].push_back(&row);
  for (auto& [of_class, rows] : classes) {
    std::stable_sort(rows.begin(), rows.end(), [](auto const* a, auto const* b) { return a->from < b->from; });
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
      bool const both =
          rows[i]->from == rows[i + 1]->from || (rows[i]->through && *rows[i]->through >= rows[i + 1]->from);
      if (both) row_after(made, *rows[i], *rows[i + 1]);
    }
  }
  for (auto const& [of_class, rows] : classes) {
    if (!rows_end(made, block, rows)) return;
  }
}

}  // namespace waymark::check
