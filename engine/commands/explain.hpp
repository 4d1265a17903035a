// What `waymark explain` is asked, and the answer about one decision, which is the same for one on record.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/commands/judged.hpp"
#include "engine/commands/reviewer.hpp"
#include "engine/commands/verb.hpp"

namespace waymark::commands {

struct ExplainAsked {
  ReviewAsked review;
  std::string ledger;
  bool letter = false;
  std::vector<std::string> submissions;
  std::string id;
  bool short_only = false;
  bool full_only = false;
  std::optional<std::string> why_not;
  std::string format = "text";
};

/// The explanation that was asked for, as text or as one line of JSON; or nothing, and said, where an outcome was named
/// that the policy does not have.
std::optional<std::string> explanation_or_say(Judged& judged, std::uint32_t i, ExplainAsked const& asked);

/// `explain --ledger`: a decision on record, made again by what the ledger kept, or the letter about it.
ExitCode explain_recorded(ExplainAsked const& asked);

}  // namespace waymark::commands
