// Every verb of the program, one function each, in the order in which --help lists them.
#pragma once

#include <vector>

#include "engine/commands/verb.hpp"

namespace waymark::commands {

Verb review_verb();
Verb explain_verb();
Verb list_verb();
Verb check_verb();
Verb format_verb();
Verb test_verb();
Verb schema_verb();
Verb evidence_verb();
Verb record_verb();
Verb audit_verb();
Verb report_verb();
Verb new_verb();
Verb doctor_verb();

std::vector<Verb> all_verbs();

}  // namespace waymark::commands
