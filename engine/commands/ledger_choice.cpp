// Finds ledgers and keys.
#include "engine/commands/ledger_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/commands/environment.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/version.hpp"
#include "engine/ledger/members.hpp"
#include "engine/ledger/witness.hpp"

namespace waymark::commands {
namespace {

Result<ledger::SigningKey, WorldError> made_key(std::string const& path) {
  auto key = ledger::SigningKey::make(ledger::Algorithm::ed25519);
  if (auto const failed = write_secret(path, key.pem())) return values::failure(*failed);
  talk("waymark: made the key `{}` that signs this ledger; keep a copy of it where the ledger is not\n", path);
  return key;
}

Result<ledger::SigningKey, WorldError> key_of(std::string const& path, bool new_ledger) {
  if (!is_file(path)) {
    if (new_ledger) return made_key(path);
    return values::failure(
        WorldError{fmt::format("the ledger's key `{}` is not there, and without it nothing can be recorded", path)});
  }
  warn_of_open_key(path);
  auto const pem = read_file(path);
  if (!pem) return values::failure(pem.error());
  auto key = ledger::SigningKey::of_pem(*pem);
  if (!key) return values::failure(WorldError{fmt::format("`{}`: {}", path, key.error().message)});
  return key;
}

}  // namespace

void warn_of_open_key(std::string const& path) {
  if (!is_open_to_all(path)) return;
  talk("waymark: anybody on this machine can read the key `{0}` and sign with it\n  = help: chmod 600 {0}\n", path);
}

bool is_there_or_say(std::string const& file) {
  if (is_file(file)) return true;
  say(is_folder(file) ? fmt::format("`{}` is a folder, and no ledger", file)
                      : fmt::format("the ledger `{}` is not there", file));
  return false;
}

ExitCode say_ledger_error(ledger::LedgerError const& error) {
  say(error.message);
  return error.kind == ledger::LedgerError::Kind::integrity ? ExitCode::integrity : ExitCode::world;
}

std::optional<ledger::Note> checkpoint_or_say(std::string const& file) {
  auto const text = read_file(file);
  if (!text) {
    say(text.error().message);
    return std::nullopt;
  }
  // What a witness keeps has the form of a note, too: its keys would be the text.
  if (auto state = ledger::WitnessState::parse(*text); state && state->seen) return std::move(state->seen);
  if (auto note = ledger::Note::parse(*text); note && ledger::Checkpoint::parse(note->text)) return note;
  say(fmt::format("`{}` holds no checkpoint: neither a signed note nor what `audit witness` keeps", file));
  return std::nullopt;
}

std::optional<ledger::Entry> decision_or_say(ledger::Reader const& reader, std::string const& asked, ExitCode& code) {
  bool const is_number = !asked.empty() && asked.size() < 16 &&
                         std::all_of(asked.begin(), asked.end(), [](char c) { return c >= '0' && c <= '9'; });
  auto const named = reader.of_submission(asked);
  if (!named) {
    code = say_ledger_error(named.error());
    return std::nullopt;
  }
  ledger::LedgerResult<std::optional<ledger::Entry>> entry;
  if (!named->empty()) {
    entry = reader.found(named->front(), "submission", asked);
  } else if (is_number) {
    entry = reader.entry(std::stoull(asked));
  }
  if (!entry) {
    code = say_ledger_error(entry.error());
    return std::nullopt;
  }
  if (*entry && (*entry)->kind == "decision") return std::move(*entry);
  code = ExitCode::findings;
  say(*entry ? fmt::format("entry {} is no decision: it is of kind `{}`", (*entry)->seq, (*entry)->kind)
             : fmt::format("the ledger holds no decision `{}`, neither as a submission's id nor as a seq", asked));
  return std::nullopt;
}

std::optional<std::string> ledger_file_or_say(LedgerAsked const& asked, Workspace const& workspace) {
  if (!asked.file.empty()) return asked.file;
  if (!workspace.ledger.empty()) return workspace.ledger;
  say(fmt::format("no ledger is named\n  = help: name one with --ledger FILE, or as `ledger` in {}", kWorkspaceFile));
  return std::nullopt;
}

std::optional<ledger::Writer> open_to_record(std::string const& file, Workspace const& workspace, ExitCode& code) {
  code = ExitCode::world;
  if (is_folder(file)) {
    is_there_or_say(file);
    return std::nullopt;
  }
  auto const key_file = workspace.key.empty() ? file + ".key" : workspace.key;
  auto key = key_of(key_file, !is_file(file));
  if (!key) {
    // Of a file that is no ledger that is said, and not that its key is missing.
    if (is_file(file)) {
      if (auto const reader = ledger::Reader::open(file); !reader) {
        code = say_ledger_error(reader.error());
        return std::nullopt;
      }
    }
    say(key.error().message);
    return std::nullopt;
  }
  auto writer = ledger::Writer::open(
      {file, std::move(*key), now, "waymark " + program_version(), kSemantics, ledger::drawn_salt()});
  if (writer) return std::move(*writer);
  code = say_ledger_error(writer.error());
  return std::nullopt;
}

std::optional<ledger::Reader> open_to_audit(std::string const& file, ExitCode& code) {
  code = ExitCode::world;
  if (!is_there_or_say(file)) return std::nullopt;
  auto reader = ledger::Reader::open(file);
  if (reader) return std::move(*reader);
  code = say_ledger_error(reader.error());
  return std::nullopt;
}

}  // namespace waymark::commands
