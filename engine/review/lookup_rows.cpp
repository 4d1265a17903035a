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

  void into(LookupRows::Walked& out, TableIndex const* table) {
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

  LookupRows::Walked* out_ = nullptr;  // null: the words are wanted
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
  out.reserve(lookup.keys.size());
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

LookupRows::Walked& LookupRows::walk() {
  by_place_ = {};
  walked_.offsets.assign(1, 0);
  walked_.rows.clear();
  walked_.states.clear();
  walked_.may_be_missing.clear();
  walked_.and_more.clear();
  return walked_;
}

void LookupRows::take() {
  offsets_ = walked_.offsets;
  rows_ = walked_.rows;
  auto const& missing = walked_.may_be_missing;
  bool const some = std::find(missing.begin(), missing.end(), 1) != missing.end();
  may_be_missing_ = some ? std::span<std::uint8_t const>(missing) : std::span<std::uint8_t const>();
  and_more_ = walked_.and_more;
  by_size_ = {};
  one_each_ = false;
  most_parts_ = 0;
  for (std::size_t row = 0; row < rows_of_domain(); ++row) most_parts_ = std::max(most_parts_, end(row) - begin(row));
}

LookupRows const& Run::State::lookup_rows(LookupId id, DomainId in) {
  return kept(lookup_rows_, in, id, plan.lookups.size(), [&](LookupRows& out) {
    if (find_rows_by_place(plan.lookups[id], in, out)) return;
    find_rows(plan.lookups[id], in, out);
  });
}

void Run::State::find_rows(LookupKeys const& lookup, DomainId in, LookupRows& found) {
  auto& out = found.walk();
  out.and_more.assign(domain(in).rows, 0);
  auto const readers = readers_of(*this, lookup, in);
  AllKeys keys;
  keys.members.resize(readers.size());
  MomentId at = 0;
  auto const held_otherwise = [&](std::span<Steps const> words) {
    return is_held_otherwise(lookup.source, at, words, lookup.open);
  };
  PartWalk walk(keys.members, lookup.open, held_otherwise);
  for (std::size_t row = 0; row < domain(in).rows; ++row) {
    read_keys(readers, lookup.open, row, keys);
    out.and_more[row] = keys.and_more && !keys.empty ? 1 : 0;
    at = moment(in, row);
    walk.into(out, table(lookup.source, at));
    out.offsets.push_back(static_cast<std::uint32_t>(out.rows.size()));
  }
  found.take();
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
