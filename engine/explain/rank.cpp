// Says a place as a number, or between which numbers it lies.
#include "engine/explain/rank.hpp"

#include <fmt/format.h>

namespace waymark::explain {
namespace {

std::optional<review::Standing> standing_of(Subject const& subject, check::ListId list, values::Symbol member) {
  if (!subject.program.lists[list].ranking) return std::nullopt;
  return subject.run.standing(list, member, subject.run.date(subject.case_index));
}

std::string place_words(review::Standing const& at) {
  auto const first = at.above + 1;
  if (at.tie && at.tied > 0) {
    return fmt::format("place {}, at one value with {} other{}", first, at.tied, at.tied == 1 ? "" : "s");
  }
  if (at.can == values::kNoHighest) return fmt::format("place {} or a later one", first);
  return at.can == at.above ? fmt::format("place {}", first) : fmt::format("place {} to {}", first, at.can + 1);
}

}  // namespace

std::string rank_words(Subject const& subject, check::ListId list, values::Symbol member) {
  auto const at = standing_of(subject, list, member);
  if (!at) return "";
  auto const& ranking = *subject.program.lists[list].ranking;
  auto const& values = subject.program.values;
  bool const told = at->fewest == at->most;
  std::string number = told ? std::to_string(at->most) : values[ranking.count].text;
  std::string words = fmt::format("{}; the {} {} by {}", place_words(*at), ranking.highest ? "highest" : "lowest",
                                  number, values[ranking.by].text);
  if (ranking.stratum != check::kNone) words += " for each " + values[ranking.stratum].text;
  return words + " are on it";
}

bool is_open_tie(Subject const& subject, check::ListId list, values::Symbol member) {
  auto const at = standing_of(subject, list, member);
  return at && at->tie && at->fewest == at->most;
}

}  // namespace waymark::explain
