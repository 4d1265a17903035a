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
constexpr std::uint64_t kNoKey = ~std::uint64_t{0};

WAYMARK_WIDE void put_bits(std::span<values::Truth const> truths, std::size_t shift, std::uint64_t* __restrict keys) {
  for (std::size_t i = 0; i < truths.size(); ++i) keys[i] |= std::uint64_t{truths[i]} << shift;
}

}  // namespace

Patterns::Level::Level() : keys_(64, kNoKey), ids_(64) {}

std::size_t Patterns::Level::slot(std::uint64_t key) const {
  auto const mask = keys_.size() - 1;
  // The highest bits, on which every column has its say.
  auto at = static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> static_cast<unsigned>(std::countl_zero(mask)));
  while (keys_[at] != key && keys_[at] != kNoKey) at = (at + 1) & mask;
  return at;
}

Patterns::Id Patterns::Level::number(std::uint64_t key) {
  auto const at = slot(key);
  if (keys_[at] == key) return ids_[at];
  keys_[at] = key;
  ids_[at] = size_++;
  auto const out = ids_[at];
  if (2 * std::size_t{size_} > keys_.size()) grow();
  return out;
}

void Patterns::Level::grow() {
  auto const keys = std::exchange(keys_, std::vector<std::uint64_t>(2 * keys_.size(), kNoKey));
  auto const ids = std::exchange(ids_, std::vector<Id>(keys_.size()));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] == kNoKey) continue;
    auto const at = slot(keys[i]);
    keys_[at] = keys[i];
    ids_[at] = ids[i];
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
    for (std::size_t c = 0; c < here.size(); ++c) put_bits(here[c], kTruthBits * c, keys.data());
    for (std::size_t row = 0; row < rows; ++row) out[row] = level.number(keys[row]);
  }
  return out;
}

}  // namespace waymark::review
