// Codes outside the edition in which they are asked, and codes that a list holds under those of another edition: they
// cannot be told.
#include <algorithm>

#include "engine/review/state.hpp"

namespace waymark::review {

using cases::FactColumn;
using vocabulary::Kind;

namespace {

// The tables that list a whole edition on one date: which key of which release.
struct EditionTable {
  vocabulary::SourceId source;
  evidence::Table const* table;
  std::size_t key;
};

std::vector<EditionTable> tables_of(vocabulary::Vocabulary const& words, evidence::Evidence const& evidence,
                                    vocabulary::Type const& type, values::Date date) {
  std::vector<EditionTable> out;
  for (std::size_t id = 0; id < words.sources.size(); ++id) {
    auto const& source = words.sources[id];
    if (!source.lists_all || *source.lists_all != type) continue;
    auto const key =
        std::find_if(source.keys.begin(), source.keys.end(), [&](auto const& k) { return k.type == type; });
    auto const* release = evidence.newest(static_cast<vocabulary::SourceId>(id), date);
    if (key == source.keys.end() || release == nullptr) continue;
    out.push_back(
        {static_cast<vocabulary::SourceId>(id), &release->table, static_cast<std::size_t>(key - source.keys.begin())});
  }
  return out;
}

bool is_outside(std::vector<EditionTable> const& tables, Steps code) {
  auto const symbol = static_cast<values::Symbol>(code);
  auto const holds = [&](EditionTable const& t) { return !t.table->rows_with(t.key, symbol).empty(); };
  return !tables.empty() && std::none_of(tables.begin(), tables.end(), holds);
}

// For every run of values the case to which it belongs.
std::vector<std::uint32_t> cases_of_values(cases::Batch const& batch, check::FactRef const& fact,
                                           cases::FieldColumn const& column, bool is_list, bool in_list) {
  auto const spread = [](std::vector<std::uint32_t>& rows, std::vector<std::uint32_t> const& offsets,
                         std::vector<std::uint32_t> const& from) {
    rows.resize(offsets.back());
    for (std::size_t i = 0; i + 1 < offsets.size(); ++i) {
      std::fill(rows.begin() + offsets[i], rows.begin() + offsets[i + 1], from[i]);
    }
  };
  std::vector<std::uint32_t> all(batch.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  std::vector<std::uint32_t> records = all;
  if (in_list) spread(records, batch.facts.fields[fact.outer].offsets, all);
  if (!is_list) return records;
  std::vector<std::uint32_t> members;
  spread(members, column.offsets, records);
  return members;
}

}  // namespace

FactColumn const& Run::State::checked(check::FactRef const& fact) {
  auto const& column = field_column(fact);
  auto type = field(fact).quantity.type;
  bool const is_list = type.list;
  type.list = false;
  if (type.kind != Kind::code || type.edition == 0 || !field(fact).each.empty()) return column.values;
  auto const [at, is_new] = checked_.try_emplace(std::pair(fact.outer, fact.position));
  if (!is_new) return at->second ? *at->second : column.values;
  std::vector<std::vector<EditionTable>> tables;
  for (auto const& moment : moments) tables.push_back(tables_of(words(), plan.evidence, type, moment.date));
  if (std::all_of(tables.begin(), tables.end(), [](auto const& t) { return t.empty(); })) return column.values;
  auto const owners = cases_of_values(*batch, fact, column, is_list, in_record_list(fact));
  for (std::size_t i = 0; i < owners.size(); ++i) {
    auto const& values = at->second ? *at->second : column.values;
    if (values.lowest[i] != values.highest[i]) continue;
    if (!is_outside(tables[moment_of_case[owners[i]]], values.lowest[i])) continue;
    if (!at->second) at->second = column.values;
    at->second->lowest[i] = values::kNoLowest;
    at->second->highest[i] = values::kNoHighest;
    at->second->known[i] = values::Known::outside_edition;
  }
  return at->second ? *at->second : column.values;
}

std::vector<Partner> Run::State::partners(vocabulary::SourceId source, std::size_t key, Steps code,
                                          MomentId moment) const {
  std::vector<Partner> out;
  for (auto const* other : moments[moment].other_editions[source]) {
    if (other->key != key) continue;
    auto const found = other->partners.find(static_cast<values::Symbol>(code));
    if (found == other->partners.end()) continue;
    for (auto const partner : found->second) out.push_back({partner, other->edition, other->crosswalk});
  }
  return out;
}

bool Run::State::is_held_otherwise(vocabulary::SourceId source, MomentId moment, std::span<Steps const> words,
                                   std::uint32_t open) const {
  if (moments[moment].other_editions[source].empty()) return false;
  std::vector<std::vector<Steps>> named = {{}};  // the words that every key may have, key by key
  for (std::size_t key = 0; key < words.size(); ++key) {
    std::vector<Steps> names = {words[key]};
    if (key != open) {
      for (auto const& partner : partners(source, key, words[key], moment)) names.push_back(partner.code);
    }
    std::vector<std::vector<Steps>> longer;
    for (auto const& begun : named) {
      for (auto const name : names) {
        longer.push_back(begun);
        longer.back().push_back(name);
      }
    }
    named = std::move(longer);
  }
  auto const* release = table(source, moment);
  return std::any_of(named.begin(), named.end(), [&](auto const& row) {
    return open == check::kNone ? release->find(row) != kNoRow : !release->rows_but(open, row).empty();
  });
}

bool Run::State::is_of_other_edition(vocabulary::SourceId source, std::size_t key, Steps code, MomentId moment) const {
  auto const& others = moments[moment].other_editions[source];
  return std::any_of(others.begin(), others.end(), [&](evidence::OtherEdition const* other) {
    auto const& codes = other->codes;
    return other->key == key && std::find(codes.begin(), codes.end(), static_cast<values::Symbol>(code)) != codes.end();
  });
}

void Run::State::add_outside(check::FactRef const& fact, std::uint32_t record, std::vector<values::Symbol>& out) {
  auto const& column = field_column(fact);
  auto const& values = checked(fact);
  if (&values == &column.values) return;  // none in the whole batch
  bool const list = field(fact).quantity.type.list;
  auto const end = list ? column.offsets[record + 1] : record + 1;
  for (auto at = list ? column.offsets[record] : record; at < end; ++at) {
    if (values.known[at] != values::Known::outside_edition) continue;
    out.push_back(static_cast<values::Symbol>(column.values.lowest[at]));
  }
}

std::optional<values::Symbol> Run::State::outside_member(check::RangeId range, Frame frame) {
  if (known_member(range, frame) != values::Known::outside_edition) return std::nullopt;
  // The member keeps the code that was submitted; its value is what cannot be told.
  return static_cast<values::Symbol>(members_of(frame.domain, innermost(frame.domain, range))[frame.row]);
}

std::vector<values::Symbol> Run::outside_edition(check::FactRef const& fact, Frame frame) {
  auto const at = state_->place(frame);
  std::vector<values::Symbol> out;
  if (state_->is_as_submitted(fact)) return out;
  state_->add_outside(fact, state_->kept_records(fact, at.domain)[at.row], out);
  return out;
}

std::optional<values::Symbol> Run::outside_edition(check::RangeId range, Frame frame) {
  return state_->outside_member(range, state_->place(frame));
}

std::vector<check::FactRef> Run::State::code_facts() const {
  std::vector<check::FactRef> out;
  auto const& fields = words().records[program.record].fields;
  for (std::uint32_t outer = 0; outer < fields.size(); ++outer) {
    auto const& type = words().fields[fields[outer]].quantity.type;
    if (type.kind == Kind::code) out.push_back({check::kNone, outer, fields[outer]});
    if (type.kind != Kind::record) continue;
    auto const& inner = words().records[type.which].fields;
    for (std::uint32_t position = 0; position < inner.size(); ++position) {
      bool const is_code = words().fields[inner[position]].quantity.type.kind == Kind::code;
      if (is_code) out.push_back({outer, position, inner[position]});
    }
  }
  return out;
}

std::vector<std::uint8_t> Run::cases_with_outside_codes() {
  std::vector<std::uint8_t> out;
  for (auto const& fact : state_->code_facts()) {
    auto const& column = state_->field_column(fact);
    auto const& values = state_->checked(fact);
    if (&values == &column.values) continue;  // none in the whole batch
    out.resize(state_->cases(), 0);
    auto const owners = cases_of_values(*state_->batch, fact, column, state_->field(fact).quantity.type.list,
                                        state_->in_record_list(fact));
    for (std::size_t i = 0; i < owners.size(); ++i) {
      if (values.known[i] == values::Known::outside_edition) out[owners[i]] = 1;
    }
  }
  return out;
}

std::vector<OutsideCode> Run::outside_codes(std::uint32_t case_index) {
  std::vector<OutsideCode> out;
  for (auto const& fact : state_->code_facts()) {
    bool const many = state_->in_record_list(fact);
    auto const* offsets = many ? &state_->batch->facts.fields[fact.outer].offsets : nullptr;
    auto const end = many ? (*offsets)[case_index + 1] : case_index + 1;
    for (auto row = many ? (*offsets)[case_index] : case_index; row < end; ++row) {
      std::vector<values::Symbol> codes;
      state_->add_outside(fact, row, codes);
      for (auto const code : codes) out.push_back({fact, code});
    }
  }
  return out;
}

std::vector<vocabulary::SourceId> Run::edition_tables(vocabulary::Type const& type, std::uint32_t case_index) const {
  auto asked = type;
  asked.list = false;
  std::vector<vocabulary::SourceId> out;
  auto const& moment = state_->moments[state_->moment_of_case[case_index]];
  for (auto const& table : tables_of(state_->words(), state_->plan.evidence, asked, moment.date)) {
    out.push_back(table.source);
  }
  return out;
}

}  // namespace waymark::review
