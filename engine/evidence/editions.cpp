// Codes between editions, from released crosswalks and tables.
#include "engine/evidence/editions.hpp"

#include <algorithm>

namespace waymark::evidence {
namespace {

void add_once(std::vector<values::Symbol>& codes, values::Symbol code) {
  if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
}

}  // namespace

Editions::Editions(vocabulary::Vocabulary const& vocabulary, Evidence const& evidence, values::Date date) {
  for (std::size_t i = 0; i < vocabulary.sources.size(); ++i) {
    auto const& source = vocabulary.sources[i];
    auto const* release = evidence.newest(static_cast<vocabulary::SourceId>(i), date);
    if (release == nullptr) continue;
    if (source.lists_all) add_table(source, release->table);
    if (source.is_edition_crosswalk()) add_crosswalk(source, release->table);
  }
}

void Editions::add_table(vocabulary::Source const& source, Table const& table) {
  auto const& all = *source.lists_all;
  auto const lists_it = [&](vocabulary::SourceKey const& key) { return key.type == all; };
  auto const key = std::find_if(source.keys.begin(), source.keys.end(), lists_it);
  if (key == source.keys.end()) return;
  auto const& codes = table.keys[static_cast<std::size_t>(key - source.keys.begin())];
  Edition const edition{all.system, all.edition};
  tables_[edition].insert(codes.begin(), codes.end());
  seen_[edition].insert(codes.begin(), codes.end());
}

void Editions::add_crosswalk(vocabulary::Source const& source, Table const& table) {
  auto const edition = [&](std::size_t key) {
    return Edition{source.keys[key].type.system, source.keys[key].type.edition};
  };
  auto const first = edition(0);
  auto const second = edition(1);
  auto& forward = crosswalks_[{first, second}];
  auto& backward = crosswalks_[{second, first}];
  for (std::size_t row = 0; row < table.rows; ++row) {
    auto const a = table.keys[0][row];
    auto const b = table.keys[1][row];
    add_once(forward[a], b);
    add_once(backward[b], a);
    seen_[first].insert(a);
    seen_[second].insert(b);
  }
}

std::vector<values::Symbol> Editions::successors(values::CodeSystem system, values::Symbol code, std::uint16_t from,
                                                 std::uint16_t to) const {
  auto const crosswalk = crosswalks_.find({{system, from}, {system, to}});
  if (crosswalk == crosswalks_.end()) return {};
  auto const renamed = crosswalk->second.find(code);
  return renamed == crosswalk->second.end() ? std::vector<values::Symbol>() : renamed->second;
}

bool Editions::has_table(vocabulary::Type const& type) const { return tables_.contains({type.system, type.edition}); }

std::optional<bool> Editions::table(vocabulary::Type const& type, values::Symbol code) const {
  auto const found = tables_.find({type.system, type.edition});
  if (found == tables_.end()) return std::nullopt;
  return found->second.contains(code);
}

std::optional<std::uint16_t> Editions::edition_of(values::CodeSystem system, values::Symbol code,
                                                  std::uint16_t asked) const {
  std::optional<std::uint16_t> latest;
  if (auto const own = seen_.find({system, asked}); own != seen_.end() && own->second.contains(code)) return latest;
  for (auto const& [edition, codes] : seen_) {  // ascending
    if (edition.first == system && edition.second != asked && edition.second != 0 && codes.contains(code)) {
      latest = edition.second;
    }
  }
  return latest;
}

namespace {

bool same_edition(vocabulary::Type const& a, vocabulary::Type const& b) {
  return a.kind == b.kind && a.system == b.system && a.edition == b.edition;
}

// `side` is the key of the crosswalk that has the edition of the list's key.
OtherEdition other_edition(Release const& list, std::size_t key, Release const& crosswalk, std::size_t side) {
  OtherEdition out;
  out.key = key;
  auto const other = 1 - side;
  for (auto const code : list.table.keys[key]) {
    bool const in_own = !crosswalk.table.rows_with(side, code).empty();
    if (!in_own && !crosswalk.table.rows_with(other, code).empty()) add_once(out.codes, code);
  }
  if (out.codes.empty()) return out;
  for (std::size_t row = 0; row < crosswalk.table.rows; ++row) {
    auto const partner = crosswalk.table.keys[other][row];
    if (list.table.rows_with(key, partner).empty()) continue;
    add_once(out.partners[crosswalk.table.keys[side][row]], partner);
  }
  return out;
}

}  // namespace

std::vector<OtherEdition> other_editions(vocabulary::Vocabulary const& vocabulary, Release const& list,
                                         Release const& crosswalk) {
  std::vector<OtherEdition> out;
  auto const& source = vocabulary.sources[list.source];
  auto const& between = vocabulary.sources[crosswalk.source];
  if (!source.is_list() || !between.is_edition_crosswalk()) return out;
  for (std::size_t key = 0; key < source.keys.size(); ++key) {
    for (std::size_t side = 0; side < 2; ++side) {
      if (!same_edition(source.keys[key].type, between.keys[side].type)) continue;
      auto found = other_edition(list, key, crosswalk, side);
      found.edition = between.keys[1 - side].type.edition;
      found.crosswalk = crosswalk.source;
      if (!found.codes.empty()) out.push_back(std::move(found));
    }
  }
  return out;
}

}  // namespace waymark::evidence
