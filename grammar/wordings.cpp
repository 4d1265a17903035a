// Each wording has one meaning: what may mean two things is not here.
#include "grammar/wordings.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "grammar/amounts.hpp"
#include "grammar/mend.hpp"
#include "grammar/spell.hpp"

namespace waymark::grammar {
namespace {

constexpr std::pair<std::string_view, char const*> kComparisons[] = {
    {"above", "more than"},        {"over", "more than"},       {"below", "less than"},
    {"under", "less than"},        {"more then", "more than"},  {"greater then", "more than"},
    {"less then", "less than"},    {"lower then", "less than"}, {"atleast", "at least"},
    {"at lest", "at least"},       {"at leats", "at least"},    {"a minimum of", "at least"},
    {"minimum of", "at least"},    {"minimum", "at least"},     {"no less than", "at least"},
    {"no fewer than", "at least"}, {"not below", "at least"},   {"not under", "at least"},
    {"atmost", "at most"},         {"a maximum of", "at most"}, {"maximum of", "at most"},
    {"maximum", "at most"},        {"no more than", "at most"}, {"no greater than", "at most"},
    {"not above", "at most"},      {"not over", "at most"}};

// `two`, `2`.
std::string number_at(At& at, At end) {
  std::uint32_t count = 0;
  if (scan_count(at, end, count)) return fmt::format("{}", count);
  auto const begin = skip_blanks(at, end);
  auto const stop = word_end(begin, end);
  auto const edit = digits_for(view(begin, stop), {});
  if (edit) at = stop;
  return edit ? edit->replacement : std::string();
}

// `two of the following`, `either of`, `any one of`, `1 of`; nothing where the language writes it so.
std::optional<Wording> list_meant(At at, At end) {
  auto next = at;
  std::string head;
  bool plain = true;  // but for `the following`
  if (scan_words(next, end, "either") || scan_words(next, end, "any one")) {
    head = "any of";
    plain = false;
  } else if (scan_words(next, end, "any")) {
    head = "any of";
  } else if (scan_words(next, end, "all")) {
    head = "all of";
  } else if (scan_words(next, end, "none")) {
    head = "none of";
  } else {
    bool const counted = scan_words(next, end, "at least");
    auto const number = number_at(next, end);
    if (number.empty()) return std::nullopt;
    head = fmt::format("at least {} of", number);
    plain = counted;
  }
  auto const of = scan_words(next, end, "of");
  auto const following = scan_words(next, end, "the following") || scan_words(next, end, "these");
  if ((!of && !following) || (plain && !following)) return std::nullopt;
  return Wording{at, next, std::move(head)};
}

// `percentile 75 of`, `75 percentile of`, `9th decile of`, `3rd quartile of`.
std::optional<Wording> percentile_meant(At at, At end) {
  auto next = at;
  std::uint32_t number = 0;
  std::uint32_t each = 1;
  bool const before = scan_words(next, end, "percentile");
  bool const ordinal_stands = scan_ordinal(next, end, number);
  if (!ordinal_stands && !scan_count(next, end, number)) return std::nullopt;
  if (!before && !ordinal_stands && !scan_words(next, end, "percentile")) return std::nullopt;
  if (!before && ordinal_stands) {
    each = scan_words(next, end, "decile") ? 10 : scan_words(next, end, "quartile") ? 25 : 0;
  }
  if (number == 0 || each == 0 || number > 99 / each || !scan_words(next, end, "of")) return std::nullopt;
  return Wording{at, next, ordinal(number * each) + " percentile of"};
}

// `continue until changed` on a line of its own.
std::optional<Wording> lasting_meant(At at, At end) {
  auto const stop = chunk_end(at, end);
  auto const word = lower(view(at, stop));
  auto next = at;
  if (word.starts_with("contin")) next = stop;
  if (!scan_words(next, end, "until")) return std::nullopt;
  for (auto const* const words : {"it is changed", "changed", "further notice", "it changes", "amended", "repealed"}) {
    if (scan_words(next, end, words)) return Wording{at, next, "continues until changed"};
  }
  return std::nullopt;
}

bool begins_line(At begin, At at) {
  while (at != begin && at[-1] != '\n' && at[-1] != '\r') {
    if (at[-1] != ' ' && at[-1] != '\t') return false;
    --at;
  }
  return at != begin;
}

}  // namespace

std::optional<Wording> comparison_meant(At at, At end) {
  at = skip_blanks(at, end);
  for (auto const& [words, meant] : kComparisons) {
    auto stop = at;
    if (scan_words(stop, end, words)) return Wording{at, stop, meant};
  }
  auto const sign = sign_at(at, end);
  constexpr std::string_view kIs = "is ";
  if (!sign || !std::string_view(sign->words).starts_with(kIs)) return std::nullopt;
  return Wording{sign->begin, sign->end, sign->words + kIs.size()};
}

std::optional<Wording> wording_at(At begin, At where, At end) {
  auto const reaches = [&](std::optional<Wording> const& found) {
    return found && skip_blanks(found->end, end) >= where;
  };
  bool after_is = false;
  bool after_least = false;  // `at least two of`: the number is what is wrong
  for (auto at = skip_blanks(begin, end); at != end && at <= where; at = skip_blanks(at, end)) {
    if (after_is) {
      if (auto found = comparison_meant(at, end); reaches(found)) return found;
    } else if (!after_least) {
      if (auto found = percentile_meant(at, end); reaches(found)) return found;
      if (auto found = list_meant(at, end); reaches(found)) return found;
    }
    if (begins_line(begin, at)) {
      if (auto found = lasting_meant(at, end); reaches(found)) return found;
    }
    auto const stop = chunk_end(at, end);
    auto const word = lower(view(at, stop));
    after_is = word == "is" || word == "are" || (after_is && word == "not");
    after_least = word == "least";
    at = stop;
  }
  return std::nullopt;
}

}  // namespace waymark::grammar
