// Names: which words may stand in one, and what two spellings of one name have in common.
#include "grammar/names.hpp"

#include <algorithm>
#include <array>

#include "grammar/parse.hpp"

namespace waymark::grammar {
namespace {

constexpr std::array<std::string_view, 43> kReserved{
    "after",   "all",   "and",   "any",  "are",     "as",    "at",    "before", "between", "by",        "cannot",
    "divided", "each",  "every", "for",  "from",    "has",   "have",  "if",     "in",      "is",        "least",
    "less",    "minus", "more",  "most", "none",    "not",   "of",    "on",     "or",      "otherwise", "over",
    "percent", "plus",  "since", "than", "through", "times", "until", "when",   "where",   "within"};

bool is_article(std::string_view word) { return word == "the" || word == "a" || word == "an"; }

/// True for digits that are a date, a year, a code or a number with a mark in it: these never stand in a name.
bool is_amount(At first, At last, At end) {
  auto const word = view(first, last);
  bool const pointed = last + 1 < end && (*last == '.' || *last == ',') && is_digit(last[1]);
  if (pointed) return true;
  std::size_t groups = 1;
  for (auto at = first; at != last;) {
    if (is_digit(*at)) {
      ++at;
    } else if (auto const hyphen = hyphen_at(at, last)) {
      ++groups;
      at += hyphen;
    } else {
      return false;
    }
  }
  return groups > 1 && word.size() > 5;
}

bool word_is(At first, At last, std::string_view wanted) { return lower(view(first, last)) == wanted; }

/// `rounded to the nearest` ends a name although none of its words is reserved.
bool rounds(At first, At last, At end) {
  if (!word_is(first, last, "rounded")) return false;
  auto at = last;
  for (std::string_view const wanted : {"to", "the", "nearest"}) {
    at = skip_blanks(at, end);
    auto const stop = word_end(at, end);
    if (!word_is(at, stop, wanted)) return false;
    at = stop;
  }
  return true;
}

std::optional<ScannedPhrase> scan_quoted(At at, At end) {
  auto const close = closing_quote(at, end);
  if (!close) return std::nullopt;
  auto const inner = at + quote_at(at, end);
  auto last = *close - 1;
  while (quote_at(last, end) == 0) --last;
  ScannedPhrase out{{}, at, *close};
  out.phrase.text = fold(view(inner, last));
  out.phrase.key = name_key(out.phrase.text);
  out.phrase.quoted = true;
  if (out.phrase.key.empty()) return std::nullopt;
  return out;
}

}  // namespace

bool is_reserved(std::string_view word) {
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

std::string name_key(std::string_view words) {
  auto const folded = lower(fold(words));
  std::string out;
  out.reserve(folded.size());
  for (std::size_t at = 0; at < folded.size();) {
    auto const stop = std::min(folded.find(' ', at), folded.size());
    auto const word = std::string_view(folded).substr(at, stop - at);
    if (stop == folded.size() || !is_article(word)) {
      if (!out.empty()) out += ' ';
      out += word;
    }
    at = stop + 1;
  }
  return plain_hyphens(out);
}

std::string plain_hyphens(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  auto const end = text.data() + text.size();
  for (auto at = text.data(); at != end;) {
    auto const bytes = character_at(at, end).bytes;
    if (hyphen_at(at, end) != 0) {
      out += '-';
    } else {
      out.append(at, bytes);
    }
    at += bytes;
  }
  return out;
}

std::string data_key(std::string_view name_key) {
  std::string out(name_key);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  return out;
}

std::optional<ScannedPhrase> scan_phrase(At at, At end) {
  auto const begin = skip_blanks(at, end);
  if (quote_at(begin, end) != 0) return scan_quoted(begin, end);
  auto const first_end = word_end(begin, end);
  auto const second = skip_blanks(first_end, end);
  if (quote_at(second, end) != 0 && is_article(lower(view(begin, first_end)))) {
    auto out = scan_quoted(second, end);
    if (out) out->phrase.article = fold(view(begin, first_end));
    return out;
  }
  auto stop = begin;
  std::size_t words = 0;
  for (auto next = begin; next != end; next = skip_blanks(stop, end)) {
    auto const last = word_end(next, end);
    if (last == next || (words == 0 && letter_at(next, end) == 0)) break;
    if (is_reserved(lower(view(next, last))) || rounds(next, last, end)) break;
    if (is_digit(*next) && is_amount(next, last, end)) break;
    stop = last;
    ++words;
  }
  if (words == 0) return std::nullopt;
  return phrase_of(begin, stop);
}

std::optional<ScannedPhrase> phrase_of(At begin, At end) {
  ScannedPhrase out{{}, begin, end};
  auto const first_end = word_end(begin, end);
  auto const rest = skip_blanks(first_end, end);
  auto const first = lower(view(begin, first_end));
  if (rest == end && (first == "the" || first == "an")) return std::nullopt;
  bool const article = rest != end && is_article(first);
  if (article) out.phrase.article = fold(view(begin, first_end));
  out.phrase.text = fold(view(article ? rest : begin, end));
  out.phrase.key = name_key(out.phrase.text);
  return out;
}

}  // namespace waymark::grammar
