// Which releases of a manifest are no longer what they were taken for: files that changed, tables that a newer one
// replaces, sources of which nothing new has come for long.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/commands/evidence_files.hpp"

namespace waymark::commands {

/// `18 months`: how old the newest release of a source may be.
struct Age {
  std::int64_t days = 0;
  std::int64_t months = 0;
};
/// Days, months or years, one or more; anything else is nothing.
std::optional<Age> read_age(std::string_view text);

struct Stale {
  enum class Why : std::uint8_t {
    changed,   ///< the file is not there, or not the one that was pinned
    old,       ///< nothing newer of its source has come for longer than was asked
    replaced,  ///< a newer release of its source is there; kept so that old cases are decided as they were
  };
  ReleaseState state;
  Why why = Why::changed;
  std::string words;
};

/// In the manifest's order, as of `date`: what was released later is not known yet. A release without a day is always
/// known and has no age. The hash of a file is asked of every release, whenever it came.
std::vector<Stale> stale_releases(std::vector<ReleaseState> const& states, values::Date date,
                                  std::optional<Age> const& oldest);

}  // namespace waymark::commands
