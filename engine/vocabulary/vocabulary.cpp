// Looking things up in a vocabulary, and writing values in its units.
#include "engine/vocabulary/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/vocabulary/written.hpp"

namespace waymark::vocabulary {
namespace {

char lower(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); }

bool same_words(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string singular_word(std::string_view word) {
  auto const ends = [&](std::string_view tail) { return word.size() > tail.size() && word.ends_with(tail); };
  if (ends("ies") && word.size() > 4) return std::string(word.substr(0, word.size() - 3)) + "y";
  if (ends("sses") || ends("shes") || ends("ches") || ends("xes")) return std::string(word.substr(0, word.size() - 2));
  if (ends("s") && !ends("ss") && !ends("us") && !ends("is")) return std::string(word.substr(0, word.size() - 1));
  return std::string(word);
}

template <class Items>
auto index_of(Items const& items, std::string_view name) {
  auto const found = std::find_if(items.begin(), items.end(), [&](auto const& item) { return item.name == name; });
  using Index = std::optional<std::uint16_t>;
  return found == items.end() ? Index() : Index(static_cast<std::uint16_t>(found - items.begin()));
}

std::string_view per_words(Per per) {
  switch (per) {
    case Per::once: return "";
    case Per::hour: return " per hour";
    case Per::year: return " per year";
  }
  return "";
}

// `1 opening per year`, `2 openings per year`: the first word carries the number.
void append_counted(std::string& out, std::string_view number, std::string_view unit) {
  out.append(number).push_back(' ');
  bool const one = number == "1" || number == "-1";
  if (!one) {
    out.append(unit);
    return;
  }
  auto const head = unit.substr(0, unit.find(" per "));
  auto const last = head.rfind(' ');
  auto const kept = last == std::string_view::npos ? std::string_view() : head.substr(0, last + 1);
  out.append(kept).append(singular_word(head.substr(kept.size()))).append(unit.substr(head.size()));
}

}  // namespace

std::optional<std::uint32_t> Choice::find(std::string_view word) const {
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    auto const& entry = entries[i];
    if (same_words(entry.name, word) || same_words(entry.shown, word) || same_words(entry.data_key, word)) return i;
  }
  return std::nullopt;
}

bool Source::is_edition_crosswalk() const {
  return keys.size() == 2 && columns.empty() && keys[0].type.kind == Kind::code && keys[1].type.kind == Kind::code &&
         keys[0].type.system == keys[1].type.system && keys[0].type.edition != keys[1].type.edition;
}

std::optional<ChoiceId> Vocabulary::choice(std::string_view name) const { return index_of(choices, name); }
std::optional<RecordId> Vocabulary::record(std::string_view name) const { return index_of(records, name); }
std::optional<SourceId> Vocabulary::source(std::string_view name) const { return index_of(sources, name); }
std::optional<YearKindId> Vocabulary::year_kind(std::string_view name) const {
  return index_of(calendar.years, singular(name));
}

std::optional<UnitId> Vocabulary::find_unit(std::string_view written) const {
  auto const key = singular(written);
  auto const found = std::find_if(units.begin(), units.end(), [&](Unit const& unit) { return unit.key == key; });
  if (found == units.end()) return std::nullopt;
  return static_cast<UnitId>(found - units.begin());
}

UnitId Vocabulary::unit(std::string_view written) {
  if (auto const known = find_unit(written)) return *known;
  units.push_back({std::string(written), singular(written), 0});
  return static_cast<UnitId>(units.size() - 1);
}

std::uint32_t Vocabulary::decimals(Type const& type) const {
  switch (type.kind) {
    case Kind::count: return units[type.which].decimals;
    case Kind::money: return kMoneyDecimals;
    case Kind::percent:
    case Kind::points: return kPercentDecimals;
    default: return 0;
  }
}

std::string singular(std::string_view words) {
  std::string out;
  for (std::size_t at = 0; at < words.size();) {
    auto const blank = std::min(words.find(' ', at), words.size());
    if (!out.empty()) out.push_back(' ');
    out += singular_word(words.substr(at, blank - at));
    at = blank + 1;
  }
  return out;
}

std::string words(Type const& type, Vocabulary const& vocabulary) {
  auto const one = [&]() -> std::string {
    switch (type.kind) {
      case Kind::count: return vocabulary.units[type.which].name;
      case Kind::money: return std::string("dollars").append(per_words(type.per));
      case Kind::percent: return "percent";
      case Kind::points: return "percentage points";
      case Kind::date: return "a date";
      case Kind::year: return "a " + vocabulary.calendar.years[type.which].name;
      case Kind::choice: return "a choice of " + vocabulary.choices[type.which].shown;
      case Kind::code: {
        std::string const system = type.system == values::CodeSystem::soc ? "SOC" : "CIP";
        return type.edition == 0 ? system : fmt::format("{} {}", system, type.edition);
      }
      case Kind::text: return "text";
      case Kind::yes_no: return "yes or no";
      case Kind::record: return vocabulary.records[type.which].shown;
    }
    return "";
  };
  return type.list ? "a list of " + one() : one();
}

void append_steps(std::string& out, values::Int128 steps, Type const& type, Vocabulary const& vocabulary) {
  switch (type.kind) {
    case Kind::count:
      return append_counted(out, values::write_decimal(steps, vocabulary.decimals(type), 0, true),
                            vocabulary.units[type.which].name);
    case Kind::money: {
      bool const whole = steps % 100 == 0;
      out.append(steps < 0 ? "-$" : "$")
          .append(values::write_decimal(steps < 0 ? -steps : steps, kMoneyDecimals, whole ? 0 : 2, true))
          .append(per_words(type.per));
      return;
    }
    case Kind::percent: out.append(values::write_decimal(steps, kPercentDecimals, 0, true)).append(" percent"); return;
    case Kind::points:
      return append_counted(out, values::write_decimal(steps, kPercentDecimals, 0, true), "percentage points");
    case Kind::date: out += values::write_date({static_cast<std::int32_t>(steps)}); return;
    case Kind::year: out += values::write_year(static_cast<int>(steps), vocabulary.calendar.years[type.which]); return;
    case Kind::yes_no: out += steps != 0 ? "yes" : "no"; return;
    default: out += values::write_decimal(steps, 0, 0, false);
  }
}

void append_ratio(std::string& out, values::Ratio ratio, Type const& type, Vocabulary const& vocabulary) {
  if (ratio.denominator == 1) return append_steps(out, ratio.numerator, type, vocabulary);
  // A percentage is shown to a hundredth: six places of a rate tell a reader nothing.
  values::Steps const to = type.kind == Kind::percent || type.kind == Kind::points ? 10'000 : 1;
  auto const rounded = values::round_to_nearest(ratio, to);
  bool const exact = rounded * ratio.denominator == ratio.numerator;
  if (!exact) out += "about ";
  append_steps(out, rounded, type, vocabulary);
}

std::string write_steps(values::Int128 steps, Type const& type, Vocabulary const& vocabulary) {
  std::string out;
  append_steps(out, steps, type, vocabulary);
  return out;
}

std::string write_ratio(values::Ratio ratio, Type const& type, Vocabulary const& vocabulary) {
  std::string out;
  append_ratio(out, ratio, type, vocabulary);
  return out;
}

}  // namespace waymark::vocabulary
