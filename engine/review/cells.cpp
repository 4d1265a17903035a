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
template <class Whole>
struct Met {
  Whole lowest, highest;
  bool some_certain = false;
  bool all_exact = true;

  WAYMARK_INLINE void meet(bool missing, bool exact) {
    some_certain |= !missing;
    all_exact &= exact & !missing;
  }
};

template <class Whole>
struct Highest : Met<Whole> {
  Highest() : Met<Whole>{kNoLowestOf<Whole>, kNoLowestOf<Whole>} {}
  WAYMARK_INLINE void add(EndsOf<Whole> cell, bool missing) {
    this->meet(missing, cell.is_exact());
    this->lowest = missing ? this->lowest : std::max(this->lowest, cell.lowest);
    this->highest = std::max(this->highest, cell.highest);
  }
  void add_more(EndsOf<Whole> further) { this->highest = std::max(this->highest, further.highest); }
  EndsOf<Whole> result() const {
    return this->some_certain ? EndsOf<Whole>{this->lowest, this->highest} : EndsOf<Whole>{};
  }
};

template <class Whole>
struct Lowest : Met<Whole> {
  Lowest() : Met<Whole>{kNoHighestOf<Whole>, kNoHighestOf<Whole>} {}
  WAYMARK_INLINE void add(EndsOf<Whole> cell, bool missing) {
    this->meet(missing, cell.is_exact());
    this->lowest = std::min(this->lowest, cell.lowest);
    this->highest = missing ? this->highest : std::min(this->highest, cell.highest);
  }
  void add_more(EndsOf<Whole> further) { this->lowest = std::min(this->lowest, further.lowest); }
  EndsOf<Whole> result() const {
    return this->some_certain ? EndsOf<Whole>{this->lowest, this->highest} : EndsOf<Whole>{};
  }
};

// Of so few parts, or so small ones, that their sum fits.
template <bool never_negative, class Whole>
struct Total : Met<Whole> {
  Total() : Met<Whole>{0, 0} {}
  WAYMARK_INLINE void add(EndsOf<Whole> cell, bool missing) {
    this->meet(missing, cell.is_exact());
    auto low = never_negative ? std::max(cell.lowest, Whole{0}) : cell.lowest;
    auto high = cell.highest;
    low = missing ? std::min(low, Whole{0}) : low;
    high = missing ? std::max(high, Whole{0}) : high;
    no_lowest |= low == kNoLowestOf<Whole>;
    no_highest |= high == kNoHighestOf<Whole>;
    this->lowest += no_lowest ? Whole{0} : low;
    this->highest += no_highest ? Whole{0} : high;
  }
  void add_more(EndsOf<Whole> further) {
    no_lowest = no_lowest || (!never_negative && further.lowest < 0);
    no_highest = no_highest || further.highest > 0;
  }
  EndsOf<Whole> result() const {
    return {no_lowest ? kNoLowestOf<Whole> : this->lowest, no_highest ? kNoHighestOf<Whole> : this->highest};
  }
  bool no_lowest = false, no_highest = false;
};

template <class Whole>
struct Only : Met<Whole> {
  Only() : Met<Whole>{kNoLowestOf<Whole>, kNoHighestOf<Whole>} {}
  WAYMARK_INLINE void add(EndsOf<Whole> cell, bool missing) {
    this->meet(missing, true);
    this->lowest = cell.lowest;
    this->highest = cell.highest;
    ++parts;
  }
  void add_more(EndsOf<Whole> /*further*/) { ++parts; }
  EndsOf<Whole> result() const {
    return parts == 1 && this->some_certain ? EndsOf<Whole>{this->lowest, this->highest} : EndsOf<Whole>{};
  }
  int parts = 0;
};

// Of parts of which nothing is asked but whether they are there.
struct Number : Met<Narrow> {
  Number() : Met<Narrow>{0, 0} {}
  WAYMARK_INLINE void add(bool absent, bool sure) {
    all_exact &= absent | sure;
    lowest += (!absent & sure) ? 1 : 0;
    highest += absent ? 0 : 1;
  }
  void add_more(EndsOf<Narrow> /*further*/) { highest = kNoHighestOf<Narrow>; }
  EndsOf<Narrow> result() const { return {lowest, highest}; }
};

constexpr std::uint32_t kMostSummed = 512;  // times 2^53 stays within 62 bits

