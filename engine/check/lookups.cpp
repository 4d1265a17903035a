// Lookups in Sources and aggregates: keys are bound by their types, rows are filtered by value columns only.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::Aggregate;
using vocabulary::Kind;

namespace {

bool same_key(Type const& key, Type const& type) {
  if (key.kind != type.kind) return false;
  switch (key.kind) {
    case Kind::code: return key.system == type.system;
    case Kind::choice:
    case Kind::year: return key.which == type.which;
    default: return true;
  }
}

std::string_view aggregate_words(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::none: return "value";
    case Aggregate::total: return "total";
    case Aggregate::number: return "number";
    case Aggregate::highest: return "highest";
    case Aggregate::lowest: return "lowest";
    case Aggregate::average: return "average";
    case Aggregate::median: return "median";
    case Aggregate::percentile: return "percentile";
  }
  return "";
}

}  // namespace

Type Checker::type_of_number(std::optional<Type> const& wanted) {
  if (wanted && wanted->kind == Kind::count && words().decimals(*wanted) == 0) return *wanted;
  Type count;
  count.kind = Kind::count;
  count.which = words().unit("members");
  return count;
}

std::optional<Type> Checker::type_of_aggregate(Aggregate aggregate, Type const& of, Span span) {
  bool const plain = aggregate == Aggregate::none;
  bool const sums = aggregate == Aggregate::total || aggregate == Aggregate::average;
  if (plain || (sums ? is_numeric(of) : is_ordered(of))) return of;
  report(Code::wrong_kind, span, fmt::format("There is no {} of {}", aggregate_words(aggregate), type_words(of)),
         sums ? "Only numbers have one." : "Only numbers, dates and years have one.");
  return std::nullopt;
}

ValueId Checker::lookup(SyntaxValue const& syntax, grammar::Lookup const& lookup, Surroundings const& at,
                        std::optional<Type> const& wanted) {
  if (!computed_by_name(syntax, at)) return kNone;
  if (lookup.last > 0) return years_aggregate(syntax, lookup, at);
  if (auto const year = year_of_lookup(lookup, at)) return in_year(syntax, *year, at);
  auto const& holder = lookup.source ? *lookup.source : lookup.column;
  if (auto const source = source_named(holder); source && (lookup.source || lookup.aggregate == Aggregate::number)) {
    bool const a_list_itself = !lookup.source && lookup.keys.empty();
    if (!a_list_itself) return source_lookup(syntax, lookup, *source, at, wanted);
  }
  if (auto const range = range_of_path(holder, at); range && lookup.keys.empty()) {
    return list_aggregate(syntax, lookup, *range, at, wanted);
  }
  no_source(holder, "");
  return kNone;
}

// `yearly openings in the cohort` looks like a lookup in a source until the names are known.
std::optional<grammar::InYear> Checker::year_of_lookup(grammar::Lookup const& lookup, Surroundings const& at) {
  bool const plain = lookup.aggregate == Aggregate::none && lookup.keys.empty() && lookup.where.empty();
  if (!plain || !lookup.source || source_named(*lookup.source)) return std::nullopt;
  auto const found = find(*lookup.source, at, true);
  if (found.value == kNone || this->at(found.value).type.kind != Kind::year) return std::nullopt;
  grammar::Value year;
  year.node = *lookup.source;
  year.span = lookup.source->span;
  return grammar::InYear{lookup.column, std::move(year)};
}

void Checker::no_source(grammar::Path const& path, std::string_view help) {
  auto const& key = path.names.back().key;
  if (forgiven_.contains(key) || (silent_ && path.names.size() > 1)) return;
  std::vector<std::string> names;
  for (auto const& source : words().sources) names.push_back(source.name);
  auto const near = grammar::nearest(key, names);
  auto const otherwise = help.empty() ? "A vocabulary that the policy uses must declare it with a Source block." : help;
  auto& diagnostic =
      report(Code::unknown_source, path.span, fmt::format("There is no source `{}`", grammar::print(path)),
             near.empty() ? std::string(otherwise) : fmt::format("Did you mean `{}`?", near));
  diagnostic.about = {about_name(key)};
  if (!near.empty()) diagnostic.edit = grammar::Edit{path.span, near};
}

