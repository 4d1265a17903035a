// The index of a column beside what going through the column finds.
#include "engine/evidence/rows_by_symbol.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace waymark::evidence {
namespace {

using values::Symbol;
using values::Symbols;

TEST(RowsBySymbol, HasNothingOfNoColumn) {
  EXPECT_TRUE(RowsBySymbol().with(0).empty());
  EXPECT_TRUE(RowsBySymbol(std::vector<Symbol>()).with(0).empty());
}

RC_GTEST_PROP(RowsBySymbol, FindsWhatStandsInTheColumn, ()) {
  auto const symbol = rc::gen::oneOf(rc::gen::inRange<Symbol>(0, 20), rc::gen::inRange<Symbol>(0, 20000),
                                     rc::gen::just(Symbol{Symbols::kUnknown}));
  auto const column = *rc::gen::container<std::vector<Symbol>>(symbol);
  auto asked = *rc::gen::container<std::vector<Symbol>>(symbol);
  asked.insert(asked.end(), column.begin(), column.end());
  RowsBySymbol const rows(column);
  for (auto const one : asked) {
    std::vector<std::uint32_t> expected;
    for (std::uint32_t row = 0; row < column.size(); ++row) {
      if (column[row] == one) expected.push_back(row);
    }
    auto const found = rows.with(one);
    RC_ASSERT(std::equal(found.begin(), found.end(), expected.begin(), expected.end()));
  }
}

}  // namespace
}  // namespace waymark::evidence
