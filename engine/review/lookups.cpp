// Values of lookups: the rows that the keys name, without those that a filter excludes, brought together.
#include <algorithm>

#include "engine/review/state.hpp"
#include "engine/review/wide.hpp"

namespace waymark::review {

using check::kNone;
using grammar::Aggregate;

// What is asked of one lookup, and what its Source declares.
struct AskedLookup {
  check::SourceLookup const& node;
  bool of_list;    // absent rows are no parts
  Bounds nothing;  // a cell of which nothing is known
  bool counts() const { return node.aggregate == Aggregate::number; }
};

namespace {

AskedLookup asked(check::SourceLookup const& node, vocabulary::Source const& source) {
  AskedLookup out{node, source.is_list(), {}};
  if (node.column == kNone) return out;
  auto const& column = source.columns[node.column];
  out.nothing = {column.lowest.value_or(values::kNoLowest), column.highest.value_or(values::kNoHighest)};
  return out;
}

// A part as it goes into the aggregate; nothing when it is no part.
std::optional<PartOf<Steps>> part_of(AskedLookup const& asked, LookupRows const& found, std::size_t part, Keep keep,
                                     TableIndex const* table) {
  bool const filtered = !asked.node.where.empty();
  bool const perhaps = found.may_be_missing[part] != 0;
  if (found.states[part] == PartState::row) {
    if (keep == kOut) return std::nullopt;
    auto const cell = asked.counts() ? Bounds{0, 0} : table->cell(asked.node.column, found.rows[part]);
    return PartOf<Steps>{cell.lowest, cell.highest, perhaps || keep == kPerhaps};
  }
  if (found.states[part] == PartState::no_row && asked.of_list) return std::nullopt;
  if (asked.counts()) return PartOf<Steps>{0, 0, true};
  return PartOf<Steps>{asked.nothing.lowest, asked.nothing.highest, perhaps || filtered};
}

// Without an aggregate the keys name one row. Where a filter excludes it, nothing is known.
RatioBounds only_part(WholeParts const& parts) {
  if (parts.parts.size() != 1 || parts.and_more || parts.parts[0].may_be_missing) return {};
  return {values::ratio_of(parts.parts[0].lowest), values::ratio_of(parts.parts[0].highest)};
}

}  // namespace

void leave_out(Keeps keep, Truths filter) {
  for (std::size_t i = 0; i < keep.size(); ++i) {
    if (!values::may_be(filter[i], values::kYes)) keep[i] = kOut;
    if (keep[i] == kIn && filter[i] != values::kYes) keep[i] = kPerhaps;
  }
}

// By part: whether the filters keep its row. Nothing where there is no filter: all are kept.
Keeps Run::State::filtered(check::SourceLookup const& node, LookupId lookup, DomainId in, LookupRows const& found) {
  if (node.where.empty()) return {};
  auto const out = memory.filled(found.rows.size(), std::uint8_t{kIn});
  auto const rows = lookup_domain(in, lookup, found);
  auto const kept = memory.filled(domain(rows).rows, std::uint8_t{kIn});
  for (auto const& filter : node.where) leave_out(kept, truth(filter.test, rows));
  std::size_t row = 0;
  for (std::size_t part = 0; part < out.size(); ++part) {
    if (found.states[part] == PartState::row) out[part] = kept[row++];
  }
  return out;
}

// What is computed from a key that does not apply does not apply either.
std::span<Applies const> Run::State::keys_apply(LookupKeys const& lookup, DomainId in) {
  std::span<Applies> out;
  for (auto const& key : lookup.keys) {
    if (key.value == kNone) continue;
    auto const& of_key = value(key.value, in);
    if (of_key.always_applies()) continue;
    if (out.empty()) out = memory.filled(of_key.size(), kApplies);
    for (std::size_t row = 0; row < out.size(); ++row) out[row] = both(out[row], of_key.applies(row));
  }
  return out;
}

Column Run::State::source_lookup(ValueId id, check::SourceLookup const& node, DomainId in) {
  if (node.open != kNone) {
    WAYMARK_CHECK(in == kCases, "a list that is not of the case");
    return known_or_not(list_of_source(id, node));
  }
  auto const lookup = plan.lookup_of[id];
  auto const& found = lookup_rows(lookup, in);
  auto const keep = filtered(node, lookup, in, found);
  auto const ask = asked(node, words().sources[node.source]);
  auto const kind = program.values[id].type.kind;
  bool const counted = kind == vocabulary::Kind::count || kind == vocabulary::Kind::money;
  Aggregation const how{node.aggregate, node.complete, counted && !plan.dependencies.value_may_be_negative[id],
                        node.percentile};
  auto made = keep.empty() ? from_cells(id, ask, how, in, found) : std::nullopt;
  if (!made) made = from_parts(id, ask, how, in, found, keep);
  made->set_applies(keys_apply(plan.lookups[lookup], in));
  return *made;
}

Column Run::State::from_parts(ValueId id, AskedLookup const& ask, Aggregation const& how, DomainId in,
                              LookupRows const& found, Keeps keep) {
  ColumnBuilder out(memory, domain(in).rows, how.aggregate == Aggregate::average);
  WholeParts parts;
  parts.further = {ask.nothing.lowest, ask.nothing.highest};
  for (std::size_t row = 0; row < domain(in).rows; ++row) {
    parts.clear();
    parts.and_more = found.and_more[row] != 0;
    auto const* release = table(ask.node.source, moment(in, row));
    for (auto part = found.offsets[row]; part < found.offsets[row + 1]; ++part) {
      auto const kept = keep.empty() ? kIn : static_cast<Keep>(keep[part]);
      if (auto const made = part_of(ask, found, part, kept, release)) parts.parts.push_back(*made);
    }
    put_aggregate(out, row, how.aggregate == Aggregate::none ? only_part(parts) : aggregated(how, parts), id, in);
  }
  return out.take();
}

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
  WAYMARK_INLINE void add(bool missing) {
    meet(missing, true);
    lowest += missing ? 0 : 1;
    ++highest;
  }
  void add_more() { highest = values::kNoHighest; }
  Bounds result() const { return {lowest, highest}; }
};

