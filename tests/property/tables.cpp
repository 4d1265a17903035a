// Every combination of keys has a row or has none; every cell is exact, bounded or missing for a reason.
#include "tests/property/tables.hpp"

#include <algorithm>
#include <numeric>

namespace waymark::property {

using vocabulary::Kind;
using vocabulary::Source;
using vocabulary::SourceColumn;
using vocabulary::Vocabulary;

namespace {

std::vector<std::string> texts_of(vocabulary::SourceKey const& key, Vocabulary const& words) {
  if (key.type.kind == Kind::code) return occupations();
  if (key.type.kind == Kind::text) return key.name == "region" ? regions() : credentials();
  std::vector<std::string> out;
  if (key.type.kind == Kind::choice) {
    for (auto const& entry : words.choices[key.type.which].entries) out.push_back(entry.shown);
  } else {
    for (values::Steps year = 2017; year < 2027; ++year) out.push_back(evidence::key_text(key.type, year, words));
  }
  return out;
}

class Filler {
 public:
  Filler(Source const& source, Vocabulary const& words, values::Symbols& symbols, Random& random)
      : source_(source), words_(words), symbols_(symbols), random_(random) {}

  evidence::Table table() {
    table_.keys.resize(source_.keys.size());
    table_.titles.resize(source_.keys.size());
    table_.columns.resize(source_.columns.size());
    // A crosswalk has few pairs, so that some codes stand on one side only.
    share_ = static_cast<unsigned>(random_.pick(source_.is_edition_crosswalk() ? std::vector<int>{5, 10, 15, 25}
                                                : source_.lists_all            ? std::vector<int>{60, 80, 90}
                                                                               : std::vector<int>{0, 40, 70, 70, 95}));
    table_.rows_lost = random_.chance(8);
    rows({});
    return std::move(table_);
  }

 private:
  void rows(std::vector<values::Symbol> const& keys) {
    if (keys.size() < source_.keys.size()) {
      auto texts = texts_of(source_.keys[keys.size()], words_);
      random_.shuffle(texts);
      for (auto const& text : texts) {
        auto longer = keys;
        longer.push_back(symbols_.intern(text));
        rows(longer);
      }
      return;
    }
    if (!random_.chance(share_)) return;
    for (std::size_t i = 0; i < keys.size(); ++i) table_.keys[i].push_back(keys[i]);
    if (!source_.untold.empty()) table_.untold.push_back(random_.chance(25) ? 1 : 0);
    bool const silent = random_.chance(15);  // a row in which everything is withheld, or nothing is out yet
    silence_ = random_.chance(50) ? values::Known::suppressed : values::Known::not_yet_published;
    for (std::size_t i = 0; i < source_.columns.size(); ++i) cell(source_.columns[i], table_.columns[i], silent);
    ++table_.rows;
  }

  void add(evidence::Column& column, values::Steps lowest, values::Steps highest, values::Known known) {
    column.lowest.push_back(lowest);
    column.highest.push_back(highest);
    column.known.push_back(known);
  }

  void cell(SourceColumn const& declared, evidence::Column& column, bool silent) {
    auto const lowest = declared.lowest.value_or(values::kNoLowest);
    auto const highest = declared.highest.value_or(values::kNoHighest);
    auto const way = random_.below(100);
    if (silent) return add(column, lowest, highest, silence_);
    if (way < 10) return add(column, lowest, highest, values::Known::suppressed);
    if (way < 15) return add(column, lowest, highest, values::Known::not_yet_published);
    if (way < 20) return add(column, lowest, highest, values::Known::not_covered);
    auto const& type = declared.quantity.type;
    auto const steps = std::clamp(some_steps(type, declared.may_be_negative, words_, random_), lowest, highest);
    bool const number = vocabulary::is_numeric(type);
    if (number && way < 26) return add(column, steps, highest, values::Known::bounded);
    if (number && way < 32) return add(column, steps, std::min(highest, steps + 9), values::Known::bounded);
    add(column, steps, steps, values::Known::exactly);
  }

  Source const& source_;
  Vocabulary const& words_;
  values::Symbols& symbols_;
  Random& random_;
  unsigned share_ = 0;  // percent of the combinations that have a row
  values::Known silence_ = values::Known::suppressed;
  evidence::Table table_;
};

}  // namespace

evidence::Evidence some_evidence(Vocabulary const& words, values::Symbols& symbols, Random& random) {
  evidence::Evidence out;
  out.releases.resize(words.sources.size());
  for (vocabulary::SourceId id = 0; id < words.sources.size(); ++id) {
    // Where no table of an edition is at hand, no code is outside: that is the rule, and the others are looked at
    // there.
    auto const none = words.sources[id].lists_all ? 65U : 5U;
    auto const count = random.chance(none) ? 0 : random.chance(30) ? 2 : 1;
    for (int i = 0; i < count; ++i) {
      auto& release = out.releases[id].emplace_back();
      release.source = id;
      release.entry.source = words.sources[id].name;
      release.entry.name = i == 0 ? "first" : "second";
      if (i == 1) release.entry.released = values::date_of(2025, 1, 1);
      release.table = Filler(words.sources[id], words, symbols, random).table();
      release.table.index();
    }
  }
  return out;
}

evidence::Evidence with_rows_shuffled(evidence::Evidence const& evidence, Random& random) {
  auto out = evidence;
  for (auto& releases : out.releases) {
    for (auto& release : releases) {
      auto const& before = release.table;
      std::vector<std::size_t> order(before.rows);
      std::iota(order.begin(), order.end(), std::size_t{0});
      random.shuffle(order);
      evidence::Table table;
      table.rows = before.rows;
      table.rows_lost = before.rows_lost;
      table.titles = before.titles;
      table.keys.resize(before.keys.size());
      table.columns.resize(before.columns.size());
      for (auto const row : order) {
        if (!before.untold.empty()) table.untold.push_back(before.untold[row]);
        for (std::size_t k = 0; k < before.keys.size(); ++k) table.keys[k].push_back(before.keys[k][row]);
        for (std::size_t c = 0; c < before.columns.size(); ++c) {
          table.columns[c].lowest.push_back(before.columns[c].lowest[row]);
          table.columns[c].highest.push_back(before.columns[c].highest[row]);
          table.columns[c].known.push_back(before.columns[c].known[row]);
        }
      }
      table.index();
      release.table = std::move(table);
    }
  }
  return out;
}

}  // namespace waymark::property
