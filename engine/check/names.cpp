// From names to what they stand for: members of the surrounding ranges first, then what is built in, then the policy's
// own names and the fields of the record.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using vocabulary::Kind;

ValueId Checker::add(Value value) {
  bool share = std::holds_alternative<PercentOf>(value.node);
  if (auto const* figure = std::get_if<FigureRef>(&value.node)) share = figure_share_[figure->figure];
  if (auto const* threshold = std::get_if<ThresholdRef>(&value.node)) share = threshold_share_[threshold->threshold];
  program().values.push_back(std::move(value));
  share_value_.push_back(share);
  return static_cast<ValueId>(program().values.size() - 1);
}

ConditionId Checker::add(Condition condition) {
  program().conditions.push_back(std::move(condition));
  return static_cast<ConditionId>(program().conditions.size() - 1);
}

ValueId Checker::keep(SyntaxValue const& syntax, decltype(Value::node) node, Type type, bool ratio) {
  Value value;
  value.node = std::move(node);
  value.type = type;
  value.ratio = ratio;
  value.text = grammar::print(syntax);
  value.span = syntax.span;
  return add(std::move(value));
}

ConditionId Checker::keep(SyntaxCondition const& syntax, decltype(Condition::node) node) {
  Condition condition;
  condition.node = std::move(node);
  condition.text = grammar::print(syntax);
  if (syntax.citation) condition.citation = syntax.citation->text;
  condition.span = syntax.span;
  return add(std::move(condition));
}

grammar::Diagnostic& Checker::report(Code code, Span span, std::string message, std::string help) {
  bool const may_follow = code == Code::unknown_name || code == Code::unknown_range || code == Code::wrong_kind ||
                          code == Code::key_not_bound || code == Code::not_a_yearly_name;
  auto made = grammar::diagnose(code, span, std::move(message), std::move(help));
  if ((silent_ && may_follow) || (lost_names_ && code == Code::unknown_name)) return unsaid_ = std::move(made);
  diagnostics_.push_back(std::move(made));
  return diagnostics_.back();
}

RangeId Checker::range(Range wanted) {
  auto& ranges = program().ranges;
  for (RangeId id = 0; id < ranges.size(); ++id) {
    if (ranges[id].of == wanted.of && ranges[id].which == wanted.which) return id;
  }
  ranges.push_back(std::move(wanted));
  return static_cast<RangeId>(ranges.size() - 1);
}

RangeId Checker::years_range(vocabulary::YearKindId kind) {
  return range({Range::Of::years, kind, 0, words().calendar.years[kind].name});
}

void Checker::look_back(RangeId id, std::uint32_t years) {
  auto& horizon = program().ranges[id].horizon;
  horizon = std::max(horizon, years);
}

std::optional<std::uint32_t> Checker::field_position(std::string const& key) const {
  if (!program().reviews_record) return std::nullopt;
  for (std::uint32_t i = 0; i < record().fields.size(); ++i) {
    if (field(i).name == key) return i;
  }
  return std::nullopt;
}

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
  if (range.of != Range::Of::list) return "";
  auto const& list = program().lists[range.which];
  auto const& keys = vocabulary.sources[list.source].keys;
  return list.key < keys.size() ? keys[list.key].name : "";
}

ValueId Checker::member_or_row(std::string const& key, Surroundings const& at, Span span) {
  for (auto i = at.ranges.size(); i-- > 0;) {
    auto const range = program().ranges[at.ranges[i]];
    if (range.of == Range::Of::list_field && field(range.which).quantity.type.kind == Kind::record) {
      auto const record_id = field(range.which).quantity.type.which;
      auto const& member_fields = words().records[record_id].fields;
      for (std::uint32_t p = 0; p < member_fields.size(); ++p) {
        if (words().fields[member_fields[p]].name == key) return fact_of({range.which, p, member_fields[p]}, at, span);
      }
      continue;
    }
    if (range.member != key && key_of_members(range) != key) continue;
    Value value;
    value.node = Member{at.ranges[i]};
    value.text = key;
    value.span = span;
    switch (range.of) {
      case Range::Of::choice:
        value.type.kind = Kind::choice;
        value.type.which = static_cast<std::uint16_t>(range.which);
        break;
      case Range::Of::years:
        value.type.kind = Kind::year;
        value.type.which = static_cast<std::uint16_t>(range.which);
        break;
      case Range::Of::list_field:
        value.type = field(range.which).quantity.type;
        value.type.list = false;
        break;
      case Range::Of::list: value.type = program().lists[range.which].member; break;
      case Range::Of::source_list: value.type = words().sources[range.which].keys.front().type; break;
    }
    return add(std::move(value));
  }
  if (!at.rows_of) return kNone;
  auto const& source = words().sources[*at.rows_of];
  Value value;
  value.text = key;
  value.span = span;
  for (std::uint32_t i = 0; i < source.keys.size(); ++i) {
    if (source.keys[i].name != key) continue;
    value.node = RowKey{*at.rows_of, i};
    value.type = source.keys[i].type;
    return add(std::move(value));
  }
  for (std::uint32_t i = 0; i < source.columns.size(); ++i) {
    if (source.columns[i].name != key) continue;
    value.node = RowColumn{*at.rows_of, i};
    value.type = source.columns[i].quantity.type;
    return add(std::move(value));
  }
  return kNone;
}

