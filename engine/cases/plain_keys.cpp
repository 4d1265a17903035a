// Compiling a vocabulary's keys for the plain reader.
#include "engine/cases/plain_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "engine/values/utf8.hpp"

namespace waymark::cases::plain {
namespace {

using vocabulary::Field;
using vocabulary::Kind;
using vocabulary::Vocabulary;

// Of one object. A vocabulary has fewer, and more than a line needs are not learned.
constexpr std::size_t kMostLearned = 500;
constexpr std::size_t kFewEntries = 6;

values::Spellings entries_of(vocabulary::Choice const& choice) {
  values::Spellings out;
  for (auto const& entry : choice.entries) {
    for (auto const* spelling : {&entry.data_key, &entry.name, &entry.shown}) {
      if (spelling->empty()) continue;  // an empty text is nothing, whatever an entry is called
      if (out.find(*spelling) == values::Spellings::kNone) out.add(*spelling, *choice.find(*spelling));
    }
  }
  return out;
}

// Whether a line has the text as it is, without an escape.
bool is_as_written(std::string_view text) {
  return values::valid_utf8_prefix(text) == text.size() && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
         });
}

Form form_of(Kind kind) {
  switch (kind) {
    case Kind::count:
    case Kind::money:
    case Kind::percent:
    case Kind::points: return Form::number;
    case Kind::code: return Form::code;
    case Kind::text: return Form::text;
    case Kind::choice: return Form::choice;
    case Kind::date: return Form::date;
    case Kind::yes_no: return Form::yes_no;
    default: return Form::several;
  }
}

Form form_of(FieldPlan const& plan) {
  if (plan.layout == Layout::list) return Form::list;
  return plan.has_cells() ? form_of(plan.kind) : Form::several;
}

Form form_of(KeyMeaning const& meaning, FieldPlan const* plan, bool reviewed) {
  bool const deeper = meaning.below != kNoLevel;
  if (meaning.waivers) return Form::several;
  if (meaning.id && reviewed) return plan != nullptr || deeper ? Form::several : Form::id;
  if (plan == nullptr) return !deeper ? Form::skipped : meaning.ignored ? Form::several : Form::below;
  return deeper ? Form::several : form_of(*plan);
}

}  // namespace

FieldPlan::FieldPlan(Field const& of, Vocabulary const& vocabulary)
    : field(&of),
      kind(of.quantity.type.kind),
      layout(layout_of(of)),
      entries(cases::entries_of(of, vocabulary)),
      missing(missing_value(of)),
      lowest(of.lowest.value_or(-values::kMaxSteps)),
      highest(of.highest.value_or(values::kMaxSteps)) {
  if (kind == Kind::choice) {
    auto const& choice = vocabulary.choices[of.quantity.type.which];
    entry_of = plain::entries_of(choice);
    for (std::uint32_t i = 0; i < choice.entries.size() && i < kFewEntries; ++i) {
      auto const& key = choice.entries[i].data_key;
      bool const is_short = key.size() + 2 <= Token::kAtOnce;
      if (is_short && entry_of.find(key) == i && is_as_written(key)) entries_in_lines.emplace_back("\"" + key + "\"");
    }
    if (entries_in_lines.size() < choice.entries.size()) entries_in_lines.clear();
  }
  if (form_of(kind) != Form::number) return;
  if (!of.may_be_negative) lowest = std::max<values::Steps>(lowest, 0);
  auto const scale = of.quantity.scale;
  if (scale.denominator != 1 || highest < 0) return;
  auto const from = lowest <= 0 ? 0 : (lowest - 1) / scale.numerator + 1;
  auto const through = highest / scale.numerator;
  if (through < from) return;
  least = from;
  factor = scale.numerator;
  span = static_cast<std::uint64_t>(through - from);
}

Token::Token(std::string_view bytes) {
  if (bytes.empty() || bytes.size() > kLongest) return;
  size_ = bytes.size();
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
  auto const all = [&](std::size_t from) {
    auto const count = size_ <= from ? 0 : std::min<std::size_t>(size_ - from, kAtOnce);
    return (1 << count) - 1;
  };
  first_ = all(0);
  second_ = all(kAtOnce);
}

PlainKeys::PlainKeys(Vocabulary const& vocabulary, vocabulary::RecordId record, Notices const& notices)
    : vocabulary_(vocabulary),
      notices_(notices),
      keys_(vocabulary, record),
      plans_(vocabulary.records.size()),
      levels_(keys_.size()),
      with_cells_(vocabulary.records.size()),
      none_{Token(), {}, nullptr, Form::several, {}, nullptr} {
  for (vocabulary::RecordId id = 0; id < vocabulary.records.size(); ++id) {
    if (keys_.of(id) == kNoLevel) continue;
    for (auto const field : vocabulary.records[id].fields)
      plans_[id].emplace_back(vocabulary.fields[field], vocabulary);
    add_level(keys_.of(id), id);
  }
}

void PlainKeys::add_level(LevelId id, vocabulary::RecordId record) {
  auto& level = levels_[id];
  level.id = id;
  level.record = record;
  for (auto const& key : keys_.level(id).keys()) {
    add(level, key.text, key.meaning);
    if (key.meaning.below != kNoLevel) add_level(key.meaning.below, record);
  }
  for (auto const& key : keys_.level(id).year_keys()) {
    if (key.meaning.below != kNoLevel) add_level(key.meaning.below, record);
  }
}

void PlainKeys::add(PlainLevel& level, std::string_view text, KeyMeaning const& meaning, std::optional<int> year) {
  auto const* plan = meaning.field == kNoField ? nullptr : &plans_[level.record][meaning.field];
  level.by_text.add(level.texts.emplace_back(text), static_cast<std::uint32_t>(level.keys.size()));
  bool const reviewed = level.record == keys_.record();
  auto& key = level.keys.emplace_back(PlainKey{Token(), meaning, plan, form_of(meaning, plan, reviewed), year, &none_});
  if (plan != nullptr && plan->has_cells()) with_cells_[level.record].push_back(&key);
}

void PlainKeys::work_in(RecordColumns& columns) {
  for (auto* const key : with_cells_[columns.record]) {
    key->first = cell_at(columns.fields[key->meaning.field].values, key->meaning.entry);
  }
}

PlainKey* PlainKeys::find(PlainLevel& level, std::string_view text) {
  auto const known = level.by_text.find(text);
  if (known != values::Spellings::kNone) return &level.keys[known];
  if (level.learned == kMostLearned) return nullptr;
  if (auto const found = keys_.level(level.id).find_year(text, vocabulary_.calendar)) {
    if (!found->year) return nullptr;
    add(level, text, found->key->meaning, found->year);
  } else if (notices_.has_said(fmt::format("{}", level.id), text)) {
    add(level, text, {});
  } else {
    return nullptr;
  }
  ++level.learned;
  return &level.keys.back();
}

}  // namespace waymark::cases::plain
