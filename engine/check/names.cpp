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
  if (syntax.citation) note_illustrative(citation_of(syntax.citation, {}), condition.text);
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

// A name of that file alone; a threshold beside the policies is declared when it is first named, for the policy itself.
std::optional<Entity> Checker::own_entity(std::size_t scope, std::string const& key) {
  auto const found = scopes_[scope].names.find(key);
  if (found != scopes_[scope].names.end()) return found->second;
  if (auto const beside = beside_.find(key); beside != beside_.end()) {
    auto const* block = beside->second;
    beside_.erase(beside);
    InScope const in(*this, *block);
    named_beside_.insert(key);
    head(*block);
  }
  return named_beside_.contains(key) ? std::optional(scopes_[0].names.at(key)) : std::nullopt;
}

// The policy's own, else a layer's. What several layers have is asked for with the name of one, unless it is a
// criterion: then all are meant.
std::optional<Entity> Checker::entity(std::string const& key, Span span) {
  if (auto const own = own_entity(scope_, key)) return own;
  std::optional<Entity> out;
  for (auto const scope : below(scope_)) {
    auto const found = scopes_[scope].names.find(key);
    if (found == scopes_[scope].names.end()) continue;
    auto const what = found->second.what;
    if (what == Named::criterion && !is_visible(scope_, scope, key)) continue;
    bool const other = out && !(what == Named::criterion && out->what == Named::criterion);
    if (other && span != Span{}) {
      auto& diagnostic = report(Code::name_in_two_layers, span, fmt::format("Two layers have a `{}`", key),
                                fmt::format("Say whose: `{}'s {}`.", said_as(scope), key));
      diagnostic.secondary.push_back({out->span, "the first one"});
      diagnostic.secondary.push_back({found->second.span, "the second one"});
      diagnostic.about = {about_name(key)};
      return out;
    }
    if (!out) out = found->second;
  }
  return out ? out : group_of_layer(key);
}

std::optional<Entity> Checker::entity_of(grammar::Phrase const& name) {
  std::vector<std::string> keys;
  for (auto const& part : path_of(name).names) keys.push_back(part.key);
  return entity_at(keys, name.span);
}

// In an example a plain name is the policy's own, and the layer's is said with its name.
std::optional<Entity> Checker::entity_in_example(std::vector<std::string> const& keys, Span span) {
  return layer_named(keys.front()) ? entity_at(keys, span) : entity(keys.front(), span);
}

// `program-of-study's size` is that of the layer.
std::optional<Entity> Checker::entity_at(std::vector<std::string> const& keys, Span span) {
  auto const layer = keys.size() == 2 ? layer_named(keys.front()) : std::nullopt;
  if (!layer) return entity(keys.back(), span);
  std::vector<std::size_t> where = below(*layer);
  where.insert(where.begin(), *layer);
  for (auto const scope : where) {
    auto const found = scopes_[scope].names.find(keys.back());
    if (found == scopes_[scope].names.end() || found->second.what == Named::field) continue;
    if (found->second.what == Named::criterion && !is_visible(scope_, scope, keys.back())) continue;
    return found->second;
  }
  return std::nullopt;
}

std::optional<WaiverId> Checker::waiver_named(std::vector<std::string> const& keys) const {
  auto const layer = keys.size() == 2 ? layer_named(keys.front()) : std::nullopt;
  auto const first = layer.value_or(scope_);
  std::vector<std::size_t> where = below(first);
  where.insert(where.begin(), first);
  for (auto const scope : where) {
    auto const found = scopes_[scope].waivers.find(keys.back());
    if (found != scopes_[scope].waivers.end()) return found->second;
  }
  return std::nullopt;
}

// `the pathway's region` is `region` of the reviewed record.
std::vector<std::string> Checker::without_subject(grammar::Path const& path) const {
  std::vector<std::string> keys;
  for (auto const& name : path.names) keys.push_back(name.key);
  if (keys.size() > 1 && keys.front() == program().reviews) keys.erase(keys.begin());
  return keys;
}

// One of the namespace by its name alone: it may be something that has no value.
Checker::Found Checker::find_entity(Entity const& named, Surroundings const& at, Span span) {
  Found found{kNone, named, false};
  switch (named.what) {
    case Named::figure: found.value = figure_of(named.index, at, span); break;
    case Named::threshold: found.value = threshold_of(named.index, at, span); break;
    case Named::field: found.value = fact_of({kNone, named.index, record().fields[named.index]}, at, span); break;
    default: return found;
  }
  found.reported = found.value == kNone;
  return found;
}

