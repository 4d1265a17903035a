// Connectives, column by column: what `all of` comes to is made of what its items have in common, bit by bit.
#include <algorithm>
#include <array>

#include "engine/review/state.hpp"
#include "engine/review/wide.hpp"

namespace waymark::review {

using grammar::Connective;
using values::kCannotBeTold;
using values::kDoesNotApply;
using values::kNo;
using values::kYes;

Truth connected(Connective connective, std::uint32_t count, std::span<Truth const> items) {
  switch (connective) {
    case Connective::all: return values::all_of(items);
    case Connective::any: return values::any_of(items);
    case Connective::none: return values::none_of(items);
    case Connective::at_least: return values::at_least_of(count, items);
  }
  return kCannotBeTold;
}

namespace {

constexpr std::size_t kBlock = 512;  // rows at a time, so that what is in the making stays in the nearest cache

// values::all_of for a block of rows. `any of` is `all of` with no and yes changed about, before and after.
template <bool turn_items, bool turn_result>
WAYMARK_INLINE void join(std::span<Truths const> items, std::size_t begin, std::size_t size, Truth* __restrict out) {
  std::array<std::uint8_t, kBlock> united{}, vanishing, passing;
  vanishing.fill(kDoesNotApply);
  passing.fill(0xFF);
  auto const turned = [](Truth t) { return values::negated(t); };
  for (auto const& item : items) {
    auto const* const truths = item.data() + begin;
    for (std::size_t i = 0; i < size; ++i) {
      auto const truth = turn_items ? turned(truths[i]) : truths[i];
      united[i] |= truth;
      vanishing[i] &= truth;
      passing[i] &= static_cast<std::uint8_t>(truth | (truth >> 2U));  // the bit of yes: it may pass or vanish
    }
  }
  for (std::size_t i = 0; i < size; ++i) {
    auto const truth = static_cast<Truth>((united[i] & kNo) | vanishing[i] | (united[i] & passing[i] & kYes));
    out[i] = turn_result ? turned(truth) : truth;
  }
}

WAYMARK_WIDE void join(Connective connective, std::span<Truths const> items, std::size_t rows, Truth* out) {
  for (std::size_t begin = 0; begin < rows; begin += kBlock) {
    auto const size = std::min(kBlock, rows - begin);
    if (connective == Connective::all) join<false, false>(items, begin, size, out + begin);
    if (connective == Connective::any) join<true, true>(items, begin, size, out + begin);
    if (connective == Connective::none) join<true, false>(items, begin, size, out + begin);
  }
}

}  // namespace

Truths Run::State::junction(check::Junction const& node, DomainId in) {
  auto const items = memory.array<Truths>(node.items.size());
  for (std::size_t i = 0; i < items.size(); ++i) items[i] = truth(node.items[i], in);
  auto const out = memory.array<Truth>(domain(in).rows);
  if (node.connective != Connective::at_least) {
    join(node.connective, items, out.size(), out.data());
    return out;
  }
  auto const row_items = memory.array<Truth>(items.size());
  for (std::size_t row = 0; row < out.size(); ++row) {
    for (std::size_t i = 0; i < items.size(); ++i) row_items[i] = items[i][row];
    out[row] = connected(node.connective, node.count, row_items);
  }
  return out;
}

}  // namespace waymark::review
