// Places are small and copied freely.
#include "tests/reference/place.hpp"

#include <algorithm>

namespace waymark::reference {

Standing const* Place::find(check::RangeId range) const {
  auto const found = std::find_if(standings.begin(), standings.end(),
                                  [&](Standing const& standing) { return standing.range == range; });
  return found == standings.end() ? nullptr : &*found;
}

Place Place::at(Standing const& standing) const {
  auto out = *this;
  std::erase_if(out.standings, [&](Standing const& other) { return other.range == standing.range; });
  out.standings.push_back(standing);
  return out;
}

Place Place::at(SourceRow row) const {
  auto out = *this;
  std::erase_if(out.rows, [&](SourceRow const& other) { return other.source == row.source; });
  out.rows.push_back(row);
  return out;
}

Place Place::only(std::vector<check::RangeId> const& ranges) const {
  Place out;
  for (auto const& standing : standings) {
    if (std::find(ranges.begin(), ranges.end(), standing.range) != ranges.end()) out.standings.push_back(standing);
  }
  return out;
}

}  // namespace waymark::reference