// `the last decision's outcome`; `the course's credits`, of the member of a surrounding list
Checker::Found Checker::find_inside(std::vector<std::string> const& keys, Surroundings const& at, Span span) {
  auto const before = diagnostics_.size();
  auto const result = [&](ValueId id) { return Found{id, {}, diagnostics_.size() != before}; };
  // The member of a surrounding list goes before a layer of the same name.
  bool const is_member = std::any_of(at.ranges.begin(), at.ranges.end(),
                                     [&](RangeId id) { return program().ranges[id].member == keys[0]; });
  if (!is_member && layer_named(keys[0])) {
    auto const named = entity_at(keys, span);
    return named ? find_entity(*named, at, span) : Found{};
  }
  auto const named = entity(keys[0], span);
  bool const record_or_list = named && named->what == Named::field;
  auto const type = record_or_list ? field(named->index).quantity.type : Type();
  if (type.kind == Kind::record && !type.list) return result(nested_field(named->index, keys[1], at, span));
  for (auto const id : at.ranges) {
    if (program().ranges[id].member == keys[0]) return result(member_or_row(keys[1], at, span));
  }
  if (!type.list && type.kind == Kind::count) {
    // What holds other fields is a record; a vocabulary that lacks it makes a unit of its name.
    auto const& holder = field(named->index);
    report(Code::unknown_name, span,
           fmt::format("`{}` counts {} and has no `{}`", holder.shown, type_words(type), keys[1]),
           fmt::format("If it is a record, a vocabulary must declare it: `Record: {}`.", type_words(type)))
        .about = {about("kind", holder.name)};
    return {kNone, {}, true};
  }
  if (!type.list) return {};
  auto const member = vocabulary::singular(keys[0]);
  report(Code::needs_each, span,
         fmt::format("`{}` is a list, and each of its members has its own", field(named->index).shown),
         fmt::format("Say which: `for every {}, …` or `for any {}, …`.", member, member));
  return {kNone, {}, true};
}

Checker::Found Checker::find(grammar::Path const& path, Surroundings const& at, bool quiet) {
  auto const keys = without_subject(path);
  bool const of_subject = keys.size() != path.names.size();
  for (auto const& key : keys) {
    if (forgiven_.contains(key)) return {kNone, {}, true};
  }
  auto const before = diagnostics_.size();
  auto const result = [&](ValueId id) { return Found{id, {}, diagnostics_.size() != before}; };
  if (keys.size() == 1) {
    if (!of_subject) {
      auto const id = member_or_row(keys[0], at, path.span);
      if (id != kNone || diagnostics_.size() != before) return result(id);
    }
    if (auto const named = entity(keys[0], path.span)) return find_entity(*named, at, path.span);
    if (auto const id = built_in(keys[0], path.span); id != kNone) return result(id);
  } else if (keys.size() == 2) {
    auto const found = find_inside(keys, at, path.span);
    if (found.value != kNone || found.reported) return found;
  }
  bool const of_member = std::any_of(at.ranges.begin(), at.ranges.end(),
                                     [&](RangeId id) { return program().ranges[id].member == keys[0]; });
  if (!quiet && keys.size() == 2 && !of_member && !entity(keys[0])) {
    auto const holder = grammar::Path{{path.names[path.names.size() - 2]}, path.span};
    unknown(holder, "name");
    return {kNone, {}, true};
  }
  if (!quiet && !member_without_fields(path, at)) unknown(path, "name");
  return {kNone, {}, !quiet};
}

// In a list of what the vocabulary does not declare, no member has a field.
bool Checker::member_without_fields(grammar::Path const& path, Surroundings const& at) {
  for (auto const id : at.ranges) {
    auto const& range = program().ranges[id];
    if (range.of != Range::Of::list_field) continue;
    auto const& holder = field(range.which);
    if (holder.quantity.type.kind != Kind::count) continue;
    auto type = holder.quantity.type;
    type.list = false;
    if (forgiven_.contains(holder.name)) return true;
    report(Code::unknown_name, path.span,
           fmt::format("`{}` counts {} and has no `{}`", holder.shown, type_words(type), path.names.back().text),
           fmt::format("If it is a list of records, a vocabulary must declare them: `Record: {}`.", type_words(type)))
        .about = {about("kind", holder.name)};
    return true;
  }
  return false;
}

std::vector<std::string> Checker::all_names() const {
  std::vector<std::string> out;
  for (auto const& [name, entity] : scopes_[scope_].names) out.push_back(name);
  for (auto const scope : below(scope_)) {
    for (auto const& [name, entity] : scopes_[scope].names) out.push_back(name);
  }
  for (auto const& [name, block] : beside_) out.push_back(name);
  return out;
}