// Cells of a column, by the places of parts: those have a cell wherever they are.
class PlacedCells {
 public:
  PlacedCells(std::span<EndsOf<Narrow> const> cells, LookupRows const& found)
      : places_(found.places().data()), cells_(cells.data()), none_(static_cast<std::uint32_t>(cells.size() - 1)) {}

  template <class Meeting>
  WAYMARK_INLINE void meet(Meeting& met, std::size_t part, bool missing) const {
    met.add(cells_[std::min(places_[part], none_)], missing);
  }
  EndsOf<Narrow> nothing() const { return cells_[none_]; }

 private:
  std::uint32_t const* places_;
  EndsOf<Narrow> const* cells_;
  std::uint32_t none_;
};

// By the rows of parts.
class CellsOfRows {
 public:
  CellsOfRows(TableIndex const& release, AskedLookup const& ask, LookupRows const& found)
      : lowest_(release.lowest(ask.node.column).data()),
        highest_(release.highest(ask.node.column).data()),
        nothing_(ask.nothing),
        rows_(found.rows().data()) {}

  template <class Meeting>
  WAYMARK_INLINE void meet(Meeting& met, std::size_t part, bool missing) const {
    auto const at = rows_[part];
    met.add(at == kNoRow ? nothing_ : Bounds{lowest_[at], highest_[at]}, missing);
  }
  Bounds nothing() const { return nothing_; }

 private:
  Steps const* lowest_;
  Steps const* highest_;
  Bounds nothing_;
  std::uint32_t const* rows_;
};

// Whether parts are there, by their places: without a branch, of which it cannot be foreseen where it goes.
class PresenceByPlace {
 public:
  PresenceByPlace(LookupRows const& found, bool of_list)
      : places_(found.places().data()),
        rows_at_(found.table()->rows_at()),
        first_unknown_(found.first_unknown_place()),
        absent_is_known_(of_list && !found.table()->rows_lost()) {}

  WAYMARK_INLINE void meet(Number& met, std::size_t part, bool missing) const {
    auto const place = places_[part];
    bool const there = rows_at_[std::min(place, static_cast<std::uint32_t>(rows_at_.size() - 1))] != kNoRow;
    met.add(absent_is_known_ & !there & (place < first_unknown_), there & !missing);
  }
  EndsOf<Narrow> nothing() const { return {}; }

 private:
  std::uint32_t const* places_;
  std::span<std::uint32_t const> rows_at_;
  std::uint32_t first_unknown_;
  bool absent_is_known_;
};

// The same by their rows.
class PresenceByRow {
 public:
  PresenceByRow(LookupRows const& found, bool of_list) : found_(found), rows_(found.rows().data()), of_list_(of_list) {}

  WAYMARK_INLINE void meet(Number& met, std::size_t part, bool missing) const {
    bool const there = rows_[part] != kNoRow;
    met.add(of_list_ && !there && found_.state(part) == PartState::no_row, there & !missing);
  }
  EndsOf<Narrow> nothing() const { return {}; }

 private:
  LookupRows const& found_;
  std::uint32_t const* rows_;
  bool of_list_;
};

