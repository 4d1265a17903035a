// The table of verbs: a verb that is not here does not exist.
#include "engine/commands/verbs.hpp"

namespace waymark::commands {

std::vector<Verb> all_verbs() {
  return {
      review_verb(),   explain_verb(), list_verb(),  check_verb(),  format_verb(), test_verb(),   schema_verb(),
      evidence_verb(), record_verb(),  audit_verb(), report_verb(), new_verb(),    doctor_verb(),
  };
}

}  // namespace waymark::commands
