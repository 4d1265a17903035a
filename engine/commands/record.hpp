// What the verbs of `waymark record` have in common.
#pragma once

#include <string>

#include "engine/commands/verb.hpp"
#include "engine/ledger/canonical.hpp"

namespace waymark::commands {

/// Who adds an entry, by which rule, and why: every entry of people says so.
struct Sayer {
  std::string who, authority, reason;
  std::string workspace;  ///< that names the ledger's key
};
void declare(Options& options, Sayer& by);
/// Whether none of the three is empty; if one is, it has been said.
bool is_said_or_say(Sayer const& by);
ledger::Object fields_of(Sayer const& by);

/// `record history`: takes over what another ledger holds of earlier years.
Verb record_history_verb();

}  // namespace waymark::commands