// The value column that a lookup names.
std::optional<std::uint32_t> Checker::column_named(grammar::Path const& path, vocabulary::Source const& source) {
  auto const& name = path.names.back();
  std::vector<std::string> names;
  if (forgiven_.contains(name.key)) return std::nullopt;
  for (std::uint32_t i = 0; i < source.columns.size(); ++i) {
    if (source.columns[i].name == name.key) return i;
    names.push_back(source.columns[i].name);
  }
  auto const near = grammar::nearest(name.key, names);
  bool const is_key = std::any_of(source.keys.begin(), source.keys.end(),
                                  [&](vocabulary::SourceKey const& key) { return key.name == name.key; });
  auto& diagnostic = report(
      Code::unknown_name, path.span, fmt::format("`{}` has no value column `{}`", source.shown, name.text),
      !near.empty()   ? fmt::format("Did you mean `{}`?", near)
      : is_key        ? std::string("It is a key: keys stand after `for`.")
      : names.empty() ? std::string("It is a list of keys: ask how many there are, or whether something is in it.")
                      : fmt::format("It has: {}.", fmt::join(names, ", ")));
  diagnostic.about = {about_name(name.key)};
  if (!near.empty()) diagnostic.edit = grammar::Edit{name.span, near};
  return std::nullopt;
}

ValueId Checker::source_lookup(SyntaxValue const& syntax, grammar::Lookup const& lookup, vocabulary::SourceId id,
                               Surroundings const& at, std::optional<Type> const& wanted) {
  SourceLookup made;
  made.aggregate = lookup.aggregate;
  made.complete = lookup.complete;
  if (lookup.aggregate == Aggregate::percentile) made.percentile = lookup.percentile;
  made.source = id;
  auto const source = words().sources[id];
  if (forgiven_.contains(source.name)) return kNone;
  Type type;
  if (lookup.aggregate == Aggregate::number) {
    type = type_of_number(wanted);
  } else {
    auto const column = column_named(lookup.column, source);
    if (!column) return kNone;
    made.column = *column;
    auto const found = type_of_aggregate(lookup.aggregate, source.columns[*column].quantity.type, lookup.column.span);
    if (!found) return kNone;
    type = *found;
  }
  auto keys = bind_keys(lookup, id, at, syntax.span);
  if (!keys) return kNone;
  made.keys = std::move(*keys);
  bool const many = std::any_of(made.keys.begin(), made.keys.end(), [](auto const& k) { return k.list.has_value(); });
  if (lookup.aggregate == Aggregate::none && many) {
    report(Code::wrong_kind, syntax.span,
           fmt::format("`{}` gives one value for each of several keys", grammar::print(syntax)),
           "Say which: `total of …`, `highest of …`, `lowest of …`, `average of …`.");
    return kNone;
  }
  made.where = filters(lookup, id, at);
  return keep(syntax, std::move(made), type, lookup.aggregate == Aggregate::average);
}

std::optional<std::uint32_t> Checker::key_position(vocabulary::Source const& source, std::vector<bool> const& taken,
                                                   Type const& type, std::string const& name) {
  std::vector<std::uint32_t> fitting;
  for (std::uint32_t i = 0; i < source.keys.size(); ++i) {
    if (!taken[i] && same_key(source.keys[i].type, type)) fitting.push_back(i);
  }
  if (fitting.size() == 1) return fitting.front();
  for (auto const i : fitting) {
    if (vocabulary::singular(source.keys[i].name) == vocabulary::singular(name)) return i;
  }
  return std::nullopt;
}

