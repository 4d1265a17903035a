#include "engine/commands/audit.hpp"

#include "engine/commands/verbs.hpp"

namespace waymark::commands {

Verb audit_verb() {
  return {"audit",
          "Checks a ledger of decisions, and answers from it",
          {},
          {audit_verify_verb(), audit_replay_verb(), audit_prove_verb(), audit_witness_verb(), audit_query_verb(),
           audit_export_verb()}};
}

}  // namespace waymark::commands
