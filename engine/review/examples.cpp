// An example as a batch of one: nothing is known but what it states.
#include <algorithm>

#include "engine/cases/columns.hpp"
#include "engine/review/review.hpp"

namespace waymark::review {

using cases::FieldColumn;
using cases::RecordColumns;
using check::kNone;
using values::Known;
using values::Steps;
using vocabulary::Kind;

namespace {

struct Entry {
  Steps lowest, highest;
  Known known;
};

Entry entry(check::Stated const& stated, vocabulary::Type const& type, Steps lowest, Steps highest,
            values::Symbols& symbols) {
  if (stated.known == Known::bounded) return {stated.lowest, stated.highest, stated.known};
  if (stated.known != Known::exactly) return {lowest, highest, stated.known};
  bool const by_text = type.kind == Kind::code || type.kind == Kind::text;
  auto const word = by_text ? Steps{symbols.intern(stated.text)} : stated.lowest;
  return {word, word, Known::exactly};
}

void insert(FieldColumn& column, std::uint32_t at, Entry const& entry) {
  column.values.lowest.insert(column.values.lowest.begin() + at, entry.lowest);
  column.values.highest.insert(column.values.highest.begin() + at, entry.highest);
  column.values.known.insert(column.values.known.begin() + at, entry.known);
}

void put(FieldColumn& column, std::size_t at, Entry const& entry) {
  column.values.lowest[at] = entry.lowest;
  column.values.highest[at] = entry.highest;
  column.values.known[at] = entry.known;
}

class Facts {
 public:
  Facts(check::Program const& program, ExampleSetting& setting) : words_(program.vocabulary), setting_(setting) {}

  void state(check::Example::StatedFact const& stated) {
    auto const& field = words_.fields[stated.fact.field];
    std::size_t row = 0;
    auto& column = row_column(stated, row);
    switch (cases::layout_of(field)) {
      case cases::Layout::single:
      case cases::Layout::per_choice: {
        auto const at = row * cases::entries_of(field, words_) + stated.entry.value_or(0);
        put(column, at, entry_of(stated.values.at(0), field));
        break;
      }
      case cases::Layout::yearly: put_year(column, row, stated, field); break;
      case cases::Layout::list: put_list(column, row, stated, field); break;
      case cases::Layout::record_list:
        column.list_known[row] = stated.list_missing ? stated.values.at(0).known : Known::exactly;
        break;
      case cases::Layout::record:
        column.presence[row] = stated.none ? FieldColumn::Presence::none : FieldColumn::Presence::unknown;
        break;
    }
  }

 private:
  Entry entry_of(check::Stated const& stated, vocabulary::Field const& field) {
    return entry(stated, field.quantity.type, field.lowest.value_or(values::kNoLowest),
                 field.highest.value_or(values::kNoHighest), setting_.symbols);
  }

  // The column that holds the fact, with the row of its record; a member or a nested record is made where it is named.
  FieldColumn& row_column(check::Example::StatedFact const& stated, std::size_t& row) {
    auto& facts = setting_.batch.facts;
    if (stated.fact.outer == kNone) return facts.fields[stated.fact.position];
    auto& outer = facts.fields[stated.fact.outer];
    auto& members = outer.members.front();
    if (!outer.presence.empty()) {
      outer.presence.front() = FieldColumn::Presence::there;
    } else {
      outer.list_known.front() = Known::exactly;
      row = stated.member_row == kNone ? 0 : stated.member_row;
      while (members.rows <= row) cases::add_missing_row(members, words_);
      outer.offsets.back() = static_cast<std::uint32_t>(members.rows);
    }
    return members.fields[stated.fact.position];
  }

  void put_year(FieldColumn& column, std::size_t row, check::Example::StatedFact const& stated,
                vocabulary::Field const& field) {
    auto const slot = row * cases::entries_of(field, words_) + stated.entry.value_or(0);
    auto const begin = column.years.begin() + column.offsets[slot];
    auto const end = column.years.begin() + column.offsets[slot + 1];
    auto const year = stated.year.value_or(0);
    auto const place = std::lower_bound(begin, end, year);
    auto const at = static_cast<std::uint32_t>(place - column.years.begin());
    if (place != end && *place == year) {
      put(column, at, entry_of(stated.values.at(0), field));
      return;
    }
    column.years.insert(place, year);
    insert(column, at, entry_of(stated.values.at(0), field));
    for (auto i = slot + 1; i < column.offsets.size(); ++i) ++column.offsets[i];
  }

