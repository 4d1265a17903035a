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

}  // namespace

// Only as a part of a total, a missing count or amount is 0 or more.
Extent Interpreter::part_of_total(Aggregate aggregate, check::ValueId of, Extent extent) const {
  if (aggregate != Aggregate::total || of == check::kNone || !extent.may_apply) return extent;
  auto const* fact = std::get_if<check::Fact>(&program_.values[of].node);
  if (fact == nullptr) return extent;
  auto const& field = program_.vocabulary.fields[fact->fact.field];
  return never_negative(field.quantity.type, field.may_be_negative) ? from_zero(extent) : extent;
}

/// Every combination of what the keys of a lookup are bound to.
struct Interpreter::Asked {
  std::vector<std::vector<Extent>> combinations;
  bool more = false;  ///< a bound list is missing: any number of combinations
  bool may_apply = true;
  bool may_not_apply = false;
  std::size_t keys_read = 0;
};

// What a key is bound to, as tables name it.
Extent Interpreter::bound_value(check::ValueId id, Place const& place) const {
  return as_key(value(id, place), program_.values[id].type);
}

Interpreter::Asked Interpreter::asked(check::SourceLookup const& node, Place const& place) const {
  Asked out;
  out.combinations = {{}};
  bool some_list_is_empty = false;
  for (auto const& binding : node.keys) {
    std::vector<Extent> choices;
    if (binding.list) {
      auto const bound = members_of(*binding.list, place);
      auto const& type = program_.vocabulary.sources[node.source].keys[out.keys_read].type;
      for (auto const& member : bound.known) choices.push_back(as_key(member.standing.member, type));
      out.more = out.more || bound.more.has_value();
      some_list_is_empty = some_list_is_empty || (bound.known.empty() && !bound.more);
    } else {
      auto const bound = bound_value(binding.value, place);
      out.may_apply = out.may_apply && bound.may_apply;
      out.may_not_apply = out.may_not_apply || bound.may_not_apply;
      choices.push_back(bound);
    }
    std::vector<std::vector<Extent>> longer;
    for (auto const& combination : out.combinations) {
      for (auto const& choice : choices) {
        longer.push_back(combination);
        longer.back().push_back(choice);
      }
    }
    out.combinations = std::move(longer);
    ++out.keys_read;
  }
  out.more = out.more && !some_list_is_empty;
  return out;
}

std::optional<std::uint32_t> Interpreter::find_row(vocabulary::SourceId source, std::vector<End> const& keys) const {
  auto const* newest = release(source);
  if (newest == nullptr) return std::nullopt;
  for (std::uint32_t row = 0; row < newest->table.rows; ++row) {
    bool same = true;
    for (std::size_t k = 0; k < keys.size(); ++k) same = same && Number(newest->table.keys[k][row]) == *keys[k];
    if (same) return row;
  }
  return std::nullopt;
}

Truth Interpreter::passes(check::SourceLookup const& node, SourceRow row, Place const& place) const {
  std::vector<Truth> filters = {values::kYes};
  for (auto const& filter : node.where) filters.push_back(truth(filter.test, place.at(row)));
  return junction(grammar::Connective::all, 0, filters);
}

void Interpreter::add_part(check::SourceLookup const& node, std::vector<Extent> const& keys, Place const& place,
                           Parts& parts) const {
  auto const& source = program_.vocabulary.sources[node.source];
  bool const keys_known =
      std::all_of(keys.begin(), keys.end(), [](Extent const& key) { return key.lowest && key.lowest == key.highest; });
  SourceRow row{node.source, std::nullopt};
  if (keys_known) {
    std::vector<End> symbols;
    for (auto const& key : keys) symbols.push_back(key.lowest);
    row.row = find_row(node.source, symbols);
    bool const surely_absent = source.is_list() && !row.row && release(node.source) != nullptr;
    if (surely_absent) return;
  }
  auto const filter = passes(node, row, place);
  if (filter == values::kNo) return;
  bool const counted_only = node.aggregate == Aggregate::number;
  auto extent = counted_only ? exactly(1) : cell(row, node.column);
  if (node.aggregate == Aggregate::total &&
      never_negative(source.columns[node.column].quantity.type, source.columns[node.column].may_be_negative)) {
    extent = from_zero(extent);
  }
  bool const there = row.row || (!counted_only && !source.is_list());
  parts.known.push_back({extent, there && filter == values::kYes});
}

Extent Interpreter::of(check::SourceLookup const& node, check::Value const&, Place const& place) const {
  auto const wanted = asked(node, place);
  if (!wanted.may_apply) return does_not_apply();
  Parts parts;
  for (auto const& keys : wanted.combinations) add_part(node, keys, place, parts);
  if (wanted.more) {
    Parts further;
    add_part(node, {unknown()}, place, further);
    if (!further.known.empty()) parts.more = further.known.front().extent;
  }
  auto out =
      node.aggregate == Aggregate::none ? parts.known.front().extent : aggregated(node.aggregate, node.complete, parts);
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

// Every cell of the row is suppressed or not published.
bool Interpreter::says_nothing(check::Figure::Fallback const& fallback, std::uint32_t row) const {
  if (!fallback.published) return false;
  auto const& columns = release(fallback.source)->table.columns;
  return std::all_of(columns.begin(), columns.end(), [&](evidence::Column const& column) {
    return column.known[row] == values::Known::suppressed || column.known[row] == values::Known::not_yet_published;
  });
}

// Chosen from what the release is, never from what the submission lacks: a key that is not known names no row that the
// release could be without.
bool Interpreter::fallback_used(check::Figure const& figure, Place const& place) const {
  if (!figure.fallback) return false;
  std::vector<check::SourceLookup const*> lookups;
  for (auto const& figure_case : figure.cases) collect(program_, figure_case.value, figure.fallback->source, lookups);
  bool some_key = false;
  for (auto const* lookup : lookups) {
    auto const wanted = asked(*lookup, place);
    if (wanted.more) return false;
    for (auto const& keys : wanted.combinations) {
      std::vector<End> symbols;
      for (auto const& key : keys) {
        if (!is_exact(key)) return false;
        symbols.push_back(key.lowest);
      }
      some_key = true;
      auto const row = find_row(lookup->source, symbols);
      if (row && !says_nothing(*figure.fallback, *row)) return false;
    }
  }
  return some_key;
}

}  // namespace waymark::reference
