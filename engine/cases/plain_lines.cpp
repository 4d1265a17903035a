// Walking a plain line: keys as they are expected, objects, and records within records.
#include "engine/cases/plain_lines.hpp"

#include <algorithm>

namespace waymark::cases::plain {
namespace {

using values::Steps;

// Whether an object begins as a range of a value does, and not as further keys. What else it may be, as with blanks
// before the first key, is not plain.
bool is_range(Cursor at) {
  return *at == '"' && std::any_of(kRangeKeys.begin(), kRangeKeys.end(), [&](std::string_view key) {
    return is_word(at + 1, key) && at[1 + key.size()] == '"';
  });
}

}  // namespace

PlainLines::PlainLines(Setting const& setting, Notices const& notices)
    : setting_(setting), keys_(setting.vocabulary, setting.record, notices) {}

void PlainLines::read_into(RecordColumns& facts, std::vector<NewText>& texts) {
  facts_ = &facts;
  keys_.work_in(facts);
  new_texts_ = &texts;
  ranges_.clear();
  find_ranges(facts);
}

void PlainLines::find_ranges(RecordColumns& facts) {
  auto const& fields = setting_.vocabulary.records[facts.record].fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    auto const& field = setting_.vocabulary.fields[fields[i]];
    auto& column = facts.fields[i];
    if (!column.offsets.empty()) ranges_.push_back({&column, cases::entries_of(field, setting_.vocabulary)});
    if (layout_of(field) == Layout::record) find_ranges(column.members.front());
  }
}

Cursor PlainLines::read(Cursor begin, std::size_t row) {
  auto const texts = new_texts_->size();
  id_ = {};
  year_cells_.clear();
  for (auto const& ranges : ranges_) {
    auto* const offset = ranges.column->offsets.data() + row * ranges.entries;
    for (std::size_t i = 1; i <= ranges.entries; ++i) offset[i] = *offset;
  }
  auto at = after_blanks(begin);
  at = *at == '{' ? record(at, {*facts_, row}) : nullptr;
  if (at != nullptr) at = after_blanks(at);
  if (at != nullptr && *at == '\n') return at + 1;
  new_texts_->resize(texts);
  return nullptr;
}

Cursor PlainLines::record(Cursor at, Row row) {
  auto const base = year_cells_.size();
  at = object(at, keys_.of(row.columns.record), row);
  return at != nullptr && file_years(row, base) ? at : nullptr;
}

// What is not as plain as this, such as no value at all, is left to `single`, here and below. All of it stands in
// `object`, whatever g++ thinks of its size: calls took a tenth of the time of reading.
[[gnu::always_inline]] inline Cursor PlainLines::number(Cursor at, PlainKey const& key, Row row) {
  auto const& plan = *key.plan;
  auto const whole = read_whole(at);
  if (whole.end == nullptr) return single(at, key, row);
  auto const cell = cell_of(key, row);
  bool const is_within = static_cast<std::uint64_t>(whole.number - plan.least) <= plan.span;
  if (!is_within || !cell.is_free()) return single(at, key, row);
  cell.put(whole.number * plan.factor);
  return whole.end;
}

inline Cursor PlainLines::code(Cursor at, PlainKey const& key, Row row) {
  if (*at != '"') return single(at, key, row);
  Word word;
  return put(read_code(at, *key.plan, word), word, key, row);
}

inline Cursor PlainLines::text(Cursor at, PlainKey const& key, Row row) {
  if (*at != '"') return single(at, key, row);
  Word word;
  return put(read_word(at, word), word, key, row);
}

inline Cursor PlainLines::put(Cursor end, Word const& word, PlainKey const& key, Row row) {
  auto const cell = cell_of(key, row);
  if (end == nullptr || !cell.is_free()) return nullptr;
  if (word.text.empty()) return end;
  cell.put(Steps{word.symbol});
  if (word.symbol == values::Symbols::kUnknown) {
    auto const place = row.at * key.plan->entries + key.meaning.entry;
    new_texts_->push_back({&row.columns.fields[key.meaning.field].values, place, word.text});
  }
  return end;
}

// Which of its entries a choice is, nobody can foretell: all are compared, and none decides where to go on.
inline Cursor PlainLines::choice(Cursor at, PlainKey const& key, Row row) {
  auto const& entries = key.plan->entries_in_lines;
  auto found = entries.size();
  for (std::size_t i = 0; i < entries.size(); ++i) found = entries[i].begins_at(at) ? i : found;
  auto const cell = cell_of(key, row);
  if (found == entries.size() || !cell.is_free()) return single(at, key, row);
  cell.put(static_cast<Steps>(found));
  return at + entries[found].size();
}

inline Cursor PlainLines::date(Cursor at, PlainKey const& key, Row row) {
  constexpr std::size_t kSize = 10;
  auto const& plan = *key.plan;
  bool const quoted = *at == '"' && at[1 + kSize] == '"';
  auto const read = quoted ? values::read_date({at + 1, kSize}) : std::nullopt;
  auto const cell = cell_of(key, row);
  if (!read || read->days < plan.lowest || read->days > plan.highest || !cell.is_free()) return single(at, key, row);
  cell.put(read->days);
  return at + kSize + 2;
}

