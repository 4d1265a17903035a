// Making a Program ready: words become symbols, releases are indexed, equal leaves and equal lookups are joined.
#include "engine/review/plan.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "engine/review/aggregates.hpp"

namespace waymark::review {
namespace {

using check::kNone;
using vocabulary::Kind;

bool has_text(vocabulary::Type const& type) { return type.kind == Kind::code || type.kind == Kind::text; }

// What makes two leaves one: the kind of node, then its numbers. Nothing for a node that is no leaf.
using LeafKey = std::array<std::int64_t, 5>;
std::optional<LeafKey> leaf_key(check::Value const& value, Steps constant) {
  auto const kind = static_cast<std::int64_t>(value.node.index());
  if (std::holds_alternative<check::Constant>(value.node)) {
    return LeafKey{kind, constant, static_cast<std::int64_t>(value.type.kind), 0, 0};
  }
  if (auto const* fact = std::get_if<check::Fact>(&value.node)) {
    return LeafKey{kind, fact->fact.outer, fact->fact.position, fact->fact.field, 0};
  }
  if (auto const* member = std::get_if<check::Member>(&value.node)) return LeafKey{kind, member->range, 0, 0, 0};
  if (auto const* key = std::get_if<check::RowKey>(&value.node)) return LeafKey{kind, key->source, key->key, 0, 0};
  if (auto const* column = std::get_if<check::RowColumn>(&value.node)) {
    return LeafKey{kind, column->source, column->column, 0, 0};
  }
  if (auto const* figure = std::get_if<check::FigureRef>(&value.node)) return LeafKey{kind, figure->figure, 0, 0, 0};
  if (auto const* named = std::get_if<check::ThresholdRef>(&value.node)) {
    return LeafKey{kind, named->threshold, 0, 0, 0};
  }
  return std::nullopt;
}

// A key binding as numbers: the value, or how the list is used.
using BindingKey = std::array<std::int64_t, 6>;
BindingKey binding_key(check::KeyBinding const& binding) {
  if (!binding.list) return {binding.value, 0, 0, 0, 0, 0};
  auto const& list = *binding.list;
  return {-1, static_cast<std::int64_t>(list.of), list.fact.outer, list.fact.position, list.fact.field, list.which};
}

}  // namespace

std::vector<std::uint32_t> const& ThresholdClasses::rows_of(Steps word) const {
  auto const found = std::find_if(classes.begin(), classes.end(), [&](auto const& one) { return one.word == word; });
  return found == classes.end() ? otherwise : found->rows;
}

Plan::Parts::Parts(check::Program const& of, evidence::Evidence const& with, values::Symbols& symbols)
    : program(of), evidence(with), dependencies(review::dependencies(of)) {
  intern_constants(symbols);
  join_leaves();
  look_back();
  join_lookups();
  sort_thresholds(symbols);
  read_left_out(symbols);
  tables.resize(program.vocabulary.sources.size());
  for (auto const source : program.sources) {
    if (source >= evidence.releases.size()) continue;
    for (auto const& release : evidence.releases[source]) {
      tables[source].emplace_back(release, program.vocabulary, symbols);
    }
  }
  for (auto const& lookup : lookups) {
    for (auto& table : tables[lookup.source]) {
      if (lookup.open != kNone) table.open(lookup.open);
    }
  }
  for (auto const& value : program.values) {
    auto const* lookup = std::get_if<check::SourceLookup>(&value.node);
    bool const by_place = lookup != nullptr && lookup->column != kNone && lookup->open == kNone &&
                          lookup->where.empty() && is_met_in_passing(lookup->aggregate);
    if (!by_place) continue;
    for (auto& table : tables[lookup->source]) table.place(lookup->column);
  }
  find_other_editions();
}

void Plan::Parts::intern_constants(values::Symbols& symbols) {
  for (auto const& value : program.values) {
    auto const* constant = std::get_if<check::Constant>(&value.node);
    bool const by_text = constant != nullptr && has_text(value.type);
    constants.push_back(by_text ? symbols.intern(constant->text) : constant != nullptr ? constant->steps : 0);
  }
}

void Plan::Parts::join_leaves() {
  std::map<LeafKey, ValueId> first;
  for (ValueId id = 0; id < program.values.size(); ++id) {
    auto const key = leaf_key(program.values[id], constants[id]);
    same_as.push_back(key ? first.emplace(*key, id).first->second : id);
  }
}

void Plan::Parts::look_back() {
  for (auto const& range : program.ranges) horizons.push_back(range.horizon);
  auto const at_least = [this](check::RangeId range, std::uint32_t years) {
    horizons[range] = std::max(horizons[range], years);
  };
  for (auto const& condition : program.conditions) {
    auto const* window = std::get_if<check::Windowed>(&condition.node);
    if (window != nullptr) at_least(window->range, window->within != 0 ? window->within : window->last);
  }
  for (auto const& value : program.values) {
    auto const* aggregate = std::get_if<check::YearsAggregate>(&value.node);
    if (aggregate != nullptr) at_least(aggregate->range, aggregate->last);
  }
}

void Plan::Parts::join_lookups() {
  std::map<std::tuple<vocabulary::SourceId, std::uint32_t, std::vector<BindingKey>>, LookupId> first;
  lookup_of.assign(program.values.size(), kNone);
  for (ValueId id = 0; id < program.values.size(); ++id) {
    auto const* lookup = std::get_if<check::SourceLookup>(&program.values[id].node);
    if (lookup == nullptr) continue;
    LookupKeys made{lookup->source, lookup->keys, lookup->open};
    std::vector<BindingKey> key;
    for (auto& binding : made.keys) {
      if (binding.value != kNone) binding.value = same_as[binding.value];
      key.push_back(binding_key(binding));
    }
    auto const [at, is_new] =
        first.emplace(std::tuple(lookup->source, lookup->open, key), static_cast<LookupId>(lookups.size()));
    if (is_new) lookups.push_back(std::move(made));
    lookup_of[id] = at->second;
  }
}

void Plan::Parts::sort_thresholds(values::Symbols& symbols) {
  for (auto const& threshold : program.thresholds) {
    auto& made = thresholds.emplace_back();
    std::map<Steps, std::vector<std::uint32_t>> classes;
    std::map<check::Step, std::vector<std::uint32_t>> steps;
    for (std::uint32_t i = 0; i < threshold.rows.size(); ++i) {
      auto const& row = threshold.rows[i];
      made.dates.push_back(row.from);
      if (row.through) made.dates.push_back(values::add_days(*row.through, 1));
      bool const by_text = !row.entry && !row.text.empty();
      if (row.step) {
        steps[*row.step].push_back(i);
      } else if (row.otherwise || threshold.by == kNone || (!row.entry && !by_text)) {
        made.otherwise.push_back(i);
      } else {
        classes[by_text ? symbols.intern(row.text) : static_cast<Steps>(*row.entry)].push_back(i);
      }
    }
    auto const by_date = [&](std::uint32_t a, std::uint32_t b) {
      return std::tie(threshold.rows[a].from, a) < std::tie(threshold.rows[b].from, b);
    };
    std::sort(made.otherwise.begin(), made.otherwise.end(), by_date);
    for (auto& [word, rows] : classes) {
      std::sort(rows.begin(), rows.end(), by_date);
      made.classes.push_back({word, std::move(rows)});
    }
    std::sort(made.dates.begin(), made.dates.end());
    made.dates.erase(std::unique(made.dates.begin(), made.dates.end()), made.dates.end());
    for (auto& [step, rows] : steps) std::sort(rows.begin(), rows.end(), by_date);
    if (threshold.by != kNone && vocabulary::is_numeric(program.values[threshold.by].type)) sort_steps(made, steps);
  }
}

void Plan::Parts::sort_steps(ThresholdClasses& made, std::map<check::Step, std::vector<std::uint32_t>> const& steps) {
  for (auto const& [step, rows] : steps) {
    if (step.lowest != values::kNoLowest) made.cuts.push_back(step.lowest);
    if (step.highest != values::kNoHighest) made.cuts.push_back(step.highest + 1);
  }
  std::sort(made.cuts.begin(), made.cuts.end());
  made.cuts.erase(std::unique(made.cuts.begin(), made.cuts.end()), made.cuts.end());
  made.stretches.resize(made.cuts.size() + 1);
  for (std::size_t i = 0; i < made.stretches.size(); ++i) {
    auto const first = i == 0 ? values::kNoLowest : made.cuts[i - 1];
    for (auto const& [step, rows] : steps) {
      if (step.lowest <= first && first <= step.highest) made.stretches[i].push_back(rows);
    }
  }
}

void Plan::Parts::read_left_out(values::Symbols& symbols) {
  for (auto const& list : program.lists) {
    auto& words = left_out.emplace_back();
    for (auto const& text : list.left_out) {
      words.push_back(key_word(list.member, symbols.intern(text), symbols, program.vocabulary));
    }
    std::sort(words.begin(), words.end());
  }
}

void Plan::Parts::find_other_editions() {
  auto const& sources = program.vocabulary.sources;
  held_otherwise.resize(sources.size());
  for (std::size_t id = 0; id < std::min(sources.size(), evidence.releases.size()); ++id) {
    if (!sources[id].is_edition_crosswalk()) continue;
    for (auto const& crosswalk : evidence.releases[id]) {
      for (auto const source : program.sources) {
        for (auto const& table : tables[source]) {
          for (auto& other : evidence::other_editions(program.vocabulary, table.release(), crosswalk)) {
            held_otherwise[source].push_back({&table.release(), &crosswalk, std::move(other)});
          }
        }
      }
    }
  }
}

std::vector<evidence::OtherEdition const*> Plan::Parts::other_editions(vocabulary::SourceId source,
                                                                       values::Date date) const {
  std::vector<evidence::OtherEdition const*> out;
  for (auto const& held : held_otherwise[source]) {
    bool const is_read =
        held.list == evidence.newest(source, date) && held.crosswalk == evidence.newest(held.crosswalk->source, date);
    if (is_read) out.push_back(&held.other);
  }
  return out;
}

TableIndex const* Plan::Parts::table(vocabulary::SourceId source, values::Date date) const {
  if (source >= evidence.releases.size() || tables[source].empty()) return nullptr;
  auto const* newest = evidence.newest(source, date);
  for (auto const& table : tables[source]) {
    if (&table.release() == newest) return &table;
  }
  return nullptr;
}

Plan::Plan(check::Program const& program, evidence::Evidence const& evidence, values::Symbols& symbols)
    : parts_(std::make_unique<Parts>(program, evidence, symbols)) {}
Plan::~Plan() = default;
Plan::Plan(Plan&&) noexcept = default;
check::Program const& Plan::program() const { return parts_->program; }
evidence::Evidence const& Plan::evidence() const { return parts_->evidence; }

}  // namespace waymark::review
