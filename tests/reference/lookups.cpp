// Keys are bound, rows are filtered: what a lookup in a Source finds, and when its fallback is used.
#include <algorithm>

#include "tests/reference/interpreter.hpp"

namespace waymark::reference {

using grammar::Aggregate;
using vocabulary::Kind;

namespace {

bool never_negative(vocabulary::Type const& type, bool may_be_negative) {
  return (type.kind == Kind::count || type.kind == Kind::money) && !may_be_negative;
}

Extent from_zero(Extent extent) {
  if (!extent.lowest || *extent.lowest < 0) extent.lowest = Number(0);
  return extent;
}

std::vector<values::Symbol> symbols_of(std::vector<End> const& keys) {
  std::vector<values::Symbol> out;
  for (auto const& key : keys) out.push_back(numerator(*key).convert_to<values::Symbol>());
  return out;
}

}  // namespace

// Only as a part of a total, a missing count or amount is 0 or more; a complete total needs every part to be known.
Extent Interpreter::part_of_total(Aggregate aggregate, bool complete, check::ValueId of, Extent extent) const {
  if (aggregate != Aggregate::total || complete || of == check::kNone || !extent.may_apply) return extent;
  auto const& type = program_.values[of].type;
  return never_negative(type, may_be_negative(of)) ? from_zero(extent) : extent;
}

// Whether some fact, cell or subtraction from which a value is made may be negative.
bool Interpreter::may_be_negative(check::ValueId id) const {
  auto const of = [&](check::ValueId value) { return may_be_negative(value); };
  auto const& node = program_.values[id].node;
  if (auto const* n = std::get_if<check::Constant>(&node)) return n->steps < 0;
  if (auto const* n = std::get_if<check::Fact>(&node)) return program_.vocabulary.fields[n->fact.field].may_be_negative;
  if (auto const* n = std::get_if<check::RowColumn>(&node)) {
    return program_.vocabulary.sources[n->source].columns[n->column].may_be_negative;
  }
  if (auto const* n = std::get_if<check::FigureRef>(&node)) {
    auto const& figure = program_.figures[n->figure];
    return std::any_of(figure.cases.begin(), figure.cases.end(), [&](auto const& each) { return of(each.value); }) ||
           (figure.fallback && of(figure.fallback->value));
  }
  if (auto const* n = std::get_if<check::ThresholdRef>(&node)) {
    auto const& rows = program_.thresholds[n->threshold].rows;
    return std::any_of(rows.begin(), rows.end(), [&](auto const& row) { return of(row.value); });
  }
  if (auto const* n = std::get_if<check::Sum>(&node)) return n->minus || of(n->left) || of(n->right);
  if (auto const* n = std::get_if<check::Times>(&node)) return of(n->of);
  if (auto const* n = std::get_if<check::PercentOf>(&node)) return of(n->by) || of(n->of);
  if (auto const* n = std::get_if<check::Choose>(&node)) return of(n->left) || of(n->right);
  if (auto const* n = std::get_if<check::Rounded>(&node)) return of(n->of);
  if (auto const* n = std::get_if<check::InYear>(&node)) return of(n->of);
  if (auto const* n = std::get_if<check::ListAggregate>(&node)) return n->of != check::kNone && of(n->of);
  if (auto const* n = std::get_if<check::YearsAggregate>(&node)) return n->of != check::kNone && of(n->of);
  if (auto const* n = std::get_if<check::SourceLookup>(&node)) {
    return n->column != check::kNone && program_.vocabulary.sources[n->source].columns[n->column].may_be_negative;
  }
  return true;
}

namespace {

// A member that is named twice names one row.
std::vector<Member> each_once(std::vector<Member> const& members) {
  std::vector<Member> out;
  for (auto const& member : members) {
    auto const& named = member.standing.member;
    bool const is_new = std::none_of(out.begin(), out.end(), [&](Member const& other) {
      return is_exact(named) && is_exact(other.standing.member) && *named.lowest == *other.standing.member.lowest;
    });
    if (is_new) out.push_back(member);
  }
  return out;
}

}  // namespace

// What one key may be: the only value, or each member of a list.
std::vector<Member> Interpreter::bound(check::KeyBinding const& binding, vocabulary::Type const& type,
                                       Place const& place, Asked& asked) const {
  if (!binding.list) {
    auto const key = as_key(value(binding.value, place), program_.values[binding.value].type);
    asked.may_apply = asked.may_apply && key.may_apply;
    asked.may_not_apply = asked.may_not_apply || key.may_not_apply;
    return {{{check::kNone, key, std::nullopt}, false}};
  }
  auto members = members_of(*binding.list, place);
  asked.more = asked.more || members.more.has_value();
  for (auto& member : members.known) member.standing.member = as_key(member.standing.member, type);
  return each_once(members.known);
}

Interpreter::Asked Interpreter::asked(check::SourceLookup const& node, Place const& place) const {
  Asked out;
  out.rows = {{}};
  bool some_list_is_empty = false;
  auto const& keys = program_.vocabulary.sources[node.source].keys;
  for (std::size_t k = 0; k < keys.size(); ++k) {
    if (k == node.open) {
      for (auto& row : out.rows) row.keys.push_back(unknown());
      continue;
    }
    bool const missing_before = out.more;
    out.more = false;
    auto const choices = bound(node.keys[k], keys[k].type, place, out);
    some_list_is_empty = some_list_is_empty || (choices.empty() && !out.more);
    out.more = out.more || missing_before;
    std::vector<RowAsked> longer;
    for (auto const& row : out.rows) {
      for (auto const& choice : choices) {
        longer.push_back(row);
        longer.back().keys.push_back(choice.standing.member);
        longer.back().sure = row.sure && !choice.may_be_absent;
      }
    }
    out.rows = std::move(longer);
  }
  out.more = out.more && !some_list_is_empty;
  return out;
}

bool Interpreter::is_held(check::SourceLookup const& node, std::vector<Extent> const& keys) const {
  std::vector<End> symbols;
  for (auto const& key : keys) symbols.push_back(key.lowest ? key.lowest : End(Number(0)));
  return is_held_otherwise(node.source, symbols_of(symbols), node.open);
}

std::optional<std::uint32_t> Interpreter::find_row(vocabulary::SourceId source, std::vector<End> const& keys) const {
  auto const* newest = release(source);
  if (newest == nullptr) return std::nullopt;
  auto const wanted = symbols_of(keys);
  for (std::uint32_t row = 0; row < newest->table.rows; ++row) {
    bool same = true;
    for (std::size_t k = 0; k < keys.size(); ++k) same = same && newest->table.keys[k][row] == wanted[k];
    if (same) return row;
  }
  return std::nullopt;
}

// A row that is not there cannot be excluded surely.
Truth Interpreter::passes(check::SourceLookup const& node, SourceRow row, Place const& place) const {
  if (!row.row) return node.where.empty() ? values::kYes : values::kCannotBeTold;
  std::vector<Truth> filters = {values::kYes};
  for (auto const& filter : node.where) filters.push_back(truth(filter.test, place.at(row)));
  return junction(grammar::Connective::all, 0, filters);
}

void Interpreter::add_part(check::SourceLookup const& node, RowAsked const& asked, Place const& place,
                           Parts& parts) const {
  auto const& source = program_.vocabulary.sources[node.source];
  bool const keys_known = std::all_of(asked.keys.begin(), asked.keys.end(),
                                      [](Extent const& key) { return key.lowest && key.lowest == key.highest; });
  SourceRow row{node.source, std::nullopt};
  if (keys_known) {
    std::vector<End> symbols;
    for (auto const& key : asked.keys) symbols.push_back(key.lowest);
    row.row = find_row(node.source, symbols);
    bool const surely_absent = source.is_list() && !row.row && !lacks_rows(node.source) &&
                               !is_held_otherwise(node.source, symbols_of(symbols));
    if (surely_absent) return;
  }
  auto const filter = passes(node, row, place);
  if (filter == values::kNo) return;
  bool const counted_only = node.aggregate == Aggregate::number;
  auto extent = counted_only ? exactly(1) : cell(row, node.column);
  if (node.aggregate == Aggregate::total && !node.complete &&
      never_negative(source.columns[node.column].quantity.type, source.columns[node.column].may_be_negative)) {
    extent = from_zero(extent);
  }
  bool const untold =
      row.row && !release(node.source)->table.untold.empty() && release(node.source)->table.untold[*row.row] != 0;
  bool const there = (row.row && !untold) || (!counted_only && !source.is_list());
  parts.known.push_back({extent, there && asked.sure && filter == values::kYes});
}

Extent Interpreter::of(check::SourceLookup const& node, check::Value const&, Place const& place) const {
  auto const wanted = asked(node, place);
  if (!wanted.may_apply) return does_not_apply();
  Parts parts;
  for (auto const& row : wanted.rows) add_part(node, row, place, parts);
  if (wanted.more) {
    Parts further;
    add_part(node, {{unknown()}, false}, place, further);
    if (!further.known.empty()) parts.more = further.known.front().extent;
  }
  auto out = node.aggregate == Aggregate::none ? parts.known.front().extent
                                               : aggregated(node.aggregate, node.complete, parts, node.percentile);
  out.may_not_apply = wanted.may_not_apply;
  return out;
}

// --- Fallbacks ----------------------------------------------------------------------------------------------------

namespace {

// The lookups in `source` that stand in a value, where they are evaluated at the value's own place.
void collect(check::Program const& program, check::ValueId id, vocabulary::SourceId source,
             std::vector<check::SourceLookup const*>& out) {
  auto const& node = program.values[id].node;
  auto const both = [&](check::ValueId left, check::ValueId right) {
    collect(program, left, source, out);
    collect(program, right, source, out);
  };
  if (auto const* lookup = std::get_if<check::SourceLookup>(&node); lookup != nullptr && lookup->source == source) {
    out.push_back(lookup);
  }
  if (auto const* n = std::get_if<check::Sum>(&node)) both(n->left, n->right);
  if (auto const* n = std::get_if<check::Choose>(&node)) both(n->left, n->right);
  if (auto const* n = std::get_if<check::PercentOf>(&node)) both(n->by, n->of);
  if (auto const* n = std::get_if<check::AsPercentOf>(&node)) both(n->part, n->whole);
  if (auto const* n = std::get_if<check::DateShift>(&node)) both(n->date, n->count);
  if (auto const* n = std::get_if<check::Rounded>(&node)) collect(program, n->of, source, out);
  if (auto const* n = std::get_if<check::Times>(&node)) collect(program, n->of, source, out);
}

}  // namespace

// The cell that is asked for is suppressed or not published yet.
bool Interpreter::says_nothing(check::SourceLookup const& lookup, std::uint32_t row) const {
  if (lookup.column == check::kNone) return false;
  auto const known = release(lookup.source)->table.columns[lookup.column].known[row];
  return known == values::Known::suppressed || known == values::Known::not_yet_published;
}

// Whether the release has the row that is asked for. A key that is not known may have one, and so may one where rows
// could not be read or are held under other codes; one of which the release does not tell may be none.
Truth Interpreter::covered(check::SourceLookup const& lookup, RowAsked const& asked, bool published) const {
  for (std::size_t k = 0; k < asked.keys.size(); ++k) {
    auto const& key = asked.keys[k];
    if (k != lookup.open && !(key.lowest && key.lowest == key.highest)) return values::kCannotBeTold;
  }
  auto const rows = rows_named(lookup, asked.keys);
  bool const open = lacks_rows(lookup.source) || is_held(lookup, asked.keys);
  if (rows.empty()) return open ? values::kCannotBeTold : values::kNo;
  auto out = values::kNo;
  for (auto const row : rows) {
    if (published && says_nothing(lookup, row)) continue;
    auto const& untold = release(lookup.source)->table.untold;
    if (untold.empty() || untold[row] == 0) return values::kYes;
    out = values::kCannotBeTold;
  }
  return out;
}

// By what it would be in every completion: a row that is surely asked for and there keeps the figure's own value; the
// fallback needs some row to be asked for, and none to be there.
Truth Interpreter::fallback_used(check::Figure const& figure, Place const& place) const {
  if (!figure.fallback) return values::kNo;
  std::vector<check::SourceLookup const*> lookups;
  for (auto const& figure_case : figure.cases) collect(program_, figure_case.value, figure.fallback->source, lookups);
  bool surely_asked = false;
  bool perhaps_asked = false;
  bool perhaps_there = false;
  for (auto const* lookup : lookups) {
    auto const wanted = asked(*lookup, place);
    if (!wanted.may_apply) return values::kNo;
    perhaps_asked = perhaps_asked || wanted.more || wanted.may_not_apply;
    perhaps_there = perhaps_there || wanted.more || wanted.may_not_apply;
    for (auto const& one : wanted.rows) {
      auto const there = covered(*lookup, one, figure.fallback->published);
      if (one.sure && there == values::kYes) return values::kNo;
      perhaps_there = perhaps_there || there != values::kNo;
      surely_asked = surely_asked || one.sure;
      perhaps_asked = true;
    }
  }
  if (!perhaps_asked) return values::kNo;
  return surely_asked && !perhaps_there ? values::kYes : values::kCannotBeTold;
}

}  // namespace waymark::reference
