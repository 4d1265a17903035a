// Looks at the releases of each source side by side.
#include "engine/commands/stale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace waymark::commands {
namespace {

using evidence::ReleaseEntry;

bool is_known(ReleaseEntry const& entry, values::Date date) { return !entry.released || *entry.released <= date; }

/// The newest release of the source that is known; the later one in the manifest where two came on one day.
ReleaseEntry const* newest(std::vector<ReleaseState> const& states, std::string const& source, values::Date date) {
  ReleaseEntry const* best = nullptr;
  for (ReleaseState const& state : states) {
    if (state.entry.source != source || !is_known(state.entry, date)) continue;
    if (best == nullptr || best->released <= state.entry.released) best = &state.entry;
  }
  return best;
}

values::Date before(values::Date date, Age const& age) {
  return values::add_days(values::add_months(date, -age.months), -age.days);
}

}  // namespace

std::optional<Age> read_age(std::string_view text) {
  constexpr std::int64_t kMost = 10'000;
  std::int64_t count = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  auto unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (error != std::errc() || count < 1 || count > kMost || unit.empty() || unit.front() != ' ') return std::nullopt;
  unit.remove_prefix(1);
  if (unit.ends_with('s')) unit.remove_suffix(1);
  if (unit == "day") return Age{count, 0};
  if (unit == "month") return Age{0, count};
  if (unit == "year") return Age{0, 12 * count};
  return std::nullopt;
}

std::vector<Stale> stale_releases(std::vector<ReleaseState> const& states, values::Date date,
                                  std::optional<Age> const& oldest) {
  std::vector<Stale> all;
  for (ReleaseState const& state : states) {
    ReleaseEntry const& entry = state.entry;
    bool const changed = state.pin == ReleaseState::Pin::differs || state.pin == ReleaseState::Pin::file_missing;
    if (changed) all.push_back({state, Stale::Why::changed, std::string(words(state.pin))});
    if (!is_known(entry, date)) continue;
    ReleaseEntry const& now = *newest(states, entry.source, date);
    if (now.line != entry.line && entry.released < now.released) {
      all.push_back({state, Stale::Why::replaced, fmt::format("replaced by {}", now.name)});
    } else if (oldest && now.line == entry.line && entry.released && *entry.released < before(date, *oldest)) {
      all.push_back({state, Stale::Why::old, "nothing newer"});
    }
  }
  return all;
}

}  // namespace waymark::commands
