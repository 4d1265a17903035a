// Values out of tables, of lists and of years: what a lookup finds, and what several values come to.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/spell.hpp"
#include "tests/property/policy_maker.hpp"

namespace waymark::property {

using check::Range;
using grammar::Aggregate;
using vocabulary::Dimension;

namespace {

std::string words_of(Aggregate aggregate, std::uint32_t percentile) {
  return aggregate == Aggregate::none ? "" : grammar::spell(aggregate, percentile) + " of ";
}

// Such an aggregate is one of its parts, and so may be a share.
bool picks(Aggregate aggregate) {
  return aggregate == Aggregate::highest || aggregate == Aggregate::lowest || aggregate == Aggregate::median ||
         aggregate == Aggregate::percentile;
}

}  // namespace

// --- Sources ------------------------------------------------------------------------------------------------------

check::KeyBinding PolicyMaker::binding(vocabulary::SourceKey const& key, bool one, Around const& around, int depth) {
  check::KeyBinding out;
  if (!one && random_.chance(60)) {
    auto const of_field = [&](char const* name) {
      auto const position = position_of(words_, name);
      return check::ListUse{
          check::ListUse::Of::fact, {check::kNone, position, words_.records[kPathway].fields[position]}, 0};
    };
    std::vector<check::ListUse> lists;
    if (key.type.kind == Kind::code) {
      lists = {of_field("occupations"), of_field("occupations"), {check::ListUse::Of::source, {}, kInDemand}};
      for (check::ListId id = 0; id < program_.lists.size(); ++id) {
        if (program_.lists[id].member == key.type) lists.push_back({check::ListUse::Of::list, {}, id});
      }
    }
    if (key.type.kind == Kind::text && key.name == "credential") lists = {of_field("credentials")};
    for (auto const& list : around.row ? std::vector<check::ListUse>() : list_figures(key.type)) lists.push_back(list);
    if (!lists.empty()) {
      out.list = random_.pick(lists);
      return out;
    }
  }
  bool const plain = depth <= 0 || random_.chance(80);
  if (key.type.kind == Kind::text) {
    out.value = random_.chance(40) ? constant(key.type, key.name) : simple(key.type, around);
  } else {
    out.value = plain ? simple(key.type, around) : whole(key.type, around, depth - 1);
  }
  return out;
}

check::RowFilter PolicyMaker::filter(vocabulary::SourceId source, Around const& around) {
  auto const& columns = words_.sources[source].columns;
  auto const column = static_cast<std::uint32_t>(random_.below(columns.size()));
  auto const& type = columns[column].quantity.type;
  auto const subject = add(check::RowColumn{source, column}, type, false, columns[column].shown);
  return {column, filter_by(subject, around)};
}

PolicyMaker::ConditionId PolicyMaker::filter_by(ValueId subject, Around const& around) {
  auto const type = program_.values[subject].type;
  bool const negated = random_.chance(40);
  if (type.kind == Kind::yes_no) {
    return add(check::Holds{subject, negated}, text(subject) + (negated ? " is no" : " is yes"));
  }
  auto const other = simple(type, around);
  if (!vocabulary::is_ordered(type)) {
    return add(check::Matches{subject, {other}, negated},
               fmt::format("{} is {}{}", text(subject), negated ? "not " : "", text(other)));
  }
  auto const order = static_cast<check::Order>(random_.below(4));
  return add(check::Compare{order, subject, other, 1, 1},
             fmt::format("{} [order {}] {}", text(subject), static_cast<int>(order), text(other)));
}

// By a field of the member, or by the member itself; what it is compared with stands outside of it.
std::vector<PolicyMaker::ConditionId> PolicyMaker::member_filters(RangeId over, Around const& around) {
  std::vector<ConditionId> out;
  auto const range = program_.ranges[over];
  auto const subject = [&]() -> ValueId {
    if (member_type(over).kind != Kind::record) {
      return add(check::Member{over}, member_type(over), false, "the member");
    }
    auto const& fields = words_.records[kCourse].fields;
    std::vector<std::uint32_t> plain;
    for (std::uint32_t i = 0; i < fields.size(); ++i) {
      auto const& field = words_.fields[fields[i]];
      if (field.each.empty() && !field.quantity.type.list) plain.push_back(i);
    }
    auto const position = random_.pick(plain);
    return fact({range.which, position, fields[position]});
  };
  if (!random_.chance(45)) return out;
  for (auto count = 1 + random_.below(2); count != 0; --count) out.push_back(filter_by(subject(), around));
  return out;
}

std::string PolicyMaker::where_text(std::vector<ConditionId> const& where) const {
  std::string out;
  for (auto const filter : where) out += " where " + condition_text(filter);
  return out;
}

PolicyMaker::ValueId PolicyMaker::lookup(vocabulary::SourceId id, std::uint32_t column, Aggregate aggregate,
                                         Type const& type, Around const& around, int depth) {
  auto const& source = words_.sources[id];
  check::SourceLookup made;
  made.aggregate = aggregate;
  made.complete = aggregate != Aggregate::none && random_.chance(15);
  made.percentile = some_percentile();
  made.source = id;
  made.column = column;
  auto shown = fmt::format("({}{}{} in {} for", made.complete ? "complete " : "", words_of(aggregate, made.percentile),
                           column == check::kNone ? "rows" : source.columns[column].shown, source.shown);
  for (auto const& key : source.keys) {
    made.keys.push_back(binding(key, aggregate == Aggregate::none, around, depth));
    auto const& bound = made.keys.back();
    shown += bound.list ? fmt::format(" [list {} {}]", static_cast<int>(bound.list->of), bound.list->which)
                        : " " + text(bound.value);
  }
  if (aggregate != Aggregate::none && !source.is_list() && random_.chance(40)) {
    for (auto count = 1 + random_.below(2); count != 0; --count) {
      made.where.push_back(filter(id, around));
      shown += " where " + condition_text(made.where.back().test);
    }
  }
  return add(std::move(made), type, aggregate == Aggregate::average, shown + ")");
}

// The ends, and those between which a few parts change places.
std::uint32_t PolicyMaker::some_percentile() {
  return random_.pick(std::vector<std::uint32_t>{1, 10, 25, 33, 34, 50, 51, 67, 75, 90, 99});
}

// An aggregate that gives the wanted type from values of type `of`.
std::optional<Aggregate> PolicyMaker::some_aggregate(Type const& of, Type const& wanted, bool ratio) {
  if (!(of == wanted) || !vocabulary::is_ordered(of)) return std::nullopt;
  std::vector<Aggregate> out = {Aggregate::highest, Aggregate::lowest, Aggregate::median, Aggregate::percentile};
  if (vocabulary::is_numeric(of)) out.insert(out.end(), {Aggregate::total, Aggregate::total});
  if (vocabulary::is_numeric(of) && ratio) out.insert(out.end(), 3, Aggregate::average);
  return random_.pick(out);
}

void PolicyMaker::add_lookups(Makers& out, Type const& type, Around const& around, int depth, bool ratio) {
  for (vocabulary::SourceId id = 0; id < words_.sources.size(); ++id) {
    auto const& columns = words_.sources[id].columns;
    for (std::uint32_t column = 0; column < columns.size(); ++column) {
      if (!(columns[column].quantity.type == type)) continue;
      out.push_back([=, this] { return lookup(id, column, Aggregate::none, type, around, depth); });
      if (auto const aggregate = some_aggregate(type, type, ratio)) {
        out.push_back([=, this] { return lookup(id, column, *aggregate, type, around, depth); });
      }
    }
    if (type == count_of(kOpenings) || type == count_of(kStudents)) {
      out.push_back([=, this] { return lookup(id, check::kNone, Aggregate::number, type, around, depth); });
    }
  }
}

void PolicyMaker::add_aggregates(Makers& out, Type const& type, Around const& around, int depth, bool ratio) {
  for (auto const over : list_ranges()) {
    if (given({over}, around)) continue;
    if (auto const aggregate = some_aggregate(type, type, ratio)) {
      out.push_back([=, this] {
        auto const of = value(type, inside(around, over), depth - 1, ratio && picks(*aggregate));
        bool const complete = random_.chance(15);
        auto const where = member_filters(over, around);
        auto const rank = some_percentile();
        return add(check::ListAggregate{*aggregate, complete, over, of, where, rank}, type,
                   *aggregate == Aggregate::average || is_ratio(of),
                   fmt::format("({}{}{} in range {}{})", complete ? "complete " : "", words_of(*aggregate, rank),
                               text(of), over, where_text(where)));
      });
    }
    if (type == count_of(kOpenings)) {
      out.push_back([=, this] {
        auto const where = member_filters(over, around);
        return add(check::ListAggregate{Aggregate::number, false, over, check::kNone, where}, type, false,
                   fmt::format("(number of range {}{})", over, where_text(where)));
      });
    }
  }
}

PolicyMaker::ValueId PolicyMaker::years_aggregate(Type const& type, Aggregate aggregate, Around const& around,
                                                  int depth, bool ratio) {
  auto const last = static_cast<std::uint32_t>(random_.between(1, 4));
  auto const there = has_years(around) ? around : inside(around, years());
  look_back(last);
  // A year's own aggregate looks at facts only, so that it reaches back no further than its years.
  auto const of = has_years(around) ? simple(type, there) : value(type, there, depth - 1, ratio && picks(aggregate));
  bool const complete = random_.chance(15);
  auto const rank = some_percentile();
  return add(check::YearsAggregate{aggregate, complete, years(), last, of, rank}, type,
             aggregate == Aggregate::average || is_ratio(of),
             fmt::format("({}{}{} in the last {} years)", complete ? "complete " : "", words_of(aggregate, rank),
                         text(of), last));
}

// A fact or a figure that has a value for each year.
bool PolicyMaker::is_yearly(ValueId id) {
  auto const& node = program_.values[id].node;
  if (auto const* named = std::get_if<check::Fact>(&node)) {
    auto const& each = words_.fields[named->fact.field].each;
    return std::any_of(each.begin(), each.end(), [](Dimension const& d) { return d.of == Dimension::Of::year; });
  }
  auto const* named = std::get_if<check::FigureRef>(&node);
  if (named == nullptr) return false;
  auto const& each = program_.figures[named->figure].each;
  return std::find(each.begin(), each.end(), years()) != each.end();
}

void PolicyMaker::add_years(Makers& out, Type const& type, Around const& around, int depth, bool ratio) {
  if (auto const aggregate = some_aggregate(type, type, ratio)) {
    out.push_back([=, this] { return years_aggregate(type, *aggregate, around, depth, ratio); });
  }
  if (has_years(around)) return;
  out.push_back([=, this] {
    auto const there = inside(around, years());
    Makers named;
    add_facts(named, type, there);
    add_names(named, type, there, ratio);
    if (named.empty()) return constant(type);
    auto const of = random_.pick(named)();
    auto const year = simple(type_of(Kind::year, kProgramYear), around);
    if (!is_yearly(of)) return constant(type);
    return add(check::InYear{of, years(), year}, type, is_ratio(of), fmt::format("({} in {})", text(of), text(year)));
  });
}

}  // namespace waymark::property
