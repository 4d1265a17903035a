// Aggregates of lookups that are found in passing: in loops over the parts of a batch, of cells of one release.
#include <algorithm>
#include <type_traits>

#include "engine/review/asked_lookup.hpp"
#include "engine/review/wide.hpp"

namespace waymark::review {

using check::kNone;
using grammar::Aggregate;

namespace {

// Aggregates of whole cells, met one after the other: the same as `aggregated` and `only_part` of all of them.
struct Met {
  Steps lowest, highest;
  bool some_certain = false;
  bool all_exact = true;

  void meet(bool missing, bool exact) {
    some_certain |= !missing;
    all_exact &= exact & !missing;
  }
};

struct Highest : Met {
  Highest() : Met{values::kNoLowest, values::kNoLowest} {}
  WAYMARK_INLINE void add(Bounds cell, bool missing) {
    meet(missing, is_finite(cell.lowest) & (cell.lowest >= cell.highest));
    lowest = missing ? lowest : std::max(lowest, cell.lowest);
    highest = std::max(highest, cell.highest);
  }
  void add_more(Bounds further) { highest = std::max(highest, further.highest); }
  Bounds result() const { return some_certain ? Bounds{lowest, highest} : Bounds{}; }
};

struct Lowest : Met {
  Lowest() : Met{values::kNoHighest, values::kNoHighest} {}
  WAYMARK_INLINE void add(Bounds cell, bool missing) {
    meet(missing, is_finite(cell.lowest) & (cell.lowest >= cell.highest));
    lowest = std::min(lowest, cell.lowest);
    highest = missing ? highest : std::min(highest, cell.highest);
  }
  void add_more(Bounds further) { lowest = std::min(lowest, further.lowest); }
  Bounds result() const { return some_certain ? Bounds{lowest, highest} : Bounds{}; }
};

// Of so few parts that their sum fits (kMostSummed).
template <bool never_negative>
struct Total : Met {
  Total() : Met{0, 0} {}
  WAYMARK_INLINE void add(Bounds cell, bool missing) {
    meet(missing, is_finite(cell.lowest) & (cell.lowest >= cell.highest));
    auto low = never_negative ? std::max<Steps>(cell.lowest, 0) : cell.lowest;
    auto high = cell.highest;
    low = missing ? std::min<Steps>(low, 0) : low;
    high = missing ? std::max<Steps>(high, 0) : high;
    no_lowest |= low == values::kNoLowest;
    no_highest |= high == values::kNoHighest;
    lowest += no_lowest ? 0 : low;
    highest += no_highest ? 0 : high;
  }
  void add_more(Bounds further) {
    no_lowest = no_lowest || (!never_negative && further.lowest < 0);
    no_highest = no_highest || further.highest > 0;
  }
  Bounds result() const { return {no_lowest ? values::kNoLowest : lowest, no_highest ? values::kNoHighest : highest}; }
  bool no_lowest = false, no_highest = false;
};

struct Only : Met {
  Only() : Met{values::kNoLowest, values::kNoHighest} {}
  WAYMARK_INLINE void add(Bounds cell, bool missing) {
    meet(missing, true);
    lowest = cell.lowest;
    highest = cell.highest;
    ++parts;
  }
  void add_more(Bounds /*further*/) { ++parts; }
  Bounds result() const { return parts == 1 && some_certain ? Bounds{lowest, highest} : Bounds{}; }
  int parts = 0;
};

// Of parts of which nothing is asked but whether they are there.
struct Number : Met {
  Number() : Met{0, 0} {}
  WAYMARK_INLINE void add(bool absent, bool sure) {
    all_exact &= absent | sure;
    lowest += (!absent & sure) ? 1 : 0;
    highest += absent ? 0 : 1;
  }
  void add_more() { highest = values::kNoHighest; }
  Bounds result() const { return {lowest, highest}; }
};

constexpr std::uint32_t kMostSummed = 512;  // times 2^53 stays within 62 bits

struct Cells {
  std::span<Steps const> lowest, highest;
};

// Visits every row with how many parts it has: of those that were counted as a constant where they are few.
template <class Visit>
WAYMARK_INLINE void each_row(LookupRows const& found, Visit visit) {
  auto const counted = [&](std::uint32_t row) { return found.offsets[row + 1] - found.offsets[row]; };
  auto const rows = static_cast<std::uint32_t>(found.offsets.size() - 1);
  if (found.one_each) {
    for (std::uint32_t row = 0; row < rows; ++row) visit(row, std::integral_constant<std::uint32_t, 1>());
  } else if (found.by_size.order.empty()) {
    for (std::uint32_t row = 0; row < rows; ++row) visit(row, counted(row));
  } else {
    auto const& begin = found.by_size.begin;
    auto const* const order = found.by_size.order.data();
    auto const of_size = [&](auto size) {
      for (auto i = begin[size]; i < begin[size + 1]; ++i) visit(order[i], size);
    };
    of_size(std::integral_constant<std::uint32_t, 1>());
    of_size(std::integral_constant<std::uint32_t, 2>());
    of_size(std::integral_constant<std::uint32_t, 3>());
    of_size(std::integral_constant<std::uint32_t, 4>());
    for (auto i = begin[0]; i < begin[1]; ++i) visit(order[i], 0U);
    for (auto i = begin[5]; i < begin.back(); ++i) visit(order[i], counted(order[i]));
  }
}

// The ends that are made, by row of the domain.
struct MadeEnds {
  MadeEnds(std::size_t rows, Memory& memory) : lowest(memory.array<Steps>(rows)), highest(memory.array<Steps>(rows)) {}
  WAYMARK_INLINE void set(std::size_t row, Bounds bounds) {
    lowest[row] = bounds.lowest;
    highest[row] = bounds.highest;
    some_differ |= bounds.lowest ^ bounds.highest;
  }
  Column column() const { return Column::of(lowest, some_differ == 0 ? std::span<Steps>() : highest); }
  std::span<Steps> lowest, highest;
  Steps some_differ = 0;
};

WAYMARK_WIDE bool all_fit(std::span<Steps const> steps) {
  FiniteEnds ends;
  for (auto const n : steps) ends.add(n);
  return ends.within(values::kMaxSteps);
}

// Rows in which an end is not exact any more: hardly ever any.
std::vector<std::size_t> rows_too_large(MadeEnds const& made) {
  std::vector<std::size_t> out;
  if (all_fit(made.lowest) && all_fit(made.highest)) return out;
  for (std::size_t row = 0; row < made.lowest.size(); ++row) {
    if (!fits(made.lowest[row]) || !fits(made.highest[row])) out.push_back(row);
  }
  return out;
}

// What is fixed outside the loops: whether an aggregate is only known when every part is, and whether a part may be
// missing.
template <bool complete, bool some_missing>
struct Loops {
  template <class Meeting>
  static void meet(AskedLookup const& ask, LookupRows const& found, Cells cells, MadeEnds& made) {
    auto out = made;  // of its own, so that it may stand in registers
    bool const of_list = ask.of_list;
    auto const nothing = ask.nothing;
    auto const* const rows = found.rows.data();
    each_row(found, [&](std::uint32_t row, auto size) WAYMARK_INLINE_LAMBDA {
      Meeting met;
      auto const begin = found.offsets[row];
      for (std::uint32_t i = 0; i < size; ++i) {
        auto const part = begin + i;
        bool const missing = some_missing && found.may_be_missing[part] != 0;
        if (auto const at = rows[part]; at != kNoRow) {
          met.add({cells.lowest[at], cells.highest[at]}, missing);
        } else if (!(of_list && found.states[part] == PartState::no_row)) {
          met.add(nothing, missing);
        }
      }
      bool const more = found.and_more[row] != 0;
      if (more) met.add_more(nothing);
      out.set(row, complete && (more || !met.all_exact) ? Bounds{} : met.result());
    });
    made = out;
  }

