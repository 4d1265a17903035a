// Citations, quotes and braces.
#include "grammar/brackets.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "grammar/citations.hpp"
#include "grammar/layout.hpp"
#include "grammar/scan.hpp"

namespace waymark::grammar {
namespace {

/// Past the mark that closes the one at `at`, or nothing.
std::optional<At> past_pair(At at, At end) {
  if (quote_at(at, end) != 0) return closing_quote(at, end);
  if (*at != '[' && *at != '{') return std::nullopt;
  auto const close = view(at, end).find(*at == '[' ? ']' : '}');
  if (close == std::string_view::npos) return std::nullopt;
  return at + close + 1;
}

bool opens(At at, At end) { return *at == '[' || *at == '{' || quote_at(at, end) != 0; }

/// Walks over `[begin, end)`, whole pairs at a time; a mark without a partner counts as itself. Each kind of mark is
/// looked for to the end once only, which keeps this linear.
template <class Visit>
void walk(At begin, At end, Visit visit) {
  bool quotes = true;
  bool brackets = true;
  bool braces = true;
  for (auto at = begin; at != end;) {
    bool& closes = *at == '[' ? brackets : *at == '{' ? braces : quotes;
    if (opens(at, end) && closes) {
      if (auto const past = past_pair(at, end)) {
        if (!visit(at, *past, true)) return;
        at = *past;
        continue;
      }
      closes = false;
    }
    auto const bytes = character_at(at, end).bytes;
    if (!visit(at, at + bytes, false)) return;
    at += bytes;
  }
}

bool between_digits(At at, At begin, At end) { return at != begin && is_digit(at[-1]) && digit_at(at + 1, end); }

struct Found {
  At open = nullptr;   ///< the last citation
  At close = nullptr;  ///< past it
  At extra = nullptr;  ///< a citation before it
  At extra_end = nullptr;
  At lone_quote = nullptr;
  At lone_bracket = nullptr;
};

Found look(At begin, At end) {
  Found out;
  walk(begin, end, [&](At at, At past, bool pair) {
    if (pair && *at == '[') {
      out.extra = out.open;
      out.extra_end = out.close;
      out.open = at;
      out.close = past;
    } else if (!pair && quote_at(at, end) != 0 && out.lone_quote == nullptr) {
      out.lone_quote = at;
    } else if (!pair && *at == '[' && out.lone_bracket == nullptr) {
      out.lone_bracket = at;
    }
    return true;
  });
  return out;
}

/// The end of the physical line on which `at` stands, within `[…, end)`.
At physical_end(At at, At end) {
  auto const stop = std::find_if(at, end, [](char c) { return c == '\n' || c == '\r'; });
  return trim_back(at, stop);
}

}  // namespace

std::optional<Span> Brackets::take(Span line, bool is_text, std::optional<Citation>& citation) {
  auto const begin = text.data() + line.begin;
  auto const end = text.data() + line.end;
  auto const span = [&](At first, At last) {
    auto const offset = [&](At at) { return static_cast<std::uint32_t>(at - text.data()); };
    return Span{line.file, offset(first), offset(last)};
  };
  auto const report = [&](Code code, Span where, std::string message, std::optional<Edit> edit) {
    auto diagnostic = diagnose(code, where, std::move(message));
    diagnostic.edit = std::move(edit);
    diagnostics.push_back(std::move(diagnostic));
    return std::nullopt;
  };
  auto const found = look(begin, end);
  if (!is_text && found.lone_quote != nullptr) {
    auto const stop = span(physical_end(found.lone_quote, end), end).begin;
    return report(Code::quote_not_closed, span(found.lone_quote, found.lone_quote + quote_at(found.lone_quote, end)),
                  "the text that begins at this quotation mark has no end", Edit{{line.file, stop, stop}, "\""});
  }
  if (found.lone_bracket != nullptr && !is_text) {
    auto const stop = span(physical_end(found.lone_bracket, end), end).begin;
    return report(Code::citation_not_closed, span(found.lone_bracket, found.lone_bracket + 1),
                  "the citation that begins here has no closing `]`", Edit{{line.file, stop, stop}, "]"});
  }
  bool const ends = found.open != nullptr && found.close == end;
  if (!is_text && found.open != nullptr && !ends) {
    auto moved = fmt::format("{} {}", fold(view(found.close, end)), view(found.open, found.close));
    return report(Code::citation_in_middle, span(found.open, found.close),
                  "a citation ends its line, and words follow this one", Edit{span(found.open, end), std::move(moved)});
  }
  if (!is_text && found.extra != nullptr) {
    auto joined = fmt::format("[{}; {}]", fold(view(found.extra + 1, found.extra_end - 1)),
                              fold(view(found.open + 1, found.close - 1)));
    return report(Code::citation_in_middle, span(found.extra, found.extra_end),
                  "a line has one citation; several sources stand in it with semicolons between them",
                  Edit{span(found.extra, end), std::move(joined)});
  }
  if (!ends) return line;
  auto const inner = view(found.open + 1, found.close - 1);
  citation = Citation{fold(inner), is_illustrative(inner), span(found.open, found.close)};
  if (citation->text.empty()) {
    return report(Code::citation_empty, citation->span, "this citation names no source",
                  Edit{citation->span, "[illustrative]"});
  }
  if (auto doubt = is_text ? std::nullopt : citation_doubt(inner)) {
    report(Code::number_without_source, citation->span, std::move(doubt->message),
           Edit{citation->span, fmt::format("[{}]", doubt->meant)});
    diagnostics.back().help = "every decision that rests on an illustrative number says so";
  }
  return span(begin, trim_back(begin, found.open));
}

At round_citation(At begin, At end) {
  auto const stop = trim_back(begin, end);
  if (stop == begin || stop[-1] != ')') return end;
  std::size_t depth = 0;
  auto at = stop;
  do {
    --at;
    if (*at == ')') ++depth;
    if (*at == '(') --depth;
  } while (depth != 0 && at != begin);
  if (depth != 0 || at == begin || trim_back(begin, at) == at || trim_back(begin, at) == begin) return end;
  auto const inner = view(at + 1, stop - 1);
  bool const number = std::any_of(inner.begin(), inner.end(), [](char c) { return is_digit(c); });
  return number || inner.find("§") != std::string_view::npos || is_illustrative(inner) ? at : end;
}

Span Brackets::take_round(Span line, std::optional<Citation>& citation) {
  auto const begin = text.data() + line.begin;
  auto const end = text.data() + line.end;
  auto const open = round_citation(begin, end);
  if (open == end) return line;
  Span const where{line.file, static_cast<std::uint32_t>(open - text.data()), line.end};
  auto const inner = fold(view(open + 1, trim_back(open, end) - 1));
  auto diagnostic = diagnose(Code::citation_in_round_brackets, where, "a citation stands in square brackets",
                             "what is no citation has no place in round brackets either: a `Note:` may say it");
  diagnostic.edit = Edit{where, fmt::format("[{}]", inner)};
  diagnostics.push_back(std::move(diagnostic));
  citation = Citation{inner, is_illustrative(inner), where};
  return {line.file, line.begin, static_cast<std::uint32_t>(trim_back(begin, open) - text.data())};
}

At find_colon(At begin, At end) {
  auto out = end;
  walk(begin, end, [&](At at, At, bool pair) {
    if (pair || *at != ':' || between_digits(at, begin, end)) return true;
    out = at;
    return false;
  });
  return out;
}

std::vector<Span> split(std::string_view text, Span whole, char separator) {
  auto const begin = text.data() + whole.begin;
  auto const end = text.data() + whole.end;
  std::vector<Span> out;
  auto piece = begin;
  auto const add = [&](At stop) {
    auto const first = skip_blanks(piece, stop);
    auto const last = trim_back(first, stop);
    out.push_back(
        {whole.file, static_cast<std::uint32_t>(first - text.data()), static_cast<std::uint32_t>(last - text.data())});
  };
  walk(begin, end, [&](At at, At past, bool pair) {
    if (pair || *at != separator || (separator == ',' && between_digits(at, begin, end))) return true;
    add(at);
    piece = past;
    return true;
  });
  add(end);
  return out;
}

}  // namespace waymark::grammar
