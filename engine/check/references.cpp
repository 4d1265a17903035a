// References to facts, figures, thresholds, members and rows: each with its type and what must surround it.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using vocabulary::Kind;

std::vector<RangeId> Checker::dimensions(vocabulary::Field const& field) {
  std::vector<RangeId> out;
  for (auto const& dimension : field.each) {
    if (dimension.of == vocabulary::Dimension::Of::year) {
      out.push_back(years_range(dimension.which));
    } else {
      out.push_back(range({Range::Of::choice, dimension.which, 0, words().choices[dimension.which].name}));
    }
  }
  return out;
}

// A Figure, or a Threshold by years, may have one value for each as well.
void Checker::offer_each(grammar::Diagnostic& diagnostic, std::string const& member, bool years) {
  auto const* block = block_at(diagnostic.primary.span);
  if (block == nullptr || block->parts.empty()) return;
  bool const figure = block->kind == grammar::BlockKind::figure;
  if (!figure && !(years && block->kind == grammar::BlockKind::threshold)) return;
  auto const end = block->parts.back().span.end;
  diagnostic.edit = grammar::Edit{{diagnostic.primary.span.file, end, end}, ", for each " + member};
}

bool Checker::each_is_given(std::vector<RangeId> const& each, std::string const& name, Surroundings const& at,
                            Span span) {
  for (auto const id : each) {
    if (std::find(at.ranges.begin(), at.ranges.end(), id) != at.ranges.end()) continue;
    auto const member = program().ranges[id].member;
    auto const years = program().ranges[id].of == Range::Of::years;
    auto& diagnostic =
        report(Code::needs_each, span, fmt::format("`{}` has one value for each {}", name, member),
               years ? fmt::format("Say which: `in each of the last 2 {}s, …`, or write `for each {}` in the head.",
                                   member, member)
                     : fmt::format("Say which: `for every {}, …` or `for any {}, …`.", member, member));
    diagnostic.about = {about("each", grammar::name_key(name))};
    offer_each(diagnostic, member, years);
    return false;
  }
  return true;
}

ValueId Checker::fact_of(FactRef ref, Surroundings const& at, Span span) {
  auto const& field = words().fields[ref.field];
  if (!each_is_given(dimensions(field), field.shown, at, span)) return kNone;
  Value value;
  value.node = Fact{ref};
  value.type = field.quantity.type;
  value.text = field.shown;
  value.span = span;
  return add(std::move(value));
}

ValueId Checker::figure_of(FigureId id, Surroundings const& at, Span span) {
  if (figure_progress_[id] == Progress::reading) {
    report(Code::goes_in_circles, span, fmt::format("`{}` rests on itself", program().figures[id].shown),
           "A figure cannot be computed from its own value: name another one here.");
    return kNone;
  }
  if (!may_read(figure_progress_[id], program().figures[id].shown, span)) return kNone;
  figure(id);
  auto const& read = program().figures[id];
  if (forgiven_.contains(read.name)) return kNone;
  if (figure_found_[id] && !at.in_row) {
    report(Code::found_not_here, span,
           fmt::format("`{}` asks what is found, and stands outside the rows of a Decision", read.shown),
           "Only rows, and yes-or-no Figures that rows use, may ask what is found and what cannot be told.")
        .secondary.push_back({read.span, "declared here"});
    return kNone;
  }
  if (!each_is_given(read.each, read.shown, at, span)) return kNone;
  Value value;
  value.node = FigureRef{id};
  value.type = read.type;
  value.ratio = read.ratio;
  value.text = read.shown;
  value.span = span;
  return add(std::move(value));
}

ValueId Checker::threshold_of(ThresholdId id, Surroundings const& at, Span span) {
  if (threshold_progress_[id] == Progress::reading) {
    report(Code::goes_in_circles, span, fmt::format("`{}` rests on itself", program().thresholds[id].shown),
           "A threshold cannot be computed from its own value: name another one here.");
    return kNone;
  }
  if (!may_read(threshold_progress_[id], program().thresholds[id].shown, span)) return kNone;
  threshold(id);
  auto const& read = program().thresholds[id];
  if (forgiven_.contains(read.name)) return kNone;
  if (!each_is_given(read.each, read.shown, at, span)) return kNone;
  Value value;
  value.node = ThresholdRef{id};
  value.type = read.type;
  value.ratio = read.ratio;
  value.text = read.shown;
  value.span = span;
  return add(std::move(value));
}

