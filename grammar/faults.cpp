// What to say where a line cannot be read.
#include "grammar/faults.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "grammar/clip.hpp"
#include "grammar/lines_bounds.hpp"
#include "grammar/mend.hpp"
#include "grammar/parse.hpp"
#include "grammar/wordings.hpp"

namespace waymark::grammar {
namespace {

/// One fault, with what stands around it.
struct Site {
  Reader const& in;
  At begin;  ///< of the piece that was read
  At end;
  At where;
  At stop;             ///< the end of the word at `where`
  std::string found;   ///< that word; empty at the end
  std::string before;  ///< the words before `where`, as written

  Span span(At first, At last) const {
    auto const offset = [&](At at) { return static_cast<std::uint32_t>(at - in.text.data()); };
    return {in.file, offset(first), offset(last)};
  }
  /// Where something is missing: right behind what precedes. Where something is wrong: the word.
  Span here() const {
    if (where != end) return span(where, stop);
    auto const last = trim_back(in.text.data(), where);
    return span(last, last);
  }
  std::string after() const { return before.empty() ? "here" : fmt::format("after `{}`", before); }
  /// `, and here stands `of``, or nothing at the end of the line.
  std::string stands() const { return found.empty() ? "" : fmt::format(", and here stands `{}`", found); }
};

At line_begin(At text_begin, At at) {
  while (at != text_begin && at[-1] != '\n' && at[-1] != '\r') --at;
  return at;
}

/// The word that ends at `end`, not before `begin`.
At word_begin(At begin, At end) {
  auto at = end;
  while (at != begin) {
    auto previous = at - 1;
    while (previous != begin && (static_cast<unsigned char>(*previous) & 0xC0U) == 0x80) --previous;
    if (blank_at(previous, end) != 0) break;
    at = previous;
    if (end - at > 80) break;
  }
  return at;
}

/// The last words before `where` on its line: up to four, and all of a run of reserved ones.
std::string words_before(std::string_view text, At where) {
  auto const last = trim_back(text.data(), where);
  auto const line = skip_blanks(line_begin(text.data(), last), last);
  if (last != line && last[-1] == ':') return clip(view(line, last));
  auto first = last;
  bool reserved_only = true;
  for (int words = 0; first != line && words < 4; ++words) {
    auto const end = trim_back(line, first);
    auto const begin = word_begin(line, end);
    if (words != 0 && view(begin, end).find_first_not_of("-") == std::string_view::npos) break;
    auto word = lower(view(begin, end));
    while (!word.empty() && (word.back() == ',' || word.back() == ':')) word.pop_back();
    bool const reserved = is_reserved(word);
    bool const enough = words != 0 && reserved_only && !reserved;
    if (enough) break;
    reserved_only = reserved_only && reserved;
    first = begin;
  }
  return clip(view(first, last));
}

Diagnostic report(Site const& site, Code code, std::string message, std::string help = {}) {
  return diagnose(code, site.here(), std::move(message), std::move(help));
}

Diagnostic with_edit(Diagnostic diagnostic, std::optional<Edit> edit) {
  diagnostic.edit = std::move(edit);
  return diagnostic;
}

std::string example_of(Code code) {
  switch (code) {
    case Code::value_needed: return ", such as `25 openings per year`";
    case Code::condition_needed: return ", such as `regional openings is at least required openings`";
    case Code::number_needed: return ", such as `2`";
    case Code::date_needed: return ", such as `2026-07-01`";
    default: return "";
  }
}

Diagnostic needed(Site const& site, Code code, std::string_view what) {
  return report(site, code, fmt::format("{} {} is needed{}{}", site.after(), what, example_of(code), site.stands()));
}

Diagnostic negated(Site const& site) {
  auto const mended = plain_comparison(site.where, site.end);
  auto diagnostic = diagnose(Code::negated_comparison, site.span(site.where, mended.end),
                             fmt::format("a comparison is not negated: write `is {}`", mended.words));
  return with_edit(std::move(diagnostic), Edit{site.span(site.where, mended.end), mended.words});
}

Diagnostic stands_in(Site const& site, StandIn const& found) {
  auto const span = site.span(found.begin, found.end);
  return with_edit(diagnose(Code::word_needed, span,
                            fmt::format("`{}` is written `{}`", fold(view(found.begin, found.end)), found.words)),
                   Edit{span, found.words});
}

/// Words that stand where the line should have ended.
Diagnostic left_over(Site const& site) {
  auto const word = lower(site.found);
  auto const before = trim_back(site.begin, site.where);
  if (before != site.begin && before[-1] == ':') {
    return report(site, Code::words_left_over, "the items of a list stand on lines of their own, each behind a dash");
  }
  if (word == "or" && view(site.begin, site.where).find("one of") != std::string_view::npos) {
    auto const gap = trim_back(site.begin, site.where);
    return with_edit(report(site, Code::words_left_over, "the values behind `one of` are parted by commas"),
                     Edit{site.span(gap, site.stop), ","});
  }
  if (word == "and" || word == "or" || word == "if" || word == "when") {
    auto const* const list = word == "or" ? "any of:" : "all of:";
    auto diagnostic =
        report(site, Code::joined_conditions, fmt::format("conditions are not joined by `{}`", site.found),
               fmt::format("end the line above in `{}` and give each condition a line of its own behind a dash", list));
    auto replacement =
        word == "if" || word == "when" ? std::nullopt : list_for(site.begin, site.where, site.stop, site.end, list);
    if (replacement) diagnostic.edit = Edit{site.span(site.begin, site.end), std::move(*replacement)};
    return diagnostic;
  }
  if (auto than = word == "than" ? than_before(site.begin, site.stop) : std::nullopt) {
    // `greater than or equal to` is one comparison: the edit must take all of it.
    auto rest = site.stop;
    if (scan_words(rest, site.end, "or equal to") || scan_words(rest = site.stop, site.end, "or equals")) {
      than->end = rest;
      than->words = std::string_view(than->words) == "more than" ? "at least" : "at most";
    }
    return stands_in(site, *than);
  }
  if (auto edit = known_word_for(site.begin, site.where, site.stop, site.span(site.begin, site.begin))) {
    auto const old = view(site.in.text.data() + edit->span.begin, site.in.text.data() + edit->span.end);
    return with_edit(
        diagnose(Code::words_left_over, edit->span, fmt::format("`{} of` is written `{} of`", old, edit->replacement)),
        edit);
  }
  auto const help =
      is_reserved(word)
          ? fmt::format("`{}` ends the name before it; a name that holds it stands in double quotes", site.found)
          : std::string();
  return report(site, Code::words_left_over, fmt::format("{} the line should end{}", site.after(), site.stands()),
                help);
}

Diagnostic number_wanted(Site const& site) {
  return with_edit(needed(site, Code::number_needed, "a whole number"), digits_for(site.found, site.here()));
}

Diagnostic date_wanted(Site const& site) {
  auto stop = site.where;
  while (stop != site.end && blank_at(stop, site.end) == 0 && *stop != ',') ++stop;
  auto edit = date_for(view(site.where, stop), site.span(site.where, stop));
  auto diagnostic = needed(site, Code::date_needed, "a date");
  if (stop != site.where) diagnostic.primary.span = site.span(site.where, stop);
  if (stop != site.where)
    diagnostic.message =
        fmt::format("`{}` is no date; a date is written as `2026-07-01`", clip(view(site.where, stop)));
  if (auto const either = either_date(view(site.where, stop)); !either.empty()) {
    diagnostic.message = fmt::format("`{}` may be {}", view(site.where, stop), either);
    diagnostic.help = "write the one that is meant, the year first";
  }
  return with_edit(std::move(diagnostic), std::move(edit));
}

/// A missing `is` before `at least`; otherwise what may stand there.
Diagnostic verb_wanted(Site const& site) {
  if (auto const sign = sign_at(site.where, site.end)) return stands_in(site, *sign);
  if (auto verb = verb_in(site.begin, site.where)) {
    // `equals or exceeds` is one comparison: the edit must take all of it.
    auto rest = verb->end;
    if (scan_words(rest, site.end, "or exceeds") || scan_words(rest = verb->end, site.end, "or equals")) {
      verb->end = rest;
      verb->words = "is at least";
    }
    return stands_in(site, *verb);
  }
  auto const comparison = comparison_at(site.where, site.end);
  if (comparison.empty()) return needed(site, Code::word_needed, kVerb);
  for (auto at = site.begin; at != site.where; at = skip_blanks(chunk_end(at, site.where), site.where)) {
    auto stop = at;
    bool const asked = scan_words(stop, site.where, "must be") || scan_words(stop, site.where, "shall be") ||
                       scan_words(stop, site.where, "should be");
    if (asked && skip_blanks(stop, site.where) == site.where) return stands_in(site, {at, stop, "is"});
  }
  return with_edit(report(site, Code::word_needed, fmt::format("before `{}` the word `is` is missing", comparison)),
                   Edit{site.span(site.where, site.where), "is "});
}

/// `for each` is `for every`, and `in the last 3 years` has to say in which of them.
Diagnostic choice_wanted(Site const& site, std::string_view wanted) {
  auto diagnostic = needed(site, Code::word_needed, wanted);
  auto const word = lower(site.found);
  if (wanted == kQuantifier && (word == "each" || word == "all")) diagnostic.edit = Edit{site.here(), "every"};
  if (wanted == kWindow && word == "the") diagnostic.edit = Edit{site.span(site.where, site.where), "each of "};
  return diagnostic;
}

bool is_verb(std::string_view word) {
  return word == "is" || word == "are" || word == "has" || word == "have" || word == "cannot";
}

/// A comma between a prefix and its condition. Where a name ran on over the place, only a `years` tells where it was.
Diagnostic comma_wanted(Site const& site) {
  auto at = trim_back(site.begin, site.where);
  bool known = !is_verb(lower(site.found));
  if (!known) {
    if (auto const years = past_last_years(site.begin, site.where)) {
      at = *years;
      known = true;
    }
  }
  auto diagnostic = diagnose(Code::word_needed, site.span(at, at), "");
  if (known) {
    diagnostic.message = fmt::format("after `{}` a comma is needed", words_before(site.in.text, at));
    return with_edit(std::move(diagnostic), Edit{site.span(at, at), ","});
  }
  diagnostic.message = fmt::format("before `{}` a comma is needed, behind the list that is meant", site.found);
  diagnostic.help = "write `for every LIST, …`: what follows the comma is asked of each member";
  return diagnostic;
}

/// One word or mark, which the author's word may nearly be.
Diagnostic word_wanted(Site const& site, std::string const& wanted) {
  if (wanted == "`,`") return comma_wanted(site);
  auto const quoted = wanted.front() == '`' && wanted.find('`', 1) == wanted.size() - 1;
  auto const word = quoted ? wanted.substr(1, wanted.size() - 2) : std::string();
  auto diagnostic = needed(site, Code::word_needed, wanted);
  if (word.empty() || nearest(site.found, {word}).empty()) return diagnostic;
  diagnostic.message += fmt::format("; did you mean `{}`?", word);
  return with_edit(std::move(diagnostic), Edit{site.here(), word});
}

/// A data key where a name is wanted.
Diagnostic underscored(Site const& site) {
  auto first = site.where;
  while (first != site.begin && (letter_at(first - 1, site.end) != 0 || is_digit(first[-1]))) --first;
  auto last = first;
  while (last != site.end && (*last == '_' || goes_on(last, site.end))) ++last;
  std::string name(first, last);
  std::replace(name.begin(), name.end(), '_', ' ');
  auto diagnostic =
      diagnose(Code::reserved_in_name, site.span(first, last), "a name is written with blanks, not with underscores");
  return with_edit(std::move(diagnostic), Edit{site.span(first, last), std::move(name)});
}

}  // namespace

Diagnostic explain(Reader const& in, Span span, Fault const& fault) {
  auto const begin = in.text.data() + span.begin;
  auto const end = in.text.data() + span.end;
  auto const stop = chunk_end(fault.where, end);
  Site const site{in, begin, end, fault.where, stop, clip(view(fault.where, stop)), words_before(in.text, fault.where)};
  auto const& wanted = fault.wanted;
  if (wanted == kTooDeep) {
    return report(site, Code::too_deep, "this line has too many parts within each other",
                  "name an inner part with a Figure");
  }
  if (wanted == kTooLong) {
    return report(site, Code::too_deep, "this line adds up too many parts", "name some of them with a Figure");
  }
  if (wanted == kNegated) return negated(site);
  if (site.where != site.begin && site.where != site.end && *site.where == '_') return underscored(site);
  if (auto const wording = wording_at(begin, fault.where, end)) {
    auto const words = site.span(wording->begin, wording->end);
    auto message = fmt::format("`{}` is written `{}`", fold(view(wording->begin, wording->end)), wording->written);
    return with_edit(diagnose(Code::word_needed, words, std::move(message)), Edit{words, wording->written});
  }
  if (wanted == kEndOfLine) return left_over(site);
  if (wanted == kValue) return needed(site, Code::value_needed, wanted);
  if (wanted == kCondition) return needed(site, Code::condition_needed, wanted);
  if (wanted == kName || wanted == kOutcome || wanted == kColumn) return needed(site, Code::name_needed, wanted);
  if (wanted == kWholeNumber) return number_wanted(site);
  if (wanted == kPercentile) {
    return report(site, Code::number_needed, fmt::format("there is no `{} percentile`", site.found),
                  "Write one from the 1st to the 99th, or `highest of` or `lowest of`.");
  }
  if (wanted == kDate) return date_wanted(site);
  if (wanted == kVerb) return verb_wanted(site);
  if (wanted == kQuantifier || wanted == kWindow) return choice_wanted(site, wanted);
  return word_wanted(site, wanted);
}

}  // namespace waymark::grammar
