// Which rows a lookup names where every combination of keys has its place in one table: places are added up in loops
// over all parts of the batch, and nothing is searched for.
#include <algorithm>
#include <functional>
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

WAYMARK_INLINE std::uint32_t place_of(KeyPlaces const& places, Steps word) {
  auto const place = places.of(word);
  return word == values::kNoLowest ? kUnknownKey : place;
}

// By row what the key adds to the place in the table.
WAYMARK_WIDE void add_places(KeyPlaces const& places, std::span<Steps const> lowest, std::span<Steps const> highest,
                             std::uint32_t* __restrict out) {
  for (std::size_t i = 0; i < lowest.size(); ++i) {
    out[i] += place_of(places, lowest[i] == highest[i] ? lowest[i] : values::kNoLowest);
  }
}
// Of a column in which nothing is unknown.
WAYMARK_WIDE void add_exact_places(KeyPlaces const& places, std::span<Steps const> words,
                                   std::uint32_t* __restrict out) {
  for (std::size_t i = 0; i < words.size(); ++i) out[i] += places.of(words[i]);
}

void add_places(KeyPlaces const& places, Column const& words, std::span<std::uint32_t> out) {
  if (!words.is_alike() && words.exact()) return add_exact_places(places, words.lowest(), out.data());
  if (!words.is_alike()) return add_places(places, words.lowest(), words.highest(), out.data());
  std::uint32_t of_all = 0;
  if (!out.empty()) add_places(places, words.lowest(), words.highest(), &of_all);
  for (auto& place : out) place += of_all;
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

WAYMARK_WIDE void find_states(std::span<std::uint32_t const> places, std::uint32_t const* __restrict rows,
                              PartState absent, PartState* __restrict states) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto const without = places[i] >= kUnknownKey ? PartState::key_unknown : absent;
    states[i] = rows[i] != kNoRow ? PartState::row : without;
  }
}

// Nothing is held under another edition's codes here.
void fill_rows(TableIndex const& table, std::span<std::uint32_t const> places, LookupRows& out) {
  out.rows.resize(places.size());
  out.states.resize(places.size());
  out.may_be_missing.assign(places.size(), 0);
  find_at(table.rows_at(), places, out.rows.data());
  find_states(places, out.rows.data(), table.rows_lost() ? PartState::row_lost : PartState::no_row, out.states.data());
  out.some_missing = false;
  for (std::size_t part = 0; table.has_untold() && part < out.rows.size(); ++part) {
    auto const row = out.rows[part];
    if (row == kNoRow || !table.is_untold(row)) continue;
    out.may_be_missing[part] = 1;
    out.some_missing = true;
  }
}

// How many rows are written at once: those of longer lists are the exception.
constexpr std::uint32_t kAtOnce = 8;

// By part its row. What is written too far is written again for the next row.
Rows rows_of_parts(Rows offsets, Memory& memory) {
  auto const parts = offsets.back();
  auto const out = memory.array<std::uint32_t>(parts + std::size_t{kAtOnce});
  for (std::uint32_t row = 0; row + 1 < offsets.size(); ++row) {
    auto* const at = out.data() + offsets[row];
    for (std::uint32_t i = 0; i < kAtOnce; ++i) at[i] = row;
    for (auto i = kAtOnce; i < offsets[row + 1] - offsets[row]; ++i) at[i] = row;
  }
  return out.first(parts);
}

// What is not exactly known is kNoLowest.
WAYMARK_WIDE void exact_words(std::span<Steps const> lowest, Steps const* highest, Steps* __restrict out) {
  for (std::size_t i = 0; i < lowest.size(); ++i) out[i] = lowest[i] == highest[i] ? lowest[i] : values::kNoLowest;
}

std::uint32_t most_of(Rows offsets) {
  std::uint32_t out = 0;
  for (std::size_t row = 0; row + 1 < offsets.size(); ++row) out = std::max(out, offsets[row + 1] - offsets[row]);
  return out;
}

constexpr std::uint32_t kFewMembers = 32;  // as far back as all parts are compared at once

