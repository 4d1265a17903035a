// Three bits a truth, and the number of the columns before them, make a key of 64 bits.
#include "engine/review/patterns.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "engine/review/wide.hpp"

namespace waymark::review {
namespace {

constexpr std::size_t kTruthBits = 3;
constexpr std::size_t kOfFirstLevel = 21;  // 63 bits: nothing stands before them
constexpr std::size_t kOfOneLevel = 10;    // 30 bits, beside the 32 of a number

using Truths = std::span<values::Truth const>;

// Several columns at a time, so that a key is not read and written for each.
constexpr std::size_t kAtOnce = 4;

WAYMARK_WIDE void put_bits(std::span<Truths const, kAtOnce> columns, std::size_t shift, std::span<std::uint64_t> keys) {
  auto const* const a = columns[0].data();
  auto const* const b = columns[1].data();
  auto const* const c = columns[2].data();
  auto const* const d = columns[3].data();
  auto* __restrict const out = keys.data();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    auto const bits = static_cast<std::uint32_t>(a[i]) | static_cast<std::uint32_t>(b[i]) << kTruthBits |
                      static_cast<std::uint32_t>(c[i]) << (2 * kTruthBits) |
                      static_cast<std::uint32_t>(d[i]) << (3 * kTruthBits);
    out[i] |= std::uint64_t{bits} << shift;
  }
}
WAYMARK_WIDE void put_bits(Truths truths, std::size_t shift, std::uint64_t* __restrict keys) {
  for (std::size_t i = 0; i < truths.size(); ++i) keys[i] |= std::uint64_t{truths[i]} << shift;
}
void put_bits(std::span<Truths const> columns, std::span<std::uint64_t> keys) {
  std::size_t c = 0;
  for (; c + kAtOnce <= columns.size(); c += kAtOnce) {
    put_bits(columns.subspan(c).first<kAtOnce>(), kTruthBits * c, keys);
  }
  for (; c < columns.size(); ++c) put_bits(columns[c], kTruthBits * c, keys.data());
}

}  // namespace

Patterns::Level::Level() : entries_(64) {}

std::size_t Patterns::Level::slot(std::uint64_t key) const {
  auto const mask = entries_.size() - 1;
  // The highest bits, on which every column has its say.
  auto at = static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> static_cast<unsigned>(std::countl_zero(mask)));
  while (entries_[at].key != key && entries_[at].key != kNoKey) at = (at + 1) & mask;
  return at;
}

Patterns::Id Patterns::Level::number(std::uint64_t key) {
  auto& entry = entries_[slot(key)];
  if (entry.key == key) return entry.id;
  entry = {key, size_++};
  auto const out = entry.id;
  if (2 * std::size_t{size_} > entries_.size()) grow();
  return out;
}

void Patterns::Level::grow() {
  auto const before = std::exchange(entries_, std::vector<Entry>(2 * entries_.size()));
  for (auto const& entry : before) {
    if (entry.key != kNoKey) entries_[slot(entry.key)] = entry;
  }
}

std::span<Patterns::Id const> Patterns::of(std::span<std::span<values::Truth const> const> columns, std::size_t rows,
                                           Memory& memory) {
  auto const out = memory.filled(rows, Id{0});
  auto const beyond = columns.size() - std::min(kOfFirstLevel, columns.size());
  levels_.resize(columns.empty() ? 0 : 1 + (beyond + kOfOneLevel - 1) / kOfOneLevel);
  auto const keys = memory.array<std::uint64_t>(rows);
  for (auto& level : levels_) {
    bool const first = &level == &levels_.front();
    if (first) std::fill(keys.begin(), keys.end(), std::uint64_t{0});
    for (std::size_t row = 0; !first && row < rows; ++row) {
      keys[row] = std::uint64_t{out[row]} << (kTruthBits * kOfOneLevel);
    }
    auto const here = columns.first(std::min(first ? kOfFirstLevel : kOfOneLevel, columns.size()));
    columns = columns.subspan(here.size());
    put_bits(here, keys);
    for (std::size_t row = 0; row < rows; ++row) out[row] = level.number(keys[row]);
  }
  return out;
}

}  // namespace waymark::review