// A title that stands for itself stands in quotes; without them it is the name of something.
void Checker::offer_quotes(grammar::Path const& path, vocabulary::Source const& source) {
  bool const text = std::any_of(source.keys.begin(), source.keys.end(),
                                [](vocabulary::SourceKey const& key) { return key.type.kind == Kind::text; });
  if (!text || path.names.size() != 1 || diagnostics_.empty()) return;
  auto& diagnostic = diagnostics_.back();
  if (diagnostic.code != Code::unknown_name || diagnostic.primary.span != path.span || diagnostic.edit) return;
  auto const quoted = fmt::format("\"{}\"", path.names.front().text);
  diagnostic.help = fmt::format("An official title stands in quotes: `{}`.", quoted);
  diagnostic.edit = grammar::Edit{path.span, quoted};
}

// A list of the reviewed record is gone through; one that a member of a list has, or a record within it, is none of the
// values by which a row can be found.
std::optional<std::pair<KeyBinding, Type>> Checker::one_key(SyntaxValue const& syntax, ValueId id) {
  if (id == kNone) return std::nullopt;
  auto const& type = this->at(id).type;
  if (!type.list) return std::pair(KeyBinding{id, std::nullopt}, type);
  report(Code::wrong_kind, syntax.span,
         fmt::format("`{}` is a list of its own, and a row is found by one value", grammar::print(syntax)),
         fmt::format("Ask by a field that holds one value, or by a list that the {} itself has.", program().reviews));
  return std::nullopt;
}

std::optional<std::pair<KeyBinding, Type>> Checker::key_value(SyntaxValue const& syntax, Surroundings const& at,
                                                              vocabulary::Source const& source) {
  if (auto const* path = std::get_if<grammar::Path>(&syntax.node)) {
    Type member;
    auto const& first = path->names.front();
    bool const literal = path->names.size() == 1 && first.quoted && !entity(first.key);
    auto const before = diagnostics_.size();
    if (auto const use = literal ? std::nullopt : list_use(*path, &member, at)) {
      return std::pair(KeyBinding{kNone, *use}, member);
    }
    if (diagnostics_.size() != before) return std::nullopt;
    auto const found = literal ? Found{} : find(*path, at, true);
    if (found.reported) return std::nullopt;
    if (found.value != kNone) {
      program().values[found.value].text = grammar::print(syntax);
      return one_key(syntax, found.value);
    }
    for (auto const& key : source.keys) {  // a word of a choice, or a quoted text
      bool const entry =
          key.type.kind == Kind::choice && words().choices[key.type.which].find(path->names.front().text);
      bool const code = literal && key.type.kind == Kind::code && values::read_code(key.type.system, first.text);
      if (entry || code || (literal && key.type.kind == Kind::text)) {
        auto const id = symbol(syntax, path->names.front().text, key.type);
        return std::pair(KeyBinding{id, std::nullopt}, key.type);
      }
    }
    unknown(*path, "name");
    offer_quotes(*path, source);
    return std::nullopt;
  }
  if (auto const* amount = std::get_if<grammar::Amount>(&syntax.node)) {
    for (auto const& key : source.keys) {
      bool const code = key.type.kind == Kind::code && values::read_code(key.type.system, amount->digits);
      if (!code && key.type.kind != Kind::year) continue;
      auto const id = value(syntax, at, key.type);
      return id == kNone ? std::nullopt : std::optional(std::pair(KeyBinding{id, std::nullopt}, key.type));
    }
  }
  return one_key(syntax, value(syntax, at));
}

