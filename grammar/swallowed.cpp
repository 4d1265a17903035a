// A line that continues free text and reads like a clause.
#include "grammar/swallowed.hpp"

#include <initializer_list>

#include "grammar/amounts.hpp"

namespace waymark::grammar {
namespace {

using C = ClauseKind;

bool has_blank(std::string_view label) { return label.find(' ') != std::string_view::npos; }

/// Past `from 2025-07-01 through 2026-06-30`, the `from` being behind `at`.
At past_period(At at, At end) {
  std::string date;
  if (!scan_date(at, end, date)) return nullptr;
  auto through = at;
  return scan_words(through, end, "through") && scan_date(through, end, date) ? through : at;
}

/// Past `, within 180 days`.
At past_term(At at, At end, std::initializer_list<char const*> words) {
  at = skip_blanks(at, end);
  if (at != end && *at == ',') ++at;
  bool begins = false;
  for (char const* const word : words) begins = begins || scan_words(at, end, word);
  std::uint32_t count = 0;
  if (!begins || !scan_count(at, end, count)) return nullptr;
  constexpr int kLongestUnit = 2;  // `working days`
  for (int i = 0; i < kLongestUnit && at != end; ++i) {
    auto const begin = skip_blanks(at, end);
    at = word_end(begin, end);
    auto const word = lower(view(begin, at));
    for (char const* const unit : {"day", "days", "month", "months", "year", "years"}) {
      if (word == unit) return at;
    }
  }
  return nullptr;
}

bool holds_equals(At begin, At end) { return view(begin, end).find('=') != std::string_view::npos; }

/// What follows the label of a clause that is no prose: then where the colon belongs, else nothing.
At sure_colon(ClauseKind kind, At tail, At end) {
  auto at = tail;
  switch (kind) {
    case C::in_force: return scan_words(at, end, "from") && past_period(at, end) != nullptr ? tail : nullptr;
    case C::threshold_row: {
      auto const past = past_period(at, end);
      auto const value = past == nullptr ? end : skip_blanks(past, end);
      return value != end && (is_digit(*value) || *value == '$') ? past : nullptr;
    }
    case C::given: return scan_words(at, end, "on") ? past_period(at, end) : nullptr;
    case C::condition_within: return past_term(tail, end, {"within"});
    case C::remembers: return holds_equals(tail, end) ? tail : nullptr;
    default: return nullptr;
  }
}

/// `Deny when`: a line that begins so is hardly prose, however far it is indented.
bool begins_with_outcome(At begin, At tail, At end) {
  for (char const* const words : {"approve", "deny", "renew", "refuse", "reject", "phase out", "suspend", "withdraw"}) {
    auto at = begin;
    if (!scan_words(at, end, words)) continue;
    scan_words(at, end, "with conditions");
    if (scan_words(at, end, "when") && at == tail) return true;
  }
  return false;
}

/// `If not covered by projections, …`: where the colon belongs, before a comma or behind the first word of the source.
At after_source(At tail, At end) {
  auto const line = view(tail, end).substr(0, view(tail, end).find_first_of("\r\n"));
  auto const comma = line.find(',');
  if (comma != std::string_view::npos) return tail + comma;
  return word_end(skip_blanks(tail, end), end);
}

/// `Phase out over 2 program years when …`; without a term only the place of the line tells a row from prose.
std::optional<Swallowed> swallowed_row(At begin, At end, bool as_clause) {
  auto const tail = after_when(begin, end);
  if (tail == nullptr || !is_capital(begin)) return std::nullopt;
  constexpr std::ptrdiff_t kWhen = 4;
  for (auto at = begin; at != tail; at = skip_blanks(chunk_end(at, tail), tail)) {
    auto const term = past_term(at, tail, {"for", "over"});
    if (term != nullptr && skip_blanks(term, end) == tail - kWhen) return Swallowed{past_list_head(tail, end), true};
  }
  if (as_clause || begins_with_outcome(begin, tail, end)) return Swallowed{past_list_head(tail, end), false};
  return std::nullopt;
}

std::optional<Swallowed> swallowed_as(ClauseSpelling const& spelling, At begin, At tail, At end, bool as_clause) {
  if (auto const colon = sure_colon(spelling.kind, tail, end)) return Swallowed{colon, true};
  bool const capital = is_capital(begin);
  bool const likely = capital && (as_clause || has_blank(spelling.label));
  switch (spelling.form) {
    case LabelForm::when:
      if (!has_blank(spelling.label)) return likely ? std::optional(Swallowed{tail, false}) : std::nullopt;
      if (!capital && !as_clause) return std::nullopt;
      return Swallowed{past_list_head(tail, end), capital};
    case LabelForm::exact:
    case LabelForm::either: return likely ? std::optional(Swallowed{tail, false}) : std::nullopt;
    case LabelForm::open: {
      bool const fallback = spelling.kind == C::not_covered || spelling.kind == C::not_published;
      return fallback && capital ? std::optional(Swallowed{after_source(tail, end), false}) : std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace

bool is_capital(At at) { return *at >= 'A' && *at <= 'Z'; }

std::optional<Swallowed> swallowed_clause(BlockKind block, At begin, At end, bool as_clause) {
  for (auto const& spelling : clause_spellings()) {
    auto const tail = belongs(spelling, block) ? past_label(begin, end, spelling.label) : nullptr;
    if (tail == nullptr || skip_blanks(tail, end) == end) continue;
    if (auto found = swallowed_as(spelling, begin, tail, end, as_clause)) return found;
  }
  return block == BlockKind::decision ? swallowed_row(begin, end, as_clause) : std::nullopt;
}

}  // namespace waymark::grammar
