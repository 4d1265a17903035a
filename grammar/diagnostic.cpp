// What is wrong, as data: the registry of codes, the order of messages, and the word that was probably meant.
#include "grammar/diagnostic.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <tuple>
#include <utility>

#include "grammar/scan.hpp"

namespace waymark::grammar {
namespace {

/// The distance of two short words in letters put in, left out, changed, or swapped with their neighbour.
std::size_t edit_distance(std::u32string_view a, std::u32string_view b) {
  std::vector<std::size_t> before;
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::vector<std::size_t> next(b.size() + 1);
    next[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0)});
      bool const swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) next[j] = std::min(next[j], before[j - 2] + 1);
    }
    before = std::exchange(row, std::move(next));
  }
  return row.back();
}

std::u32string letters(std::string_view word) {
  auto const small = lower(word);
  std::u32string out;
  for (auto at = small.data(); at != small.data() + small.size();) {
    auto const c = character_at(at, small.data() + small.size());
    out += c.point;
    at += c.bytes;
  }
  return out;
}

auto order_of(Diagnostic const& d) {
  return std::tie(d.primary.span.file, d.primary.span.begin, d.code, d.primary.span.end, d.message);
}

}  // namespace

std::vector<CodeEntry> const& code_entries() {
  static std::vector<CodeEntry> const entries{
#define WAYMARK_CODE(number, name, severity, title) {Code::name, "W" #number, #name, Severity::severity, title},
#include "grammar/codes.def"
#undef WAYMARK_CODE
  };
  return entries;
}

CodeEntry const& entry_of(Code code) {
  auto const& entries = code_entries();
  auto const found = std::find_if(entries.begin(), entries.end(), [&](CodeEntry const& e) { return e.code == code; });
  if (found == entries.end()) {
    std::fprintf(stderr, "waymark: %u is no code of a message\n", static_cast<unsigned>(code));
    std::abort();
  }
  return *found;
}

Diagnostic diagnose(Code code, Span span, std::string message, std::string help) {
  Diagnostic out;
  out.code = code;
  out.severity = entry_of(code).severity;
  out.message = std::move(message);
  out.primary.span = span;
  out.help = std::move(help);
  return out;
}

void sort(Diagnostics& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](Diagnostic const& a, Diagnostic const& b) { return order_of(a) < order_of(b); });
  auto const same = [](Diagnostic const& a, Diagnostic const& b) { return order_of(a) == order_of(b); };
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), same), diagnostics.end());
}

bool has_errors(Diagnostics const& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](Diagnostic const& d) { return d.severity == Severity::error; });
}

std::string nearest(std::string_view word, std::vector<std::string> const& candidates) {
  constexpr std::size_t kLongest = 60;
  auto const wanted = word.size() > 4 * kLongest ? std::u32string() : letters(word);
  auto best = std::min<std::size_t>(2, wanted.size() / 3) + 1;
  std::string out;
  for (auto const& candidate : candidates) {
    if (candidate.size() > 4 * (wanted.size() + best) || wanted.size() > candidate.size() + best) continue;
    auto const other = letters(candidate);
    auto const apart = other.size() > wanted.size() ? other.size() - wanted.size() : wanted.size() - other.size();
    if (wanted.size() > kLongest || apart >= best) continue;
    auto const distance = edit_distance(wanted, other);
    if (distance >= best) continue;
    best = distance;
    out = candidate;
  }
  return out;
}

}  // namespace waymark::grammar
