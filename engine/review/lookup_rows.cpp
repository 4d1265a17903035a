// Which rows of a release a lookup names: every combination of what its keys are bound to is one part.
#include <algorithm>
#include <functional>

#include "engine/review/list_reader.hpp"
#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;

namespace {

// One key in one row of the domain: the words that it may have.
struct KeyMembers {
  Members members;
  std::vector<Steps> lowest, highest;  // without repetitions, where a text stood twice
};

// A text that a list gives twice names one row.
void drop_repetitions(KeyMembers& key) {
  auto& members = key.members;
  auto const repeated = [&](std::size_t i) {
    if (members.lowest[i] != members.highest[i]) return false;
    auto const before = members.lowest.first(i);
    auto const exact = [&](std::size_t j) { return members.lowest[j] == members.highest[j]; };
    for (std::size_t j = 0; j < before.size(); ++j) {
      if (before[j] == members.lowest[i] && exact(j)) return true;
    }
    return false;
  };
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < members.lowest.size(); ++i) {
    if (!repeated(i)) kept.push_back(i);
  }
  if (kept.size() == members.lowest.size()) return;
  key.lowest.clear();
  key.highest.clear();
  for (auto const i : kept) {
    key.lowest.push_back(members.lowest[i]);
    key.highest.push_back(members.highest[i]);
  }
  members.lowest = key.lowest;
  members.highest = key.highest;
  members.submitted = {};  // only codes have editions, and no list gives a code twice
}

class PartWalk {
 public:
  /// `open` is the key that is not bound, or kNone; `is_held_otherwise` is asked of words for which the table has no
  /// row.
  PartWalk(std::vector<KeyMembers> const& keys, std::uint32_t open,
           std::function<bool(std::span<Steps const>)> is_held_otherwise)
      : keys_(keys),
        open_(open),
        is_held_otherwise_(std::move(is_held_otherwise)),
        words_(keys.size()),
        submitted_(keys.size()) {}

  void into(LookupRows& out, TableIndex const* table) {
    out_ = &out;
    table_ = table;
    walk(0, true, false);
  }
  std::vector<PartWords> words(TableIndex const* table) {
    table_ = table;
    walk(0, true, false);
    return std::move(all_words_);
  }

 private:
  void walk(std::size_t key, bool known, bool may_be_missing) {
    if (key == keys_.size()) {
      add(known, may_be_missing);
      return;
    }
    if (key == open_) {
      words_[key] = submitted_[key] = values::kNoLowest;
      walk(key + 1, known, may_be_missing);
      return;
    }
    auto const& members = keys_[key].members;
    for (std::size_t i = 0; i < members.lowest.size(); ++i) {
      bool const exact = members.lowest[i] == members.highest[i];
      words_[key] = exact ? members.lowest[i] : values::kNoLowest;
      submitted_[key] = members.submitted.empty() ? words_[key] : members.submitted[i];
      bool const absent = !members.may_be_absent.empty() && members.may_be_absent[i] != 0;
      walk(key + 1, known && exact, may_be_missing || absent);
    }
  }

  // Where a key is open, each of its rows is a part.
  void add(bool known, bool may_be_missing) {
    bool const rows = known && table_ != nullptr && open_ != kNone;
    auto const found = rows ? table_->rows_but(open_, words_) : std::span<std::uint32_t const>();
    for (auto const row : found) {
      words_[open_] = submitted_[open_] = table_->word(open_, row);
      add(row, PartState::row, may_be_missing);
    }
    if (!found.empty()) {
      words_[open_] = submitted_[open_] = values::kNoLowest;
      return;
    }
    auto const row = known && table_ != nullptr && open_ == kNone ? table_->find(words_) : kNoRow;
    auto const state = !known                       ? PartState::key_unknown
                       : table_ == nullptr          ? PartState::no_release
                       : row != kNoRow              ? PartState::row
                       : table_->rows_lost()        ? PartState::row_lost
                       : is_held_otherwise_(words_) ? PartState::other_edition
                                                    : PartState::no_row;
    add(row, state, may_be_missing);
  }

