// What a ledger keeps of one decision: facts, comparisons, outcome, and the hashes of the rules and data that it rests
// on. No wording: a sentence that is mended changes no record, and a replay compares what was decided and not how it is
// told.
#pragma once

#include <cstdint>

#include "engine/commands/judged.hpp"
#include "engine/ledger/canonical.hpp"

namespace waymark::commands {

/// The part of a decision's body that a replay makes again:
/// * `date`, `policy`, `policy_sha256`, `program_sha256`;
/// * `facts` (facts_json.hpp), `waivers` (those that the review saw, with their dates);
/// * `outcome`, `decision` (the block that decided), `until`, `conditions` (each with its deadline), `recommends`,
///   `possible` (of `needs information`), `fault` (of `not reviewed`);
/// * `criteria`: the status of each, by its data key; `rows`: how each row of the decision stood, in order, as far as
///   they were asked;
/// * `found`: for each criterion its conditions in the policy's order: a comparison with both numbers (`"412>=60"`, a
///   range as `[0..9]`), else yes, no, cannot be told or does not apply;
/// * `evidence`: the release of each source that the policy reads, by the source's data key.
ledger::Object decision_body(Judged& judged, std::uint32_t i);

}  // namespace waymark::commands
