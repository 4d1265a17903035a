// Which rows a lookup names where every combination of keys has its place in one table: places are added up in loops
// over all parts of the batch, and nothing is searched for.
#include <algorithm>
#include <numeric>

#include "engine/review/state.hpp"
#include "engine/review/wide.hpp"

namespace waymark::review {

using check::kNone;

namespace {

using KeyPlaces = TableIndex::KeyPlaces;

constexpr std::uint32_t kUnknownKey = TableIndex::kNoPlace << 3U;  // above any sum of places that are none
static_assert(TableIndex::kMostKeys * std::uint64_t{TableIndex::kNoPlace} < kUnknownKey);
static_assert(TableIndex::kMostKeys * std::uint64_t{kUnknownKey} < std::uint64_t{1} << 32U);

WAYMARK_INLINE std::uint32_t place_of(KeyPlaces const& places, Narrow word) {
  auto const place = places.of(word);
  return word == kNoLowestOf<Narrow> ? kUnknownKey : place;
}

// By row what the key adds to the place in the table.
WAYMARK_WIDE void add_places(KeyPlaces const& places, std::span<Narrow const> lowest, std::span<Narrow const> highest,
                             std::uint32_t* __restrict out) {
  for (std::size_t i = 0; i < lowest.size(); ++i) {
    out[i] += place_of(places, lowest[i] == highest[i] ? lowest[i] : kNoLowestOf<Narrow>);
  }
}
// Of a column in which nothing is unknown.
WAYMARK_WIDE void add_exact_places(KeyPlaces const& places, std::span<Narrow const> words,
                                   std::uint32_t* __restrict out) {
  for (std::size_t i = 0; i < words.size(); ++i) out[i] += places.of(words[i]);
}

// False where a word does not fit in 32 bits, as those of a table with places do.
bool add_places(KeyPlaces const& places, Column const& of, std::span<std::uint32_t> out, Memory& memory) {
  auto const words = of.narrowed(memory);
  if (!words.narrow()) return out.empty();
  auto const ends = words.narrow_ends();
  if (words.is_alike()) {
    std::uint32_t of_all = 0;
    add_places(places, ends.lowest, ends.highest, &of_all);
    for (auto& place : out) place += of_all;
  } else if (words.exact()) {
    add_exact_places(places, ends.lowest, out.data());
  } else {
    add_places(places, ends.lowest, ends.highest, out.data());
  }
  return true;
}

// By part what its word adds to what the other keys of its row come to.
WAYMARK_WIDE void add_words(KeyPlaces const& places, ListParts const& parts, std::span<std::uint32_t const> others,
                            std::uint32_t* __restrict out) {
  for (std::size_t i = 0; i < parts.words.size(); ++i) {
    out[i] = place_of(places, parts.words[i]) + others[parts.row_of[i]];
  }
}

WAYMARK_WIDE void find_at(std::span<std::uint32_t const> rows_at, std::span<std::uint32_t const> places,
                          std::uint32_t* __restrict rows) {
  auto const none = static_cast<std::uint32_t>(rows_at.size() - 1);
  for (std::size_t i = 0; i < places.size(); ++i) rows[i] = rows_at[std::min(places[i], none)];
}

}  // namespace

void LookupRows::find_rows() const {
  auto const rows = by_place_.memory->array<std::uint32_t>(by_place_.places.size());
  find_at(by_place_.table->rows_at(), by_place_.places, rows.data());
  rows_ = rows;
}

void LookupRows::find_missing() {
  auto const& table = *by_place_.table;
  auto const is_untold = [&](std::uint32_t row) { return row != kNoRow && table.is_untold(row); };
  may_be_missing_ = {};
  if (!table.has_untold() || std::none_of(rows().begin(), rows().end(), is_untold)) return;
  auto const missing = by_place_.memory->array<std::uint8_t>(parts());
  for (std::size_t part = 0; part < missing.size(); ++part) missing[part] = is_untold(rows()[part]) ? 1 : 0;
  may_be_missing_ = missing;
}

void LookupRows::take(ByPlace const& found) {
  auto const offsets = found.memory->array<std::uint32_t>(found.places.size() + 1);
  std::iota(offsets.begin(), offsets.end(), 0U);
  ListParts one_each;
  one_each.offsets = offsets;
  one_each.most = 1;
  take(found, one_each);
  one_each_ = true;
}

void LookupRows::take(ByPlace const& found, ListParts const& parts) {
  by_place_ = found;
  offsets_ = parts.offsets;
  rows_ = {};
  and_more_ = parts.and_more;
  by_size_ = parts.by_size;
  one_each_ = false;
  most_parts_ = parts.most;
  find_missing();
}

std::optional<ListParts> const& Run::State::list_parts(check::FactRef const& list, DomainId in) {
  return kept(list_parts_, in, number_of(list), fact_numbers(),
              [&](std::optional<ListParts>& out) { out = find_list_parts(list, in); });
}

std::optional<ListParts> Run::State::find_list_parts(check::FactRef const& list, DomainId in) {
  auto const& column = field_column(list);
  auto const& members = checked(list);
  bool const may_repeat = field(list).quantity.type.kind != vocabulary::Kind::code;
  if (in == kCases && held != nullptr && is_as_submitted(list)) return held->list_parts(column, may_repeat);
  auto const records = in == kCases ? std::nullopt : std::optional(record_rows(list, in));
  return list_parts_of(column, members, records, may_repeat, memory);
}

// Nothing is held under another edition's codes here. At most one key is a list: that of the record. The same as the
// walk finds.
bool Run::State::find_rows_by_place(LookupKeys const& lookup, DomainId in, LookupRows& out) {
  if (lookup.open != kNone || !has_one_moment() || !moments.front().other_editions[lookup.source].empty()) return false;
  auto const* release = table(lookup.source, 0);
  auto const is_list = [](check::KeyBinding const& key) { return key.list.has_value(); };
  auto const list = std::find_if(lookup.keys.begin(), lookup.keys.end(), is_list);
  bool const one_at_most = list == lookup.keys.end() || (list->list->of == check::ListUse::Of::fact &&
                                                         std::none_of(list + 1, lookup.keys.end(), is_list));
  if (release == nullptr || !release->has_places() || !one_at_most) return false;
  auto const others = memory.filled(domain(in).rows, std::uint32_t{0});
  for (std::size_t key = 0; key < lookup.keys.size(); ++key) {
    auto const& binding = lookup.keys[key];
    if (binding.list) continue;
    if (!add_places(release->places(key), value(binding.value, in), others, memory)) return false;
  }
  if (list == lookup.keys.end()) {
    out.take({release, others, kUnknownKey, &memory});
    return true;
  }
  auto const& parts = list_parts(list->list->fact, in);
  if (!parts) return false;
  auto const places = memory.array<std::uint32_t>(parts->words.size());
  add_words(release->places(static_cast<std::size_t>(list - lookup.keys.begin())), *parts, others, places.data());
  out.take({release, places, kUnknownKey, &memory}, *parts);
  return true;
}

}  // namespace waymark::review
