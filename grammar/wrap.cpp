// Long lines, broken where reading them again gives the same line.
#include "grammar/wrap.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "grammar/clauses.hpp"
#include "grammar/layout.hpp"
#include "grammar/scan.hpp"
#include "grammar/strays.hpp"

namespace waymark::grammar {
namespace {

/// The words of a line; what stands in quotes, braces or brackets is never cut.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  auto const pieces = split(text, {0, 0, static_cast<std::uint32_t>(text.size())}, ' ');
  for (auto const& piece : pieces) {
    if (piece.begin != piece.end) out.push_back(text.substr(piece.begin, piece.end - piece.begin));
  }
  return out;
}

bool begins_something(std::string_view piece) {
  auto const c = character_at(piece.data(), piece.data() + piece.size()).point;
  return c == '-' || c == '=' || c == 0x2022 || c == 0xB7 || c == 0x2013 || c == 0x2014;
}

bool ends_in(std::string_view piece, std::string_view word) {
  return piece.size() >= word.size() && lower(piece.substr(piece.size() - word.size())) == word;
}

/// True where `piece`, on a line of its own, would be read as a line that goes on.
bool goes_on_here(std::string_view piece, PrintedLine const& line) {
  auto const begin = piece.data();
  auto const end = begin + piece.size();
  auto at = begin;
  if (begins_something(piece) || scan_words(at, end, "continues until changed")) return false;
  if (line.block == BlockKind::decision && ends_in(piece, "otherwise")) return false;
  if (!line.is_text && clause_without_colon(line.block, begin, end)) return false;
  auto const colon = find_colon(begin, end);
  if (colon == end) return true;
  auto const label = trim_back(begin, colon);
  if (find_block(view(begin, label)) != nullptr || recognise(line.block, begin, label)) return false;
  return line.is_text && !is_near_label(line.block, begin, label);
}

struct Broken {
  std::string text;
  std::size_t last_width = 0;  ///< of the last physical line
};

Broken break_lines(PrintedLine const& line) {
  Broken out;
  auto const words = words_of(line.text);
  std::size_t first = 0;
  for (auto indent = line.indent; first != words.size(); indent = line.indent + 4) {
    auto last = first;
    auto used = indent;
    auto comma = first;  // past the last word that ends in a comma
    for (; last != words.size(); ++last) {
      auto const more = width(words[last]) + (last == first ? 0 : 1);
      if (last != first && used + more > kWidth) break;
      used += more;
      if (words[last].ends_with(',') && used > kWidth / 2) comma = last + 1;
    }
    if (last != words.size() && comma != first) last = comma;
    std::string piece;
    for (; first != last; ++first) piece += (piece.empty() ? "" : " ") + std::string(words[first]);
    if (!out.text.empty() && !goes_on_here(piece, line)) return {};
    if (!out.text.empty()) out.text += '\n';
    out.text += std::string(indent, ' ') + piece;
    out.last_width = indent + width(piece);
  }
  return out;
}

}  // namespace

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

std::string lay(PrintedLine const& line) {
  Broken laid{std::string(line.indent, ' ') + line.text, line.indent + width(line.text)};
  if (laid.last_width > kWidth && !has_entries(line.block)) {
    if (auto broken = break_lines(line); !broken.text.empty()) laid = std::move(broken);
  }
  if (!line.citation.empty()) {
    auto const gap = laid.last_width + 1 < kCitationColumn ? kCitationColumn - 1 - laid.last_width : 1;
    laid.text += std::string(gap, ' ') + "[" + line.citation + "]";
  }
  return laid.text + "\n";
}

}  // namespace waymark::grammar
