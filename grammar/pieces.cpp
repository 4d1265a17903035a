// Names, parts and free text.
#include "grammar/pieces.hpp"

#include <fmt/format.h>

#include "grammar/clip.hpp"
#include "grammar/layout.hpp"
#include "grammar/names.hpp"
#include "grammar/parse.hpp"

namespace waymark::grammar {
namespace {

At at_of(Reader const& in, std::uint32_t offset) { return in.text.data() + offset; }

Span span_of(Reader const& in, At begin, At end) {
  auto const offset = [&](At at) { return static_cast<std::uint32_t>(at - in.text.data()); };
  return {in.file, offset(begin), offset(end)};
}

bool holds_quote(At begin, At end) {
  for (auto at = begin; at != end; at += character_at(at, end).bytes) {
    if (quote_at(at, end) != 0) return true;
  }
  return false;
}

/// What stands at `where` keeps `span` from being one name.
Diagnostic not_a_name(Reader const& in, Span span, At where) {
  auto const end = at_of(in, span.end);
  auto const stop = chunk_end(where, end);
  auto diagnostic = diagnose(
      Code::reserved_in_name, span_of(in, where, stop),
      fmt::format("`{}` cannot stand in a name; put the whole name in double quotes", clip(view(where, stop))));
  auto const begin = at_of(in, span.begin);
  if (!holds_quote(begin, end)) diagnostic.edit = Edit{span, fmt::format("\"{}\"", fold(view(begin, end))), true};
  return diagnostic;
}

}  // namespace

std::optional<Phrase> read_name(Reader& in, Span span) {
  auto const begin = at_of(in, span.begin);
  auto const end = at_of(in, span.end);
  if (begin == end) {
    in.diagnostics.push_back(diagnose(Code::name_needed, span, "a name is needed here"));
    return std::nullopt;
  }
  auto found = scan_phrase(begin, end);
  auto const stop = found ? skip_blanks(found->end, end) : begin;
  if (stop != end) {
    in.diagnostics.push_back(not_a_name(in, span, stop));
    return std::nullopt;
  }
  found->phrase.span = span_of(in, found->begin, found->end);
  return std::move(found->phrase);
}

Phrase raw_name(Reader const& in, Span span) {
  auto const begin = at_of(in, span.begin);
  auto const end = at_of(in, span.end);
  if (quote_at(begin, end) != 0) {
    auto quoted = scan_phrase(begin, end);
    if (quoted && quoted->end == end) {
      quoted->phrase.span = span;
      return std::move(quoted->phrase);
    }
  }
  Phrase out;
  out.text = fold(view(begin, end));
  out.key = name_key(out.text);
  out.span = span;
  return out;
}

std::vector<Phrase> raw_names(Reader const& in, Span span) {
  std::vector<Phrase> out;
  for (auto const& piece : split(in.text, span, ',')) {
    if (piece.begin != piece.end) out.push_back(raw_name(in, piece));
  }
  return out;
}

Part read_part(Reader const& in, Span span) {
  Part out;
  out.span = span;
  auto const begin = at_of(in, span.begin);
  auto const end = at_of(in, span.end);
  auto words_end = end;
  for (auto at = begin; at != end;) {
    auto const close = quote_at(at, end) != 0 ? closing_quote(at, end) : std::nullopt;
    if (close == end) {
      auto last = end - 1;
      while (quote_at(last, end) == 0) --last;
      out.quoted = fold(view(at + quote_at(at, end), last));
      words_end = at;
    }
    at = close ? *close : at + character_at(at, end).bytes;
  }
  out.written = fold(view(begin, words_end));
  out.words = lower(out.written);
  return out;
}

std::vector<Part> read_parts(Reader const& in, std::vector<Span> const& pieces, std::size_t first) {
  std::vector<Part> out;
  for (auto i = first; i < pieces.size(); ++i) {
    if (pieces[i].begin != pieces[i].end) out.push_back(read_part(in, pieces[i]));
  }
  return out;
}

std::optional<Text> read_text(Reader& in, Span span) {
  Text out;
  auto const end = at_of(in, span.end);
  out.text = fold(view(at_of(in, span.begin), end));
  for (auto at = at_of(in, span.begin); at != end; ++at) {
    if (*at != '{') continue;
    auto const close = view(at, end).find('}');
    if (close == std::string_view::npos || view(at + 1, at + close).find('{') != std::string_view::npos) {
      auto diagnostic = diagnose(Code::brace_not_closed, span_of(in, at, at + 1),
                                 "the name that begins at this brace has no closing `}`");
      auto const stop = chunk_end(skip_blanks(at + 1, end), end);
      diagnostic.edit = Edit{span_of(in, stop, stop), "}"};
      in.diagnostics.push_back(std::move(diagnostic));
      return std::nullopt;
    }
    auto path = read_path(in, span_of(in, at + 1, at + close));
    if (!path) return std::nullopt;
    out.shown.push_back(std::move(*path));
    at += close;
  }
  return out;
}

}  // namespace waymark::grammar