ValueId Checker::built_in(std::string const& key, Surroundings const&, Span span) {
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
         near.empty() ? fmt::format("It has: {}.", fmt::join(names, ", ")) : fmt::format("Did you mean `{}`?", near));
  return kNone;
}

std::optional<Entity> Checker::entity(std::string const& key) {
  auto found = names_.find(key);
  if (found == names_.end()) {
    auto const beside = beside_.find(key);
    if (beside == beside_.end()) return std::nullopt;
    auto const* block = beside->second;
    beside_.erase(beside);
    head(*block);
    found = names_.find(key);
  }
  return found->second;
}

// `the pathway's region` is `region` of the reviewed record.
std::vector<std::string> Checker::without_subject(grammar::Path const& path) const {
  std::vector<std::string> keys;
  for (auto const& name : path.names) keys.push_back(name.key);
  if (keys.size() > 1 && keys.front() == program().reviews) keys.erase(keys.begin());
  return keys;
}

Checker::Found Checker::find(grammar::Path const& path, Surroundings const& at, bool quiet) {
  auto const keys = without_subject(path);
  bool const of_subject = keys.size() != path.names.size();
  for (auto const& key : keys) {
    if (forgiven_.contains(key)) return {kNone, {}, true};
  }
  auto const before = diagnostics_.size();
  auto const result = [&](ValueId id) { return Found{id, {}, diagnostics_.size() != before}; };
  if (keys.size() == 1 && !of_subject) {
    if (auto const id = member_or_row(keys[0], at, path.span); id != kNone || diagnostics_.size() != before) {
      return result(id);
    }
  }
  if (auto const named = entity(keys[0])) {
    if (keys.size() == 1) {
      Found found{kNone, *named, false};
      if (named->what == Named::figure) found.value = figure_of(named->index, at, path.span);
      if (named->what == Named::threshold) found.value = threshold_of(named->index, at, path.span);
      if (named->what == Named::field) {
        found.value = fact_of({kNone, named->index, record().fields[named->index]}, at, path.span);
      }
      found.reported = found.value == kNone &&
                       (named->what == Named::figure || named->what == Named::threshold || named->what == Named::field);
      return found;
    }
    auto const is_record = named->what == Named::field && keys.size() == 2 &&
                           field(named->index).quantity.type.kind == Kind::record &&
                           !field(named->index).quantity.type.list;
    if (is_record) return result(nested_field(named->index, keys[1], at, path.span));
    bool const is_list = named->what == Named::field && keys.size() == 2 && field(named->index).quantity.type.list;
    if (is_list) {
      report(Code::needs_each, path.span,
             fmt::format("`{}` is a list, and each of its members has its own", field(named->index).shown),
             fmt::format("Say which: `for every {}, …` or `for any {}, …`.", vocabulary::singular(keys[0]),
                         vocabulary::singular(keys[0])));
      return {kNone, {}, true};
    }
  }
  if (keys.size() == 2) {  // `the course's credits`, of the member of a surrounding list
    for (auto const id : at.ranges) {
      if (program().ranges[id].member == keys[0]) return result(member_or_row(keys[1], at, path.span));
    }
  }
  if (keys.size() == 1) {
    if (auto const id = built_in(keys[0], at, path.span); id != kNone) return result(id);
  }
  if (!quiet) unknown(path, "name");
  return {kNone, {}, !quiet};
}

