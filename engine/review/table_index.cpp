// A hash table over the keys of a release; equal combinations are one, the first in the file.
#include "engine/review/table_index.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "engine/values/date.hpp"

namespace waymark::review {
namespace {

using vocabulary::Kind;

std::uint64_t hash_of(std::span<Steps const> words) {
  std::uint64_t hash = 0;
  for (auto const word : words) {
    hash = (hash ^ static_cast<std::uint64_t>(word)) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32U;
  }
  return hash;
}

template <class Found>
Steps or_none(Found const& found) {
  return found ? static_cast<Steps>(*found) : values::kNoLowest;
}

Steps number_word(std::string const& text, std::uint32_t decimals) {
  Steps scale = 1;
  for (std::uint32_t i = 0; i < decimals; ++i) scale *= 10;
  return or_none(values::read_decimal(text, {scale, 1}));
}

}  // namespace

Steps key_word(vocabulary::Type const& type, values::Symbol symbol, values::Symbols const& symbols,
               vocabulary::Vocabulary const& vocabulary) {
  auto const& text = symbols.text(symbol);
  switch (type.kind) {
    case Kind::code:
    case Kind::text: return static_cast<Steps>(symbol);
    case Kind::choice: return or_none(vocabulary.choices[type.which].find(text));
    case Kind::year: return or_none(values::read_year(text));
    case Kind::yes_no: return text == "yes" ? 1 : 0;
    case Kind::date: {
      auto const date = values::read_date(text);
      return date ? date->days : values::kNoLowest;
    }
    default: return number_word(text, vocabulary.decimals(type));
  }
}

TableIndex::TableIndex(evidence::Release const& release, vocabulary::Vocabulary const& vocabulary,
                       values::Symbols const& symbols)
    : release_(&release), number_(release.table.number()) {
  auto const& source = vocabulary.sources[release.source];
  for (std::size_t key = 0; key < source.keys.size(); ++key) {
    auto& words = words_.emplace_back();
    for (auto const symbol : release.table.keys[key]) {
      words.push_back(key_word(source.keys[key].type, symbol, symbols, vocabulary));
    }
  }
  for (auto const& column : source.columns) {
    declared_.push_back({column.lowest.value_or(values::kNoLowest), column.highest.value_or(values::kNoHighest)});
  }
  keep_within(source);
  index_rows();
  index_places();
  if (source.keys.size() == 1) index_members(symbols);
}

bool TableIndex::same(std::uint32_t row, std::span<Steps const> words) const {
  for (std::size_t key = 0; key < words.size(); ++key) {
    if (words_[key][row] != words[key]) return false;
  }
  return true;
}

void TableIndex::index_rows() {
  slots_.assign(std::bit_ceil(2 * rows() + 1), kNoRow);
  std::vector<Steps> words(words_.size());
  for (std::uint32_t row = 0; row < rows(); ++row) {
    for (std::size_t key = 0; key < words.size(); ++key) words[key] = words_[key][row];
    auto slot = hash_of(words) & (slots_.size() - 1);
    while (slots_[slot] != kNoRow && !same(slots_[slot], words)) slot = (slot + 1) & (slots_.size() - 1);
    if (slots_[slot] == kNoRow) slots_[slot] = row;
  }
}

// Words are dense where they matter: symbols of one column were interned together, and choices and years are few.
void TableIndex::index_places() {
  // The combinations of 60 programs and 240 credentials, for 480 that have a row.
  auto const most = std::min<std::size_t>(8 * rows() + 16'384, kNoPlace);
  if (words_.size() > kMostKeys) return;
  std::size_t all = 1;
  std::vector<Places> places;
  for (auto const& words : words_) {
    auto& of = places.emplace_back();
    std::vector<Steps> each = words;
    std::sort(each.begin(), each.end());
    each.erase(std::unique(each.begin(), each.end()), each.end());
    if (!each.empty() && each.front() == values::kNoLowest) each.erase(each.begin());  // no value is that
    if (each.empty() || static_cast<std::uint64_t>(each.back()) - static_cast<std::uint64_t>(each.front()) >= most)
      return;
    constexpr auto kFarthest = Steps{1} << 30;  // so that nothing narrow comes round to it again
    if (each.front() < -kFarthest || each.back() > kFarthest) return;
    of.first = static_cast<Narrow>(each.front());
    of.by_word.assign(static_cast<std::size_t>(each.back() - each.front()) + 2, kNoPlace);
    for (std::size_t nth = 0; nth < each.size(); ++nth) {
      of.by_word[static_cast<std::size_t>(each[nth] - each.front())] = static_cast<std::uint32_t>(nth * all);
    }
    all *= each.size();
    if (all > most) return;
  }
  places_ = std::move(places);
  rows_at_.assign(all + 1, kNoRow);
  for (auto row = static_cast<std::uint32_t>(rows()); row-- > 0;) {
    std::size_t at = 0;
    for (std::size_t key = 0; key < words_.size(); ++key) {
      at += this->places(key).of(as_narrow(words_[key][row]));
    }
    if (at < all) rows_at_[at] = row;
  }
}

void TableIndex::keep_within(vocabulary::Source const& source) {
  auto const& columns = release_->table.columns;
  for (std::uint32_t column = 0; column < source.columns.size(); ++column) {
    auto& made = within_.emplace_back();
    made.lowest = columns[column].lowest;
    made.highest = columns[column].highest;
    if (declared_[column].lowest == values::kNoLowest && declared_[column].highest == values::kNoHighest) continue;
    for (std::uint32_t row = 0; row < rows(); ++row) {
      auto const within = cell(column, row);
      made.own_lowest.push_back(within.lowest);
      made.own_highest.push_back(within.highest);
    }
    made.lowest = made.own_lowest;
    made.highest = made.own_highest;
  }
}

void TableIndex::place(std::uint32_t column) {
  auto& of = within_[column];
  bool const dense = rows_at_.size() <= 4 * rows() + 16'384;  // else it is little that is kept in much memory
  if (!has_places() || !dense || !of.placed.at.empty()) return;
  Memory memory;
  auto const& declared = declared_[column];
  std::array const ends_declared = {declared.lowest, declared.highest};
  auto const lowest = narrow_steps(of.lowest, memory);
  auto const highest = narrow_steps(of.highest, memory);
  auto const nothing = narrow_steps(ends_declared, memory);
  if (!lowest || !highest || !nothing) return;
  of.placed.limit = std::max({lowest->limit, highest->limit, nothing->limit});
  of.placed.at.assign(rows_at_.size(), {nothing->steps[0], nothing->steps[1]});
  for (std::size_t place = 0; place < rows_at_.size(); ++place) {
    if (auto const row = rows_at_[place]; row != kNoRow)
      of.placed.at[place] = {lowest->steps[row], highest->steps[row]};
  }
}

void TableIndex::index_members(values::Symbols const& symbols) {
  std::vector<std::uint32_t> firsts;
  for (std::uint32_t row = 0; row < rows(); ++row) {
    if (find(std::span(&words_[0][row], 1)) == row) firsts.push_back(row);
  }
  auto const& texts = release_->table.keys[0];
  std::sort(firsts.begin(), firsts.end(),
            [&](auto a, auto b) { return symbols.text(texts[a]) < symbols.text(texts[b]); });
  for (auto const row : firsts) members_.push_back(words_[0][row]);
  if (release_->table.untold.empty()) return;
  for (auto const row : firsts) untold_members_.push_back(release_->table.untold[row]);
}

std::uint32_t TableIndex::find(std::span<Steps const> words) const {
  auto slot = hash_of(words) & (slots_.size() - 1);
  while (slots_[slot] != kNoRow && !same(slots_[slot], words)) slot = (slot + 1) & (slots_.size() - 1);
  return slots_[slot];
}

void TableIndex::open(std::size_t key) {
  auto const [at, is_new] = opened_.try_emplace(key);
  if (!is_new) return;
  auto& order = at->second;
  std::vector<Steps> words(words_.size());
  for (std::uint32_t row = 0; row < rows(); ++row) {
    for (std::size_t k = 0; k < words.size(); ++k) words[k] = words_[k][row];
    if (find(words) == row) order.push_back(row);
  }
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
    for (std::size_t k = 0; k < words_.size(); ++k) {
      if (k != key && words_[k][a] != words_[k][b]) return words_[k][a] < words_[k][b];
    }
    return false;
  });
}

std::span<std::uint32_t const> TableIndex::rows_but(std::size_t open, std::span<Steps const> words) const {
  auto const& order = opened_.at(open);
  // Below, among or above the rows with these words.
  auto const side = [&](std::uint32_t row) {
    for (std::size_t k = 0; k < words_.size(); ++k) {
      if (k != open && words_[k][row] != words[k]) return words_[k][row] < words[k] ? -1 : 1;
    }
    return 0;
  };
  auto const begin = std::partition_point(order.begin(), order.end(), [&](auto row) { return side(row) < 0; });
  auto const end = std::partition_point(begin, order.end(), [&](auto row) { return side(row) == 0; });
  return {begin, end};
}

Bounds TableIndex::cell(std::uint32_t column, std::uint32_t row) const {
  auto const& cells = release_->table.columns[column];
  auto const lowest = cells.lowest[row];
  auto const highest = cells.highest[row];
  if (lowest == highest) return {lowest, highest};
  return {std::max(lowest, declared_[column].lowest), std::min(highest, declared_[column].highest)};
}

}  // namespace waymark::review