inline Cursor PlainLines::yes_no(Cursor at, PlainKey const& key, Row row) {
  bool const yes = is_word(at, "true");
  bool const no = is_word(at, "false");
  auto const cell = cell_of(key, row);
  if (yes == no || !cell.is_free()) return single(at, key, row);
  cell.put(yes);
  return at + (yes ? 4 : 5);
}

[[gnu::always_inline]] inline Cursor PlainLines::member(Cursor at, PlainKey const& key, Row row) {
  if (key.form == Form::number) return number(at, key, row);
  switch (key.form) {
    case Form::number: break;
    case Form::skipped: return skip_value(at);
    case Form::code: return code(at, key, row);
    case Form::text: return text(at, key, row);
    case Form::choice: return choice(at, key, row);
    case Form::list: return list(at, *key.plan, row.columns.fields[key.meaning.field], row.at);
    case Form::below:
      if (*at == '{') return below(at, key, row);
      return *at == 'n' ? skip_value(at) : nullptr;
    case Form::id: return id(at);
    case Form::date: return date(at, key, row);
    case Form::yes_no: return yes_no(at, key, row);
    case Form::several: break;
  }
  return several(at, key, row);
}

// A key, its colon and what stands about them are told by one comparison where they are as in the line before.
Cursor PlainLines::object(Cursor at, PlainLevel& level, Row row) {
  auto const serial = ++serial_;
  auto* key = level.first;
  if (level.opening.is_at(at + 1)) {
    at = after_blanks(at + 1 + level.opening.size());
  } else {
    auto const found = first_key(at + 1, level);
    if (found.key == nullptr) return found.at;
    key = found.key;
    at = found.at;
  }
  while (true) {
    if (key->seen_in == serial) return nullptr;
    key->seen_in = serial;
    at = member(at, *key, row);
    if (at == nullptr) return nullptr;
    auto* const next = key->next;
    if (next->token.is_at(at)) {
      at = after_blanks(at + next->token.size());
      key = next;
    } else {
      auto const found = other_key(at, level, *key);
      if (found.key == nullptr) return found.at;
      key = found.key;
      at = found.at;
    }
  }
}

// The object at a key that leads to further ones.
Cursor PlainLines::below(Cursor at, PlainKey const& key, Row row) {
  auto const outer = year_;
  if (key.year) year_ = key.year;
  at = object(at, keys_.level(key.meaning.below), row);
  year_ = outer;
  return at;
}

// The first key of an object, none where it is empty.
PlainLines::Found PlainLines::first_key(Cursor begin, PlainLevel& level) {
  auto const at = after_blanks(begin);
  if (*at == '}') return {nullptr, at + 1};
  auto const found = named_key(at, level);
  if (found.key == nullptr) return found;
  level.opening = Token({begin, static_cast<std::size_t>(found.at - begin)});
  level.first = found.key;
  return found;
}

// The same after the value of a key, where another is expected. The keys of most lines come in the order of the line
// before, but for some that are left out: that order is a chain into which a key is put that comes elsewhere.
PlainLines::Found PlainLines::other_key(Cursor begin, PlainLevel& level, PlainKey& before) {
  auto* later = before.next->next;
  for (int i = 0; i < 3 && later != nullptr; ++i, later = later->next) {
    if (later->token.is_at(begin)) return {later, after_blanks(begin + later->token.size())};
  }
  auto const at = after_blanks(begin);
  if (*at == '}') return {nullptr, at + 1};
  auto const found = *at == ',' ? named_key(after_blanks(at + 1), level) : Found{nullptr, nullptr};
  auto* const key = found.key;
  if (key == nullptr) return found;
  key->token = Token({begin, static_cast<std::size_t>(found.at - begin)});
  if (key->next->next == nullptr && key != before.next) key->next = before.next;
  before.next = key;
  return found;
}

PlainLines::Found PlainLines::named_key(Cursor at, PlainLevel& level) {
  std::string_view text;
  at = *at == '"' ? read_text(at, text) : nullptr;
  if (at == nullptr) return {nullptr, nullptr};
  at = after_blanks(at);
  auto* const key = *at == ':' ? keys_.find(level, text) : nullptr;
  return {key, key == nullptr ? nullptr : after_blanks(at + 1)};
}

// As Storer::member has it.
Cursor PlainLines::several(Cursor at, PlainKey const& key, Row row) {
  auto const& meaning = key.meaning;
  if (meaning.waivers) return nullptr;
  if (meaning.id && row.columns.record == setting_.record) {
    auto const end = id(at);
    if (end == nullptr || (key.plan == nullptr && meaning.below == kNoLevel)) return end;
  }
  if (*at == '{' && meaning.below != kNoLevel) {
    if ((key.plan == nullptr && !meaning.ignored) || !is_range(after_blanks(at + 1))) return below(at, key, row);
  }
  if (key.plan != nullptr) return field(at, key, row);
  if (meaning.below == kNoLevel || meaning.ignored) return skip_value(at);
  return *at == 'n' ? skip_value(at) : nullptr;
}

Cursor PlainLines::id(Cursor at) {
  if (*at == 'n') return skip_value(at);
  if (*at == '"') {
    std::string_view text;
    auto const end = read_text(at, text);
    id_ = trimmed(text);
    return id_.size() > kLongestId ? nullptr : end;
  }
  auto const end = read_whole(at).end;
  if (end != nullptr) id_ = {at, static_cast<std::size_t>(end - at)};
  return end;
}

}  // namespace waymark::cases::plain
