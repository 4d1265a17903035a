// The published rows behind a decision, as lines of JSON: what an auditor looks up in the agency's own file.
#pragma once

#include <string>

#include "engine/commands/judged.hpp"

namespace waymark::commands {

/// Of each source that the policy reads, in the release that the decision used, every row whose keys all stand in the
/// submission or in the policy: `{"source","release","sha256","keys":{…},"values":{…}}`, a line each, in the files'
/// order. Values as in facts_json.hpp.
std::string evidence_rows(Judged& judged, std::uint32_t i);

}  // namespace waymark::commands