// Visits every row with how many parts it has: of those that were counted as a constant where they are few.
template <class Visit>
WAYMARK_INLINE void each_row(LookupRows const& found, Visit visit) {
  auto const counted = [&](std::uint32_t row) { return found.end(row) - found.begin(row); };
  auto const rows = static_cast<std::uint32_t>(found.rows_of_domain());
  if (found.one_each()) {
    for (std::uint32_t row = 0; row < rows; ++row) visit(row, std::integral_constant<std::uint32_t, 1>());
  } else if (found.by_size().order.empty()) {
    for (std::uint32_t row = 0; row < rows; ++row) visit(row, counted(row));
  } else {
    auto const& begin = found.by_size().begin;
    auto const* const order = found.by_size().order.data();
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
template <class Whole>
struct MadeEnds {
  MadeEnds(std::size_t rows, Memory& memory) : lowest(memory.array<Whole>(rows)), highest(memory.array<Whole>(rows)) {}
  WAYMARK_INLINE void set(std::size_t row, EndsOf<Whole> ends) {
    lowest[row] = ends.lowest;
    highest[row] = ends.highest;
    some_differ |= ends.lowest ^ ends.highest;
  }
  std::span<Whole> second() const { return some_differ == 0 ? std::span<Whole>() : highest; }
  std::span<Whole> lowest, highest;
  Whole some_differ = 0;
};

// Rows in which an end is not exact any more: hardly ever any.
std::vector<std::size_t> rows_too_large(MadeEnds<Steps> const& made) {
  std::vector<std::size_t> out;
  if (are_within(made.lowest, values::kMaxSteps) && are_within(made.highest, values::kMaxSteps)) return out;
  for (std::size_t row = 0; row < made.lowest.size(); ++row) {
    if (!fits(made.lowest[row]) || !fits(made.highest[row])) out.push_back(row);
  }
  return out;
}

// What is fixed outside the loops: whether an aggregate is only known when every part is, and whether a part may be
// missing.
template <bool complete, bool some_missing>
struct Loops {
  template <class Meeting, class Cells, class Whole>
  static void meet(LookupRows const& found, Cells const& all, MadeEnds<Whole>& made) {
    auto out = made;  // of its own, as the cells are, so that it may stand in registers
    auto const cells = all;
    each_row(found, [&](std::uint32_t row, auto size) WAYMARK_INLINE_LAMBDA {
      Meeting met;
      auto const begin = found.begin(row);
      for (std::uint32_t i = 0; i < size; ++i) {
        cells.meet(met, begin + i, some_missing && found.may_be_missing(begin + i));
      }
      bool const more = found.and_more(row);
      if (more) met.add_more(cells.nothing());
      out.set(row, complete && (more || !met.all_exact) ? EndsOf<Whole>{} : met.result());
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

template <class Meeting, class Cells, class Whole>
void meet_all(Aggregation const& how, LookupRows const& found, Cells const& cells, MadeEnds<Whole>& out) {
  with_loops(how.complete && how.aggregate != Aggregate::none, found.some_missing(),
             [&](auto loops) { loops.template meet<Meeting>(found, cells, out); });
}

template <class Cells, class Whole>
void meet(Aggregation const& how, LookupRows const& found, Cells const& cells, MadeEnds<Whole>& out) {
  auto const all = [&](auto met) { meet_all<decltype(met)>(how, found, cells, out); };
  if (how.aggregate == Aggregate::none) all(Only<Whole>());
  if (how.aggregate == Aggregate::highest) all(Highest<Whole>());
  if (how.aggregate == Aggregate::lowest) all(Lowest<Whole>());
  if (how.aggregate == Aggregate::total) how.never_negative ? all(Total<true, Whole>()) : all(Total<false, Whole>());
}

}  // namespace

// The aggregates that can be found in passing, of cells of one release.
std::optional<Column> Run::State::from_cells(ValueId id, AskedLookup const& ask, Aggregation const& how, DomainId in,
                                             LookupRows const& found) {
  auto const rows = domain(in).rows;
  if (ask.counts()) {
    MadeEnds<Narrow> out(rows, memory);
    found.places().empty() ? meet_all<Number>(how, found, PresenceByRow(found, ask.of_list), out)
                           : meet_all<Number>(how, found, PresenceByPlace(found, ask.of_list), out);
    return Column::of(NarrowEnds{out.lowest, out.second(), found.most_parts()});
  }
  auto const* release = has_one_moment() ? table(ask.node.source, 0) : nullptr;
  if (release == nullptr || ask.node.column == kNone || !is_met_in_passing(how.aggregate)) return std::nullopt;
  WAYMARK_CHECK(!ask.of_list, "a list has no columns, and a row that it does not have is no cell");
  bool const total = how.aggregate == Aggregate::total;
  auto const& placed = release->placed(ask.node.column);
  auto const most = placed.limit * std::max<Steps>(total ? found.most_parts() : 1, 1);
  if (!placed.at.empty() && !found.places().empty() && most <= kMostNarrow) {
    MadeEnds<Narrow> out(rows, memory);
    meet(how, found, PlacedCells(placed.at, found), out);
    return Column::of(NarrowEnds{out.lowest, out.second(), most});
  }
  if (total && found.most_parts() > kMostSummed) return std::nullopt;
  MadeEnds<Steps> out(rows, memory);
  meet(how, found, CellsOfRows(*release, ask, found), out);
  for (auto const row : total ? rows_too_large(out) : std::vector<std::size_t>()) {
    fault(in, row, too_large(id));
    out.set(row, {});
  }
  return Column::of(out.lowest, out.second());
}

}  // namespace waymark::review