// The record's own field of that name is what is mostly meant.
void Checker::key_missing(grammar::Lookup const& lookup, vocabulary::Source const& source, std::uint32_t key,
                          Span span) {
  auto const& name = source.keys[key].name;
  std::string field_name;
  for (std::uint32_t i = 0; program().reviews_record && i < record().fields.size(); ++i) {
    if (vocabulary::singular(field(i).name) == vocabulary::singular(name)) field_name = field(i).name;
  }
  auto const own = fmt::format("the {}'s {}", program().reviews, field_name);
  auto& diagnostic = report(
      Code::key_not_bound, span, fmt::format("`{}` does not say for which {}", source.shown, source.keys[key].shown),
      field_name.empty() ? fmt::format("Add after `for` what gives the {}.", source.keys[key].shown)
                         : fmt::format("Add it after `for`, such as `{}`.", own));
  diagnostic.about = {about("keys", source.name, name)};
  if (field_name.empty() || lookup.keys.empty()) return;
  auto const end = lookup.keys.back().span.end;
  diagnostic.edit = grammar::Edit{{span.file, end, end}, ", " + own};
}

std::optional<std::vector<KeyBinding>> Checker::bind_keys(grammar::Lookup const& lookup, vocabulary::SourceId id,
                                                          Surroundings const& at, Span span, std::uint32_t open) {
  auto const source = words().sources[id];
  std::vector<KeyBinding> bound(source.keys.size());
  std::vector<bool> taken(source.keys.size());
  if (open != kNone) taken[open] = true;
  bool good = true;
  for (auto const& syntax : lookup.keys) {
    auto binding = key_value(syntax, at, source);
    if (!binding) {
      good = false;
      continue;
    }
    auto const* path = std::get_if<grammar::Path>(&syntax.node);
    auto const name = path != nullptr ? path->names.back().key : std::string();
    auto const position = key_position(source, taken, binding->second, name);
    if (!position) {
      std::vector<std::string> keys;
      for (auto const& key : source.keys) keys.push_back(fmt::format("{} ({})", key.shown, type_words(key.type)));
      report(Code::key_not_bound, syntax.span,
             fmt::format("`{}` is {} and fits no key of `{}` by itself", grammar::print(syntax),
                         type_words(binding->second), source.shown),
             fmt::format("Its rows are found by: {}.", fmt::join(keys, ", ")))
          .about = {about("keys", source.name, type_words(binding->second))};
      good = false;
      continue;
    }
    taken[*position] = true;
    bound[*position] = std::move(binding->first);
  }
  for (std::uint32_t i = 0; good && i < taken.size(); ++i) {
    if (taken[i]) continue;
    key_missing(lookup, source, i, span);
    good = false;
  }
  return good ? std::optional(std::move(bound)) : std::nullopt;
}

std::vector<RowFilter> Checker::filters(grammar::Lookup const& lookup, vocabulary::SourceId source,
                                        Surroundings const& at) {
  std::vector<RowFilter> out;
  for (auto const& filter : lookup.where) {
    auto inner = at;
    inner.rows_of = source;
    auto const position = column_named(grammar::Path{{filter.column}, filter.column.span}, words().sources[source]);
    if (!position) continue;
    grammar::Condition test;
    test.span = filter.span;
    grammar::Value subject;
    subject.node = grammar::Path{{filter.column}, filter.column.span};
    subject.span = filter.column.span;
    test.node = grammar::Is{subject, filter.comparison};
    auto const id = condition(test, inner);
    if (id != kNone) out.push_back({*position, id});
  }
  return out;
}

// One of several shares can be picked, and shares can be counted; nothing is computed from them.
bool Checker::may_be_aggregated(Aggregate aggregate, ValueId of, Span span) {
  bool const computes = aggregate == Aggregate::total || aggregate == Aggregate::average;
  return !computes || whole(of, span);
}

// What is picked is what its members are.
template <class Node>
ValueId Checker::keep_aggregate(SyntaxValue const& syntax, Node node, Type const& type) {
  bool const picks = node.of != kNone && node.aggregate != Aggregate::number && node.aggregate != Aggregate::average;
  bool const ratio = picks && at(node.of).ratio;
  bool const share = picks && share_value_[node.of];
  bool const average = node.aggregate == Aggregate::average;
  auto const id = keep(syntax, std::move(node), type, average || ratio);
  if (share) share_value_[id] = true;
  return id;
}