  static void count(AskedLookup const& ask, LookupRows const& found, MadeEnds& made) {
    auto out = made;
    bool const of_list = ask.of_list;
    each_row(found, [&](std::uint32_t row, auto size) WAYMARK_INLINE_LAMBDA {
      Number met;
      auto const begin = found.offsets[row];
      for (std::uint32_t i = 0; i < size; ++i) {
        auto const part = begin + i;
        bool const absent = of_list & (found.states[part] == PartState::no_row);
        bool const there = found.rows[part] != kNoRow;
        met.add(absent, there & !(some_missing && found.may_be_missing[part] != 0));
      }
      bool const more = found.and_more[row] != 0;
      if (more) met.add_more();
      out.set(row, complete && (more || !met.all_exact) ? Bounds{} : met.result());
    });
    made = out;
  }
};

template <class Call>
void with_loops(bool complete, bool some_missing, Call call) {
  if (complete) {
    some_missing ? call(Loops<true, true>()) : call(Loops<true, false>());
  } else {
    some_missing ? call(Loops<false, true>()) : call(Loops<false, false>());
  }
}

}  // namespace

// The aggregates that can be found in passing, of cells of one release.
std::optional<Column> Run::State::from_cells(ValueId id, AskedLookup const& ask, Aggregation const& how, DomainId in,
                                             LookupRows const& found) {
  bool const complete = how.complete && how.aggregate != Aggregate::none;
  MadeEnds out(domain(in).rows, memory);
  if (ask.counts()) {
    with_loops(complete, found.some_missing, [&](auto loops) { loops.count(ask, found, out); });
    return out.column();
  }
  auto const* release = has_one_moment() ? table(ask.node.source, 0) : nullptr;
  if (release == nullptr || ask.node.column == kNone) return std::nullopt;
  Cells const cells{release->lowest(ask.node.column), release->highest(ask.node.column)};
  auto const all = [&](auto met) {
    with_loops(complete, found.some_missing,
               [&](auto loops) { loops.template meet<decltype(met)>(ask, found, cells, out); });
  };
  switch (how.aggregate) {
    case Aggregate::none: all(Only()); break;
    case Aggregate::highest: all(Highest()); break;
    case Aggregate::lowest: all(Lowest()); break;
    case Aggregate::total:
      if (found.most_parts > kMostSummed) return std::nullopt;
      if (how.never_negative) all(Total<true>());
      if (!how.never_negative) all(Total<false>());
      for (auto const row : rows_too_large(out)) {
        fault(in, row, too_large(id));
        out.set(row, Bounds{});
      }
      break;
    default: return std::nullopt;
  }
  return out.column();
}

}  // namespace waymark::review
