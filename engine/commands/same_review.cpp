#include "engine/commands/same_review.hpp"

#include "engine/commands/recorded_release.hpp"

#include <fmt/format.h>

namespace waymark::commands {

// The newest releases of all that was read: their bytes, and how they are read.
values::Hash const& SameReview::evidence(values::Date date) {
  auto [found, fresh] = evidence_.try_emplace(date);
  if (!fresh) return found->second;
  std::string all;
  for (vocabulary::SourceId source = 0; source < reviewer_.evidence.releases.size(); ++source) {
    auto const* release = reviewer_.evidence.newest(source, date);
    if (release != nullptr) all += release_meaning(*release, reviewer_.program().vocabulary).json();
  }
  return found->second = values::sha256(all);
}

values::Hash SameReview::of(values::Hash const& received, cases::Format format, std::uint64_t line, values::Date date,
                            std::int64_t semantics) {
  auto const where = fmt::format("\n{}\n{}", semantics, format == cases::Format::toml ? line : 0);
  return values::sha256(
      {received.raw(), reviewer_.policy.program_sha256, evidence(date).raw(), values::write_date(date), where});
}

}  // namespace waymark::commands
