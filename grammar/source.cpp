// The text that a user wrote, and how a byte offset becomes a line and a column.
#include "grammar/source.hpp"

#include <algorithm>
#include <utility>

namespace waymark::grammar {
namespace {

std::vector<std::uint32_t> line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const lone_return = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
    if (text[i] == '\n' || lone_return) starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return starts;
}

/// The index of the line that holds `offset`.
std::size_t line_of(std::vector<std::uint32_t> const& starts, std::uint32_t offset) {
  auto const after = std::upper_bound(starts.begin(), starts.end(), offset);
  return static_cast<std::size_t>(after - starts.begin()) - 1;
}

}  // namespace

Span cover(Span a, Span b) { return {a.file, std::min(a.begin, b.begin), std::max(a.end, b.end)}; }

FileId Sources::add(std::string path, std::string text) {
  line_starts_.push_back(line_starts(text));
  files_.push_back({std::move(path), std::move(text)});
  return static_cast<FileId>(files_.size() - 1);
}

std::string_view Sources::text(Span span) const {
  return std::string_view(files_[span.file].text).substr(span.begin, span.end - span.begin);
}

Place Sources::place(FileId file, std::uint32_t offset) const {
  auto const& starts = line_starts_[file];
  auto const line = line_of(starts, offset);
  auto begin = starts[line];
  std::string_view const text = files_[file].text;
  if (begin == 0 && text.starts_with("\xEF\xBB\xBF")) begin = std::min<std::uint32_t>(3, offset);
  auto const before = text.substr(begin, offset - begin);
  auto const characters = std::count_if(before.begin(), before.end(),
                                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; });
  return {static_cast<std::uint32_t>(line + 1), static_cast<std::uint32_t>(characters + 1)};
}

Span Sources::line_at(FileId file, std::uint32_t offset) const {
  auto const& starts = line_starts_[file];
  auto const line = line_of(starts, offset);
  std::string_view const text = files_[file].text;
  auto end = line + 1 < starts.size() ? starts[line + 1] : static_cast<std::uint32_t>(text.size());
  while (end > starts[line] && (text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
  return {file, starts[line], end};
}

}  // namespace waymark::grammar
