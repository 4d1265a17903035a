// What is asked of one lookup, and what its Source declares.
#pragma once

#include "engine/review/state.hpp"

namespace waymark::review {

struct AskedLookup {
  check::SourceLookup const& node;
  bool of_list;    // absent rows are no parts
  Bounds nothing;  // a cell of which nothing is known
  bool counts() const { return node.aggregate == grammar::Aggregate::number; }
};

}  // namespace waymark::review