  void add(std::uint32_t row, PartState state, bool may_be_missing) {
    if (out_ == nullptr) {
      all_words_.push_back({words_, submitted_});
      return;
    }
    out_->rows.push_back(row);
    out_->states.push_back(state);
    bool const untold = state == PartState::row && table_->is_untold(row);
    out_->may_be_missing.push_back(may_be_missing || untold ? 1 : 0);
  }

  LookupRows* out_ = nullptr;  // null: the words are wanted
  std::vector<KeyMembers> const& keys_;
  std::uint32_t open_;
  TableIndex const* table_ = nullptr;
  std::function<bool(std::span<Steps const>)> is_held_otherwise_;
  std::vector<Steps> words_, submitted_;
  std::vector<PartWords> all_words_;
};

struct AllKeys {
  std::vector<KeyMembers> members;
  bool and_more = false;
  bool empty = false;
};

std::vector<KeyReader> readers_of(Run::State& state, LookupKeys const& lookup, DomainId in) {
  std::vector<KeyReader> out;
  for (std::uint32_t key = 0; key < lookup.keys.size(); ++key) {
    out.push_back(key == lookup.open ? KeyReader() : KeyReader(state, lookup.keys[key], in));
  }
  return out;
}

void read_keys(std::vector<KeyReader> const& readers, std::uint32_t open, std::size_t row, AllKeys& keys) {
  keys.members.resize(readers.size());
  keys.and_more = keys.empty = false;
  for (std::size_t key = 0; key < readers.size(); ++key) {
    if (key == open) continue;
    auto& here = keys.members[key];
    here.members = readers[key].at(row);
    if (readers[key].may_repeat()) drop_repetitions(here);
    keys.and_more = keys.and_more || here.members.and_more;
    keys.empty = keys.empty || (here.members.lowest.empty() && !here.members.and_more);
  }
}

}  // namespace

LookupRows const& Run::State::lookup_rows(LookupId id, DomainId in) {
  return kept(lookup_rows_, in, id, plan.lookups.size(), [&](LookupRows& out) {
    out.empty();
    find_rows(id, in, out);
    for (std::size_t row = 0; row + 1 < out.offsets.size(); ++row) {
      out.most_parts = std::max(out.most_parts, out.offsets[row + 1] - out.offsets[row]);
    }
  });
}

void Run::State::find_rows(LookupId id, DomainId in, LookupRows& out) {
  auto const& lookup = plan.lookups[id];
  out.and_more.assign(domain(in).rows, 0);
  if (find_rows_by_place(lookup, in, out)) return;
  auto const readers = readers_of(*this, lookup, in);
  AllKeys keys;
  keys.members.resize(readers.size());
  MomentId at = 0;
  auto const held = [&](std::span<Steps const> words) {
    return is_held_otherwise(lookup.source, at, words, lookup.open);
  };
  PartWalk walk(keys.members, lookup.open, held);
  for (std::size_t row = 0; row < domain(in).rows; ++row) {
    read_keys(readers, lookup.open, row, keys);
    out.and_more[row] = keys.and_more && !keys.empty ? 1 : 0;
    at = moment(in, row);
    walk.into(out, table(lookup.source, at));
    out.offsets.push_back(static_cast<std::uint32_t>(out.rows.size()));
  }
}

namespace {

constexpr std::uint64_t kUnknownKey = TableIndex::kNoPlace << 10U;  // above any sum of places that are none

// By row what the key adds to the place in the table.
void add_places(TableIndex const& table, std::size_t key, Column const& words, std::span<std::uint64_t> places) {
  auto const of = [&](std::size_t row) {
    auto const word = words.whole(row);
    return word.lowest == word.highest ? table.place(key, word.lowest) : kUnknownKey;
  };
  auto const only = words.is_alike() && !places.empty() ? of(0) : 0;
  for (std::size_t row = 0; row < places.size(); ++row) places[row] += words.is_alike() ? only : of(row);
}

// A list field, one of the keys: its members, each of which is a part. Where it may give a text twice, that is one.
struct ListKey {
  std::size_t key = 0;
  Rows records;
  cases::FieldColumn const* column = nullptr;
  cases::FactColumn const* values = nullptr;
  bool may_repeat = false;

