// Values and keys as a reader says them.
#include "engine/explain/words.hpp"

#include <algorithm>
#include <array>

#include "engine/evidence/evidence.hpp"
#include "engine/vocabulary/written.hpp"

namespace waymark::explain {
namespace {

using vocabulary::Kind;

// What stands behind the blank after a number of the type.
std::string_view unit_words(Subject const& subject, vocabulary::Type const& type) {
  switch (type.kind) {
    case Kind::count: return subject.program.vocabulary.units[type.which].name;
    case Kind::money:
      return type.per == vocabulary::Per::hour ? "per hour" : type.per == vocabulary::Per::year ? "per year" : "";
    case Kind::percent: return "percent";
    case Kind::points: return "percentage points";
    default: return "";
  }
}

void append_value(std::string& out, Subject const& subject, vocabulary::Type const& type, values::Steps steps) {
  auto const& vocabulary = subject.program.vocabulary;
  auto const index = static_cast<std::size_t>(steps);
  switch (type.kind) {
    case Kind::choice: {
      auto const& entries = vocabulary.choices[type.which].entries;
      if (index < entries.size()) out += entries[index].shown;
      return;
    }
    case Kind::code:
    case Kind::text:
      if (index < subject.symbols.size()) out += subject.symbols.text(static_cast<values::Symbol>(steps));
      return;
    default: vocabulary::append_steps(out, steps, type, vocabulary);
  }
}

void append_end(std::string& out, Subject const& subject, vocabulary::Type const& type, values::Ratio end) {
  if (vocabulary::is_ordered(type)) return vocabulary::append_ratio(out, end, type, subject.program.vocabulary);
  append_value(out, subject, type, static_cast<values::Steps>(end.numerator));
}

void append_titled(std::string& out, Subject const& subject, vocabulary::Type const& type, values::Symbol symbol) {
  append_value(out, subject, type, symbol);
  if (type.kind != Kind::code) return;
  for (auto const source : subject.program.sources) {
    auto const& keys = subject.program.vocabulary.sources[source].keys;
    for (std::size_t k = 0; k < keys.size(); ++k) {
      if (keys[k].type.kind != Kind::code || keys[k].type.system != type.system) continue;
      auto const* release = subject.run.release(source, subject.case_index);
      if (release == nullptr || k >= release->table.titles.size()) break;
      auto const title = release->table.titles[k].find(symbol);
      if (title == release->table.titles[k].end() || title->second.empty()) continue;
      out.append(1, ' ').append(title->second);
      return;
    }
  }
}

// A choice between bounds can be named only where its entries stand in an order.
bool has_order(Subject const& subject, vocabulary::Type const& type) {
  if (type.kind != Kind::choice) return vocabulary::is_ordered(type);
  auto const& choice = subject.program.vocabulary.choices[type.which];
  return choice.lowest_first || choice.best_first;
}

bool is_any(Subject const& subject, vocabulary::Type const& type, review::Seen const& seen) {
  if (type.kind != Kind::choice) return false;
  auto const& entries = subject.program.vocabulary.choices[type.which].entries;
  return seen.lowest.numerator == 0 && seen.highest.numerator + 1 == static_cast<values::Int128>(entries.size());
}

void append_range(std::string& out, Subject const& subject, vocabulary::Type const& type, review::Seen const& seen) {
  bool const low = is_finite(seen.lowest);
  bool const high = is_finite(seen.highest);
  if (!has_order(subject, type) || (!low && !high)) return;
  // That a count is not below nothing is no knowledge.
  bool const from_zero = seen.lowest.numerator == 0 && (type.kind == Kind::count || type.kind == Kind::money);
  if (low && high) {
    if (is_any(subject, type, seen)) return;
    out += "between ";
    append_end(out, subject, type, seen.lowest);
    out.resize(without_unit(subject, type, out).size());
    out += " and ";
    append_end(out, subject, type, seen.highest);
  } else if (high) {
    out += "at most ";
    append_end(out, subject, type, seen.highest);
  } else if (!from_zero) {
    out += "at least ";
    append_end(out, subject, type, seen.lowest);
  }
}

bool is_word_for_place(std::string_view word) {
  static constexpr std::array<std::string_view, 8> kPlaces = {"area",     "region", "county", "state",
                                                              "district", "place",  "city",   "nation"};
  return std::find(kPlaces.begin(), kPlaces.end(), word) != kPlaces.end();
}

bool is_place(vocabulary::SourceKey const& key) {
  if (key.type.kind != Kind::text) return false;
  for (std::string_view rest = key.name;;) {
    auto const blank = rest.find(' ');
    if (is_word_for_place(rest.substr(0, blank))) return true;
    if (blank == std::string_view::npos) return false;
    rest.remove_prefix(blank + 1);
  }
}

std::string joined(std::vector<std::string> const& words, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0) out += i + 1 == words.size() ? std::string(" ").append(last).append(" ") : ", ";
    out += words[i];
  }
  return out;
}

}  // namespace

std::string value_words(Subject const& subject, vocabulary::Type const& type, values::Steps steps) {
  std::string out;
  append_value(out, subject, type, steps);
  return out;
}

