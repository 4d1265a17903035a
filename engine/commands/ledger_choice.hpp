// Which ledger a verb writes to or reads, and with which key; what is wrong is said with the exit code that it has.
#pragma once

#include <optional>
#include <string>

#include "engine/commands/verb.hpp"
#include "engine/commands/workspace.hpp"
#include "engine/ledger/ledger.hpp"

namespace waymark::commands {

/// What the options of a verb that records say.
struct LedgerAsked {
  std::string file;     ///< --ledger FILE, or empty
  bool record = false;  ///< --record: the workspace's
  bool wanted() const { return record || !file.empty(); }
};

/// The ledger's file: the one that was named, else the workspace's; or nothing, and said.
std::optional<std::string> ledger_file_or_say(LedgerAsked const& asked, Workspace const& workspace);

/// A ledger to add to. Its key is the workspace's `key`, else FILE.key; one that is not there is made, for its owner's
/// eyes only, and said. Without a ledger, `code` is what the verb ends with; why has been said.
std::optional<ledger::Writer> open_to_record(std::string const& file, Workspace const& workspace, ExitCode& code);
/// Whether there is a file of this name; or said that there is none.
bool is_there_or_say(std::string const& file);
/// A ledger to read.
std::optional<ledger::Reader> open_to_audit(std::string const& file, ExitCode& code);

/// Says so where a private key lies open to everybody.
void warn_of_open_key(std::string const& path);

/// The checkpoint in a file: a signed note by itself, or what a witness keeps; or nothing, and said.
std::optional<ledger::Note> checkpoint_or_say(std::string const& file);

/// The decision that was meant: by its seq, or by its submission's id, of which the newest; or nothing, and said.
std::optional<ledger::Entry> decision_or_say(ledger::Reader const& reader, std::string const& asked, ExitCode& code);

/// Says it and gives its exit code: 4 for the world, 5 where something is not as it was recorded.
ExitCode say_ledger_error(ledger::LedgerError const& error);

}  // namespace waymark::commands
