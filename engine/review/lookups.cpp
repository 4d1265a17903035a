// Values of lookups: the rows that the keys name, without those that a filter excludes, brought together.
#include <algorithm>

#include "engine/review/asked_lookup.hpp"

namespace waymark::review {

using check::kNone;
using grammar::Aggregate;

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
  bool const perhaps = found.may_be_missing(part);
  if (found.state(part) == PartState::row) {
    if (keep == kOut) return std::nullopt;
    auto const cell = asked.counts() ? Bounds{0, 0} : table->cell(asked.node.column, found.rows()[part]);
    return PartOf<Steps>{cell.lowest, cell.highest, perhaps || keep == kPerhaps};
  }
  if (found.state(part) == PartState::no_row && asked.of_list) return std::nullopt;
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
  auto const out = memory.filled(found.parts(), std::uint8_t{kIn});
  auto const rows = lookup_domain(in, lookup, found);
  auto const kept = memory.filled(domain(rows).rows, std::uint8_t{kIn});
  for (auto const& filter : node.where) leave_out(kept, truth(filter.test, rows));
  std::size_t row = 0;
  for (std::size_t part = 0; part < out.size(); ++part) {
    if (found.state(part) == PartState::row) out[part] = kept[row++];
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
  auto const ask = asked(node, words().sources[node.source]);
  auto const kind = program.values[id].type.kind;
  bool const counted = kind == vocabulary::Kind::count || kind == vocabulary::Kind::money;
  Aggregation const how{node.aggregate, node.complete, counted && !plan.dependencies.value_may_be_negative[id],
                        node.percentile};
  auto const as_held = held_lookup(ask, how, in);
  auto const* const before = as_held ? held->lookup(*as_held) : nullptr;
  Column out;
  if (before != nullptr) {
    out = *before;
  } else {
    auto const faults = faults_of([&] { out = looked_up(id, ask, how, in); });
    if (as_held && faults.empty()) held->keep(*as_held, out.narrowed(memory));
    fault(faults);
  }
  out.set_applies(keys_apply(plan.lookups[plan.lookup_of[id]], in));
  return out;
}

Column Run::State::looked_up(ValueId id, AskedLookup const& ask, Aggregation const& how, DomainId in) {
  auto const lookup = plan.lookup_of[id];
  auto const& found = lookup_rows(lookup, in);
  auto const keep = filtered(ask.node, lookup, in, found);
  auto const made = keep.empty() ? from_cells(id, ask, how, in, found) : std::nullopt;
  return made ? *made : from_parts(id, ask, how, in, found, keep);
}

// The column of a key's values, where those are a fact of the case as it was submitted; otherwise null.
void const* Run::State::submitted_key(check::KeyBinding const& key) {
  auto const as_submitted = [&](check::FactRef const& fact) {
    return !in_record_list(fact) && is_as_submitted(fact) ? &field_column(fact) : nullptr;
  };
  if (key.list) return key.list->of == check::ListUse::Of::fact ? as_submitted(key.list->fact) : nullptr;
  auto const* fact = std::get_if<check::Fact>(&program.values[key.value].node);
  bool const of_the_case = fact != nullptr && !field(fact->fact).quantity.type.list && in_place(fact->fact, kCases);
  return of_the_case ? as_submitted(fact->fact) : nullptr;
}

// What a lookup is kept as with cases that stay in memory; nothing where it hangs on more than their facts and one
// table.
std::optional<HeldLookup> Run::State::held_lookup(AskedLookup const& ask, Aggregation const& how, DomainId in) {
  auto const source = ask.node.source;
  bool const of_facts =
      held != nullptr && in == kCases && ask.node.where.empty() && ask.node.keys.size() <= TableIndex::kMostKeys;
  if (!of_facts || !has_one_moment() || !moments.front().other_editions[source].empty()) return std::nullopt;
  auto const* release = table(source, 0);
  if (release == nullptr || release->number() == 0) return std::nullopt;
  HeldLookup out{release->number(), ask.node.column, ask.of_list, how, ask.nothing, {}};
  for (std::size_t key = 0; key < ask.node.keys.size(); ++key) {
    out.keys[key] = submitted_key(ask.node.keys[key]);
    if (out.keys[key] == nullptr) return std::nullopt;
  }
  return out;
}

Column Run::State::from_parts(ValueId id, AskedLookup const& ask, Aggregation const& how, DomainId in,
                              LookupRows const& found, Keeps keep) {
  ColumnBuilder out(memory, domain(in).rows, how.aggregate == Aggregate::average);
  WholeParts parts;
  parts.further = {ask.nothing.lowest, ask.nothing.highest};
  for (std::size_t row = 0; row < domain(in).rows; ++row) {
    parts.clear();
    parts.and_more = found.and_more(row);
    auto const* release = table(ask.node.source, moment(in, row));
    for (auto part = found.begin(row); part < found.end(row); ++part) {
      auto const kept = keep.empty() ? kIn : static_cast<Keep>(keep[part]);
      if (auto const made = part_of(ask, found, part, kept, release)) parts.parts.push_back(*made);
    }
    put_aggregate(out, row, how.aggregate == Aggregate::none ? only_part(parts) : aggregated(how, parts), id, in);
  }
  return out.take();
}

}  // namespace waymark::review
