// Values of a wanted type: what is there to be named, and what can be computed.
#include <fmt/format.h>

#include <algorithm>

#include "tests/property/policy_maker.hpp"

namespace waymark::property {

using check::Range;
using vocabulary::Dimension;

PolicyMaker::ValueId PolicyMaker::constant(Type const& type, std::string const& name) {
  bool const in_text = type.kind == Kind::code || type.kind == Kind::text;
  if (in_text) {
    auto const text = some_text(type, name, random_);
    return add(check::Constant{0, text}, type, false, text);
  }
  auto const steps = some_steps(type, false, words_, random_);
  return add(check::Constant{steps, ""}, type, false, fmt::format("{}", steps));
}

PolicyMaker::ValueId PolicyMaker::fact(check::FactRef const& ref) {
  auto const& field = words_.fields[ref.field];
  return add(check::Fact{ref}, field.quantity.type, false, field.shown);
}

void PolicyMaker::add_facts(Makers& out, Type const& type, Around const& around) {
  if (around.row) return;
  auto const consider = [&](std::uint32_t outer, vocabulary::RecordId record) {
    auto const& fields = words_.records[record].fields;
    for (std::uint32_t i = 0; i < fields.size(); ++i) {
      auto const& field = words_.fields[fields[i]];
      if (!(field.quantity.type == type)) continue;
      std::vector<RangeId> each;
      for (auto const& dimension : field.each) {
        each.push_back(
            range(dimension.of == Dimension::Of::choice ? Range::Of::choice : Range::Of::years, dimension.which));
      }
      if (!given(each, around)) continue;
      check::FactRef const ref{outer, i, fields[i]};
      // What is told for each member is asked for most where there are members.
      for (std::size_t weight = 0; weight < 1 + 2 * each.size(); ++weight) {
        out.push_back([this, ref] { return fact(ref); });
      }
    }
  };
  consider(check::kNone, kPathway);
  consider(position_of(words_, "last decision"), kLastDecision);
  auto const courses = position_of(words_, "courses");
  for (auto const id : around.ranges) {
    auto const& each = program_.ranges[id];
    if (each.of == Range::Of::list_field && each.which == courses) {
      consider(courses, kCourse);
      consider(courses, kCourse);
    }
  }
}

void PolicyMaker::add_names(Makers& out, Type const& type, Around const& around, bool ratio) {
  for (check::FigureId id = 0; id < program_.figures.size() && !around.row; ++id) {
    auto const& figure = program_.figures[id];
    if (!(figure.type == type) || (figure.ratio && !ratio) || !given(figure.each, around)) continue;
    for (int weight = 0; weight < 3; ++weight) {
      out.push_back([this, id] {
        auto const& named = program_.figures[id];
        return add(check::FigureRef{id}, named.type, named.ratio, named.shown);
      });
    }
  }
  for (check::ThresholdId id = 0; id < program_.thresholds.size(); ++id) {
    auto const& threshold = program_.thresholds[id];
    if (!(threshold.type == type) || (threshold.ratio && !ratio) || !given(threshold.each, around)) continue;
    if (around.row && !same_for_all_cases_[id]) continue;
    for (int weight = 0; weight < 3; ++weight) {
      out.push_back([this, id] {
        auto const& named = program_.thresholds[id];
        return add(check::ThresholdRef{id}, named.type, named.ratio, named.shown);
      });
    }
  }
  for (auto const id : around.ranges) {
    if (!(member_type(id) == type)) continue;
    for (int weight = 0; weight < 3; ++weight) {
      out.push_back([this, id, type] { return add(check::Member{id}, type, false, "the member"); });
    }
  }
}

PolicyMaker::Type PolicyMaker::member_type(RangeId id) const {
  auto const& each = program_.ranges[id];
  Type out = type_of(Kind::record);
  if (each.of == Range::Of::choice) out = type_of(Kind::choice, static_cast<std::uint16_t>(each.which));
  if (each.of == Range::Of::years) out = type_of(Kind::year, static_cast<std::uint16_t>(each.which));
  if (each.of == Range::Of::list) out = program_.lists[each.which].member;
  if (each.of == Range::Of::source_list) out = words_.sources[each.which].keys.front().type;
  if (each.of == Range::Of::figure) {
    out = program_.figures[each.which].type;
    out.list = false;
  }
  if (each.of == Range::Of::list_field) {
    out = words_.fields[words_.records[kPathway].fields[each.which]].quantity.type;
    out.list = false;
  }
  return out;
}

void PolicyMaker::add_row(Makers& out, Type const& type, Around const& around) {
  if (!around.row) return;
  auto const source = *around.row;
  for (std::uint32_t i = 0; i < words_.sources[source].keys.size(); ++i) {
    if (!(words_.sources[source].keys[i].type == type)) continue;
    out.push_back([=, this] {
      return add(check::RowKey{source, i}, type, false, words_.sources[source].keys[i].shown);
    });
  }
  for (std::uint32_t i = 0; i < words_.sources[source].columns.size(); ++i) {
    if (!(words_.sources[source].columns[i].quantity.type == type)) continue;
    for (int weight = 0; weight < 4; ++weight) {
      out.push_back([=, this] {
        return add(check::RowColumn{source, i}, type, false, words_.sources[source].columns[i].shown);
      });
    }
  }
}

void PolicyMaker::add_shares(Makers& out, Type const& type, Around const& around, int depth) {
  if (!vocabulary::is_numeric(type)) return;
  out.push_back([=, this] {
    auto const by =
        random_.chance(70) ? constant(type_of(Kind::percent)) : whole(type_of(Kind::percent), around, depth - 1);
    auto const of = whole(type, around, depth - 1);
    return add(check::PercentOf{by, of}, type, true, fmt::format("({} percent of {})", text(by), text(of)));
  });
  if (type.kind != Kind::percent) return;
  for (int weight = 0; weight < 2; ++weight) {
    out.push_back([=, this] {
      auto const& measured = random_.pick(numeric_types());
      auto const part = whole(measured, around, depth - 1);
      auto const of = whole(measured, around, depth - 1);
      return add(check::AsPercentOf{part, of}, type, true,
                 fmt::format("({} as a percent of {})", text(part), text(of)));
    });
  }
}

void PolicyMaker::add_computed(Makers& out, Type const& type, Around const& around, int depth, bool ratio) {
  if (vocabulary::is_numeric(type)) {
    out.push_back([=, this] {
      bool const minus = random_.chance(50) || type.kind == Kind::points;
      auto const& sides = type.kind == Kind::points ? type_of(Kind::percent) : type;
      auto const left = whole(sides, around, depth - 1);
      auto const right = whole(sides, around, depth - 1);
      return add(check::Sum{left, right, minus}, type, false,
                 fmt::format("({} {} {})", text(left), minus ? "minus" : "plus", text(right)));
    });
    out.push_back([=, this] {
      auto const of = value(type, around, depth - 1, true);
      auto const to = random_.pick(std::vector<values::Steps>{1, 2, 5, 10, 1'000'000});
      return add(check::Rounded{of, to}, type, false, fmt::format("({} rounded to {})", text(of), to));
    });
    out.push_back([=, this] {
      auto const of = whole(type, around, depth - 1);
      auto const factor = random_.between(1, 3);
      return add(check::Times{of, factor}, type, false, fmt::format("({} times {})", factor, text(of)));
    });
  }
  if (vocabulary::is_ordered(type)) {
    out.push_back([=, this] {
      auto const left = value(type, around, depth - 1, ratio);
      auto const right = value(type, around, depth - 1, ratio);
      bool const greater = random_.chance(50);
      return add(check::Choose{greater, left, right}, type, is_ratio(left) || is_ratio(right),
                 fmt::format("(the {} of {} and {})", greater ? "greater" : "lesser", text(left), text(right)));
    });
  }
  if (ratio) add_shares(out, type, around, depth);
}

void PolicyMaker::add_dates(Makers& out, Type const& type, Around const& around, int depth) {
  if (type.kind == Kind::year) {
    out.push_back([=, this] {
      auto const offset = static_cast<std::int32_t>(random_.between(-3, 0));
      return add(check::RunningYear{type.which, offset}, type, false, fmt::format("running year {}", offset));
    });
  }
  if (type.kind != Kind::date) return;
  out.push_back([=, this] { return add(check::ReviewDate{}, type, false, "the review date"); });
  out.push_back([=, this] {
    auto const date = whole(type, around, depth - 1);
    auto const count = simple(count_of(kDays), around);
    auto const unit = random_.pick(std::vector{values::TermUnit::days, values::TermUnit::months,
                                               values::TermUnit::years, values::TermUnit::working_days});
    bool const minus = random_.chance(40);
    return add(check::DateShift{date, count, unit, 0, minus}, type, false,
               fmt::format("({} {} {} of unit {})", text(date), minus ? "minus" : "plus", text(count),
                           static_cast<int>(unit)));
  });
}

// A name or a constant.
PolicyMaker::ValueId PolicyMaker::simple(Type const& type, Around const& around) {
  Makers out;
  add_facts(out, type, around);
  add_row(out, type, around);
  if (out.empty() || random_.chance(15)) return constant(type, "region");
  return random_.pick(out)();
}

PolicyMaker::ValueId PolicyMaker::value(Type const& type, Around const& around, int depth, bool ratio) {
  Makers named;
  add_facts(named, type, around);
  add_names(named, type, around, ratio);
  add_row(named, type, around);
  if (named.empty() || random_.chance(12)) named = {[this, type] { return constant(type); }};
  if (depth <= 0 || random_.chance(45)) return random_.pick(named)();
  Makers computed;
  add_computed(computed, type, around, depth, ratio);
  add_dates(computed, type, around, depth);
  if (!around.row) {
    add_lookups(computed, type, around, depth, ratio);
    add_aggregates(computed, type, around, depth, ratio);
    add_years(computed, type, around, depth, ratio);
  }
  return computed.empty() ? random_.pick(named)() : random_.pick(computed)();
}

}  // namespace waymark::property
