// What a figure or a threshold comes to by every one of its values needs what each of them needs; their conditions have
// their own guards. What does not apply needs nothing.
#include "engine/check/earlier_records.hpp"

#include <optional>
#include <utility>

#include "engine/check/walk.hpp"

namespace waymark::check {

EarlierRecords::Positions EarlierRecords::needed_by(ConditionId id) {
  Positions out;
  auto const& node = program_.conditions[id].node;
  // The conditions within a window have their own guards; what it begins after has not.
  if (auto const* window = std::get_if<Windowed>(&node)) {
    add_below(window->after, out);
    return out;
  }
  walk_condition(
      program_, id, [&](ValueId value) { add(value, out); }, [](ConditionId) {});
  auto const* in_list = std::get_if<InList>(&node);
  if (in_list != nullptr && in_list->list.of == ListUse::Of::figure) out.merge(of_figure(in_list->list.which));
  return out;
}

void EarlierRecords::add_below(ValueId id, Positions& out) {
  walk_value(
      program_, id, [&](ValueId value) { add(value, out); }, [](ConditionId) {});
}

void EarlierRecords::add(ValueId id, Positions& out) {
  auto const& node = program_.values[id].node;
  if (auto const* fact = std::get_if<Fact>(&node); fact != nullptr && fact->fact.outer != kNone) {
    auto const& fields = program_.vocabulary.records[program_.record].fields;
    if (!program_.vocabulary.fields[fields[fact->fact.outer]].quantity.type.list) out.insert(fact->fact.outer);
  } else if (auto const* figure = std::get_if<FigureRef>(&node)) {
    out.merge(of_figure(figure->figure));
  } else if (auto const* lookup = std::get_if<SourceLookup>(&node)) {
    for (auto const& key : lookup->keys) {
      if (key.list && key.list->of == ListUse::Of::figure) out.merge(of_figure(key.list->which));
    }
  } else if (auto const* threshold = std::get_if<ThresholdRef>(&node)) {
    auto const& named = program_.thresholds[threshold->threshold];
    std::vector<ValueId> values;
    for (auto const& row : named.rows) values.push_back(row.value);
    out.merge(of_each(values));
    add_below(named.by, out);
    add_below(named.dated_by, out);
  }
}

EarlierRecords::Positions EarlierRecords::of_figure(FigureId id) {
  auto const& figure = program_.figures[id];
  if (figure.exempt != kNone) return {};
  auto const [at, fresh] = of_figure_.try_emplace(id);
  if (!fresh) return at->second;
  std::vector<ValueId> values;
  for (auto const& one : figure.cases) values.push_back(one.value);
  if (figure.fallback) values.push_back(figure.fallback->value);
  return of_figure_[id] = of_each(values);
}

EarlierRecords::Positions EarlierRecords::of_each(std::vector<ValueId> const& values) {
  std::optional<Positions> out;
  for (auto const value : values) {
    Positions here;
    add_below(value, here);
    if (out) std::erase_if(*out, [&](std::uint32_t position) { return !here.contains(position); });
    if (!out) out = std::move(here);
  }
  return out.value_or(Positions{});
}

}  // namespace waymark::check
