// What an auditor may ask of a ledger, one file a question.
#pragma once

#include "engine/commands/verb.hpp"

namespace waymark::commands {

Verb audit_verify_verb();
Verb audit_replay_verb();
Verb audit_prove_verb();
Verb audit_witness_verb();
Verb audit_query_verb();
Verb audit_export_verb();

}  // namespace waymark::commands
