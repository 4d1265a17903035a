// Facts as columns; the members of lists as parts of lookups: which row each is of, a text once, rows by how many they
// have.
#include "engine/review/list_parts.hpp"

#include <algorithm>

#include "engine/review/wide.hpp"

namespace waymark::review {

namespace {

// What is known exactly has equal ends: a byte for each is read instead of sixteen.
bool is_exact(cases::FactColumn const& column) {
  return std::all_of(column.known.begin(), column.known.end(),
                     [](values::Known known) { return known == values::Known::exactly; });
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

// What is not exactly known has no lowest end.
WAYMARK_WIDE void exact_words(std::span<Narrow const> lowest, Narrow const* highest, Narrow* __restrict out) {
  for (std::size_t i = 0; i < lowest.size(); ++i) {
    out[i] = lowest[i] == highest[i] ? lowest[i] : kNoLowestOf<Narrow>;
  }
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
    bool const same = (words[i] == words[i - back]) & (words[i] != kNoLowestOf<Narrow>);
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
          here[i] != kNoLowestOf<Narrow> && std::find(before.begin(), before.end(), here[i]) != before.end();
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
  auto const words = memory.array<Narrow>(repeated.size());
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

// By row of the domain, one record each, the members of that record.
ListParts of_records(ListParts const& all, Rows records, Memory& memory) {
  auto const offsets = memory.array<std::uint32_t>(records.size() + 1);
  offsets[0] = 0;
  for (std::size_t row = 0; row < records.size(); ++row) {
    offsets[row + 1] = offsets[row] + all.offsets[records[row] + 1] - all.offsets[records[row]];
  }
  auto const words = memory.array<Narrow>(offsets.back());
  for (std::size_t row = 0; row < records.size(); ++row) {
    auto const here = all.words.subspan(all.offsets[records[row]], offsets[row + 1] - offsets[row]);
    std::copy(here.begin(), here.end(), words.begin() + offsets[row]);
  }
  auto out = all;
  out.offsets = offsets;
  out.words = words;
  return out;
}

// By row of the domain, whether its list has members that are not known.
std::span<std::uint8_t const> with_more(std::span<values::Known const> known, std::optional<Rows> records,
                                        Memory& memory) {
  auto const is_all = [](values::Known one) { return one == values::Known::exactly; };
  if (std::all_of(known.begin(), known.end(), is_all)) return {};
  auto const out = memory.array<std::uint8_t>(records ? records->size() : known.size());
  for (std::size_t row = 0; row < out.size(); ++row) out[row] = is_all(known[records ? (*records)[row] : row]) ? 0 : 1;
  return out;
}

}  // namespace

Column column_of(cases::FactColumn const& values, Memory& memory) {
  bool const exact = is_exact(values);
  return Column::of(values.lowest, exact ? std::span<Steps const>() : std::span<Steps const>(values.highest))
      .narrowed(memory);
}

std::optional<ListParts> list_parts_of(cases::FieldColumn const& column, cases::FactColumn const& members,
                                       std::optional<Rows> records, bool may_repeat, Memory& memory) {
  auto const words = column_of(members, memory);
  if (!words.narrow() && words.size() != 0) return std::nullopt;
  auto const ends = words.narrow_ends();
  ListParts out;
  out.offsets = column.offsets;
  out.words = ends.lowest;
  if (!words.exact()) {
    auto const exact = memory.array<Narrow>(ends.lowest.size());
    exact_words(ends.lowest, ends.highest.data(), exact.data());
    out.words = exact;
  }
  if (records) out = of_records(out, *records, memory);
  out.row_of = rows_of_parts(out.offsets, memory);
  out.most = most_of(out.offsets);
  if (may_repeat) drop_repetitions(out, memory);
  out.by_size = by_size(out.offsets, memory);
  out.and_more = with_more(column.list_known, records, memory);
  return out;
}

}  // namespace waymark::review
