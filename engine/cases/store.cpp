// Walking a submission: which key is which field, what stands twice, and what is no field's.
#include "engine/cases/store.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/cases/units.hpp"

namespace waymark::cases {

using grammar::Code;

Storer::Storer(Setting const& setting)
    : setting_(setting),
      notices_(setting.notices ? setting.notices : new_notices()),
      keys_(setting.vocabulary, setting.record),
      plans_(setting.vocabulary.records.size()) {
  for (std::size_t record = 0; record < plans_.size(); ++record) {
    for (auto const field_id : setting.vocabulary.records[record].fields) {
      auto const& field = setting.vocabulary.fields[field_id];
      plans_[record].push_back({&field, layout_of(field), entries_of(field, setting.vocabulary)});
    }
  }
}

std::optional<Fault> Storer::store(Tree const& tree, Origin origin, Batch& batch, std::vector<Fault>& remarks) {
  Reading reading{tree, setting_.vocabulary, setting_.symbols, tables_};
  auto const row = batch.facts.rows;
  reading_ = &reading;
  tree_ = &tree;
  id_ = &origin.id;
  remarks_ = &remarks;
  strays_.clear();
  year_cells_.clear();
  add_missing_row(batch.facts, setting_.vocabulary);
  waivers_ = &batch.waivers.emplace_back();
  auto const level = keys_.of(setting_.record);
  if (!record(level, 0, batch.facts)) {
    truncate(batch.facts, row, setting_.vocabulary);
    add_missing_row(batch.facts, setting_.vocabulary);
    waivers_->clear();
    origin.fault = reading.fault->message;
    if (origin.id.empty()) find_id(level, 0);
  }
  for (auto& [field, remark] : reading.shares) {
    if (notices_->maybe_a_share(field->name)) remarks.push_back(std::move(remark));
  }
  note_id(origin.id, Notices::mark_of(origin.id), remarks);
  batch.origins.push_back(std::move(origin));
  return std::move(reading.fault);
}

void Storer::store_fault(Origin origin, Batch& batch) {
  add_missing_row(batch.facts, setting_.vocabulary);
  batch.waivers.emplace_back();
  batch.origins.push_back(std::move(origin));
}

bool Storer::record(LevelId level, NodeId node, RecordColumns& columns) {
  auto const base = year_cells_.size();
  return object(level, node, columns, std::nullopt) && file_years(columns, base);
}

bool Storer::object(LevelId level_id, NodeId node, RecordColumns& columns, std::optional<int> year) {
  auto const serial = ++serial_;
  auto const base = strays_.size();
  auto& level = keys_.level(level_id);
  for (auto const part : parts(*tree_, node)) {
    auto const text = (*tree_)[part].key;
    if (auto* const key = level.find(text)) {
      if (key->seen_in == serial) return twice(part);
      key->seen_in = serial;
      if (!member(part, {columns, key->meaning, year})) return false;
      continue;
    }
    strays_.push_back(part);
    auto const found = level.find_year(text, setting_.vocabulary.calendar);
    if (found && !found->year) return one_of_two_years(part, *found);
    if (found ? !member(part, {columns, found->key->meaning, found->year}) : !unknown_key(level_id, part)) return false;
  }
  bool const each_once = strays_.size() - base < 2 || no_key_twice(base);
  strays_.resize(base);
  return each_once;
}

// True when an object at this key holds further keys, and is not a range of the value at the key itself.
bool Storer::keys_below(NodeId part, LevelId level) const {
  if ((*tree_)[part].shape != Shape::object || level == kNoLevel) return false;
  auto const inside = parts(*tree_, part);
  if (inside.empty()) return true;
  auto const first = (*tree_)[*inside.begin()].key;
  return std::find(kRangeKeys.begin(), kRangeKeys.end(), first) == kRangeKeys.end();
}

bool Storer::member(NodeId part, Target target) {
  auto const& meaning = target.meaning;
  auto const& node = (*tree_)[part];
  if (meaning.waivers && target.columns.record == setting_.record) {
    return no_key_twice_within(part) && read_waivers(*reading_, part, setting_.waived, *notices_, *waivers_, *remarks_);
  }
  if (meaning.id && target.columns.record == setting_.record && !id(part)) return false;
  if (keys_below(part, meaning.below)) return object(meaning.below, part, target.columns, target.year);
  if (meaning.field != kNoField) return field(part, target);
  if (meaning.below == kNoLevel || meaning.ignored) return no_key_twice_within(part);
  if (is_nothing(node)) return true;
  if (node.shape == Shape::object) return object(meaning.below, part, target.columns, target.year);
  auto const& below = keys_.level(meaning.below).keys();
  return reading_->refuse_value(Code::value_of_other_kind, part, "where keys of its own are needed.",
                                below.empty() ? "" : fmt::format("Write it as {{\"{}\": …}}.", below.front().text));
}

bool Storer::twice(NodeId part) {
  reading_->refuse(Code::data_key_given_twice, part, fmt::format("`{}` is given twice.", path_to(*tree_, part)),
                   "Keep the one that is right.");
  reading_->fault->at_key = true;
  return false;
}

bool Storer::one_of_two_years(NodeId part, Level::Year const& found) {
  auto const& kind = setting_.vocabulary.calendar.years[found.key->kind];
  auto const write = [&](int year) {
    return fmt::format("\"{}{}{}\"", found.key->before, values::write_year(year, kind), found.key->after);
  };
  auto const year = values::read_year(found.text).value_or(0);
  reading_->refuse(Code::datum_not_a_year, part,
                   fmt::format("`{}` says {}, and {} runs over New Year: {}?", path_to(*tree_, part), found.text,
                               with_article(kind.name), values::either_year(found.text, kind)),
                   fmt::format("Write the key as {} or as {}.", write(year - 1), write(year)));
  reading_->fault->at_key = true;
  return false;
}

bool Storer::no_key_twice(std::size_t base) {
  auto const begin = strays_.begin() + static_cast<std::ptrdiff_t>(base);
  std::sort(begin, strays_.end(),
            [&](NodeId a, NodeId b) { return std::pair((*tree_)[a].key, a) < std::pair((*tree_)[b].key, b); });
  auto const same = [&](NodeId a, NodeId b) { return (*tree_)[a].key == (*tree_)[b].key; };
  auto const found = std::adjacent_find(begin, strays_.end(), same);
  return found == strays_.end() || twice(*(found + 1));
}

// Of what no field reads: an unknown or an ignored key.
bool Storer::no_key_twice_within(NodeId node) {
  auto const end = (*tree_)[node].next;
  for (auto id = node; id != end; ++id) {
    if ((*tree_)[id].shape != Shape::object) continue;
    auto const base = strays_.size();
    for (auto const part : parts(*tree_, id)) strays_.push_back(part);
    bool const each_once = no_key_twice(base);
    strays_.resize(base);
    if (!each_once) return false;
  }
  return true;
}

bool Storer::unknown_key(LevelId level, NodeId part) {
  auto const say = notices_->unknown_key(fmt::format("{}", level), (*tree_)[part].key);
  if (say == Say::it) {
    std::vector<std::string> known;
    for (auto const& key : keys_.level(level).keys()) known.push_back(key.text);
    remarks_->push_back(
        {Code::unknown_data_key, part, true,
         fmt::format("No field has the key `{}`; what stands there is not used.", path_to(*tree_, part)),
         nearest_key_help((*tree_)[part].key, known)});
  } else if (say == Say::that_there_are_more) {
    remarks_->push_back({Code::unknown_data_key, part, true, "More keys are unknown; they are not named.", ""});
  }
  return no_key_twice_within(part);
}

bool Storer::id(NodeId part) {
  auto const& node = (*tree_)[part];
  if (is_nothing(node)) return true;
  if (node.shape == Shape::whole) {
    *id_ = fmt::format("{}", node.whole);
    return true;
  }
  if (is_text(node) && trimmed(node.text).size() > kLongestId) {
    return reading_->refuse_value(Code::id_not_readable, part,
                                  fmt::format("and an id has at most {} bytes.", kLongestId), "Give it a shorter one.");
  }
  *id_ = is_text(node) ? trimmed(node.text) : "";
  if (is_text(node)) return true;
  return reading_->refuse_value(Code::id_not_readable, part, "and an id is a text or a whole number.",
                                "Put it in quotes.");
}

// The id of a submission that is refused, so that its sender finds it.
void Storer::find_id(LevelId level, NodeId node) {
  if ((*tree_)[node].shape != Shape::object) return;
  for (auto const part : parts(*tree_, node)) {
    auto const* key = keys_.level(level).find((*tree_)[part].key);
    if (key == nullptr) continue;
    auto const& value = (*tree_)[part];
    if (key->meaning.id && (is_text(value) || value.shape == Shape::whole)) {
      *id_ = is_text(value) ? std::string(trimmed(value.text)) : fmt::format("{}", value.whole);
      if (id_->size() > kLongestId) id_->clear();
      return;
    }
    if (key->meaning.below != kNoLevel) find_id(key->meaning.below, part);
  }
}

void Storer::note_repeated_id(std::string const& id, Say say, std::vector<Fault>& remarks) {
  if (say == Say::it) {
    remarks.push_back({Code::id_repeated, 0, false, fmt::format("The id {} has come before.", quoted(id)),
                       "Each submission is decided by itself; give each an id of its own."});
  } else {
    remarks.push_back({Code::id_repeated, 0, false, "More ids have come before; they are not named.", ""});
  }
}

std::string nearest_key_help(std::string_view key, std::vector<std::string> const& known) {
  auto const near = grammar::nearest(key, known);
  if (!near.empty()) return fmt::format("Did you mean \"{}\"?", near);
  return "If it is right as it is, list it under `Ignored` in the vocabulary.";
}

}  // namespace waymark::cases