constexpr std::uint32_t kMostSummed = 512;  // times 2^53 stays within 62 bits

struct Cells {
  std::span<Steps const> lowest, highest;
};

// What is fixed outside the loops: whether an aggregate is only known when every part is, and whether a part may be
// missing.
template <bool complete, bool some_missing>
struct Loops {
  template <class Meeting, class Kept>
  static void meet(AskedLookup const& ask, LookupRows const& found, Cells cells, ColumnBuilder& out, Kept kept) {
    found.each_row([&](std::uint32_t row) {
      Meeting met;
      auto const end = found.offsets[row + 1];
      for (auto part = found.offsets[row]; part < end; ++part) {
        bool const missing = some_missing && found.may_be_missing[part] != 0;
        if (auto const at = found.rows[part]; at != kNoRow) {
          met.add({cells.lowest[at], cells.highest[at]}, missing);
        } else if (!(ask.of_list && found.states[part] == PartState::no_row)) {
          met.add(ask.nothing, missing);
        }
      }
      bool const more = found.and_more[row] != 0;
      if (more) met.add_more(ask.nothing);
      out.set(row, complete && (more || !met.all_exact) ? Bounds{} : kept(row, met.result()));
    });
  }

  static void count(AskedLookup const& ask, LookupRows const& found, ColumnBuilder& out) {
    found.each_row([&](std::uint32_t row) {
      Number met;
      auto const end = found.offsets[row + 1];
      for (auto part = found.offsets[row]; part < end; ++part) {
        bool const absent = ask.of_list && found.states[part] == PartState::no_row;
        bool const sure = found.rows[part] != kNoRow && !(some_missing && found.may_be_missing[part] != 0);
        if (!absent) met.add(!sure);
      }
      bool const more = found.and_more[row] != 0;
      if (more) met.add_more();
      out.set(row, complete && (more || !met.all_exact) ? Bounds{} : met.result());
    });
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
  if (ask.counts()) {
    ColumnBuilder counts(memory, domain(in).rows, false);
    with_loops(complete, found.some_missing, [&](auto loops) { loops.count(ask, found, counts); });
    return counts.take();
  }
  auto const* release = has_one_moment() ? table(ask.node.source, 0) : nullptr;
  if (release == nullptr || ask.node.column == kNone) return std::nullopt;
  Cells const cells{release->lowest(ask.node.column), release->highest(ask.node.column)};
  ColumnBuilder out(memory, domain(in).rows, false);
  auto const all = [&](auto met, auto kept) {
    with_loops(complete, found.some_missing,
               [&](auto loops) { loops.template meet<decltype(met)>(ask, found, cells, out, kept); });
  };
  auto const as_it_is = [](std::size_t, Bounds bounds) { return bounds; };
  auto const exact = [&](std::size_t row, Bounds bounds) {
    auto const fits = [](Steps n) { return !is_finite(n) || (n <= values::kMaxSteps && n >= -values::kMaxSteps); };
    if (fits(bounds.lowest) && fits(bounds.highest)) return bounds;
    fault(in, row, too_large(id));
    return Bounds{};
  };
  switch (how.aggregate) {
    case Aggregate::none: all(Only(), as_it_is); break;
    case Aggregate::highest: all(Highest(), as_it_is); break;
    case Aggregate::lowest: all(Lowest(), as_it_is); break;
    case Aggregate::total:
      if (found.most_parts > kMostSummed) return std::nullopt;
      if (how.never_negative) all(Total<true>(), exact);
      if (!how.never_negative) all(Total<false>(), exact);
      break;
    default: return std::nullopt;
  }
  return out.take();
}

}  // namespace waymark::review
