// Which rows of a release a lookup names: every combination of what its keys are bound to is one part.
#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include "engine/review/list_reader.hpp"
#include "engine/review/state.hpp"
#include "engine/review/wide.hpp"

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
    out.and_more.assign(domain(in).rows, 0);
    if (!find_rows_by_place(plan.lookups[id], in, out)) find_rows(plan.lookups[id], in, out);
    auto const& missing = out.may_be_missing;
    out.some_missing = std::find(missing.begin(), missing.end(), 1) != missing.end();
  });
}

void Run::State::find_rows(LookupKeys const& lookup, DomainId in, LookupRows& out) {
  out.empty();
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
    out.most_parts = std::max(out.most_parts, out.offsets[row + 1] - out.offsets[row]);
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

  std::uint32_t begin(std::size_t row) const { return column->offsets[records[row]]; }
  std::uint32_t size(std::size_t row) const { return column->offsets[records[row] + 1] - begin(row); }
  bool is_exact(std::uint32_t at) const { return values->lowest[at] == values->highest[at]; }
  bool is_repeated(std::uint32_t first, std::uint32_t at) const {
    bool out = false;
    for (auto before = first; before < at; ++before) {
      out = out || (values->lowest[before] == values->lowest[at] && is_exact(before));
    }
    return out && is_exact(at);
  }
};

// Rows by their sizes. Gone through in this order, a loop over the parts of a row ends after as many as that of the row
// before, which the processor foresees: half of what an aggregate costs is otherwise that it does not.
Rows in_order_of(Rows sizes, Memory& memory) {
  constexpr std::uint32_t kLargest = 7;  // and above
  std::array<std::uint32_t, kLargest + 2> at{};
  for (auto const size : sizes) ++at[std::min(size, kLargest) + 1];
  for (std::size_t i = 1; i < at.size(); ++i) at[i] += at[i - 1];
  auto const out = memory.array<std::uint32_t>(sizes.size());
  for (std::uint32_t row = 0; row < sizes.size(); ++row) out[at[std::min(sizes[row], kLargest)]++] = row;
  return out;
}

// Fills the rows of a lookup from places. Nothing is held under another edition's codes here.
class PlaceFiller {
 public:
  PlaceFiller(TableIndex const& table, LookupRows& out)
      : table_(table), out_(out), absent_(table.rows_lost() ? PartState::row_lost : PartState::no_row) {}

  /// One part a row.
  void fill(std::span<std::uint64_t const> places) {
    begin(places.size());
    out_.order = {};
    out_.offsets.resize(places.size() + 1);
    std::iota(out_.offsets.begin(), out_.offsets.end(), 0U);
    out_.most_parts = 1;
    for (std::size_t row = 0; row < places.size(); ++row) put(row, places[row]);
    end();
  }

  /// A part for each member of a list, with what the other keys of the row add to its place.
  void fill(std::span<std::uint64_t const> others, ListKey const& list, Memory& memory) {
    auto const sizes = memory.array<std::uint32_t>(others.size());
    for (std::size_t row = 0; row < sizes.size(); ++row) sizes[row] = list.size(row);
    if (list.may_repeat) drop_repetitions(sizes, list, memory);
    out_.offsets.resize(sizes.size() + 1);
    out_.offsets[0] = 0;
    std::inclusive_scan(sizes.begin(), sizes.end(), out_.offsets.begin() + 1);
    out_.most_parts = sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
    out_.order = in_order_of(sizes, memory);
    begin(out_.offsets.back());
    for (auto const row : out_.order) put_members(row, others[row], list);
    for (std::size_t row = 0; row < sizes.size(); ++row) {
      out_.and_more[row] = list.column->list_known[list.records[row]] != values::Known::exactly ? 1 : 0;
    }
    end();
  }

 private:
  void begin(std::size_t parts) {
    out_.rows.resize(parts);
    out_.states.resize(parts);
    out_.may_be_missing.assign(parts, 0);
  }

  static void drop_repetitions(std::span<std::uint32_t> sizes, ListKey const& list, Memory& memory) {
    for (auto const row : in_order_of(sizes, memory)) {
      auto const first = list.begin(row);
      auto const end = first + sizes[row];
      for (auto at = first; at < end; ++at) sizes[row] -= list.is_repeated(first, at) ? 1U : 0U;
    }
  }

  WAYMARK_INLINE void put_members(std::size_t row, std::uint64_t others, ListKey const& list) {
    auto const first = list.begin(row);
    auto part = out_.offsets[row];
    bool const some_repeated = list.may_repeat && list.size(row) != out_.offsets[row + 1] - part;
    for (auto at = first; part < out_.offsets[row + 1]; ++at) {
      if (some_repeated && list.is_repeated(first, at)) continue;
      auto const place = list.is_exact(at) ? table_.place(list.key, list.values->lowest[at]) : kUnknownKey;
      put(part++, others + place);
    }
  }

  WAYMARK_INLINE void put(std::size_t part, std::uint64_t place) {
    auto const row = table_.row_at(place);
    out_.rows[part] = row;
    out_.states[part] = row != kNoRow ? PartState::row : place >= kUnknownKey ? PartState::key_unknown : absent_;
  }

  void end() {
    if (!table_.has_untold()) return;
    for (std::size_t part = 0; part < out_.rows.size(); ++part) {
      auto const row = out_.rows[part];
      out_.may_be_missing[part] = row != kNoRow && table_.is_untold(row) ? 1 : 0;
    }
  }

  TableIndex const& table_;
  LookupRows& out_;
  PartState absent_;
};

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
  PlaceFiller filler(*release, out);
  if (of_list.column == nullptr) filler.fill(places);
  if (of_list.column != nullptr) filler.fill(places, of_list, memory);
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
