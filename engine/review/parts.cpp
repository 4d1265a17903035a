// The parts of a lookup and how leaves are known, for whoever explains a value.
#include "engine/review/list_reader.hpp"
#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;
using values::Known;

namespace {

Seen seen(Bounds bounds) { return {values::ratio_of(bounds.lowest), values::ratio_of(bounds.highest), true, false}; }

// Why a part without a row is not there: a release that is still to come, or none that has its row.
Known why_missing(PartState state, std::vector<TableIndex> const& releases) {
  if (state == PartState::other_edition) return Known::outside_edition;
  return state == PartState::no_release && !releases.empty() ? Known::not_yet_published : Known::not_covered;
}

}  // namespace

values::Symbol Run::State::symbol_of(vocabulary::Type const& type, Steps word) const {
  bool const is_symbol = type.kind == vocabulary::Kind::code || type.kind == vocabulary::Kind::text;
  return is_symbol && is_finite(word) ? static_cast<values::Symbol>(word) : values::Symbols::kUnknown;
}

Known Run::State::known_list(vocabulary::SourceId source, MomentId moment) const {
  auto const* release = table(source, moment);
  if (release == nullptr) return why_missing(PartState::no_release, plan.tables[source]);
  return release->rows_lost() ? Known::unreadable : Known::exactly;
}

Part Run::State::part(check::SourceLookup const& node, LookupRows const& found, std::size_t at,
                      TableIndex const* release) const {
  auto const& source = words().sources[node.source];
  bool const counts = node.aggregate == grammar::Aggregate::number || node.open != kNone;
  Part out;
  out.may_be_missing = found.may_be_missing(at);
  if (found.state(at) == PartState::row) {
    out.row = found.rows()[at];
    if (!counts) out.known = release->known(node.column, *out.row);
    if (release->is_untold(*out.row)) out.known = Known::not_told;
    out.value = seen(counts ? Bounds{1, 1} : release->cell(node.column, *out.row));
    return out;
  }
  out.known = why_missing(found.state(at), plan.tables[node.source]);
  bool const absent = found.state(at) == PartState::no_row && source.is_list();
  if (counts) {
    out.value = seen(absent ? Bounds{0, 0} : Bounds{0, 1});
  } else {
    auto const& column = source.columns[node.column];
    out.value = seen({column.lowest.value_or(values::kNoLowest), column.highest.value_or(values::kNoHighest)});
  }
  return out;
}

std::vector<Part> Run::State::parts(ValueId id, Frame frame) {
  auto const* node = std::get_if<check::SourceLookup>(&program.values[id].node);
  WAYMARK_CHECK(node != nullptr, "parts of a value that is no lookup");
  auto const at = own_place(frame, plan.needs_of_value(id));
  auto const lookup = plan.lookup_of[id];
  auto const& found = lookup_rows(lookup, at.domain);
  auto const keep = kept(filtered_, at.domain, id, program.values.size(),
                         [&](Keeps& out) { out = filtered(*node, lookup, at.domain, found); });
  auto keys = part_words(lookup, at.domain, at.row);
  auto const* release = table(node->source, moment(at.domain, at.row));
  auto const& source = words().sources[node->source];
  // Of a key that is one value: the code that it would be, were it not outside its edition.
  auto const outside_key = [&](check::KeyBinding const& binding) -> std::optional<values::Symbol> {
    if (binding.value == kNone) return std::nullopt;
    if (auto const* fact = std::get_if<check::Fact>(&program.values[binding.value].node)) {
      std::vector<values::Symbol> codes;
      add_outside(fact->fact, kept_records(fact->fact, at.domain)[at.row], codes);
      return codes.empty() ? std::nullopt : std::optional(codes.front());
    }
    auto const* member = std::get_if<check::Member>(&program.values[binding.value].node);
    return member == nullptr ? std::nullopt : outside_member(member->range, at);
  };
  std::vector<Part> out;
  out.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    auto const place = found.begin(at.row) + i;
    auto const kept_row = keep.empty() ? kIn : static_cast<Keep>(keep[place]);
    if (kept_row == kOut) continue;
    auto made = part(*node, found, place, release);
    made.may_be_missing = made.may_be_missing || kept_row == kPerhaps;
    made.words = std::move(keys[i].words);
    made.keys.reserve(made.words.size());
    for (std::size_t key = 0; key < made.words.size(); ++key) {
      made.keys.push_back(symbol_of(source.keys[key].type, keys[i].submitted[key]));
      if (auto const code = outside_key(node->keys[key])) made.keys.back() = *code;
    }
    bool const member = node->open != kNone && made.row.has_value();
    if (member && is_of_other_edition(node->source, node->open, made.words[node->open], moment(at.domain, at.row))) {
      made.known = Known::outside_edition;
    }
    out.push_back(std::move(made));
  }
  return out;
}

values::Known Run::State::known_fact(check::FactRef const& fact, Frame frame) {
  auto const& column = field_column(fact);
  auto const& from = checked(fact);
  if (field(fact).quantity.type.list) {
    auto const record = kept_records(fact, frame.domain)[frame.row];
    auto out = column.list_known[record];
    for (auto i = column.offsets[record]; column.members.empty() && i < column.offsets[record + 1]; ++i) {
      if (out == Known::exactly) out = from.known[i];
    }
    return out;
  }
  auto const at = kept_places(fact, frame.domain)[frame.row];
  return at == kNoRow ? Known::not_submitted : from.known[at];
}

values::Known Run::State::known_member(check::RangeId range, Frame frame) {
  auto const& of = program.ranges[range];
  if (of.of != check::Range::Of::list_field) return Known::exactly;
  check::FactRef const fact{kNone, of.which, words().records[program.record].fields[of.which]};
  if (field(fact).quantity.type.kind == vocabulary::Kind::record) return Known::exactly;
  auto const outer = innermost(frame.domain, range);
  auto const row = row_above(frame, outer);
  auto const& level = domain(outer);
  auto const nth = row - level.offsets[level.parent_of[row]];
  return checked(fact).known[field_column(fact).offsets[level.case_of[row]] + nth];
}

std::vector<Part> Run::parts(ValueId value, Frame frame) { return state_->parts(value, frame); }

}  // namespace waymark::review
