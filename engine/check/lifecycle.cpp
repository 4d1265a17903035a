// What a row leaves to the time after it: what the next review remembers, and the dates of a phase-out.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/check/checker.hpp"

namespace waymark::check {

using vocabulary::Kind;

namespace {

constexpr std::string_view kExample =
    "Write for example: `Schedule: last intake after 1 program year, closure after 3 program years`.";

// What a ledger knows of every decision without being told.
bool is_own(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kOwn = {"date", "outcome", "until", "policy"};
  return std::find(kOwn.begin(), kOwn.end(), name) != kOwn.end();
}

}  // namespace

// The field in which the next review finds it: one of the record of the last decision.
std::optional<vocabulary::FieldId> Checker::remembered_field(grammar::Phrase const& name) {
  auto const position = field_position("last decision");
  bool const is_record = position && field(*position).quantity.type.kind == Kind::record;
  if (!is_record) {
    report(Code::unknown_name, name.span,
           fmt::format("Nothing can be remembered: a {} has no `last decision`", program().reviews),
           "Declare it in the vocabulary: a field `last decision: earlier decision`, and a Record of that name.")
        .about = {about_name("last decision")};
    return std::nullopt;
  }
  auto const& earlier = words().records[field(*position).quantity.type.which];
  std::vector<std::string> names;
  for (auto const id : earlier.fields) {
    if (words().fields[id].name == name.key) return id;
    if (!is_own(words().fields[id].name)) names.push_back(words().fields[id].name);
  }
  auto const near = grammar::nearest(name.key, names);
  auto& diagnostic = report(
      Code::unknown_name, name.span, fmt::format("`{}` has no field `{}` to remember it in", earlier.shown, name.text),
      near.empty() ? fmt::format("Add a line to the vocabulary's Record `{}`: `{}: …`.", earlier.shown, name.key)
                   : fmt::format("Did you mean `{}`?", near));
  diagnostic.about = {about("name", name.key, "remembered")};
  if (!near.empty()) diagnostic.edit = grammar::Edit{name.span, near};
  return std::nullopt;
}

void Checker::remembers(Row& row, grammar::Remembers const& body, Clause const& clause) {
  if (row.needs_information || is_own(body.name.key)) {
    report(Code::clause_not_here, clause.span,
           row.needs_information
               ? std::string("A row that decides nothing remembers nothing")
               : fmt::format("`{}` is the decision's own and is remembered without a word", body.name.text),
           row.needs_information ? "Move it below the row that decides." : "Leave the line out.");
    return;
  }
  auto const id = remembered_field(body.name);
  if (!id) return;
  auto const& declared = words().fields[*id];
  auto const type = declared.quantity.type;
  if (type.list || type.kind == Kind::record || !declared.each.empty()) {
    report(Code::wrong_kind, body.name.span, fmt::format("`{}` has more than one value", declared.shown),
           "One value can be remembered: a number, a date, a year, an entry of a choice, a code, a text, yes or no.");
    return;
  }
  bool const twice = std::any_of(row.remembers.begin(), row.remembers.end(),
                                 [&](Remembered const& other) { return other.name == body.name.key; });
  if (twice) {
    report(Code::listed_twice, body.name.span, fmt::format("`{}` is remembered twice", declared.shown),
           "Leave one of the lines out.");
    return;
  }
  auto const value = this->value(body.value, {}, type);
  if (!whole(value, body.value.span) || !fits(value, type, body.value.span, grammar::print(body.value))) return;
  row.remembers.push_back({body.name.key, grammar::data_key(body.name.key), value});
}

// `last intake after 1 program year`
void Checker::scheduled(Row& row, grammar::Part const& part) {
  auto const middle = part.words.rfind(" after ");
  auto const begin = middle == std::string::npos ? middle : middle + 7;
  auto const end = begin == std::string::npos ? begin : part.words.find_first_not_of("0123456789", begin);
  if (end == std::string::npos || end == begin || end - begin > 4) {
    report(Code::term_unclear, part.span, fmt::format("`{}` does not say when", part.written), std::string(kExample));
    return;
  }
  grammar::Term term;
  term.word = "over";
  term.count = static_cast<std::uint32_t>(std::stoul(part.words.substr(begin, end - begin)));
  term.unit.text = part.words.substr(std::min(end + 1, part.words.size()));
  term.unit.key = grammar::name_key(term.unit.text);
  term.span = part.span;
  auto const after = term_of(term);
  if (!after) return;
  auto const name = part.words.substr(0, middle);
  for (auto const& other : row.schedule) {
    if (other.name == name) {
      report(Code::listed_twice, part.span, fmt::format("`{}` is scheduled twice", name), "Leave one of them out.");
      return;
    }
  }
  if (!row.schedule.empty()) {
    auto const& before = row.schedule.back();
    bool const alike = before.after.unit == after->unit && before.after.kind == after->kind;
    if (alike && before.after.count > after->count) {
      report(Code::period_backwards, part.span, fmt::format("`{}` comes before `{}`", name, before.name),
             "Write them in the order in which they come.");
      return;
    }
  }
  row.schedule.push_back({name, *after});
}

}  // namespace waymark::check
