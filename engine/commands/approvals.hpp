// The approvals of a ledger that are in force on a day, for whoever publishes them.
#pragma once

#include <string>

#include "engine/commands/verb.hpp"
#include "engine/ledger/ledger.hpp"
#include "engine/values/date.hpp"

namespace waymark::commands {

/// On standard output, in the Credential Transparency Description Language (JSON-LD): each decision whose outcome, or
/// that of the last override of it, is favourable by the rules of the decision, and which is in force on `day`: made by
/// then, its term not over, and with no later decision of the same policy about the same pathway. How many are left
/// out, and why, is said on standard error. `base`: what ids begin with. Nothing is printed where rules that are needed
/// to tell what is favourable cannot be read any more: that is said, with exit code 5.
ExitCode export_approvals(ledger::Reader const& reader, std::string const& base, values::Date day);

}  // namespace waymark::commands
