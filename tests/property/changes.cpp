// Each change is made on the plain values, so that it is plain that nothing else changes.
#include "tests/property/changes.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace waymark::property {

using vocabulary::Field;
using vocabulary::Kind;
using vocabulary::Vocabulary;

namespace {

using Changes = std::vector<std::function<void()>>;

void collect(RecordFacts& facts, vocabulary::RecordId record, Vocabulary const& words, Changes& out);

void collect(FieldFacts& facts, Field const& field, Vocabulary const& words, Changes& out) {
  auto const& type = field.quantity.type;
  if (type.list) {
    if (facts.list_known == values::Known::exactly) {
      out.emplace_back([&facts] {
        facts.list_known = values::Known::not_submitted;
        facts.cells.clear();
        facts.members.clear();
      });
    }
  } else {
    for (auto& cell : facts.cells) {
      if (cell.known == values::Known::exactly) out.emplace_back([&] { cell = missing_cell(field); });
    }
    for (auto& years : facts.years) {
      for (auto const& [year, cell] : years) out.emplace_back([&years, at = year] { years.erase(at); });
    }
  }
  if (type.kind == Kind::record) {
    for (auto& member : facts.members) collect(member, type.which, words, out);
  }
  if (type.kind == Kind::record && !type.list && facts.presence != cases::FieldColumn::Presence::unknown) {
    out.emplace_back([&] {
      facts.presence = cases::FieldColumn::Presence::unknown;
      auto const& fields = words.records[type.which].fields;
      for (std::size_t i = 0; i < fields.size(); ++i) {
        facts.members.front().fields[i].cells = {missing_cell(words.fields[fields[i]])};
      }
    });
  }
}

void collect(RecordFacts& facts, vocabulary::RecordId record, Vocabulary const& words, Changes& out) {
  auto const& fields = words.records[record].fields;
  for (std::size_t i = 0; i < fields.size(); ++i) collect(facts.fields[i], words.fields[fields[i]], words, out);
}

}  // namespace

std::optional<Submission> without_one_fact(Submission const& submission, Vocabulary const& words, Random& random) {
  auto out = submission;
  Changes changes;
  collect(out.facts, kPathway, words, changes);
  if (changes.empty()) return std::nullopt;
  random.pick(changes)();
  return out;
}

namespace {

void remove_row(evidence::Table& table, std::size_t row) {
  auto const erase = [&](auto& items) { items.erase(items.begin() + static_cast<std::ptrdiff_t>(row)); };
  evidence::Table out;  // indexed anew
  out.titles = table.titles;
  out.keys = table.keys;
  out.columns = table.columns;
  out.rows = table.rows - 1;
  out.rows_lost = table.rows_lost;
  for (auto& key : out.keys) erase(key);
  for (auto& column : out.columns) {
    erase(column.lowest);
    erase(column.highest);
    erase(column.known);
  }
  out.index();
  table = std::move(out);
}

}  // namespace

std::optional<evidence::Evidence> without_one_cell(evidence::Evidence const& evidence, check::Program const& program,
                                                   Random& random) {
  auto const& words = program.vocabulary;
  auto out = evidence;
  Changes changes;
  for (auto& releases : out.releases) {
    for (auto& release : releases) {
      auto const& columns = words.sources[release.source].columns;
      auto& table = release.table;
      for (std::size_t row = 0; row < table.rows && !columns.empty(); ++row) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
          changes.emplace_back([&, row, c] {
            table.columns[c].lowest[row] = columns[c].lowest.value_or(values::kNoLowest);
            table.columns[c].highest[row] = columns[c].highest.value_or(values::kNoHighest);
            table.columns[c].known[row] = values::Known::suppressed;
          });
        }
        bool const is_member = std::any_of(program.lists.begin(), program.lists.end(),
                                           [&](auto const& list) { return list.source == release.source; });
        if (!is_member) changes.emplace_back([&, row] { remove_row(table, row); });
      }
    }
  }
  if (changes.empty()) return std::nullopt;
  random.pick(changes)();
  return out;
}

Submission with_lists_shuffled(Submission const& submission, Vocabulary const& words, Random& random) {
  auto out = submission;
  auto const& fields = words.records[kPathway].fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    auto const& type = words.fields[fields[i]].quantity.type;
    if (!type.list || type.kind == Kind::code) continue;
    random.shuffle(out.facts.fields[i].cells);
    random.shuffle(out.facts.fields[i].members);
  }
  random.shuffle(out.waivers);
  return out;
}

namespace {

// A new order of `count` things: where each stands now.
std::vector<std::uint32_t> some_order(std::size_t count, Random& random) {
  std::vector<std::uint32_t> out(count);
  std::iota(out.begin(), out.end(), 0U);
  random.shuffle(out);
  return out;
}

template <class T>
void reorder(std::vector<T>& items, std::vector<std::uint32_t> const& order) {
  auto const before = items;
  for (std::size_t i = 0; i < items.size(); ++i) items[order[i]] = before[i];
}

}  // namespace

Reordered reordered(check::Program const& program, Random& random) {
  Reordered out{program, some_order(program.criteria.size(), random)};
  auto& changed = out.program;
  auto const thresholds = some_order(program.thresholds.size(), random);
  auto const groups = some_order(program.groups.size(), random);
  reorder(changed.criteria, out.criteria);
  reorder(changed.thresholds, thresholds);
  reorder(changed.groups, groups);
  for (auto& group : changed.groups) {
    for (auto& id : group.criteria) id = out.criteria[id];
    random.shuffle(group.criteria);
  }
  for (auto& waiver : changed.waivers) {
    for (auto& id : waiver.waives) id = out.criteria[id];
    if (waiver.threshold != check::kNone) waiver.threshold = thresholds[waiver.threshold];
  }
  for (auto& value : changed.values) {
    if (auto* named = std::get_if<check::ThresholdRef>(&value.node)) named->threshold = thresholds[named->threshold];
  }
  for (auto& condition : changed.conditions) {
    if (auto* state = std::get_if<check::CriterionState>(&condition.node)) {
      state->criterion = out.criteria[state->criterion];
    }
    if (auto* count = std::get_if<check::GroupCount>(&condition.node)) count->group = groups[count->group];
    if (auto* junction = std::get_if<check::Junction>(&condition.node)) random.shuffle(junction->items);
    if (auto* matches = std::get_if<check::Matches>(&condition.node)) random.shuffle(matches->options);
  }
  random.shuffle(changed.decisions);
  random.shuffle(changed.reports);
  return out;
}

}  // namespace waymark::property
