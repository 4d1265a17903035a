// Values, sources and citations as a reader says them.
#include "engine/explain/words.hpp"

#include <algorithm>

#include "engine/evidence/evidence.hpp"

namespace waymark::explain {
namespace {

using vocabulary::Kind;

std::string unit_tail(Subject const& subject, vocabulary::Type const& type) {
  switch (type.kind) {
    case Kind::count: return " " + subject.program.vocabulary.units[type.which].name;
    case Kind::money:
      return type.per == vocabulary::Per::hour ? " per hour" : type.per == vocabulary::Per::year ? " per year" : "";
    case Kind::percent: return " percent";
    case Kind::points: return " percentage points";
    default: return "";
  }
}

std::string end_words(Subject const& subject, vocabulary::Type const& type, values::Ratio end) {
  if (vocabulary::is_ordered(type)) return vocabulary::write_ratio(end, type, subject.program.vocabulary);
  return value_words(subject, type, static_cast<values::Steps>(end.numerator));
}

// A choice between bounds can be named only where its entries stand in an order.
bool has_order(Subject const& subject, vocabulary::Type const& type) {
  if (type.kind != Kind::choice) return vocabulary::is_ordered(type);
  auto const& choice = subject.program.vocabulary.choices[type.which];
  return choice.lowest_first || choice.best_first;
}

std::string range_words(Subject const& subject, vocabulary::Type const& type, review::Seen const& seen) {
  bool const low = is_finite(seen.lowest);
  bool const high = is_finite(seen.highest);
  if (!has_order(subject, type) || (!low && !high)) return "";
  if (low && high) {
    if (type.kind == Kind::choice && seen.lowest.numerator == 0 &&
        seen.highest.numerator + 1 ==
            static_cast<values::Int128>(subject.program.vocabulary.choices[type.which].entries.size())) {
      return "";
    }
    return "between " + without_unit(subject, type, end_words(subject, type, seen.lowest)) + " and " +
           end_words(subject, type, seen.highest);
  }
  if (high) return "at most " + end_words(subject, type, seen.highest);
  // That a count is not below nothing is no knowledge.
  bool const from_zero = seen.lowest.numerator == 0 && (type.kind == Kind::count || type.kind == Kind::money);
  return from_zero ? "" : "at least " + end_words(subject, type, seen.lowest);
}

bool has_word(std::string_view name, std::string_view word) {
  for (std::size_t at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1)) {
    bool const begins = at == 0 || name[at - 1] == ' ';
    bool const ends = at + word.size() == name.size() || name[at + word.size()] == ' ';
    if (begins && ends) return true;
  }
  return false;
}

bool is_place(vocabulary::SourceKey const& key) {
  if (key.type.kind != Kind::text) return false;
  for (auto const* word : {"area", "region", "county", "state", "district", "place", "city", "nation"}) {
    if (has_word(key.name, word)) return true;
  }
  return false;
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
  auto const& vocabulary = subject.program.vocabulary;
  auto const index = static_cast<std::size_t>(steps);
  switch (type.kind) {
    case Kind::choice: {
      auto const& entries = vocabulary.choices[type.which].entries;
      return index < entries.size() ? entries[index].shown : "";
    }
    case Kind::code:
    case Kind::text:
      return index < subject.symbols.size() ? subject.symbols.text(static_cast<values::Symbol>(steps)) : "";
    default: return vocabulary::write_steps(steps, type, vocabulary);
  }
}

std::string titled(Subject const& subject, vocabulary::Type const& type, values::Symbol symbol) {
  auto const code = value_words(subject, type, symbol);
  if (type.kind != Kind::code) return code;
  for (auto const source : subject.program.sources) {
    auto const* release = subject.run.release(source, subject.case_index);
    if (release == nullptr) continue;
    auto const& keys = subject.program.vocabulary.sources[source].keys;
    for (std::size_t k = 0; k < keys.size() && k < release->table.titles.size(); ++k) {
      if (keys[k].type.kind != Kind::code || keys[k].type.system != type.system) continue;
      auto const title = release->table.titles[k].find(symbol);
      if (title != release->table.titles[k].end() && !title->second.empty()) return code + " " + title->second;
    }
  }
  return code;
}

bool is_untold(review::Seen const& seen) { return !seen.exact() && seen.may_apply; }

std::string seen_words(Subject const& subject, vocabulary::Type const& type, review::Seen const& seen) {
  if (!seen.may_apply) return "does not apply";
  bool const one = is_finite(seen.lowest) && compare(seen.lowest, seen.highest) == 0;
  auto words = one ? end_words(subject, type, seen.lowest) : range_words(subject, type, seen);
  if (seen.may_not_apply && !words.empty()) words += ", or does not apply";
  return words;
}

std::string without_unit(Subject const& subject, vocabulary::Type const& type, std::string text) {
  auto const tail = unit_tail(subject, type);
  if (!tail.empty() && text.ends_with(tail)) text.resize(text.size() - tail.size());
  return text;
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
std::string key_words(Subject const& subject, vocabulary::SourceKey const& key, values::Symbol symbol,
                      bool with_title) {
  if (symbol == values::Symbols::kUnknown) return "an unknown " + key.shown;
  return with_title && key.type.kind == Kind::code ? titled(subject, key.type, symbol) : subject.symbols.text(symbol);
}

// `words_of` says each key; places come last.
template <class WordsOf>
std::string keys_in_order(vocabulary::Source const& source, std::uint32_t without, WordsOf const& words_of) {
  std::string out;
  std::string places;
  for (std::uint32_t k = 0; k < source.keys.size(); ++k) {
    if (k == without) continue;
    auto& some = is_place(source.keys[k]) ? places : out;
    some += (some.empty() ? "" : ", ") + words_of(k);
  }
  if (places.empty()) return out;
  return out.empty() ? places : out + " in " + places;
}

}  // namespace

std::string keys_words(Subject const& subject, vocabulary::SourceId id, std::vector<values::Symbol> const& keys,
                       bool with_titles) {
  auto const& source = subject.program.vocabulary.sources[id];
  return keys_in_order(source, check::kNone,
                       [&](std::uint32_t k) { return key_words(subject, source.keys[k], keys[k], with_titles); });
}

// A choice, a year or a date says itself: whether some submission has its text, too, is nothing to it.
std::string keys_words(Subject const& subject, vocabulary::SourceId id, review::Part const& part, bool with_titles,
                       std::uint32_t without) {
  auto const& vocabulary = subject.program.vocabulary;
  auto const& source = vocabulary.sources[id];
  return keys_in_order(source, without, [&](std::uint32_t k) {
    auto const& type = source.keys[k].type;
    bool const is_symbol = type.kind == Kind::code || type.kind == Kind::text;
    bool const is_known = part.words[k] != values::kNoLowest && part.words[k] != values::kNoHighest;
    return !is_symbol && is_known ? evidence::key_text(type, part.words[k], vocabulary)
                                  : key_words(subject, source.keys[k], part.keys[k], with_titles);
  });
}

// A list that another policy decided is that policy's word.
std::string decided_words(Subject const& subject, vocabulary::SourceId source) {
  auto const* release = subject.run.release(source, subject.case_index);
  bool const decided = release != nullptr && release->entry.decided_by;
  return decided ? ": " + release->entry.name + ", decided by " + release->entry.decided_by->policy : "";
}

Words source_words(Subject const& subject, vocabulary::SourceId source) {
  auto const& declared = subject.program.vocabulary.sources[source];
  auto const* release = subject.run.release(source, subject.case_index);
  if (release != nullptr && release->entry.decided_by) {
    return declared.shown + " (decided by " + release->entry.decided_by->policy + ")";
  }
  if (declared.citation.empty()) return Words::lasting(declared.shown);
  return declared.shown + " (" + declared.citation + ")";
}

Words vintage_words(Subject const& subject, vocabulary::SourceId source) {
  auto const* release = subject.run.release(source, subject.case_index);
  return release == nullptr ? Words() : Words::lasting(release->entry.name);
}

std::string citation_words(check::Citation const& citation) { return std::string(cited(citation)); }

namespace {

Words cited(std::string const& text, bool illustrative) {
  if (!illustrative || text.find("illustrative") != std::string::npos) return Words::lasting(text);
  return text.empty() ? Words("illustrative") : Words(text + ", illustrative");
}

}  // namespace

Words cited(check::Citation const& citation) { return cited(citation.text, citation.illustrative); }

check::Citation const& citation_of(check::Threshold const& threshold, std::optional<std::uint32_t> row) {
  if (!row) return threshold.citation;
  auto const& own = threshold.rows[*row].citation;
  return own.illustrative || !own.text.empty() ? own : threshold.citation;
}

bool is_illustrative(check::Threshold const& threshold, std::optional<std::uint32_t> row) {
  if (citation_of(threshold, row).illustrative) return true;
  return !row && std::any_of(threshold.rows.begin(), threshold.rows.end(),
                             [](check::ThresholdRow const& each) { return each.citation.illustrative; });
}

Words cited(check::Threshold const& threshold, std::optional<std::uint32_t> row) {
  return cited(citation_of(threshold, row).text, is_illustrative(threshold, row));
}

std::string illustrative_words(std::vector<std::string> const& names) {
  return names.empty() ? "" : "illustrative: " + listed(names);
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