// Marks known words that stood `back` parts before in the same row; whether there are any.
WAYMARK_WIDE bool mark_repetitions(ListParts const& parts, std::size_t back, std::uint8_t* __restrict repeated) {
  auto const* const words = parts.words.data();
  auto const* const row_of = parts.row_of.data();
  std::uint8_t some = 0;
  for (std::size_t i = back; i < parts.words.size(); ++i) {
    bool const same = (words[i] == words[i - back]) & (words[i] != values::kNoLowest);
    auto const again = static_cast<std::uint8_t>((same & (row_of[i] == row_of[i - back])) ? 1 : 0);
    repeated[i] |= again;
    some |= again;
  }
  return some != 0;
}

bool mark_repetitions(ListParts const& parts, std::span<std::uint8_t> repeated) {
  bool some = false;
  for (std::size_t back = 1; back < std::min(parts.most, kFewMembers); ++back) {
    some = mark_repetitions(parts, back, repeated.data()) || some;
  }
  for (std::size_t row = 0; parts.most > kFewMembers && row + 1 < parts.offsets.size(); ++row) {
    auto const here = parts.words.subspan(parts.offsets[row], parts.offsets[row + 1] - parts.offsets[row]);
    for (std::size_t i = kFewMembers; i < here.size(); ++i) {
      auto const before = here.first(i);
      bool const again =
          here[i] != values::kNoLowest && std::find(before.begin(), before.end(), here[i]) != before.end();
      if (again) repeated[parts.offsets[row] + i] = 1;
      some = some || again;
    }
  }
  return some;
}

// A text that a list gives twice is one part.
void drop_repetitions(ListParts& parts, Memory& memory) {
  auto const repeated = memory.filled(parts.words.size(), std::uint8_t{0});
  if (!mark_repetitions(parts, repeated)) return;
  auto const kept_before = memory.array<std::uint32_t>(repeated.size() + 1);
  auto const words = memory.array<Steps>(repeated.size());
  auto const row_of = memory.array<std::uint32_t>(repeated.size());
  std::uint32_t kept = 0;
  for (std::size_t i = 0; i < repeated.size(); ++i) {
    kept_before[i] = kept;
    words[kept] = parts.words[i];
    row_of[kept] = parts.row_of[i];
    kept += 1U - repeated[i];
  }
  kept_before.back() = kept;
  auto const offsets = memory.array<std::uint32_t>(parts.offsets.size());
  for (std::size_t row = 0; row < offsets.size(); ++row) offsets[row] = kept_before[parts.offsets[row]];
  parts.offsets = offsets;
  parts.words = words.first(kept);
  parts.row_of = row_of.first(kept);
  parts.most = most_of(offsets);
}

// Eight counts in one word, a byte each, so that a count does not wait for the one before to come back from memory.
class EightCounts {
 public:
  static constexpr std::size_t kMost = 255;
  std::uint32_t of(std::uint32_t size) const { return (all_ >> (8 * size)) & 0xFFU; }
  void count(std::uint32_t size) { all_ += std::uint64_t{1} << (8 * size); }

 private:
  std::uint64_t all_ = 0;
};
static_assert(BySize::kLargest + 1 == 8);

BySize by_size(Rows offsets, Memory& memory) {
  BySize out;
  auto const rows = offsets.size() - 1;
  auto const sizes = memory.array<std::uint8_t>(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    sizes[row] = static_cast<std::uint8_t>(std::min(offsets[row + 1] - offsets[row], BySize::kLargest));
  }
  auto const each_stretch = [&](auto visit) {
    for (std::size_t begin = 0; begin < rows; begin += EightCounts::kMost) {
      visit(begin, std::min(begin + EightCounts::kMost, rows));
    }
  };
  each_stretch([&](std::size_t begin, std::size_t end) {
    EightCounts counts;
    for (auto row = begin; row < end; ++row) counts.count(sizes[row]);
    for (std::uint32_t size = 0; size <= BySize::kLargest; ++size) out.begin[size + 1] += counts.of(size);
  });
  for (std::size_t i = 1; i < out.begin.size(); ++i) out.begin[i] += out.begin[i - 1];
  auto next = out.begin;
  auto const order = memory.array<std::uint32_t>(rows);
  each_stretch([&](std::size_t begin, std::size_t end) {
    EightCounts counts;
    for (auto row = begin; row < end; ++row) {
      order[next[sizes[row]] + counts.of(sizes[row])] = static_cast<std::uint32_t>(row);
      counts.count(sizes[row]);
    }
    for (std::uint32_t size = 0; size <= BySize::kLargest; ++size) next[size] += counts.of(size);
  });
  out.order = order;
  return out;
}

}  // namespace

