// Diagnostics as a person reads them on a terminal.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "grammar/diagnostic.hpp"
#include "grammar/scan.hpp"

namespace waymark::grammar {
namespace {

char const* word_for(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

std::string shown_line(std::string_view text) {
  std::string out;
  for (auto at = text.data(); at != text.data() + text.size();) {
    auto const c = character_at(at, text.data() + text.size());
    if (c.point < 0x20 || c.point == 0x7F || blank_at(at, text.data() + text.size()) != 0) {
      out += ' ';
    } else if (c.bytes == 1 && c.point >= 0x80) {
      out += "\xEF\xBF\xBD";  // what stands for a byte that is no text
    } else {
      out.append(at, c.bytes);
    }
    at += c.bytes;
  }
  return out;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

/// Moves `offset` to the beginning of the character that it stands in.
std::uint32_t to_character(std::string_view text, std::uint32_t offset) {
  while (offset > 0 && offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80) --offset;
  return offset;
}

/// The part of a long line that is shown around a place.
Span window(Sources const& sources, Span line, std::uint32_t begin) {
  constexpr std::uint32_t kBefore = 90;
  constexpr std::uint32_t kAfter = 60;
  auto const& text = sources[line.file].text;
  if (line.end - line.begin <= kBefore + kAfter) return line;
  auto const first = begin > line.begin + kBefore ? to_character(text, begin - kBefore) : line.begin;
  auto const last = line.end - begin > kAfter ? to_character(text, begin + kAfter) : line.end;
  return {line.file, std::max(first, line.begin), std::max(last, begin)};
}

void show(std::string& out, Label const& label, Sources const& sources, char mark) {
  auto const& span = label.span;
  auto const line = sources.line_at(span.file, span.begin);
  auto view = window(sources, line, std::min(span.begin, line.end));
  bool const byte_order_mark = view.begin == 0 && sources[span.file].text.starts_with("\xEF\xBB\xBF");
  if (byte_order_mark) view.begin = std::min<std::uint32_t>(3, view.end);
  auto const number = fmt::format("{}", sources.place(span.file, span.begin).line);
  auto const text = sources.text(view);
  auto const before = std::min<std::size_t>(span.begin - std::min(span.begin, view.begin), text.size());
  auto const length = std::min<std::size_t>(span.end > span.begin ? span.end - span.begin : 0, text.size() - before);
  auto const carets = std::max<std::size_t>(1, characters(text.substr(before, length)));
  fmt::format_to(std::back_inserter(out), "{} | {}\n", number, shown_line(text));
  auto const under = fmt::format("{:{}} | {:{}}{}{}{}", "", number.size(), "", characters(text.substr(0, before)),
                                 std::string(carets, mark), label.text.empty() ? "" : " ", label.text);
  out += under + "\n";
}

std::string shown_edit(Edit const& edit, Sources const& sources) {
  auto const old = shown_line(sources.text(edit.span));
  if (edit.replacement.empty()) return fmt::format("  edit: leave out `{}`\n", old);
  auto const* const verb = old.empty() ? "put in" : "write";
  if (edit.replacement.find('\n') == std::string::npos) {
    return fmt::format("  edit: {} `{}`\n", verb, shown_line(edit.replacement));
  }
  auto out = fmt::format("  edit: {}\n", verb);
  for (std::size_t at = 0; at <= edit.replacement.size();) {
    auto const stop = std::min(edit.replacement.find('\n', at), edit.replacement.size());
    fmt::format_to(std::back_inserter(out), "    |{}\n",
                   shown_line(std::string_view(edit.replacement).substr(at, stop - at)));
    at = stop + 1;
  }
  return out;
}

}  // namespace

std::string render(Diagnostic const& diagnostic, Sources const& sources) {
  auto const& span = diagnostic.primary.span;
  auto const place = sources.place(span.file, span.begin);
  auto out = fmt::format("{}:{}:{}: {}[{}]: {}\n", sources[span.file].path, place.line, place.column,
                         word_for(diagnostic.severity), entry_of(diagnostic.code).id, diagnostic.message);
  show(out, diagnostic.primary, sources, '^');
  for (auto const& label : diagnostic.secondary) {
    auto const other = sources.place(label.span.file, label.span.begin);
    fmt::format_to(std::back_inserter(out), "{}:{}:{}:\n", sources[label.span.file].path, other.line, other.column);
    show(out, label, sources, '-');
  }
  if (!diagnostic.heading.empty()) fmt::format_to(std::back_inserter(out), "  under [{}]\n", diagnostic.heading);
  if (!diagnostic.help.empty()) fmt::format_to(std::back_inserter(out), "  help: {}\n", diagnostic.help);
  if (diagnostic.edit) out += shown_edit(*diagnostic.edit, sources);
  return out;
}

std::string render(DataDiagnostic const& diagnostic) {
  auto out = diagnostic.file;
  if (diagnostic.line != 0) fmt::format_to(std::back_inserter(out), ":{}", diagnostic.line);
  if (diagnostic.line != 0 && diagnostic.column != 0) fmt::format_to(std::back_inserter(out), ":{}", diagnostic.column);
  fmt::format_to(std::back_inserter(out), ": {}[{}]: {}\n", word_for(diagnostic.severity), entry_of(diagnostic.code).id,
                 diagnostic.message);
  if (!diagnostic.help.empty()) fmt::format_to(std::back_inserter(out), "  help: {}\n", diagnostic.help);
  return out;
}

}  // namespace waymark::grammar