// A line that cannot be read may be what was to declare the name.
bool Checker::in_faulty_text(std::string const& key) const {
  auto const& texts = setting_.words.faulty_texts;
  return std::any_of(texts.begin(), texts.end(), [&](std::string const& text) {
    return (" " + text + " ").find(" " + key + " ") != std::string::npos;
  });
}

void Checker::unknown(grammar::Path const& path, std::string_view what) {
  auto const keys = without_subject(path);
  if (in_faulty_text(keys.back()) || asks_for_replaced(keys.back(), path.span)) return;
  auto const& elsewhere = scopes_[scope_].elsewhere;
  if (auto const other = elsewhere.find(keys.back()); other != elsewhere.end()) {
    auto& diagnostic =
        report(Code::not_in_force_then, path.span,
               fmt::format("`{}` is not in force on {}", path.names.back().text, values::write_date(epoch_.from)),
               "Give it a block for these dates too, or put this block in force only where it is.");
    diagnostic.about = {about_name(keys.back())};
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
  diagnostic.about = {about_name(keys.back())};
  if (!near.empty()) diagnostic.edit = grammar::Edit{path.names.back().span, near};
}

std::optional<vocabulary::SourceId> Checker::source_named(grammar::Path const& path) {
  if (path.names.size() != 1) return std::nullopt;
  return words().source(path.names.front().key);
}

// `for every course` of `courses` that could not be read.
bool Checker::is_forgiven_range(std::string const& key) const {
  return std::any_of(forgiven_.begin(), forgiven_.end(),
                     [&](std::string const& one) { return vocabulary::singular(one) == vocabulary::singular(key); });
}

// A list field, a List, a Figure that is a list, or a list Source with one key: what a key can be bound to and
// something can be in.
std::optional<ListUse> Checker::list_use(grammar::Path const& path, Type* member, Surroundings const& at) {
  auto const keys = without_subject(path);
  if (keys.size() == 1 && !forgiven_.contains(keys[0])) {
    if (auto const named = entity(keys[0], path.span)) {
      if (named->what == Named::list) {
        if (member != nullptr) *member = program().lists[named->index].member;
        return ListUse{ListUse::Of::list, {}, named->index};
      }
      if (named->what == Named::figure && program().figures[named->index].type.list) {
        if (figure_of(named->index, at, path.span) == kNone) return std::nullopt;
        if (member != nullptr) *member = program().figures[named->index].type;
        if (member != nullptr) member->list = false;
        return ListUse{ListUse::Of::figure, {}, named->index};
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
  if (auto const named = entity(key, path.span)) {
    if (named->what == Named::field && field(named->index).quantity.type.list) {
      return range({Range::Of::list_field, named->index, 0, vocabulary::singular(key)});
    }
    if (named->what == Named::list) return range({Range::Of::list, named->index, 0, vocabulary::singular(key)});
    if (named->what == Named::figure && program().figures[named->index].type.list) {
      return range({Range::Of::figure, named->index, 0, vocabulary::singular(key)});
    }
  }
  // `for each employing occupation` where there is a List of `employing occupations`.
  for (ListId id = 0; id < program().lists.size(); ++id) {
    auto const named = entity(list_blocks_[id]->name.key);
    bool const is_it = named && named->what == Named::list && named->index == id;
    if (is_it && vocabulary::singular(program().lists[id].name) == key) return range({Range::Of::list, id, 0, key});
  }
  // `for each occupation` where the record holds `occupations`.
  if (is_forgiven_range(key)) return std::nullopt;
  if (program().reviews_record) {
    for (std::uint32_t p = 0; p < record().fields.size(); ++p) {
      if (field(p).quantity.type.list && vocabulary::singular(field(p).name) == key) {
        return range({Range::Of::list_field, p, 0, key});
      }
    }
  }
  for (FigureId id = 0; id < program().figures.size(); ++id) {
    auto const& block = *figure_blocks_[id];
    if (!program().figures[id].type.list || vocabulary::singular(block.name.key) != key) continue;
    auto const named = entity(block.name.key);
    bool const is_it = named && named->what == Named::figure && named->index == id;
    if (is_it) return range({Range::Of::figure, id, 0, key});
  }
  if (auto const use = list_use(path, nullptr, at); use && use->of == ListUse::Of::source) {
    return range({Range::Of::source_list, use->which, 0, vocabulary::singular(key)});
  }
  return std::nullopt;
}

}  // namespace waymark::check
