// Keys found while a table grows, beside what going through its rows finds.
#include "engine/evidence/rows_by_key.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace waymark::evidence {
namespace {

using values::Symbol;

RC_GTEST_PROP(RowsByKey, FindsTheFirstRowWithAKey, ()) {
  auto const keys = *rc::gen::inRange<std::size_t>(0, 4);
  auto const symbol = rc::gen::oneOf(rc::gen::inRange<Symbol>(0, 5), rc::gen::inRange<Symbol>(0, 20000));
  auto const all =
      *rc::gen::container<std::vector<std::vector<Symbol>>>(rc::gen::container<std::vector<Symbol>>(keys, symbol));
  RowsByKey rows;
  RowsByKey::Columns columns(keys);
  std::vector<std::vector<Symbol>> kept;
  for (auto const& key : all) {
    auto const before = std::find(kept.begin(), kept.end(), key);
    auto const found = rows.find_or_add(columns, key, static_cast<std::uint32_t>(kept.size()));
    RC_ASSERT(found.has_value() == (before != kept.end()));
    if (found) {
      RC_ASSERT(*found == static_cast<std::uint32_t>(before - kept.begin()));
      continue;
    }
    kept.push_back(key);
    for (std::size_t i = 0; i < keys; ++i) columns[i].push_back(key[i]);
  }
}

}  // namespace
}  // namespace waymark::evidence
