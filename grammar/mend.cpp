// What a person probably meant.
#include "grammar/mend.hpp"

#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace waymark::grammar {
namespace {

struct Opposite {
  char const* words;
  char const* plain;
};
constexpr Opposite kOpposites[] = {
    {"at least", "less than"}, {"at most", "more than"},  {"more than", "at most"},  {"less than", "at least"},
    {"on or after", "before"}, {"on or before", "after"}, {"before", "on or after"}, {"after", "on or before"},
};

bool is_day(int year, int month, int day) {
  static constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  bool const leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

/// `2026-07-31` for `7/31/2026` and `2026-7-31`.
std::optional<std::string> month_first(std::string_view text) {
  std::vector<std::string> parts{""};
  char mark = 0;
  for (char const c : text) {
    if (is_digit(c)) {
      parts.back() += c;
    } else if ((c == '/' || c == '-' || c == '.') && (mark == 0 || mark == c)) {
      mark = c;
      parts.emplace_back();
    } else {
      return std::nullopt;
    }
  }
  if (parts.size() != 3) return std::nullopt;
  bool const year_last = parts[2].size() == 4 && mark == '/';
  if (year_last) parts = {parts[2], parts[0], parts[1]};  // month, day, year
  bool const shaped =
      parts[0].size() == 4 && !parts[1].empty() && parts[1].size() <= 2 && !parts[2].empty() && parts[2].size() <= 2;
  if (!shaped || !is_day(std::stoi(parts[0]), std::stoi(parts[1]), std::stoi(parts[2]))) return std::nullopt;
  return fmt::format("{}-{:0>2}-{:0>2}", parts[0], parts[1], parts[2]);
}

}  // namespace

Plain plain_comparison(At at, At end) {
  auto next = at;
  scan_words(next, end, "not");
  for (auto const& [words, plain] : kOpposites) {
    if (scan_words(next, end, words)) return {plain, next};
  }
  return {"", next};
}

std::string comparison_at(At at, At end) {
  for (auto const& opposite : kOpposites) {
    auto next = at;
    if (scan_words(next, end, opposite.words)) return opposite.words;
  }
  return "";
}

std::optional<StandIn> sign_at(At at, At end) {
  static constexpr std::pair<std::string_view, char const*> kSigns[] = {{">=", "is at least"},
                                                                        {"<=", "is at most"},
                                                                        {"=>", "is at least"},
                                                                        {"=<", "is at most"},
                                                                        {"\xE2\x89\xA5", "is at least"},
                                                                        {"\xE2\x89\xA4", "is at most"},
                                                                        {"<>", "is not"},
                                                                        {"!=", "is not"},
                                                                        {"\xE2\x89\xA0", "is not"},
                                                                        {"==", "is"},
                                                                        {"=", "is"},
                                                                        {">", "is more than"},
                                                                        {"<", "is less than"}};
  for (auto const& [sign, words] : kSigns) {
    if (view(at, end).starts_with(sign)) return StandIn{at, at + sign.size(), words};
  }
  return std::nullopt;
}

std::optional<StandIn> verb_in(At begin, At end) {
  static constexpr std::pair<std::string_view, char const*> kVerbs[] = {
      {"exceeds", "is more than"}, {"exceed", "are more than"}, {"equals", "is"}, {"equal", "are"}};
  std::optional<StandIn> out;
  for (auto at = skip_blanks(begin, end); at != end; at = skip_blanks(at, end)) {
    auto const stop = chunk_end(at, end);
    auto const word = lower(view(at, stop));
    for (auto const& [verb, words] : kVerbs) {
      if (word == verb) out = StandIn{at, stop, words};
    }
    at = stop;
  }
  return out;
}

std::optional<StandIn> than_before(At begin, At end) {
  static constexpr std::pair<std::string_view, char const*> kThan[] = {
      {"greater than", "more than"}, {"higher than", "more than"},  {"larger than", "more than"},
      {"lower than", "less than"},   {"smaller than", "less than"}, {"fewer than", "less than"}};
  for (auto at = skip_blanks(begin, end); at != end; at = skip_blanks(at, end)) {
    for (auto const& [words, meant] : kThan) {
      auto stop = at;
      if (scan_words(stop, end, words) && stop == end) return StandIn{at, stop, meant};
    }
    at = chunk_end(at, end);
  }
  return std::nullopt;
}

std::optional<std::string> list_for(At begin, At word, At word_end, At end, char const* head) {
  auto const rest = lower(fold(view(word_end, end)));
  bool const simple = *begin == ':' && !rest.empty() && rest.find(" and ") == std::string::npos &&
                      rest.find(" or ") == std::string::npos && rest.find(':') == std::string::npos;
  if (!simple) return std::nullopt;
  return fmt::format(" {}\n    - {}\n    - {}", head, fold(view(begin + 1, word)), fold(view(word_end, end)));
}

std::optional<Edit> known_word_for(At begin, At where, At stop, Span base) {
  static constexpr std::pair<char const*, char const*> kKnown[] = {
      {"sum", "total"},       {"count", "number"},   {"mean", "average"}, {"maximum", "highest"}, {"max", "highest"},
      {"largest", "highest"}, {"minimum", "lowest"}, {"min", "lowest"},   {"smallest", "lowest"}};
  if (lower(view(where, stop)) != "of") return std::nullopt;
  auto const last = trim_back(begin, where);
  auto first = last;
  while (first != begin && letter_at(first - 1, last) != 0) --first;
  for (auto const& [word, known] : kKnown) {
    if (lower(view(first, last)) != word) continue;
    auto const offset = [&](At at) { return base.begin + static_cast<std::uint32_t>(at - begin); };
    return Edit{{base.file, offset(first), offset(last)}, known};
  }
  return std::nullopt;
}

std::optional<At> past_last_years(At begin, At end) {
  std::optional<At> out;
  for (auto at = skip_blanks(begin, end); at != end; at = skip_blanks(at, end)) {
    auto const stop = chunk_end(at, end);
    auto const word = lower(view(at, stop));
    if (word == "year" || word == "years") out = stop;
    at = stop;
  }
  return out;
}

std::optional<Edit> digits_for(std::string_view word, Span span) {
  static constexpr std::array<char const*, 12> kNumbers{"one",   "two",   "three", "four", "five",   "six",
                                                        "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
  for (std::size_t i = 0; i < kNumbers.size(); ++i) {
    if (lower(word) == kNumbers[i]) return Edit{span, fmt::format("{}", i + 1)};
  }
  return std::nullopt;
}

std::string either_date(std::string_view text) {
  auto const last = text.rfind('/');
  auto const first = text.find('/');
  if (first == std::string_view::npos || first == last) return "";
  std::string exchanged(text.substr(first + 1, last - first - 1));
  exchanged += "/";
  exchanged += text.substr(0, first);
  exchanged += text.substr(last);
  auto const read = [](std::string_view date) {
    auto const edit = month_first(date);
    return edit ? *edit : std::string();
  };
  auto const one = read(text);
  auto const other = read(exchanged);
  return one.empty() || other.empty() || one == other ? "" : fmt::format("{} or {}", one, other);
}

std::optional<Edit> date_for(std::string_view text, Span span) {
  // `1/7/2026` is January 7 to one reader and July 1 to another.
  auto const date = either_date(text).empty() ? month_first(text) : std::nullopt;
  return date ? std::optional(Edit{span, *date}) : std::nullopt;
}

}  // namespace waymark::grammar