  void put_list(FieldColumn& column, std::size_t row, check::Example::StatedFact const& stated,
                vocabulary::Field const& field) {
    if (stated.list_missing) {
      column.list_known[row] = stated.values.at(0).known;
      return;
    }
    column.list_known[row] = Known::exactly;
    auto members = stated.values;
    if (field.quantity.type.kind == Kind::code) {  // a set, by the codes' texts
      auto const before = [](check::Stated const& a, check::Stated const& b) { return a.text < b.text; };
      auto const same = [](check::Stated const& a, check::Stated const& b) {
        return a.known == Known::exactly && b.known == Known::exactly && a.text == b.text;
      };
      std::stable_sort(members.begin(), members.end(), before);
      members.erase(std::unique(members.begin(), members.end(), same), members.end());
    }
    for (auto const& member : members) {
      insert(column, column.offsets[row + 1], entry_of(member, field));
      for (auto i = row + 1; i < column.offsets.size(); ++i) ++column.offsets[i];
    }
  }

  vocabulary::Vocabulary const& words_;
  ExampleSetting& setting_;
};

// The row of a release with these keys; a new one, of which nothing is known, where there is none.
std::uint32_t row_of(evidence::Table& table, vocabulary::Source const& source,
                     std::vector<values::Symbol> const& keys) {
  for (std::uint32_t row = 0; row < table.rows; ++row) {
    bool same = true;
    for (std::size_t key = 0; key < keys.size(); ++key) same = same && table.keys[key][row] == keys[key];
    if (same) return row;
  }
  for (std::size_t key = 0; key < keys.size(); ++key) table.keys[key].push_back(keys[key]);
  for (std::size_t i = 0; i < source.columns.size(); ++i) {
    table.columns[i].lowest.push_back(source.columns[i].lowest.value_or(values::kNoLowest));
    table.columns[i].highest.push_back(source.columns[i].highest.value_or(values::kNoHighest));
    table.columns[i].known.push_back(Known::not_covered);
  }
  return static_cast<std::uint32_t>(table.rows++);
}

evidence::Table& table_of(ExampleSetting& setting, vocabulary::SourceId id, vocabulary::Source const& source) {
  auto& releases = setting.evidence.releases[id];
  if (releases.empty()) {
    auto& release = releases.emplace_back();
    release.source = id;
    release.entry.source = source.name;
    release.entry.name = "as the example states";
    release.table.keys.resize(source.keys.size());
    release.table.columns.resize(source.columns.size());
    release.table.titles.resize(source.keys.size());
  }
  return releases.front().table;
}

void state_row(check::Example::StatedRow const& stated, vocabulary::Vocabulary const& words, ExampleSetting& setting) {
  auto const& source = words.sources[stated.source];
  auto& table = table_of(setting, stated.source, source);
  // `annual openings not covered`: the release is there and has no such row.
  auto const not_covered = [](auto const& cell) { return cell.second.known == values::Known::not_covered; };
  if (!stated.columns.empty() && std::all_of(stated.columns.begin(), stated.columns.end(), not_covered)) return;
  std::vector<values::Symbol> keys;
  for (auto const& key : stated.keys) keys.push_back(setting.symbols.intern(key));
  auto const row = row_of(table, source, keys);
  if (stated.untold) {
    table.untold.resize(table.rows);
    table.untold[row] = 1;
  }
  for (auto const& cell : stated.columns) {
    auto const& column = source.columns[cell.first];
    auto const made = entry(cell.second, column.quantity.type, column.lowest.value_or(values::kNoLowest),
                            column.highest.value_or(values::kNoHighest), setting.symbols);
    auto& to = table.columns[cell.first];
    to.lowest[row] = made.lowest;
    to.highest[row] = made.highest;
    to.known[row] = made.known;
  }
}

}  // namespace

ExampleSetting set_up(check::Program const& program, check::Example const& example) {
  ExampleSetting out;
  auto const& words = program.vocabulary;
  if (program.reviews_record) {
    out.batch = cases::empty_batch(program.record, words);
    cases::add_missing_row(out.batch.facts, words);
    out.batch.origins.push_back({example.title, 0, ""});
    auto& waivers = out.batch.waivers.emplace_back();
    for (auto const& one : example.recorded_waivers) {
      auto& made = waivers.emplace_back();
      made.waiver = program.waivers[one.waiver].name;
      made.grantor = one.grantor;
      made.from = one.from;
      made.through = one.through;
      if (one.value) made.value = one.value->lowest;
      if (one.value) {
        auto const& type = program.thresholds[program.waivers[one.waiver].threshold].type;
        made.value_text = vocabulary::write_steps(one.value->lowest, type, words);
      }
    }
    Facts facts(program, out);
    for (auto const& fact : example.facts) facts.state(fact);
  }
  out.evidence.releases.resize(words.sources.size());
  for (auto const& row : example.rows) state_row(row, words, out);
  for (auto& releases : out.evidence.releases) {
    for (auto& release : releases) {
      if (!release.table.untold.empty()) release.table.untold.resize(release.table.rows);
      release.table.index();
    }
  }
  out.stated = {example.figures, example.criteria, example.groups, example.waivers};
  return out;
}

}  // namespace waymark::review