// Whether a value is the member's own, or hangs on which member it is.
bool Checker::is_of_member(ValueId id, RangeId range) const {
  auto const& of = program().ranges[range];
  bool found = false;
  auto const is_own = [&](ValueId value) {
    auto const& node = this->at(value).node;
    if (auto const* member = std::get_if<Member>(&node)) found = found || member->range == range;
    if (auto const* figure = std::get_if<FigureRef>(&node)) {
      auto const& each = program().figures[figure->figure].each;
      found = found || std::find(each.begin(), each.end(), range) != each.end();
    }
    auto const* fact = std::get_if<Fact>(&node);
    if (fact == nullptr) return;
    found = found || (of.of == Range::Of::list_field && fact->fact.outer == of.which);
    for (auto const& dimension : program().vocabulary.fields[fact->fact.field].each) {
      found = found || (of.of == Range::Of::choice && dimension.of == vocabulary::Dimension::Of::choice &&
                        dimension.which == of.which);
    }
  };
  walk_value(program(), id, is_own, [](ConditionId) {});
  return found;
}

void Checker::no_member_named(grammar::Phrase const& name, Range const& range) {
  if (forgiven_.contains(name.key)) return;
  std::vector<std::string> names = {range.member};
  if (range.of == Range::Of::list_field && field(range.which).quantity.type.kind == Kind::record) {
    names.clear();
    for (auto const id : words().records[field(range.which).quantity.type.which].fields) {
      names.push_back(words().fields[id].name);
    }
  }
  auto const near = grammar::nearest(name.key, names);
  auto& diagnostic = report(Code::unknown_name, name.span, fmt::format("One {} has no `{}`", range.member, name.text),
                            near.empty() ? fmt::format("Here may stand: {}.", fmt::join(names, ", "))
                                         : fmt::format("Did you mean `{}`?", near));
  diagnostic.about = {about_name(name.key)};
  if (!near.empty()) diagnostic.edit = grammar::Edit{name.span, near};
}

// The name on the left is the member's; what it is compared with is said where the aggregate stands.
ConditionId Checker::member_filter(grammar::Filter const& filter, RangeId range, Surroundings const& at) {
  auto const& name = filter.column;
  auto const before = diagnostics_.size();
  auto const subject = member_named(range, name.key, at, name.span);
  if (subject == kNone) {
    if (diagnostics_.size() == before) no_member_named(name, program().ranges[range]);
    return kNone;
  }
  grammar::Value left;
  left.node = grammar::Path{{name}, name.span};
  left.span = name.span;
  grammar::Condition test;
  test.span = filter.span;
  test.node = grammar::Is{left, filter.comparison};
  auto outside = at;
  outside.plain_numbers = false;
  auto const id = guarded(asked_of_value(test, subject, std::get<grammar::Is>(test.node), outside));
  if (id == kNone) return kNone;
  bool own = false;
  walk_condition(
      program(), id, [&](ValueId value) { own = own || (value != subject && is_of_member(value, range)); },
      [](ConditionId) {});
  if (!own) return id;
  report(Code::wrong_kind, filter.span,
         fmt::format("`{}` is asked within `for any …,` or `for every …,` of the same members",
                     sources_.text(filter.span)),
         "Here it cannot be told whose is meant: compare with a Figure or a fact of another kind.");
  return kNone;
}

bool Checker::member_filters(grammar::Lookup const& lookup, ListAggregate& made, Surroundings const& at) {
  bool good = true;
  for (auto const& filter : lookup.where) {
    made.where.push_back(member_filter(filter, made.range, at));
    good = good && made.where.back() != kNone;
  }
  return good;
}