std::vector<std::string> Checker::all_names() const {
  std::vector<std::string> out;
  for (auto const& [name, entity] : names_) out.push_back(name);
  for (auto const& [name, block] : beside_) out.push_back(name);
  return out;
}

void Checker::unknown(grammar::Path const& path, std::string_view what) {
  auto const keys = without_subject(path);
  if (auto const other = elsewhere_.find(keys.back()); other != elsewhere_.end()) {
    auto& diagnostic =
        report(Code::not_in_force_then, path.span,
               fmt::format("`{}` is not in force on {}", path.names.back().text, values::write_date(epoch_.from)),
               "Give it a block for these dates too, or put this block in force only where it is.");
    diagnostic.secondary.push_back({other->second, "in force on other dates"});
    return;
  }
  auto candidates = all_names();
  auto const near = grammar::nearest(keys.back(), candidates);
  auto& diagnostic =
      report(Code::unknown_name, path.span, fmt::format("There is no {} `{}`", what, grammar::print(path)),
             !near.empty()         ? fmt::format("Did you mean `{}`?", near)
             : what == "criterion" ? fmt::format("Declare it with a block: `Criterion: {}`.", path.names.back().text)
                                   : "Declare it in this policy, or as a field in its vocabulary.");
  if (!near.empty()) diagnostic.edit = grammar::Edit{path.names.back().span, near};
}

std::optional<vocabulary::SourceId> Checker::source_named(grammar::Path const& path) {
  if (path.names.size() != 1) return std::nullopt;
  return words().source(path.names.front().key);
}

// A list field, a List, or a list Source with one key: what a key can be bound to and something can be in.
std::optional<ListUse> Checker::list_use(grammar::Path const& path, Type* member, Surroundings const& at) {
  auto const keys = without_subject(path);
  if (keys.size() == 1 && !forgiven_.contains(keys[0])) {
    if (auto const named = entity(keys[0])) {
      if (named->what == Named::list) {
        if (member != nullptr) *member = program().lists[named->index].member;
        return ListUse{ListUse::Of::list, {}, named->index};
      }
      if (named->what == Named::field && field(named->index).quantity.type.list) {
        auto type = field(named->index).quantity.type;
        type.list = false;
        if (type.kind == Kind::record) return std::nullopt;
        if (member != nullptr) *member = type;
        return ListUse{ListUse::Of::fact, {kNone, named->index, record().fields[named->index]}, 0};
      }
    }
    if (auto const source = words().source(keys[0])) {
      auto const& declared = words().sources[*source];
      if (declared.keys.size() == 1 && declared.is_list()) {
        if (member != nullptr) *member = declared.keys.front().type;
        return ListUse{ListUse::Of::source, {}, *source};
      }
    }
  }
  static_cast<void>(at);
  return std::nullopt;
}

std::optional<RangeId> Checker::range_of_path(grammar::Path const& path, Surroundings const& at) {
  auto const keys = without_subject(path);
  auto const& key = keys.back();
  if (keys.size() != 1 || forgiven_.contains(key)) return std::nullopt;
  if (keys.size() == path.names.size() || !entity(key)) {
    for (auto const& name : {key, vocabulary::singular(key)}) {
      if (auto const choice = words().choice(name)) {
        return range({Range::Of::choice, *choice, 0, words().choices[*choice].name});
      }
    }
  }
  if (auto const named = entity(key)) {
    if (named->what == Named::field && field(named->index).quantity.type.list) {
      return range({Range::Of::list_field, named->index, 0, vocabulary::singular(key)});
    }
    if (named->what == Named::list) return range({Range::Of::list, named->index, 0, vocabulary::singular(key)});
  }
  // `for each occupation` where the record holds `occupations`.
  if (program().reviews_record) {
    for (std::uint32_t p = 0; p < record().fields.size(); ++p) {
      if (field(p).quantity.type.list && vocabulary::singular(field(p).name) == key) {
        return range({Range::Of::list_field, p, 0, key});
      }
    }
  }
  if (auto const use = list_use(path, nullptr, at); use && use->of == ListUse::Of::source) {
    return range({Range::Of::source_list, use->which, 0, vocabulary::singular(key)});
  }
  return std::nullopt;
}

}  // namespace waymark::check