  bool is_exact(std::uint32_t at) const { return values->lowest[at] == values->highest[at]; }
  bool is_repeated(std::uint32_t begin, std::uint32_t at) const {
    if (!is_exact(at)) return false;
    for (auto before = begin; before < at; ++before) {
      if (values->lowest[before] == values->lowest[at] && is_exact(before)) return true;
    }
    return false;
  }
};

// What is found at a place. Nothing is held under another edition's codes here.
void add_part(TableIndex const& table, std::uint64_t place, LookupRows& out) {
  auto const row = table.row_at(place);
  auto const absent = table.rows_lost() ? PartState::row_lost : PartState::no_row;
  out.rows.push_back(row);
  out.states.push_back(row != kNoRow ? PartState::row : place >= kUnknownKey ? PartState::key_unknown : absent);
  out.may_be_missing.push_back(row != kNoRow && table.is_untold(row) ? 1 : 0);
}

void add_parts(TableIndex const& table, ListKey const& list, std::size_t row, std::uint64_t others, LookupRows& out) {
  auto const record = list.records[row];
  auto const begin = list.column->offsets[record];
  auto const end = list.column->offsets[record + 1];
  if (list.column->list_known[record] != values::Known::exactly) out.and_more[row] = 1;
  for (auto at = begin; at < end; ++at) {
    if (list.may_repeat && list.is_repeated(begin, at)) continue;
    auto const place = list.is_exact(at) ? table.place(list.key, list.values->lowest[at]) : kUnknownKey;
    add_part(table, others + place, out);
  }
}

}  // namespace

// Where every combination of keys has its place in one table, and at most one key is a list: that of the record. Places
// are added up, and nothing is searched for. The same as the walk finds.
bool Run::State::find_rows_by_place(LookupKeys const& lookup, DomainId in, LookupRows& out) {
  if (lookup.open != kNone || !has_one_moment() || !moments.front().other_editions[lookup.source].empty()) return false;
  auto const* release = table(lookup.source, 0);
  auto const is_list = [](check::KeyBinding const& key) { return key.list.has_value(); };
  auto const list = std::find_if(lookup.keys.begin(), lookup.keys.end(), is_list);
  bool const one_at_most = list == lookup.keys.end() || (list->list->of == check::ListUse::Of::fact &&
                                                         std::none_of(list + 1, lookup.keys.end(), is_list));
  if (release == nullptr || !release->has_places() || !one_at_most) return false;
  ListKey of_list;
  auto const places = memory.filled(domain(in).rows, std::uint64_t{0});
  for (std::size_t key = 0; key < lookup.keys.size(); ++key) {
    auto const& binding = lookup.keys[key];
    if (!binding.list) {
      add_places(*release, key, value(binding.value, in), places);
      continue;
    }
    auto const& fact = binding.list->fact;
    of_list = {key, record_rows(fact, in), &field_column(fact), &checked(fact),
               field(fact).quantity.type.kind != vocabulary::Kind::code};
  }
  for (std::size_t row = 0; row < places.size(); ++row) {
    if (of_list.column == nullptr) add_part(*release, places[row], out);
    if (of_list.column != nullptr) add_parts(*release, of_list, row, places[row], out);
    out.offsets.push_back(static_cast<std::uint32_t>(out.rows.size()));
  }
  return true;
}

std::vector<PartWords> Run::State::part_words(LookupId id, DomainId in, std::size_t row) {
  auto const& lookup = plan.lookups[id];
  auto const readers = readers_of(*this, lookup, in);
  AllKeys keys;
  read_keys(readers, lookup.open, row, keys);
  auto const* release = lookup.open == kNone ? nullptr : table(lookup.source, moment(in, row));
  auto const never = [](std::span<Steps const>) { return false; };
  return PartWalk(keys.members, lookup.open, never).words(release);
}

}  // namespace waymark::review