ValueId Checker::list_aggregate(SyntaxValue const& syntax, grammar::Lookup const& lookup, RangeId range,
                                Surroundings const& at, std::optional<Type> const& wanted) {
  ListAggregate made;
  made.aggregate = lookup.aggregate;
  made.complete = lookup.complete;
  if (lookup.aggregate == Aggregate::percentile) made.percentile = lookup.percentile;
  made.range = range;
  auto inner = at;
  inner.ranges.push_back(range);
  auto type = type_of_number(wanted);
  if (lookup.source) {
    auto const found = find(lookup.column, inner);
    if (found.value == kNone) {
      if (!found.reported) unknown(lookup.column, "value");
      return kNone;
    }
    if (!may_be_aggregated(lookup.aggregate, found.value, lookup.column.span)) return kNone;
    made.of = found.value;
    if (lookup.aggregate != Aggregate::number) {
      auto const result = type_of_aggregate(lookup.aggregate, this->at(found.value).type, lookup.column.span);
      if (!result) return kNone;
      type = *result;
    }
  } else if (lookup.aggregate != Aggregate::number) {
    report(Code::wrong_kind, syntax.span, fmt::format("`{}` does not say of what", grammar::print(syntax)),
           fmt::format("Write: `{} of … in {}`.", aggregate_words(lookup.aggregate), grammar::print(lookup.column)));
    return kNone;
  }
  if (!member_filters(lookup, made, at)) return kNone;
  return keep_aggregate(syntax, std::move(made), type);
}

// Years are taken as they are: what is in a table, or which years count, is said by the figure that is asked for.
bool Checker::years_stand_alone(SyntaxValue const& syntax, grammar::Lookup const& lookup) {
  if (!lookup.source && lookup.keys.empty() && lookup.where.empty()) return true;
  auto const kind = words().year_kind(lookup.years.key);
  auto const year = kind ? words().calendar.years[*kind].name : std::string("program year");
  report(Code::part_not_understood, syntax.span,
         fmt::format("After `in the last {} {}` stands no {}", lookup.last, lookup.years.text,
                     lookup.source           ? "source"
                     : !lookup.where.empty() ? "`where`"
                                             : "`for`"),
         fmt::format("Make a Figure `for each {}` of it (with `Does not apply when:` for years that do not count), and "
                     "ask for that here.",
                     year));
  return false;
}

ValueId Checker::years_aggregate(SyntaxValue const& syntax, grammar::Lookup const& lookup, Surroundings const& at) {
  if (!years_stand_alone(syntax, lookup)) return kNone;
  auto const kind = words().year_kind(lookup.years.key);
  if (!kind) {
    if (forgiven_.contains(vocabulary::singular(lookup.years.key))) return kNone;
    report(Code::not_a_yearly_name, lookup.years.span, fmt::format("There is no kind of year `{}`", lookup.years.text),
           "A Calendar in the vocabulary declares kinds of years.")
        .about = {about_name(lookup.years.key)};
    return kNone;
  }
  YearsAggregate made;
  made.aggregate = lookup.aggregate;
  made.complete = lookup.complete;
  if (lookup.aggregate == Aggregate::percentile) made.percentile = lookup.percentile;
  made.range = years_range(*kind);
  made.last = lookup.last;
  look_back(made.range, lookup.last);
  auto inner = at;
  inner.ranges.push_back(made.range);
  auto const found = find(lookup.column, inner);
  if (found.value == kNone) {
    if (!found.reported) unknown(lookup.column, "value");
    return kNone;
  }
  if (!may_be_aggregated(lookup.aggregate, found.value, lookup.column.span)) return kNone;
  if (!is_yearly(found.value, made.range)) {
    report(
        Code::not_a_yearly_name, lookup.column.span,
        fmt::format("`{}` has no value for each {}", grammar::print(lookup.column), words().calendar.years[*kind].name),
        fmt::format("Name a fact or a Figure `for each {}`.", words().calendar.years[*kind].name))
        .about = {about("yearly", name_of(found.value))};
    return kNone;
  }
  made.of = found.value;
  auto const type = type_of_aggregate(lookup.aggregate, this->at(found.value).type, lookup.column.span);
  if (!type) return kNone;
  return keep_aggregate(syntax, made, *type);
}

}  // namespace waymark::check