ListParts const& Run::State::list_parts(check::FactRef const& list, DomainId in) {
  return kept(list_parts_, in, number_of(list), fact_numbers(),
              [&](ListParts& out) { out = find_list_parts(list, in); });
}

// Of the cases themselves it is what the batch holds, nearly always as it stands there.
ListParts Run::State::find_list_parts(check::FactRef const& list, DomainId in) {
  auto const& column = field_column(list);
  auto const& values = checked(list);
  auto const records = record_rows(list, in);
  std::span<Steps const> words = values.lowest;
  if (!is_exact(values)) {
    auto const exact = memory.array<Steps>(words.size());
    exact_words(words, values.highest.data(), exact.data());
    words = exact;
  }
  ListParts out;
  out.offsets = column.offsets;
  out.words = words;
  if (in != kCases) {
    auto const offsets = memory.array<std::uint32_t>(records.size() + 1);
    offsets[0] = 0;
    for (std::size_t row = 0; row < records.size(); ++row) {
      offsets[row + 1] = offsets[row] + column.offsets[records[row] + 1] - column.offsets[records[row]];
    }
    auto const of_rows = memory.array<Steps>(offsets.back());
    for (std::size_t row = 0; row < records.size(); ++row) {
      auto const here = words.subspan(column.offsets[records[row]], offsets[row + 1] - offsets[row]);
      std::copy(here.begin(), here.end(), of_rows.begin() + offsets[row]);
    }
    out.offsets = offsets;
    out.words = of_rows;
  }
  out.row_of = rows_of_parts(out.offsets, memory);
  out.most = most_of(out.offsets);
  bool const may_repeat = field(list).quantity.type.kind != vocabulary::Kind::code;
  if (may_repeat) drop_repetitions(out, memory);
  out.by_size = by_size(out.offsets, memory);
  auto const more = memory.array<std::uint8_t>(records.size());
  auto const has_more = [](values::Known known) {
    return known != values::Known::exactly ? std::uint8_t{1} : std::uint8_t{0};
  };
  if (in == kCases) std::transform(column.list_known.begin(), column.list_known.end(), more.begin(), has_more);
  for (std::size_t row = 0; in != kCases && row < more.size(); ++row) {
    more[row] = has_more(column.list_known[records[row]]);
  }
  out.and_more = more;
  return out;
}

// At most one key is a list: that of the record. The same as the walk finds.
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
    if (!binding.list) add_places(release->places(key), value(binding.value, in), others);
  }
  if (list == lookup.keys.end()) {
    out.by_size = {};
    out.one_each = true;
    out.most_parts = 1;
    out.offsets.resize(others.size() + 1);
    std::iota(out.offsets.begin(), out.offsets.end(), 0U);
    out.and_more.assign(others.size(), 0);
    fill_rows(*release, others, out);
    return true;
  }
  auto const& parts = list_parts(list->list->fact, in);
  out.by_size = parts.by_size;
  out.one_each = false;
  out.most_parts = parts.most;
  out.offsets.assign(parts.offsets.begin(), parts.offsets.end());
  out.and_more.assign(parts.and_more.begin(), parts.and_more.end());
  auto const places = memory.array<std::uint32_t>(parts.words.size());
  add_words(release->places(static_cast<std::size_t>(list - lookup.keys.begin())), parts, others, places.data());
  fill_rows(*release, places, out);
  return true;
}

}  // namespace waymark::review
