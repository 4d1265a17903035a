// Spelling out every way to each value of a record, and the table in which keys are looked up.
#include "engine/cases/keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "engine/cases/columns.hpp"

namespace waymark::cases {
namespace {

using vocabulary::Dimension;
using vocabulary::Field;
using vocabulary::Vocabulary;

std::uint64_t load(char const* from, std::size_t size) {
  std::uint64_t out = 0;
  std::memcpy(&out, from, size);
  return out;
}

std::uint64_t hash(std::string_view text) {
  std::uint64_t front = 0;
  std::uint64_t back = 0;
  auto const size = text.size();
  if (size >= 8) {
    front = load(text.data(), 8);
    back = load(text.data() + size - 8, 8);
  } else if (size >= 4) {
    front = load(text.data(), 4);
    back = load(text.data() + size - 4, 4);
  } else if (size > 0) {
    front = static_cast<unsigned char>(text[0]) + 256U * static_cast<unsigned char>(text[size / 2]);
    back = static_cast<unsigned char>(text[size - 1]);
  }
  auto const mixed = (front ^ (size << 56)) * 0x9E3779B97F4A7C15U + back * 0xC2B2AE3D27D4EB4FU;
  return mixed ^ (mixed >> 32);
}

// One way to a value: its keys (a plain key has no year), and the entry that they speak of. A step is a plain key in
// `before`, unless `holds_year`.
struct Step {
  std::string before;
  std::string after;
  bool holds_year = false;
  vocabulary::YearKindId kind = 0;  // of the year
};
struct Route {
  std::vector<Step> steps;
  std::uint32_t entry = 0;
  bool other_spelling = false;  // by an entry's name instead of its data key
};

std::string folded(std::string_view text) {
  std::string out(text);
  for (auto& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

// `rate_{student group}` in its three pieces.
struct Template {
  std::string before, name, after;
};
std::optional<Template> read_template(std::string const& part) {
  auto const open = part.find('{');
  auto const close = open == std::string::npos ? open : part.find('}', open);
  if (close == std::string::npos) return std::nullopt;
  return Template{part.substr(0, open), folded(part.substr(open + 1, close - open - 1)), part.substr(close + 1)};
}

bool names(std::string const& word, Dimension const& dimension, Vocabulary const& vocabulary) {
  if (dimension.of == Dimension::Of::year) {
    return word == "year" || word == folded(vocabulary.calendar.years[dimension.which].name);
  }
  auto const& choice = vocabulary.choices[dimension.which];
  return word == folded(choice.name) || word == folded(choice.shown);
}

std::vector<Route> with_step(std::vector<Route> routes, Step const& step) {
  for (auto& route : routes) route.steps.push_back(step);
  return routes;
}

std::vector<Route> with_dimension(std::vector<Route> const& routes, Dimension const& dimension,
                                  std::string const& before, std::string const& after, Vocabulary const& vocabulary) {
  if (dimension.of == Dimension::Of::year) {
    return with_step(routes, {before, after, true, dimension.which});
  }
  std::vector<Route> out;
  auto const& entries = vocabulary.choices[dimension.which].entries;
  for (auto const& route : routes) {
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      for (auto const* spelling : {&entries[i].data_key, &entries[i].name, &entries[i].shown}) {
        auto next = route;
        next.steps.push_back({fmt::format("{}{}{}", before, *spelling, after), "", false, 0});
        next.entry = i;
        next.other_spelling = spelling != &entries[i].data_key;
        out.push_back(std::move(next));
      }
    }
  }
  return out;
}

std::vector<Route> routes_to(Field const& field, Vocabulary const& vocabulary) {
  std::vector<Route> out(1);
  auto open = field.each;
  for (auto const& part : field.path) {
    auto const found = read_template(part);
    auto const dimension = std::find_if(
        open.begin(), open.end(), [&](Dimension const& each) { return found && names(found->name, each, vocabulary); });
    if (dimension == open.end()) {
      out = with_step(std::move(out), {part, "", false, 0});
      continue;
    }
    out = with_dimension(out, *dimension, found->before, found->after, vocabulary);
    open.erase(dimension);
  }
  for (auto const& dimension : open) out = with_dimension(out, dimension, "", "", vocabulary);
  return out;
}

std::vector<Step> plain_steps(std::string_view dotted) {
  std::vector<Step> out;
  for (std::size_t at = 0; at <= dotted.size();) {
    auto const dot = std::min(dotted.find('.', at), dotted.size());
    out.push_back({std::string(dotted.substr(at, dot - at)), "", false, 0});
    at = dot + 1;
  }
  return out;
}

}  // namespace

std::string as_key(std::string_view text) {
  auto out = folded(text);
  for (auto& c : out) {
    if (c == ' ' || c == '-') c = '_';
  }
  return out;
}

Key& Level::operator[](std::string_view text) {
  if (auto* const found = find(text)) return *found;
  keys_.push_back({std::string(text), {}, 0});
  index();
  return keys_.back();
}

YearKey& Level::year_key(std::string_view before, std::string_view after, vocabulary::YearKindId kind) {
  auto const found = std::find_if(year_keys_.begin(), year_keys_.end(), [&](YearKey const& key) {
    return key.before == before && key.after == after && key.kind == kind;
  });
  if (found != year_keys_.end()) return *found;
  year_keys_.push_back({std::string(before), std::string(after), kind, {}});
  return year_keys_.back();
}

// Enters the last key, or all of them into a larger table.
void Level::index() {
  bool const larger = table_.size() < 2 * keys_.size() + 1;
  if (larger) table_.assign(std::bit_ceil(4 * keys_.size() + 1), 0);
  for (auto i = larger ? 0 : keys_.size() - 1; i < keys_.size(); ++i) {
    auto at = hash(keys_[i].text) & (table_.size() - 1);
    while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
    table_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

Key const* Level::find(std::string_view text) const {
  for (auto at = hash(text) & (table_.size() - 1); table_[at] != 0; at = (at + 1) & (table_.size() - 1)) {
    auto const& key = keys_[table_[at] - 1];
    if (key.text == text) return &key;
  }
  return nullptr;
}

Key* Level::find(std::string_view text) {
  auto const* const found = std::as_const(*this).find(text);
  return found == nullptr ? nullptr : &keys_[static_cast<std::size_t>(found - keys_.data())];
}

// `2025` is a year of the first kind of which it is one year and not one of two.
std::optional<Level::Year> Level::find_year(std::string_view text, values::Calendar const& calendar) const {
  std::optional<Year> one_of_two;
  for (auto const& key : year_keys_) {
    if (text.size() < key.before.size() + key.after.size()) continue;
    if (!text.starts_with(key.before) || !text.ends_with(key.after)) continue;
    auto const middle = text.substr(key.before.size(), text.size() - key.before.size() - key.after.size());
    if (auto const year = values::read_year(middle, calendar.years[key.kind])) return Year{&key, middle, year};
    if (!one_of_two && values::read_year(middle)) one_of_two = Year{&key, middle, std::nullopt};
  }
  return one_of_two;
}

Keys::Keys(Vocabulary const& vocabulary, vocabulary::RecordId record)
    : vocabulary_(vocabulary), record_(record), first_(vocabulary.records.size(), kNoLevel) {
  add_record(record);
}

LevelId Keys::new_level() {
  levels_.emplace_back();
  return static_cast<LevelId>(levels_.size() - 1);
}

void Keys::add_record(vocabulary::RecordId id) {
  auto const& record = vocabulary_.records[id];
  auto const first = new_level();
  first_[id] = first;
  auto const insert = [&](std::vector<Step> const& steps) -> KeyMeaning& {
    auto level = first;
    for (std::size_t i = 0;; ++i) {
      auto& here = levels_[level];
      auto& meaning = steps[i].holds_year ? here.year_key(steps[i].before, steps[i].after, steps[i].kind).meaning
                                          : here[steps[i].before].meaning;
      if (i + 1 == steps.size()) return meaning;
      // `levels_` is a deque: `meaning` stays where it is.
      if (meaning.below == kNoLevel) meaning.below = new_level();
      level = meaning.below;
    }
  };
  for (bool const other_spelling : {false, true}) {
    for (std::uint32_t i = 0; i < record.fields.size(); ++i) {
      for (auto const& route : routes_to(vocabulary_.fields[record.fields[i]], vocabulary_)) {
        if (route.other_spelling != other_spelling || route.steps.empty()) continue;
        auto& meaning = insert(route.steps);
        if (meaning.field != kNoField) continue;
        meaning.field = i;
        meaning.entry = route.entry;
      }
    }
  }
  insert(plain_steps(record.id_key)).id = true;
  if (id == record_) levels_[first]["waivers"].meaning.waivers = true;
  for (auto const& key : record.ignored) {
    auto& meaning = insert(plain_steps(key));
    meaning.ignored = meaning.field == kNoField && !meaning.id;
  }
  for (auto const field : record.fields) {
    auto const& type = vocabulary_.fields[field].quantity.type;
    if (type.kind == vocabulary::Kind::record && first_[type.which] == kNoLevel) add_record(type.which);
  }
}

bool Keys::step(Place& place, std::string const& part) const {
  if (place.level == kNoLevel) return false;
  auto const& level = levels_[place.level];
  auto const* key = level.find(part);
  auto const year = key == nullptr ? level.find_year(part, vocabulary_.calendar) : std::nullopt;
  if (key == nullptr && !year) return false;
  auto const& meaning = place.found.meaning = key != nullptr ? key->meaning : year->key->meaning;
  if (meaning.ignored) return true;
  place.level = meaning.below;
  if (meaning.field == kNoField) return true;
  auto const& field = vocabulary_.fields[vocabulary_.records[place.record].fields[meaning.field]];
  place.found.field = &field;
  if (field.quantity.type.kind != vocabulary::Kind::record) return true;
  place.record = field.quantity.type.which;
  if (place.level == kNoLevel) place.level = first_[place.record];
  return true;
}

std::optional<Keys::Found> Keys::find(std::vector<std::string> const& path) const {
  Place place{record_, first_[record_], {}};
  for (auto const& part : path) {
    if (!step(place, part)) return std::nullopt;
    if (place.found.meaning.ignored) break;
  }
  return path.empty() ? std::nullopt : std::optional(place.found);
}

std::vector<std::vector<std::string>> Keys::like(std::vector<std::string> const& path) const {
  struct Way {
    Place place;
    std::vector<std::string> keys;
  };
  std::vector<Way> ways = {{{record_, first_[record_], {}}, {}}};
  for (auto const& part : path) {
    auto const wanted = as_key(part);
    std::vector<Way> further;
    for (auto const& way : ways) {
      std::vector<std::string> spellings;
      if (way.place.level != kNoLevel) {
        for (auto const& key : levels_[way.place.level].keys()) {
          if (as_key(key.text) == wanted) spellings.push_back(key.text);
        }
      }
      if (spellings.empty()) {  // a year, and what stands about it
        spellings = {part, folded(part), folded(part)};
        std::replace(spellings.back().begin(), spellings.back().end(), ' ', '_');
      }
      for (auto const& spelling : spellings) {
        auto next = way;
        if (!step(next.place, spelling)) continue;
        next.keys.push_back(spelling);
        further.push_back(std::move(next));
        if (spelling == part) break;
      }
    }
    ways = std::move(further);
  }
  std::vector<std::vector<std::string>> out;
  for (auto& way : ways) out.push_back(std::move(way.keys));
  return out;
}

}  // namespace waymark::cases
