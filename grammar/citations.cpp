// A person's ways to say that no source gives a number.
#include "grammar/citations.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "grammar/clip.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/scan.hpp"

namespace waymark::grammar {
namespace {

constexpr std::string_view kIllustrative = "illustrative";

/// Parts of a citation, as they stand in it, without the blanks around them.
std::vector<std::string_view> parts_of(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kBetween{",", ";", ":", " - ", "\xE2\x80\x93", "\xE2\x80\x94"};
  std::vector<std::string_view> out;
  auto const trimmed = [](std::string_view part) {
    auto const begin = std::min(part.find_first_not_of(" \t\r\n"), part.size());
    return part.substr(begin, part.find_last_not_of(" \t\r\n") + 1 - begin);
  };
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto const found = std::find_if(kBetween.begin(), kBetween.end(),
                                    [&](std::string_view mark) { return text.substr(at).starts_with(mark); });
    if (found == kBetween.end()) {
      ++at;
      continue;
    }
    out.push_back(trimmed(text.substr(begin, at - begin)));
    at += found->size();
    begin = at;
  }
  out.push_back(trimmed(text.substr(begin)));
  return out;
}

bool names_no_source(std::string_view citation) {
  static constexpr std::array<std::string_view, 16> kNothing{
      "tbd", "tba",  "todo",    "to do", "fixme", "to be decided", "to be determined", "to be announced", "?",
      "??",  "none", "unknown", "n/a",   "na",    "xxx",           "pending"};
  auto word = lower(fold(citation));
  if (word.ends_with('.')) word.pop_back();
  return std::find(kNothing.begin(), kNothing.end(), word) != kNothing.end();
}

}  // namespace

bool is_illustrative(std::string_view citation) {
  auto const parts = parts_of(citation);
  return std::any_of(parts.begin(), parts.end(),
                     [](std::string_view part) { return lower(fold(part)) == kIllustrative; });
}

std::optional<CitationDoubt> citation_doubt(std::string_view written) {
  // As it is printed: else blanks that nobody reads would decide whether a word is near to another.
  auto const citation = fold(written);
  if (names_no_source(citation)) {
    return CitationDoubt{
        fmt::format("`[{}]` names no source; write `[illustrative]` where the state has not decided", clip(citation)),
        std::string(kIllustrative)};
  }
  if (is_illustrative(citation)) return std::nullopt;
  constexpr std::size_t kLongest = 2 * kIllustrative.size();
  for (auto const part : parts_of(citation)) {
    if (part.size() > kLongest || nearest(lower(part), {std::string(kIllustrative)}).empty()) continue;
    auto meant = citation;
    meant.replace(static_cast<std::size_t>(part.data() - citation.data()), part.size(), kIllustrative);
    return CitationDoubt{fmt::format("`{}` is taken for the name of a source; did you mean `illustrative`?", part),
                         std::move(meant)};
  }
  return std::nullopt;
}

}  // namespace waymark::grammar