std::string titled(Subject const& subject, vocabulary::Type const& type, values::Symbol symbol) {
  std::string out;
  append_titled(out, subject, type, symbol);
  return out;
}

bool is_untold(review::Seen const& seen) { return !seen.exact() && seen.may_apply; }

void append_seen(std::string& out, Subject const& subject, vocabulary::Type const& type, review::Seen const& seen) {
  if (!seen.may_apply) {
    out += "does not apply";
    return;
  }
  auto const before = out.size();
  if (is_finite(seen.lowest) && compare(seen.lowest, seen.highest) == 0) {
    append_end(out, subject, type, seen.lowest);
  } else {
    append_range(out, subject, type, seen);
  }
  if (seen.may_not_apply && out.size() != before) out += ", or does not apply";
}

std::string seen_words(Subject const& subject, vocabulary::Type const& type, review::Seen const& seen) {
  std::string out;
  append_seen(out, subject, type, seen);
  return out;
}

std::string_view without_unit(Subject const& subject, vocabulary::Type const& type, std::string_view text) {
  auto const unit = unit_words(subject, type);
  bool const has_it =
      !unit.empty() && text.size() > unit.size() && text.ends_with(unit) && text[text.size() - unit.size() - 1] == ' ';
  return has_it ? text.substr(0, text.size() - unit.size() - 1) : text;
}

std::string outside_words(Subject const& subject, vocabulary::Type type) {
  type.list = false;
  return "a code outside " + vocabulary::words(type, subject.program.vocabulary);
}

std::string_view order_words(check::Order order, vocabulary::Type const& type) {
  bool const dated = type.kind == Kind::date || type.kind == Kind::year;
  switch (order) {
    case check::Order::at_least: return dated ? "on or after" : "at least";
    case check::Order::at_most: return dated ? "on or before" : "at most";
    case check::Order::more_than: return dated ? "after" : "more than";
    case check::Order::less_than: return dated ? "before" : "less than";
    case check::Order::equal: return "equal to";
    case check::Order::not_equal: return "not";
  }
  return "";
}

namespace {

// Of a code its title, too, where it is asked for.
void append_key(std::string& out, Subject const& subject, vocabulary::SourceKey const& key, values::Symbol symbol,
                bool with_title) {
  if (symbol == values::Symbols::kUnknown) {
    out.append("an unknown ").append(key.shown);
  } else if (with_title && key.type.kind == Kind::code) {
    append_titled(out, subject, key.type, symbol);
  } else {
    out += subject.symbols.text(symbol);
  }
}

// `append` says each key; places come last.
template <class Append>
void append_keys_in_order(std::string& out, vocabulary::Source const& source, std::uint32_t without,
                          Append const& append) {
  auto const before = out.size();
  for (bool const places : {false, true}) {
    std::string_view const joint = places && out.size() != before ? " in " : "";
    out += joint;
    auto const begin = out.size();
    for (std::uint32_t k = 0; k < source.keys.size(); ++k) {
      if (k == without || is_place(source.keys[k]) != places) continue;
      if (out.size() != begin) out += ", ";
      append(k);
    }
    if (out.size() == begin) out.resize(begin - joint.size());
  }
}

}  // namespace

std::string keys_words(Subject const& subject, vocabulary::SourceId id, std::vector<values::Symbol> const& keys,
                       bool with_titles) {
  auto const& source = subject.program.vocabulary.sources[id];
  std::string out;
  append_keys_in_order(out, source, check::kNone,
                       [&](std::uint32_t k) { append_key(out, subject, source.keys[k], keys[k], with_titles); });
  return out;
}

// A choice, a year or a date says itself: whether some submission has its text, too, is nothing to it.
void append_keys(std::string& out, Subject const& subject, vocabulary::SourceId id, review::Part const& part,
                 bool with_titles, std::uint32_t without) {
  auto const& vocabulary = subject.program.vocabulary;
  auto const& source = vocabulary.sources[id];
  append_keys_in_order(out, source, without, [&](std::uint32_t k) {
    auto const& type = source.keys[k].type;
    bool const is_symbol = type.kind == Kind::code || type.kind == Kind::text;
    bool const is_known = part.words[k] != values::kNoLowest && part.words[k] != values::kNoHighest;
    if (!is_symbol && is_known) {
      out += evidence::key_text(type, part.words[k], vocabulary);
    } else {
      append_key(out, subject, source.keys[k], part.keys[k], with_titles);
    }
  });
}

std::string keys_words(Subject const& subject, vocabulary::SourceId id, review::Part const& part, bool with_titles,
                       std::uint32_t without) {
  std::string out;
  append_keys(out, subject, id, part, with_titles, without);
  return out;
}

std::string put_together(std::initializer_list<std::string_view> pieces) {
  std::size_t size = 0;
  for (auto const piece : pieces) size += piece.size();
  std::string out;
  out.reserve(size);
  for (auto const piece : pieces) out += piece;
  return out;
}

std::string listed(std::vector<std::string> const& words) { return joined(words, "and"); }
std::string either(std::vector<std::string> const& words) { return joined(words, "or"); }

}  // namespace waymark::explain
