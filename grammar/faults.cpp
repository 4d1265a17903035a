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
  auto first = last;
  bool reserved_only = true;
  for (int words = 0; first != line && words < 4; ++words) {
    auto const end = trim_back(line, first);
    auto const begin = word_begin(line, end);
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

/// Words that stand where the line should have ended.
Diagnostic left_over(Site const& site) {
  auto const word = lower(site.found);
  if (site.where != site.begin && *(trim_back(site.begin, site.where) - 1) == ':') {
    return report(site, Code::words_left_over, "the items of a list stand on lines of their own, each behind a dash");
  }
  if (word == "or" && view(site.begin, site.where).find("one of") != std::string_view::npos) {
    auto const gap = trim_back(site.begin, site.where);
    return with_edit(report(site, Code::words_left_over, "the values behind `one of` are parted by commas"),
                     Edit{site.span(gap, site.stop), ","});
  }
  if (word == "and" || word == "or" || word == "if" || word == "when") {
    auto const* const list = word == "or" ? "any of:" : "all of:";
    return report(
        site, Code::joined_conditions, fmt::format("conditions are not joined by `{}`", site.found),
        fmt::format("end the line above in `{}` and give each condition a line of its own behind a dash", list));
  }
  if (auto edit = known_word_for(site.begin, site.where, site.stop, site.span(site.begin, site.begin))) {
    return with_edit(report(site, Code::words_left_over,
                            fmt::format("`{}` is written `{}`", site.before + " of", edit->replacement + " of")),
                     std::move(edit));
  }
  if (*site.where == '_') {
    return with_edit(report(site, Code::words_left_over, "a name is written with blanks, not with underscores"),
                     Edit{site.span(site.where, site.where + 1), " "});
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
  return with_edit(std::move(diagnostic), std::move(edit));
}

/// A missing `is` before `at least`; otherwise what may stand there.
Diagnostic verb_wanted(Site const& site) {
  if (starts_comparison(site.where, site.end)) {
    auto const at = site.span(site.where, site.where);
    return with_edit(report(site, Code::word_needed, fmt::format("before `{}` the word `is` is missing", site.found)),
                     Edit{at, "is "});
  }
  return report(site, Code::word_needed,
                fmt::format("{} `is`, `has` or `cannot be told` is needed{}", site.after(), site.stands()));
}

/// One word or mark, which the author's word may nearly be.
Diagnostic word_wanted(Site const& site, std::string const& wanted) {
  auto const quoted = wanted.front() == '`' && wanted.find('`', 1) == wanted.size() - 1;
  auto const word = quoted ? wanted.substr(1, wanted.size() - 2) : std::string();
  auto diagnostic =
      report(site, Code::word_needed, fmt::format("{} {} is needed{}", site.after(), wanted, site.stands()));
  if (word == "," || word == ":") {
    auto const last = trim_back(site.begin, site.where);
    diagnostic.message = fmt::format("{} a {} is needed", site.after(), word == "," ? "comma" : "colon");
    diagnostic.primary.span = site.span(last, last);
    return with_edit(std::move(diagnostic), Edit{site.span(last, last), word});
  }
  if (!word.empty() && !nearest(site.found, {word}).empty()) {
    diagnostic.message += fmt::format("; did you mean `{}`?", word);
    return with_edit(std::move(diagnostic), Edit{site.here(), word});
  }
  return diagnostic;
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
  if (wanted == kEndOfLine) return left_over(site);
  if (wanted == "a value") return needed(site, Code::value_needed, wanted);
  if (wanted == "a condition") return needed(site, Code::condition_needed, wanted);
  if (wanted == "a name" || wanted == "an outcome" || wanted == "a column")
    return needed(site, Code::name_needed, wanted);
  if (wanted == "a whole number") return number_wanted(site);
  if (wanted == "a date") return date_wanted(site);
  if (wanted == "`is`, `has` or `cannot be told`") return verb_wanted(site);
  return word_wanted(site, wanted);
}

}  // namespace waymark::grammar
