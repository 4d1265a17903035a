// Walking a plain line: keys as they are expected, objects, and records within records.
#include "engine/cases/plain_lines.hpp"

#include <algorithm>

namespace waymark::cases::plain {
namespace {

using values::Known;
using values::Steps;
using vocabulary::Kind;

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
    std::fill_n(offset + 1, ranges.entries, *offset);
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
  at = object(at, keys_.of(row.columns.record), row, std::nullopt);
  return at != nullptr && file_years(row, base) ? at : nullptr;
}

// A key, its colon and what stands about them are told by one comparison where they are as in the line before.
Cursor PlainLines::object(Cursor at, PlainLevel& level, Row row, std::optional<int> year) {
  auto const serial = ++serial_;
  auto* key = level.first;
  if (key != nullptr && level.opening.is_at(at + 1)) {
    at += 1 + level.opening.size();
  } else {
    auto const found = first_key(at + 1, level);
    if (found.key == nullptr) return found.at;
    key = found.key;
    at = found.at;
  }
  while (true) {
    if (key->seen_in == serial) return nullptr;
    key->seen_in = serial;
    at = key->form == Form::number ? number(at, *key, row) : member(at, *key, row, year);
    if (at == nullptr) return nullptr;
    auto* const next = key->next;
    if (next != nullptr && next->token.is_at(at)) {
      at += next->token.size();
      key = next;
    } else {
      auto const found = other_key(at, level, *key);
      if (found.key == nullptr) return found.at;
      key = found.key;
      at = found.at;
    }
  }
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
  auto* later = before.next == nullptr ? nullptr : before.next->next;
  for (int i = 0; i < 3 && later != nullptr; ++i, later = later->next) {
    if (later->token.is_at(begin)) return {later, begin + later->token.size()};
  }
  auto const at = after_blanks(begin);
  if (*at == '}') return {nullptr, at + 1};
  auto const found = *at == ',' ? named_key(after_blanks(at + 1), level) : Found{nullptr, nullptr};
  auto* const key = found.key;
  if (key == nullptr) return found;
  key->token = Token({begin, static_cast<std::size_t>(found.at - begin)});
  if (key->next == nullptr && key != before.next) key->next = before.next;
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

Cursor PlainLines::member(Cursor at, PlainKey const& key, Row row, std::optional<int> year) {
  switch (key.form) {
    case Form::skipped: return skip_value(at);
    case Form::number: return number(at, key, row);
    case Form::code: return code(at, key, row);
    case Form::text: return text(at, key, row);
    case Form::choice: return choice(at, key, row);
    case Form::list: return list(at, *key.plan, row.columns.fields[key.meaning.field], row.at);
    case Form::below:
      if (*at == '{') return object(at, keys_.level(key.meaning.below), row, key.year ? key.year : year);
      return *at == 'n' ? skip_value(at) : nullptr;
    case Form::id: return id(at);
    case Form::date:
    case Form::yes_no: return single(at, key, row);
    case Form::several: break;
  }
  return several(at, key, row, key.year ? key.year : year);
}

// What is not as plain as this, such as no value at all, is left to `single`, here and below.
inline Cursor PlainLines::number(Cursor at, PlainKey const& key, Row row) {
  auto const& plan = *key.plan;
  auto& column = row.columns.fields[key.meaning.field].values;
  auto const place = row.at * plan.entries + key.meaning.entry;
  auto const whole = read_whole(at);
  bool const good = whole.end != nullptr && static_cast<std::uint64_t>(whole.number - plan.least) <= plan.span &&
                    column.known[place] == Known::not_submitted;
  if (!good) return single(at, key, row);
  put(column, place, whole.number * plan.factor);
  return whole.end;
}

Cursor PlainLines::code(Cursor at, PlainKey const& key, Row row) {
  if (*at != '"') return single(at, key, row);
  Word word;
  return put(read_code(at, *key.plan, word), word, key, row);
}

Cursor PlainLines::text(Cursor at, PlainKey const& key, Row row) {
  if (*at != '"') return single(at, key, row);
  Word word;
  return put(read_word(at, word), word, key, row);
}

inline Cursor PlainLines::put(Cursor end, Word word, PlainKey const& key, Row row) {
  auto& column = row.columns.fields[key.meaning.field].values;
  auto const place = row.at * key.plan->entries + key.meaning.entry;
  if (end == nullptr || column.known[place] != Known::not_submitted) return nullptr;
  if (word.text.empty()) return end;
  put(column, place, Steps{word.symbol});
  if (word.symbol == values::Symbols::kUnknown) new_texts_->push_back({&column, place, word.text});
  return end;
}

Cursor PlainLines::choice(Cursor at, PlainKey const& key, Row row) {
  auto const& plan = *key.plan;
  auto& column = row.columns.fields[key.meaning.field].values;
  auto const place = row.at * plan.entries + key.meaning.entry;
  if (column.known[place] != Known::not_submitted) return nullptr;
  for (std::size_t i = 0; i < plan.entries_in_lines.size(); ++i) {
    if (!plan.entries_in_lines[i].is_at(at)) continue;
    put(column, place, static_cast<Steps>(i));
    return at + plan.entries_in_lines[i].size();
  }
  return single(at, key, row);
}

// As Storer::member has it.
Cursor PlainLines::several(Cursor at, PlainKey const& key, Row row, std::optional<int> year) {
  auto const& meaning = key.meaning;
  if (meaning.waivers) return nullptr;
  if (meaning.id && row.columns.record == setting_.record) {
    auto const end = id(at);
    if (end == nullptr || (key.plan == nullptr && meaning.below == kNoLevel)) return end;
  }
  if (*at == '{' && meaning.below != kNoLevel) {
    if (key.plan == nullptr || !is_range(after_blanks(at + 1))) {
      return object(at, keys_.level(meaning.below), row, year);
    }
  }
  if (key.plan != nullptr) return field(at, key, row, year);
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