// The member of a list goes by the name of the key that the list is made of, too.
std::string Checker::key_of_members(Range const& range) const {
  auto const& vocabulary = program().vocabulary;
  if (range.of == Range::Of::source_list) return vocabulary.sources[range.which].keys.front().name;
  if (range.of == Range::Of::figure) {
    auto const& cases = program().figures[range.which].cases;
    auto const* lookup = cases.empty() ? nullptr : std::get_if<SourceLookup>(&at(cases.front().value).node);
    return lookup == nullptr ? "" : vocabulary.sources[lookup->source].keys[lookup->open].name;
  }
  if (range.of != Range::Of::list) return "";
  auto const& list = program().lists[range.which];
  auto const& keys = vocabulary.sources[list.source].keys;
  return list.key < keys.size() ? keys[list.key].name : "";
}

// The field of a member that is a record, or the member itself by its name.
ValueId Checker::member_named(RangeId id, std::string const& key, Surroundings const& at, Span span) {
  auto const range = program().ranges[id];
  if (range.of == Range::Of::list_field && field(range.which).quantity.type.kind == Kind::record) {
    auto const& fields = words().records[field(range.which).quantity.type.which].fields;
    for (std::uint32_t p = 0; p < fields.size(); ++p) {
      if (words().fields[fields[p]].name == key) return fact_of({range.which, p, fields[p]}, at, span);
    }
    return kNone;
  }
  if (range.of == Range::Of::figure && may_read(figure_progress_[range.which], range.member, span)) figure(range.which);
  if (range.member != key && key_of_members(range) != key) return kNone;
  Value value;
  value.node = Member{id};
  value.type = type_of_member(range);
  value.text = key;
  value.span = span;
  return add(std::move(value));
}

Type Checker::type_of_member(Range const& range) const {
  Type type;
  type.which = static_cast<std::uint16_t>(range.which);
  switch (range.of) {
    case Range::Of::choice: type.kind = Kind::choice; break;
    case Range::Of::years: type.kind = Kind::year; break;
    case Range::Of::list_field:
      type = field(range.which).quantity.type;
      type.list = false;
      break;
    case Range::Of::list: return program().lists[range.which].member;
    case Range::Of::figure:
      type = program().figures[range.which].type;
      type.list = false;
      break;
    case Range::Of::source_list: return program().vocabulary.sources[range.which].keys.front().type;
  }
  return type;
}

ValueId Checker::row_named(vocabulary::SourceId id, std::string const& key, Span span) {
  auto const& source = words().sources[id];
  Value value;
  value.text = key;
  value.span = span;
  for (std::uint32_t i = 0; i < source.keys.size(); ++i) {
    if (source.keys[i].name != key) continue;
    value.node = RowKey{id, i};
    value.type = source.keys[i].type;
    return add(std::move(value));
  }
  for (std::uint32_t i = 0; i < source.columns.size(); ++i) {
    if (source.columns[i].name != key) continue;
    value.node = RowColumn{id, i};
    value.type = source.columns[i].quantity.type;
    return add(std::move(value));
  }
  return kNone;
}

// The innermost range that has the name, then the row.
ValueId Checker::member_or_row(std::string const& key, Surroundings const& at, Span span) {
  auto const before = diagnostics_.size();
  for (auto i = at.ranges.size(); i-- > 0;) {
    auto const id = member_named(at.ranges[i], key, at, span);
    if (id != kNone || diagnostics_.size() != before) return id;
  }
  return at.rows_of ? row_named(*at.rows_of, key, span) : kNone;
}

ValueId Checker::built_in(std::string const& key, Span span) {
  Value value;
  value.text = key;
  value.span = span;
  if (key == "review date") {
    value.node = ReviewDate{};
    value.type.kind = Kind::date;
    return add(std::move(value));
  }
  bool const last = key.starts_with("last ");
  auto const name = last ? key.substr(5) : key;
  auto const& years = words().calendar.years;
  for (vocabulary::YearKindId kind = 0; kind < years.size(); ++kind) {
    if (years[kind].name != name) continue;
    value.node = RunningYear{kind, last ? -1 : 0};
    value.type.kind = Kind::year;
    value.type.which = kind;
    return add(std::move(value));
  }
  return kNone;
}

ValueId Checker::nested_field(std::uint32_t outer, std::string const& key, Surroundings const& at, Span span) {
  auto const& holder = field(outer);
  auto const& inner = words().records[holder.quantity.type.which];
  for (std::uint32_t p = 0; p < inner.fields.size(); ++p) {
    if (words().fields[inner.fields[p]].name == key) return fact_of({outer, p, inner.fields[p]}, at, span);
  }
  std::vector<std::string> names;
  for (auto const id : inner.fields) names.push_back(words().fields[id].name);
  auto const near = grammar::nearest(key, names);
  report(Code::unknown_name, span, fmt::format("`{}` has no `{}`", holder.shown, key),
         near.empty() ? fmt::format("It has: {}.", fmt::join(names, ", ")) : fmt::format("Did you mean `{}`?", near))
      .about = {about_name(key)};
  return kNone;
}

}  // namespace waymark::check
